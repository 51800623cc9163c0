// The chats and offers that the agent has before them, each with a small number that stays as long as it lives.

package import SangdamCore

/// One offer, chat or wrap-up.
package struct ConsoleChat: Sendable, Equatable {
    package enum Phase: Sendable, Equatable {
        case offered(OfferID, until: Instant?)
        case active
        case wrapUp
    }

    package let id: ChatID
    package let number: Int
    package var phase: Phase
    /// As the customer calls themselves; clean. Nil when they did not say.
    package var name: String?
    package var queue = ""
    package var topic = ""
    package var language = ""
    /// The answers of the intake that were shown.
    package var answers: [String: String] = [:]
    /// The last seq shown: nothing up to it is shown again.
    package var lastSeq: UInt64 = 0
    /// The lines of `/history`, oldest first.
    package private(set) var history: [HistoryLine] = []
    /// The customer's words that came while another chat was the current one.
    package var unread = 0
    /// Said once per message: more would bury the words.
    package var isTypingShown = false
    package var isAway = false
    /// The server has named it on this connection.
    package var isConfirmed = true

    package struct HistoryLine: Sendable, Equatable {
        package let at: Instant?
        package let text: String
    }

    package mutating func remember(_ lines: [String], at: Instant?) {
        history += lines.map { HistoryLine(at: at, text: $0) }
        history.removeFirst(max(0, history.count - ConsoleBounds.historyLines))
    }

    package var isOffer: Bool {
        if case .offered = phase { true } else { false }
    }
}

/// At most `ConsoleBounds.chats`, in the order in which they came.
package struct ConsoleChats: Sendable {
    package private(set) var all: [ConsoleChat] = []

    package subscript(id: ChatID) -> ConsoleChat? {
        get { all.first { $0.id == id } }
        set {
            if let index = all.firstIndex(where: { $0.id == id }) {
                if let newValue { all[index] = newValue } else { all.remove(at: index) }
            } else if let newValue {
                all.append(newValue)
            }
        }
    }

    package subscript(number number: Int) -> ConsoleChat? { all.first { $0.number == number } }

    package subscript(offer offer: OfferID) -> ConsoleChat? {
        all.first {
            if case .offered(offer, _) = $0.phase { true } else { false }
        }
    }

    /// The chat, or a new one with the lowest number that is free; nil past the bound.
    package func existingOrNew(_ id: ChatID, phase: ConsoleChat.Phase) -> ConsoleChat? {
        if let chat = self[id] { return chat }
        guard all.count < ConsoleBounds.chats else { return nil }
        let taken = Set(all.map(\.number))
        var number = 1
        while taken.contains(number) { number += 1 }
        return ConsoleChat(id: id, number: number, phase: phase)
    }

    /// Changes one chat in place, if it is there.
    package mutating func change(_ id: ChatID, _ body: (inout ConsoleChat) -> Void) {
        guard let index = all.firstIndex(where: { $0.id == id }) else { return }
        body(&all[index])
    }

    /// Changes every chat in place.
    package mutating func changeAll(_ body: (inout ConsoleChat) -> Void) {
        for index in all.indices { body(&all[index]) }
    }

    package var offers: [ConsoleChat] { all.filter(\.isOffer) }
    package var active: [ConsoleChat] { all.filter { $0.phase == .active } }
    package var wrappingUp: [ConsoleChat] { all.filter { $0.phase == .wrapUp } }
}
