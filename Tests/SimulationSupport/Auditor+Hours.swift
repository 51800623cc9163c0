// Whether queues are open, whom they take, and who has to be told: worked out from the timetable, the orders that were
// given and the journal, never from the desk.

import SangdamCore

extension Auditor {
    // MARK: In force

    private func queue(_ id: QueueID) -> Queue? { configuration.queues.first { $0.id == id } }

    /// What hours and the ends of orders go by.
    private var wall: Instant { now + Interval(milliseconds: -timetable.lead.milliseconds) }

    /// By the clock alone; where nobody has said what it means, as it was.
    private func isOpenByClock(_ id: QueueID) -> Bool {
        guard let name = queue(id)?.hours else { return true }
        if let schedule = timetable.schedules[name] { return schedule.isOpen(at: wall) }
        return hours[id].map { $0.isOpen || $0.override != nil } ?? true
    }

    private func isOpen(_ id: QueueID) -> Bool {
        guard queue(id) != nil, let entry = hours[id], let override = entry.override,
            override.until ?? wall + .seconds(1) > wall
        else {
            return isOpenByClock(id)
        }
        return entry.isOpen
    }

    func offering(of id: QueueID) -> Offering {
        guard let queue = queue(id) else { return .chat }
        if !isOpen(id) { return queue.closed }
        return isStaffed(id) ? .chat : queue.unstaffed
    }

    func isStaffed(_ id: QueueID) -> Bool {
        agents.values.contains { $0.isPresent && $0.isOnDuty && serves($0, id) }
    }

    /// What somebody who may has just ordered.
    private var order: OverrideOrder? {
        switch event {
        case .order(.override(let order, _)): return order.isPossible ? order : nil
        case .command(let handle, .override(let order)):
            guard case .agent(let name) = sessions[handle]?.owner, agents[name]?.profile.role == .supervisor else {
                return nil
            }
            return order.isPossible ? order : nil
        default: return nil
        }
    }

    // MARK: Records

    mutating func check(_ record: HoursRecord) {
        let id = record.queue
        let before = hours[id] ?? HoursRecord(queue: id, isOpen: true)
        if record == before { complain("the hours of \(id) are written again") }
        let next = queue(id)?.hours.flatMap { timetable.schedules[$0] }?.nextChange(after: wall)
        if let override = record.override, let endless = before.override, endless.until == nil, order?.queue != id {
            // A decision for good in a queue whose hours have a boundary again ends with that.
            if override.by != endless.by || record.isOpen != before.isOpen || next == nil || override.until != next {
                complain("the override of \(id) becomes \(record)")
            }
        } else if let override = record.override {
            if order?.queue != id || order?.state != (record.isOpen ? .open : .closed) {
                complain("\(id) is overridden without an order")
            }
            if override.until != order?.until ?? next {
                complain("\(id) is overridden until \(String(describing: override.until))")
            }
        } else {
            let isOver = before.override.map { $0.until ?? wall + .seconds(1) <= wall } ?? true
            let isTakenBack = order.map { $0.queue == id && $0.state == .auto } ?? false
            if !isOver, !isTakenBack, queue(id) != nil { complain("the override of \(id) ends too early") }
            if record.isOpen != isOpenByClock(id) { complain("\(id) is \(record.isOpen) against the clock") }
        }
        hours[id] = record.isOpen && record.override == nil ? nil : record
        guard record.isOpen else { return }
        for (chat, _) in chats.filter({ $0.value.queue == id && $0.value.isWaiting }) {
            chats[chat]?.isToldOfClosing = false
            chats[chat]?.isToldOfUnstaffed = false
        }
    }

    mutating func check(_ reason: DelayReason, isUnstaffed: Bool, _ id: ChatID, _ chat: inout AuditedChat) {
        delaysWritten.append(id)
        if chat.phase != .waiting || chat.isAway { complain("\(id) is told of a delay while \(chat.phase)") }
        if isUnstaffed == isStaffed(chat.queue) { complain("\(id) is told wrongly whether agents are there") }
        switch reason {
        case .closed:
            if isOpen(chat.queue) || chat.isToldOfUnstaffed || chat.isToldOfClosing && !isUnstaffed {
                complain("\(id) is told wrongly that its queue closed")
            }
            chat.isToldOfClosing = true
            chat.isToldOfUnstaffed = isUnstaffed
        case .waited:
            if chat.isToldOfWait || !isLong(chat) { complain("\(id) is told wrongly that the wait is long") }
            chat.isToldOfWait = true
        }
    }

