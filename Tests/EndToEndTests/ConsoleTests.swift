// The agents' console in a pipe against a customer by hand: the whole chat of a working day, a hostile customer, a
// server that goes away; and what stands in the transcripts afterwards.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Console {
        @Test("A chat in Korean between s_client and `sangdam agent`, then transcript list, show and verify over it")
        func korean() async throws {
            try await withDesk { desk in
                var chat = ""
                var told = ""
                try await withConsole(of: "kim", at: desk) { console in
                    try await console.expect("kim 님, 로그인되었습니다")
                    try await withOpenSSLClient(to: desk) { customer in
                        try await customer.expect("번호를 입력해 주세요")
                        customer.type("2")
                        try await customer.expect("어떤 일이 있었나요?")
                        customer.type("환불이 두 주째 안 돼요")
                        try await customer.expect("언제 있었던 일인가요?")
                        customer.type("/건너뛰기")
                        try await customer.expect("질문은 건너뛸게요")

                        try await console.expect("── 상담 요청: 환불(refund)")
                        try await console.expect("문의 내용: 환불이 두 주째 안 돼요")
                        console.type("/수락")
                        try await console.expect("고객님과 상담을 시작합니다 (환불(refund))")
                        try await customer.expect("상담원 kim 님과 연결됐어요")
                        console.type("안녕하세요, 확인해 보겠습니다 🙂")
                        try await customer.expect("상담원 kim> 안녕하세요, 확인해 보겠습니다 🙂")
                        customer.type("감사합니다 🙏")
                        try await console.expect("고객> 감사합니다 🙏")
                        console.type("/note 카드사 승인 취소 확인함")
                        try await console.expect("메모(나): 카드사 승인 취소 확인함")
                        console.type("//수락 이라고 쓰면 말이 됩니다")
                        try await customer.expect("상담원 kim> /수락 이라고 쓰면 말이 됩니다")
                        console.type("/end")
                        try await customer.expect("상담원이 상담을 마쳤어요")
                        let receipt = try await customer.expect("접수번호: ")
                        let ended = try await console.expect("■ 상담원이 상담을 종료했습니다")
                        told = String(
                            receipt.split(separator: " ").first { $0.contains("-") && $0.count == 14 } ?? "?")
                        #expect(ended.contains(told), "\(ended) \(receipt)")
                        console.type("/wrapup 환불완료 해결 #카드")
                        try await console.expect("정리가 끝났습니다")
                        customer.type("/평가 5 빨라요")
                        try await customer.expect("평가해 주셔서 고맙습니다")
                        customer.type("/나가기")
                        #expect(try await customer.exitStatus() == 0)
                        #expect(!customer.output.contains("카드사 승인"))
                    }
                    console.endInput()
                    #expect(try await console.exitStatus() == 0)
                    chat = try desk.journal().first { $0["type"] == "opened" }?["chat"].text ?? ""
                }
                try await checkTranscript(of: chat, receipt: told, at: desk)
            }
        }

        private func checkTranscript(of chat: String, receipt: String, at desk: Desk) async throws {
            let list = try await desk.transcript("list")
            #expect(list.status == 0)
            let row = list.output.split(separator: "\n").first { $0.contains(chat) } ?? ""
            for part in [receipt, "payment", "refund", "kim", "agent_ended"] {
                #expect(row.contains(part), "\(list.output)")
            }
            let listed = try await desk.transcript("list", "--json")
            let object = try JSON(parsing: listed.output.split(separator: "\n").last.map { Array($0.utf8) } ?? [])
            #expect(object["chat"].text == chat)
            #expect(object["messages"] == 3)
            #expect(object["receipt"].text == receipt)

            let show = try await desk.transcript("show", chat)
            #expect(show.status == 0)
            for words in [
                "환불이 두 주째 안 돼요", "안녕하세요, 확인해 보겠습니다 🙂", "감사합니다 🙏", "카드사 승인 취소 확인함", "/수락 이라고", "빨라요",
            ] {
                #expect(show.output.contains(words), "\(show.output)")
            }
            #expect(try await desk.transcript("show", receipt.lowercased()) == show)
            let shown = try await desk.transcript("show", chat, "--json")
            let lines = try shown.output.split(separator: "\n").map { try JSON(parsing: $0.utf8) }
            #expect(lines == (try desk.journal().filter { $0["chat"].text == chat }))
            let verify = try await desk.transcript("verify")
            #expect(verify.status == 0, "\(verify.errors)")
            #expect(verify.output.contains("sound"))
            #expect(verify.output.contains(" in 1 segment,"), "\(verify.output)")
            #expect(try await desk.transcript("show", "nosuchchat").status != 0)
        }

        @Test("A customer who sends terminal escapes and direction marks: the agent sees them as text")
        func hostile() async throws {
            try await withDesk { desk in
                try await withConsole(of: "kim", at: desk) { console in
                    try await console.expect("로그인되었습니다")
                    let name = "악\u{1B}[2J\u{202E}당"
                    let (customer, _) = try await Client.customer(name, at: desk)
                    _ = try await customer.enter("general")
                    try await console.expect("── 상담 요청")
                    console.type("/accept")
                    try await customer.next("started")
                    try await customer.say("\u{1B}[31m빨강\u{1B}]0;제목\u{07}\u{9B}2J\u{202E}거꾸로\u{2066}", id: "c-1")
                    try await customer.say("한 줄\n[1] 고객> 가짜 줄\r*** 가짜", id: "c-2")
                    try await customer.say("끝", id: "c-3")
                    try await console.expect("> 끝")
                    #expect(console.output.contains("<U+202E>거꾸로"), "\(console.record)")
                    let bytes = console.state.value.output
                    #expect(!bytes.contains(0x1B) && !bytes.contains(0x07) && !bytes.contains(0x0D))
                    for scalar in ["\u{9B}", "\u{202E}", "\u{2066}"] { #expect(!console.output.contains(scalar)) }
                    // A line of the customer's begins as nobody else's line can.
                    let fake = console.output.split(separator: "\n").first { $0.contains("가짜 줄") } ?? ""
                    #expect(fake.contains("│"), "\(fake)")
                    // The other way round too: what an agent pastes reaches a person's terminal as text.
                    try await withOpenSSLClient(to: desk) { byHand in
                        try await byHand.expect("번호를 입력해 주세요")
                        byHand.type("1")
                        try await byHand.expect("어떤 일이")
                        let lee = try await Client.agent("lee", at: desk)
                        console.type("/break")
                        let chat = try await lee.acceptNext()
                        try await lee.say("\u{1B}[31m빨강\u{202E}끝", id: "l-1", chat: chat)
                        try await byHand.expect("빨강")
                        #expect(!byHand.state.value.output.contains(0x1B))
                        #expect(!byHand.output.contains("\u{202E}"))
                    }
                }
            }
        }

        @Test("The server is killed in the middle and comes back: nothing is lost or doubled on either side")
        func serverRestarts() async throws {
            try await withDesk { desk in
                try await withConsole(of: "kim", at: desk) { console in
                    try await console.expect("로그인되었습니다")
                    let (customer, token) = try await Client.customer("홍길동", at: desk)
                    let chat = try await customer.enter("general")
                    try await console.expect("── 상담 요청")
                    console.type("/수락")
                    try await customer.next("started")
                    let seq = try await customer.say("질문 하나", id: "c-1")
                    try await console.expect("홍길동> 질문 하나")
                    console.type("대답 하나")
                    #expect(try await customer.hear(from: "agent")["text"] == "대답 하나")

                    try await desk.kill()
                    console.type("대답 둘")
                    console.type("대답 셋")
                    try await desk.start(listen: desk.chat)
                    let again = try await Client.resume(token, after: seq + 1, at: desk)
                    try await again.say("질문 둘", id: "c-2")
                    #expect(try await again.hear(from: "agent")["text"] == "대답 둘")
                    #expect(try await again.hear(from: "agent")["text"] == "대답 셋")
                    try await console.expect("홍길동> 질문 둘")
                    console.type("대답 넷")
                    #expect(try await again.hear(from: "agent")["text"] == "대답 넷")
                    console.type("/종료")
                    try await again.next("ended")
                    try await console.expect("■ 상담원이 상담을 종료했습니다")
                    console.type("/정리")
                    try await console.expect("정리가 끝났습니다")
                    console.type("/끝")
                    #expect(try await console.exitStatus() == 0)

                    for words in ["질문 하나", "질문 둘"] { #expect(count("> \(words)", in: console.output) == 1, "\(words)") }
                    for words in ["대답 하나", "대답 둘", "대답 셋", "대답 넷"] {
                        #expect(count("나> \(words)", in: console.output) == 1, "\(words) \(console.record)")
                    }
                    let stored = try desk.journal().filter { $0["type"] == "message" && $0["chat"].text == chat }
                    #expect(Set(stored.map { $0["text"].text }).count == stored.count)
                    #expect(stored.count == 6)
                }
            }
        }

        @Test(
            "A console that cannot begin: wrong password 77, nobody listening 69, another CA 69, each with a sentence")
        func faults() async throws {
            try await withDesk { desk in
                try "falsch falsch\n".write(toFile: desk.passwordFile, atomically: false, encoding: .utf8)
                let wrong = try await run(Sangdam.binary, consoleArguments("kim", desk))
                #expect(wrong.status == 77, "\(wrong.errors)")
                #expect(wrong.errors.contains("로그인할 수 없습니다"))
                let unknownCA = try await run(
                    Sangdam.binary,
                    [
                        "agent", "--plain", "--lang", "ko", "--user", "kim", "--password-file", desk.passwordFile,
                        "--ca-file", "/etc/ssl/certs/ca-certificates.crt", "--connect", desk.chat.text,
                    ])
                #expect(unknownCA.status == 69, "\(unknownCA.errors)")
                try await desk.stop()
                let nobody = try await run(Sangdam.binary, consoleArguments("kim", desk))
                #expect(nobody.status == 69, "\(nobody.errors)")
                #expect(nobody.errors.contains("연결할 수 없습니다"))
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: desk.passwordFile)
                #expect(try await run(Sangdam.binary, consoleArguments("kim", desk)).status == 77)
            }
        }

        // MARK: Running it

        private func count(_ words: String, in text: String) -> Int {
            text.components(separatedBy: words).count - 1
        }
    }
}
