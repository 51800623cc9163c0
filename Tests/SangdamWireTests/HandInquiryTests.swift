// A question that is answered later, by hand: step by step to its receipt, out of a queue, and back by the receipt.
// How to read it: HandScript.

import SangdamCore
import Testing

@testable import SangdamWire

@Suite struct HandInquiryTests {
    static let draft = "id=\(Sample.session)-1"
    static let greeting = """
        ! welcome
        *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
        *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh

        """
    static let menu = """
        *** 지금 상담원과 이야기하실 수 있어요.
        ***   1. 결제 (바로 상담 가능)
        ***   2. 환불 (2명 대기 중)
        ***   3. 부정 결제 신고 (상담원 없음)
        *** 번호를 입력해 주세요. 도움말은 /도움 입니다.

        """
    static let prompt = """
        *** 문의하실 내용을 적어 주세요. 있었던 일과 때, 계정, 바라시는 것을 함께 적어 주시면 다시 여쭤보지 않아도 돼요. 비밀번호와 카드번호는 적지 마세요.
        *** 여러 줄로 적으셔도 돼요. 다 적으셨으면 /보내기, 그만두려면 /취소 를 입력해 주세요.

        """
    static let email = "*** 이메일 주소를 알려 주시겠어요? 없으면 엔터만 치시거나 /건너뛰기 를 입력해 주세요.\n"
    static let kept = "*** 적으신 글은 그대로 있어요. 보내려면 /보내기, 버리려면 /취소 를 입력해 주세요.\n"
    static let unsent = "*** 아직 보내지 않은 글이 있어요. 먼저 /보내기 로 보내시거나 /취소 로 버려 주세요.\n"
    static let arrived = """
        *** 문의를 접수했어요. 접수번호: 7K2M-Q9XC-04TD
        *** 답변 예정: 내일 오전 9시까지
        *** 답을 보시려면 언제든 다시 접속해서 이렇게 입력해 주세요: /문의 7K2M-Q9XC-04TD

        """
    static let topics = """
        > /문의
        *** 어떤 문의인가요? 번호로 골라 주세요. 그만두려면 /취소 를 입력해 주세요.
        *** 1) 결제
        *** 2) 환불
        *** 3) 부정 결제 신고

        """
    static let waiting = """
        > 1
        = enter payment
        ! queued 1, soon
        *** ‘결제’ 문의를 접수했어요.
        *** 바로 다음 차례예요. 1분 안에 연결될 것 같아요.
        *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
        *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
        *** 어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.
        > /문의

        """ + prompt

    func expect(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) {
        var harness = HandScript.begin()
        _ = harness.takeInputs()
        let whole = Self.greeting + (script.hasSuffix("\n") ? String(script.dropLast()) : script)
        expectPlays(whole, in: &harness, sourceLocation: sourceLocation)
    }

    func expectFromMenu(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) {
        expect("! topics\n" + Self.menu + script, sourceLocation: sourceLocation)
    }

    @Test("From the menu: topic, words in several lines with numbers and verbs among them, address, receipt")
    func fromTheMenu() {
        expectFromMenu(
            Self.topics + """
                > 9
                *** 번호를 하나 골라 주세요.
                > 2번

                """ + Self.prompt + """
                    > /보내기
                    = refused empty
                    *** 보이는 글자가 없어서 전하지 못했어요.
                    > 
                    > 환불이 안 돼요.
                    > 
                    > 1
                    > //메뉴 에도 없어요
                    > /메뉴

                    """ + Self.unsent + "> /나가기\n" + Self.unsent + "> /재접속 tok\n" + Self.unsent + "> /문의\n"
                + Self.unsent
                + "> /건너뛰기\n*** 지금은 건너뛸 질문이 없어요.\n> /보내기\n" + Self.email + """
                    > 없어요
                    = refused bad_field
                    *** 이메일 주소로 읽을 수 없어요. name@example.com 처럼 영문과 숫자로 다시 적어 주세요. 없으면 엔터만 쳐 주세요.
                    > \(String(repeating: "a", count: 250))@b.kr
                    = refused bad_field
                    *** 이메일 주소가 너무 길어요. 254자까지 적으실 수 있어요. 없으면 엔터만 쳐 주세요.
                    >  kim@example.com
                    = inquire refund \(Self.draft) email=kim@example.com 환불이 안 돼요.

                    1
                    /메뉴 에도 없어요
                    ! inquiry open, mailed
                    *** 문의를 접수했어요. 접수번호: 7K2M-Q9XC-04TD
                    *** 답변 예정: 내일 오전 9시까지
                    *** 답은 이메일로도 보내 드려요.
                    *** 답을 보시려면 언제든 다시 접속해서 이렇게 입력해 주세요: /문의 7K2M-Q9XC-04TD
                    > 1
                    *** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.
                    ! inquiry taken
                    ! inquiry open
                    ! inquiry answered
                    *** 문의 7K2M-Q9XC-04TD: 답이 왔어요.
                    *** 더 하실 말씀이 있으면: /답장 7K2M-Q9XC-04TD
                    ! inquiry answer
                    상담원 kim> 사흘 안에요.
                    상담원 kim> <U+001B>[2J
                    ! inquiry closed
                    *** 문의 7K2M-Q9XC-04TD: 마무리됐어요.
                    """)
    }

