// What time brings to inquiries: until when an answer is due, when agents are reminded, when an answered one is closed
// and a closed one forgotten.

/// What time brings to one inquiry.
enum InquiryDeadline: Sendable, Hashable, CaseIterable {
    case reminder
    /// An answered one is closed, a closed one forgotten.
    case lapse

    /// When it is due of this inquiry as it is now; nil when it does not matter.
    func due(of inquiry: Inquiry, _ rules: InquiryRules) -> Instant? {
        switch self {
        case .reminder:
            guard inquiry.phase.isDue, inquiry.remindersGiven < inquiry.clock.reminders.count else { return nil }
            return inquiry.clock.reminders[inquiry.remindersGiven]
        case .lapse:
            switch inquiry.phase {
            case .answered(_, let since): return since + rules.lapse
            case .closed(let since): return since + rules.memory
            case .arriving, .open, .taken, .reopened: return nil
            }
        }
    }
}

extension Desk {
    // MARK: The clock

    /// Counted on the clock on the wall, and kept in desk time.
    func clock(for queue: QueueID, from now: Instant) -> InquiryClock {
        let wall = timetable.wall(at: now)
        let hours = inquiryRules.clock == .hours ? directory.queue(queue).hours : nil
        let schedule = hours.flatMap { timetable.schedules[$0] }
        let reminders = Inquiry.reminderPercents.map { percent in
            let part = Interval(milliseconds: inquiryRules.due.milliseconds / 100 * Int64(percent))
            return (schedule?.instant(afterOpen: part, since: wall) ?? wall + part) + timetable.lead
        }
        return InquiryClock(due: reminders.last ?? now + inquiryRules.due, reminders: reminders)
    }

    /// As the clock on the wall will show it.
    func dueTime(of inquiry: Inquiry, _ turn: borrowing Turn) -> LocalTime {
        LocalTime(
            timetable.wall(at: inquiry.clock.due), seenAt: timetable.wall(at: turn.now), timetable)
    }

    mutating func armInquiry(_ id: ChatID) {
        for deadline in InquiryDeadline.allCases { arm(.inquiry(deadline, id)) }
    }

    func due(_ deadline: InquiryDeadline, of id: ChatID) -> Instant? {
        state.inquiries[id].flatMap { deadline.due(of: $0, inquiryRules) }
    }

    mutating func run(_ deadline: InquiryDeadline, of id: ChatID, _ turn: inout Turn) {
        switch deadline {
        case .reminder: remind(of: id, &turn)
        case .lapse: lapse(id, &turn)
        }
    }

    /// Of all that passed while nobody looked, the last is told.
    private mutating func remind(of id: ChatID, _ turn: inout Turn) {
        guard let inquiry = state.inquiries[id],
            let last = inquiry.clock.reminders.lastIndex(where: { $0 <= turn.now })
        else { return }
        let percent = Inquiry.reminderPercents[min(last, Inquiry.reminderPercents.count - 1)]
        record(id, .inquiry(.reminded(percent: percent)), &turn)
        tell(.reminder, of: id, percent: percent, &turn)
        armInquiry(id)
    }

    private mutating func lapse(_ id: ChatID, _ turn: inout Turn) {
        guard let inquiry = state.inquiries[id] else { return }
        switch inquiry.phase {
        case .answered: closeInquiry(id, by: nil, WrapUpReport(), &turn)
        case .closed:
            record(id, .closed, &turn)
            additions.forget(id)
        case .arriving, .open, .taken, .reopened: break
        }
    }

    // MARK: News

    /// Tells those who may have to do with it: agents at work who serve the queue, and supervisors.
    /// - Parameter doer: whoever did it knows.
    mutating func tell(
        _ kind: InquiryNews.Kind, of id: ChatID, percent: Int? = nil, by doer: AgentName? = nil, _ turn: inout Turn
    ) {
        guard let inquiry = state.inquiries[id] else { return }
        let news = InquiryNews(
            kind: kind, inquiry: id, queue: inquiry.queue, topic: inquiry.topic, due: dueTime(of: inquiry, turn),
            percent: percent, agent: inquiry.phase.holder ?? inquiry.lastAgent,
            open: state.inquiries.due(in: inquiry.queue).count)
        for name in presence.agents.keys.sorted() {
            guard name != doer, let agent = state.agents[name], isThere(agent, for: inquiry.queue) else { continue }
            tell(name, .inquiryNews(news), &turn)
        }
    }
}
