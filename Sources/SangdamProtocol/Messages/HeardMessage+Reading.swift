// From a line's fields to what was heard: only a message that lacks what makes it useful is refused, never one that
// holds more.

internal import SangdamCore
internal import SangdamJSON

/// Why a line was not understood.
package enum ServerMessageFault: Error, Sendable, Equatable {
    case notJSON
    /// Of this known type, but without something that it needs.
    case incomplete(type: String)
}

extension HeardMessage {
    /// Reads one line, without its end.
    package init(line: UnsafeRawBufferPointer) throws(ServerMessageFault) {
        guard let fields = ServerFields(line), let name = fields.typeName else { throw .notJSON }
        guard let type = fields.type else {
            self = .other(name.string)
            return
        }
        guard let message = fields.message(of: type) else { throw .incomplete(type: name.string) }
        self = message
    }
}

extension ServerFields {
    /// Nil when something is missing without which a message of this type means nothing.
    fileprivate func message(of type: ServerMessageType) -> HeardMessage? {
        switch type {
        case .message:
            guard let chatID, let seq, let text else { return nil }
            return .words(
                WordsMessage(
                    chat: chatID, seq: seq, from: from?.string ?? "system", name: name?.string, id: id?.string,
                    text: text.string, at: Self.instant(at)))
        case .note:
            guard let chatID, let seq, let text else { return nil }
            return .note(
                NoteMessage(
                    chat: chatID, seq: seq, by: by?.string, id: id?.string, text: text.string, at: Self.instant(at)))
        case .ack:
            guard let chatID, let seq else { return nil }
            return .ack(chat: chatID, id: id?.string, seq: seq)
        case .offer:
            guard let chatID, let offerID else { return nil }
            return .offer(
                OfferMessage(
                    offer: offerID, chat: chatID, queue: queue?.string ?? "", topic: topic?.string ?? "",
                    language: language?.string ?? "", waited: waited ?? .zero, intake: answers,
                    expires: Self.instant(expires)))
        case .offerClosed: return offerID.map { .offerClosed($0, reason: reason?.string ?? "") }
        case .started: return chatID.map { .started(started($0)) }
        case .typing: return chatID.map { .typing(chat: $0, who: who?.string, isOn: isOn ?? true) }
        case .party:
            guard let chatID, let who, let state else { return nil }
            return .party(chat: chatID, who: who.string, state: state.string)
        case .ended:
            return chatID.map { .ended(chat: $0, reason: reason?.string ?? "", receipt: receipt?.string) }
        case .ok:
            guard let about = about?.string else { return nil }
            return about == "override" ? .overridden(until: untilLocal?.string) : .ok(about: about, chat: chatID)
        case .topics: return .topics(labels)
        case .welcome: return .welcome(agentState)
        case .status: return (agentState ?? standing).map { .status($0) }
        case .faq: return .faq(faqAnswers)
        case .inquiry: return inquiryMessage.map { .inquiry($0) }
        case .inquiries:
            let rows = Self.objects(in: inquiries).compactMap(\.inquiryMessage)
            return .inquiries(rows, total: total ?? UInt64(rows.count))
        case .inquiryNews:
            guard let inquiryID, let news else { return nil }
            return .inquiryNews(
                InquiryNewsMessage(
                    news: news.string, inquiry: inquiryID, queue: queue?.string ?? "", topic: topic?.string ?? "",
                    dueLocal: dueLocal?.string ?? "", percent: percent, agent: agent?.string, open: openCount ?? 0))
        case .pong: return .pong
        case .error:
            return .error(
                ErrorMessage(
                    code: code?.string ?? "error", message: sentence?.string ?? "", id: id?.string,
                    field: field?.string, retryAfter: retryAfter))
        case .bye:
            return .bye(
                code: code?.string ?? "bye", message: sentence?.string ?? "", reconnect: reconnect ?? true)
        case .seen, .queued, .delayed, .transcript: return .other(String(describing: type.name))
        }
    }

