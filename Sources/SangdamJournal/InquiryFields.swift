// What is said of inquiries beside their words, out and in.

internal import SangdamCore
internal import SangdamJSON

extension InquiryRecord {
    var kind: LineKind {
        switch self {
        case .inquired: .inquired
        case .taken: .inquiryTaken
        case .released: .inquiryReleased
        case .reopened: .inquiryReopened
        case .reminded: .inquiryReminded
        case .closed: .inquiryClosed
        case .mailReceived: .mailReceived
        case .mailed: .mailed
        case .mailBounced: .mailBounced
        }
    }

    /// Whether the line holds what somebody wrote, or who it was. What another mail server says names addresses.
    var holdsWords: Bool {
        switch self {
        case .inquired(let inquired): inquired.name != nil || inquired.email != nil
        case .mailReceived(let mail): mail.holdsWords
        case .mailed(_, .failed(let why)): why != nil
        case .taken, .released, .reopened, .reminded, .closed, .mailed, .mailBounced: false
        }
    }
}

// MARK: - Out

extension JSONWriter {
    mutating func fields(of record: InquiryRecord) {
        switch record {
        case .inquired(let inquired): fields(of: inquired)
        case .taken(let agent):
            field("agent", agent)
        case .released(let agent, let cause):
            field("agent", agent)
            field("cause", cause)
        case .reopened(let clock, let agent):
            fields(of: clock)
            field("agent", agent)
        case .reminded(let percent):
            field("percent", number: percent)
        case .closed(let agent, let report):
            field("agent", agent)
            fields(of: report)
        case .mailReceived(let mail):
            field("message_id", mail.reference?.text)
            field("from", mail.from?.text)
            if !mail.attachments.isEmpty {
                key("attachments")
                beginArray()
                for name in mail.attachments { string(name) }
                endArray()
            }
            field("quoted", mail.quoted)
        case .mailed(let number, let end):
            field("mail", number: number)
            switch end {
            case .sent:
                field("result", "sent")
            case .failed(let why):
                field("result", "failed")
                field("why", why)
            }
        case .mailBounced(let status):
            field("status", status)
        }
    }

    private mutating func fields(of inquired: Inquired) {
        field("topic", inquired.topic)
        field("queue", inquired.queue)
        field("lang", inquired.language)
        field("name", inquired.name)
        field("email", inquired.email?.text)
        field("mailed", inquired.isMailed)
        field("token", inquired.token)
        field("receipt", inquired.receipt)
        fields(of: inquired.clock)
        field("of", inquired.of)
        field("id", inquired.clientID)
        field("consent", inquired.consent)
    }

    private mutating func fields(of clock: InquiryClock) {
        field("due", clock.due)
        key("reminders")
        beginArray()
        for reminder in clock.reminders { string(reminder) }
        endArray()
    }

    private mutating func field(_ key: StaticString, _ text: String?) {
        guard let text else { return }
        self.key(key)
        string(text)
    }

    /// The inquiry's id and last seq stand in the envelope.
    mutating func fields(of inquiry: Inquiry) {
        fields(of: Inquired(inquiry))
        field("arrived_at", inquiry.arrivedAt)
        field("asked_at", inquiry.askedAt)
        field("reminders_given", number: inquiry.remindersGiven)
        field("last_agent", inquiry.lastAgent)
        field("bounced", inquiry.isBounced)
        if let first = inquiry.firstMail { field("first_mail", number: first) }
        field("message_id", inquiry.lastReference?.text)
        field("phase", inquiry.phase)
        field("intake", inquiry.intake)
        key("mails")
        beginArray()
        for mail in inquiry.mails { write(mail) }
        endArray()
        field("acked", inquiry.acked)
    }

    private mutating func field(_ key: StaticString, _ phase: InquiryPhase) {
        self.key(key)
        beginObject()
        self.key("is")
        switch phase {
        case .arriving: string("arriving")
        case .open: string("open")
        case .taken(let agent):
            string("taken")
            field("agent", agent)
        case .answered(let agent, let since):
            string("answered")
            field("agent", agent)
            field("since", since)
        case .reopened(let agent):
            string("reopened")
            field("agent", agent)
        case .closed(let since):
            string("closed")
            field("since", since)
        }
        endObject()
    }

    private mutating func write(_ mail: PendingMail) {
        beginObject()
        field("mail", number: mail.number)
        field("since", mail.since)
        if case .answer(let text, let agent) = mail.content {
            field("by", agent)
            field("text", text)
        }
        endObject()
    }
}

