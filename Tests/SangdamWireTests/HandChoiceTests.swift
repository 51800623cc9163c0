// A choice of a topic that something comes into: a refusal, a search, another chat. How to read it: HandScript.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HandChoiceTests {
    /// Somebody at a menu, as the desk's action tells it.
    private func expect(at menu: String, _ script: String, sourceLocation: SourceLocation = #_sourceLocation) {
        var harness = HandScript.begin()
        _ = HandScript.play("! welcome\n! \(menu)", in: &harness)
        _ = harness.takeInputs()
        expectPlays(script, in: &harness, sourceLocation: sourceLocation)
    }

    private static let notice = """
        *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
        ***   https://www.example.com/privacy
        *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.

        """
    private static let asked = """
        *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
        *** 얼마인가요?

        """
    private static let found = """
        ! found
        *** 이런 질문이 있어요.
        ***   1. 환불은 언제 되나요?
        ***   2. 어떻게 취소하나요?
        *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.

        """

    @Test("A refusal of something else leaves the questions before the queue as they are")
    func refusedMeanwhile() {
        expect(
            at: "asking topics",
            "> 3\n" + Self.asked + """
                > /기록
                = transcript
                ! rate limited
                *** 너무 빨라요. 2초 뒤에 다시 시도해 주세요.
                > 3만원
                = enter refund sum=3만원
                ! queued 1
                *** ‘환불’ 문의를 접수했어요.
                *** 바로 다음 차례예요. 예상 시간은 아직 알 수 없어요.
                *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
                """)
    }

    @Test("A search at the consent prompt leaves its numbers to the prompt, and the next ones to the questions")
    func searchAtTheNotice() {
        expect(
            at: "asking topics, consent",
            "> 3\n" + Self.notice + "> /질문 환불\n= faq 환불\n" + Self.found + "> 1\n" + Self.asked
                + "> 1\n= enter refund sum=1 agreeing \(Sample.privacyVersion)")
    }

    @Test("A search during the questions before the queue leaves the numbers to them")
    func searchAtTheQuestions() {
        expect(
            at: "asking topics",
            "> 3\n" + Self.asked + "> /질문 환불\n= faq topic=refund 환불\n" + Self.found + """
                > /질문 9
                *** /질문 1 처럼 번호와 함께 입력하시면 답을 보여 드려요.
                > /질문 2
                *** 어떻게 취소하나요?
                ***   내역에서 취소해 주세요.
                *** 도움이 됐나요? 해결됐으면 /해결, 아니면 /미해결 을 입력해 주세요.
                > 1
                = enter refund sum=1
                """)
    }

    @Test("Back to another chat: nothing is left of what was being chosen", arguments: [false, true])
    func backToAnotherChat(isAtTheNotice: Bool) {
        let (menu, asking) =
            isAtTheNotice
            ? ("asking topics, consent", "> 3\n" + Self.notice)
            : ("asking topics", "> 3\n" + Self.asked)
        expect(
            at: menu,
            asking + """
                > /재접속 tok-123
                = hello ko resume=tok-123 after=0
                ! welcome
                = topics
                *** 다시 오신 것을 환영해요.
                ! queued 1
                *** 바로 다음 차례예요. 예상 시간은 아직 알 수 없어요.
                ! asking topics
                > 1
                = say 1
                ! ended by customer
                = topics
                *** 대기를 취소했어요. 언제든 다시 찾아 주세요.
                *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
                > 1
                *** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.
                """)
    }

    @Test("The menu takes the notice's question back at once")
    func menuAtTheNotice() {
        expect(
            at: "asking topics, consent",
            "> 3\n" + Self.notice + """
                > /메뉴
                = topics
                > 네
                *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
                """)
    }

    @Test("Nobody has to agree to anything in order to hear that a topic takes no chat")
    func closedWithANotice() {
        expect(
            at: "closed topics, consent",
            """
            > 1
            = enter pay
            ! closed
            *** 지금은 상담 시간이 아니에요. 내일 오전 9시에 열려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            > 2
            = enter card
            ! unstaffed
            *** 지금은 자리에 있는 상담원이 없어서 상담을 받을 수 없어요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            """)
    }
}
