// What people see of a queue: the menu's line, their position, how long it will take, whether somebody is there.

/// How a queue looks to somebody who waits: who is on duty for it, and how quickly slots become free.
struct Outlook {
    let queue: QueueID
    /// Nil when nobody is on duty.
    let pace: Pace?

    var isOnDuty: Bool { pace != nil }

    init(_ queue: Queue, _ state: DeskState, expectedHandling: Interval, at now: Instant) {
        self.queue = queue.id
        var slots = 0
        var free = 0
        for agent in state.agents.entries where agent.isOnDuty && agent.serves(queue) {
            slots += agent.capacity
            free += max(0, agent.capacity - agent.usedSlots)
        }
        guard slots > 0 else {
            pace = nil
            return
        }
        pace = Pace(
            slots: slots, freeSlots: free, queue: state.queues[queue.id] ?? QueueState(),
            expectedHandling: expectedHandling, at: now)
    }
}

/// What a customer can choose from, and whom else there is to ask.
package struct TopicsNotice: Sendable {
    /// The organisation's name for the desk.
    package let desk: Localised
    package let topics: [TopicStatus]
    package let contacts: [ContactStatus]
    package let privacy: PrivacyNotice?

    package init(
        desk: Localised, topics: [TopicStatus], contacts: [ContactStatus], privacy: PrivacyNotice? = nil
    ) {
        self.privacy = privacy
        self.desk = desk
        self.topics = topics
        self.contacts = contacts
    }
}

/// A contact card as it is now.
package struct ContactStatus: Sendable, Equatable {
    package let card: ContactCard
    /// Nil when the configuration does not say when it is open.
    package let isOpen: Bool?

    /// - Parameter wall: what the clock on the wall shows.
    package init(_ card: ContactCard, _ timetable: Timetable, at wall: Instant) {
        self.card = card
        isOpen =
            card.opening?.isOpen(at: wall) ?? card.schedule.flatMap { timetable.schedules[$0]?.isOpen(at: wall) }
    }
}

/// One line of the menu as it is now.
package struct TopicStatus: Sendable {
    package let id: TopicID
    package let labels: Localised
    package let queue: QueueID
    package let waiting: Int
    package let reception: Reception
    /// What its customers are asked; nil: the standard questions.
    package let intake: [Question]?

    package init(
        id: TopicID, labels: Localised, queue: QueueID, waiting: Int, reception: Reception, intake: [Question]? = nil
    ) {
        self.id = id
        self.labels = labels
        self.queue = queue
        self.waiting = waiting
        self.reception = reception
        self.intake = intake
    }

    package var questions: [Question] { intake ?? Question.standard }

    /// Within its hours, and an agent is on duty for it.
    package var isOpen: Bool { reception.status == .open }
}

/// The position of a waiting customer.
package struct QueuedNotice: Sendable, Equatable {
    package let chat: ChatID
    package let queue: QueueID
    /// 1 is next.
    package let position: Int
    /// Nil when nobody is on duty: no honest estimate exists then.
    package let wait: WaitEstimate?
    package let onDuty: Bool
    /// How long the rank is kept for a customer whose connection is lost.
    package let hold: Interval

    package init(chat: ChatID, queue: QueueID, position: Int, wait: WaitEstimate?, onDuty: Bool, hold: Interval) {
        self.hold = hold
        self.chat = chat
        self.queue = queue
        self.position = position
        self.wait = wait
        self.onDuty = onDuty
    }
}

extension QueuedNotice {
    init(_ chat: ChatID, at position: Int, _ outlook: Outlook, hold: Interval) {
        self.init(
            chat: chat, queue: outlook.queue, position: position, wait: outlook.pace?.estimate(position: position),
            onDuty: outlook.isOnDuty, hold: hold)
    }

    /// What the session that knows least was told, so that every improvement on that is told to all.
    func noBetter(than told: QueuedNotice) -> QueuedNotice {
        QueuedNotice(
            chat: chat, queue: queue, position: max(position, told.position), wait: wait,
            onDuty: onDuty && told.onDuty, hold: hold)
    }
}