    private var inquiryMessage: InquiryMessage? {
        guard let inquiryID, let state else { return nil }
        return InquiryMessage(
            inquiry: inquiryID, state: state.string, queue: queue?.string ?? "", topic: topic?.string ?? "",
            language: language?.string ?? "", arrived: Self.instant(at), dueLocal: dueLocal?.string ?? "",
            isOverdue: isOverdue ?? false, agent: agent?.string, receipt: receipt?.string,
            customer: customer?.string, email: email?.string, isMailed: isMailed ?? false,
            isBounced: isBounced ?? false, intake: answers, of: of.flatMap { $0.withUTF8 { ChatID($0) } })
    }

    private func started(_ chat: ChatID) -> StartedMessage {
        StartedMessage(
            chat: chat, customer: (customer ?? name)?.string, queue: queue?.string ?? "", topic: topic?.string ?? "",
            language: language?.string ?? "", waited: waited, intake: answers,
            isWrappingUp: isWrappingUp ?? false, isAway: isAway ?? false)
    }

    private static func instant(_ word: JSONWord?) -> Instant? {
        word.flatMap { $0.withUTF8 { Instant(rfc3339: $0) } }
    }

    private var agentState: AgentState? { agentObject.flatMap { ServerFields($0)?.standing } }

    /// How an agent stands, by the fields of `status` or of the object `agent`.
    private var standing: AgentState? {
        status.map {
            AgentState(
                name: name?.string, status: $0.string, statusAfterChats: statusAfterChats?.string,
                capacity: capacity.flatMap { Int(exactly: $0) }, autoAccept: autoAccept, cause: cause?.string)
        }
    }

    private var answers: IntakeMessage {
        var answers = IntakeMessage()
        guard let intake else { return answers }
        var reader = JSONReader(intake, fieldLimit: 256)
        do throws(JSONFault) {
            try reader.beginObject()
            while let key = try reader.nextKey() {
                if try reader.nextKind() == .string {
                    answers.answers.append(.init(question: key.string, text: try reader.text().string))
                } else {
                    try reader.skipValue()
                }
            }
        } catch {
            // It was checked with the message that it is part of.
        }
        return answers
    }

    private var labels: [TopicLabel] {
        Self.objects(in: topics).compactMap { topic in
            guard let id = topic.id?.string else { return nil }
            return TopicLabel(
                id: id, label: topic.label?.string ?? id, queue: topic.queue?.string ?? "",
                questions: topic.questions.map(Self.questions))
        }
    }

    private static func questions(_ list: UnsafeRawBufferPointer) -> [QuestionLabel] {
        objects(in: list).compactMap { question in
            guard let id = question.id?.string else { return nil }
            return QuestionLabel(
                id: id, label: question.label?.string ?? id, choices: question.choices.map(questions) ?? [])
        }
    }

    private var faqAnswers: [FAQAnswer] {
        Self.objects(in: results).compactMap { result in
            guard let id = result.id.flatMap({ FAQEntryID(validating: $0.string) }), let answer = result.answer else {
                return nil
            }
            return FAQAnswer(id: id, question: result.question?.string ?? id.text, answer: answer.string)
        }
    }

    /// The objects of a list; whatever else stands in it is passed over.
    private static func objects(in list: UnsafeRawBufferPointer?) -> [ServerFields] {
        var objects: [ServerFields] = []
        guard let list else { return objects }
        var reader = JSONReader(list, fieldLimit: 256)
        do throws(JSONFault) {
            try reader.beginArray()
            while try reader.nextElement() {
                _ = try reader.nextKind()
                let start = reader.offset
                try reader.skipValue()
                let bytes = UnsafeRawBufferPointer(rebasing: list[start..<reader.offset])
                if let fields = ServerFields(bytes) { objects.append(fields) }
            }
        } catch {
            // It was checked with the message that it is part of.
        }
        return objects
    }
}
