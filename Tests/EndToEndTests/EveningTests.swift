// An evening and the next morning at a desk with opening hours, by the server's own clock, with people's own programs:
// who talks goes on talking, who waits is told, who comes is told what there is instead, and at nine it is open again.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Evening {
        @Test(
            "Closing at six and opening at nine, by hand: agents there, agents gone, a question answered, an override")
        func byHand() async throws {
            try await withDesk(starts: false) { desk in
                try configure(desk)
                // Long enough before six for a chat and somebody who waits.
                let six = seoul(hour: 18)
                try await desk.start(under: ShiftedClock.showing(six - 25))
                let kim = try await Client.agent("kim", at: desk)
                try await kim.ask(["type": "status", "capacity": 1], for: "status")

                try await withOpenSSLClient(to: desk) { talking in
                    talking.type("1")
                    try await talking.expect("‘환불’ 문의를 접수했어요.")
                    let chat = try await kim.acceptNext()
                    try await talking.expect("상담원 kim 님과 연결됐어요")
                    try await withOpenSSLClient(to: desk) { waiting in
                        try await waiting.expect("1. 환불")
                        waiting.type("1")
                        try await waiting.expect("어떤 일이 있었나요?")
                        waiting.type("/건너뛰기")

                        // Six o'clock, and the agent is there.
                        try await waiting.expect(
                            "상담 시간이 끝났지만 기다리시던 순서는 그대로예요. 상담원이 있는 동안 차례로 연결해 드려요. 내일 오전 9시에 열려요.",
                            within: 60)
                        try await waiting.expect("전화 · 고객센터: 1588-0000 (평일 9–18시) · 운영 시간 아님")
                        talking.type("아직 계신가요?")
                        #expect(try await kim.hear(from: "customer")["text"] == "아직 계신가요?")
                        try await kim.say("네, 있어요", id: "k-1", chat: chat)
                        try await talking.expect("상담원 kim> 네, 있어요")
                        #expect(!talking.output.contains("상담 시간이 끝났"))

                        try await newcomerAfterSix(desk)

                        // The agent goes on with who waited, and then home.
                        kim.send(["type": "end", "chat": .string(chat)])
                        try await kim.next("ended")
                        kim.send(["type": "wrapup", "chat": .string(chat)])
                        let second = try await kim.acceptNext()
                        try await waiting.expect("상담원 kim 님과 연결됐어요")
                        waiting.type("/나가기")
                        try await kim.next("ended") { $0["chat"].text == second }
                    }
                }
                try await kim.ask(["type": "status", "status": "offline"], for: "status")
                try await overridden(desk, by: kim)
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_queue_open", "queue=\"payment\"") == 0)
                #expect(metrics.sum("sangdam_queue_open", "queue=\"urgent\"") == 1)
                #expect(metrics.sum("sangdam_newcomers_diverted_total", "queue=\"payment\"") == 1)
                try await desk.stop()

                try await desk.start(under: ShiftedClock.showing(seoul(hour: 9, daysLater: 1) - 8))
                try await morning(desk)
            }
        }

        /// A newcomer looks for an answer, finds it, and needs nobody; another does not and is told where to turn.
        private func newcomerAfterSix(_ desk: Desk) async throws {
            try await withOpenSSLClient(to: desk) { newcomer in
                try await newcomer.expect("1. 환불 (지금은 닫혀 있어요. 내일 오전 9시에 열려요)")
                try await newcomer.expect("2. 도용 신고 (상담원 없음)")
                newcomer.type("/질문 환불 언제 되나요")
                try await newcomer.expect("1. 환불은 언제 되나요?")
                newcomer.type("1")
                try await newcomer.expect("3일 안에 됩니다.")
                try await newcomer.expect("도움이 됐나요?")
                newcomer.type("/해결")
                try await newcomer.expect("해결됐다니 다행이에요.")
                newcomer.endInput()
                #expect(try await newcomer.exitStatus() == 0)
            }
            try await withOpenSSLClient(to: desk) { newcomer in
                newcomer.type("/질문 강아지가 아파요")
                try await newcomer.expect("비슷한 질문을 찾지 못했어요.")
                newcomer.type("/메뉴")
                newcomer.type("1")
                try await newcomer.expect("지금은 상담 시간이 아니에요. 내일 오전 9시에 열려요.")
                try await newcomer.expect("전화 · 고객센터: 1588-0000 (평일 9–18시) · 운영 시간 아님")
                newcomer.type("2")
                try await newcomer.expect("‘도용 신고’ 문의를 접수했어요.")
                newcomer.type("/나가기")
            }
        }

        /// Somebody opens the queue for the evening: until the clock does so itself.
        private func overridden(_ desk: Desk, by kim: Client) async throws {
            let order = ["override", "payment", "open", "--config", desk.configurationFile, "--data", desk.data]
            let opened = try await run(Sangdam.binary, order)
            #expect(opened.status == 0, "\(opened)")
            try await kim.ask(["type": "status", "status": "available"], for: "status")
            try await withOpenSSLClient(to: desk) { newcomer in
                try await newcomer.expect("1. 환불 (바로 상담 가능)")
                newcomer.type("1")
                let chat = try await kim.acceptNext()
                try await newcomer.expect("상담원 kim 님과 연결됐어요")
                kim.send(["type": "end", "chat": .string(chat)])
                try await newcomer.expect("상담원이 상담을 마쳤어요.")
            }
            // The agent goes home while somebody waits, and the queue keeps its hours again.
            try await kim.ask(["type": "status", "status": "offline"], for: "status")
            try await withOpenSSLClient(to: desk) { waiting in
                try await waiting.expect("1. 환불 (상담원 없음)")
                waiting.type("1")
                try await waiting.expect("‘환불’ 문의를 접수했어요.")
                let byClock = try await run(Sangdam.binary, order.map { $0 == "open" ? "auto" : $0 })
                #expect(byClock.status == 0, "\(byClock)")
                try await waiting.expect("지금은 상담 시간이 아니에요. 순서는 그대로 지켜 드리고, 상담원이 오는 대로 차례로 연결해 드려요.")
                waiting.type("/나가기")
                try await waiting.expect("대기를 취소했어요.")
            }
            let closed = try await run(Sangdam.binary, order.map { $0 == "open" ? "closed" : $0 })
            #expect(closed.status == 0, "\(closed)")
        }

        /// The override outlasts the restart and ends with the night: at nine the clock opens the queue.
        private func morning(_ desk: Desk) async throws {
            let (watching, _) = try await Client.customer(at: desk)
            let before = try await watching.ask(["type": "topics"], for: "topics")["topics"].items[0]
            #expect(before["state"] == "closed")
            #expect(before["offers"] == ["inquiry"])
            #expect(before["words"] == "오늘 오전 9시에 열려요")
            try await eventually(within: 60, "nine o'clock") {
                try await desk.metrics().sum("sangdam_queue_open", "queue=\"payment\"") == 1
            }
            let after = try await watching.ask(["type": "topics"], for: "topics")["topics"].items[0]
            #expect(after["state"] == "unstaffed")
            let kim = try await Client.agent("kim", at: desk)
            try await withOpenSSLClient(to: desk) { customer in
                try await customer.expect("1. 환불 (바로 상담 가능)")
                customer.type("1")
                _ = try await kim.acceptNext()
                try await customer.expect("상담원 kim 님과 연결됐어요")
            }
        }

        private func configure(_ desk: Desk) throws {
            try """
            time_zone: Asia/Seoul
            hours:
              office: {weekly: [Mon-Fri 09:00-18:00]}
            name: {ko: 시험 상담소, en: Test desk}
            topics:
              - {id: refund, labels: {ko: 환불, en: Refund}, queue: payment, contact: centre}
              - {id: fraud, labels: {ko: 도용 신고, en: Report fraud}, queue: urgent}
            queues:
              - {id: payment, labels: {ko: 결제, en: Payment}, hours: office, closed: inquiry}
              - {id: urgent, labels: {ko: 긴급, en: Urgent}, priority: 10, specialists: true}
            contacts:
              - {id: centre, labels: {ko: 고객센터, en: Customer centre}, phone: 1588-0000, open: office,
                 hours: {ko: 평일 9–18시, en: Weekdays}}
            faq: faq.yaml
            """.write(toFile: desk.configurationFile, atomically: true, encoding: .utf8)
            try """
            - id: refund-when
              question: {ko: 환불은 언제 되나요?, en: When do I get my refund?}
              answer: {ko: 3일 안에 됩니다., en: Within three days.}
            """.write(toFile: desk.folder.path + "/faq.yaml", atomically: true, encoding: .utf8)
        }

        /// An hour in Seoul of the next day from Monday to Thursday.
        private func seoul(hour: Double, daysLater: Double = 0) -> Date {
            let day = 86_400.0
            let offset = 9 * 3600.0
            var midnight = ((Date().timeIntervalSince1970 + offset) / day).rounded(.down) + 1
            // 1970-01-01 was a Thursday.
            while Int(midnight + 3) % 7 > 3 { midnight += 1 }
            return Date(timeIntervalSince1970: (midnight + daysLater) * day - offset + hour * 3600)
        }
    }
}