extension Inquired {
    /// What an inquiry arrived with, as it stands now. The consent is in the journal's line alone.
    fileprivate init(_ inquiry: Inquiry) {
        self.init(
            topic: inquiry.topic, queue: inquiry.queue, language: inquiry.language, name: inquiry.name,
            email: inquiry.email, isMailed: inquiry.isMailed, token: inquiry.token, receipt: inquiry.receipt,
            clock: inquiry.clock, of: inquiry.of, clientID: inquiry.clientID)
    }
}

// MARK: - In

extension JSONReader {
    /// `kind` is one of an inquiry's own.
    mutating func inquiryRecord(_ kind: LineKind, isSalted: Bool) throws -> InquiryRecord {
        let fields = try InquiryFields(&self)
        switch kind {
        case .inquired: return .inquired(try fields.inquired())
        case .inquiryTaken: return .taken(try required(fields.agent, "agent"))
        case .inquiryReleased:
            return .released(try required(fields.agent, "agent"), try required(fields.cause, "cause"))
        case .inquiryReopened: return .reopened(try fields.clock(), by: fields.agent)
        case .inquiryReminded: return .reminded(percent: try required(fields.percent, "percent"))
        case .inquiryClosed: return .closed(by: fields.agent, fields.report)
        case .mailReceived:
            return .mailReceived(
                ReceivedMailRecord(
                    reference: fields.reference, from: fields.from, attachments: fields.attachments,
                    quoted: fields.quoted))
        case .mailed:
            let number = try required(fields.mail, "mail")
            switch try required(fields.result, "result") {
            case "sent": return .mailed(number: number, .sent)
            case "failed": return .mailed(number: number, .failed(fields.why))
            default: throw LineFault.badValue("result")
            }
        case .mailBounced: return .mailBounced(status: fields.status)
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .message, .note, .transferred, .away, .back,
            .reminded, .delayed, .language, .ended, .wrappedUp, .rated, .closed, .agentStatus, .agentForgotten,
            .account, .configured, .hours, .restarted, .erased, .checkpoint, .checkpointQueue, .checkpointAgent,
            .checkpointChat, .checkpointInquiry:
            throw LineFault.badEnvelope
        }
    }

    mutating func inquiryCheckpoint(_ id: ChatID, lastSeq: UInt64, isSalted: Bool) throws -> Inquiry {
        let fields = try InquiryFields(&self)
        guard isSalted || !fields.holdsWords else { throw LineFault.missing("s") }
        var inquiry = Inquiry(id: id, try fields.inquired(), at: try required(fields.arrivedAt, "arrived_at"))
        inquiry.lastSeq = lastSeq
        inquiry.askedAt = try required(fields.askedAt, "asked_at")
        inquiry.remindersGiven = try required(fields.remindersGiven, "reminders_given")
        guard (0...inquiry.clock.reminders.count).contains(inquiry.remindersGiven) else {
            throw LineFault.badValue("reminders_given")
        }
        inquiry.lastAgent = fields.lastAgent
        inquiry.isBounced = try required(fields.isBounced, "bounced")
        inquiry.firstMail = fields.firstMail
        inquiry.lastReference = fields.reference
        inquiry.phase = try required(fields.phase, "phase")
        inquiry.intake = try words(fields.intake, "intake", isSalted: isSalted) ?? Intake()
        inquiry.mails = try required(fields.mails, "mails")
        inquiry.acked = try required(fields.acked, "acked")
        return inquiry
    }
}

/// What lines may say about an inquiry; each kind demands its own.
private struct InquiryFields {
    var topic: TopicID?
    var queue: QueueID?
    var language: Language?
    var name: Text?
    var email: EmailAddress?
    var isMailed: Bool?
    var token: TokenDigest?
    var receipt: Receipt?
    var due: Instant?
    var reminders: [Instant]?
    var of: ChatID?
    var clientID: ClientMessageID?
    var consent: NoticeVersion?
    var agent: AgentName?
    var cause: InquiryReleaseCause?
    var percent: Int?
    var report = WrapUpReport()
    var reference: MailReference?
    var from: EmailAddress?
    var attachments: [Text] = []
    var quoted: Text?
    var mail: UInt64?
    var result: String?
    var why: Text?
    var status: Text?
    var arrivedAt: Instant?
    var askedAt: Instant?
    var remindersGiven: Int?
    var lastAgent: AgentName?
    var isBounced: Bool?
    var firstMail: UInt64?
    var phase: InquiryPhase?
    var intake: Intake?
    var mails: [PendingMail]?
    var acked: AckWindow?

    init(_ reader: inout JSONReader) throws {
        while let key = try reader.nextKey() {
            if try !readRecord(key, &reader), try !readCheckpoint(key, &reader) { try reader.skipValue() }
        }
    }

    /// Whose words or whose name would be in it.
    var holdsWords: Bool {
        name != nil || email != nil
            || mails?.contains { if case .answer(.some, _) = $0.content { true } else { false } } == true
    }

