// Whether queues are open: by the clock, which the timetable knows, or by somebody's decision. What is in force stands in
// the journal, so that a transcript explains who was let in; nobody who is in a queue or a chat loses anything by it.

extension Desk {
    // MARK: In force, by the clock on the wall

    /// What the clock on the wall shows: hours and the ends of decisions are its times, also while desk time leans
    /// towards it after it was set.
    private func wall(_ turn: borrowing Turn) -> Instant { timetable.wall(at: turn.now) }

    /// A queue's hours at a time: what was decided counts as long as it lasts, then the clock. A queue that is gone has
    /// neither, and is no longer in anybody's hands.
    private func hours(of id: QueueID, at wall: Instant) -> HoursRecord {
        guard directory.hasQueue(id) else { return HoursRecord(queue: id, isOpen: true) }
        guard let last = state.hours[id], let override = last.override else { return hoursByClock(of: id, at: wall) }
        if let until = override.until { return until > wall ? last : hoursByClock(of: id, at: wall) }
        // It was for good while no boundary was known.
        return last.ending(schedule(of: directory.queue(id))?.nextChange(after: wall))
    }

    /// Where nobody has said what the clock means, all stays as it was.
    private func hoursByClock(of id: QueueID, at wall: Instant) -> HoursRecord {
        let queue = directory.queue(id)
        guard queue.hours != nil else { return HoursRecord(queue: id, isOpen: true) }
        let wasOpen = state.hours[id].map { $0.isOpen || $0.override != nil } ?? true
        return HoursRecord(queue: id, isOpen: schedule(of: queue)?.isOpen(at: wall) ?? wasOpen)
    }

    private func schedule(of queue: Queue) -> Schedule? {
        queue.hours.flatMap { timetable.schedules[$0] }
    }

    /// - Parameter now: desk time.
    func isOpen(_ id: QueueID, at now: Instant) -> Bool { hours(of: id, at: timetable.wall(at: now)).isOpen }

    /// When time alone opens the queue if it is closed, or closes it if it is open.
    private func nextChange(of id: QueueID, after wall: Instant) -> Instant? {
        let (hours, schedule) = (hours(of: id, at: wall), schedule(of: directory.queue(id)))
        guard let override = hours.override else { return schedule?.nextChange(after: wall) }
        guard let until = override.until else { return nil }
        let isOpenThen = schedule?.isOpen(at: until) ?? true
        return isOpenThen != hours.isOpen ? until : schedule?.nextChange(after: until)
    }

    /// When to look at the queue again.
    private func nextLook(at id: QueueID, after wall: Instant) -> Instant? {
        if let until = hours(of: id, at: wall).override?.until { return until }
        return nextChange(of: id, after: wall)
    }

    // MARK: What happens to them

    mutating func learn(_ timetable: Timetable, _ turn: inout Turn) {
        self.timetable = timetable
        lookAtHours(&turn)
    }

    /// Writes what has changed since the last look, and tells those who wait in a queue that has closed.
    mutating func lookAtHours(_ turn: inout Turn) {
        let ids = Set(directory.queueIDs).union(state.hours.keys).sorted()
        for id in ids { put(hours(of: id, at: wall(turn)), &turn) }
        hoursDue = ids.compactMap { nextLook(at: $0, after: wall(turn)) }.min().map { $0 + timetable.lead }
        arm(.hours)
    }

    private mutating func put(_ hours: HoursRecord, _ turn: inout Turn) {
        let before = state.hours[hours.queue] ?? HoursRecord(queue: hours.queue, isOpen: true)
        guard hours != before else { return }
        record(Record(at: turn.now, body: .hours(hours)), &turn)
        if before.isOpen, !hours.isOpen {
            turn.delayed += state.queues[hours.queue]?.waiting.entries.map(\.chat) ?? []
        }
    }

    // MARK: Decisions

    mutating func override(_ order: OverrideOrder, from sender: Sender, _ turn: inout Turn) {
        switch override(order, by: Text(sender.agent.text), &turn) {
        case .success(let notice): turn.deliver(sender.session, .overridden(notice))
        case .failure(let refusal): turn.refuse(sender.session, refusal)
        }
    }

    mutating func override(_ order: OverrideOrder, by: Text, _ turn: inout Turn) -> Result<OverrideNotice, Refusal> {
        guard directory.hasQueue(order.queue) else { return .failure(Refusal(.unknownQueue, subject: "queue")) }
        if let until = order.until, order.state == .auto || until <= wall(turn) || until > .lastWritable {
            return .failure(Refusal(.badField, subject: "until"))
        }
        switch order.state {
        case .auto:
            put(hoursByClock(of: order.queue, at: wall(turn)), &turn)
        case .open, .closed:
            let until = order.until ?? schedule(of: directory.queue(order.queue))?.nextChange(after: wall(turn))
            let override = HoursOverride(until: until, by: by)
            put(HoursRecord(queue: order.queue, isOpen: order.state == .open, override: override), &turn)
        }
        lookAtHours(&turn)
        let hours = hours(of: order.queue, at: wall(turn))
        return .success(
            OverrideNotice(
                queue: order.queue, state: order.state, isOpen: hours.isOpen,
                until: hours.override?.until.map { LocalTime($0, seenAt: wall(turn), timetable) }))
    }

