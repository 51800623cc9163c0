// The protocol as programs have it: every message of both sides once, with the fields that clients rely on, and the
// rules about `ack`, `seq` and ids.

import Foundation
import SangdamCore
import Testing

extension EndToEnd {
    @Suite struct ProtocolMessages {
        @Test("Every message of a customer and of an agent, with its answer")
        func everyMessage() async throws {
            try await withDesk { desk in
                let customer = try await Client("customer", to: desk, offersProtocol: false)
                let welcome = try await customer.ask(
                    ["type": "hello", "role": "customer", "lang": "ko", "name": "홍길동", "future": [1, nil]],
                    for: "welcome")
                #expect(welcome["session"].text.utf8.count == 26)
                #expect(
                    welcome["session"].text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0x61 && $0 <= 0x7A })
                #expect(!welcome["token"].text.isEmpty)
                #expect(welcome["lang"] == "ko")
                #expect(welcome["protocol"] == 1)
                #expect(welcome["text_bytes"] == 4_000)
                let clock = try #require(Instant(rfc3339: Array(welcome["at"].text.utf8)))
                #expect(abs(Double(clock.milliseconds) / 1000 - Date.now.timeIntervalSince1970) < 60)
                #expect(try await customer.ask(["type": "ping", "n": 7], for: "pong")["n"] == 7)

                var topics = try await customer.ask(["type": "topics"], for: "topics")["topics"]
                #expect(topics.items.map { $0["id"] } == ["payment", "refund", "general", "fraud"])
                #expect(topics[1]["label"] == "환불")
                #expect(topics[1]["queue"] == "payment")
                #expect(topics[1]["open"] == false)
                #expect(topics[1]["waiting"] == 0)

                let queued = try await customer.ask(
                    ["type": "enter", "topic": "refund", "intake": ["what": "두 번 결제됐어요", "device": "PC"]], for: "queued"
                )
                let chat = queued["chat"]
                #expect(chat.text.utf8.count == 26)
                #expect(queued["queue"] == "payment")
                #expect(queued["position"] == 1)
                #expect(queued["on_duty"] == false)
                #expect(queued["wait"] == .null)
                #expect(queued.keys.contains("wait"))
                try await customer.say("기다리는 중에 한 말", id: "c-1")
                topics = try await customer.ask(["type": "topics"], for: "topics")["topics"]
                #expect(topics[0]["waiting"] == 1)

                let agent = try await Client("kim", to: desk)
                agent.send([
                    "type": "hello", "role": "agent", "user": "kim", "password": .string(Accounts.password),
                    "lang": "en",
                ])
                let welcomed = try await agent.next("welcome")
                #expect(welcomed["agent"]["status"] == "break")
                #expect(welcomed["text_bytes"] == 4_000 && welcomed["at"].text.hasSuffix("Z"))
                let status = try await agent.ask(
                    ["type": "status", "status": "available", "capacity": 3], for: "status")
                #expect(status["status"] == "available")
                #expect(status["capacity"] == 3)
                let better = try await customer.next("queued")
                #expect(better["on_duty"] == true)
                #expect(better["wait"]["low"].int ?? -1 >= 0)
                #expect(better["wait"]["high"].int ?? -1 >= better["wait"]["low"].int ?? 0)

                let offer = try await agent.next("offer")
                #expect(offer["chat"] == chat)
                #expect(offer["queue"] == "payment")
                #expect(offer["topic"] == "refund")
                #expect(offer["lang"] == "ko")
                #expect(offer["waited"].number ?? -1 > 0)
                #expect(offer["intake"] == ["what": "두 번 결제됐어요", "device": "PC"])
                #expect(offer["expires"].text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
                agent.send(["type": "accept", "offer": offer["offer"]])
                #expect(try await agent.next("offer_closed")["reason"] == "accepted")
                let taken = try await agent.next("started")
                #expect(taken["customer"] == "홍길동")
                #expect(try await agent.hear(from: "customer")["text"] == "기다리는 중에 한 말")
                let started = try await customer.next("started")
                #expect(started["agent"] == "kim")
                #expect(started["chat"] == chat)

