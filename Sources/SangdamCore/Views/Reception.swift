// How a queue receives somebody who comes or waits: whether it is open, and what else there is.

/// Whether somebody can be expected at a queue; the raw value is the protocol's `state` and a label of metrics.
package enum QueueStatus: String, Sendable, CaseIterable {
    /// Within its hours, and an agent who serves it is on duty.
    case open
    /// Outside its hours, or closed by somebody's decision, whoever is on duty.
    case closed
    /// Within its hours, but nobody on duty serves it.
    case unstaffed
}

/// What a newcomer meets at a queue now.
package struct Reception: Sendable, Equatable {
    package let status: QueueStatus
    /// When the clock opens or closes it next; nil when no such moment is known.
    package let until: LocalTime?
    package let offering: Offering

    package init(status: QueueStatus, until: LocalTime?, offering: Offering) {
        self.status = status
        self.until = until
        self.offering = offering
    }

    /// What can be had instead of an agent who comes soon, in the protocol's words; of `refuse` there is nothing.
    package var offers: [Offering] { offering == .refuse ? [] : [offering] }
}

/// What else there is for somebody who is not let in, or waits long.
package struct Alternatives: Sendable, Equatable {
    /// When the queue opens; nil when it is open, or nobody knows.
    package let opens: LocalTime?
    package let offers: [Offering]
    package let contacts: [ContactStatus]

    package init(opens: LocalTime?, offers: [Offering], contacts: [ContactStatus]) {
        self.opens = opens
        self.offers = offers
        self.contacts = contacts
    }
}

/// A waiting customer is told once that it takes longer; the rank is kept.
package struct DelayNotice: Sendable, Equatable {
    package let chat: ChatID
    package let queue: QueueID
    package let reason: DelayReason
    package let onDuty: Bool
    package let alternatives: Alternatives
    /// Topics of other queues that are open.
    package let openTopics: [TopicID]

    package init(
        chat: ChatID, queue: QueueID, reason: DelayReason, onDuty: Bool, alternatives: Alternatives,
        openTopics: [TopicID]
    ) {
        self.chat = chat
        self.queue = queue
        self.reason = reason
        self.onDuty = onDuty
        self.alternatives = alternatives
        self.openTopics = openTopics
    }
}
