// An inquiry as people are shown it: to its customer, to agents, in their list, and as news.

/// Where an inquiry stands, in the protocol's words.
package enum InquiryState: String, Sendable, CaseIterable {
    case open, taken, answered, closed, reopened
}

extension InquiryPhase {
    /// Nil for one that has not quite arrived.
    package var state: InquiryState? {
        switch self {
        case .arriving: nil
        case .open: .open
        case .taken: .taken
        case .answered: .answered
        case .closed: .closed
        case .reopened: .reopened
        }
    }
}

/// An inquiry as it is now.
package struct InquiryNotice: Sendable, Equatable {
    package let inquiry: ChatID
    package let receipt: Receipt
    package let state: InquiryState
    package let queue: QueueID
    package let topic: TopicID
    package let arrived: Instant
    package let due: LocalTime
    /// Answers are sent by mail, too.
    package let isMailed: Bool
    /// For agents.
    package let card: InquiryCard?

    package init(
        inquiry: ChatID, receipt: Receipt, state: InquiryState, queue: QueueID, topic: TopicID, arrived: Instant,
        due: LocalTime, isMailed: Bool, card: InquiryCard?
    ) {
        self.inquiry = inquiry
        self.receipt = receipt
        self.state = state
        self.queue = queue
        self.topic = topic
        self.arrived = arrived
        self.due = due
        self.isMailed = isMailed
        self.card = card
    }
}

/// What an agent sees of an inquiry beside its words.
package struct InquiryCard: Sendable, Equatable {
    package let name: Text?
    package let email: EmailAddress?
    /// The address takes no mail.
    package let isBounced: Bool
    package let language: Language
    package let intake: Intake
    /// Whose turn it is, or who answered last.
    package let agent: AgentName?
    /// The chat that was before it: its words stand above the inquiry's.
    package let of: ChatID?

    package init(
        name: Text?, email: EmailAddress?, isBounced: Bool, language: Language, intake: Intake, agent: AgentName?,
        of: ChatID?
    ) {
        self.name = name
        self.email = email
        self.isBounced = isBounced
        self.language = language
        self.intake = intake
        self.agent = agent
        self.of = of
    }
}

/// A line of the agents' list.
package struct InquiryRow: Sendable, Equatable {
    package let inquiry: ChatID
    package let state: InquiryState
    package let queue: QueueID
    package let topic: TopicID
    package let language: Language
    package let arrived: Instant
    package let due: LocalTime
    package let isOverdue: Bool
    package let agent: AgentName?

    package init(
        inquiry: ChatID, state: InquiryState, queue: QueueID, topic: TopicID, language: Language, arrived: Instant,
        due: LocalTime, isOverdue: Bool, agent: AgentName?
    ) {
        self.inquiry = inquiry
        self.state = state
        self.queue = queue
        self.topic = topic
        self.language = language
        self.arrived = arrived
        self.due = due
        self.isOverdue = isOverdue
        self.agent = agent
    }
}

/// The answer to `inquiries`: those that are due first.
package struct InquiryList: Sendable, Equatable {
    /// Rows of one answer.
    package static let limit = 100

    package let rows: [InquiryRow]
    /// How many there are, those behind the last row included.
    package let total: Int

    package init(rows: [InquiryRow], total: Int) {
        self.rows = rows
        self.total = total
    }
}

/// Something that agents of the queue hear of an inquiry.
package struct InquiryNews: Sendable, Equatable {
    /// What happened, in the protocol's words.
    package enum Kind: String, Sendable, CaseIterable {
        case arrived, reopened
        /// The customer said more while it waits.
        case replied
        /// An agent let it go.
        case released
        /// Part of the time has passed, or all of it.
        case reminder
        /// The answer could not be mailed.
        case mailFailed = "mail_failed"
        /// The address takes no mail.
        case mailBounced = "mail_bounced"
    }

    package let kind: Kind
    package let inquiry: ChatID
    package let queue: QueueID
    package let topic: TopicID
    package let due: LocalTime
    /// Of a reminder: how much of the time has passed; 100 is all of it.
    package let percent: Int?
    package let agent: AgentName?
    /// Inquiries of the queue that wait for an answer.
    package let open: Int

    package init(
        kind: Kind, inquiry: ChatID, queue: QueueID, topic: TopicID, due: LocalTime, percent: Int?,
        agent: AgentName?, open: Int
    ) {
        self.kind = kind
        self.inquiry = inquiry
        self.queue = queue
        self.topic = topic
        self.due = due
        self.percent = percent
        self.agent = agent
        self.open = open
    }
}
