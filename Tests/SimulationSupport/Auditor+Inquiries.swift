// Inquiries as the auditor sees them: who may do what with them, until when they are due, which mails are owed, and who
// may read them.

import SangdamCore

struct AuditedInquiry {
    enum Phase: Equatable {
        case arriving, open
        case taken(AgentName)
        case answered(AgentName, since: Instant)
        case reopened(AgentName?)
        case closed(since: Instant)
    }

    let inquired: Inquired
    let arrivedAt: Instant
    var askedAt: Instant
    var clock: InquiryClock
    var seq: UInt64 = 1
    var phase = Phase.arriving
    var lastAgent: AgentName?
    var percent = 0
    var words: [AuditedWord] = []
    /// Mails that are owed, by the seq of their line.
    var mails: [UInt64: OwedMail] = [:]
    var isBounced = false

    struct OwedMail {
        let since: Instant
        let text: Text?
    }

    var holder: AgentName? {
        switch phase {
        case .taken(let agent), .reopened(let agent?): agent
        case .arriving, .open, .answered, .reopened(nil), .closed: nil
        }
    }

    var isDue: Bool {
        switch phase {
        case .open, .taken, .reopened: true
        case .arriving, .answered, .closed: false
        }
    }
}

extension Auditor {
    // MARK: Records

    mutating func check(_ inquired: Inquired, _ id: ChatID, seq: UInt64) {
        if seq != 1 || inquiries[id] != nil || chats[id] != nil { complain("\(id) is inquired twice") }
        if inquiries.values.contains(where: { $0.inquired.receipt == inquired.receipt }) {
            complain("\(id) has the receipt of another")
        }
        if let command, command.rule.name != "inquire" { complain("\(id) is inquired by nobody") }
        if inquired.isMailed, inquired.email == nil { complain("\(id) is mailed to nobody") }
        let hour = arrivals(within: .seconds(3600)) { other in
            other.inquired.token == inquired.token
                || inquired.email != nil && other.inquired.email?.folded == inquired.email?.folded
        }
        if hour >= 2 * configuration.inquiry.perHour { complain("\(id) is one of too many in an hour") }
        if inquiries.values.count(where: \.isDue) >= configuration.inquiry.openLimit {
            complain("\(id) is one of too many that are open")
        }
        check(inquired.clock, of: inquired.queue, id)
        inquiries[id] = AuditedInquiry(
            inquired: inquired, arrivedAt: now, askedAt: now, clock: inquired.clock)
        written["inquiry", default: 0] += 1
    }

    /// Nil where only the journal is looked at: then each event is a tick.
    private var command: Command? {
        if case .command(_, let command) = event { command } else { nil }
    }

    private func arrivals(within time: Interval, where isFitting: (AuditedInquiry) -> Bool) -> Int {
        inquiries.values.count { now - $0.arrivedAt < time && isFitting($0) }
    }

    private mutating func check(_ clock: InquiryClock, of queue: QueueID, _ id: ChatID) {
        let due = configuration.inquiry.due
        let isByHours =
            configuration.inquiry.clock == .hours
            && configuration.queues.first { $0.id == queue }?.hours.flatMap { timetable.schedules[$0] } != nil
        if isByHours ? clock.due < now + due : clock.due != now + due { complain("\(id) is due at \(clock.due)") }
        if clock.reminders.last != clock.due || clock.reminders != clock.reminders.sorted()
            || clock.reminders.count != 3
        {
            complain("\(id) has the reminders \(clock.reminders)")
        }
    }

    mutating func check(_ event: ChatRecord, ofInquiry id: ChatID, seq: UInt64) {
        guard var inquiry = inquiries[id] else { return complain("\(id) is written to but not there") }
        if seq != inquiry.seq + 1 { complain("\(id) has seq \(seq) after \(inquiry.seq)") }
        inquiry.seq = seq
        switch event {
        case .intake: break
        case .message(let message): write(message, id, &inquiry)
        case .inquiry(let record): check(record, id, &inquiry)
        case .closed:
            switch inquiry.phase {
            case .arriving: break
            case .closed(let since):
                if now < since + configuration.inquiry.memory { complain("\(id) is forgotten too early") }
            case .open, .taken, .answered, .reopened: complain("\(id) is forgotten from \(inquiry.phase)")
            }
            inquiries[id] = nil
            return
        default: complain("\(id), an inquiry, is written to as a chat: \(event)")
        }
        inquiries[id] = inquiry
    }

