// The least that a load generator takes for a server: it pairs customers with agents and passes messages on, or does
// one thing wrong, so that every fault is seen from beginning to end. Its state lives on its one reactor.

import Foundation
import SangdamCore
import SangdamNet
import SangdamProtocol

/// What the fake server does wrong.
enum Misdeed: Sendable {
    case none
    /// What happens to the tenth message.
    case loses, doubles, damages, misroutes, skipsAck, doublesAck
    /// Answers no more from the tenth message on.
    case fallsSilent
    case refusesMessages, hangsUp, talksNonsense
    /// Nobody is ever taken.
    case letsWait
    /// WebSocket: says no to the upgrade; says why it closes.
    case refusesUpgrade, closesWithCode
}

final class FakeServer: Sendable {
    let port: Int
    private let group: ReactorGroup

    init(_ misdeed: Misdeed) throws {
        let certificates = try LoadCertificates.shared.get()
        let tls = try TLSContext.server(
            certificateFile: certificates.server, privateKeyFile: certificates.serverKey,
            applicationProtocols: ["sangdam/1", "http/1.1"])
        group = try ReactorGroup(count: 1)
        group.reactors[0].post { $0.attachment = FakeDesk(misdeed) }
        let configuration = ListenerConfiguration(host: "127.0.0.1", port: 0, tls: tls) { connection in
            FakePeer(connection)
        }
        port = try Listener(configuration, on: group).port
    }

    func stop() {
        group.shutDown(withinMilliseconds: 500)
    }
}

/// Who is there. The reactor's attachment.
private final class FakeDesk {
    struct Chat {
        let customer: FakePeer
        let agent: FakePeer
        var seq = 1
    }

    let misdeed: Misdeed
    var agents: [FakePeer] = []
    var chats: [String: Chat] = [:]
    var messages = 0

    init(_ misdeed: Misdeed) {
        self.misdeed = misdeed
    }

    func enter(_ customer: FakePeer) {
        let number = String(chats.count)
        let id = String(repeating: "0", count: 26 - number.count) + number
        customer.say(["type": "queued", "chat": id, "position": 1])
        guard misdeed != .letsWait, !agents.isEmpty else { return }
        let agent = agents[chats.count % agents.count]
        chats[id] = Chat(customer: customer, agent: agent)
        customer.chat = id
        customer.say(["type": "started", "chat": id, "agent": agent.name, "seq": 1])
        agent.say(["type": "started", "chat": id, "customer": NSNull(), "seq": 1])
    }

    func say(_ id: String, _ text: String, from customer: FakePeer) {
        guard let chat = customer.chat, var place = chats[chat] else { return }
        messages += 1
        let isTenth = messages == 10
        if misdeed == .fallsSilent, messages >= 10 { return }
        place.seq += 1
        chats[chat] = place
        var message: [String: Any] = [
            "type": "message", "chat": chat, "seq": place.seq, "from": "customer", "id": id, "text": text,
        ]
        let ack: [String: Any] = ["type": "ack", "chat": chat, "id": id, "seq": place.seq]
        var receiver = place.agent
        switch isTenth ? misdeed : .none {
        case .none, .fallsSilent, .letsWait, .doubles, .doublesAck, .skipsAck, .loses, .refusesUpgrade: break
        case .damages: message["text"] = text.dropLast() + "!"
        case .misroutes: receiver = agents.first { $0 !== receiver } ?? receiver
        case .refusesMessages:
            customer.say(["type": "error", "code": "rate_limited", "message": "Too fast.\u{1B}[2J", "id": id])
            return
        case .hangsUp: return customer.connection.close()
        case .closesWithCode: return customer.closeWithCode()
        case .talksNonsense: return customer.send("HTTP/1.1 400 Bad Request\n")
        }
        if !(isTenth && misdeed == .loses) { receiver.say(message) }
        if isTenth, misdeed == .doubles { receiver.say(message) }
        if !(isTenth && misdeed == .skipsAck) { customer.say(ack) }
        if isTenth, misdeed == .doublesAck { customer.say(ack) }
    }

    func leave(_ customer: FakePeer) {
        guard let id = customer.chat, let chat = chats[id] else { return customer.say(["type": "ended", "chat": "x"]) }
        for peer in [customer, chat.agent] { peer.say(["type": "ended", "chat": id, "reason": "customer_left"]) }
    }
}

