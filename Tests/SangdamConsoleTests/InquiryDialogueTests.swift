// Inquiries in the console: listed, taken, answered in one line and in several, let go and finished, beside chats and
// over a lost connection.

import SangdamConsole
import SangdamCore
import Testing

@Suite struct InquiryDialogueTests {
    private static func inquiry(_ id: String, _ state: String, agent: String? = "kim", more: String = "") -> String {
        #"> {"type":"inquiry","inquiry":"\#(id)","receipt":"7K2M-Q9XC-04TD","state":"\#(state)","queue":"money","topic":"refund","at":"2026-11-22T08:00:00.000Z","due":"2026-11-23T08:00:00.000Z","due_local":"2026-11-23 17:00","mail":false,"lang":"ko","intake":{}"#
            + (agent.map { #","agent":"\#($0)""# } ?? "") + more + "}"
    }

    private static func words(
        _ chat: String, _ seq: Int, _ text: String, from: String = "customer", name: String = "null"
    ) -> String {
        #"> {"type":"message","chat":"\#(chat)","seq":\#(seq),"from":"\#(from)","name":\#(name),"text":"\#(text)","at":"2026-11-22T08:00:00.000Z"}"#
    }

    private static func news(
        _ news: String, _ id: String, agent: String? = nil, percent: Int? = nil, open: Int = 2
    ) -> String {
        #"> {"type":"inquiry_news","news":"\#(news)","inquiry":"\#(id)","queue":"money","topic":"refund","due":"2026-11-23T08:00:00.000Z","due_local":"2026-11-23 17:00","open":\#(open)"#
            + (agent.map { #","agent":"\#($0)""# } ?? "") + (percent.map { #","percent":\#($0)"# } ?? "") + "}"
    }

    private static let list =
        #"> {"type":"inquiries","inquiries":[{"inquiry":"$c1","state":"open","queue":"money","topic":"refund","lang":"ko","due_local":"2026-11-22 17:00","overdue":true},{"inquiry":"$c2","state":"taken","queue":"money","topic":"other","lang":"en","due_local":"2026-11-23 17:00","overdue":false,"agent":"lee\u001b"}],"total":7}"#

    /// `$c1` is taken and shown.
    private static let taken = """
        login
        : /take
        < {"type":"take"}
        \(inquiry("$c1", "taken"))
        = [?1] ▶ current inquiry 7K2M-Q9XC-04TD · Refunds (refund) · ko · due 2026-11-23 17:00 · /answer words, or /answer for several lines
        = [?1]    customer: no name
        \(words("$c1", 2, "no refund"))
        = [?1] customer> no refund

        """

    @Test("A list by what is due, each under a number of its own, and what of it can be asked for") func lists() {
        play(
            """
            login
            : /inquiries
            < {"type":"inquiries"}
            \(Self.list)
            =  [?1] Refunds (refund) · ko · open · due 2026-11-22 17:00 · OVERDUE
            =  [?2] Other (other) · en · taken · due 2026-11-23 17:00 · lee<U+001B>
            = The first 2 of 7, by what is due.
            : /문의함 답변함 money
            < {"type":"inquiries","queue":"money","state":"answered"}
            > {"type":"inquiries","inquiries":[],"total":0}
            = No inquiries.
            : /inquiries open taken what
            ! *  Usage: /inquiries [QUEUE] [open|taken|reopened|answered|closed]
            : /inquiries nowhere
            < {"type":"inquiries","queue":"nowhere"}
            > {"type":"error","code":"unknown_queue","message":"There is no such queue."}
            ! *  /inquiries: There is no such queue.
            : /take 2
            < {"type":"take","inquiry":"$c2"}
            > {"type":"error","code":"inquiry_taken","message":"A colleague has that inquiry."}
            ! [?2] /take: A colleague has that inquiry.
            : /take ?1
            < {"type":"take","inquiry":"$c1"}
            > {"type":"error","code":"capacity_full","message":"You hold as many inquiries as you may."}
            ! [?1] /take: You hold as many inquiries as you may.
            : /take 3
            ! *  There is no inquiry 3 on the list. /inquiries shows them.
            : /take money
            < {"type":"take","queue":"money"}
            > {"type":"error","code":"unknown_inquiry","message":"There is no inquiry."}
            ! *  /take: There is no inquiry.
            """)
    }

    @Test("Taken with the chat before it, its notes and the answers; answered, asked on, finished") func course() {
        let card = #","customer":"Lee\u001b","email":"a@example.com","bounced":true,"of":"$c9""#
        play(
            """
            login
            : /take
            < {"type":"take"}
            : /answer in three days
            \(Self.inquiry("$c1", "taken", more: card).replacing(#""intake":{}"#, with: #""intake":{"what":"No refund"}"#))
            = [?1] ▶ current inquiry 7K2M-Q9XC-04TD · Refunds (refund) · ko · due 2026-11-23 17:00 · /answer words, or /answer for several lines
            = [?1]    customer: Lee<U+001B> · a@example.com (takes no mail)
            = [?1]    what: No refund
            < {"type":"answer","inquiry":"$c1","id":"me-1","text":"in three days"}
            \(Self.words("$c9", 4, "are you there?"))
            = [?1] ── the chat before it ──
            = [?1] customer> are you there?
            > {"type":"note","chat":"$c9","seq":5,"by":"lee","text":"called back","at":"2026-11-22T08:00:00.000Z"}
            = [?1] note (lee): called back
            \(Self.words("$c1", 2, "no refund\\nat all"))
            = [?1] ── the inquiry ──
            = [?1] customer> no refund
            = [?1]    │ at all
            > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
            = [?1] me> in three days
            = [?1] ✓ answered. /finish [disposition] [resolved|unresolved] [#tag…] closes it.
            \(Self.inquiry("$c1", "answered", more: card))
            \(Self.inquiry("$c1", "reopened", more: card))
            = [?1] ── the customer says more · due 2026-11-23 17:00
            \(Self.words("$c9", 4, "are you there?"))
            \(Self.words("$c1", 2, "no refund\\nat all"))
            \(Self.words("$c1", 4, "in three days", from: "agent", name: "\"kim\""))
            \(Self.words("$c1", 5, "four now"))
            = [?1] customer> four now
            \(Self.news("reopened", "$c1", agent: "kim"))
            \(Self.words("$c1", 6, "five"))
            = [?1] customer> five
            \(Self.news("replied", "$c1", agent: "kim"))
            : /chats
            = No chats and no offers.
            = ▶[?1] Refunds (refund) · ko · reopened · due 2026-11-23 17:00 · kim
            : /finish paid resolved #card
            < {"type":"close","inquiry":"$c1","disposition":"paid","resolved":true,"tags":["card"]}
            > {"type":"ok","for":"close","chat":"$c1"}
            = [?1] Finished.
            : /answer too late
            ! *  /answer: no inquiry is chosen. /take chooses one.
            : /answer ?1 all the same
            < {"type":"answer","inquiry":"$c1","id":"me-2","text":"all the same"}
            > {"type":"error","code":"inquiry_closed","message":"That inquiry is closed.","id":"me-2"}
            ! [?1] Not delivered (That inquiry is closed.): “all the same”
            """)
    }

    @Test("Several lines go into the answer until it is sent; a chat that is chosen has the words again")
    func severalLines() {
        play(
            Self.taken + """
                : only words
                ! [?1] Not sent: “only words” · to answer the inquiry: /answer
                : /send
                ! *  Nothing is written. /answer words, or /answer for several lines
                : /answer
                = [?1] Lines go into the answer now. /send sends it, /cancel drops it, /switch goes back to a chat.
                :  
                : Hello,
                :  
                : //three days
                > {"type":"started","chat":"$c2","customer":"Ann","topic":"refund"}
                = [1] ▶ started with Ann · Refunds (refund)
                = [1]    /switch 1 to write here
                : sorry.
                : /1
                = [?1] The answer waits as far as it is written: /answer goes on with it.
                = [1] ▶ current chat: Ann
                : hello Ann
                < {"type":"say","chat":"$c2","id":"me-1","text":"hello Ann"}
                : /chats
                = ▶[1] Ann · Refunds (refund) ·  · open
                = Not yet saved: 1
                = ▶[?1] Refunds (refund) · ko · taken · due 2026-11-23 17:00 · kim · 4 line(s) written
                : /quit
                ! *  1 chat(s) open, 2 message(s) not saved. /quit once more to leave.
                : /answer
                = [?1] The 4 line(s) written so far are kept. Lines go into the answer now. /send sends it, /cancel drops it, /switch goes back to a chat.
                : /send
                < {"type":"answer","inquiry":"$c1","id":"me-2","text":"Hello,\\n\\n/three days\\nsorry."}
                : back in the chat
                < {"type":"say","chat":"$c2","id":"me-3","text":"back in the chat"}
                : /answer
                = [?1] Lines go into the answer now. /send sends it, /cancel drops it, /switch goes back to a chat.
                : Dear Lee,
                : /answer three days
                < {"type":"answer","inquiry":"$c1","id":"me-4","text":"Dear Lee,\\nthree days"}
                : /answer
                = [?1] Lines go into the answer now. /send sends it, /cancel drops it, /switch goes back to a chat.
                : never mind
                : /cancel
                = [?1] The answer was dropped. Words go to the current chat again.
                : /cancel
                ! *  Nothing is written. /answer words, or /answer for several lines
                """)
    }

    @Test("An offer that is accepted takes the words back, too; the end of the input shows what was not sent")
    func interrupted() {
        play(
            Self.taken + """
                : /answer
                …
                : half an
                > {"type":"offer","offer":"$o1","chat":"$c2","topic":"refund"}
                …
                : /accept
                < {"type":"accept","offer":"$o1"}
                > {"type":"started","chat":"$c2","customer":"Ann","topic":"refund"}
                = [1] ▶ started with Ann · Refunds (refund)
                = [?1] The answer waits as far as it is written: /answer goes on with it.
                : hello
                < {"type":"say","chat":"$c2","id":"me-1","text":"hello"}
                > {"type":"ack","chat":"$c2","id":"me-1","seq":4}
                = [1] me> hello
                eof
                ! [?1] Leaving without having saved: “half an”
                close
                quit 0
                """)
    }

    @Test("An answer without an ack is sent again with the same id, and what is still ours is known again")
    func lostConnection() {
        play(
            Self.taken + """
                : /answer three days
                < {"type":"answer","inquiry":"$c1","id":"me-1","text":"three days"}
                lost
                …
                @ 1
                connect
                connected
                …
                \(Dialogue.welcome)
                = *  Connected again.
                < {"type":"topics"}
                < {"type":"status","status":"available"}
                < {"type":"answer","inquiry":"$c1","id":"me-1","text":"three days"}
                \(Self.inquiry("$c1", "taken"))
                \(Self.words("$c1", 2, "no refund"))
                \(Dialogue.topics)
                > {"type":"error","code":"busy","message":"Busy.","retry_after":1,"id":"me-1"}
                ! [?1] Busy.
                @ 1
                < {"type":"answer","inquiry":"$c1","id":"me-1","text":"three days"}
                > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
                = [?1] me> three days
                = [?1] ✓ answered. /finish [disposition] [resolved|unresolved] [#tag…] closes it.
                """)
        // Gone for too long: it is the others'.
        play(
            Self.taken + """
                lost
                …
                @ 1
                connect
                connected
                …
                \(Dialogue.welcome)
                …
                \(Dialogue.topics)
                = [?1] This inquiry is no longer in your hands.
                : /answer x
                ! *  /answer: no inquiry is chosen. /take chooses one.
                """)
    }

    @Test("After a start the inquiries in one's hands are shown; the first is the current one") func found() {
        play(
            """
            login
            \(Self.inquiry("$c1", "taken"))
            = [?1] ▶ current inquiry 7K2M-Q9XC-04TD · Refunds (refund) · ko · due 2026-11-23 17:00 · /answer words, or /answer for several lines
            = [?1]    customer: no name
            \(Self.words("$c1", 2, "no refund"))
            = [?1] customer> no refund
            \(Self.inquiry("$c2", "reopened"))
            = [?2] inquiry in your hands 7K2M-Q9XC-04TD · Refunds (refund) · ko · due 2026-11-23 17:00 · /take 2 chooses it
            = [?2]    customer: no name
            \(Self.inquiry("$c3", "taken", agent: "lee"))
            : /release
            < {"type":"release","inquiry":"$c1"}
            > {"type":"ok","for":"release","chat":"$c1"}
            = [?1] Let go: colleagues can take it.
            : /release ?2
            < {"type":"release","inquiry":"$c2"}
            > {"type":"error","code":"inquiry_not_taken","message":"Take the inquiry first."}
            ! [?2] /release: Take the inquiry first.
            > {"type":"status","name":"kim","role":"agent","status":"offline","cause":"asked"}
            …
            : /chats
            = No chats and no offers.
            """)
    }

    @Test("Only what was asked for becomes the current one, whatever else comes in between") func others() {
        play(
            Self.taken + """
                \(Self.news("arrived", "$c2"))
                …
                : /take 2
                < {"type":"take","inquiry":"$c2"}
                \(Self.inquiry("$c3", "reopened"))
                = [?3] inquiry in your hands 7K2M-Q9XC-04TD · Refunds (refund) · ko · due 2026-11-23 17:00 · /take 3 chooses it
                = [?3]    customer: no name
                \(Self.inquiry("$c2", "taken"))
                = [?2] ▶ current inquiry 7K2M-Q9XC-04TD · Refunds (refund) · ko · due 2026-11-23 17:00 · /answer words, or /answer for several lines
                = [?2]    customer: no name
                : /answer yes
                < {"type":"answer","inquiry":"$c2","id":"me-1","text":"yes"}
                """)
    }

    @Test("News in one line each, and the bell when it is overdue") func newsLines() {
        play(
            """
            login
            \(Self.news("arrived", "$c1"))
            = [?1] ── new inquiry: Refunds (refund) · due 2026-11-23 17:00 · 2 waiting · /take 1
            \(Self.news("reminder", "$c1", percent: 50))
            = [?1] ── 50 % of the time for an inquiry are over: Refunds (refund) · due 2026-11-23 17:00 · 2 waiting · /take 1
            \(Self.news("reminder", "$c2", agent: "lee", percent: 100))
            = [?2] ── inquiry OVERDUE (lee): Refunds (refund) · due 2026-11-23 17:00 · 2 waiting · /take 2 (bell)
            \(Self.news("replied", "$c2", agent: "lee"))
            = [?2] ── the customer says more (lee): Refunds (refund) · due 2026-11-23 17:00 · 2 waiting · /take 2
            \(Self.news("mail_bounced", "$c2", agent: "lee\\u001b"))
            = [?2] ── the customer's address takes no mail (lee<U+001B>): Refunds (refund) · due 2026-11-23 17:00 · 2 waiting
            \(Self.news("later_kind", "$c1"))
            = [?1] ── inquiry (later_kind): Refunds (refund) · due 2026-11-23 17:00 · 2 waiting · /take 1
            """)
    }

    @Test("Numbers are never used again, and what is in one's hands is not forgotten for newer ones") func bounds() {
        var dialogue = Dialogue()
        dialogue.play(Self.taken)
        for number in 1...(ConsoleBounds.inquiries + 10) {
            _ = dialogue.run(Self.news("arrived", Dialogue.chat(number + 10).description))
        }
        #expect(dialogue.model.inquiries.all.count == ConsoleBounds.inquiries)
        dialogue.play(
            """
            : /take 2
            ! *  There is no inquiry 2 on the list. /inquiries shows them.
            : /answer here
            < {"type":"answer","inquiry":"$c1","id":"me-1","text":"here"}
            """)
        let lines = dialogue.run(": /answer " + String(repeating: "가", count: 2_667))
        #expect(lines == ["! [?1] Too long: 8001 bytes, 8000 at once are allowed. Not sent."])
        _ = dialogue.run(": /answer")
        for _ in 1...7 { #expect(dialogue.run(": " + String(repeating: "가", count: 380)) == []) }
        #expect(
            dialogue.run(": " + String(repeating: "x", count: 20)) == [
                "! [?1] Too long: 8007 bytes, 8000 at once are allowed. Not sent."
            ])
    }

    @Test func inKorean() {
        play(
            """
            login
            \(Self.news("arrived", "$c1", open: 1))
            = [?1] ── 새 문의: Refunds(refund) · 기한 2026-11-23 17:00 · 답변 대기 1건 · /맡기 1
            : /맡기 1
            < {"type":"take","inquiry":"$c1"}
            \(Self.inquiry("$c1", "taken"))
            = [?1] ▶ 현재 문의 7K2M-Q9XC-04TD · Refunds(refund) · ko · 기한 2026-11-23 17:00 · /답변 내용, 여러 줄은 /답변
            = [?1]    고객: 이름 없음
            : /답변
            = [?1] 이제 입력하는 줄은 답변에 들어갑니다. 보내려면 /보내기, 버리려면 /취소, 상담으로 돌아가려면 /전환
            : 안녕하세요
            : /보내기
            < {"type":"answer","inquiry":"$c1","id":"me-1","text":"안녕하세요"}
            > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
            = [?1] 나> 안녕하세요
            = [?1] ✓ 답변했습니다. /마무리 [결과] [해결|미해결] [#태그…] 로 끝낼 수 있습니다.
            \(Self.inquiry("$c1", "answered"))
            : /내려놓기
            < {"type":"release","inquiry":"$c1"}
            > {"type":"error","code":"inquiry_not_taken","message":"Take the inquiry first."}
            ! [?1] /내려놓기: 먼저 문의를 맡아야 합니다.
            : /마무리 해결
            < {"type":"close","inquiry":"$c1","resolved":true}
            > {"type":"ok","for":"close","chat":"$c1"}
            = [?1] 마무리했습니다.
            """, language: .korean)
    }
}
