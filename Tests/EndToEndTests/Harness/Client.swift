// A program that speaks JSON lines or WebSocket: sends objects, and takes what the server says out of a box by its
// type. What it has ever received stays in the log, in order.

import SangdamNet

final class Client: Sendable {
    private struct State: Sendable {
        /// Received, not yet taken.
        var unread: [JSON] = []
        /// Everything received.
        var log: [JSON] = []
        var isOver = false
    }

    enum Mode: Sendable {
        case lines, webSocket
    }

    let name: String
    let peer: Peer
    let mode: Mode
    private let state = Watched(State())

    /// - Parameter offersProtocol: by ALPN; else the first bytes tell.
    init(_ name: String, to desk: Desk, over mode: Mode = .lines, offersProtocol: Bool = true) async throws {
        self.name = name
        self.mode = mode
        let own = mode == .lines ? "sangdam/1" : "http/1.1"
        let tls = try TLSContext.client(
            caFile: desk.certificates.ca, applicationProtocols: offersProtocol ? [own] : [])
        peer = try await Peer(connectingTo: desk.chat, tls: tls)
        if mode == .webSocket {
            peer.send(upgradeRequest())
            let head = try await peer.responseHead()
            guard head.hasPrefix("HTTP/1.1 101 ") else { throw TestFailure("no upgrade: \(head)") }
        }
        let (peer, state) = (peer, state)
        Task {
            while let line = await (mode == .lines ? peer.nextLine() : peer.nextMessage()) {
                let message = (try? JSON(parsing: line)) ?? .string("no JSON: \(String(decoding: line, as: UTF8.self))")
                state.update {
                    $0.log.append(message)
                    $0.unread.append(message)
                }
            }
            state.update { $0.isOver = true }
        }
    }

    // MARK: Sending

    func send(_ message: JSON) {
        switch mode {
        case .lines: peer.send(message.bytes + [UInt8(ascii: "\n")])
        case .webSocket: peer.send(clientFrame(0x1, message.bytes))
        }
    }

    /// Lines as they are, without their ends: for what is no JSON.
    func sendRaw(_ line: [UInt8]) {
        peer.send(line + [UInt8(ascii: "\n")])
    }

    // MARK: Receiving

    /// Everything that came, taken or not.
    var log: [JSON] { state.value.log }

    /// Takes the oldest message of this type (and of this kind) that was not taken before.
    @discardableResult
    func next(
        _ type: String, within seconds: Double = 20, where isWanted: @escaping @Sendable (JSON) -> Bool = { _ in true }
    ) async throws -> JSON {
        try await next(ofAny: [type], within: seconds, where: isWanted)
    }

    /// The same for one of several types.
    @discardableResult
    func next(
        ofAny types: Set<String>, within seconds: Double = 20,
        where isWanted: @escaping @Sendable (JSON) -> Bool = { _ in true }
    ) async throws -> JSON {
        let found: JSON? = await state.take(within: seconds) { state in
            guard let place = state.unread.firstIndex(where: { types.contains($0["type"].text) && isWanted($0) }) else {
                return state.isOver ? .some(.null) : nil
            }
            return state.unread.remove(at: place)
        }
        if let found, found != .null { return found }
        let ending = peer.state.value.ending.map { "\($0)" } ?? "?"
        let why = found == .null ? "the connection is over (\(ending))" : "not within \(seconds) s"
        throw TestFailure(
            "\(name) waits for “\(types.sorted().joined(separator: "”, “"))”: \(why). Received:\n\(record)")
    }

    /// Sends `message` and takes the next of this type.
    @discardableResult
    func ask(_ message: JSON, for type: String) async throws -> JSON {
        send(message)
        return try await next(type)
    }

    /// Sends `message` and takes the `error` that answers it; its code.
    func refusal(of message: JSON) async throws -> String {
        try await ask(message, for: "error")["code"].text
    }

    /// True when everything sent before has been answered and nothing of this type was among it.
    func hasNone(
        of type: String, where isWanted: @escaping @Sendable (JSON) -> Bool = { _ in true }
    ) async throws -> Bool {
        try await settle()
        return !state.value.unread.contains { $0["type"].text == type && isWanted($0) }
    }

    /// Waits until the server has answered everything sent so far: `topics` goes through the desk.
    func settle() async throws {
        try await ask(["type": "topics"], for: "topics")
    }

    func waitForEnd(within seconds: Double = 10) async throws {
        guard await state.wait(within: seconds, until: { $0.isOver }) else {
            throw TestFailure("\(name) is still connected after \(seconds) s. Received:\n\(record)")
        }
    }

    var record: String { log.suffix(40).map(\.description).joined(separator: "\n") }
}

