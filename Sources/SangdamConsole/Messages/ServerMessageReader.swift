// Bytes to server messages. Fields may come in any order, unknown ones are ignored, and a known one of an unexpected
// kind counts as missing: only a message that lacks what makes it useful is refused, never one that holds more.

internal import SangdamCore
internal import SangdamJSON

/// Why a line was not understood.
package enum ServerMessageFault: Error, Sendable, Equatable {
    case notJSON
    /// Of this known type, but without something that it needs.
    case incomplete(type: String)
}

extension ReceivedMessage {
    /// Reads one line, without its end.
    package init(line: [UInt8]) throws(ServerMessageFault) {
        let fields: Fields
        do {
            fields = try line.withUnsafeBytes { bytes in
                var reader = JSONReader(bytes, fieldLimit: 256)
                let fields = try Fields(&reader)
                try reader.end()
                return fields
            }
        } catch {
            throw .notJSON
        }
        guard let type = fields.strings["type"] else { throw .notJSON }
        guard let message = fields.message(ofType: type) else { throw .incomplete(type: type) }
        self = message
    }
}

/// All that a message of any type may hold at its top level.
private struct Fields {
    var strings: [String: String] = [:]
    var bools: [String: Bool] = [:]
    var seq: UInt64?
    var capacity: UInt64?
    var waited: Interval?
    var retryAfter: Interval?
    var intake = IntakeMessage()
    var agent: AgentState?
    var topics: [TopicLabel] = []

    /// What is kept of strings and truth values; everything else is passed over.
    private static let stringKeys: Set<String> = [
        "type", "chat", "offer", "queue", "topic", "lang", "expires", "reason", "customer", "from", "name", "id",
        "text",
        "at", "by", "who", "state", "status", "after_chats", "cause", "receipt", "code", "message", "field", "for",
        "label",
    ]
    private static let boolKeys: Set<String> = [
        "auto_accept", "wrapping_up", "away", "on", "reconnect",
    ]

    init(_ reader: inout JSONReader) throws(JSONFault) {
        try reader.beginObject()
        while let key = try reader.nextKey() {
            try take(key.string, &reader)
        }
    }

    private mutating func take(_ key: String, _ reader: inout JSONReader) throws(JSONFault) {
        let kind = try reader.nextKind()
        switch (kind, key) {
        case (.string, _) where Self.stringKeys.contains(key):
            strings[key] = try reader.text().string
        case (.bool, _) where Self.boolKeys.contains(key):
            bools[key] = try reader.bool()
        case (.number, "seq"):
            seq = try Self.number(&reader) { reader throws(JSONFault) in try reader.unsigned() }
        case (.number, "capacity"):
            capacity = try Self.number(&reader) { reader throws(JSONFault) in try reader.unsigned() }
        case (.number, "waited"):
            waited = try Self.number(&reader) { reader throws(JSONFault) in try reader.seconds() }
        case (.number, "retry_after"):
            retryAfter = try Self.number(&reader) { reader throws(JSONFault) in try reader.seconds() }
        case (.object, "intake"):
            let answers = try Fields.answers(&reader)
            for field in IntakeField.allCases {
                intake.answers[field] = answers[field.rawValue]
            }
        case (.object, "agent"):
            agent = try Fields(&reader).agentState
        case (.array, "topics"):
            try reader.beginArray()
            while try reader.nextElement() {
                guard try reader.nextKind() == .object else {
                    try reader.skipValue()
                    continue
                }
                let topic = try Fields(&reader)
                if topics.count < ConsoleBounds.topics, let id = topic.strings["id"] {
                    let label = topic.strings["label"] ?? id
                    topics.append(TopicLabel(id: id, label: label, queue: topic.strings["queue"] ?? ""))
                }
            }
        default:
            try reader.skipValue()
        }
    }

