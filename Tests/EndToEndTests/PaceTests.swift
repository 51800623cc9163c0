// Much at once for one peer: one who reads gets all of it however much it is, one who does not is held little for.

import Foundation
import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct Pace {
        private static let chats = 40
        /// One byte each, six as JSON writes them.
        private static let answer = "?" + String(repeating: "\u{7F}", count: 999)
        private static let fields = ["what", "when", "account", "payment", "device", "goal"]

        @Test("An agent is offered forty chats with cards of 36 KB each, and comes back to them: all of it arrives")
        func cards() async throws {
            try await withDesk(accounts: .busy) { desk in
                var customers: [Client] = []
                for number in 1...Self.chats {
                    let customer = try await Client.customer("c\(number)", at: desk).client
                    var intake: JSON = [:]
                    for field in Self.fields { intake[field] = .string(Self.answer) }
                    customer.send(["type": "enter", "topic": "payment", "intake": intake])
                    try await customer.next("queued")
                    customers.append(customer)
                }
                let agent = try await Client.agent("busy", at: desk, autoAccept: false)
                for _ in 1...Self.chats { _ = try await agent.acceptNext() }
                agent.peer.abort()
                let again = try await Client("busy again", to: desk)
                again.send(["type": "hello", "role": "agent", "user": "busy", "password": .string(Accounts.password)])
                for _ in 1...Self.chats {
                    let card = try await again.next("started", within: 30)
                    for field in Self.fields { #expect(card["intake"][field] == .string(Self.answer)) }
                }
                #expect(try await Self.countCutOff(at: desk) == 0)
                withExtendedLifetime(customers) {}
            }
        }

        @Test("Customers who come back and read nothing of a long history: 96 KiB each, then cut off as too slow")
        func history() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits, accounts: .busy) { desk in
                let tls = try TLSContext.client(caFile: desk.certificates.ca, applicationProtocols: ["sangdam/1"])
                let agent = try await Peer(connectingTo: desk.chat, tls: tls)
                agent.send(#"{"type":"hello","role":"agent","user":"busy","password":"\#(Accounts.password)"}"#)
                agent.send(#"{"type":"status","status":"available","auto_accept":true}"#)
                var (tokens, chats): ([String], [String]) = ([], [])
                for _ in 1...Self.chats / 2 {
                    let (token, chat) = try await Self.speakAndGo(at: desk, tls)
                    tokens.append(token)
                    chats.append(chat)
                }

                // What a round takes on its way is nobody's who stalls: it is there before, and over before one
                // measures.
                for round in 1...10 { try await Self.say("warm \(round)", in: chats, agent) }
                var readers: [Peer] = []
                for _ in tokens {
                    let reader = try await Peer(connectingTo: desk.chat, tls: tls)
                    reader.setPaused(true)
                    readers.append(reader)
                }
                let before = try Memory(of: desk)
                for (reader, token) in zip(readers, tokens) {
                    reader.send(#"{"type":"hello","role":"customer","resume":"\#(token)","after":0}"#)
                }
                try await eventually("all are back") {
                    try await desk.metrics().sum("sangdam_resumes_total", "result=\"resumed\"") == Double(tokens.count)
                }
                // Something for each of them, again and again, until all have had too much.
                var most = try Memory(of: desk)
                var rounds = 0
                while try await Self.countCutOff(at: desk) < tokens.count {
                    rounds += 1
                    guard rounds <= 200 else { throw TestFailure("somebody is not cut off") }
                    try await Self.say("fill \(rounds)", in: chats, agent)
                    let now = try Memory(of: desk)
                    if now.residentKiB > most.residentKiB { most = now }
                }
                let held = (most.residentKiB - before.residentKiB) / Double(tokens.count)
                if !most.isOfSanitizer {
                    // And the words of each chat's memory, which are there for readers as well.
                    #expect(held <= 96 + Self.sessionKiB)
                    #expect(held >= 32, "they did not hold what this test is about")
                }
            }
        }

        /// A session, its chat, and the chat's last words; and 16 for each in what an allocator takes more on one day
        /// than on another.
        private static let sessionKiB = 16.0 + 32 + 16
        private static let words = String(repeating: "가", count: 1_300)

        private static func countCutOff(at desk: Desk) async throws -> Int {
            Int(try await desk.metrics().sum("sangdam_disconnects_total", "code=\"too_slow\""))
        }

        /// One message in each chat, all of them acknowledged.
        private static func say(_ id: String, in chats: [String], _ agent: Peer) async throws {
            for (place, chat) in chats.enumerated() {
                agent.send(#"{"type":"say","chat":"\#(chat)","id":"\#(id).\#(place)","text":"\#(words)"}"#)
            }
            for _ in chats { _ = try await agent.message("ack") }
        }

        /// More words than the kernels of both sides hold, then gone; the token and the chat.
        private static func speakAndGo(at desk: Desk, _ tls: TLSContext) async throws -> (token: String, chat: String) {
            let count = 250
            let customer = try await Peer(connectingTo: desk.chat, tls: tls)
            customer.send(#"{"type":"hello","role":"customer","lang":"ko"}"#)
            let welcome = try await customer.message("welcome")
            customer.send(#"{"type":"enter","topic":"payment"}"#)
            let started = try await customer.message("started")
            for number in 1...count { customer.send(#"{"type":"say","id":"\#(number)","text":"\#(words)"}"#) }
            for _ in 1...count { _ = try await customer.message("ack") }
            customer.abort()
            guard case .string(let token) = welcome["token"], case .string(let chat) = started["chat"] else {
                throw TestFailure("\(welcome) \(started)")
            }
            return (token, chat)
        }
    }
}

extension Peer {
    fileprivate func send(_ line: String) {
        send(Array(line.utf8) + [0x0A])
    }

    /// The next message of the type; others are passed over.
    fileprivate func message(_ type: String) async throws -> JSON {
        while let line = await line(within: 20) {
            let message = try JSON(parsing: line)
            if message["type"] == .string(type) { return message }
        }
        throw TestFailure("no \(type)")
    }
}
