// Frequent questions by hand: asked for, suggested, read, enough and not. How to read scripts: HandScript.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HandFAQTests {
    private static let found = [
        FAQAnswer(id: "refund-when", question: "환불은 언제 되나요?", answer: "사흘 안에 돌아와요.\n늦으면 알려 주세요."),
        FAQAnswer(id: "cancel", question: "어떻게 취소하나요?", answer: "내역에서 취소해 주세요."),
    ]

    /// Somebody at the menu of a desk with frequent questions.
    private static func begin(_ language: Language = .korean) -> SessionHarness {
        let sample = SessionHarness.configuration
        var harness = SessionHarness(
            configuration: WireConfiguration(deskName: sample.deskName, limits: sample.limits, hasFAQ: true))
        harness.wait(milliseconds: 300)
        harness.deliver(Sample.welcome(language))
        harness.deliver(.topics(Sample.topics, contacts: []))
        _ = harness.takeInputs()
        _ = harness.takeOutput()
        return harness
    }

    /// What was found comes, and what the customer then sees and the server gets.
    private static func expect(
        _ found: [FAQAnswer], isUnasked: Bool = false, _ script: String, in harness: inout SessionHarness,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        harness.deliver(.faq(found, isUnasked: isUnasked))
        let lines = harness.takeInputs().map { "= " + $0 } + [harness.takeOutput()]
        #expect(lines.joined(separator: "\n") == script + "\n", sourceLocation: sourceLocation)
    }

    @Test("The menu tells of it; a number then reads an answer, and /메뉴 gives the numbers back to the topics")
    func atTheMenu() {
        var harness = Self.begin()
        harness.deliver(.topics(Sample.topics, contacts: []))
        #expect(harness.takeOutput().contains("*** 기다리지 않고 답을 찾으시려면: /질문 궁금한 점\n*** 번호를 입력해 주세요."))
        expectPlays(
            #"""
            > /질문
            *** 궁금한 점을 함께 적어 주세요. 예: /질문 환불은 언제 되나요
            > /해결
            *** 아직 보신 답이 없어요. /질문 으로 찾아보세요.
            > /질문 환불 언제 돼요
            = faq 환불 언제 돼요
            > 2
            """#, in: &harness)
        // The number waits for the list that it chooses from.
        Self.expect(
            Self.found,
            """
            *** 이런 질문이 있어요.
            ***   1. 환불은 언제 되나요?
            ***   2. 어떻게 취소하나요?
            *** 번호를 입력하시면 답을 보여 드려요. 상담하시려면 /메뉴 를 입력해 주세요.
            *** 어떻게 취소하나요?
            ***   내역에서 취소해 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            """, in: &harness)
        expectPlays(
            #"""
            > 1번
            *** 환불은 언제 되나요?
            ***   사흘 안에 돌아와요.
            ***   늦으면 알려 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            > 7
            *** 번호를 입력하시면 답을 보여 드려요. 상담하시려면 /메뉴 를 입력해 주세요.
            > 안녕하세요
            *** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.
            > /해결
            = faq helped true
            *** 해결됐다니 다행이에요.
            > /해결
            *** 아직 보신 답이 없어요. /질문 으로 찾아보세요.
            > /질문 1
            *** 환불은 언제 되나요?
            ***   사흘 안에 돌아와요.
            ***   늦으면 알려 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            > /미해결
            = faq helped false
            = topics
            *** 알려 주셔서 고맙습니다. 상담하시려면 문의를 골라 주세요. 기다리고 계셨다면 그대로 기다리시면 돼요.
            """#, in: &harness)
        harness.deliver(.topics(Sample.topics, contacts: []))
        _ = harness.takeOutput()
        harness.receive("1\n")
        #expect(harness.takeInputs() == ["enter payment"])
    }

    @Test("The first answer of the intake finds suggestions once; numbers stay words, and who is helped leaves")
    func whileWaiting() {
        var harness = Self.begin()
        harness.receive("2\n")
        harness.deliver(Sample.queued(3, (180, 300)))
        _ = harness.takeInputs()
        _ = harness.takeOutput()
        expectPlays(
            #"""
            > 환불이 안 돼요
            = intake what=환불이 안 돼요
            = suggest topic=refund 환불이 안 돼요
            *** 언제 있었던 일인가요?
            """#, in: &harness)
        Self.expect(
            Self.found, isUnasked: true,
            """
            *** 혹시 이런 내용인가요?
            ***   1. 환불은 언제 되나요?
            ***   2. 어떻게 취소하나요?
            *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.
            """, in: &harness)
        expectPlays(
            #"""
            > 2
            = intake when=2
            *** 어느 계정(아이디)인가요? 비밀번호는 적지 마세요.
            > /질문 2
            *** 어떻게 취소하나요?
            ***   내역에서 취소해 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            > /질문 그럼 입금은요
            = faq topic=refund 그럼 입금은요
            """#, in: &harness)
        Self.expect(
            [Self.found[0]],
            """
            *** 이런 질문이 있어요.
            ***   1. 환불은 언제 되나요?
            *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.
            """, in: &harness)
        expectPlays(
            #"""
            > /질문 1
            *** 환불은 언제 되나요?
            ***   사흘 안에 돌아와요.
            ***   늦으면 알려 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            > hong
            = intake account=hong
            *** 어떤 결제인가요? 날짜와 금액, 가맹점을 적어 주세요. 카드번호는 적지 마세요.
            > 1
            = intake payment=1
            *** 어떤 기기나 앱에서 있었던 일인가요?
            > /건너뛰기
            *** 네, 질문은 건너뛸게요. 하실 말씀은 그냥 입력해 주세요.
            > /질문 취소
            = faq topic=refund 취소
            """#, in: &harness)
        // Without a question a number reads, until something else is said.
        Self.expect(
            [Self.found[1]],
            """
            *** 이런 질문이 있어요.
            ***   1. 어떻게 취소하나요?
            *** 번호를 입력하시면 답을 보여 드려요.
            """, in: &harness)
        expectPlays(
            #"""
            > 1
            *** 어떻게 취소하나요?
            ***   내역에서 취소해 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            > 2
            = say 2
            > 1
            = say 1
            > /해결
            = faq helped true
            = leave
            *** 해결됐다니 다행이에요.
            ! ended by customer
            = topics
            *** 대기를 취소했어요. 언제든 다시 찾아 주세요.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            """#, in: &harness)
    }

    @Test("Suggestions that find nothing, or come when somebody is there, say nothing")
    func nothingToSuggest() {
        var harness = Self.begin()
        harness.receive("2\n")
        harness.deliver(Sample.queued(3, (180, 300)))
        harness.receive("환불이 안 돼요\n")
        _ = harness.takeOutput()
        harness.deliver(.faq([], isUnasked: true))
        #expect(harness.takeOutput() == "")
        harness.deliver(Sample.started("kim"))
        _ = harness.takeOutput()
        harness.deliver(.faq(Self.found, isUnasked: true))
        #expect(harness.takeOutput() == "")
    }

    @Test("A search that is asked for while suggestions are on their way gets its own answer")
    func askedMeanwhile() {
        var harness = Self.begin()
        harness.receive("2\n")
        harness.deliver(Sample.queued(3, (180, 300)))
        _ = harness.takeInputs()
        harness.receive("환불이 안 돼요\n/질문 취소\n/질문 1\n")
        #expect(
            harness.takeInputs() == [
                "intake what=환불이 안 돼요", "suggest topic=refund 환불이 안 돼요", "faq topic=refund 취소",
            ])
        _ = harness.takeOutput()
        Self.expect(
            [Self.found[0]], isUnasked: true,
            """
            *** 혹시 이런 내용인가요?
            ***   1. 환불은 언제 되나요?
            *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.
            """, in: &harness)
        Self.expect(
            [Self.found[1]],
            """
            *** 이런 질문이 있어요.
            ***   1. 어떻게 취소하나요?
            *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.
            *** 어떻게 취소하나요?
            ***   내역에서 취소해 주세요.
            *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
            """, in: &harness)
    }

    @Test("Words that are required before the queue find suggestions once the customer waits; dates do not")
    func requiredWords() {
        var harness = Self.begin()
        let questions = [
            Question(id: "day", isRequired: true, kind: .date), Question(id: "what", isRequired: true),
            Question(id: "goal"),
        ]
        harness.deliver(.topics([Sample.topic("fraud", "신고", "Fraud", intake: questions)], contacts: []))
        harness.receive("1\n2026-08-01\n모르는 결제\n")
        #expect(harness.takeInputs() == ["enter fraud what=모르는 결제 day=2026-08-01"])
        harness.deliver(Sample.queued(3, (180, 300)))
        #expect(harness.takeInputs() == ["suggest topic=fraud 모르는 결제"])
        harness.receive("돌려받고 싶어요\n")
        #expect(harness.takeInputs() == ["intake goal=돌려받고 싶어요"])
    }

    @Test("In a chat a number is for the agent; what was asked for is listed all the same, or that nothing was found")
    func whileTalking() {
        var harness = Self.begin()
        harness.deliver(Sample.started("kim"))
        _ = harness.takeOutput()
        harness.receive("/FAQ 환불\n")
        _ = harness.takeInputs()
        Self.expect(
            [Self.found[1]],
            """
            *** 이런 질문이 있어요.
            ***   1. 어떻게 취소하나요?
            *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.
            """, in: &harness)
        harness.receive("1\n/질문 날씨\n")
        #expect(harness.takeInputs() == ["say 1", "faq 날씨"])
        Self.expect([], "*** 비슷한 질문을 찾지 못했어요. 다른 말로 적어 보시거나 상담원에게 물어봐 주세요.", in: &harness)
    }

    @Test("Words to an agent do not wait for a search, nor those that a chat comes before")
    func wordsToAnAgent() {
        var harness = Self.begin()
        harness.deliver(Sample.started("kim"))
        harness.receive("/질문 환불\n여보세요\n")
        #expect(harness.takeInputs() == ["faq 환불", "say 여보세요"])

        harness = Self.begin()
        harness.receive("2\n")
        harness.deliver(Sample.queued(3, (180, 300)))
        harness.receive("/건너뛰기\n/질문 환불\n여보세요\n")
        #expect(harness.takeInputs() == ["enter refund", "faq topic=refund 환불"])
        harness.deliver(Sample.started("kim"))
        #expect(harness.takeInputs() == ["say 여보세요"])
    }

    @Test("What a chat's search finds late, at the next choice, leaves the numbers to the questions in the queue")
    func foundLate() {
        var harness = Self.begin()
        harness.deliver(Sample.started("kim"))
        harness.receive("/질문 취소\n")
        harness.deliver(.ended(chat: Sample.chat, .agentEnded, receipt: Sample.receipt))
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.receive("2\n")
        harness.deliver(.faq(Self.found, isUnasked: false))
        harness.deliver(Sample.queued(3, (180, 300)))
        _ = harness.takeInputs()
        harness.receive("1\n")
        #expect(harness.takeInputs().first == "intake what=1")
    }

    @Test("Searched among the topic's questions from its choice to the chat's end, and among all of them otherwise")
    func topic() {
        var harness = Self.begin()
        func expect(_ searched: String) {
            harness.receive("/질문 취소\n")
            #expect(harness.takeInputs() == [searched])
            harness.deliver(.faq([], isUnasked: false))
        }
        expect("faq 취소")
        harness.receive("/메뉴\n")
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.receive("2\n")
        harness.deliver(Sample.queued(3, (180, 300)))
        _ = harness.takeInputs()
        expect("faq topic=refund 취소")
        harness.receive("환불이 안 돼요\n")
        #expect(harness.takeInputs() == ["intake what=환불이 안 돼요", "suggest topic=refund 환불이 안 돼요"])
        harness.deliver(Sample.started("kim"))
        expect("faq topic=refund 취소")
        harness.deliver(.ended(chat: Sample.chat, .agentEnded, receipt: Sample.receipt))
        _ = harness.takeInputs()
        expect("faq 취소")
        // A chat that was found again does not say its topic.
        harness.receive("/재접속 tok-123\n")
        harness.deliver(Sample.welcome())
        harness.deliver(Sample.started("kim"))
        _ = harness.takeInputs()
        expect("faq 취소")
    }

    @Test("A refused search lets later lines go on")
    func refused() {
        var harness = Self.begin()
        harness.receive("/질문 환불\n1\n")
        #expect(harness.takeInputs() == ["faq 환불"])
        harness.deliver(.error(Refusal(.busy)))
        #expect(harness.takeInputs() == ["enter payment"])
    }

    @Test("A desk without frequent questions neither tells of them nor searches unasked")
    func withoutQuestions() {
        var harness = HandSessionTests.talking()
        harness.deliver(.ended(chat: Sample.chat, .agentEnded, receipt: Sample.receipt))
        harness.deliver(.topics(Sample.topics, contacts: []))
        #expect(!harness.takeOutput().contains("/질문"))
        _ = harness.takeInputs()
        harness.receive("1\n")
        harness.deliver(Sample.queued(1, nil))
        harness.receive("환불\n")
        #expect(harness.takeInputs() == ["enter payment", "intake what=환불"])
    }

    @Test("In each language in its own words", arguments: Language.allCases)
    func languages(_ language: Language) throws {
        var harness = Self.begin(language)
        for verb in ["질문", "faq", "質問", "问题"] {
            harness.receive("/\(verb) x\n")
            #expect(harness.takeInputs() == ["faq x"])
            harness.deliver(.faq(Self.found))
            let list = harness.takeOutput()
            #expect(list.contains("1. 환불은 언제 되나요?"))
        }
        for (verb, helped) in [
            ("해결", true), ("solved", true), ("解決", true), ("解决", true), ("미해결", false), ("unsolved", false),
            ("未解決", false), ("未解决", false),
        ] {
            harness.receive("1\n/\(verb)\n")
            #expect(harness.takeInputs().first == "faq helped \(helped)")
        }
    }
}
