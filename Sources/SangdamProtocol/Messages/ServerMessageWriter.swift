// What the server says (Protocol.md#What-the-server-says) as JSON objects. The names here are relied upon outside: add,
// never change.
//
// The path of `message` and `ack` goes from bytes to bytes: no String is made on it.

package import SangdamCore
package import SangdamJSON

/// A sentence for people that goes with a message. Programs go by the message's code; the words are the server's
/// affair.
package enum ServerSentence {
    case refusal(Refusal)
    case farewell(Farewell)
    case idleReminder(endsIn: Interval)
    /// Stands where words were that are gone from the journal.
    case erasedWords
    /// A standard question, where the configuration has no words of its own.
    case question(IntakeField)
    /// `Opens tomorrow at 9 AM`.
    case opens(LocalTime)
    case delay(DelayNotice)
}

/// Writes the desk's words as the protocol's objects, without a line end: JSON lines and WebSocket frame them.
package enum ServerMessageWriter {
    /// - Parameters:
    ///   - language: what sentences for people and labels are written in.
    ///   - hasFAQ: whether the desk has frequent questions, which `topics` say.
    ///   - sentence: the words of a sentence; asked for seldom.
    package static func write(
        _ message: ServerMessage, in language: Language, hasFAQ: Bool,
        sentence: (ServerSentence, Language) -> String, to writer: inout JSONWriter
    ) {
        writer.beginObject()
        switch message {
        case .message(let notice): writeMessage(notice, in: language, sentence, to: &writer)
        case .ack(let chat, let id, let seq):
            type(.ack, &writer)
            writer.key("chat")
            writer.string(chat)
            optionalID(id, &writer)
            writer.key("seq")
            writer.number(seq)
        case .welcome(let welcome): writeWelcome(welcome, to: &writer)
        case .ok(let about, let chat):
            type(.ok, &writer)
            writer.key("for")
            writer.string(about)
            if let chat {
                writer.key("chat")
                writer.string(chat)
            }
        case .overridden(let notice):
            type(.ok, &writer)
            writer.key("for")
            writer.string("override")
            notice.write(to: &writer)
        case .topics(let notice): writeTopics(notice, in: language, hasFAQ: hasFAQ, sentence, to: &writer)
        case .queued(let notice): writeQueued(notice, to: &writer)
        case .delayed(let notice): writeDelayed(notice, in: language, sentence, to: &writer)
        case .offer(let notice): writeOffer(notice, to: &writer)
        case .offerClosed(let offer, let outcome):
            type(.offerClosed, &writer)
            writer.key("offer")
            writer.string(offer)
            writer.key("reason")
            writer.string(outcome.rawValue)
        case .started(let notice): writeStarted(notice, to: &writer)
        case .note(let notice): writeNote(notice, in: language, sentence, to: &writer)
        case .typing(let chat, let who, let isOn):
            type(.typing, &writer)
            chatAndWho(chat, who, &writer)
            writer.key("on")
            writer.bool(isOn)
        case .seen(let chat, let who, let seq):
            type(.seen, &writer)
            chatAndWho(chat, who, &writer)
            writer.key("seq")
            writer.number(seq)
        case .party(let chat, let who, let state):
            type(.party, &writer)
            chatAndWho(chat, who, &writer)
            writer.key("state")
            writer.string(state.rawValue)
        case .ended(let chat, let reason, let receipt):
            type(.ended, &writer)
            writer.key("chat")
            writer.string(chat)
            writer.key("reason")
            writer.string(reason.rawValue)
            writer.key("receipt")
            writer.string(receipt.description)
        case .status(let notice):
            type(.status, &writer)
            writeAgent(notice, to: &writer)
        case .inquiry(let notice): writeInquiry(notice, to: &writer)
        case .inquiries(let list): writeInquiries(list, to: &writer)
        case .inquiryNews(let news): writeNews(news, to: &writer)
        case .faq(let answers, _): writeAnswers(answers, to: &writer)
        case .transcript(let mark):
            type(.transcript, &writer)
            writer.key("state")
            switch mark {
            case .begins: writer.string("begin")
            case .ends: writer.string("end")
            }
        case .error(let refusal): writeError(refusal, in: language, sentence, to: &writer)
        case .bye(let farewell):
            type(.bye, &writer)
            writer.key("code")
            writer.string(farewell.rawValue)
            writer.key("message")
            writer.string(sentence(.farewell(farewell), language))
            writer.key("reconnect")
            writer.bool(farewell.reconnect)
        }
        writer.endObject()
    }

    /// The answer to `ping`, which needs no desk.
    package static func writePong(_ number: UInt64, to writer: inout JSONWriter) {
        writer.beginObject()
        type(.pong, &writer)
        writer.key("n")
        writer.number(number)
        writer.endObject()
    }
}