    private mutating func write(_ message: StoredMessage, _ id: ChatID, _ inquiry: inout AuditedInquiry) {
        guard let text = message.text else { return complain("\(id) stores words that are gone") }
        written["message", default: 0] += 1
        let sender = message.name.map { MessageSender.agent($0) } ?? .customer
        if let wordID = message.id, inquiry.words.contains(where: { $0.id == wordID && $0.sender == sender }) {
            complain("\(id) stores an id twice")
        }
        inquiry.words.append(
            AuditedWord(seq: inquiry.seq, sender: sender, id: message.id, text: text, isNote: false))
        let isMailed = inquiry.inquired.isMailed && !inquiry.isBounced
        if let name = message.name {
            let isHolders =
                switch inquiry.phase {
                case .answered(let agent, _): agent == name
                default: inquiry.holder == name
                }
            if !isHolders { complain("\(id) is answered by \(name), who does not hold it") }
            if inquiry.isDue { written["inquiry", default: 0] += 1 }
            inquiry.phase = .answered(name, since: now)
            inquiry.lastAgent = name
            if isMailed { inquiry.mails[inquiry.seq] = .init(since: now, text: text) }
        } else if inquiry.phase == .arriving {
            inquiry.phase = .open
            if isMailed { inquiry.mails[inquiry.seq] = .init(since: now, text: nil) }
        }
    }

    private mutating func check(_ record: InquiryRecord, _ id: ChatID, _ inquiry: inout AuditedInquiry) {
        switch record {
        case .inquired: complain("\(id) is inquired twice")
        case .taken(let name):
            if inquiry.holder != nil || inquiry.phase == .arriving || isClosed(inquiry) {
                complain("\(id) is taken from \(inquiry.phase)")
            }
            let held = inquiries.values.count { $0.holder == name }
            if held >= configuration.inquiry.capacity { complain("\(name) takes \(id) as one too many") }
            if !isThere(name, for: inquiry.inquired.queue) { complain("\(name) takes \(id) without serving it") }
            inquiry.phase = .taken(name)
        case .released(let name, _):
            if inquiry.holder != name { complain("\(id) is released by \(name), who does not hold it") }
            inquiry.phase = inquiry.lastAgent == nil ? .open : .reopened(nil)
        case .reopened(let clock, let name):
            switch inquiry.phase {
            case .answered, .closed: break
            default: complain("\(id) is reopened from \(inquiry.phase)")
            }
            if inquiry.words.last?.sender != .customer { complain("\(id) is reopened by nobody's words") }
            if let name, name != inquiry.lastAgent || !isThere(name, for: inquiry.inquired.queue) {
                complain("\(id) is reopened to \(name)")
            }
            check(clock, of: inquiry.inquired.queue, id)
            written["inquiry", default: 0] += 1
            (inquiry.phase, inquiry.clock, inquiry.askedAt, inquiry.percent) = (.reopened(name), clock, now, 0)
        case .reminded(let percent):
            let index = [50, 80, 100].firstIndex(of: percent) ?? 0
            if percent <= inquiry.percent || !inquiry.isDue || inquiry.clock.reminders[index] > now {
                complain("\(id) is reminded of at \(percent) %")
            }
            inquiry.percent = percent
        case .closed(let name, _):
            if case .answered(_, let since) = inquiry.phase, name == nil {
                if now < since + configuration.inquiry.lapse { complain("\(id) lapses too early") }
            } else if name == nil || isClosed(inquiry) {
                complain("\(id) is closed from \(inquiry.phase)")
            }
            written["inquiry", default: 0] += 1
            inquiry.phase = .closed(since: now)
        case .mailReceived:
            switch event {
            case .order(.mail), .tick: break
            default: complain("\(id) has a mail that nobody sent")
            }
        case .mailed(let number, let end):
            guard inquiry.mails.removeValue(forKey: number) != nil else {
                return complain("\(id) is done with the mail \(number), which it did not owe")
            }
            switch event {
            case .mailed(id, number, .sent): if end != .sent { complain("\(id): the mail \(number) was sent") }
            case .tick: break
            default: if end == .sent { complain("\(id): nobody has sent the mail \(number)") }
            }
        case .mailBounced:
            switch event {
            case .order(.bounce), .tick: break
            default: complain("\(id) bounces by nobody's word")
            }
            inquiry.isBounced = true
            inquiry.mails = [:]
        }
    }

    private func isClosed(_ inquiry: AuditedInquiry) -> Bool {
        if case .closed = inquiry.phase { true } else { false }
    }

    /// At work, though perhaps on a break, and for the queue or over all.
    private func isThere(_ name: AgentName, for queue: QueueID) -> Bool {
        guard let agent = agents[name] else { return false }
        return agent.isPresent && agent.status != .offline
            && (agent.profile.role == .supervisor || serves(agent, queue))
    }

    // MARK: What people are told