                agent.send(["type": "typing", "chat": chat, "on": true])
                #expect(try await customer.next("typing")["on"] == true)
                let seq = try await agent.say("무엇을 도와드릴까요?", id: "k-1", chat: chat.text)
                let heard = try await customer.hear(from: "agent")
                #expect(heard["seq"].int == seq)
                #expect(heard["name"] == "kim")
                #expect(heard["id"] == "k-1")
                #expect(heard["text"] == "무엇을 도와드릴까요?")
                #expect(heard["at"].text.hasSuffix("Z"))
                customer.send(["type": "seen", "seq": .number(Double(seq))])
                let seen = try await agent.next("seen")
                #expect(seen["seq"].int == seq)
                #expect(seen["who"] == "customer")
                customer.send(["type": "typing", "on": true])
                #expect(try await agent.next("typing")["who"] == "customer")
                agent.send(["type": "seen", "chat": chat, "seq": 1])
                #expect(try await customer.next("seen")["who"] == "agent")

                let note = try await agent.ask(["type": "note", "chat": chat, "text": "비밀 메모"], for: "ack")
                #expect(note["seq"].int ?? 0 > seq)
                try await customer.say("고맙습니다", id: "c-2")
                agent.send(["type": "end", "chat": chat])
                let ended = try await customer.next("ended")
                #expect(ended["reason"] == "agent_ended")
                #expect(try await agent.next("ended")["receipt"] == ended["receipt"])
                agent.send([
                    "type": "wrapup", "chat": chat, "disposition": "refunded", "resolved": true,
                    "tags": ["카드", "이중결제"],
                ])
                #expect(try await agent.next("ok")["chat"] == chat)
                #expect(
                    try await customer.ask(["type": "rate", "score": 4, "comment": "빨라요"], for: "ok")["for"] == "rate")

