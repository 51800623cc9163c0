// A night by hand, with people's own programs: closed, a question left, answered, read by its receipt, and asked on.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct InquiriesByHand {
        /// The queue `payment` is never open, and offers an inquiry then.
        private func configure(_ desk: Desk) throws {
            let hours = "hours:\n  never: {weekly: [Mon-Sun 00:00-24:00], holidays: [days.ics]}\n"
            try desk.configure(limits: [:], more: "time_zone: Asia/Seoul\n" + hours)
            let yaml = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
                .replacingOccurrences(
                    of: "{ko: 결제, en: Payment}}\n  - {id: general",
                    with: "{ko: 결제, en: Payment}, hours: never, closed: inquiry}\n  - {id: general")
            try yaml.write(toFile: desk.configurationFile, atomically: true, encoding: .utf8)
            let days = """
                BEGIN:VCALENDAR
                BEGIN:VEVENT
                DTSTART;VALUE=DATE:20200101
                DTEND;VALUE=DATE:20990101
                SUMMARY:긴 휴일
                END:VEVENT
                END:VCALENDAR

                """
            try days.write(toFile: desk.folder.path + "/days.ics", atomically: true, encoding: .utf8)
        }

        @Test("Closed: an inquiry by hand, an agent's answer, read by its receipt after a crash, and reopened")
        func theNight() async throws {
            try await withDesk(starts: false) { desk in
                try configure(desk)
                try await desk.start()
                let receipt = try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("1. 결제 (지금은 닫혀 있어요")
                    try await customer.expect("글로 남겨 두실 수 있어요")
                    customer.type("1")
                    try await customer.expect("지금은 상담 시간이 아니에요.")
                    try await customer.expect("문의하실 내용을 적어 주세요.")
                    for line in ["환불이 안 들어왔어요.", "", "2번 물었어요 \u{1B}[31m"] { customer.type(line) }
                    customer.type("/나가기")
                    try await customer.expect("아직 보내지 않은 글이 있어요")
                    customer.type("/보내기")
                    try await customer.expect("이메일 주소를 알려 주시겠어요?")
                    customer.type("nobody")
                    try await customer.expect("이메일 주소로 읽을 수 없어요")
                    customer.type("kim@example.com")
                    let line = try await customer.expect("문의를 접수했어요. 접수번호: ")
                    try await customer.expect("답변 예정: 내일 ")
                    customer.type("/나가기")
                    #expect(try await customer.exitStatus() == 0)
                    return String(line.split(separator: " ").last ?? "")
                }
                let diverted = try await desk.metrics().sum("sangdam_newcomers_diverted_total", "queue=\"payment\"")
                #expect(diverted == 1)
                try await desk.kill()
                try await desk.start()

                let kim = try await Client.agent("kim", at: desk)
                let card = try await kim.ask(["type": "take"], for: "inquiry")
                #expect(card["receipt"].text == receipt && card["email"] == "kim@example.com")
                #expect(
                    try await kim.hear(from: "customer")["text"].text == "환불이 안 들어왔어요.\n\n2번 물었어요 \u{1B}[31m")
                try await kim.ask(
                    ["type": "answer", "inquiry": card["inquiry"], "id": "k-1", "text": "사흘 안에요.\n죄송합니다."], for: "ack")

                try await withNcat(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("/문의 0000-0000-0000")
                    try await customer.expect("그런 접수번호의 문의가 없어요")
                    customer.type("/문의 \(receipt.lowercased())")
                    try await customer.expect("문의 \(receipt): 답이 왔어요.")
                    try await customer.expect("나> 환불이 안 들어왔어요.")
                    try await customer.expect("나> 2번 물었어요 <U+001B>[31m")
                    try await customer.expect("상담원 kim> 죄송합니다.")
                    try await customer.expect("더 하실 말씀이 있으면: /답장 \(receipt)")
                    customer.type("/답장 \(receipt)")
                    try await customer.expect("덧붙이실 말을 적어 주세요.")
                    for line in ["아직 안 왔어요", "확인해 주세요", "/보내기"] { customer.type(line) }
                    try await customer.expect("문의에 덧붙였어요.")
                    let reopened = try await kim.next("inquiry") { $0["state"] == "reopened" }
                    #expect(reopened["receipt"].text == receipt)
                    try await kim.next("message") { $0["text"] == "아직 안 왔어요\n확인해 주세요" }
                }
                // By a pipe: the end of the input waits for what was asked.
                try await withNcat(to: desk) { customer in
                    customer.write(Array("/문의 \(receipt)\n".utf8))
                    customer.endInput()
                    let status = try await customer.exitStatus()
                    #expect(status == 0)
                    #expect(customer.output.contains("나> 확인해 주세요\n*** 더 하실 말씀이 있으면"), "\(customer.output)")
                }
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_inquiries_total", "queue=\"payment\",result=\"reopened\"") == 1)
            }
        }

        @Test("Back too late for a chat: the menu comes by itself, and an inquiry takes over what the chat knew")
        func lostChat() async throws {
            try await withDesk(limits: ["waiting_hold_seconds": "1"]) { desk in
                var code = ""
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    code = try await customer.expect("/재접속 ").split(separator: " ").last.map(String.init) ?? ""
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("환불이 안 돼요")
                    try await customer.expect("언제 있었던 일인가요?")
                    // The place gets better, or not: something that the server says by itself.
                    try await customer.cutOff(from: desk) { _ = try await Client.agent("kim", at: desk) }
                }
                try await eventually("the end of the wait") {
                    try desk.journal().contains { $0["reason"] == "customer_lost" }
                }
                try await withNcat(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("/재접속 \(code)")
                    try await customer.expect("연결이 오래 끊겨 있어서 상담이 끝났어요.")
                    try await customer.expect("번호를 입력해 주세요")
                    for line in ["/문의", "이어서 여쭤볼게요", "/보내기", ""] { customer.type(line) }
                    try await customer.expect("문의를 접수했어요. 접수번호: ")
                }
                let kim = try await Client.agent("kim", at: desk)
                let card = try await kim.ask(["type": "take"], for: "inquiry")
                #expect(card["intake"]["what"] == "환불이 안 돼요" && card["topic"] == "payment")
                #expect(card["of"].text == (try desk.journal().first { $0["type"] == "opened" }?["chat"].text))
            }
        }

        @Test("Out of a queue: the place is given up, the answer comes while the customer is still there")
        func outOfAQueue() async throws {
            try await withDesk { desk in
                try await withNcat(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("/lang en")
                    try await customer.expect("Please type a number.")
                    customer.type("1")
                    try await customer.expect("What happened?")
                    customer.type("No refund yet")
                    try await customer.expect("When did it happen?")
                    for line in ["/inquire", "When will it come?", "/send", ""] { customer.type(line) }
                    try await customer.expect("We have your question. Receipt: ")
                    try await customer.expect("An answer is due tomorrow at ")
                    try await customer.expect("Your question was taken instead of the chat you were waiting for.")
                    let kim = try await Client.agent("kim", at: desk)
                    let card = try await kim.ask(["type": "take"], for: "inquiry")
                    #expect(card["intake"]["what"] == "No refund yet" && card["lang"] == "en")
                    try await kim.ask(
                        ["type": "answer", "inquiry": card["inquiry"], "id": "k-1", "text": "Tomorrow."], for: "ack")
                    try await customer.expect("Inquiry \(card["receipt"].text): it was answered.")
                    try await customer.expect("Agent kim> Tomorrow.")
                }
            }
        }
    }
}