/// One connection: JSON lines, or WebSocket after an upgrade.
private final class FakePeer: ConnectionHandler {
    let connection: Connection
    var name = ""
    var chat: String?
    private var lines = LineCutter(limitBytes: 65_536)
    /// The request of a browser, as far as it has come.
    private var request: [UInt8] = []
    /// After the upgrade.
    private var frames: WebSocketReader?
    private var hasSpoken = false
    private var hasPonged = false

    init(_ connection: Connection) {
        self.connection = connection
    }

    func send(_ text: String) {
        connection.send(Array(text.utf8))
    }

    func say(_ object: [String: Any]) {
        guard let data = try? JSONSerialization.data(withJSONObject: object) else { return }
        connection.send(frames == nil ? Array(data) + [UInt8(ascii: "\n")] : frame(.text, Array(data)))
    }

    /// With the code 1013, as a server that has too much to do.
    func closeWithCode() {
        var bytes: [UInt8] = []
        WebSocketWriter.writeClose(.tryAgainLater, reason: "later\u{1B}", into: &bytes)
        connection.send(bytes)
        connection.close()
    }

    private func frame(_ opcode: WebSocketOpcode, _ payload: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        WebSocketWriter.write(opcode, payload, into: &bytes)
        return bytes
    }

    func connectionOpened(_ connection: Connection) {}
    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {}

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        guard let desk = connection.reactor.attachment as? FakeDesk else { return }
        if frames != nil { return hearFrames(bytes, desk) }
        if !request.isEmpty || bytes.starts(with: "GET ".utf8) { return upgrade(bytes, desk) }
        var rest = bytes
        while let line = lines.next(&rest) {
            switch line {
            case .inPlace(let line): heard(Data(line), desk)
            case .gathered(let line): heard(Data(line), desk)
            case .tooLong: connection.close()
            }
        }
    }

    /// What the generator has to ask for.
    private static let wanted = [
        "GET /chat HTTP/1.1", "Host: localhost:", "Upgrade: websocket\r\n", "Connection: Upgrade\r\n",
        "Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Protocol: sangdam.v1\r\n",
        // The standard's own example of a key and of what proves that it was understood (RFC 6455 §1.3).
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
    ]

    private func upgrade(_ bytes: UnsafeRawBufferPointer, _ desk: FakeDesk) {
        request += bytes
        let head = String(decoding: request, as: UTF8.self)
        guard head.hasSuffix("\r\n\r\n") else { return }
        guard desk.misdeed != .refusesUpgrade else { return send("HTTP/1.1 403 Forbidden\r\n\r\n") }
        guard Self.wanted.allSatisfy({ ("\r\n" + head).contains("\r\n" + $0) }) else { return connection.close() }
        frames = WebSocketReader(rules: WebSocketRules())
        let answer =
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: sangdam.v1\r\n\r\n"
        // The ping is behind the answer to which the client says hello, so its pong is behind hello.
        connection.send(Array(answer.utf8) + frame(.pong, []) + frame(.ping, Array("?".utf8)))
    }

    /// Hangs up on a frame that no client may send, and on one that has not answered the ping behind its first words.
    private func hearFrames(_ bytes: UnsafeRawBufferPointer, _ desk: FakeDesk) {
        var rest = bytes
        do throws(WebSocketFault) {
            while let input = try frames?.next(&rest, at: Instant(milliseconds: 0)) {
                switch input {
                case .text(let text) where hasPonged || !hasSpoken:
                    hasSpoken = true
                    heard(Data(text), desk)
                case .pong: hasPonged = true
                case .text, .binary, .ping, .close: connection.close()
                }
            }
        } catch {
            connection.close()
        }
    }

    private func heard(_ message: Data, _ desk: FakeDesk) {
        guard let object = try? JSONSerialization.jsonObject(with: message) as? [String: Any] else { return }
        heard(object, desk)
    }

    private func heard(_ object: [String: Any], _ desk: FakeDesk) {
        switch object["type"] as? String {
        case "hello":
            say(["type": "welcome", "session": "s", "lang": "en", "protocol": 1])
            guard object["role"] as? String == "agent" else { return }
            name = object["user"] as? String ?? ""
            desk.agents.append(self)
        case "status": say(["type": "status", "status": object["status"] ?? ""])
        case "enter": desk.enter(self)
        case "say": desk.say(object["id"] as? String ?? "", object["text"] as? String ?? "", from: self)
        case "leave": desk.leave(self)
        case "wrapup": say(["type": "ok", "for": "wrapup", "chat": object["chat"] ?? ""])
        default: say(["type": "error", "code": "unknown_type", "message": "What?"])
        }
    }
}
