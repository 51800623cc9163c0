// What a topic asks, by hand: what must be answered before the queue is entered, the others while waiting.

import SangdamWire
import Testing

@Suite struct HandIntakeTests {
    private static let menu = """
        ! welcome
        *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
        *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh
        ! asking topics
        *** 지금 상담원과 이야기하실 수 있어요.
        ***   1. 부정 결제 신고 (바로 상담 가능)
        ***   2. 기타 (바로 상담 가능)
        ***   3. 환불 (바로 상담 가능)
        *** 번호를 입력해 주세요. 도움말은 /도움 입니다.

        """

    private static let waiting = """
        ! queued 2, 1 min
        *** ‘%@’ 문의를 접수했어요.
        *** 앞에 1명이 기다리고 있어요. 약 1분 걸려요.
        *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123

        """

    private func expect(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) {
        var harness = HandScript.begin()
        _ = harness.takeInputs()
        expectPlays(Self.menu + script, in: &harness, sourceLocation: sourceLocation)
    }

    @Test("What must be answered comes first, and no empty line passes it; the others come while waiting")
    func required() {
        expect(
            """
            > 1
            *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
            *** 언제 있었던 일인가요?
            > 
            *** 이 질문에는 꼭 답해 주셔야 해요. 그만두려면 /메뉴 를 입력해 주세요.
            > /건너뛰기
            *** 이 질문에는 꼭 답해 주셔야 해요. 그만두려면 /메뉴 를 입력해 주세요.
            > 몰라요
            = refused bad_field
            *** 날짜를 적어 주세요. 예: 어제, 11월 30일, 2026-11-30
            > 어제 밤
            *** 어떤 카드인가요?
            *** 1) 신용카드
            *** 2) 체크카드
            > 3
            = refused bad_field
            *** 번호를 하나 골라 주세요.
            > /언어 en
            = lang en
            *** We will speak English from now on.
            *** Which card?
            *** 1) Credit card
            *** 2) Debit card
            > /lang ko
            = lang ko
            *** 이제 한국어로 안내해 드릴게요.
            *** 어떤 카드인가요?
            *** 1) 신용카드
            *** 2) 체크카드
            > ２번
            = enter fraud when=어제 밤 card=debit

            """ + Self.waiting.replacing("%@", with: "부정 결제 신고") + """
                *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
                *** 어느 가맹점인가요?
                > 
                *** 얼마인가요?
                > 많이
                = refused bad_field
                *** 금액을 적어 주세요. 예: 45,000원
                > 45,000원
                = intake sum=45,000원
                *** 고맙습니다. 적어 주신 내용은 상담원이 미리 봅니다. 덧붙일 말은 그냥 입력해 주세요.
                > 덧붙이면
                = say 덧붙이면
                """)
    }

    @Test("A topic may ask nothing, or what must be answered only")
    func nothing() {
        expect("> 2\n= enter other\n" + Self.waiting.replacing("%@", with: "기타") + "> 안녕하세요\n= say 안녕하세요")
        expect(
            """
            > 3
            *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
            *** 얼마인가요?
            > 3만원
            = enter refund sum=3만원

            """ + Self.waiting.replacing("%@", with: "환불") + "> 안녕하세요\n= say 안녕하세요")
    }

    @Test(
        "A choice goes by its number, a label in any language, or its id",
        arguments: ["1", "신용카드", "credit CARD", "credit"])
    func choice(line: String) {
        expect(
            """
            > 1
            *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
            *** 언제 있었던 일인가요?
            > 오늘
            *** 어떤 카드인가요?
            *** 1) 신용카드
            *** 2) 체크카드
            > \(line)
            = enter fraud when=오늘 card=credit
            """)
    }

    @Test("Before the queue one can go back to the menu or leave the desk, and the end of input leaves it")
    func goingBack() {
        let asked = """
            > 3
            *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
            *** 얼마인가요?

            """
        expect(
            asked + """
                > /메뉴
                = topics
                ! asking topics
                *** 지금 상담원과 이야기하실 수 있어요.
                ***   1. 부정 결제 신고 (바로 상담 가능)
                ***   2. 기타 (바로 상담 가능)
                ***   3. 환불 (바로 상담 가능)
                *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
                > 2
                = enter other
                """)
        expect(asked + "> /나가기\n= close left\n*** 이용해 주셔서 고맙습니다. 안녕히 가세요.")
        var harness = HandScript.begin()
        _ = harness.takeInputs()
        _ = HandScript.play(Self.menu + asked, in: &harness)
        harness.endInput()
        #expect(harness.takeInputs() == ["close left"])
    }

    @Test("Should the desk ask more by now than the menu knew, the menu comes anew")
    func outdated() {
        expect(
            """
            > 2
            = enter other
            ! intake required
            = topics
            *** 먼저 답해 주셔야 하는 질문이 있어요.
            """)
    }

    @Test("What was answered does not help where there is no room: a number chooses again")
    func refused() {
        expect(
            """
            > 3
            *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
            *** 얼마인가요?
            > 3만원
            = enter refund sum=3만원
            ! queue full
            *** 지금은 대기하시는 분이 너무 많아요. 잠시 뒤에 다시 시도해 주세요.
            *** 지금 받을 수 있는 문의: 3. 환불
            > 2
            = enter other
            """)
    }

    @Test("A crowd of lines by a pipe, each for its question")
    func piped() {
        var harness = HandScript.begin()
        harness.receive("3\n3만원\n안녕하세요\n")
        _ = harness.takeInputs()
        let played = HandScript.play("! welcome\n! asking topics\n! queued 2, 1 min", in: &harness)
        #expect(
            played.split(separator: "\n").filter { $0.hasPrefix("= ") } == ["= enter refund sum=3만원", "= say 안녕하세요"])
    }
}