    private func isLong(_ chat: AuditedChat) -> Bool {
        queue(chat.queue)?.maxWait.map { chat.queuedAt + $0 <= now } ?? false
    }

    // MARK: Deliveries

    mutating func check(_ notice: DelayNotice, to handle: SessionHandle) {
        delaysHeard[notice.chat, default: []].insert(handle)
        guard case .customer = sessions[handle]?.owner else {
            return complain("\(handle), an agent, is told of a delay")
        }
        let isTold = notice.reason == .closed ? chats[notice.chat]?.isToldOfClosing : chats[notice.chat]?.isToldOfWait
        if isTold != true { complain("\(handle) is told of a delay that is not written") }
        if notice.reason == .closed, isOpen(notice.queue) { complain("\(handle) is told that an open queue is closed") }
    }

    mutating func check(_ notice: OverrideNotice, to handle: SessionHandle) {
        let entry = hours[notice.queue] ?? HoursRecord(queue: notice.queue, isOpen: true)
        if order?.queue != notice.queue || order?.state != notice.state || entry.isOpen != notice.isOpen
            || entry.override?.until != notice.until?.at || (entry.override == nil) != (notice.state == .auto)
        {
            complain("\(handle) is told of \(notice), and \(entry) is in force")
        }
    }

    mutating func check(_ refusal: Refusal, to handle: SessionHandle) {
        guard refusal.code == .closed || refusal.code == .unstaffed else { return }
        guard case .command(handle, .enter(let topic, _, _)) = event,
            let id = configuration.topics.first(where: { $0.id == topic })?.queue
        else { return complain("\(handle) is refused as \(refusal.code.rawValue) without entering") }
        if (refusal.code == .unstaffed) != isOpen(id) || offering(of: id) == .chat {
            complain("\(handle) is wrongly refused as \(refusal.code.rawValue)")
        }
    }

    // MARK: The rest

    /// The journal knows which queues are open, and what was told has reached all of the customer's sessions.
    mutating func checkHours() {
        for id in delaysWritten {
            guard let chat = chats[id] else { continue }
            let audience = sessions.filter { $0.value.owner == .customer(chat.token) }.keys
            if delaysHeard[id]?.isSuperset(of: audience) != true { complain("\(id) is not told of its delay") }
        }
        // A configuration can leave a queue without agents, too, but then nobody has gone.
        if case .configured = event { return }
        for (id, chat) in chats where chat.phase == .waiting && !chat.isAway && !chat.isToldOfUnstaffed {
            if staffedBefore.contains(chat.queue), !isStaffed(chat.queue), !isOpen(chat.queue) {
                complain("\(id) does not know that nobody is there any more")
            }
        }
        guard case .tick = event else { return }
        for queue in configuration.queues where (hours[queue.id]?.isOpen ?? true) != isOpen(queue.id) {
            complain("\(queue.id) is \(isOpen(queue.id) ? "open" : "closed"), and the journal does not know")
        }
    }

    /// Whoever waits in a closed queue, or for long, has been told, or will be at once.
    package mutating func checkDelaysAreTold(by nextDeadline: Instant?) {
        if let nextDeadline, nextDeadline <= now { return }
        for (id, chat) in chats where chat.phase == .waiting && !chat.isAway {
            if !chat.isToldOfClosing, !isOpen(chat.queue) {
                complain("\(id) does not know that \(chat.queue) is closed")
            }
            if !chat.isToldOfWait, isLong(chat) { complain("\(id) does not know that it waits long") }
        }
    }
}

extension OverrideOrder {
    /// Whether it means anything, in any queue.
    fileprivate var isPossible: Bool { state != .auto || until == nil }
}
