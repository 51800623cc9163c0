// A topic that asks, in every mode: what must be answered is, and it reaches the agent and the transcript, also over a
// restart.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct IntakeTests {
        /// A desk whose first topic asks three things.
        private func withAskingDesk(_ body: (Desk) async throws -> Void) async throws {
            try await withDesk(starts: false) { desk in
                let plain = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
                let asking = plain.replacing(
                    "id: payment, labels: {ko: 결제, en: Payment}, queue: payment}",
                    with: """
                        id: payment, labels: {ko: 결제, en: Payment}, queue: payment, intake: [
                            {id: when, required: true, kind: date},
                            {id: card, labels: {ko: 어떤 카드인가요?, en: Which card?}, required: true, kind: choice,
                             choices: [{id: credit, labels: {ko: 신용카드, en: Credit card}},
                                       {id: debit, labels: {ko: 체크카드, en: Debit card}}]},
                            {id: sum, labels: {ko: 얼마인가요?, en: How much?}, kind: amount}]}
                        """)
                #expect(asking != plain)
                try asking.write(toFile: desk.configurationFile, atomically: true, encoding: .utf8)
                try await desk.start()
                try await body(desk)
            }
        }

        @Test("A program is told what is asked and what is missing", arguments: [Client.Mode.lines, .webSocket])
        func programs(_ mode: Client.Mode) async throws {
            try await withAskingDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                let customer = try await Client("customer", to: desk, over: mode)
                try await customer.ask(["type": "hello", "role": "customer", "lang": "en"], for: "welcome")
                let topics = try await customer.ask(["type": "topics"], for: "topics")["topics"]
                #expect(
                    topics[0]["intake"] == [
                        ["id": "when", "label": "When did it happen?", "required": true, "kind": "date"],
                        [
                            "id": "card", "label": "Which card?", "required": true, "kind": "choice",
                            "choices": [
                                ["id": "credit", "label": "Credit card"], ["id": "debit", "label": "Debit card"],
                            ],
                        ],
                        ["id": "sum", "label": "How much?", "required": false, "kind": "amount"],
                    ])
                #expect(topics[1]["intake"] == .null)
                let refusal = try await customer.ask(["type": "enter", "topic": "payment"], for: "error")
                #expect(refusal["code"] == "intake_required" && refusal["missing"] == ["when", "card"])
                let bad = try await customer.ask(
                    ["type": "enter", "topic": "payment", "intake": ["when": "2026-02-30", "card": "credit"]],
                    for: "error")
                #expect(bad["code"] == "bad_field" && bad["field"] == "when")
                try await customer.ask(
                    ["type": "enter", "topic": "payment", "intake": ["card": "credit", "when": "어제", "mood": "bad"]],
                    for: "queued")
                #expect(try await kim.next("offer")["intake"] == ["when": "어제", "card": "credit"])
            }
        }

        @Test("By hand the required questions come before the queue; the answers outlive a crash")
        func byHand() async throws {
            try await withAskingDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    try await customer.expect("언제 있었던 일인가요?")
                    customer.type("")
                    try await customer.expect("꼭 답해 주셔야 해요")
                    #expect(try desk.journal().allSatisfy { $0["type"] != "opened" })
                    customer.type("어제 저녁")
                    try await customer.expect("1) 신용카드")
                    customer.type("2")
                    try await customer.expect("바로 다음 차례예요")
                    try await customer.expect("얼마인가요?")
                    let offer = try await kim.next("offer")
                    #expect(offer["intake"] == ["when": "어제 저녁", "card": "debit"])
                    customer.type("3만 원")
                    try await customer.expect("덧붙일 말은")
                    #expect(
                        try await kim.next("offer")["intake"] == ["when": "어제 저녁", "card": "debit", "sum": "3만 원"])
                    kim.send(["type": "accept", "offer": offer["offer"]])
                    try await customer.expect("kim 님과 연결됐어요")
                    try await desk.kill()
                }
                try await desk.start()
                let back = try await Client.agent("kim", at: desk)
                #expect(
                    try await back.next("started")["intake"] == ["when": "어제 저녁", "card": "debit", "sum": "3만 원"])
                let chat = try #require(desk.journal().first { $0["type"] == "opened" })["chat"].text
                let shown = try await desk.transcript("show", chat).output
                for line in ["when: 어제 저녁", "card: debit", "sum: 3만 원"] { #expect(shown.contains(line), "\(shown)") }
            }
        }
    }
}