extension Peer {
    /// The next text message; another frame is shown as one. The server's close is answered.
    fileprivate func nextMessage() async -> [UInt8]? {
        switch await nextFrame() {
        case .text(let bytes): return bytes
        case .pong(let bytes):
            return JSON.object(["type": "pong frame", "text": .string(String(decoding: bytes, as: UTF8.self))]).bytes
        case .close(let code, let reason):
            send(closeFrame(code))
            return JSON.object(["type": "close frame", "code": .number(Double(code)), "reason": .string(reason)]).bytes
        case .broken(let what): return Array(what.utf8)
        case nil: return nil
        }
    }

    /// The next line, however long it takes; nil at the end.
    fileprivate func nextLine() async -> [UInt8]? {
        let line: [UInt8]?? = await state.take(within: 3_600) { state in
            guard let end = state.received.firstIndex(of: UInt8(ascii: "\n")) else {
                return state.ending == nil ? nil : .some(nil)
            }
            let line = Array(state.received[..<end])
            state.received.removeFirst(end + 1)
            return line
        }
        return line ?? nil
    }
}

// MARK: - Parties

extension Client {
    /// A customer who has been welcomed; the token is the way back.
    static func customer(
        _ name: String = "customer", at desk: Desk, over mode: Mode = .lines, lang: String = "ko"
    ) async throws -> (client: Client, token: String) {
        let client = try await Client(name, to: desk, over: mode)
        let welcome = try await client.ask(
            ["type": "hello", "role": "customer", "lang": .string(lang), "name": .string(name)], for: "welcome")
        return (client, welcome["token"].text)
    }

    /// A customer who comes back.
    static func resume(
        _ token: String, after seq: Int, at desk: Desk, over mode: Mode = .lines, name: String = "customer"
    ) async throws -> Client {
        let client = try await Client(name, to: desk, over: mode)
        try await client.ask(
            ["type": "hello", "role": "customer", "resume": .string(token), "after": .number(Double(seq))],
            for: "welcome")
        return client
    }

    /// An agent who has logged in.
    /// - Parameter status: nil leaves it as it is.
    static func agent(
        _ name: String = "kim", at desk: Desk, over mode: Mode = .lines, status: String? = "available",
        autoAccept: Bool? = nil
    ) async throws -> Client {
        let client = try await Client(name, to: desk, over: mode)
        client.send([
            "type": "hello", "role": "agent", "user": .string(name), "password": .string(Accounts.password),
        ])
        try await client.next("welcome", within: 60)
        if let status {
            var message: JSON = ["type": "status", "status": .string(status)]
            if let autoAccept { message["auto_accept"] = .bool(autoAccept) }
            try await client.ask(message, for: "status")
        }
        return client
    }

    /// Enters a topic; the chat's id.
    func enter(_ topic: String) async throws -> String {
        try await ask(["type": "enter", "topic": .string(topic)], for: "queued")["chat"].text
    }

    /// Accepts the next offer; the chat's id.
    @discardableResult
    func acceptNext() async throws -> String {
        let offer = try await next("offer")
        send(["type": "accept", "offer": offer["offer"]])
        return try await next("started") { $0["chat"] == offer["chat"] }["chat"].text
    }

    /// Says something and waits for its `ack`; the seq.
    @discardableResult
    func say(_ text: String, id: String, chat: String? = nil) async throws -> Int {
        var message: JSON = ["type": "say", "id": .string(id), "text": .string(text)]
        if let chat { message["chat"] = .string(chat) }
        send(message)
        return try await next("ack") { $0["id"].text == id && (chat == nil || $0["chat"].text == chat) }["seq"].int
            ?? -1
    }

    /// The next words of the other side.
    @discardableResult
    func hear(from party: String) async throws -> JSON {
        try await next("message") { $0["from"].text == party }
    }
}

/// A customer and an agent in a chat.
struct Pair: Sendable {
    let customer: Client
    let agent: Client
    let chat: String
    let token: String

    /// - Parameter mode: the customer's; the agent speaks JSON lines.
    init(
        at desk: Desk, over mode: Client.Mode = .lines, topic: String = "payment", agent name: String = "kim"
    ) async throws {
        let agent = try await Client.agent(name, at: desk)
        let (customer, token) = try await Client.customer(at: desk, over: mode)
        let chat = try await customer.enter(topic)
        try await agent.acceptNext()
        try await customer.next("started")
        self.init(customer: customer, agent: agent, chat: chat, token: token)
    }

    init(customer: Client, agent: Client, chat: String, token: String) {
        self.customer = customer
        self.agent = agent
        self.chat = chat
        self.token = token
    }
}
