// What the server writes is what a client hears: random messages of every kind, there and back. Their exact bytes stand
// in SangdamWireTests/ServerMessageTests.

import SangdamCore
import SangdamJSON
import Testing

@testable import SangdamProtocol

@Suite struct ServerRoundTripTests {
    /// Stands for the server's sentences, so that each can be recognised.
    private static func sentence(_ sentence: ServerSentence, in language: Language) -> String {
        switch sentence {
        case .refusal(let refusal): "refused: \(refusal.code.rawValue) in \(language)"
        case .farewell(let farewell): "bye: \(farewell.rawValue) in \(language)"
        case .idleReminder(let endsIn): "idle: \(endsIn.milliseconds) in \(language)"
        case .question(let field): "asked: \(field.rawValue) in \(language)"
        case .opens(let time): "opens \(time.at.milliseconds) in \(language)"
        case .delay(let notice): "delayed: \(notice.reason.rawValue) in \(language)"
        case .erasedWords: "erased in \(language)"
        }
    }

    private func line(_ message: ServerMessage, in language: Language) -> [UInt8] {
        var writer = JSONWriter()
        ServerMessageWriter.write(message, in: language, hasFAQ: false, sentence: Self.sentence, to: &writer)
        return writer.bytes
    }

    private func heard(_ line: [UInt8]) throws -> HeardMessage {
        try line.withUnsafeBytes { try HeardMessage(line: $0) }
    }

    @Test func everyMessageIsHeardAsItWasSaid() throws {
        let seed = announcedSeed()
        var values = RandomValues(seed: seed)
        for round in 0..<4000 {
            let message = values.serverMessage()
            let language = values.language()
            let line = line(message, in: language)
            let isSame = try heard(line) == Self.expected(message, in: language)
            #expect(isSame, "seed \(seed), round \(round): \(String(decoding: line, as: UTF8.self))")
        }
    }

    @Test func pongIsHeard() throws {
        var writer = JSONWriter()
        ServerMessageWriter.writePong(7, to: &writer)
        #expect(try heard(writer.bytes) == .pong)
    }

    @Test func everyTypeComesUp() {
        var values = RandomValues(seed: 1)
        var types: Set<ServerMessageType> = [.pong]
        for _ in 0..<4000 {
            line(values.serverMessage(), in: .english).withUnsafeBytes { bytes in
                if let type = ServerFields(bytes)?.type { types.insert(type) }
            }
        }
        #expect(types == Set(ServerMessageType.allCases))
    }

    // MARK: What is to be heard

    private static func expected(_ message: ServerMessage, in language: Language) -> HeardMessage {
        switch message {
        case .welcome(let welcome): .welcome(welcome.agent.map(state))
        case .ok(let about, let chat): .ok(about: about, chat: chat)
        case .overridden(let notice): .overridden(until: notice.until?.text)
        case .topics(let notice):
            .topics(
                notice.topics.map {
                    TopicLabel(
                        id: $0.id.text, label: $0.labels.text(in: language), queue: $0.queue.text,
                        questions: $0.intake?.map { label(of: $0, in: language) })
                })
        case .queued: .other("queued")
        case .delayed: .other("delayed")
        case .offer(let offer):
            .offer(
                OfferMessage(
                    offer: offer.offer, chat: offer.chat, queue: offer.queue.text, topic: offer.topic.text,
                    language: offer.language.rawValue, waited: offer.waited, intake: answers(offer.intake),
                    expires: offer.expires))
        case .offerClosed(let offer, let outcome): .offerClosed(offer, reason: outcome.rawValue)
        case .started(let started): .started(self.started(started))
        case .message(let notice):
            .words(
                WordsMessage(
                    chat: notice.chat, seq: notice.seq, from: notice.from.rawValue, name: notice.name?.string,
                    id: notice.id.map { String(decoding: $0.utf8, as: UTF8.self) },
                    text: text(of: notice.body, in: language), at: notice.at))
        case .note(let note):
            .note(
                NoteMessage(
                    chat: note.chat, seq: note.seq, by: note.by.text, id: nil,
                    text: note.text?.string ?? sentence(.erasedWords, in: language), at: note.at))
        case .ack(let chat, let id, let seq):
            .ack(chat: chat, id: id.map { String(decoding: $0.utf8, as: UTF8.self) }, seq: seq)
        case .typing(let chat, let who, let isOn): .typing(chat: chat, who: who.rawValue, isOn: isOn)
        case .seen: .other("seen")
        case .party(let chat, let who, let state): .party(chat: chat, who: who.rawValue, state: state.rawValue)
        case .ended(let chat, let reason, let receipt):
            .ended(chat: chat, reason: reason.rawValue, receipt: receipt.description)
        case .status(let notice): .status(state(notice))
        case .transcript: .other("transcript")
        case .faq(let answers, _): .faq(answers)
        case .inquiry(let notice): .inquiry(notice.asHeard)
        case .inquiries(let list): .inquiries(list.rows.map(\.asHeard), total: UInt64(list.total))
        case .inquiryNews(let news): .inquiryNews(news.asHeard)
        case .error(let refusal):
            .error(
                ErrorMessage(
                    code: refusal.code.rawValue, message: sentence(.refusal(refusal), in: language),
                    id: refusal.messageID.map { String(decoding: $0.utf8, as: UTF8.self) }, field: refusal.subject,
                    retryAfter: refusal.retryAfter))
        case .bye(let farewell):
            .bye(
                code: farewell.rawValue, message: sentence(.farewell(farewell), in: language),
                reconnect: farewell.reconnect)
        }
    }

    private static func state(_ notice: AgentNotice) -> AgentState {
        AgentState(
            name: notice.name.text, status: notice.status.rawValue,
            statusAfterChats: notice.statusAfterChats?.rawValue, capacity: notice.capacity,
            autoAccept: notice.autoAccept, cause: notice.cause.rawValue)
    }

    private static func label(of question: Question, in language: Language) -> QuestionLabel {
        var choices: [QuestionLabel] = []
        if case .choice(let all) = question.kind {
            choices = all.map { QuestionLabel(id: $0.id.text, label: $0.labels.text(in: language)) }
        }
        let words = question.label(in: language) { sentence(.question($0), in: language) }
        return QuestionLabel(id: question.id.text, label: words, choices: choices)
    }

    private static func answers(_ intake: Intake) -> IntakeMessage {
        IntakeMessage(intake.answers.map { .init(question: $0.question.text, text: $0.text.string) })
    }

    private static func started(_ notice: StartedNotice) -> StartedMessage {
        switch notice.other {
        case .agent:
            StartedMessage(
                chat: notice.chat, customer: nil, queue: "", topic: "", language: "", waited: nil,
                intake: IntakeMessage(), isWrappingUp: false, isAway: false)
        case .customer(let card):
            StartedMessage(
                chat: notice.chat, customer: card.name?.string, queue: card.queue.text, topic: card.topic.text,
                language: card.language.rawValue, waited: card.waited, intake: answers(card.intake),
                isWrappingUp: card.isWrappingUp, isAway: card.isAway)
        }
    }

    private static func text(of body: MessageBody, in language: Language) -> String {
        switch body {
        case .words(let text): text.string
        case .erased: sentence(.erasedWords, in: language)
        case .system(.idleReminder(let endsIn)): sentence(.idleReminder(endsIn: endsIn), in: language)
        }
    }
}
