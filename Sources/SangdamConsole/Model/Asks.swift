// Commands whose answer is on its way. The protocol gives them no ids: answers come in the order of the questions, so
// the oldest question of the right kind is the one that is answered.

package import SangdamCore

/// One command that was sent and not answered yet.
package struct Ask: Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        case accept(OfferID)
        case decline(OfferID)
        case transfer(ChatID, to: String)
        case end(ChatID)
        case wrapUp(ChatID)
        case status
        case topics
        case override(queue: String, OverrideOrder.State)
        case faq
        case inquiries
        /// Nil for whichever is due first.
        case take(ChatID?)
        case release(ChatID)
        case close(ChatID)
    }

    package let kind: Kind
    /// What it was about.
    package let handle: LineHandle?
    package let sentAt: Instant

    /// The protocol's name, as `ok` repeats it.
    package var name: String {
        switch kind {
        case .accept: "accept"
        case .decline: "decline"
        case .transfer: "transfer"
        case .end: "end"
        case .wrapUp: "wrapup"
        case .status: "status"
        case .topics: "topics"
        case .override: "override"
        case .faq: "faq"
        case .inquiries: "inquiries"
        case .take: "take"
        case .release: "release"
        case .close: "close"
        }
    }

    package var chat: ChatID? {
        switch kind {
        case .transfer(let chat, _), .end(let chat), .wrapUp(let chat), .release(let chat), .close(let chat): chat
        case .accept, .decline, .status, .topics, .override, .faq, .inquiries, .take: nil
        }
    }
}

/// The questions in the order in which they were asked; at most `ConsoleBounds.asks`.
package struct Asks: Sendable {
    package private(set) var all: [Ask] = []

    /// - Parameter number: of the chat that it is about.
    package mutating func add(_ kind: Ask.Kind, number: Int?, at steady: Instant) {
        add(kind, handle: number.map { .chat($0) }, at: steady)
    }

    package mutating func add(_ kind: Ask.Kind, handle: LineHandle?, at steady: Instant) {
        if all.count == ConsoleBounds.asks { all.removeFirst() }
        all.append(Ask(kind: kind, handle: handle, sentAt: steady))
    }

    /// Takes out the oldest question that `matches`.
    package mutating func takeFirst(where matches: (Ask) -> Bool) -> Ask? {
        guard let index = all.firstIndex(where: matches) else { return nil }
        return all.remove(at: index)
    }

    /// Takes out all of them.
    package mutating func takeAll() -> [Ask] {
        defer { all = [] }
        return all
    }
}
