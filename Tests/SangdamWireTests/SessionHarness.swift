// A session with a clock of its own whose inputs can be read as lines, so that tests are tables and scripts.

import SangdamCore
import SangdamProtocol
import SangdamWire

struct SessionHarness {
    var session: WireSession
    var now = Instant(milliseconds: 1_000_000)
    private(set) var output: [UInt8] = []
    private(set) var inputs: [SessionInput] = []
    /// After `endInput`: whether the connection has to stay.
    private(set) var staysForAnswers = false

    static var configuration: WireConfiguration {
        WireConfiguration(
            deskName: Localised([.korean: "우리 상담실", .english: "Our Desk", .japanese: "相談室", .chinese: "咨询台"]))
    }

    init(applicationProtocol: String? = nil, configuration: WireConfiguration = Self.configuration) {
        session = WireSession(configuration: configuration, applicationProtocol: applicationProtocol, at: now)
        session.opened(at: now, output: &output) { inputs.append($0) }
    }

    mutating func receive(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            session.receive(buffer, at: now, output: &output) { inputs.append($0) }
        }
    }

    mutating func receive(_ text: String) {
        receive(Array(text.utf8))
    }

    mutating func deliver(_ message: ServerMessage) {
        session.deliver(message, at: now, output: &output) { inputs.append($0) }
    }

    mutating func endInput() {
        staysForAnswers = session.endInput(at: now, output: &output) { inputs.append($0) }
    }

    mutating func wait(milliseconds: Int64) {
        now = now + Interval(milliseconds: milliseconds)
        session.deadlinePassed(at: now, output: &output) { inputs.append($0) }
    }

    /// What was sent since the last call.
    mutating func takeOutput() -> String {
        defer { output = [] }
        return String(decoding: output, as: UTF8.self)
    }

    /// The same for what is no text.
    mutating func takeBytes() -> [UInt8] {
        defer { output = [] }
        return output
    }

    /// What came in since the last call, one line each.
    mutating func takeInputs() -> [String] {
        defer { inputs = [] }
        return inputs.map(describe)
    }
}

/// One line that says all about an input.
func describe(_ input: SessionInput) -> String {
    switch input {
    case .customerHello(let language, let name, let resume):
        "hello \(language.rawValue)" + (name.map { " name=\($0)" } ?? "")
            + (resume.map { " resume=\($0.token) after=\($0.after)" } ?? "")
    case .agentHello(let user, let password, let language):
        "agent \(user) \(String(decoding: password, as: UTF8.self)) \(language.rawValue)"
    case .command(let command): describe(command)
    case .refused(let code): "refused \(code.rawValue)"
    case .refusedRequest(let status): "refused http \(status.rawValue)"
    case .close(let farewell): "close \(farewell.rawValue)"
    case .closeWeb(let ending): "close \(ending.code)"
    }
}