extension ServerMessageWriter {
    @inline(__always)
    static func type(_ type: ServerMessageType, _ writer: inout JSONWriter) {
        writer.key("type")
        writer.word(type.name)
    }

    private static func chatAndWho(_ chat: ChatID, _ who: Party, _ writer: inout JSONWriter) {
        writer.key("chat")
        writer.string(chat)
        writer.key("who")
        writer.string(who)
    }

    private static func optionalID(_ id: ClientMessageID?, _ writer: inout JSONWriter) {
        guard let id else { return }
        writer.key("id")
        writer.string(id)
    }

    private static func writeMessage(
        _ notice: MessageNotice, in language: Language, _ sentence: (ServerSentence, Language) -> String,
        to writer: inout JSONWriter
    ) {
        type(.message, &writer)
        writer.key("chat")
        writer.string(notice.chat)
        writer.key("seq")
        writer.number(notice.seq)
        writer.key("from")
        writer.string(notice.from)
        writer.key("name")
        if let name = notice.name { writer.string(name) } else { writer.null() }
        optionalID(notice.id, &writer)
        switch notice.body {
        case .words(let text):
            writer.key("text")
            writer.string(text)
        case .erased:
            writeErased(in: language, sentence, to: &writer)
        case .system(.idleReminder(let endsIn)):
            writer.key("code")
            writer.string("idle_reminder")
            writer.key("text")
            writer.string(sentence(.idleReminder(endsIn: endsIn), language))
            writer.key("ends_in")
            writer.seconds(endsIn)
        }
        writer.key("at")
        writer.string(notice.at)
    }

    /// Words that nobody has any more: people read so in their language, and a program by the flag.
    private static func writeErased(
        in language: Language, _ sentence: (ServerSentence, Language) -> String, to writer: inout JSONWriter
    ) {
        writer.key("text")
        writer.string(sentence(.erasedWords, language))
        writer.key("erased")
        writer.bool(true)
    }

    private static func writeNote(
        _ notice: NoteNotice, in language: Language, _ sentence: (ServerSentence, Language) -> String,
        to writer: inout JSONWriter
    ) {
        type(.note, &writer)
        writer.key("chat")
        writer.string(notice.chat)
        writer.key("seq")
        writer.number(notice.seq)
        writer.key("by")
        writer.string(notice.by.text)
        if let text = notice.text {
            writer.key("text")
            writer.string(text)
        } else {
            writeErased(in: language, sentence, to: &writer)
        }
        writer.key("at")
        writer.string(notice.at)
    }

    private static func writeWelcome(_ welcome: Welcome, to writer: inout JSONWriter) {
        type(.welcome, &writer)
        writer.key("session")
        writer.string(welcome.session)
        if let token = welcome.token {
            writer.key("token")
            writer.string(token)
        }
        writer.key("lang")
        writer.string(welcome.language.rawValue)
        writer.key("protocol")
        writer.number(1)
        writer.key("at")
        writer.string(welcome.at)
        writer.key("text_bytes")
        writer.number(welcome.textBytes)
        writeDesk(welcome.desk, in: welcome.language, to: &writer)
        if let agent = welcome.agent {
            writer.key("agent")
            writer.beginObject()
            writeAgent(agent, to: &writer)
            writer.endObject()
        }
    }

    static func writeDesk(_ name: Localised, in language: Language, to writer: inout JSONWriter) {
        let name = name.text(in: language)
        guard !name.isEmpty else { return }
        writer.key("desk")
        writer.string(name)
    }

    private static func writeAgent(_ notice: AgentNotice, to writer: inout JSONWriter) {
        writer.key("name")
        writer.string(notice.name.text)
        writer.key("role")
        writer.string(notice.role.rawValue)
        writer.key("status")
        writer.string(notice.status.rawValue)
        writer.key("after_chats")
        if let status = notice.statusAfterChats { writer.string(status.rawValue) } else { writer.null() }
        writer.key("capacity")
        writer.number(notice.capacity)
        writer.key("auto_accept")
        writer.bool(notice.autoAccept)
        writer.key("cause")
        writer.string(notice.cause.rawValue)
    }