    /// A number that does not fit is as good as missing.
    private static func number<Value>(
        _ reader: inout JSONReader, _ read: (inout JSONReader) throws(JSONFault) -> Value
    ) throws(JSONFault) -> Value? {
        do {
            return try read(&reader)
        } catch .outOfRange {
            try reader.skipValue()
            return nil
        } catch {
            throw error
        }
    }

    private static func answers(_ reader: inout JSONReader) throws(JSONFault) -> [String: String] {
        var answers: [String: String] = [:]
        try reader.beginObject()
        while let key = try reader.nextKey() {
            if try reader.nextKind() == .string, IntakeField(rawValue: key.string) != nil {
                answers[key.string] = try reader.text().string
            } else {
                try reader.skipValue()
            }
        }
        return answers
    }

    private var chat: ChatID? { strings["chat"].flatMap { ChatID($0) } }
    private var offer: OfferID? { strings["offer"].flatMap { OfferID($0) } }

    private func instant(_ key: String) -> Instant? {
        strings[key].flatMap { Instant(rfc3339: $0.utf8) }
    }

    private var agentState: AgentState? {
        guard let status = strings["status"] else { return nil }
        return AgentState(
            name: strings["name"], status: status,
            statusAfterChats: strings["after_chats"],
            capacity: capacity.flatMap { Int(exactly: $0) }, autoAccept: bools["auto_accept"], cause: strings["cause"])
    }

    /// Nil when something is missing without which a message of this type means nothing.
    func message(ofType type: String) -> ReceivedMessage? {
        switch type {
        case "welcome": .welcome(agent)
        case "ok": strings["for"].map { .ok(about: $0, chat: chat) }
        case "topics": .topics(topics)
        case "offer":
            if let chat, let offer {
                .offer(
                    OfferMessage(
                        offer: offer, chat: chat, queue: strings["queue"] ?? "", topic: strings["topic"] ?? "",
                        language: strings["lang"] ?? "", waited: waited ?? .zero, intake: intake,
                        expires: instant("expires")))
            } else {
                nil
            }
        case "offer_closed": offer.map { .offerClosed($0, reason: strings["reason"] ?? "") }
        case "started":
            chat.map {
                .started(
                    StartedMessage(
                        chat: $0, customer: strings["customer"] ?? strings["name"], queue: strings["queue"] ?? "",
                        topic: strings["topic"] ?? "", language: strings["lang"] ?? "", waited: waited, intake: intake,
                        isWrappingUp: bools["wrapping_up"] ?? false, isAway: bools["away"] ?? false))
            }
        case "message":
            if let chat, let seq, let text = strings["text"] {
                .words(
                    WordsMessage(
                        chat: chat, seq: seq, from: strings["from"] ?? "system", name: strings["name"],
                        id: strings["id"], text: text, at: instant("at")))
            } else {
                nil
            }
        case "note":
            if let chat, let seq, let text = strings["text"] {
                .note(
                    NoteMessage(
                        chat: chat, seq: seq, by: strings["by"], id: strings["id"], text: text, at: instant("at")))
            } else {
                nil
            }
        case "ack":
            if let chat, let seq { .ack(chat: chat, id: strings["id"], seq: seq) } else { nil }
        case "typing": chat.map { .typing(chat: $0, who: strings["who"], isOn: bools["on"] ?? true) }
        case "party":
            if let chat, let who = strings["who"], let state = strings["state"] {
                .party(chat: chat, who: who, state: state)
            } else {
                nil
            }
        case "ended": chat.map { .ended(chat: $0, reason: strings["reason"] ?? "", receipt: strings["receipt"]) }
        case "status": (agent ?? agentState).map { .status($0) }
        case "pong": .pong
        case "error":
            .error(
                ErrorMessage(
                    code: strings["code"] ?? "error", message: strings["message"] ?? "", id: strings["id"],
                    field: strings["field"],
                    retryAfter: retryAfter))
        case "bye":
            .bye(
                code: strings["code"] ?? "bye", message: strings["message"] ?? "",
                reconnect: bools["reconnect"] ?? true)
        default: .other(type)
        }
    }
}
