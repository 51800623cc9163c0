// What must be looked at when. A deadline is a reminder, not a fact: when it comes, the desk asks the state whether it
// still holds, and arms it again if it moved. So a message costs no heap operation, and the table has one entry a kind.

internal import HeapModule

/// What a deadline is about; each is armed at most once at a time.
enum DeadlineKind: Sendable, Hashable {
    case chat(ChatDeadline, ChatID)
    case agentHold(AgentName)
    case notices(QueueID)
    case idleSession(SessionHandle)
    /// The rules of routing may say something else than last time.
    case routing
    /// A queue opens or closes, by the clock or because a decision ends.
    case hours
    case inquiry(InquiryDeadline, ChatID)
    /// A mail is to be tried.
    case mail
}

/// What time brings to one chat.
enum ChatDeadline: Sendable, Hashable, CaseIterable {
    /// An offer waits for its agent.
    case offer
    /// Wrap-up holds the slot.
    case wrapUp
    /// A lost customer is held.
    case hold
    /// The customer is to answer.
    case silence
    /// The customer has waited for as long as the queue calls long.
    case wait
    /// An ended chat is forgotten.
    case forget
}

struct Deadlines: Sendable {
    private struct Entry: Sendable, Comparable {
        let at: Instant
        /// First armed, first looked at: the order is part of the desk's determinism.
        let ordinal: UInt64
        let kind: DeadlineKind

        static func < (left: Entry, right: Entry) -> Bool {
            (left.at, left.ordinal) < (right.at, right.ordinal)
        }
    }

    private var heap = Heap<Entry>()
    private var armed: [DeadlineKind: Instant] = [:]
    private var nextOrdinal: UInt64 = 0

    var next: Instant? { heap.min?.at }

    /// Looks at `kind` at `instant`, or earlier if that was armed already.
    mutating func arm(_ kind: DeadlineKind, at instant: Instant) {
        if let earlier = armed[kind], earlier <= instant { return }
        armed[kind] = instant
        heap.insert(Entry(at: instant, ordinal: nextOrdinal, kind: kind))
        nextOrdinal += 1
    }

    /// The next kind to look at, if its time has come.
    mutating func popDue(at now: Instant) -> DeadlineKind? {
        while let entry = heap.min, entry.at <= now {
            heap.removeMin()
            // Armed again for an earlier instant meanwhile: that entry has been looked at or will be.
            guard armed[entry.kind] == entry.at else { continue }
            armed[entry.kind] = nil
            return entry.kind
        }
        return nil
    }
}

extension ChatDeadline {
    /// When it is due of this chat as it is now; nil when it does not matter.
    /// - Parameter began: when this life began; before that nobody could have come back.
    func due(of chat: Chat, _ directory: Directory, began: Instant?) -> Instant? {
        let limits = directory.configuration.limits
        switch self {
        case .offer:
            guard case .offered(let offer, _) = chat.phase else { return nil }
            return offer.expires
        case .wrapUp:
            guard case .wrapUp(_, let since) = chat.phase else { return nil }
            return since + limits.wrapUp
        case .hold:
            guard chat.phase.isOpen else { return nil }
            // What a queue must not take away is the rank: it is kept longer than a conversation that has begun.
            let hold = chat.phase.rank == nil ? limits.customerHold : limits.waitingHold
            return chat.customerAwaySince.map { max($0, began ?? $0) + hold }
        case .silence:
            // An absent customer is not silent but away, and has a deadline for that.
            guard chat.customerAwaySince == nil, let since = chat.silentSince else { return nil }
            return since + (chat.isReminded ? limits.idleEnd : limits.idleReminder)
        case .wait:
            // Whoever is away is told on coming back.
            guard chat.isReady, !chat.isToldOfWait else { return nil }
            return directory.queue(chat.queue).maxWait.map { chat.queuedAt + $0 }
        case .forget:
            guard case .ended(let since) = chat.phase else { return nil }
            return since + limits.rating
        }
    }
}
