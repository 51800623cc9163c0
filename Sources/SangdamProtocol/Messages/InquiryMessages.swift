// The bytes of what clients say about inquiries (Protocol.md#Inquiries): how they are read, and how they are written.

internal import SangdamCore
internal import SangdamJSON

// MARK: - Reading

extension ClientMessageRow {
    static func inquire(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var text: Text?
        var wish = InquiryWish(topic: nil, text: "")
        while let field = try reader.nextField() {
            switch field {
            case "topic": wish.topic = try reader.name()
            case "text": text = try reader.words(limitBytes: limits.inquiryBytes)
            case "email": wish.email = try reader.emailAddress()
            case "name": wish.name = try reader.optionalWords(limitBytes: ClientMessageLimits.nameBytes)
            case "consent": wish.consent = try reader.name()
            case "id": wish.id = try reader.messageID()
            case "intake":
                try reader.beginObject()
                let told = try intake(&reader)
                wish.intake = told.isEmpty ? nil : told
            default: try reader.skip()
            }
        }
        wish.text = try required(text, "text")
        return .command(.inquire(wish))
    }

    static func inquiry(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var receipt: Receipt?
        while let field = try reader.nextField() {
            switch field {
            case "receipt": receipt = try reader.receipt()
            default: try reader.skip()
            }
        }
        return .command(.inquiry(try required(receipt, "receipt")))
    }

    static func reply(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var (receipt, id, text): (Receipt?, ClientMessageID?, Text?)
        while let field = try reader.nextField() {
            switch field {
            case "receipt": receipt = try reader.receipt()
            case "id": id = try reader.messageID()
            case "text": text = try reader.words(limitBytes: limits.inquiryBytes)
            default: try reader.skip()
            }
        }
        return .command(
            .reply(
                try required(receipt, "receipt"), id: try required(id, "id"), text: try required(text, "text")))
    }

    static func inquiries(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var (queue, state): (QueueID?, InquiryState?)
        while let field = try reader.nextField() {
            switch field {
            case "queue": queue = try reader.name()
            case "state": state = try reader.keyword()
            default: try reader.skip()
            }
        }
        return .command(.inquiries(queue: queue, state: state))
    }

    static func take(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var (inquiry, queue): (ChatID?, QueueID?)
        while let field = try reader.nextField() {
            switch field {
            case "inquiry": inquiry = try reader.chatID()
            case "queue": queue = try reader.name()
            default: try reader.skip()
            }
        }
        return .command(.take(inquiry: inquiry, queue: queue))
    }

    static func answer(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var (inquiry, id, text): (ChatID?, ClientMessageID?, Text?)
        while let field = try reader.nextField() {
            switch field {
            case "inquiry": inquiry = try reader.chatID()
            case "id": id = try reader.messageID()
            case "text": text = try reader.words(limitBytes: limits.inquiryBytes)
            default: try reader.skip()
            }
        }
        return .command(
            .answer(
                inquiry: try required(inquiry, "inquiry"), id: try required(id, "id"),
                text: try required(text, "text")))
    }

    static func release(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var inquiry: ChatID?
        while let field = try reader.nextField() {
            switch field {
            case "inquiry": inquiry = try reader.chatID()
            default: try reader.skip()
            }
        }
        return .command(.release(inquiry: try required(inquiry, "inquiry")))
    }

    static func close(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var inquiry: ChatID?
        var report = WrapUpReport()
        while let field = try reader.nextField() {
            switch field {
            case "inquiry": inquiry = try reader.chatID()
            default: try reader.take(field, of: &report)
            }
        }
        return .command(.close(inquiry: try required(inquiry, "inquiry"), report))
    }
}

extension FieldReader {
    /// An address, or none where nothing was written.
    fileprivate mutating func emailAddress() throws(FieldFault) -> EmailAddress? {
        let text = try string(limitBytes: 4 * EmailAddress.limitBytes)
        if text.isEmpty { return nil }
        guard let address = EmailAddress(text) else { throw bad }
        return address
    }

