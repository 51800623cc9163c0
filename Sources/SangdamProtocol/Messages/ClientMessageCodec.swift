// The bytes of what clients say (Protocol.md#Customers, Protocol.md#Agents), in both directions: how clients write a
// message, and how the server reads it. The name that a command is written with is the command table's.

internal import SangdamCore
internal import SangdamJSON

// MARK: - Writing

extension ClientMessage {
    /// The message as one line of JSON with its end.
    package var line: [UInt8] {
        var writer = JSONWriter(reservingBytes: 160)
        writer.beginObject()
        writeFields(to: &writer)
        writer.endObject()
        writer.raw(UInt8(ascii: "\n"))
        return writer.bytes
    }

    private func writeFields(to writer: inout JSONWriter) {
        switch self {
        case .customerHello(let language, let name, let resume):
            writer.field("type", "hello")
            writer.field("role", Role.customer.rawValue)
            if let language { writer.field("lang", language.rawValue) }
            if let name { writer.field("name", name) }
            guard let resume else { return }
            writer.field("resume", resume.token)
            writer.field("after", resume.after)
        case .agentHello(let user, let password, let language):
            writer.field("type", "hello")
            writer.field("role", Role.agent.rawValue)
            writer.field("user", user)
            writer.key("password")
            writer.string(utf8: password)
            if let language { writer.field("lang", language.rawValue) }
        case .ping(let number):
            writer.field("type", "ping")
            writer.field("n", number)
        case .language(let language):
            Command.language(language).write(to: &writer)
        case .command(let command):
            command.write(to: &writer)
        }
    }
}

