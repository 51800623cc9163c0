// A server's message as a client reads it: its fields where they stand in the bytes, so that whoever needs two of them
// pays for no more. Fields come in any order, unknown ones are passed over, and a known one of an unexpected kind
// counts as missing. The names are those that ServerMessageWriter writes.

package import SangdamCore
package import SangdamJSON

/// The fields of one message of the server. Valid as long as its bytes are.
package struct ServerFields {
    /// What the message is called; nil where `type` is missing.
    package private(set) var typeName: JSONWord?
    package private(set) var chat, offer, id, from, name, text, at: JSONWord?
    package private(set) var who, state, reason, receipt, code, sentence, field, about: JSONWord?
    package private(set) var queue, topic, label, language, expires, customer, agent, by: JSONWord?
    package private(set) var status, statusAfterChats, cause, question, answer, untilLocal: JSONWord?
    package private(set) var inquiry, email, dueLocal, news, of: JSONWord?
    package private(set) var isOn, isAway, isWrappingUp, reconnect, autoAccept: Bool?
    package private(set) var isMailed, isBounced, isOverdue: Bool?
    /// A number that does not fit is as good as missing.
    package private(set) var seq, capacity, percent, total, openCount: UInt64?
    package private(set) var waited, retryAfter: Interval?
    /// Objects and lists: checked, and not looked into yet. A topic's `intake` is the list of its questions.
    private(set) var agentObject, intake, topics, questions, choices, results, inquiries: UnsafeRawBufferPointer?

    /// Whether a known field was neither null nor of its kind, or a number that does not fit.
    package private(set) var hasMisfit = false

    /// Reads one JSON object, without a line's end; nil when the bytes are none.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = JSONReader(bytes, fieldLimit: 256)
        do throws(JSONFault) {
            try reader.beginObject()
            while let key = try reader.nextKey() { try take(key, of: bytes, &reader) }
            try reader.end()
        } catch { return nil }
    }

    /// Nil for a type that this client does not know, and for none.
    package var type: ServerMessageType? { typeName.flatMap { ServerMessageType($0) } }

    /// The chat's id; nil when it is none.
    package var chatID: ChatID? { chat.flatMap { $0.withUTF8 { ChatID($0) } } }

    /// The inquiry's id; nil when it is none.
    package var inquiryID: ChatID? { inquiry.flatMap { $0.withUTF8 { ChatID($0) } } }

    /// The offer's id; nil when it is none.
    package var offerID: OfferID? { offer.flatMap { $0.withUTF8 { OfferID($0) } } }

    private mutating func take(
        _ key: JSONWord, of bytes: UnsafeRawBufferPointer, _ reader: inout JSONReader
    ) throws(JSONFault) {
        // Those of the frequent messages first.
        switch key {
        case "type": typeName = try word(&reader)
        case "chat": chat = try word(&reader)
        case "seq": seq = try unsigned(&reader)
        case "id": id = try word(&reader)
        case "from": from = try word(&reader)
        case "name": name = try word(&reader)
        case "text": text = try word(&reader)
        case "at": at = try word(&reader)
        case "who": who = try word(&reader)
        case "on": isOn = try bool(&reader)
        case "state": state = try word(&reader)
        case "reason": reason = try word(&reader)
        case "receipt": receipt = try word(&reader)
        case "code": code = try word(&reader)
        case "message": sentence = try word(&reader)
        case "field": field = try word(&reader)
        case "retry_after": retryAfter = try seconds(&reader)
        case "reconnect": reconnect = try bool(&reader)
        case "for": about = try word(&reader)
        case "offer": offer = try word(&reader)
        case "queue": queue = try word(&reader)
        case "topic": topic = try word(&reader)
        case "label": label = try word(&reader)
        case "lang": language = try word(&reader)
        case "waited": waited = try seconds(&reader)
        case "expires": expires = try word(&reader)
        case "customer": customer = try word(&reader)
        case "wrapping_up": isWrappingUp = try bool(&reader)
        case "away": isAway = try bool(&reader)
        case "by": by = try word(&reader)
        case "status": status = try word(&reader)
        case "after_chats": statusAfterChats = try word(&reader)
        case "capacity": capacity = try unsigned(&reader)
        case "auto_accept": autoAccept = try bool(&reader)
        case "cause": cause = try word(&reader)
        case "until_local": untilLocal = try word(&reader)
        case "agent":
            if try reader.nextKind() == .object {
                agentObject = try passed(.object, of: bytes, &reader)
            } else {
                agent = try word(&reader)
            }
        case "intake":
            if try reader.nextKind() == .array {
                questions = try passed(.array, of: bytes, &reader)
            } else {
                intake = try passed(.object, of: bytes, &reader)
            }
        case "choices": choices = try passed(.array, of: bytes, &reader)
        case "question": question = try word(&reader)
        case "answer": answer = try word(&reader)
        case "results": results = try passed(.array, of: bytes, &reader)
        case "topics": topics = try passed(.array, of: bytes, &reader)
        case "inquiry": inquiry = try word(&reader)
        case "inquiries": inquiries = try passed(.array, of: bytes, &reader)
        case "email": email = try word(&reader)
        case "due_local": dueLocal = try word(&reader)
        case "news": news = try word(&reader)
        case "of": of = try word(&reader)
        case "mail": isMailed = try bool(&reader)
        case "bounced": isBounced = try bool(&reader)
        case "overdue": isOverdue = try bool(&reader)
        case "percent": percent = try unsigned(&reader)
        case "total": total = try unsigned(&reader)
        case "open":
            // Of a topic it is whether it is; of errors, which topics are.
            if try reader.nextKind() == .number { openCount = try unsigned(&reader) } else { try reader.skipValue() }
        default: try reader.skipValue()
        }
    }

    private mutating func word(_ reader: inout JSONReader) throws(JSONFault) -> JSONWord? {
        guard try reader.nextKind() == .string else { return try skipped(&reader) }
        return try reader.word()
    }

    private mutating func bool(_ reader: inout JSONReader) throws(JSONFault) -> Bool? {
        guard try reader.nextKind() == .bool else { return try skipped(&reader) }
        return try reader.bool()
    }

    private mutating func unsigned(_ reader: inout JSONReader) throws(JSONFault) -> UInt64? {
        do throws(JSONFault) {
            return try reader.unsigned()
        } catch {
            guard error == .outOfRange || error == .wrongKind else { throw error }
            return try skipped(&reader)
        }
    }

    private mutating func seconds(_ reader: inout JSONReader) throws(JSONFault) -> Interval? {
        do throws(JSONFault) {
            return try reader.seconds()
        } catch {
            guard error == .outOfRange || error == .wrongKind else { throw error }
            return try skipped(&reader)
        }
    }

    /// The value's own bytes, if it is of this kind.
    private mutating func passed(
        _ kind: JSONKind, of bytes: UnsafeRawBufferPointer, _ reader: inout JSONReader
    ) throws(JSONFault) -> UnsafeRawBufferPointer? {
        guard try reader.nextKind() == kind else { return try skipped(&reader) }
        let start = reader.offset
        try reader.skipValue()
        return UnsafeRawBufferPointer(rebasing: bytes[start..<reader.offset])
    }

    private mutating func skipped<Value>(_ reader: inout JSONReader) throws(JSONFault) -> Value? {
        if try reader.nextKind() != .null { hasMisfit = true }
        try reader.skipValue()
        return nil
    }
}