    @Test("A queue that is closed says when it opens, and leads into it; cancelling leads back to the menu")
    func closed() {
        expect(
            """
            ! closed topics
            *** 지금은 자리에 있는 상담원이 없어서 상담을 받을 수 없어요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            ***   1. 결제 (지금은 닫혀 있어요. 내일 오전 9시에 열려요)
            ***   2. 카드 (상담원 없음)
            *** 지금 채팅 상담을 하지 않는 문의는 글로 남겨 두실 수 있어요. 번호를 고르시거나 /문의 를 입력해 주세요.
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 1
            = enter pay
            ! closed, inquiry
            *** 지금은 상담 시간이 아니에요. 내일 오전 9시에 열려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            *** 지금 받을 수 있는 문의: 카드
            *** 대신 문의를 글로 남겨 두시면 답해 드려요. 그만두려면 /취소 를 입력해 주세요.

            """ + Self.prompt + "> 언제 되나요\n> /보내기\n" + Self.email + """
                > /취소
                = topics
                *** 네, 그만둘게요. 보낸 것은 없어요.
                > /보내기
                *** 보낼 글이 없어요. 문의를 남기려면 /문의 를 입력해 주세요.
                > /취소
                *** 지금은 취소할 것이 없어요. 상담이나 대기를 그만두려면 /나가기 를 입력해 주세요.
                """)
    }

    @Test("Whoever was led into it may still choose another topic of the menu, before the first word")
    func anotherTopic() {
        var harness = HandScript.begin()
        _ = HandScript.play("! welcome\n! closed topics\n> 1\n! closed, inquiry", in: &harness)
        #expect(HandScript.play("> 2", in: &harness) == "> 2\n= enter card")
        _ = HandScript.play("! closed, inquiry", in: &harness)
        #expect(HandScript.play("> 환불\n> 2", in: &harness) == "> 환불\n> 2")
    }

    @Test("The notice and what must be answered come before the words; whoever does not agree sends nothing")
    func consentAndQuestions() {
        let notice = """
            *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
            ***   https://www.example.com/privacy
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.

            """
        let begun = """
            ! asking topics, consent
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 부정 결제 신고 (바로 상담 가능)
            ***   2. 기타 (바로 상담 가능)
            ***   3. 환불 (바로 상담 가능)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /문의
            *** 어떤 문의인가요? 번호로 골라 주세요. 그만두려면 /취소 를 입력해 주세요.
            *** 1) 부정 결제 신고
            *** 2) 기타
            *** 3) 환불
            > 3

            """ + notice
        expect(begun + "> 2\n= topics\n*** 동의하지 않으셔서 문의를 보내지 않았어요.")
        expect(
            begun + """
                > 네
                *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
                *** 얼마인가요?
                > 
                *** 이 질문에는 꼭 답해 주셔야 해요. 그만두려면 /메뉴 를 입력해 주세요.
                > 3만원

                """ + Self.prompt + "> 돌려주세요\n> /보내기\n" + Self.email + """
                    > 
                    = inquire refund \(Self.draft) sum=3만원 agreeing \(Sample.privacyVersion) 돌려주세요
                    ! inquiry needs consent
                    = topics
                    *** 먼저 개인정보 안내에 동의해 주세요.
                    ! asking topics, consent

                    """ + notice + "> 1\n" + Self.kept + """
                    > /보내기
                    = inquire refund \(Self.draft) sum=3만원 agreeing \(Sample.privacyVersion) 돌려주세요
                    ! inquiry open

                    """ + Self.arrived)
    }

    @Test("Out of a queue the desk knows topic and answers; the place is given up by it, or kept by cancelling")
    func outOfAQueue() {
        expectFromMenu(
            Self.waiting + """
                > /취소
                = position
                *** 네, 그만둘게요. 보낸 것은 없어요.
                ! queued 1, soon
                *** 바로 다음 차례예요. 1분 안에 연결될 것 같아요.
                > /문의

                """ + Self.prompt + "> 못 기다리겠어요\n> /나가기\n" + Self.unsent + "> /보내기\n" + Self.email + """
                    > /건너뛰기
                    = inquire id=\(Sample.session)-2 못 기다리겠어요
                    ! inquiry open

                    """ + Self.arrived + """
                    > 들리나요
                    ! ended inquired
                    = topics
                    *** 기다리시던 상담 대신 문의를 접수했어요.
                    *** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.
                    """)
    }