func describe(_ command: Command) -> String {
    func chatPart(_ chat: ChatID?) -> String { chat.map { " chat=\($0)" } ?? "" }
    func idPart(_ id: ClientMessageID?) -> String { id.map { " id=\(String(decoding: $0.utf8, as: UTF8.self))" } ?? "" }
    func intakePart(_ intake: Intake) -> String {
        intake.answers.map { " \($0.question)=\($0.text)" }.joined()
    }
    switch command {
    case .topics: return "topics"
    case .enter(let topic, let intake, let consent):
        return "enter \(topic)" + (intake.map(intakePart) ?? "") + (consent.map { " agreeing \($0)" } ?? "")
    case .intake(let intake): return "intake" + intakePart(intake)
    case .leave: return "leave"
    case .hangUp: return "hang up"
    case .rate(let score, let comment): return "rate \(score)" + (comment.map { " \($0)" } ?? "")
    case .position: return "position"
    case .transcript: return "transcript"
    case .language(let language): return "lang \(language.rawValue)"
    case .say(let chat, let id, let text): return "say\(chatPart(chat))\(idPart(id)) \(text)"
    case .faq(let query):
        return (query.isUnasked ? "suggest" : "faq") + (query.topic.map { " topic=\($0)" } ?? "")
            + (query.language.map { " lang=\($0.rawValue)" } ?? "")
            + " \(query.words)"
    case .faqHelped(let isHelped): return "faq helped \(isHelped)"
    case .typing(let chat, let isOn): return "typing\(chatPart(chat)) \(isOn)"
    case .seen(let chat, let seq): return "seen\(chatPart(chat)) \(seq)"
    case .status(let change):
        return "status \(change.status?.rawValue ?? "-") \(change.capacity.map(String.init) ?? "-") "
            + "\(change.autoAccept.map(String.init) ?? "-") \(change.afterChats)"
    case .accept(let offer): return "accept \(offer)"
    case .decline(let offer, let reason): return "decline \(offer)" + (reason.map { " \($0)" } ?? "")
    case .note(let chat, let id, let text): return "note\(chatPart(chat))\(idPart(id)) \(text)"
    case .transfer(let chat, .queue(let queue), let kind): return "transfer \(chat) queue=\(queue) \(kind.rawValue)"
    case .transfer(let chat, .agent(let agent), let kind): return "transfer \(chat) agent=\(agent) \(kind.rawValue)"
    case .end(let chat): return "end \(chat)"
    case .override(let order):
        return "override \(order.queue) \(order.state.rawValue) \(order.until?.rfc3339 ?? "-")"
    case .wrapUp(let chat, let report): return "wrapup \(chat) " + describe(report)
    case .inquire(let wish):
        return "inquire" + (wish.topic.map { " \($0)" } ?? "") + idPart(wish.id)
            + (wish.email.map { " email=\($0)" } ?? "") + (wish.name.map { " name=\($0)" } ?? "")
            + (wish.intake.map(intakePart) ?? "") + (wish.consent.map { " agreeing \($0)" } ?? "") + " \(wish.text)"
    case .inquiry(let receipt): return "inquiry \(receipt)"
    case .reply(let receipt, let id, let text): return "reply \(receipt)\(idPart(id)) \(text)"
    case .inquiries(let queue, let state): return "inquiries \(queue?.text ?? "-") \(state?.rawValue ?? "-")"
    case .take(let inquiry, let queue): return "take \(inquiry?.description ?? "-") \(queue?.text ?? "-")"
    case .answer(let inquiry, let id, let text): return "answer \(inquiry)\(idPart(id)) \(text)"
    case .release(let inquiry): return "release \(inquiry)"
    case .close(let inquiry, let report): return "close \(inquiry) " + describe(report)
    }
}

private func describe(_ report: WrapUpReport) -> String {
    "\(report.disposition?.string ?? "-") \(report.isResolved.map(String.init) ?? "-") "
        + report.tags.map(\.string).joined(separator: ",")
}

/// Names that tests use.
enum Sample {
    static let chat = ChatID("01kapx0000000000000000000c") ?? ChatID(high: 0, low: 1)
    static let offer = OfferID("01kapx0000000000000000000f") ?? OfferID(high: 0, low: 2)
    static let session = SessionID("01kapx0000000000000000000s") ?? SessionID(high: 0, low: 3)
    static let at = Instant(rfc3339: Array("2026-11-22T08:00:00.123Z".utf8)) ?? Instant(milliseconds: 0)
    static let receipt = Receipt("7K2M-Q9XC-04TD") ?? Receipt(bits: 0)

    static let inquiry = ChatID("01kapx0000000000000000001q") ?? ChatID(high: 0, low: 4)
    /// What the first thing that is written by hand is called.
    static let draft = ClientMessageID("\(session)-1")

    static func inquiry(_ state: InquiryState, isMailed: Bool = false) -> ServerMessage {
        .inquiry(
            InquiryNotice(
                inquiry: inquiry, receipt: receipt, state: state, queue: "general", topic: "payment", arrived: at,
                due: tomorrow, isMailed: isMailed, card: nil))
    }

    static func refusedDraft(_ code: RefusalCode, retryAfter: Interval? = nil) -> ServerMessage {
        .error(Refusal(code, messageID: draft, retryAfter: retryAfter))
    }

    static func topic(
        _ id: TopicID, _ korean: String, _ english: String, isOpen: Bool = true, waiting: Int = 0,
        intake: [Question]? = nil
    ) -> TopicStatus {
        TopicStatus(
            id: id, labels: Localised([.korean: korean, .english: english]), queue: "general", waiting: waiting,
            reception: Reception(status: isOpen ? .open : .unstaffed, until: nil, offering: .chat), intake: intake)
    }

    /// One that asks something of every kind, one that asks nothing, one that asks what must be answered only.
    static let askingTopics = [
        topic(
            "fraud", "부정 결제 신고", "Payment fraud",
            intake: [
                Question(id: "when", isRequired: true, kind: .date),
                Question(id: "shop", labels: Localised([.korean: "어느 가맹점인가요?", .english: "Which shop?"])),
                Question(
                    id: "card", labels: Localised([.korean: "어떤 카드인가요?", .english: "Which card?"]), isRequired: true,
                    kind: .choice([
                        .init(id: "credit", labels: Localised([.korean: "신용카드", .english: "Credit card"])),
                        .init(id: "debit", labels: Localised([.korean: "체크카드", .english: "Debit card"])),
                    ])),
                Question(
                    id: "sum", labels: Localised([.korean: "얼마인가요?", .english: "How much?"]), kind: .amount),
            ]),
        topic("other", "기타", "Other", intake: []),
        topic(
            "refund", "환불", "Refund",
            intake: [Question(id: "sum", labels: Localised([.korean: "얼마인가요?"]), isRequired: true, kind: .amount)]),
    ]

