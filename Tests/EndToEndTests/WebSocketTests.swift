// A customer in a browser, as far as the server sees one: the same desk over WebSocket. What the page itself does is
// for Tests/Page, and what the standard wants is for kosoku.

import Glibc
import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct WebSocketCustomers {
        @Test("A whole chat with an agent at JSON lines: word for word what a customer at JSON lines sees")
        func wholeChat() async throws {
            try await withDesk { desk in
                var seen: [[JSON]] = []
                for mode in [Client.Mode.lines, .webSocket] {
                    let pair = try await Pair(at: desk, over: mode)
                    try await pair.customer.say("환불이 안 돼요 \u{1F62D}", id: "c-1")
                    #expect(try await pair.agent.hear(from: "customer")["text"] == "환불이 안 돼요 \u{1F62D}")
                    pair.agent.send(["type": "typing", "chat": .string(pair.chat), "on": true])
                    try await pair.customer.next("typing")
                    let long = String(repeating: "확인해 보겠습니다 ", count: 100)
                    try await pair.agent.say(long, id: "k-1", chat: pair.chat)
                    #expect(try await pair.customer.hear(from: "agent")["text"] == .string(long))
                    #expect(try await pair.customer.refusal(of: ["type": "dance", "id": "c-9"]) == "unknown_type")
                    #expect(try await pair.customer.ask(["type": "ping", "n": 7], for: "pong")["n"] == 7)
                    try await pair.customer.ask(["type": "leave"], for: "ended")
                    try await pair.customer.ask(["type": "rate", "score": 5], for: "ok")
                    try await pair.agent.next("ended")
                    pair.agent.send(["type": "wrapup", "chat": .string(pair.chat)])
                    pair.agent.peer.close()
                    try await pair.agent.waitForEnd()
                    seen.append(pair.customer.log.map(\.withoutWhatDiffers))
                    if mode == .webSocket {
                        #expect(try await desk.metrics().sum("sangdam_connections", "mode=\"websocket\"") == 1)
                    }
                    pair.customer.peer.close()
                    try await pair.customer.waitForEnd()
                }
                #expect(seen[0].count >= 10)
                #expect(seen[0] == seen[1])
                try await eventually("nobody is connected") {
                    try await desk.metrics().sum("sangdam_connections", "mode=\"websocket\"") == 0
                }
                let (status, output, _) = try await desk.transcript("verify")
                #expect(status == 0, "\(output)")
            }
        }

        @Test("An agent may come over WebSocket too")
        func agent() async throws {
            try await withDesk { desk in
                let agent = try await Client.agent("kim", at: desk, over: .webSocket)
                let (customer, _) = try await Client.customer(at: desk, over: .webSocket)
                _ = try await customer.enter("payment")
                let chat = try await agent.acceptNext()
                try await agent.say("안녕하세요", id: "k-1", chat: chat)
                try await customer.hear(from: "agent")
            }
        }

        /// How a connection can end without `leave`: none of them ends the chat.
        static let losses: [(name: String, how: @Sendable (Peer) -> Void)] = [
            ("cut off", { $0.abort() }),
            ("ended in order by TLS", { $0.close() }),
            ("closed with 1000", { $0.send(closeFrame(1000)) }),
            ("closed with 1001, as by a page that goes away", { $0.send(closeFrame(1001)) }),
            ("broken", { $0.send(clientFrame(0x1, [0x7B], isMasked: false)) }),
        ]

        @Test(
            "A line that ends in the middle is lost and resumes: every message once, in order",
            arguments: 0..<losses.count)
        func resumes(_ place: Int) async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk, over: .webSocket)
                try await pair.customer.say("하나", id: "c-1")
                try await pair.agent.say("둘", id: "k-1", chat: pair.chat)
                let last = try await pair.customer.hear(from: "agent")["seq"].int ?? -1
                Self.losses[place].how(pair.customer.peer)
                #expect(try await pair.agent.next("party")["state"] == "away")
                try await pair.agent.say("셋", id: "k-2", chat: pair.chat)
                let again = try await Client.resume(pair.token, after: last, at: desk, over: .webSocket)
                try await again.say("넷", id: "c-2")
                // Said again because its `ack` may have been lost: stored once.
                try await again.say("하나", id: "c-1")
                try await again.settle()
                let words = again.log.filter { $0["type"] == "message" }.map(\.["text"].text)
                #expect(words == ["셋"])
                #expect(
                    try desk.journal().filter { $0["type"] == "message" }.map(\.["text"].text)
                        == ["하나", "둘", "셋", "넷"])
                #expect(try await pair.agent.hasNone(of: "ended"))
            }
        }

        struct Fault: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let code: Int
            let bytes: [UInt8]
        }

        static let faults = [
            Fault(
                testDescription: "a message of 1 MB", code: 1009,
                bytes: clientFrame(0x1, Array(repeating: 0x20, count: 1 << 20))),
            Fault(
                testDescription: "65 fragments", code: 1009,
                bytes: clientFrame(0x1, [0x20], isFinal: false)
                    + (0..<64).flatMap { _ in clientFrame(0x0, [0x20], isFinal: false) }),
            Fault(testDescription: "an unmasked frame", code: 1002, bytes: clientFrame(0x1, [0x7B], isMasked: false)),
            Fault(
                testDescription: "a length of 2^63", code: 1002,
                bytes: [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]),
            Fault(testDescription: "a binary message", code: 1003, bytes: clientFrame(0x2, [1, 2, 3])),
            Fault(testDescription: "no UTF-8", code: 1007, bytes: clientFrame(0x1, [0x22, 0xC3, 0x28, 0x22])),
            Fault(
                testDescription: "eleven pings in a second", code: 1008,
                bytes: (0..<11).flatMap { _ in clientFrame(0x9, []) }),
        ]

        @Test("What breaks the rules is closed with its code, counted, and costs nobody else anything")
        func faults() async throws {
            try await withDesk { desk in
                let witness = try await Pair(at: desk, over: .webSocket)
                var expected: [Int: Double] = [:]
                for fault in Self.faults {
                    let (client, token) = try await Client.customer(at: desk, over: .webSocket)
                    client.peer.send(fault.bytes)
                    let close = try await client.next("close frame")
                    #expect(close["code"].int == fault.code, "\(fault)")
                    #expect(!close["reason"].text.isEmpty, "\(fault)")
                    try await client.waitForEnd()
                    expected[fault.code, default: 0] += 1
                    #expect(!token.isEmpty)
                }
                let counts = expected
                try await eventually("all are counted") {
                    let metrics = try await desk.metrics()
                    return counts.allSatisfy { code, count in
                        metrics.sum("sangdam_refusals_total", "code=\"websocket_\(code)\"") == count
                            && metrics.sum("sangdam_disconnects_total", "code=\"websocket_\(code)\"") == count
                    }
                }
                try await witness.customer.say("아직 여기 있어요", id: "c-1")
                #expect(try await witness.agent.hear(from: "customer")["text"] == "아직 여기 있어요")
            }
        }

        @Test("Pings are answered with their words, also between the fragments of a message")
        func pings() async throws {
            try await withDesk { desk in
                let (client, _) = try await Client.customer(at: desk, over: .webSocket)
                let json = Array(#"{"type":"ping","n":3}"#.utf8)
                client.peer.send(
                    clientFrame(0x1, Array(json[..<5]), isFinal: false) + clientFrame(0x9, Array("du?".utf8))
                        + clientFrame(0x0, Array(json[5...])))
                #expect(try await client.next("pong frame")["text"] == "du?")
                #expect(try await client.next("pong")["n"] == 3)
                #expect(client.log.suffix(2).map(\.["type"]) == ["pong frame", "pong"])
            }
        }

        @Test("Before it ends a connection, the server says bye and closes with the code that fits")
        func closeCodes() async throws {
            let limits = [
                "customer_idle_seconds": "1", "first_bytes_seconds": "1", "sessions_per_party": "1",
            ]
            try await withDesk(limits: limits) { desk in
                func expectEnd(of client: Client, _ bye: String, _ code: Int, reconnect: Bool) async throws {
                    let words = try await client.next("bye")
                    #expect(words["code"].text == bye)
                    #expect(words["reconnect"] == .bool(reconnect))
                    let close = try await client.next("close frame")
                    #expect(close["code"].int == code)
                    #expect(close["reason"].text == bye)
                    try await client.waitForEnd()
                }
                let silent = try await Client("silent", to: desk, over: .webSocket)
                try await expectEnd(of: silent, "hello_timeout", 1008, reconnect: false)
                let (idle, _) = try await Client.customer("idle", at: desk, over: .webSocket)
                try await expectEnd(of: idle, "idle", 1001, reconnect: false)
                let pair = try await Pair(at: desk, over: .webSocket)
                let second = try await Client.resume(pair.token, after: 0, at: desk, over: .webSocket)
                try await expectEnd(of: pair.customer, "replaced", 1008, reconnect: false)
                try desk.process.signal(SIGTERM)
                try await expectEnd(of: second, "shutting_down", 1012, reconnect: true)
                #expect(try await desk.exitStatus() == 0)
            }
        }

        @Test("A peer that never answers the close is not awaited for long")
        func unansweredClose() async throws {
            try await withDesk(limits: ["first_bytes_seconds": "1"]) { desk in
                let tls = try TLSContext.client(caFile: desk.certificates.ca)
                let peer = try await Peer(connectingTo: desk.chat, tls: tls)
                peer.send(upgradeRequest())
                #expect(try await peer.responseHead().hasPrefix("HTTP/1.1 101 "))
                // A second for `hello`, three for the answer.
                let clock = ContinuousClock()
                let start = clock.now
                _ = try await peer.ending(within: 15)
                #expect(clock.now - start > .seconds(3))
            }
        }

        @Test("Pages of other sites are refused with 403 until they are listed; programs and our own page come in")
        func origins() async throws {
            try await withDesk { desk in
                let tls = try TLSContext.client(caFile: desk.certificates.ca, applicationProtocols: ["http/1.1"])
                func status(_ origin: String?) async throws -> String {
                    let peer = try await Peer(connectingTo: desk.chat, tls: tls)
                    defer { peer.abort() }
                    peer.send(upgradeRequest(origin: origin))
                    return String(try await peer.responseHead().dropFirst(9).prefix(3))
                }
                #expect(try await status(nil) == "101")
                #expect(try await status("https://desk.example:8443") == "101")
                for origin in ["https://shop.example", "https://desk.example", "http://desk.example:8443", "null"] {
                    #expect(try await status(origin) == "403", "\(origin)")
                }
                #expect(try await desk.metrics().sum("sangdam_refusals_total", "code=\"http_403\"") == 4)
                // A reload holds for new connections.
                try desk.configure(
                    limits: [:], more: "allowed_origins: \"https://shop.example https://www.example:444\"")
                try desk.process.signal(SIGHUP)
                try await eventually("the listed site comes in") { try await status("https://shop.example") == "101" }
                #expect(try await status("https://www.example:444") == "101")
                #expect(try await status("https://www.example") == "403")
            }
        }
    }
}

extension JSON {
    /// A message without ids, names of places and times, which differ from chat to chat.
    fileprivate var withoutWhatDiffers: JSON {
        switch self {
        case .object(let fields):
            .object(
                fields.filter { !["chat", "session", "token", "at", "receipt", "wait", "offer"].contains($0.key) }
                    .mapValues(\.withoutWhatDiffers))
        case .array(let items): .array(items.map(\.withoutWhatDiffers))
        case .null, .bool, .number, .string: self
        }
    }
}
