// What the console says to the server: values to protocol lines.

package import SangdamCore
internal import SangdamJSON

/// One message to the server.
package enum ClientMessage: Sendable, Equatable {
    case hello(user: String, password: Text, language: String)
    case status(StatusChange)
    case topics
    case accept(OfferID)
    case decline(OfferID, reason: String?)
    case say(chat: ChatID, id: String, text: String)
    case note(chat: ChatID, id: String, text: String)
    case transfer(chat: ChatID, to: TransferTarget)
    case end(ChatID)
    case wrapUp(ChatID, WrapUpReport)
    case ping(UInt64)

    /// The message as one line of JSON with its end.
    package var line: [UInt8] {
        var writer = JSONWriter(reservingBytes: 160)
        writer.beginObject()
        writer.key("type")
        writer.string(typeName)
        writeFields(to: &writer)
        writer.endObject()
        writer.raw(UInt8(ascii: "\n"))
        return writer.bytes
    }

    private var typeName: String {
        switch self {
        case .hello: "hello"
        case .status: "status"
        case .topics: "topics"
        case .accept: "accept"
        case .decline: "decline"
        case .say: "say"
        case .note: "note"
        case .transfer: "transfer"
        case .end: "end"
        case .wrapUp: "wrapup"
        case .ping: "ping"
        }
    }

    private func writeFields(to writer: inout JSONWriter) {
        switch self {
        case .hello(let user, let password, let language):
            writer.field("role", "agent")
            writer.field("user", user)
            writer.key("password")
            writer.string(password)
            writer.field("lang", language)
        case .status(let change):
            change.writeFields(to: &writer)
        case .topics:
            break
        case .accept(let offer):
            writer.key("offer")
            writer.string(offer)
        case .decline(let offer, let reason):
            writer.key("offer")
            writer.string(offer)
            if let reason { writer.field("reason", reason) }
        case .say(let chat, let id, let text), .note(let chat, let id, let text):
            writer.chat(chat)
            writer.field("id", id)
            writer.field("text", text)
        case .transfer(let chat, let target):
            writer.chat(chat)
            writer.key("to")
            writer.beginObject()
            switch target {
            case .queue(let queue): writer.field("queue", queue.text)
            case .agent(let agent): writer.field("agent", agent.text)
            }
            writer.endObject()
            writer.field("kind", TransferKind.cold.rawValue)
        case .end(let chat):
            writer.chat(chat)
        case .wrapUp(let chat, let report):
            writer.chat(chat)
            report.writeFields(to: &writer)
        case .ping(let number):
            writer.key("n")
            writer.number(number)
        }
    }
}

extension StatusChange {
    fileprivate func writeFields(to writer: inout JSONWriter) {
        if let status { writer.field("status", status.rawValue) }
        if let capacity {
            writer.key("capacity")
            writer.number(capacity)
        }
        if let autoAccept {
            writer.key("auto_accept")
            writer.bool(autoAccept)
        }
        if afterChats {
            writer.key("after_chats")
            writer.bool(true)
        }
    }
}

extension WrapUpReport {
    fileprivate func writeFields(to writer: inout JSONWriter) {
        if let disposition {
            writer.key("disposition")
            writer.string(disposition)
        }
        if let isResolved {
            writer.key("resolved")
            writer.bool(isResolved)
        }
        guard !tags.isEmpty else { return }
        writer.key("tags")
        writer.beginArray()
        for tag in tags { writer.string(tag) }
        writer.endArray()
    }
}

extension JSONWriter {
    fileprivate mutating func field(_ key: StaticString, _ value: String) {
        self.key(key)
        string(value)
    }

    fileprivate mutating func chat(_ chat: ChatID) {
        key("chat")
        string(chat)
    }
}
