// Frequent questions with the real binary: in every mode, before and while waiting, over a reload.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct FrequentQuestions {
        private static let questions = """
            - id: refund-when
              topics: [refund]
              question: {ko: 환불은 언제 되나요?, en: When will my refund arrive?}
              answer: {ko: 사흘 안에 돌아와요., en: Within three days.}
            - id: hours
              question: {ko: 상담 시간은 언제인가요?}
              answer: {ko: 스물네 시간이에요.}

            """

        private func begin(_ desk: Desk, questions: String = questions) throws {
            try questions.write(toFile: desk.folder.path + "/faq.yaml", atomically: true, encoding: .utf8)
            try desk.configure(limits: [:], more: "faq: faq.yaml")
        }

        private func reload(_ desk: Desk, until words: String) async throws {
            let before = desk.log.components(separatedBy: words).count
            try desk.process.signal(SIGHUP)
            try await eventually("the reload is logged") { desk.log.components(separatedBy: words).count > before }
        }

        @Test("JSON lines and WebSocket: found in the asker's language, by topic, or not; agents ask in another one")
        func programs() async throws {
            try await withDesk { desk in
                try begin(desk)
                try await reload(desk, until: "reloaded")
                for mode in [Client.Mode.lines, .webSocket] {
                    let (customer, _) = try await Client.customer(at: desk, over: mode)
                    let found = try await customer.ask(["type": "faq", "q": "환불 언제 돼요"], for: "faq")
                    #expect(found["results"][0]["id"] == "refund-when")
                    #expect(found["results"][0]["question"] == "환불은 언제 되나요?")
                    #expect(found["results"][0]["answer"] == "사흘 안에 돌아와요.")
                    let none = try await customer.ask(["type": "faq", "q": "강아지가 아파요"], for: "faq")
                    #expect(none["results"][0] == .null)
                    let other = try await customer.ask(["type": "faq", "q": "환불", "topic": "payment"], for: "faq")
                    #expect(other["results"][0] == .null)
                    #expect(try await customer.refusal(of: ["type": "faq"]) == "bad_field")
                    // While waiting, too; and whoever then goes is no abandonment.
                    _ = try await customer.enter("general")
                    try await customer.ask(["type": "faq", "q": "환불"], for: "faq")
                    try await customer.ask(["type": "faq_helped", "id": "refund-when", "helped": true], for: "ok")
                    try await customer.ask(["type": "leave"], for: "ended")
                }
                let agent = try await Client.agent("kim", at: desk)
                let english = try await agent.ask(["type": "faq", "q": "환불", "lang": "en"], for: "faq")
                #expect(english["results"][0]["answer"] == "Within three days.")
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_faq_searches_total", "result=\"found\"") == 5)
                #expect(metrics.sum("sangdam_faq_searches_total", "result=\"none\"") == 4)
                #expect(metrics.sum("sangdam_faq_helped_total", "helped=\"true\"") == 2)
                #expect(metrics.sum("sangdam_chats_abandoned_total") == 0)
                #expect(metrics.sum("sangdam_chats_ended_total") == 2)
                // Nor is it one after a restart, which counts the journal's lines.
                try await desk.stop()
                try await desk.start()
                #expect(try await desk.metrics().sum("sangdam_chats_abandoned_total") == 0)
                #expect(try await desk.metrics().sum("sangdam_chats_ended_total") == 2)
            }
        }

        @Test("By hand: suggested while waiting, read by a number, enough")
        func byHand() async throws {
            try await withDesk { desk in
                try begin(desk)
                try await reload(desk, until: "reloaded")
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("/질문 궁금한 점")
                    customer.type("/질문 상담 시간")
                    try await customer.expect("1. 상담 시간은 언제인가요?")
                    customer.type("1")
                    try await customer.expect("스물네 시간이에요.")
                    customer.type("/미해결")
                    try await customer.expect("2. 환불")
                    customer.type("2")
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("환불이 언제 되는지 궁금해요")
                    try await customer.expect("혹시 이런 내용인가요?")
                    try await customer.expect("1. 환불은 언제 되나요?")
                    customer.type("/질문 1")
                    try await customer.expect("사흘 안에 돌아와요.")
                    customer.type("/해결")
                    try await customer.expect("해결됐다니 다행이에요.")
                    try await customer.expect("대기를 취소했어요.")
                }
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_faq_helped_total", "helped=\"true\"") == 1)
                #expect(metrics.sum("sangdam_faq_helped_total", "helped=\"false\"") == 1)
                #expect(metrics.sum("sangdam_chats_abandoned_total") == 0)
            }
        }

        @Test(
            "SIGHUP: other questions are found at once, and a broken file changes nothing and is logged with its line")
        func reloaded() async throws {
            try await withDesk { desk in
                try begin(desk)
                try await reload(desk, until: "certificate reloaded")
                let (customer, _) = try await Client.customer(at: desk)
                try begin(desk, questions: Self.questions.replacing("사흘", with: "나흘"))
                try await reload(desk, until: "certificate reloaded")
                let found = try await customer.ask(["type": "faq", "q": "환불"], for: "faq")
                #expect(found["results"][0]["answer"] == "나흘 안에 돌아와요.")
                try begin(desk, questions: Self.questions + "- {id: hours, question: {ko: 가}, answer: {ko: 나}}\n")
                try await reload(desk, until: "not reloaded")
                #expect(desk.log.contains("faq.yaml:8: the question `hours` stands twice"), "\(desk.log)")
                let again = try await customer.ask(["type": "faq", "q": "환불"], for: "faq")
                #expect(again["results"][0]["answer"] == "나흘 안에 돌아와요.")
            }
        }
    }
}