    @Test("An agent who comes meanwhile is talked to; what was written waits, and may go to the agent")
    func anAgentComes() {
        let typed = Self.waiting + "> 첫째 줄\n> 둘째 줄\n"
        let paused = "*** 적으시던 문의는 보내지 않고 두었어요. 상담원에게 보내려면 /보내기, 버리려면 /취소 를 입력해 주세요.\n"
        let started = "! started kim\n*** 상담원 kim 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요.\n"
        expectFromMenu(typed + started + paused + "> 안녕하세요\n= say 안녕하세요\n> /보내기\n= say 첫째 줄\n둘째 줄")
        // More than one message may hold goes by lines; a line that is too long stays.
        let long = String(repeating: "가", count: 1_350)
        let short = String(repeating: "나", count: 700)
        expectFromMenu(
            Self.waiting + "> \(short)\n> \(short)\n" + started + paused
                + "> /보내기\n= say \(short)\n= say \(short)\n> /보내기\n*** 보낼 글이 없어요. 문의를 남기려면 /문의 를 입력해 주세요.")
        expectFromMenu(
            Self.waiting + "> \(long)\n" + started + paused
                + "> /보내기\n= refused too_long\n*** 너무 길어서 전하지 못했어요. 나누어 보내 주세요.\n> /취소\n*** 네, 그만둘게요. 보낸 것은 없어요.")
        // Too late: it has gone out already.
        expectFromMenu(
            typed + "> /보내기\n" + Self.email + "> \n= inquire \(Self.draft) 첫째 줄\n둘째 줄\n" + started + """
                ! inquiry in a chat
                *** 이미 상담 중이거나 기다리시는 중이에요.

                """ + paused + """
                    > /나가기
                    = leave
                    ! ended by customer
                    *** 상담을 마쳤어요. 이용해 주셔서 고맙습니다.
                    *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
                    *** 상담이 어떠셨나요? 예: /평가 5 친절했어요 (1–5점)

                    """ + Self.kept)
    }

    @Test("Back too late for a chat: an inquiry takes over what it knew")
    func lostChat() {
        expectFromMenu(
            """
            > /재접속 tok
            = hello ko resume=tok after=0
            ! welcome
            = topics
            *** 다시 오신 것을 환영해요.
            ! ended lost
            *** 연결이 오래 끊겨 있어서 상담이 끝났어요.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            *** 기다리지 않고 나중에 답을 받으시려면 /문의 를 입력해 주세요.
            ! topics

            """ + Self.menu + "> /문의\n" + Self.prompt + "> 계속할게요\n> /보내기\n" + Self.email
                + "> \n= inquire \(Self.draft) 계속할게요")
    }

    @Test("No refusal loses what was written; what the desk misses is asked for")
    func refused() {
        let sent =
            Self.topics + "> 1\n" + Self.prompt + "> 도와주세요\n> /보내기\n" + Self.email
            + "> \n= inquire payment \(Self.draft) 도와주세요\n"
        let again = "> /보내기\n= inquire payment \(Self.draft) 도와주세요\n"
        expectFromMenu(
            sent + "! too often\n*** 너무 자주 보내셨어요. 60분 뒤에 다시 보내 주세요.\n" + Self.kept + again
                + "! too many inquiries\n*** 지금은 대기하시는 분이 너무 많아요. 잠시 뒤에 다시 시도해 주세요.\n" + Self.kept
                + "> 덧붙이면\n> /언어 ko\n= lang ko\n*** 이제 한국어로 안내해 드릴게요.\n" + Self.kept)
        expectFromMenu(
            sent + """
                ! inquiry needs answers
                = topics
                *** 먼저 답해 주셔야 하는 질문이 있어요.
                ! asking topics
                *** 어떤 문의인가요? 번호로 골라 주세요. 그만두려면 /취소 를 입력해 주세요.
                *** 1) 부정 결제 신고
                *** 2) 기타
                *** 3) 환불
                > 3
                *** 먼저 꼭 필요한 것만 여쭤볼게요. 그만두려면 /메뉴 를 입력해 주세요.
                *** 얼마인가요?
                > 3만원

                """ + Self.kept + "> /보내기\n= inquire refund \(Self.draft) sum=3만원 도와주세요\n! inquiry open\n"
                + Self.arrived)
    }

