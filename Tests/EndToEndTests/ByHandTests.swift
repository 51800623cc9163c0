// Customers with nothing but openssl or ncat, in Korean and in English: what they see, what they may type, and that no
// letter of theirs is lost on the way.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct ByHand {
        @Test("A chat in Korean with openssl s_client, from the greeting to the rating")
        func korean() async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("*** 안녕하세요, 시험 상담소입니다.")
                    try await customer.expect("For English, type /lang en")
                    try await customer.expect("*** 지금 상담원과 이야기하실 수 있어요.")
                    try await customer.expect("1. 결제")
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("2")
                    try await customer.expect("바로 다음 차례예요")
                    try await customer.expect("/재접속 ")
                    try await customer.expect("어떤 일이 있었나요?")

                    let offer = try await kim.next("offer")
                    #expect(offer["topic"] == "refund")
                    #expect(offer["queue"] == "payment")
                    #expect(offer["lang"] == "ko")
                    // The intake is told while waiting: the agent sees it with the offer, brought up to date.
                    customer.type("환불이 안 돼요")
                    try await customer.expect("언제 있었던 일인가요?")
                    let told = try await kim.next("offer")
                    #expect(told["offer"] == offer["offer"])
                    #expect(told["intake"]["what"] == "환불이 안 돼요")
                    customer.type("/건너뛰기")
                    try await customer.expect("질문은 건너뛸게요")

                    kim.send(["type": "accept", "offer": offer["offer"]])
                    let chat = try await kim.next("started")["chat"].text
                    try await customer.expect("*** 상담원 kim 님과 연결됐어요.")

                    try await kim.say("안녕하세요 고객님 👋", id: "k-1", chat: chat)
                    try await customer.expect("상담원 kim> 안녕하세요 고객님 👋")
                    // Digits are words now; emoji and what begins with a slash arrive as they were meant.
                    for (typed, heard) in [
                        ("1", "1"), ("👨‍👩‍👧‍👦 감사합니다 🙏🏽", "👨‍👩‍👧‍👦 감사합니다 🙏🏽"), ("//도움", "/도움"), ("//x y", "/x y"),
                    ] {
                        customer.type(typed)
                        #expect(try await kim.hear(from: "customer")["text"].text == heard)
                    }
                    let long = String(repeating: "가", count: 1_333) + "!"  // 4,000 bytes
                    customer.type(long)
                    #expect(try await kim.hear(from: "customer")["text"].text == long)
                    try await kim.say(long, id: "k-2", chat: chat)
                    try await customer.expect("상담원 kim> \(long)")

                    customer.type("/나가기")
                    try await customer.expect("*** 상담을 마쳤어요.")
                    let receipt = try await customer.expect("접수번호: ")
                    let ended = try await kim.next("ended")
                    #expect(ended["reason"] == "customer_left")
                    #expect(receipt.contains(ended["receipt"].text))
                    customer.type("/평가 5 친절했어요")
                    try await customer.expect("평가해 주셔서 고맙습니다")
                    customer.type("/나가기")
                    try await customer.expect("안녕히 가세요")
                    #expect(try await customer.exitStatus() == 0)
                    // Nothing that the customer typed was echoed, and nothing but words came.
                    #expect(!customer.output.contains("친절했어요\n"))
                    #expect(!customer.output.contains("\u{1B}"))
                    #expect(!customer.output.contains("\r"))
                }
                let rated = try desk.journal().filter { $0["type"] == "rated" }
                #expect(rated.map { $0["score"] } == [5])
                #expect(rated.map { $0["comment"] } == ["친절했어요"])
            }
        }

        @Test("A chat in English with ncat, with CRLF as some terminals send it")
        func english() async throws {
            try await withDesk { desk in
                let lee = try await Client.agent("lee", at: desk)
                try await withNcat(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.write(Array("/lang en\r\n".utf8))
                    try await customer.expect("*** We will speak English from now on.")
                    try await customer.expect("3. Something else (available now)")
                    try await customer.expect("Please type a number.")
                    customer.write(Array("3\r\n".utf8))
                    try await customer.expect("You are next.")
                    try await customer.expect("What happened?")
                    customer.write(Array("/skip\r\n".utf8))
                    try await customer.expect("no more questions")
                    let offer = try await lee.next("offer")
                    #expect(offer["lang"] == "en")
                    lee.send(["type": "accept", "offer": offer["offer"]])
                    let chat = try await lee.next("started")["chat"].text
                    try await customer.expect("You are now chatting with agent lee.")
                    customer.write(Array("Hello there\r\n".utf8))
                    #expect(try await lee.hear(from: "customer")["text"] == "Hello there")
                    try await lee.say("What can I do for you?", id: "l-1", chat: chat)
                    try await customer.expect("Agent lee> What can I do for you?")
                    customer.type("/queue")
                    try await customer.expect("You are chatting with agent lee.")
                    customer.type("/transcript")
                    try await customer.expect("Me> Hello there")
                    try await customer.expect("Agent lee> What can I do for you?")
                    try await customer.expect("End of the transcript")
                    lee.send(["type": "end", "chat": .string(chat)])
                    try await customer.expect("Your agent has ended the chat.")
                    try await customer.expect("Receipt: ")
                    // Ctrl-D.
                    customer.endInput()
                    #expect(try await customer.exitStatus() == 0)
                }
            }
        }

        @Test("Lines that begin with Q, R, k and K survive the recommended clients", arguments: ["openssl", "ncat"])
        func firstLetters(program: String) async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                let talk: (ChildProcess) async throws -> Void = { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("/건너뛰기")
                    try await kim.acceptNext()
                    try await customer.expect("연결됐어요")
                    for words in ["Quit?", "Q", "R", "Really", "k", "K", "kay", "B"] {
                        customer.type(words)
                        #expect(try await kim.hear(from: "customer")["text"].text == words)
                    }
                }
                if program == "openssl" {
                    try await withOpenSSLClient(to: desk, talk)
                } else {
                    try await withNcat(to: desk, talk)
                }
            }
        }

        @Test("Input from a pipe, all at once and then over, is a whole visit: nothing is dropped")
        func piped() async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk, autoAccept: true)
                try await withNcat(to: desk) { customer in
                    customer.write(Array("1\n/건너뛰기\n첫째 줄\n둘째 줄\n".utf8))
                    let heard = [try await kim.hear(from: "customer"), try await kim.hear(from: "customer")]
                    #expect(heard.map { $0["text"] } == ["첫째 줄", "둘째 줄"])
                    customer.endInput()
                    #expect(try await kim.next("ended")["reason"] == "customer_left")
                }
                // Without anybody at the other end, and gone before anything was answered.
                let result = try await run(
                    "openssl",
                    [
                        "s_client", "-brief", "-nocommands", "-CAfile", desk.certificates.ca, "-connect",
                        desk.chat.text,
                    ], input: "/도움\n")
                #expect(result.status == 0)
            }
        }

        @Test("Too long a line and broken UTF-8 are refused aloud, whole, and the session lives on")
        func badLines() async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("/건너뛰기")
                    let chat = try await kim.acceptNext()
                    try await customer.expect("연결됐어요")
                    customer.type(String(repeating: "x", count: 4_097))
                    try await customer.expect("너무 길어서 전하지 못했어요")
                    // Fits the line but not a message: 4,000 bytes are a text's limit.
                    customer.type(String(repeating: "y", count: 4_001))
                    try await customer.expect("너무 길어서 전하지 못했어요")
                    customer.write([0xEC, 0x95, UInt8(ascii: "\n")])
                    try await customer.expect("UTF-8이 아닌 글자가 있어")
                    customer.write([0xC0, 0xAF, UInt8(ascii: "\n"), 0xED, 0xA0, 0x80, UInt8(ascii: "\n")])
                    try await customer.expect("UTF-8이 아닌 글자가 있어")
                    try await customer.expect("UTF-8이 아닌 글자가 있어")
                    customer.type("/없는명령")
                    try await customer.expect("모르는 명령이에요")
                    customer.type("무사합니다")
                    let heard = try await kim.hear(from: "customer")
                    #expect(heard["text"] == "무사합니다")
                    #expect(heard["chat"].text == chat)
                }
                let words = try desk.journal().filter { $0["type"] == "message" }.map { $0["text"] }
                #expect(words == ["무사합니다"])
            }
        }

        @Test("With nobody on duty the customer hears it, waits, and is told when an agent comes")
        func nobodyOnDuty() async throws {
            try await withDesk { desk in
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("지금은 자리에 있는 상담원이 없어요")
                    try await customer.expect("1588-0000")
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("99")
                    try await customer.expect("1부터 4까지")
                    customer.type("3번")
                    try await customer.expect("지금은 상담원이 자리에 없어서")
                    let kim = try await Client.agent("kim", at: desk)
                    try await customer.expect("1분 안에 연결될 것 같아요")
                    try await kim.acceptNext()
                    try await customer.expect("상담원 kim 님과 연결됐어요")
                }
            }
        }

        @Test("A lost connection, then /재접속 with the code that was shown: the chat goes on with every word")
        func resume() async throws {
            try await withDesk { desk in
                let kim = try await Client.agent("kim", at: desk)
                var code = ""
                var chat = ""
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    let line = try await customer.expect("/재접속 ")
                    code = line.split(separator: " ").last.map(String.init) ?? ""
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("/건너뛰기")
                    chat = try await kim.acceptNext()
                    try await customer.expect("연결됐어요")
                    customer.type("먼저 한 말")
                    try await kim.hear(from: "customer")
                    let chat = chat
                    try await customer.cutOff(from: desk) {
                        try await kim.say("그동안 한 말", id: "k-1", chat: chat)
                    }
                }
                try await kim.next("party") { $0["state"] == "away" }
                try await kim.say("나중에 한 말", id: "k-2", chat: chat)
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("/재접속 \(code)")
                    try await customer.expect("다시 오")
                    try await customer.expect("나> 먼저 한 말")
                    try await customer.expect("상담원 kim> 그동안 한 말")
                    try await customer.expect("상담원 kim> 나중에 한 말")
                    try await kim.next("party") { $0["state"] == "back" }
                    customer.type("다시 왔어요")
                    #expect(try await kim.hear(from: "customer")["text"] == "다시 왔어요")
                    customer.type("/재접속 \(code)")
                    try await customer.expect("이미 상담 중이거나")
                }
                try await withNcat(to: desk) { stranger in
                    try await stranger.expect("번호를 입력해 주세요")
                    stranger.type("/재접속 아무거나")
                    try await stranger.expect("재접속 코드가 맞지 않거나")
                    stranger.type("1")
                    try await stranger.expect("어떤 일이 있었나요?")
                }
            }
        }
    }
}