                // Never to the customer, in whatever form; always in the journal.
                try await customer.settle()
                #expect(!customer.log.contains { $0.description.contains("비밀 메모") })
                let journal = try desk.journal().filter { $0["chat"] == chat }
                #expect(
                    journal.map { $0["type"].text } == [
                        "opened", "intake", "queued", "message", "offered", "offer_closed", "started", "message",
                        "note",
                        "message", "ended", "wrapped_up", "rated",
                    ])
                #expect(journal.map { $0["seq"].int } == Array(1...13))
                #expect(journal[11]["disposition"] == "refunded")
                #expect(journal[11]["tags"] == ["카드", "이중결제"])
            }
        }

        @Test("ack and seq: strictly rising, each message once to the other side and never back to its sender")
        func acknowledgements() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                let chat = pair.chat
                var acked: [Int] = []
                for number in 1...8 {
                    acked.append(try await pair.customer.say("c\(number)", id: "c-\(number)"))
                    acked.append(try await pair.agent.say("k\(number)", id: "k-\(number)", chat: chat))
                }
                #expect(zip(acked, acked.dropFirst()).allSatisfy { $0 < $1 })

                // The same ids again: the same acks, nothing stored, nothing shown.
                for number in 1...8 {
                    #expect(try await pair.customer.say("something else", id: "c-\(number)") == acked[number * 2 - 2])
                    #expect(try await pair.agent.say("other", id: "k-\(number)", chat: chat) == acked[number * 2 - 1])
                }
                // An agent's id and a customer's are not the same id.
                try await pair.customer.say("eigen", id: "k-1")
                try await pair.customer.settle()
                try await pair.agent.settle()
                let toAgent = pair.agent.log.filter { $0["type"] == "message" }
                #expect(toAgent.map { $0["text"].text } == (1...8).map { "c\($0)" } + ["eigen"])
                let toCustomer = pair.customer.log.filter { $0["type"] == "message" }
                #expect(toCustomer.map { $0["text"].text } == (1...8).map { "k\($0)" })
                #expect(
                    toCustomer.map { $0["seq"].int }
                        == acked.enumerated().filter { $0.offset % 2 == 1 }.map { $0.element })
                #expect(try desk.journal().filter { $0["type"] == "message" }.count == 17)
                #expect(try await desk.metrics().sum("sangdam_messages_deduplicated_total") == 16)
            }
        }

        @Test("Two connections of one customer: what one says the other sees, acks go to the one that spoke")
        func twoSessions() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                let second = try await Client.resume(pair.token, after: 0, at: desk, name: "second")
                try await second.next("started")
                try await pair.customer.say("from the first", id: "a-1")
                #expect(try await second.hear(from: "customer")["id"] == "a-1")
                try await second.say("from the second", id: "b-1")
                #expect(try await pair.customer.hear(from: "customer")["text"] == "from the second")
                try await pair.agent.say("to both", id: "k-1", chat: pair.chat)
                #expect(try await pair.customer.hear(from: "agent")["text"] == "to both")
                #expect(try await second.hear(from: "agent")["text"] == "to both")
                #expect(try await second.hasNone(of: "ack") { $0["id"] == "a-1" })
                // One of the two goes: the customer is still there.
                second.peer.abort()
                try await second.waitForEnd()
                try await pair.customer.say("still here", id: "a-2")
                try await pair.agent.settle()
                #expect(!pair.agent.log.contains { $0["type"] == "party" })
                pair.customer.peer.abort()
                #expect(try await pair.agent.next("party")["state"] == "away")
            }
        }

        @Test("Resume with `after`: exactly what was missed, in order, then the rest as it comes")
        func resume() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                for number in 1...5 { try await pair.agent.say("k\(number)", id: "k-\(number)", chat: pair.chat) }
                _ = try await pair.customer.next("message") { $0["text"] == "k5" }
                let third = pair.customer.log.first { $0["text"] == "k3" }?["seq"].int ?? 0
                pair.customer.peer.abort()
                try await pair.agent.next("party") { $0["state"] == "away" }
                for number in 6...7 { try await pair.agent.say("k\(number)", id: "k-\(number)", chat: pair.chat) }

                let again = try await Client.resume(pair.token, after: third, at: desk)
                #expect(try await again.next("started")["agent"] == "kim")
                try await pair.agent.next("party") { $0["state"] == "back" }
                try await pair.agent.say("k8", id: "k-8", chat: pair.chat)
                _ = try await again.next("message") { $0["text"] == "k8" }
                #expect(
                    again.log.filter { $0["type"] == "message" }.map { $0["text"].text } == (4...8).map { "k\($0)" })
                // The last word is the end, also for who was away when it came.
                again.peer.abort()
                try await pair.agent.next("party") { $0["state"] == "away" }
                pair.agent.send(["type": "end", "chat": .string(pair.chat)])
                try await pair.agent.next("ended")
                let late = try await Client.resume(pair.token, after: 0, at: desk)
                #expect(try await late.next("ended")["reason"] == "agent_ended")
                let stranger = try await Client("stranger", to: desk)
                #expect(
                    try await stranger.refusal(of: ["type": "hello", "role": "customer", "resume": "no-such-token"])
                        == "unknown_token")
            }
        }

        @Test("An agent's connection is lost: back within the time, with every chat, its words and notes")
        func agentResumes() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                try await pair.customer.say("첫 말", id: "c-1")
                try await pair.agent.ask(["type": "note", "chat": .string(pair.chat), "text": "메모"], for: "ack")
                pair.agent.peer.abort()
                #expect(try await pair.customer.next("party")["state"] == "away")
                try await pair.customer.say("둘째 말", id: "c-2")
                let again = try await Client.agent("kim", at: desk, status: nil)
                #expect(try await pair.customer.next("party")["state"] == "back")
                let card = try await again.next("started")
                #expect(card["chat"].text == pair.chat)
                _ = try await again.next("message") { $0["text"] == "둘째 말" }
                #expect(again.log.filter { $0["type"] == "message" }.map { $0["text"] } == ["첫 말", "둘째 말"])
                #expect(try await again.next("note")["text"] == "메모")
                try await again.say("다시 왔습니다", id: "k-2", chat: pair.chat)
                #expect(try await pair.customer.hear(from: "agent")["text"] == "다시 왔습니다")
            }
        }

        @Test("An agent with many long chats comes back: all of it comes, however much it is")
        func agentResumesWithALot() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits) { desk in
                let agent = try await Client.agent("kim", at: desk, autoAccept: true)
                let text = String(repeating: "가", count: 1_300)
                // The first is so long that it is read back from the disk; the others are remembered whole.
                var expected: [String: [String]] = [:]
                for (number, words) in [20, 8, 8, 8, 8, 8].enumerated() {
                    let (customer, _) = try await Client.customer("c\(number)", at: desk)
                    let chat = try await customer.enter("general")
                    for word in 1...words {
                        try await customer.say("\(word) \(text)", id: "\(word)")
                        expected[chat, default: []].append("\(word)")
                    }
                }
                agent.peer.abort()
                try await agent.waitForEnd()
                let again = try await Client.agent("kim", at: desk, status: nil)
                for chat in expected.keys {
                    let last = expected[chat]?.last ?? ""
                    try await again.next("message") { $0["chat"].text == chat && $0["id"].text == last }
                    let heard = again.log.filter { $0["type"] == "message" && $0["chat"].text == chat }
                    #expect(heard.map { $0["id"].text } == expected[chat])
                }
            }
        }
    }
}