    private mutating func readRecord(_ key: JSONWord, _ reader: inout JSONReader) throws -> Bool {
        switch key {
        case "topic": topic = try reader.name("topic")
        case "queue": queue = try reader.name("queue")
        case "lang": language = try reader.word("lang")
        case "name": name = try reader.text()
        case "email": email = try reader.emailAddress("email")
        case "mailed": isMailed = try reader.bool()
        case "token": token = try reader.token("token")
        case "receipt": receipt = try reader.receipt("receipt")
        case "due": due = try reader.instant("due")
        case "reminders": reminders = try reader.list { try $0.instant("reminders") }
        case "of": of = try reader.id("of")
        case "id": clientID = try reader.messageID("id")
        case "consent": consent = try reader.name("consent")
        case "agent": agent = try reader.name("agent")
        case "cause": cause = try reader.word("cause")
        case "percent": percent = try reader.integer("percent")
        case "disposition": report.disposition = try reader.text()
        case "resolved": report.isResolved = try reader.bool()
        case "tags": report.tags = try reader.list { try $0.text() }
        case "message_id": reference = try reader.mailReference("message_id")
        case "from": from = try reader.emailAddress("from")
        case "attachments": attachments = try reader.list { try $0.text() }
        case "quoted": quoted = try reader.text()
        case "mail": mail = try reader.unsigned()
        case "result": result = try reader.withString { String(decoding: $0, as: UTF8.self) }
        case "why": why = try reader.text()
        case "status": status = try reader.text()
        default: return false
        }
        return true
    }

    private mutating func readCheckpoint(_ key: JSONWord, _ reader: inout JSONReader) throws -> Bool {
        switch key {
        case "arrived_at": arrivedAt = try reader.instant("arrived_at")
        case "asked_at": askedAt = try reader.instant("asked_at")
        case "reminders_given": remindersGiven = try reader.integer("reminders_given")
        case "last_agent": lastAgent = try reader.name("last_agent")
        case "bounced": isBounced = try reader.bool()
        case "first_mail": firstMail = try reader.unsigned()
        case "phase": phase = try reader.inquiryPhase()
        case "intake": intake = try reader.intakeValue()
        case "mails": mails = try reader.list { try $0.pendingMail() }
        case "acked": acked = try reader.ackWindow()
        default: return false
        }
        return true
    }

    func clock() throws(LineFault) -> InquiryClock {
        let reminders = try required(reminders, "reminders")
        guard reminders.count == Inquiry.reminderPercents.count else { throw .badValue("reminders") }
        return InquiryClock(due: try required(due, "due"), reminders: reminders)
    }

    func inquired() throws(LineFault) -> Inquired {
        Inquired(
            topic: try required(topic, "topic"), queue: try required(queue, "queue"),
            language: try required(language, "lang"), name: name, email: email,
            isMailed: try required(isMailed, "mailed"), token: try required(token, "token"),
            receipt: try required(receipt, "receipt"), clock: try clock(), of: of, clientID: clientID,
            consent: consent)
    }
}

extension JSONReader {
    fileprivate mutating func emailAddress(_ field: String) throws -> EmailAddress {
        guard let address = EmailAddress(try withString { String(decoding: $0, as: UTF8.self) }) else {
            throw LineFault.badValue(field)
        }
        return address
    }

    fileprivate mutating func mailReference(_ field: String) throws -> MailReference {
        guard let reference = MailReference(try withString { String(decoding: $0, as: UTF8.self) }) else {
            throw LineFault.badValue(field)
        }
        return reference
    }

    fileprivate mutating func inquiryPhase() throws -> InquiryPhase {
        var (word, agent, since): (String?, AgentName?, Instant?)
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "is": word = try withString { String(decoding: $0, as: UTF8.self) }
            case "agent": agent = try name("phase")
            case "since": since = try instant("phase")
            default: try skipValue()
            }
        }
        switch try required(word, "phase") {
        case "arriving": return .arriving
        case "open": return .open
        case "taken": return .taken(try required(agent, "agent"))
        case "answered": return .answered(try required(agent, "agent"), since: try required(since, "since"))
        case "reopened": return .reopened(agent)
        case "closed": return .closed(since: try required(since, "since"))
        default: throw LineFault.badValue("phase")
        }
    }

    fileprivate mutating func pendingMail() throws -> PendingMail {
        var (number, since, agent, words): (UInt64?, Instant?, AgentName?, Text?)
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "mail": number = try unsigned()
            case "since": since = try instant("mails")
            case "by": agent = try name("mails")
            case "text": words = try text()
            default: try skipValue()
            }
        }
        return PendingMail(
            number: try required(number, "mail"), since: try required(since, "since"),
            agent.map { .answer(words, by: $0) } ?? .acknowledgement)
    }
}