    // MARK: Newcomers

    func reception(of id: QueueID, _ turn: borrowing Turn) -> Reception {
        let queue = directory.queue(id)
        let until = nextChange(of: id, after: wall(turn)).map { LocalTime($0, seenAt: wall(turn), timetable) }
        if !isOpen(id, at: turn.now) { return Reception(status: .closed, until: until, offering: queue.closed) }
        // As routing has it, but for the slot, which may become free.
        let isStaffed = state.agents.entries.contains { $0.isOnDuty && $0.serves(queue) }
        return Reception(
            status: isStaffed ? .open : .unstaffed, until: until, offering: isStaffed ? .chat : queue.unstaffed)
    }

    /// Why a newcomer is not let into the queue; nil when there is nothing against it.
    func refusal(ofNewcomerTo id: QueueID, _ turn: inout Turn) -> Refusal? {
        let reception = reception(of: id, turn)
        if reception.offering == .chat {
            guard !hasRoom(id) else { return nil }
            return Refusal(.queueFull, openTopics: topics(turn) { $0.offering == .chat })
        }
        turn.observe(.turnedAway(id, reception.status, isDiverted: reception.offering == .inquiry))
        return Refusal(
            reception.status == .closed ? .closed : .unstaffed, openTopics: topics(turn) { $0.status == .open },
            alternatives: alternatives(reception, at: turn.now))
    }

    private func topics(_ turn: borrowing Turn, where isFitting: (Reception) -> Bool) -> [TopicID] {
        configuration.topics.filter { hasRoom($0.queue) && isFitting(reception(of: $0.queue, turn)) }.map(\.id)
    }

    private func alternatives(_ reception: Reception, at now: Instant) -> Alternatives {
        Alternatives(
            opens: reception.status == .closed ? reception.until : nil, offers: reception.offers,
            contacts: contacts(at: now))
    }

    func contacts(at now: Instant) -> [ContactStatus] {
        configuration.contacts.map { ContactStatus($0, timetable, at: timetable.wall(at: now)) }
    }

    // MARK: Those who wait

    /// The chat waits, again or for the first time, and its customer may have to be told that it takes long.
    mutating func beginWait(of id: ChatID, _ turn: inout Turn) {
        turn.delayed.append(id)
        arm(.wait, of: id)
    }

    /// At the end of an event: whoever still waits in a closed queue is told of it once. Who holds an offer is not: it
    /// will be a chat in a moment, or the chat waits again.
    mutating func tellDelayed(_ turn: inout Turn) {
        for id in turn.delayed {
            guard let chat = state.chats[id], chat.isReady, !chat.isToldOfClosing, !isOpen(chat.queue, at: turn.now)
            else { continue }
            tell(id, of: .closed, &turn)
        }
        turn.delayed = []
    }

    /// Behind that: whoever was told that agents take everybody in turn hears once that the last of them has gone.
    mutating func tellLeftAlone(_ turn: inout Turn) {
        for id in state.queues.keys.sorted() {
            guard let waiting = state.queues[id]?.waiting.entries, !waiting.isEmpty, !isOpen(id, at: turn.now),
                turn.agentsBefore.contains(where: { $0.serves(directory.queue(id)) }),
                !outlook(of: id, at: turn.now).isOnDuty
            else { continue }
            for chat in waiting.compactMap({ state.chats[$0.chat] }) where chat.isReady && !chat.isToldOfUnstaffed {
                tell(chat.id, of: .closed, &turn)
            }
        }
    }

    mutating func tell(_ id: ChatID, of reason: DelayReason, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id) else { return }
        let notice = delay(of: index, reason, turn)
        record(id, .delayed(reason, isUnstaffed: !notice.onDuty), &turn)
        tell(index, .delayed(notice), to: .customer, &turn)
    }

    func delay(of index: Int, _ reason: DelayReason, _ turn: borrowing Turn) -> DelayNotice {
        let (id, queue) = (state.chats.keys[index], state.chats.entries[index].queue)
        let reception = reception(of: queue, turn)
        return DelayNotice(
            chat: id, queue: queue, reason: reason, onDuty: outlook(of: queue, at: turn.now).isOnDuty,
            alternatives: alternatives(reception, at: turn.now),
            openTopics: topics(turn) { $0.status == .open }.filter { directory.topic($0)?.queue != queue })
    }
}
