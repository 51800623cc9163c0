// A question that is answered later, by programs over a kill: nothing of it is lost, and its receipt is enough.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Inquiries {
        @Test(
            "A question is left out of a queue, answered, read by its receipt, added to and closed; the transcript tells all",
            arguments: [Client.Mode.lines, .webSocket])
        func course(_ mode: Client.Mode) async throws {
            try await withDesk { desk in
                let customer = try await Client("customer", to: desk, over: mode)
                try await customer.ask(["type": "hello", "role": "customer", "lang": "ko"], for: "welcome")
                try await customer.ask(["type": "enter", "topic": "payment"], for: "queued")
                try await customer.say("먼저 여쭤볼게요", id: "c-1")
                let inquiry = try await customer.ask(
                    ["type": "inquire", "id": "i-1", "text": "환불은 언제 되나요?", "email": "a@example.com"],
                    for: "inquiry")
                #expect(inquiry["state"] == "open" && inquiry["mail"] == false)
                #expect(try await customer.next("ended")["reason"] == "inquired")
                let (id, receipt) = (inquiry["inquiry"].text, inquiry["receipt"].text)
                try await desk.kill()
                try await desk.start()

                let kim = try await Client.agent("kim", at: desk)
                let listed = try await kim.ask(["type": "inquiries"], for: "inquiries")
                #expect(listed["inquiries"][0]["inquiry"].text == id && listed["total"] == 1)
                let card = try await kim.ask(["type": "take"], for: "inquiry")
                #expect(card["email"] == "a@example.com" && card["state"] == "taken")
                // The chat before it stands above it.
                #expect(try await kim.hear(from: "customer")["text"] == "먼저 여쭤볼게요")
                #expect(try await kim.hear(from: "customer")["text"] == "환불은 언제 되나요?")
                try await kim.ask(
                    ["type": "answer", "inquiry": .string(id), "id": "k-1", "text": "사흘 안에요."], for: "ack")
                try await desk.kill()
                try await desk.start()

                let later = try await Client.customer("later", at: desk).client
                #expect(
                    try await later.refusal(of: ["type": "inquiry", "receipt": "0000-0000-0000"]) == "unknown_inquiry")
                let read = try await later.ask(["type": "inquiry", "receipt": .string(receipt)], for: "inquiry")
                #expect(read["state"] == "answered" && read["email"] == .null)
                #expect(try await later.hear(from: "agent")["text"] == "사흘 안에요.")
                let back = try await Client.agent("kim", at: desk)
                try await later.ask(
                    ["type": "reply", "receipt": .string(receipt), "id": "r-1", "text": "고맙습니다"], for: "ack")
                let reopened = try await back.next("inquiry") { $0["state"] == "reopened" }
                #expect(reopened["agent"] == "kim")
                try await back.ask(["type": "close", "inquiry": .string(id), "resolved": true], for: "ok")

                let shown = try await desk.transcript("show", receipt).output
                let order = [
                    "먼저 여쭤볼게요", "ended by customer: inquired", "환불은 언제", "taken by kim", "사흘 안에요", "고맙습니다",
                    "closed by kim: resolved",
                ]
                let places = order.compactMap { shown.range(of: $0)?.lowerBound }
                #expect(places.count == order.count && places == places.sorted(), "\(shown)")
                let row = try await desk.transcript("list", "--json").output
                #expect(row.contains(#""inquiry":"closed""#))
                let metrics = try await desk.get("/metrics").body
                #expect(metrics.contains(#"sangdam_inquiries_total{queue="payment",result="answered"} 1"#))
                #expect(metrics.contains(#"sangdam_inquiries_open{queue="payment"} 0"#))
            }
        }

        @Test(
            "What is no inquiry is refused by the name of what is wrong",
            arguments: [
                (#""topic":"payment","text":"x","email":"a@example.com\r\nBcc: b@example.com""#, "bad_field email"),
                (
                    #""topic":"payment","text":"x","email":"\#(String(repeating: "a", count: 400))@example.com""#,
                    "bad_field email"
                ),
                (#""topic":"payment","text":"x","email":"a@localhost""#, "bad_field email"),
                (#""topic":"payment","text":"x","email":5"#, "bad_field email"),
                (#""topic":"payment","text":" ""#, "empty text"),
                (#""topic":"payment""#, "bad_field text"),
                (#""topic":"none","text":"x""#, "unknown_topic topic"),
                (#""topic":"payment","text":"\#(String(repeating: "x", count: 8001))""#, "too_long text"),
            ])
        func refused(_ fields: String, _ answer: String) async throws {
            try await withDesk { desk in
                let customer = try await Client.customer("c", at: desk).client
                customer.sendRaw(Array("{\"type\":\"inquire\",\(fields)}".utf8))
                let error = try await customer.next("error")
                #expect("\(error["code"].text) \(error["field"].text)" == answer)
            }
        }
    }
}
