// Reading what agents alone may say.

internal import SangdamCore
internal import SangdamJSON

extension ClientMessageRow {
    static func status(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var change = StatusChange()
        while let field = try reader.nextField() {
            switch field {
            case "status": change.status = try reader.keyword()
            case "capacity": change.capacity = Int(clamping: try reader.unsigned(in: ClientMessageLimits.capacity))
            case "auto_accept": change.autoAccept = try reader.bool()
            case "after_chats": change.afterChats = try reader.bool()
            default: try reader.skip()
            }
        }
        return .command(.status(change))
    }

    static func accept(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var offer: OfferID?
        while let field = try reader.nextField() {
            switch field {
            case "offer": offer = try reader.offerID()
            default: try reader.skip()
            }
        }
        return .command(.accept(try required(offer, "offer")))
    }

    static func decline(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var offer: OfferID?
        var reason: Text?
        while let field = try reader.nextField() {
            switch field {
            case "offer": offer = try reader.offerID()
            case "reason": reason = try reader.optionalWords(limitBytes: ClientMessageLimits.reasonBytes)
            default: try reader.skip()
            }
        }
        return .command(.decline(try required(offer, "offer"), reason: reason))
    }

    static func note(
        _ reader: inout FieldReader, _ limits: ClientMessageLimits
    ) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        var id: ClientMessageID?
        var text: Text?
        while let field = try reader.nextField() {
            switch field {
            case "chat": chat = try reader.chatID()
            case "id": id = try reader.messageID()
            case "text": text = try reader.words(limitBytes: limits.textBytes)
            default: try reader.skip()
            }
        }
        return .command(.note(chat: try required(chat, "chat"), id: id, text: try required(text, "text")))
    }

    static func transfer(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        var target: TransferTarget?
        var kind: TransferKind?
        var isWarm = false
        while let field = try reader.nextField() {
            switch field {
            case "chat": chat = try reader.chatID()
            case "to": target = try transferTarget(&reader)
            case "kind":
                let word = try reader.string(limitBytes: 64)
                kind = TransferKind(rawValue: word)
                isWarm = word == "warm"
                guard kind != nil || isWarm else { throw reader.bad }
            default: try reader.skip()
            }
        }
        let named = try required(chat, "chat")
        let to = try required(target, "to")
        // In a warm transfer the two agents talk first: there is none as yet. Whatever else is at fault comes first.
        if isWarm { throw FieldFault(.unsupported, "kind") }
        return .command(.transfer(chat: named, to: to, kind: try required(kind, "kind")))
    }

    /// Exactly one of `queue` and `agent`.
    static func transferTarget(_ reader: inout FieldReader) throws(FieldFault) -> TransferTarget {
        var targets: [TransferTarget] = []
        try reader.beginObject()
        while let field = try reader.nextField() {
            switch field {
            case "queue": targets.append(.queue(try reader.name()))
            case "agent": targets.append(.agent(try reader.name()))
            default: try reader.skip()
            }
        }
        guard targets.count == 1 else { throw FieldFault(.badField, "to") }
        return targets[0]
    }

    static func end(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        while let field = try reader.nextField() {
            switch field {
            case "chat": chat = try reader.chatID()
            default: try reader.skip()
            }
        }
        return .command(.end(chat: try required(chat, "chat")))
    }

    static func wrapUp(_ reader: inout FieldReader) throws(FieldFault) -> ClientMessage {
        var chat: ChatID?
        var report = WrapUpReport()
        while let field = try reader.nextField() {
            switch field {
            case "chat": chat = try reader.chatID()
            default: try reader.take(field, of: &report)
            }
        }
        return .command(.wrapUp(chat: try required(chat, "chat"), report))
    }
}

extension FieldReader {
    /// A field of what an agent says at the end; others are passed over.
    mutating func take(_ field: JSONWord, of report: inout WrapUpReport) throws(FieldFault) {
        switch field {
        case "disposition": report.disposition = try optionalWords(limitBytes: ClientMessageLimits.tagBytes)
        case "resolved": report.isResolved = try bool()
        case "tags":
            report.tags = try wordList(limit: ClientMessageLimits.tags, limitBytes: ClientMessageLimits.tagBytes)
        default: try skip()
        }
    }
}
