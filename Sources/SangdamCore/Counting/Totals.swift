// How often each thing has happened since the journal was begun: what the counters of chats in `/metrics` show. A
// running desk counts what it observes; a start counts the records, and comes to the same numbers. The head of a
// journal segment keeps what was counted before it, so that a start reads the last segment only.

/// Counts by family and labels.
package struct Totals: Sendable, Equatable {
    /// Metric families that can be recomputed from the journal, by their names without `sangdam_` and `_total`; they
    /// stand in the files. Each has one label or two.
    package enum Family: String, Sendable, CaseIterable {
        case chatsOffered = "chats_offered"
        case chatsAnswered = "chats_answered"
        case chatsAbandoned = "chats_abandoned"
        case chatsEnded = "chats_ended"
        case offers
        case transfers
        case requeues
        case ratings
        case messages

        /// How many labels it has.
        package var labels: Int {
            switch self {
            case .chatsAbandoned, .chatsEnded, .offers, .ratings: 2
            case .chatsOffered, .chatsAnswered, .transfers, .requeues, .messages: 1
            }
        }
    }

    /// One counter: a family and the values of its labels, in the family's order.
    package struct Counter: Sendable, Hashable, Comparable {
        package let family: Family
        package let labels: [String]

        package init(_ family: Family, _ labels: [String]) {
            self.family = family
            self.labels = labels
        }

        package static func < (left: Counter, right: Counter) -> Bool {
            if left.family != right.family { return left.family.rawValue < right.family.rawValue }
            return left.labels.lexicographicallyPrecedes(right.labels)
        }
    }

    /// Counters that are kept; one more is not counted. Far above what queues, reasons and scores can make.
    package static let limit = 10_000

    /// Apart from the others, because each message passes here.
    private var fromCustomers: UInt64 = 0
    private var fromAgents: UInt64 = 0
    private var others: [Counter: UInt64] = [:]

    package init() {}

    /// All counters that are not 0, in a fixed order.
    package var counters: [(counter: Counter, count: UInt64)] {
        var all = others.map { ($0.key, $0.value) }
        if fromCustomers > 0 { all.append((Self.messages(.customer), fromCustomers)) }
        if fromAgents > 0 { all.append((Self.messages(.agent), fromAgents)) }
        return all.sorted { $0.0 < $1.0 }
    }

    private static func messages(_ party: Party) -> Counter { Counter(.messages, [party.rawValue]) }

    package mutating func add(_ count: UInt64, to counter: Counter) {
        if counter == Self.messages(.customer) {
            fromCustomers &+= count
        } else if counter == Self.messages(.agent) {
            fromAgents &+= count
        } else if others[counter] != nil || others.count < Self.limit {
            others[counter, default: 0] &+= count
        }
    }

    private mutating func count(_ family: Family, _ labels: String...) {
        add(1, to: Counter(family, labels))
    }
}

// MARK: - Live

extension Totals {
    /// Counts what the desk observed; false for what no record says, and for lengths of time.
    @discardableResult
    package mutating func count(_ observation: Observation) -> Bool {
        switch observation {
        case .message(let party):
            if party == .customer { fromCustomers &+= 1 } else { fromAgents &+= 1 }
        case .offered(let queue): count(.chatsOffered, queue.text)
        case .answered(let queue, _): count(.chatsAnswered, queue.text)
        case .abandoned(let queue, _, let isShort): count(.chatsAbandoned, queue.text, isShort ? "true" : "false")
        case .ended(let queue, let reason): count(.chatsEnded, queue.text, reason.rawValue)
        case .offer(let queue, let result): count(.offers, queue.text, result.rawValue)
        case .transferred(let kind): count(.transfers, kind.rawValue)
        case .requeued(let reason): count(.requeues, reason.rawValue)
        case .rated(let queue, let score): count(.ratings, queue.text, String(score))
        case .handled, .firstResponse, .wrappedUp, .deduplicated, .resumed, .refused: return false
        }
        return true
    }
}

// MARK: - From the journal

extension Totals {
    /// Counts a record before it is applied to `state`.
    /// - Parameter shortAbandonment: leaving a queue sooner counts as short where the record does not say what held then.
    package mutating func count(_ record: Record, in state: DeskState, shortAbandonment: Interval) {
        guard case .chat(let id, _, let event) = record.body else { return }
        // Most records are words, and for them the chat need not be looked up.
        if case .message(let message) = event { return count(message) }
        guard let chat = state.chats[id] else { return }
        switch event {
        case .queued(let queued):
            count(queued, of: chat)
        case .offerClosed(let closed):
            count(.offers, chat.queue.text, OfferResult(closed.outcome).rawValue)
        case .started(let started):
            count(.chatsAnswered, chat.queue.text)
            if started.offer == nil { count(.offers, chat.queue.text, OfferResult.autoAccepted.rawValue) }
        case .transferred(let transferred):
            count(.transfers, transferred.kind.rawValue)
            switch transferred.target {
            case .queue(let queue): count(.chatsOffered, queue.text)
            case .agent: count(.chatsOffered, chat.queue.text)
            }
        case .ended(let reason, _, let abandonedAt, let recorded):
            count(.chatsEnded, chat.queue.text, reason.rawValue)
            guard chat.phase.agent == nil else { return }
            let isShort = recorded ?? ((abandonedAt ?? record.at) - chat.queuedAt < shortAbandonment)
            count(.chatsAbandoned, chat.queue.text, isShort ? "true" : "false")
        case .rated(let score, _):
            count(.ratings, chat.queue.text, String(score))
        case .message, .opened, .intake, .offered, .note, .away, .back, .reminded, .language, .wrappedUp, .closed:
            break
        }
    }

    private mutating func count(_ message: StoredMessage) {
        switch message.from {
        case .customer: fromCustomers &+= 1
        case .agent: fromAgents &+= 1
        case .system: break
        }
    }

    private mutating func count(_ queued: Queued, of chat: Chat) {
        let reason: RequeueReason
        switch queued.cause {
        case .entered: return count(.chatsOffered, queued.queue.text)
        case .agentLost: reason = .agentLost
        case .accountChanged: reason = .accountChanged
        case .transferUnanswered: reason = .transferUnanswered
        }
        count(.requeues, reason.rawValue)
        // A transfer that nobody answered still stands in the same visit to the queue.
        if chat.phase.agent != nil { count(.chatsOffered, queued.queue.text) }
    }
}
