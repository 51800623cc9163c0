// Who gets which chat: offers, decline, transfer, slots, order and priority, as agents and customers see them.

import Testing

extension EndToEnd {
    @Suite struct Routing {
        @Test(
            "Transfer to a queue and to a colleague: context goes along, the customer is told, the first agent is free")
        func transfer() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                try await pair.customer.say("사정은 이렇습니다", id: "c-1")
                try await pair.agent.ask(["type": "note", "chat": .string(pair.chat), "text": "도용 같음"], for: "ack")
                let park = try await Client.agent("park", at: desk)

                pair.agent.send([
                    "type": "transfer", "chat": .string(pair.chat), "to": ["queue": "fraud"], "kind": "cold",
                ])
                #expect(try await pair.agent.next("ok")["for"] == "transfer")
                #expect(try await pair.customer.next("party")["state"] == "left")
                #expect(try await pair.customer.next("queued") { $0["queue"] == "fraud" }["position"] == 1)
                try await park.acceptNext()
                #expect(try await park.hear(from: "customer")["text"] == "사정은 이렇습니다")
                #expect(try await park.next("note")["text"] == "도용 같음")
                #expect(try await pair.customer.next("started")["agent"] == "park")
                #expect(
                    try await pair.agent.refusal(
                        of: ["type": "say", "chat": .string(pair.chat), "id": "k-9", "text": "nicht mehr meins"])
                        == "unknown_chat")

                let lee = try await Client.agent("lee", at: desk)
                park.send(["type": "transfer", "chat": .string(pair.chat), "to": ["agent": "lee"], "kind": "cold"])
                try await lee.acceptNext()
                #expect(try await pair.customer.next("started") { $0["agent"] == "lee" }["chat"].text == pair.chat)
                try await lee.say("이어서 도와드릴게요", id: "l-1", chat: pair.chat)
                #expect(try await pair.customer.hear(from: "agent")["name"] == "lee")

                for (to, code): (JSON, String) in [
                    (["queue": "nowhere"], "unknown_queue"), (["agent": "nobody"], "unknown_agent"),
                    (["agent": "lee"], "agent_unavailable"),
                ] {
                    let message: JSON = ["type": "transfer", "chat": .string(pair.chat), "to": to, "kind": "cold"]
                    #expect(try await lee.refusal(of: message) == code)
                }
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_transfers_total", "kind=\"cold\"") == 2)
            }
        }

        @Test("First come, first served; a declined chat goes to a colleague; an urgent queue goes first")
        func order() async throws {
            try await withDesk { desk in
                var customers: [Client] = []
                var chats: [String] = []
                for name in ["erster", "zweiter", "dritter"] {
                    let (customer, _) = try await Client.customer(name, at: desk)
                    chats.append(try await customer.enter("general"))
                    customers.append(customer)
                }
                #expect(try await customers[2].ask(["type": "queue"], for: "queued")["position"] == 3)
                let (urgent, _) = try await Client.customer("urgent", at: desk)
                let urgentChat = try await urgent.enter("fraud")

                let park = try await Client.agent("park", at: desk)
                #expect(try await park.acceptNext() == urgentChat)
                let kim = try await Client("kim", to: desk)
                kim.send(["type": "hello", "role": "agent", "user": "kim", "password": .string(Accounts.password)])
                try await kim.next("welcome")
                kim.send(["type": "status", "status": "available", "capacity": 1])
                let first = try await kim.next("offer")
                #expect(first["chat"].text == chats[0])
                let lee = try await Client.agent("lee", at: desk)
                let (second, third) = (try await lee.next("offer"), try await lee.next("offer"))
                #expect([second["chat"].text, third["chat"].text] == [chats[1], chats[2]])
                // Declined by kim, it goes to lee, and kim gets none again while the pause lasts.
                kim.send(["type": "decline", "offer": first["offer"], "reason": "점심"])
                #expect(try await kim.next("offer_closed")["reason"] == "declined")
                let again = try await lee.next("offer")
                #expect(again["chat"].text == chats[0])
                #expect(try await kim.hasNone(of: "offer"))
                #expect(try await kim.refusal(of: ["type": "accept", "offer": first["offer"]]) == "unknown_offer")
                lee.send(["type": "accept", "offer": second["offer"]])
                lee.send(["type": "accept", "offer": third["offer"]])
                #expect(try await customers[1].next("started")["agent"] == "lee")
                #expect(try await customers[2].next("started")["agent"] == "lee")
                // Told again whenever the place improves; here it never did: the first still stands in front.
                lee.send(["type": "accept", "offer": again["offer"]])
                #expect(try await customers[0].next("started")["chat"].text == chats[0])
            }
        }

        @Test("Wrap-up holds the slot until it is given back, and a waiting customer comes in then")
        func wrapUpHoldsTheSlot() async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk, status: nil)
                try await kim.ask(["type": "status", "status": "available", "capacity": 1], for: "status")
                let (first, _) = try await Client.customer("first", at: desk)
                let chat = try await first.enter("payment")
                try await kim.acceptNext()
                let (second, _) = try await Client.customer("second", at: desk)
                let waiting = try await second.enter("payment")
                first.send(["type": "leave"])
                #expect(try await kim.next("ended")["chat"].text == chat)
                #expect(try await kim.hasNone(of: "offer"))
                #expect(try await desk.metrics().sum("sangdam_queue_length", "queue=\"payment\"") == 1)
                kim.send(["type": "wrapup", "chat": .string(chat)])
                try await kim.next("ok")
                #expect(try await kim.acceptNext() == waiting)
                #expect(try await second.next("started")["agent"] == "kim")
                // Break after the open chats: no new ones, and then the break.
                let later = try await kim.ask(
                    ["type": "status", "status": "break", "after_chats": true], for: "status")
                #expect(later["status"] == "available")
                #expect(later["after_chats"] == "break")
                kim.send(["type": "end", "chat": .string(waiting)])
                kim.send(["type": "wrapup", "chat": .string(waiting)])
                #expect(try await kim.next("status")["status"] == "break")
            }
        }

        @Test("The better place is told again and again, as customers in front are served")
        func placeImproves() async throws {
            try await withDesk { desk in
                var customers: [Client] = []
                for number in 1...3 {
                    let (customer, _) = try await Client.customer("c\(number)", at: desk)
                    _ = try await customer.enter("general")
                    customers.append(customer)
                }
                let kim = try await Client.agent("kim", at: desk, status: nil)
                kim.send(["type": "status", "status": "available", "capacity": 1])
                for place in [2, 1] {
                    let chat = try await kim.acceptNext()
                    try await customers[2].next("queued") { $0["position"].int == place }
                    kim.send(["type": "end", "chat": .string(chat)])
                    kim.send(["type": "wrapup", "chat": .string(chat)])
                }
                try await kim.acceptNext()
                try await customers[2].next("started")
            }
        }
    }
}
