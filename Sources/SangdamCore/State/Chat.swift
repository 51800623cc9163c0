// One consultation, as far as it must survive a restart. Changed by `DeskState.apply` only.

/// A chat's durable state.
package struct Chat: Sendable, Equatable {
    package let id: ChatID
    package let topic: TopicID
    package let token: TokenDigest
    package let receipt: Receipt
    package let name: Text?
    package let openedAt: Instant
    /// Empty before the chat has been queued.
    package var queue: QueueID
    package var language: Language
    package var intake = Intake()
    /// The seq of the chat's last journal line.
    package var lastSeq: UInt64
    package var phase: ChatPhase
    /// Since when no connection of the customer is there; nil while one is.
    package var customerAwaySince: Instant?
    /// The ids of messages that were stored lately: a repeated one is acknowledged, not stored.
    package var acked = AckWindow()
    /// Agents who declined or let go and until when they are not asked again; the oldest first.
    package var declines: [Decline] = []
    /// When the chat last entered a queue, and how long it stood there before the agent came.
    package var queuedAt: Instant
    package var waited = Interval.zero
    /// When the present agent, or the last one, took the chat.
    package var startedAt: Instant?
    /// The seq of that `started`; 0 before the first.
    package var startedSeq: UInt64 = 0
    /// Since when the customer is to answer and nothing came; nil while the agent is to.
    package var silentSince: Instant?
    package var isReminded = false
    /// What the customer was told in this visit to the queue: that it has closed, that nobody is there any more while it
    /// is closed, that the wait is long.
    package var isToldOfClosing = false
    package var isToldOfUnstaffed = false
    package var isToldOfWait = false
    package var hasFirstResponse = false
    package var endReason: EndReason?
    package var isRated = false

    package init(id: ChatID, opened: Opened, at instant: Instant, lastSeq: UInt64, queue: QueueID, phase: ChatPhase) {
        self.id = id
        topic = opened.topic
        token = opened.token
        receipt = opened.receipt
        name = opened.name
        language = opened.language
        openedAt = instant
        queuedAt = instant
        self.lastSeq = lastSeq
        self.queue = queue
        self.phase = phase
    }

    /// Waiting, and the customer is there: an absent one keeps the rank but gets nobody for an empty chair.
    package var isReady: Bool {
        guard case .waiting = phase else { return false }
        return customerAwaySince == nil
    }

    package struct Decline: Sendable, Equatable {
        package let agent: AgentName
        package let until: Instant

        package init(agent: AgentName, until: Instant) {
            self.agent = agent
            self.until = until
        }
    }
}

/// opened → waiting → offered → active → wrapUp → ended; ended from every one but the first.
package enum ChatPhase: Sendable, Equatable {
    /// In no queue yet: within the event that opens it, or where a crash cut the rest of that event off.
    case opened
    case waiting(Rank)
    /// Keeps its rank: a declined or unanswered offer costs the customer nothing.
    case offered(Offer, Rank)
    case active(AgentName, since: Instant)
    /// Over for the customer; still holds the agent's slot.
    case wrapUp(AgentName, since: Instant)
    case ended(since: Instant)

    /// The agent whose slot the chat holds; an offer holds a reservation instead.
    package var agent: AgentName? {
        switch self {
        case .active(let agent, _), .wrapUp(let agent, _): agent
        case .opened, .waiting, .offered, .ended: nil
        }
    }

    package var rank: Rank? {
        switch self {
        case .waiting(let rank), .offered(_, let rank): rank
        case .opened, .active, .wrapUp, .ended: nil
        }
    }

    /// Whether customer and agent may still talk or are about to.
    package var isOpen: Bool {
        switch self {
        case .waiting, .offered, .active: true
        case .opened, .wrapUp, .ended: false
        }
    }
}

/// Where a chat stands in its queue: requeued ones first, then by age; the ordinal breaks ties within a millisecond.
package struct Rank: Sendable, Hashable, Comparable {
    package let isHead: Bool
    package let since: Instant
    package let ordinal: UInt64

    /// Above every ordinal: the next one is a number that a journal's line can hold, below 2^63.
    package static let ordinalLimit: UInt64 = 1 << 63 - 1

    package init(isHead: Bool, since: Instant, ordinal: UInt64) {
        self.isHead = isHead
        self.since = since
        self.ordinal = ordinal
    }

    package static func < (left: Rank, right: Rank) -> Bool {
        if left.isHead != right.isHead { return left.isHead }
        if left.since != right.since { return left.since < right.since }
        return left.ordinal < right.ordinal
    }
}

/// A chat held out to one agent: reserves one slot until it is accepted, declined, expired or rescinded.
package struct Offer: Sendable, Hashable {
    package let id: OfferID
    package let agent: AgentName
    package let made: Instant
    package let expires: Instant
    /// See `Offered.isTransfer`.
    package let isTransfer: Bool

    package init(id: OfferID, agent: AgentName, made: Instant, expires: Instant, isTransfer: Bool) {
        self.id = id
        self.agent = agent
        self.made = made
        self.expires = expires
        self.isTransfer = isTransfer
    }
}
