// The inquiries that the agent has read of, each with a number that is its own for as long as the console runs: what
// `/take 3` means never changes under the agent's hands. On the screen it is `[?3]`, so that it is no chat's.

package import SangdamCore

/// One inquiry.
package struct ConsoleInquiry: Sendable, Equatable {
    package let id: ChatID
    package let number: Int
    /// The protocol's word.
    package var state = ""
    package var topic = ""
    package var language = ""
    /// By the desk's own clock.
    package var due = ""
    package var isOverdue = false
    /// Who has it, or answered last; clean.
    package var agent: String?
    /// The chat before it.
    package var before: ChatID?
    /// The last seq shown of it, and of the chat before it: nothing up to it is shown again.
    package var lastSeq: UInt64 = 0
    package var lastSeqBefore: UInt64 = 0
    /// Its words are being shown, from the first.
    package var isShown = false
    /// What is being written, whole lines.
    package var draft: [String] = []
    /// The server has named it on this connection.
    package var isConfirmed = true

    package init(id: ChatID, number: Int) {
        self.id = id
        self.number = number
    }

    /// Whether it is the agent's turn.
    package func isHeld(by name: String) -> Bool { agent == name && (state == "taken" || state == "reopened") }
}

/// At most `ConsoleBounds.inquiries`; past it the one that was read of first is forgotten, but none that matters yet.
package struct ConsoleInquiries: Sendable {
    package private(set) var all: [ConsoleInquiry] = []
    private var counter = 0

    package subscript(id: ChatID) -> ConsoleInquiry? { all.first { $0.id == id } }
    package subscript(number number: Int) -> ConsoleInquiry? { all.first { $0.number == number } }

    /// The inquiry, or a new one under the next number.
    /// - Parameter keeping: those that must not be forgotten for it.
    package mutating func existingOrNew(
        _ id: ChatID, keeping: (ConsoleInquiry) -> Bool
    ) -> ConsoleInquiry {
        if let known = self[id] { return known }
        if all.count >= ConsoleBounds.inquiries, let index = all.firstIndex(where: { !keeping($0) }) {
            all.remove(at: index)
        }
        counter += 1
        let inquiry = ConsoleInquiry(id: id, number: counter)
        all.append(inquiry)
        return inquiry
    }

    /// Changes one in place, if it is there.
    package mutating func change(_ id: ChatID, _ body: (inout ConsoleInquiry) -> Void) {
        guard let index = all.firstIndex(where: { $0.id == id }) else { return }
        body(&all[index])
    }

    package mutating func changeAll(_ body: (inout ConsoleInquiry) -> Void) {
        for index in all.indices { body(&all[index]) }
    }
}
