// What the generator says besides its counted messages: values to protocol lines.

internal import SangdamCore
internal import SangdamJSON

/// One message to the server.
enum ClientLine {
    case customerHello
    case agentHello(user: String, password: Text)
    case enter(topic: String)
    case available(capacity: Int)
    case offline
    case end(ChatID)
    case wrapUp(ChatID)
    case leave

    /// As one line of JSON with its end.
    var bytes: [UInt8] {
        var writer = JSONWriter(reservingBytes: 128)
        writer.beginObject()
        switch self {
        case .customerHello:
            writer.type("hello")
            writer.key("role")
            writer.string("customer")
            writer.english()
        case .agentHello(let user, let password):
            writer.type("hello")
            writer.key("role")
            writer.string("agent")
            writer.key("user")
            writer.string(user)
            writer.key("password")
            writer.string(password)
            writer.english()
        case .enter(let topic):
            writer.type("enter")
            writer.key("topic")
            writer.string(topic)
        case .available(let capacity):
            writer.type("status")
            writer.key("status")
            writer.string("available")
            writer.key("capacity")
            writer.number(capacity)
            writer.key("auto_accept")
            writer.bool(true)
        case .offline:
            writer.type("status")
            writer.key("status")
            writer.string("offline")
        case .end(let chat):
            writer.type("end")
            writer.key("chat")
            writer.string(chat)
        case .wrapUp(let chat):
            writer.type("wrapup")
            writer.key("chat")
            writer.string(chat)
        case .leave:
            writer.type("leave")
        }
        writer.endObject()
        writer.raw(UInt8(ascii: "\n"))
        return writer.bytes
    }
}

extension JSONWriter {
    fileprivate mutating func type(_ name: String) {
        key("type")
        string(name)
    }

    /// What the server refuses with is shown as it is, and the reports are in English.
    fileprivate mutating func english() {
        key("lang")
        string("en")
    }
}