extension Command {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("type", rule.name)
        switch self {
        case .topics, .leave, .hangUp, .position, .transcript:
            break
        case .enter(let topic, let intake, let consent):
            writer.field("topic", topic.text)
            if let intake { writer.intake(intake) }
            if let consent { writer.field("consent", consent.text) }
        case .intake(let intake):
            writer.intake(intake)
        case .rate(let score, let comment):
            writer.field("score", UInt64(score))
            if let comment { writer.field("comment", comment) }
        case .language(let language):
            writer.field("lang", language.rawValue)
        case .say(let chat, let id, let text):
            writer.words(id, text, in: chat)
        case .note(let chat, let id, let text):
            writer.words(id, text, in: chat)
        case .faq(let query): query.write(to: &writer)
        case .faqHelped(let isHelped): writer.field("helped", isHelped)
        case .typing(let chat, let isOn):
            writer.chat(chat)
            writer.field("on", isOn)
        case .seen(let chat, let seq):
            writer.chat(chat)
            writer.field("seq", seq)
        case .status(let change):
            if let status = change.status { writer.field("status", status.rawValue) }
            if let capacity = change.capacity { writer.field("capacity", UInt64(clamping: capacity)) }
            if let autoAccept = change.autoAccept { writer.field("auto_accept", autoAccept) }
            if change.afterChats { writer.field("after_chats", true) }
        case .accept(let offer):
            writer.offer(offer)
        case .decline(let offer, let reason):
            writer.offer(offer)
            if let reason { writer.field("reason", reason) }
        case .transfer(let chat, let target, let kind):
            writer.chat(chat)
            writer.key("to")
            writer.beginObject()
            switch target {
            case .queue(let queue): writer.field("queue", queue.text)
            case .agent(let agent): writer.field("agent", agent.text)
            }
            writer.endObject()
            writer.field("kind", kind.rawValue)
        case .end(let chat):
            writer.chat(chat)
        case .override(let order):
            order.write(to: &writer)
        case .wrapUp(let chat, let report):
            writer.chat(chat)
            writer.report(report)
        case .inquire(let wish): wish.write(to: &writer)
        case .inquiry(let receipt):
            writer.field("receipt", receipt.description)
        case .reply(let receipt, let id, let text):
            writer.field("receipt", receipt.description)
            writer.words(id, text, in: nil)
        case .inquiries(let queue, let state):
            if let queue { writer.field("queue", queue.text) }
            if let state { writer.field("state", state.rawValue) }
        case .take(let inquiry, let queue):
            if let inquiry { writer.inquiry(inquiry) }
            if let queue { writer.field("queue", queue.text) }
        case .answer(let inquiry, let id, let text):
            writer.inquiry(inquiry)
            writer.words(id, text, in: nil)
        case .release(let inquiry):
            writer.inquiry(inquiry)
        case .close(let inquiry, let report):
            writer.inquiry(inquiry)
            writer.report(report)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func field(_ key: StaticString, _ value: String) {
        self.key(key)
        string(value)
    }

    fileprivate mutating func field(_ key: StaticString, _ value: Text) {
        self.key(key)
        string(value)
    }

    fileprivate mutating func field(_ key: StaticString, _ value: UInt64) {
        self.key(key)
        number(value)
    }

    fileprivate mutating func field(_ key: StaticString, _ value: Bool) {
        self.key(key)
        bool(value)
    }

    fileprivate mutating func chat(_ chat: ChatID?) {
        guard let chat else { return }
        key("chat")
        string(chat)
    }

    fileprivate mutating func offer(_ offer: OfferID) {
        key("offer")
        string(offer)
    }

    fileprivate mutating func words(_ id: ClientMessageID?, _ text: Text, in chat: ChatID?) {
        self.chat(chat)
        if let id {
            key("id")
            string(id)
        }
        field("text", text)
    }

    fileprivate mutating func inquiry(_ inquiry: ChatID) {
        key("inquiry")
        string(inquiry)
    }

    fileprivate mutating func report(_ report: WrapUpReport) {
        if let disposition = report.disposition { field("disposition", disposition) }
        if let isResolved = report.isResolved { field("resolved", isResolved) }
        guard !report.tags.isEmpty else { return }
        key("tags")
        beginArray()
        for tag in report.tags { string(tag) }
        endArray()
    }

    mutating func intake(_ intake: Intake) {
        key("intake")
        beginObject()
        for answer in intake.answers {
            key(named: answer.question.text)
            string(answer.text)
        }
        endObject()
    }
}

// MARK: - Reading

/// The table that messages are read by, by their `type`.
enum ClientMessageRow {
    /// Reads the rest of a message of this `type`, wherever among its fields the reader stands; nil when there is no
    /// such type. Every row reads up to the object's end.
    static func decode(
        _ type: JSONWord, _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage? {
        // The frequent ones first.
        switch type {
        case "say": try say(&reader, limits)
        case "typing": try typing(&reader)
        case "seen": try seen(&reader)
        case "ping": try ping(&reader)
        case "hello": try hello(&reader)
        case "topics": try bare(&reader, .topics)
        case "enter": try enter(&reader)
        case "intake": try furtherIntake(&reader)
        case "queue": try bare(&reader, .position)
        case "leave": try bare(&reader, .leave)
        case "rate": try rate(&reader, limits)
        case "transcript": try bare(&reader, .transcript)
        case "lang": try language(&reader)
        case "faq": try faq(&reader, limits)
        case "faq_helped": try faqHelped(&reader)
        case "status": try status(&reader)
        case "accept": try accept(&reader)
        case "decline": try decline(&reader)
        case "note": try note(&reader, limits)
        case "transfer": try transfer(&reader)
        case "end": try end(&reader)
        case "wrapup": try wrapUp(&reader)
        case "override": try override(&reader)
        case "inquire": try inquire(&reader, limits)
        case "inquiry": try inquiry(&reader)
        case "reply": try reply(&reader, limits)
        case "inquiries": try inquiries(&reader)
        case "take": try take(&reader)
        case "answer": try answer(&reader, limits)
        case "release": try release(&reader)
        case "close": try close(&reader)
        default: nil
        }
    }
}

// MARK: Both

extension ClientMessageRow {
    /// A message without fields of its own.
    private static func bare(_ reader: inout FieldReader, _ command: Command) throws(FieldFault) -> ClientMessage {
        try reader.skipFields()
        return .command(command)
    }

    private static func say(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        var id: ClientMessageID?
        var text: Text?
        while let field = try reader.nextField() {
            switch field {
            case "text": text = try reader.words(limitBytes: limits.textBytes)
            case "id": id = try reader.messageID()
            case "chat": chat = try reader.chatID()
            default: try reader.skip()
            }
        }
        return .command(.say(chat: chat, id: try required(id, "id"), text: try required(text, "text")))
    }