    private static func writeQueued(_ notice: QueuedNotice, to writer: inout JSONWriter) {
        type(.queued, &writer)
        writer.key("chat")
        writer.string(notice.chat)
        writer.key("queue")
        writer.string(notice.queue.text)
        writer.key("position")
        writer.number(notice.position)
        writer.key("wait")
        if let wait = notice.wait {
            writer.beginObject()
            writer.key("low")
            writer.number(wait.lowSeconds)
            writer.key("high")
            writer.number(wait.highSeconds)
            writer.endObject()
        } else {
            writer.null()
        }
        writer.key("on_duty")
        writer.bool(notice.onDuty)
        writer.key("hold")
        writer.seconds(notice.hold)
    }

    private static func writeDelayed(
        _ notice: DelayNotice, in language: Language, _ sentence: (ServerSentence, Language) -> String,
        to writer: inout JSONWriter
    ) {
        type(.delayed, &writer)
        writer.key("chat")
        writer.string(notice.chat)
        writer.key("queue")
        writer.string(notice.queue.text)
        writer.key("reason")
        writer.string(notice.reason.rawValue)
        writer.key("message")
        writer.string(sentence(.delay(notice), language))
        writer.key("on_duty")
        writer.bool(notice.onDuty)
        writeAlternatives(notice.alternatives, in: language, to: &writer)
        writeOpen(notice.openTopics, to: &writer)
    }

    private static func writeOffer(_ notice: OfferNotice, to writer: inout JSONWriter) {
        type(.offer, &writer)
        writer.key("offer")
        writer.string(notice.offer)
        writer.key("chat")
        writer.string(notice.chat)
        writer.key("queue")
        writer.string(notice.queue.text)
        writer.key("topic")
        writer.string(notice.topic.text)
        writer.key("lang")
        writer.string(notice.language.rawValue)
        writer.key("waited")
        writer.seconds(notice.waited)
        writer.key("intake")
        writeIntake(notice.intake, to: &writer)
        writer.key("expires")
        writer.string(notice.expires)
    }

    private static func writeStarted(_ notice: StartedNotice, to writer: inout JSONWriter) {
        type(.started, &writer)
        writer.key("chat")
        writer.string(notice.chat)
        switch notice.other {
        case .agent(let agent):
            writer.key("agent")
            writer.string(agent.text)
            writer.key("seq")
            writer.number(notice.seq)
        case .customer(let card):
            writer.key("customer")
            if let name = card.name { writer.string(name) } else { writer.null() }
            writer.key("seq")
            writer.number(notice.seq)
            writer.key("queue")
            writer.string(card.queue.text)
            writer.key("topic")
            writer.string(card.topic.text)
            writer.key("lang")
            writer.string(card.language.rawValue)
            writer.key("waited")
            writer.seconds(card.waited)
            writer.key("intake")
            writeIntake(card.intake, to: &writer)
            writer.key("wrapping_up")
            writer.bool(card.isWrappingUp)
            writer.key("away")
            writer.bool(card.isAway)
        }
    }

    private static func writeIntake(_ intake: Intake, to writer: inout JSONWriter) {
        writer.beginObject()
        for answer in intake.answers {
            writer.key(named: answer.question.text)
            writer.string(answer.text)
        }
        writer.endObject()
    }

    private static func writeError(
        _ refusal: Refusal, in language: Language, _ sentence: (ServerSentence, Language) -> String,
        to writer: inout JSONWriter
    ) {
        type(.error, &writer)
        writer.key("code")
        writer.string(refusal.code.rawValue)
        writer.key("message")
        writer.string(sentence(.refusal(refusal), language))
        optionalID(refusal.messageID, &writer)
        if let retryAfter = refusal.retryAfter {
            writer.key("retry_after")
            writer.seconds(retryAfter)
        }
        if let field = refusal.subject {
            writer.key("field")
            writer.string(field)
        }
        writeOpen(refusal.openTopics, to: &writer)
        if !refusal.missing.isEmpty { writeNames("missing", refusal.missing, to: &writer) }
        if let alternatives = refusal.alternatives { writeAlternatives(alternatives, in: language, to: &writer) }
    }

    static func writeNames<Kind>(_ key: StaticString, _ names: [Name<Kind>], to writer: inout JSONWriter) {
        writer.key(key)
        writer.beginArray()
        for name in names { writer.string(name.text) }
        writer.endArray()
    }
}
