// What time brings when nobody does anything: with limits of a second where the defaults are minutes
// (Limits.md#Silence-and-lost-connections).

import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct Timeouts {
        @Test("An offer nobody answers expires, a second one in a row means a break, and the customer keeps the place")
        func offersExpire() async throws {
            try await withDesk(limits: ["offer_seconds": "1"]) { desk in
                let kim = try await Client.agent("kim", at: desk)
                let (customer, _) = try await Client.customer(at: desk)
                let chat = try await customer.enter("payment")
                let first = try await kim.next("offer")
                #expect(try await kim.next("offer_closed")["reason"] == "expired")
                let second = try await kim.next("offer")
                #expect(second["chat"].text == chat)
                #expect(second["offer"] != first["offer"])
                #expect(try await kim.next("offer_closed")["reason"] == "expired")
                let status = try await kim.next("status")
                #expect(status["status"] == "break")
                #expect(status["cause"] == "unanswered")
                #expect(try await customer.ask(["type": "queue"], for: "queued")["on_duty"] == false)
                let lee = try await Client.agent("lee", at: desk)
                try await lee.acceptNext()
                try await customer.next("started")
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_offers_total", "result=\"expired\"") == 2)
                #expect(metrics.sum("sangdam_offers_total", "result=\"accepted\"") == 1)
            }
        }

        @Test(
            "A customer who is lost and does not come back: customer_lost, stamped at the disconnect when still waiting"
        )
        func customerLost() async throws {
            try await withDesk(limits: ["customer_hold_seconds": "1", "waiting_hold_seconds": "1"]) { desk in
                let (waiting, waitingToken) = try await Client.customer("waiting", at: desk)
                let waitingChat = try await waiting.enter("general")
                waiting.peer.abort()
                let pair = try await Pair(at: desk)
                pair.customer.peer.abort()
                try await pair.agent.next("party") { $0["state"] == "away" }
                #expect(try await pair.agent.next("ended")["reason"] == "customer_lost")
                // Nobody is offered for an empty chair.
                #expect(try await pair.agent.hasNone(of: "offer"))
                try await eventually("the one who waited is lost too") {
                    try desk.journal().contains { $0["type"] == "ended" && $0["chat"].text == waitingChat }
                }
                let journal = try desk.journal()
                let ended = journal.first { $0["type"] == "ended" && $0["chat"].text == waitingChat }
                let away = journal.first { $0["type"] == "away" && $0["chat"].text == waitingChat }
                #expect(ended?["reason"] == "customer_lost")
                #expect(ended?["abandoned_at"] == away?["at"])
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_chats_abandoned_total", "queue=\"general\"", "short=\"true\"") == 1)
                #expect(metrics.sum("sangdam_chats_ended_total", "reason=\"customer_lost\"") == 2)
                let late = try await Client.resume(waitingToken, after: 0, at: desk)
                #expect(try await late.next("ended")["reason"] == "customer_lost")
            }
        }

        @Test("A lost agent's chats go to the head of their queue, in front of those who came before, with every word")
        func agentLost() async throws {
            try await withDesk(limits: ["agent_hold_seconds": "1"]) { desk in
                let pair = try await Pair(at: desk, topic: "general")
                try await pair.customer.say("schon gesagt", id: "c-1")
                try await pair.agent.ask(["type": "status", "status": "break"], for: "status")
                let (other, _) = try await Client.customer("other", at: desk)
                let otherChat = try await other.enter("general")
                pair.agent.peer.abort()
                #expect(try await pair.customer.next("party")["state"] == "away")
                let queued = try await pair.customer.next("queued") { $0["on_duty"] == false }
                #expect(queued["chat"].text == pair.chat)
                #expect(queued["position"] == 1)
                let lee = try await Client.agent("lee", at: desk)
                #expect(try await lee.acceptNext() == pair.chat)
                #expect(try await lee.acceptNext() == otherChat)
                #expect(try await lee.hear(from: "customer")["text"] == "schon gesagt")
                #expect(try await pair.customer.next("started")["agent"] == "lee")
                #expect(try await desk.metrics().sum("sangdam_requeues_total", "reason=\"agent_lost\"") == 1)
            }
        }

        @Test("Wrap-up ends by itself and frees the slot")
        func wrapUpEnds() async throws {
            try await withDesk(limits: ["wrap_up_seconds": "1"]) { desk in
                let kim = try await Client.agent("kim", at: desk, status: nil)
                kim.send(["type": "status", "status": "available", "capacity": 1])
                let (first, _) = try await Client.customer("first", at: desk)
                let chat = try await first.enter("payment")
                try await kim.acceptNext()
                let (second, _) = try await Client.customer("second", at: desk)
                _ = try await second.enter("payment")
                kim.send(["type": "end", "chat": .string(chat)])
                #expect(try await kim.next("ok")["for"] == "wrapup")
                try await kim.acceptNext()
                let wrapped = try desk.journal().first { $0["type"] == "wrapped_up" }
                #expect(wrapped?["cause"] == "timeout")
            }
        }

        @Test("A silent customer is reminded, then the chat ends; a connection without a chat is closed")
        func silence() async throws {
            let limits = ["idle_reminder_seconds": "10", "idle_end_seconds": "12", "customer_idle_seconds": "10"]
            try await withDesk(limits: limits) { desk in
                let (idler, _) = try await Client.customer("idler", at: desk)
                let pair = try await Pair(at: desk)
                // Silence is an answer that does not come.
                try await pair.agent.say("뭐라고 나오나요?", id: "k-1", chat: pair.chat)
                try await withOpenSSLClient(to: desk) { byHand in
                    try await byHand.expect("번호를 입력해 주세요")
                    let reminder = try await pair.customer.hear(from: "system")
                    #expect(reminder["code"] == "idle_reminder")
                    #expect(!reminder["text"].text.isEmpty)
                    #expect(try await pair.customer.next("ended")["reason"] == "idle")
                    #expect(try await pair.agent.next("ended")["reason"] == "idle")
                    let bye = try await idler.next("bye")
                    #expect(bye["code"] == "idle")
                    #expect(bye["reconnect"] == false)
                    try await idler.waitForEnd()
                    try await byHand.expect("오랫동안 말씀이 없으셔서 연결을 끊습니다")
                    #expect(try await byHand.exitStatus() == 0)
                }
            }
        }

        @Test("Programs that never say hello and peers that never finish the handshake are closed")
        func silentPrograms() async throws {
            try await withDesk(limits: ["first_bytes_seconds": "1", "handshake_seconds": "1"]) { desk in
                let silent = try await Client("silent", to: desk)
                let bye = try await silent.next("bye")
                #expect(bye["code"] == "hello_timeout")
                try await silent.waitForEnd()
                // Half a ClientHello and then nothing.
                let half = try await Peer(connectingTo: desk.chat, tls: nil)
                half.send([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00])
                _ = try await half.ending(within: 5)
                try await eventually("the time-out is counted") {
                    try await desk.metrics().sum("sangdam_tls_handshakes_total", "result=\"timed_out\"") == 1
                }
            }
        }
    }
}