    private static func typing(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        var isOn: Bool?
        while let field = try reader.nextField() {
            switch field {
            case "on": isOn = try reader.bool()
            case "chat": chat = try reader.chatID()
            default: try reader.skip()
            }
        }
        return .command(.typing(chat: chat, isOn: try required(isOn, "on")))
    }

    private static func seen(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        var seq: UInt64?
        while let field = try reader.nextField() {
            switch field {
            case "seq": seq = try reader.unsigned()
            case "chat": chat = try reader.chatID()
            default: try reader.skip()
            }
        }
        return .command(.seen(chat: chat, seq: try required(seq, "seq")))
    }

    private static func ping(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var number: UInt64?
        while let field = try reader.nextField() {
            switch field {
            case "n": number = try reader.unsigned()
            default: try reader.skip()
            }
        }
        return .ping(try required(number, "n"))
    }

    private static func hello(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var role: Role?
        var language: Language?
        var name: Text?
        var token: Text?
        var after: UInt64 = 0
        var user: String?
        var password: Text?
        while let field = try reader.nextField() {
            switch field {
            case "role": role = try reader.keyword()
            // A language that the desk does not speak is no fault: `welcome` says which one it will be.
            case "lang": language = Language(tag: try reader.string(limitBytes: ClientMessageLimits.userBytes))
            case "name": name = try reader.optionalWords(limitBytes: ClientMessageLimits.nameBytes)
            case "resume": token = try reader.text(limitBytes: ClientMessageLimits.tokenBytes)
            case "after": after = try reader.unsigned()
            case "user": user = try reader.text(limitBytes: ClientMessageLimits.userBytes).string
            case "password": password = try reader.text(limitBytes: ClientMessageLimits.passwordBytes)
            default: try reader.skip()
            }
        }
        switch try required(role, "role") {
        case .customer:
            return .customerHello(
                language: language, name: name, resume: token.map { ResumeRequest(token: $0, after: after) })
        case .agent, .supervisor:
            return .agentHello(
                user: try required(user, "user"), password: try required(password, "password").utf8,
                language: language)
        }
    }

    private static func language(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var language: Language?
        while let field = try reader.nextField() {
            switch field {
            case "lang": language = Language(tag: try reader.string(limitBytes: 64))
            default: try reader.skip()
            }
        }
        return .language(try required(language, "lang"))
    }
}

// MARK: Customers

extension ClientMessageRow {
    private static func enter(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var (topic, details, consent): (TopicID?, Intake?, NoticeVersion?)
        while let field = try reader.nextField() {
            switch field {
            case "topic": topic = try reader.name()
            case "consent": consent = try reader.name()
            case "intake":
                try reader.beginObject()
                let told = try intake(&reader)
                details = told.isEmpty ? nil : told
            default: try reader.skip()
            }
        }
        return .command(.enter(topic: try required(topic, "topic"), intake: details, consent: consent))
    }

    private static func furtherIntake(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var details: Intake?
        while let field = try reader.nextField() {
            switch field {
            case "intake":
                try reader.beginObject()
                details = try intake(&reader)
            default: try reader.skip()
            }
        }
        return .command(.intake(try required(details, "intake")))
    }

    /// The answers of an intake up to the object's end; an empty answer is none. Which of them the topic asks for, the
    /// desk knows: what can be no answer to any question is passed over.
    static func intake(_ reader: inout FieldReader) throws(FieldFault) -> Intake {
        var intake = Intake()
        while let field = try reader.nextField() {
            var question = IntakeField(rawValue: field.string)?.id
            if question == nil, try reader.isAtText() { question = QuestionID(validating: field.string) }
            guard let question else {
                try reader.skip()
                continue
            }
            intake[question] = try reader.optionalWords(limitBytes: Intake.answerLimitBytes)
            guard intake.answers.count <= ClientMessageLimits.answers else { throw FieldFault(.badField, "intake") }
        }
        return intake
    }

    private static func rate(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var score: UInt64?
        var comment: Text?
        while let field = try reader.nextField() {
            switch field {
            case "score": score = try reader.unsigned(in: 1...5)
            case "comment": comment = try reader.optionalWords(limitBytes: limits.textBytes)
            default: try reader.skip()
            }
        }
        return .command(.rate(score: UInt8(clamping: try required(score, "score")), comment: comment))
    }
}