    /// A receipt as people write it.
    fileprivate mutating func receipt() throws(FieldFault) -> Receipt {
        guard let receipt = Receipt(try string(limitBytes: ClientMessageLimits.tokenBytes)) else { throw bad }
        return receipt
    }
}

// MARK: - Writing

extension InquiryWish {
    /// Behind the `type`.
    func write(to writer: inout JSONWriter) {
        if let topic {
            writer.key("topic")
            writer.string(topic.text)
        }
        if let id {
            writer.key("id")
            writer.string(id)
        }
        if let email {
            writer.key("email")
            writer.string(email.text)
        }
        if let name {
            writer.key("name")
            writer.string(name)
        }
        if let intake { writer.intake(intake) }
        if let consent {
            writer.key("consent")
            writer.string(consent.text)
        }
        writer.key("text")
        writer.string(text)
    }
}

extension ServerMessageWriter {
    static func writeInquiry(_ notice: InquiryNotice, to writer: inout JSONWriter) {
        type(.inquiry, &writer)
        writer.key("inquiry")
        writer.string(notice.inquiry)
        writer.key("receipt")
        writer.string(notice.receipt.description)
        writer.key("state")
        writer.string(notice.state.rawValue)
        writer.key("queue")
        writer.string(notice.queue.text)
        writer.key("topic")
        writer.string(notice.topic.text)
        writer.key("at")
        writer.string(notice.arrived)
        writeDue(notice.due, to: &writer)
        writer.key("mail")
        writer.bool(notice.isMailed)
        if let card = notice.card { writeCard(card, to: &writer) }
    }

    private static func writeCard(_ card: InquiryCard, to writer: inout JSONWriter) {
        if let name = card.name {
            writer.key("customer")
            writer.string(name)
        }
        if let email = card.email {
            writer.key("email")
            writer.string(email.text)
        }
        if card.isBounced {
            writer.key("bounced")
            writer.bool(true)
        }
        writer.key("lang")
        writer.string(card.language.rawValue)
        writer.intake(card.intake)
        if let agent = card.agent {
            writer.key("agent")
            writer.string(agent.text)
        }
        if let chat = card.of {
            writer.key("of")
            writer.string(chat)
        }
    }

    static func writeInquiries(_ list: InquiryList, to writer: inout JSONWriter) {
        type(.inquiries, &writer)
        writer.key("inquiries")
        writer.beginArray()
        for row in list.rows {
            writer.beginObject()
            writer.key("inquiry")
            writer.string(row.inquiry)
            writer.key("state")
            writer.string(row.state.rawValue)
            writer.key("queue")
            writer.string(row.queue.text)
            writer.key("topic")
            writer.string(row.topic.text)
            writer.key("lang")
            writer.string(row.language.rawValue)
            writer.key("at")
            writer.string(row.arrived)
            writeDue(row.due, to: &writer)
            writer.key("overdue")
            writer.bool(row.isOverdue)
            if let agent = row.agent {
                writer.key("agent")
                writer.string(agent.text)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.key("total")
        writer.number(list.total)
    }

    static func writeNews(_ news: InquiryNews, to writer: inout JSONWriter) {
        type(.inquiryNews, &writer)
        writer.key("news")
        writer.string(news.kind.rawValue)
        writer.key("inquiry")
        writer.string(news.inquiry)
        writer.key("queue")
        writer.string(news.queue.text)
        writer.key("topic")
        writer.string(news.topic.text)
        writeDue(news.due, to: &writer)
        if let percent = news.percent {
            writer.key("percent")
            writer.number(percent)
        }
        if let agent = news.agent {
            writer.key("agent")
            writer.string(agent.text)
        }
        writer.key("open")
        writer.number(news.open)
    }

    private static func writeDue(_ due: LocalTime, to writer: inout JSONWriter) {
        writer.key("due")
        writer.string(due.at)
        writer.key("due_local")
        writer.string(due.text)
    }
}