    @Test("A refusal of something else does not stand for its own answer") func anotherRefusal() {
        expectFromMenu(
            Self.topics + "> 1\n" + Self.prompt + "> 도와주세요\n> /보내기\n" + Self.email + """
                > 
                = inquire payment \(Self.draft) 도와주세요
                ! rate limited
                *** 너무 빨라요. 2초 뒤에 다시 시도해 주세요.
                > 아직 기다려요
                ! inquiry open

                """ + Self.arrived
                + "*** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.")
    }

    @Test("A line that there is no room for is refused whole, and what is there can be sent")
    func bounds() {
        let long = String(repeating: "가", count: 1_332)
        expectFromMenu(
            Self.topics + "> 1\n" + Self.prompt
                + """
                > \(long)
                > \(long)
                > 123456
                *** 이 줄은 넣지 못했어요. 글은 8000바이트까지이고, 6바이트 남았어요. 줄이거나 나누어 적어 주세요. 보내려면 /보내기 를 입력해 주세요.
                """.replacing("> 123456\n***", with: "> 1234567\n= refused too_long\n***") + "\n> 123456\n> /보내기\n"
                + Self.email + "> \n= inquire payment \(Self.draft) \(long)\n\(long)\n123456")
    }

    @Test("Topics that are gone meanwhile are no choice") func noTopics() {
        expectFromMenu(
            Self.topics + """
                ! no topics
                *** 어떤 문의인가요? 번호로 골라 주세요. 그만두려면 /취소 를 입력해 주세요.
                > 1
                *** 번호를 하나 골라 주세요.
                """)
        expectFromMenu(
            """
            > /문의 7K2M-Q9XC-04TD
            = inquiry 7K2M-Q9XC-04TD
            = topics
            ! unknown receipt
            *** 그런 접수번호의 문의가 없어요.
            ! no topics
            > 1
            = enter payment
            """)
    }

    @Test("At the end of the input nobody can send it: that is said")
    func endOfInput() {
        var harness = HandScript.begin()
        harness.receive("/문의\n1\n끝나지 않은")
        let start = "! welcome\n! topics"
        _ = HandScript.play(start, in: &harness)
        harness.endInput()
        #expect(harness.takeInputs() == ["close left"])
        #expect(harness.takeOutput() == "*** 보내지 않은 글은 버려졌어요.\n*** 이용해 주셔서 고맙습니다. 안녕히 가세요.\n")
    }

    @Test("In each language: from the closed queue to the receipt, and back by it", arguments: Language.allCases)
    func languages(language: Language) throws {
        let rows: [Language: (verb: String, send: String, reply: String, due: String)] = [
            .korean: ("/문의", "/보내기", "/답장", "답변 예정: 내일 오전 9시까지"),
            .english: ("/inquire", "/send", "/reply", "An answer is due tomorrow at 9 AM."),
            .japanese: ("/問い合わせ", "/送信", "/返信", "回答予定: 明日午前9時まで"),
            .chinese: ("/留言", "/发送", "/回复", "答复期限：明天上午9点之前"),
        ]
        let row = try #require(rows[language])
        let words = language.phrases.inquiries
        var harness = HandScript.begin()
        harness.deliver(Sample.welcome(language))
        let actions = HandScript.deskActions
        harness.deliver(try #require(actions["closed topics"]))
        #expect(harness.takeOutput().contains("*** \(words.hint)\n"))
        _ = harness.takeInputs()
        harness.receive("1\n")
        harness.deliver(try #require(actions["closed, inquiry"]))
        #expect(
            harness.takeOutput().hasSuffix(
                "*** \(words.instead)\n*** \(words.textPrompt)\n*** \(words.howToSend)\n"))
        harness.receive("x\n2\n\(row.send)\n")
        #expect(harness.takeOutput() == "*** \(words.emailPrompt)\n")
        harness.receive("\n")
        #expect(harness.takeInputs() == ["enter pay", "inquire pay \(Self.draft) x\n2"])
        harness.deliver(Sample.inquiry(.open))
        let said = harness.takeOutput()
        #expect(said.contains("*** \(row.due)\n") && said.hasSuffix("\(row.verb) 7K2M-Q9XC-04TD\n"), "\(said)")
        harness.receive("\(row.verb) 7K2M-Q9XC-04TD\n")
        #expect(harness.takeInputs() == ["inquiry 7K2M-Q9XC-04TD", "topics"])
        harness.deliver(Sample.inquiry(.answered))
        harness.deliver(try #require(actions["topics"]))
        #expect(harness.takeOutput().hasSuffix("\(row.reply) 7K2M-Q9XC-04TD\n"))
        harness.receive("\(row.reply) 7K2M-Q9XC-04TD x\n")
        #expect(harness.takeInputs() == ["reply 7K2M-Q9XC-04TD id=\(Sample.session)-2 x"])
    }
}