    static let topics = [
        topic("payment", "결제", "Payment"), topic("refund", "환불", "Refund", waiting: 2),
        topic("fraud", "부정 결제 신고", "Payment fraud", isOpen: false),
    ]

    /// Nine in the morning after, in Korea.
    static let tomorrow = LocalTime(
        Instant(milliseconds: 1_795_392_000_000), seenAt: at,
        Timetable(offsets: [UTCOffset(since: at, minutesEastOfUTC: 540)]))

    static let closedTopics = [
        TopicStatus(
            id: "pay", labels: Localised([.korean: "결제", .english: "Payment"]), queue: "general", waiting: 3,
            reception: Reception(status: .closed, until: tomorrow, offering: .inquiry)),
        TopicStatus(
            id: "card", labels: Localised([.korean: "카드", .english: "Card"]), queue: "general", waiting: 0,
            reception: Reception(status: .unstaffed, until: tomorrow, offering: .refuse)),
    ]

    /// One may wait all the same.
    static let closedTopic = TopicStatus(
        id: "refund", labels: Localised([.korean: "환불", .english: "Refund"]), queue: "refund", waiting: 0,
        reception: Reception(status: .closed, until: nil, offering: .chat))

    static let contacts = [
        ContactCard(
            id: "main", labels: Localised([.korean: "고객센터", .english: "Service centre"]), phone: "1588-3819",
            hours: Localised([.korean: "평일 09:00–18:00", .english: "weekdays 09:00–18:00"]))
    ]

    static func alternatives(opens: LocalTime?) -> Alternatives {
        Alternatives(
            opens: opens, offers: [], contacts: contacts.map { ContactStatus($0, Timetable(), at: at) })
    }

    static func delayed(_ reason: DelayReason, onDuty: Bool) -> ServerMessage {
        .delayed(
            DelayNotice(
                chat: chat, queue: "general", reason: reason, onDuty: onDuty,
                alternatives: alternatives(opens: reason == .closed ? tomorrow : nil), openTopics: []))
    }

    static func privacy(_ korean: String = "적어 주신 내용을 1년 동안 보관해요.", needsConsent: Bool) -> PrivacyNotice {
        PrivacyNotice(
            text: Localised([.korean: korean, .english: "We keep what you write for a year."]),
            url: "https://www.example.com/privacy", needsConsent: needsConsent)
    }

    static let privacyVersion = privacy(needsConsent: true).version

    /// It is a Sunday.
    static let contactsOpenOnMondays = contacts(open: "Mon 09:00-18:00 +09:00")
    static let contactsOpenOnSundays = contacts(open: "Sun 00:00-24:00 +09:00")

    private static func contacts(open hours: String) -> [ContactCard] {
        contacts.map { card in
            var card = card
            card.opening = try? OpeningHours(hours)
            return card
        }
    }

    static func queued(_ position: Int, _ wait: (Int, Int)?, onDuty: Bool = true) -> ServerMessage {
        .queued(
            QueuedNotice(
                chat: chat, queue: "general", position: position,
                wait: wait.map { WaitEstimate(lowSeconds: $0.0, highSeconds: $0.1) }, onDuty: onDuty,
                hold: .seconds(900)))
    }

    static func started(_ agent: AgentName) -> ServerMessage {
        .started(StartedNotice(chat: chat, other: .agent(agent), seq: 3))
    }

    static func message(_ from: Party, _ text: Text, name: Text? = nil, seq: UInt64 = 4) -> ServerMessage {
        .message(
            MessageNotice(chat: chat, seq: seq, from: from, name: name, id: nil, body: .words(text), at: at))
    }

    static func welcome(_ language: Language = .korean) -> ServerMessage {
        .welcome(
            Welcome(session: session, token: "tok-123", language: language, at: at, textBytes: 4_000, agent: nil))
    }
}

extension ServerMessage {
    /// On a Sunday.
    static func topics(
        _ topics: [TopicStatus], contacts: [ContactCard], desk: Localised = Localised([:]),
        privacy: PrivacyNotice? = nil
    ) -> ServerMessage {
        .topics(
            TopicsNotice(
                desk: desk, topics: topics,
                contacts: contacts.map { ContactStatus($0, Timetable(), at: Instant(milliseconds: 1_795_305_600_000)) },
                privacy: privacy))
    }
}
