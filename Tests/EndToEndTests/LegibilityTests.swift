// Words with nothing to see, and characters that nobody sees, in every mode that people write and read in.

import Testing

extension EndToEnd {
    @Suite struct Legibility {
        private static let nothing = [" ", "\u{3000}", "\u{200B}\u{FEFF}", "\u{301}", "\u{2800}", "\u{3164}", "\u{AD}"]

        @Test(
            "Nothing is not a message: refused, not stored, and the session lives",
            arguments: [Client.Mode.lines, .webSocket])
        func programs(_ mode: Client.Mode) async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk, over: mode)
                for (number, text) in Self.nothing.enumerated() {
                    let id = JSON.string("c-\(number)")
                    let refusal = try await pair.customer.ask(
                        ["type": "say", "id": id, "text": .string(text)], for: "error")
                    #expect(refusal["code"] == "empty" && refusal["id"] == id && refusal["field"] == "text")
                    for message: JSON in [
                        ["type": "say", "chat": .string(pair.chat), "id": "a", "text": .string(text)],
                        ["type": "note", "chat": .string(pair.chat), "text": .string(text)],
                    ] {
                        #expect(try await pair.agent.refusal(of: message) == "empty")
                    }
                    #expect(
                        try await pair.customer.refusal(of: ["type": "intake", "intake": ["goal": .string(text)]])
                            == "empty")
                }
                try await pair.customer.say("보여요", id: "c-0")
                let stored = try desk.journal().filter { ["message", "note", "intake"].contains($0["type"].text) }
                #expect(stored.map(\.["text"]) == ["보여요"])
                let other = try await Client("other", to: desk, over: mode)
                #expect(
                    try await other.refusal(of: ["type": "hello", "role": "customer", "name": "\u{200B}"]) == "empty")
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_refusals_total", #"code="empty""#) == Double(4 * Self.nothing.count + 1))
            }
        }

        @Test("By hand blanks are told to be nothing, Enter alone is what it was, and what hides is marked")
        func byHand() async throws {
            try await withDesk { desk in
                let agent = try await Client.agent(at: desk)
                try await withOpenSSLClient(to: desk) { customer in
                    try await customer.expect("번호를 입력해 주세요")
                    customer.type("1")
                    try await customer.expect("어떤 일이 있었나요?")
                    customer.type("\u{200B}")
                    try await customer.expect("보이는 글자가 없어서 전하지 못했어요")
                    customer.type("")
                    try await customer.expect("언제 있었던 일인가요?")
                    customer.type("/건너뛰기")
                    try await customer.expect("질문은 건너뛸게요")
                    let chat = try await agent.acceptNext()
                    try await customer.expect("상담원 kim 님과 연결됐어요")
                    customer.type("")
                    customer.type("\u{3000} ")
                    try await customer.expect("보이는 글자가 없어서 전하지 못했어요")
                    customer.type("김\u{202E}민지 👩\u{200D}👧 שלום")
                    // A program gets what was said; people read it marked.
                    #expect(try await agent.hear(from: "customer")["text"] == "김\u{202E}민지 👩\u{200D}👧 שלום")
                    try await agent.say("https://bank.kr\u{200B}.evil.kr 可\u{2066}", id: "k-1", chat: chat)
                    try await customer.expect("상담원 kim> https://bank.kr<U+200B>.evil.kr 可<U+2066>")
                }
                let texts = try desk.journal().filter { $0["type"] == "message" }.map(\.["text"].text)
                #expect(texts == ["김\u{202E}민지 👩\u{200D}👧 שלום", "https://bank.kr\u{200B}.evil.kr 可\u{2066}"])
            }
        }

        @Test("In the console and in `transcript show` what hides is marked, and what is honest is not")
        func console() async throws {
            try await withDesk { desk in
                var chat = ""
                try await withConsole(of: "kim", at: desk) { console in
                    try await console.expect("kim 님, 로그인되었습니다")
                    let (customer, _) = try await Client.customer("김\u{202E}지민", at: desk)
                    chat = try await customer.enter("payment")
                    try await console.expect("── 상담 요청")
                    console.type("/수락")
                    try await customer.next("started")
                    try await customer.say("می\u{200C}خواهم 🏳\u{FE0F}\u{200D}🌈 a\u{200D}b", id: "c-1")
                    try await console.expect("김<U+202E>지민> می\u{200C}خواهم 🏳\u{FE0F}\u{200D}🌈 a<U+200D>b")
                    console.type("\u{200B}\u{301}")
                    try await eventually("a refusal") { console.errors.contains("보이는 글자가 없어서 전달하지 못했습니다") }
                }
                let show = try await desk.transcript("show", chat)
                #expect(show.output.contains("می\u{200C}خواهم 🏳\u{FE0F}\u{200D}🌈 a<U+200D>b"), "\(show.output)")
            }
        }
    }
}