    mutating func check(_ notice: InquiryNotice, to handle: SessionHandle, _ session: AuditedSession) {
        guard let inquiry = inquiries[notice.inquiry] else { return complain("\(handle) hears of a lost inquiry") }
        if notice.receipt != inquiry.inquired.receipt { complain("\(handle) is told another receipt") }
        switch session.owner {
        case .customer(let token):
            if notice.card != nil { complain("\(handle), a customer, sees the card of an inquiry") }
            if token != inquiry.inquired.token, !namesReceipt(of: inquiry) {
                complain("\(handle) hears of another's inquiry")
            }
        case .agent(let name):
            if inquiry.holder != name, inquiry.lastAgent != name {
                complain("\(name) sees the card of \(notice.inquiry)")
            }
        }
    }

    /// Whoever asks has the receipt.
    private func namesReceipt(of inquiry: AuditedInquiry) -> Bool {
        switch event {
        case .command(_, .inquiry(let receipt)), .command(_, .reply(let receipt, _, _)):
            receipt == inquiry.inquired.receipt
        default: false
        }
    }

    mutating func check(_ news: InquiryNews, to handle: SessionHandle, _ session: AuditedSession) {
        guard case .agent(let name) = session.owner, isThere(name, for: news.queue) else {
            return complain("\(handle) hears news of an inquiry")
        }
        if inquiries[news.inquiry]?.inquired.queue != news.queue { complain("\(handle) hears news of nothing") }
    }

    mutating func check(_ list: InquiryList, to handle: SessionHandle, _ session: AuditedSession) {
        guard case .agent(let name) = session.owner, let agent = agents[name] else {
            return complain("\(handle) is given a list of inquiries")
        }
        for (row, next) in zip(list.rows, list.rows.dropFirst()) where row.due.at > next.due.at {
            if row.state != .answered, row.state != .closed { complain("\(next.inquiry) is due before \(row.inquiry)") }
        }
        for row in list.rows where agent.profile.role != .supervisor && !serves(agent, row.queue) {
            complain("\(handle) is shown \(row.inquiry), which \(name) does not serve")
        }
    }

    /// Words of an inquiry: its own customer's, or whoever is to answer.
    mutating func check(_ message: MessageNotice, of inquiry: AuditedInquiry, _ session: AuditedSession) {
        guard case .words(let text) = message.body else { return complain("an inquiry has words of the desk") }
        if !inquiry.words.contains(where: { $0.seq == message.seq && $0.text == text }) {
            complain("words of \(message.chat) that nobody wrote are shown")
        }
        switch session.owner {
        case .customer(let token):
            if token != inquiry.inquired.token { complain("\(message.chat) is read by another customer") }
        case .agent(let name):
            if inquiry.holder != name, inquiry.lastAgent != name { complain("\(message.chat) is read by \(name)") }
        }
    }

    mutating func checkAck(
        of inquiry: AuditedInquiry, _ wordID: ClientMessageID?, _ seq: UInt64, _ session: AuditedSession
    ) {
        var sender = MessageSender.customer
        if case .agent(let name) = session.owner { sender = .agent(name) }
        let word = inquiry.words.first { $0.seq == seq }
        if word == nil || word?.id != wordID || word?.sender != sender {
            complain("an ack for what is not stored in an inquiry")
        }
    }

    /// Of an inquiry, or of the chat in front of one for the agent who has it; false for any other.
    mutating func isOfInquiry(_ request: HistoryRequest, _ session: AuditedSession) -> Bool {
        switch session.owner {
        case .customer(let token):
            guard let inquiry = inquiries[request.chat] else { return false }
            if token != inquiry.inquired.token, !namesReceipt(of: inquiry) {
                complain("\(request.chat) is read by another customer")
            }
            if request.includesNotes { complain("a customer reads notes of an inquiry") }
            return true
        case .agent(let name):
            return inquiries.contains { id, inquiry in
                inquiry.holder == name && (id == request.chat || inquiry.inquired.of == request.chat)
            }
        }
    }

    mutating func check(_ mail: OutgoingMail) {
        guard let inquiry = inquiries[mail.inquiry], let owed = inquiry.mails[mail.number] else {
            return complain("the mail \(mail.number) of \(mail.inquiry) is sent without being owed")
        }
        if let other = mailUnderWay { complain("\(mail.inquiry) is mailed while \(other) is") }
        mailUnderWay = mail.inquiry
        if mail.to != inquiry.inquired.email { complain("\(mail.inquiry) is mailed to \(mail.to)") }
        switch mail.content {
        case .acknowledgement: if owed.text != nil { complain("\(mail.inquiry): an answer is not mailed") }
        case .answer(let text, _): if owed.text != text { complain("\(mail.inquiry): other words are mailed") }
        }
    }

    mutating func checkInquiries() {
        for (id, inquiry) in inquiries {
            if inquiry.phase == .arriving { complain("\(id) has not arrived") }
            if let holder = inquiry.holder, agents[holder].map({ $0.status == .offline }) ?? true {
                complain("\(id) is held by \(holder), who is off")
            }
        }
    }
}
