// The whole durable state as a list of values: what a journal segment begins with, so that only the last is replayed.

/// One line of a checkpoint. A checkpoint is one `desk` part, then `entries` others.
package enum CheckpointPart: Sendable, Equatable {
    case desk(DeskCheckpoint)
    case queue(QueueCheckpoint)
    case agent(Agent)
    case chat(Chat)
    case inquiry(Inquiry)

    /// Whether something in it happened after `instant`, the time of its line: the desk would decide from it what its
    /// state does not allow.
    package func isAhead(of instant: Instant) -> Bool {
        switch self {
        case .desk, .queue: false
        case .agent(let agent): agent.restingSince > instant || agent.unansweredAt ?? instant > instant
        case .chat(let chat): chat.openedAt > instant
        case .inquiry(let inquiry): inquiry.arrivedAt > instant || inquiry.askedAt > instant
        }
    }
}

/// The head of a checkpoint.
package struct DeskCheckpoint: Sendable, Equatable {
    /// The ordinal that the next rank gets.
    package let nextOrdinal: UInt64
    /// Nil as long as the journal has none.
    package let lastAccountEdit: AccountEditMark?
    /// Nil as long as the journal has none.
    package let configuration: ConfigurationRecord?
    /// Of the queues that are closed, or open by somebody's decision.
    package let hours: [HoursRecord]
    /// How many parts follow.
    package let entries: Int
    /// What was counted so far; nil where nobody has counted.
    package let totals: Totals?

    package init(
        nextOrdinal: UInt64, lastAccountEdit: AccountEditMark? = nil, configuration: ConfigurationRecord? = nil,
        hours: [HoursRecord] = [], entries: Int, totals: Totals? = nil
    ) {
        self.hours = hours
        self.configuration = configuration
        self.nextOrdinal = nextOrdinal
        self.lastAccountEdit = lastAccountEdit
        self.entries = entries
        self.totals = totals
    }
}

/// What a queue's estimates rest on; who waits follows from the chats.
package struct QueueCheckpoint: Sendable, Equatable {
    package let queue: QueueID
    /// When slots for this queue became free lately, oldest first.
    package let releases: [Instant]
    /// How long the last chats took, oldest first.
    package let handling: [Interval]

    package init(queue: QueueID, releases: [Instant], handling: [Interval]) {
        self.queue = queue
        self.releases = releases
        self.handling = handling
    }
}
