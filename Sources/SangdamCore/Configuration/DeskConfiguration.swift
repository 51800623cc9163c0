// What an organisation decides about its desk. Values only: where they come from is the server's affair.

/// One desk: its menu, its queues, its limits.
package struct DeskConfiguration: Sendable, Equatable {
    /// The desk's own name, for the greeting.
    package var name: Localised
    /// In the order of the menu.
    package var topics: [Topic]
    package var queues: [Queue]
    package var contacts: [ContactCard]
    /// Nil when there is none.
    package var privacy: PrivacyNotice?
    package var inquiry: InquiryRules
    package var limits: DeskLimits

    package init(
        name: Localised, topics: [Topic], queues: [Queue], contacts: [ContactCard] = [],
        privacy: PrivacyNotice? = nil, inquiry: InquiryRules = .init(), limits: DeskLimits = .init()
    ) {
        self.inquiry = inquiry
        self.name = name
        self.topics = topics
        self.queues = queues
        self.contacts = contacts
        self.privacy = privacy
        self.limits = limits
    }

    /// A desk that works before it is configured: one topic, one queue.
    package static let unconfigured = DeskConfiguration(
        name: Localised([.korean: "상담", .english: "Sangdam"]),
        topics: [
            Topic(
                id: "general",
                labels: Localised([.korean: "상담", .english: "Consultation", .japanese: "相談", .chinese: "咨询"]),
                queue: "general")
        ],
        queues: [Queue(id: "general", labels: Localised([.korean: "상담", .english: "Consultation"]))])
}

/// What a customer may choose; each leads to a queue.
package struct Topic: Sendable, Equatable {
    package var id: TopicID
    package var labels: Localised
    package var queue: QueueID
    /// The id of the contact card that belongs to the topic.
    package var contact: String?
    /// What its customers are asked, at most `Intake.limit` questions; nil: the standard ones.
    package var intake: [Question]?

    package init(
        id: TopicID, labels: Localised, queue: QueueID, contact: String? = nil, intake: [Question]? = nil
    ) {
        self.id = id
        self.labels = labels
        self.queue = queue
        self.contact = contact
        self.intake = intake
    }
}

/// A line of waiting customers, and who may serve it.
package struct Queue: Sendable, Equatable {
    package var id: QueueID
    package var labels: Localised
    /// Higher is served first.
    package var priority: Int
    /// Only agents whose account names this queue serve it.
    package var needsSpecialist: Bool
    /// The name of its hours; nil when it is always open. Hours whose spans the desk was not given are always open, too.
    package var hours: String?
    /// What a newcomer is offered outside the hours, and within them while nobody is on duty.
    package var closed: Offering
    package var unstaffed: Offering
    /// Who has waited for so long is told what else there is; nil when nobody is.
    package var maxWait: Interval?

    package init(
        id: QueueID, labels: Localised, priority: Int = 0, needsSpecialist: Bool = false, hours: String? = nil,
        closed: Offering = .chat, unstaffed: Offering = .chat, maxWait: Interval? = nil
    ) {
        self.id = id
        self.labels = labels
        self.priority = priority
        self.needsSpecialist = needsSpecialist
        self.hours = hours
        self.closed = closed
        self.unstaffed = unstaffed
        self.maxWait = maxWait
    }
}

/// What a newcomer is offered by a queue where nobody can be expected soon; words of the configuration.
package enum Offering: String, Sendable, CaseIterable {
    /// To wait all the same.
    case chat
    /// A question that is answered by mail.
    case inquiry
    /// Nothing but the contacts and what else is open.
    case refuse
}

/// Another way to reach the organisation: a telephone number with its hours.
package struct ContactCard: Sendable, Equatable {
    package var id: String
    package var labels: Localised
    package var phone: String
    /// For people to read.
    package var hours: Localised
    /// The same for programs; nil when nothing is said about it.
    package var opening: OpeningHours?
    /// Instead of `opening`: the name of the hours in which it is open.
    package var schedule: String?

    package init(
        id: String, labels: Localised, phone: String, hours: Localised, opening: OpeningHours? = nil,
        schedule: String? = nil
    ) {
        self.id = id
        self.labels = labels
        self.phone = phone
        self.hours = hours
        self.opening = opening
        self.schedule = schedule
    }
}

/// The desk's bounds and times; the defaults are those of Limits.md#Queues-and-offers and behind.
package struct DeskLimits: Sendable, Equatable {
    /// An offer waits this long for its agent.
    package var offerTimeout = Interval.seconds(20)
    /// So many unanswered offers in a row put the agent on break.
    package var unansweredUntilBreak = 2
    /// Whoever declined a chat or gave it away is not offered it again for this long.
    package var declinePause = Interval.seconds(30)
    /// So many agents at most are kept from one chat by such a pause.
    package var pausesPerChat = 8
    /// An agent who has been offline and away for longer is forgotten with the settings of the last session.
    package var agentMemory = Interval.seconds(30 * 86_400)
    /// Wrap-up holds the slot for this long at most.
    package var wrapUp = Interval.seconds(120)
    /// A lost customer's conversation is held for this long.
    package var customerHold = Interval.seconds(300)
    /// A lost customer's rank in a queue is kept for this long: a telephone that sleeps is no change of mind.
    package var waitingHold = Interval.seconds(900)
    /// A lost agent's chats are held for this long.
    package var agentHold = Interval.seconds(60)
    package var idleReminder = Interval.seconds(180)
    package var idleEnd = Interval.seconds(600)
    /// An abandonment before this is short: the customer hardly waited.
    package var shortAbandonment = Interval.seconds(10)
    /// An ended chat can be rated for this long.
    package var rating = Interval.seconds(600)
    package var queueLength = 10_000
    package var textBytes = 4_000
    package var messageBurst = 20
    package var messagesPerSecond = 5.0
    /// Connections of one party at once; one more replaces the oldest.
    package var sessionsPerParty = 8
    /// A session without a chat ends after this much silence.
    package var idleSession = Interval.seconds(600)
    /// How long a chat takes, for estimates before any has been seen.
    package var expectedHandling = Interval.seconds(360)

    package init() {}
}
