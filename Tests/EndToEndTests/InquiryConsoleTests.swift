// An inquiry between a customer by hand and an agent at the console: the news of it, the chat before it, an answer in
// several lines over a crash, the customer's reply, the end.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct InquiriesAtTheConsole {
        @Test("Left out of a queue, taken with the chat before it, answered over a crash, reopened, finished")
        func course() async throws {
            try await withDesk { desk in
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("/건너뛰기")
                    customer.type("아무도 없나요")
                    try await withConsole(of: "kim", at: desk) { console in
                        try await console.expect("kim 님, 로그인되었습니다")
                        console.type("/휴식")
                        try await console.expect("상태: 휴식")
                        for line in ["/문의", "환불이 안 돼요 \u{1B}[2J", "두 번째 줄", "/보내기", ""] { customer.type(line) }
                        let receipt = String(
                            try await customer.expect("접수했어요. 접수번호: ").split(separator: " ").last ?? "?")
                        try await console.expect("[?1] ── 새 문의: 결제(payment) · 기한 ")
                        console.type("/문의함 payment 접수")
                        try await console.expect(" [?1] 결제(payment) · ko · 접수 · 기한 ")
                        console.type("/맡기 1")
                        try await console.expect("[?1] ▶ 현재 문의 \(receipt)")
                        try await console.expect("[?1] ── 이전 상담 ──")
                        try await console.expect("[?1] 고객> 아무도 없나요")
                        try await console.expect("[?1] ── 문의 ──")
                        try await console.expect("[?1] 고객> 환불이 안 돼요 <U+001B>[2J")
                        try await console.expect("[?1]    │ 두 번째 줄")

                        // Typed while the server is away, saved by the next.
                        let port = desk.chat
                        try await desk.kill()
                        try await eventually("the console's loss") { console.errors.contains("연결이 끊어졌습니다") }
                        console.type("/답변")
                        for line in ["안녕하세요.", "사흘 안에요.", "/보내기"] { console.type(line) }
                        try await desk.start(listen: port)
                        try await console.expect("다시 연결되었습니다", within: 60)
                        try await console.expect("[?1] 나> 안녕하세요.", within: 30)
                        try await console.expect("[?1] ✓ 답변했습니다.")

                        try await withNcat(to: desk) { later in
                            try await later.expect("번호를 입력해 주세요")
                            later.type("/문의 \(receipt)")
                            try await later.expect("상담원 kim> 사흘 안에요.")
                            later.type("/답장 \(receipt) 아직인데요")
                            try await later.expect("문의에 덧붙였어요.")
                            try await console.expect("[?1] ── 고객이 덧붙였습니다")
                            try await console.expect("[?1] 고객> 아직인데요")
                            console.type("/마무리 환불완료 해결 #카드")
                            try await console.expect("[?1] 마무리했습니다.")
                            later.type("/문의 \(receipt)")
                            try await later.expect("문의 \(receipt): 마무리됐어요.")
                        }
                        #expect(!console.state.value.output.contains(0x1B))
                        console.endInput()
                        #expect(try await console.exitStatus() == 0)
                    }
                }
                let closed = try desk.journal().filter { $0["type"] == "inquiry_closed" }
                #expect(closed.map { $0["disposition"] } == ["환불완료"] && closed.map { $0["resolved"] } == [true])
                let answers = try desk.journal().filter { $0["from"] == "agent" }.map { $0["text"] }
                #expect(answers == ["안녕하세요.\n사흘 안에요."])
            }
        }
    }
}
