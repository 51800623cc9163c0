// What waiting customers are told: their position whenever it improves, and an honest estimate.

/// When a queue's customers were told last and are to be told next.
struct QueueNotices: Sendable {
    var told: Instant?
    /// Changed too soon after the last time: told again then.
    var due: Instant?
}

extension Desk {
    /// Somebody left this queue or an agent came: positions or estimates may be better.
    mutating func markQueue(_ id: QueueID) {
        changedQueues.insert(id)
    }

    mutating func markQueues(of name: AgentName) {
        guard let agent = state.agents[name] else { return }
        for (id, queue) in state.queues where !queue.waiting.isEmpty && agent.serves(self.queue(id)) {
            markQueue(id)
        }
    }

    /// Tells every customer of a changed queue who has moved up. A queue of a thousand is told once a second, a longer
    /// one less often, so that its length cannot make the desk slow.
    mutating func tellQueues(_ turn: inout Turn) {
        guard !changedQueues.isEmpty else { return }
        for id in changedQueues.sorted() {
            var notice = notices[id] ?? QueueNotices()
            let waiting = state.queues[id]?.waiting.count ?? 0
            let pause = Interval(milliseconds: Int64(max(1000, waiting)))
            if let told = notice.told, turn.now < told + pause {
                notice.due = told + pause
                notices[id] = notice
                arm(.notices(id))
                continue
            }
            notice.due = nil
            notice.told = turn.now
            notices[id] = notice
            tellImproved(id, &turn)
        }
        changedQueues.removeAll()
    }

    private mutating func tellImproved(_ id: QueueID, _ turn: inout Turn) {
        guard let entries = state.queues[id]?.waiting.entries, !entries.isEmpty else { return }
        let pace = pace(of: id, at: turn.now)
        for (index, entry) in entries.enumerated() {
            guard let chat = state.chats[entry.chat], let seat = customers[chat.token], !seat.sessions.isEmpty,
                let told = seat.told
            else { continue }
            let notice = QueuedNotice(
                chat: chat.id, queue: id, position: index + 1, wait: pace?.estimate(position: index + 1),
                onDuty: isOnDuty(id), hold: configuration.limits.waitingHold)
            guard notice.position < told.position || (notice.onDuty && !told.onDuty) else { continue }
            customers[chat.token]?.told = notice
            tellCustomer(of: chat, .queued(notice), &turn)
        }
    }

    /// Tells the position now, to all of the customer's sessions or to one.
    mutating func tellPosition(of chat: Chat, to handle: SessionHandle? = nil, _ turn: inout Turn) {
        guard let position = state.position(of: chat) else { return }
        let notice = QueuedNotice(
            chat: chat.id, queue: chat.queue, position: position,
            wait: pace(of: chat.queue, at: turn.now)?.estimate(position: position), onDuty: isOnDuty(chat.queue),
            hold: configuration.limits.waitingHold)
        guard let handle else {
            customers[chat.token]?.told = notice
            return tellCustomer(of: chat, .queued(notice), &turn)
        }
        turn.deliver(handle, .queued(notice))
        guard let seat = customers[chat.token], seat.sessions.count > 1, let told = seat.told else {
            customers[chat.token]?.told = notice
            return
        }
        // What the session that knows least was told: every improvement on that is told to all.
        customers[chat.token]?.told = QueuedNotice(
            chat: chat.id, queue: chat.queue, position: max(position, told.position), wait: notice.wait,
            onDuty: notice.onDuty && told.onDuty, hold: notice.hold)
    }

    func isOnDuty(_ id: QueueID) -> Bool {
        let queue = queue(id)
        return state.agents.values.contains { $0.isOnDuty && $0.serves(queue) }
    }

    /// How quickly slots become free for the queue; nil when nobody is on duty.
    func pace(of id: QueueID, at now: Instant) -> Pace? {
        let queue = queue(id)
        var slots = 0
        var free = 0
        for agent in state.agents.values where agent.isOnDuty && agent.serves(queue) {
            slots += agent.capacity
            free += max(0, agent.capacity - agent.usedSlots)
        }
        guard slots > 0 else { return nil }
        return Pace(
            slots: slots, freeSlots: free, queue: state.queues[id] ?? QueueState(),
            expectedHandling: configuration.limits.expectedHandling, at: now)
    }
}

/// The rate at which slots become free, and the estimate that follows from it: position ÷ rate, as a range.
package struct Pace: Sendable, Equatable {
    /// Older releases say nothing about now.
    static let window = Interval.seconds(1800)
    /// Fewer releases than this are chance.
    static let enoughReleases = 3

    package let freeSlots: Int
    /// Slots a second; above zero.
    package let rate: Double

    package init(
        slots: Int, freeSlots: Int, queue: QueueState, expectedHandling: Interval, at now: Instant
    ) {
        self.freeSlots = freeSlots
        let recent = queue.releases.filter { now - $0 <= Self.window }
        if recent.count >= Self.enoughReleases, let oldest = recent.first {
            rate = Double(recent.count) / max(1, (now - oldest).seconds)
        } else {
            let times = queue.handling.isEmpty ? [expectedHandling] : queue.handling
            let mean = times.reduce(0) { $0 + $1.seconds } / Double(times.count)
            rate = Double(slots) / max(1, mean)
        }
    }

    package func estimate(position: Int) -> WaitEstimate {
        guard position > freeSlots else { return WaitEstimate(lowSeconds: 0, highSeconds: 30) }
        let seconds = Double(position - freeSlots) / rate
        return WaitEstimate(
            lowSeconds: Int(exactly: (seconds * 0.7).rounded(.down)) ?? .max,
            highSeconds: Int(exactly: (seconds * 1.5).rounded(.up)) ?? .max)
    }
}
