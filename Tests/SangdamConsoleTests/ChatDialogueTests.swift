// Chats from the offer to the wrap-up, one and several, as tables of lines.

import SangdamConsole
import SangdamCore
import Testing

@Suite struct ChatDialogueTests {
    @Test func logsInAndBecomesAvailable() {
        play(
            """
            start
            connect
            connected
            < {"type":"hello","role":"agent","user":"kim","password":"secret","lang":"en"}
            \(Dialogue.welcome)
            = *  Logged in as kim. /help lists the commands.
            < {"type":"topics"}
            < {"type":"status","status":"available"}
            > {"type":"status","name":"kim","role":"agent","status":"available","after_chats":null,"capacity":3,"auto_accept":true,"cause":"asked"}
            = *  status: available · capacity 3 · accepting by itself
            \(Dialogue.topics)
            """)
    }

    @Test func staysOnBreakWhenAsked() {
        play(
            """
            start
            connect
            connected
            …
            \(Dialogue.welcome)
            = *  Logged in as kim. /help lists the commands.
            < {"type":"topics"}
            = *  status: on break · capacity 3
            """, startsOnBreak: true)
    }

    @Test("What a customer tells after the offer is shown once, and is no new offer") func tellsMore() {
        play(
            """
            login
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"money","topic":"refund","lang":"ko","waited":1,"intake":{},"expires":"2026-11-22T10:31:20.000Z"}
            = [1] ── offer: Refunds (refund) · waited 1 s · ko · /accept within 20 s (bell)
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"money","topic":"refund","lang":"ko","waited":3,"intake":{"what":"No refund"},"expires":"2026-11-22T10:31:20.000Z"}
            = [1]    what: No refund
            : /accept
            < {"type":"accept","offer":"$o1"}
            > {"type":"started","chat":"$c1","customer":null,"seq":3,"queue":"money","topic":"refund","lang":"ko","waited":4,"intake":{"what":"No refund"},"wrapping_up":false,"away":false}
            = [1] ▶ started with customer · Refunds (refund)
            > {"type":"started","chat":"$c1","customer":null,"seq":3,"queue":"money","topic":"refund","lang":"ko","waited":4,"intake":{"what":"No refund","goal":"my money"},"wrapping_up":false,"away":false}
            = [1]    goal: my money
            """)
    }

    @Test func oneChatFromOfferToWrapUp() {
        play(
            """
            login
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"money","topic":"refund","lang":"ko","waited":72.5,"intake":{"what":"No refund\\nat all","goal":"my money"},"expires":"2026-11-22T10:31:20.000Z"}
            = [1] ── offer: Refunds (refund) · waited 1 min 12 s · ko · /accept within 20 s (bell)
            = [1]    what: No refund
            = [1]    │ at all
            = [1]    goal: my money
            : /accept
            < {"type":"accept","offer":"$o1"}
            : hello
            > {"type":"offer_closed","offer":"$o1","reason":"accepted"}
            > {"type":"started","chat":"$c1","customer":null,"seq":3,"queue":"money","topic":"refund","lang":"ko","waited":72.5,"intake":{"what":"No refund\\nat all","goal":"my money"},"wrapping_up":false,"away":false}
            = [1] ▶ started with customer · Refunds (refund)
            < {"type":"say","chat":"$c1","id":"me-1","text":"hello"}
            > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
            = [1] me> hello
            > {"type":"typing","chat":"$c1","who":"customer","on":true}
            = [1] … is typing
            > {"type":"typing","chat":"$c1","who":"customer","on":true}
            > {"type":"message","chat":"$c1","seq":5,"from":"customer","name":null,"id":"q","text":"안녕하세요","at":"2026-11-22T10:31:05.000Z"}
            = [1] customer> 안녕하세요
            > {"type":"typing","chat":"$c1","who":"customer","on":true}
            = [1] … is typing
            : /note looks honest
            < {"type":"note","chat":"$c1","id":"me-2","text":"looks honest"}
            > {"type":"ack","chat":"$c1","id":"me-2","seq":6}
            = [1] note (me): looks honest
            : /end
            < {"type":"end","chat":"$c1"}
            > {"type":"ended","chat":"$c1","reason":"agent_ended","receipt":"7K2M-Q9XC-04TD"}
            = [1] ■ ended: by the agent · receipt 7K2M-Q9XC-04TD
            = [1]    /wrapup [disposition] [resolved|unresolved] [#tag…] finishes it.
            : too late
            ! [1] Not sent, the chat is over: “too late” · /wrapup or /switch
            : /wrapup refund paid resolved #refund #first
            < {"type":"wrapup","chat":"$c1","disposition":"refund paid","resolved":true,"tags":["refund","first"]}
            > {"type":"ok","for":"wrapup","chat":"$c1"}
            = [1] Wrap-up done.
            : nobody
            ! *  Not sent: “nobody” · there is no chat.
            : /chats
            = No chats and no offers.
            """)
    }

    @Test func koreanNamesAndWords() {
        play(
            """
            login
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"money","topic":"refund","lang":"ko","waited":5,"intake":{"what":"환불이 안 돼요"},"expires":"2026-11-22T10:31:20.000Z"}
            = [1] ── 상담 요청: Refunds(refund) · 5초 대기 · ko · 20초 안에 /수락 (bell)
            = [1]    문의 내용: 환불이 안 돼요
            : /수락 1
            < {"type":"accept","offer":"$o1"}
            > {"type":"started","chat":"$c1","customer":"이영희","topic":"refund"}
            = [1] ▶ 이영희 님과 상담을 시작합니다 (Refunds(refund))
            : /메모 확인함
            < {"type":"note","chat":"$c1","id":"me-1","text":"확인함"}
            : /전환 이영
            = [1] ▶ 현재 상담: 이영희
            : /목록
            = ▶[1] 이영희 · Refunds(refund) ·  · 상담 중
            = 아직 저장되지 않은 메시지: 1
            : /휴식 나중
            < {"type":"status","status":"break","after_chats":true}
            : /가능
            < {"type":"status","status":"available"}
            : /상담수 5
            < {"type":"status","capacity":5}
            : /자동 켜기
            < {"type":"status","auto_accept":true}
            : /이관 대기열:general
            < {"type":"transfer","chat":"$c1","to":{"queue":"general"},"kind":"cold"}
            > {"type":"error","code":"unknown_queue","message":"그런 대기열이 없어요."}
            ! *  /가능: 그런 대기열이 없습니다.
            : /종료
            < {"type":"end","chat":"$c1"}
            > {"type":"ended","chat":"$c1","reason":"customer_left","receipt":"7K2M-Q9XC-04TD"}
            = [1] ■ 고객이 상담을 종료했습니다 · 접수번호 7K2M-Q9XC-04TD
            = [1]    /정리 [결과] [해결|미해결] [#태그…] 로 마무리합니다.
            : /정리 미해결 #환불
            < {"type":"wrapup","chat":"$c1","resolved":false,"tags":["환불"]}
            > {"type":"ok","for":"wrapup","chat":"$c1"}
            = [1] 정리가 끝났습니다.
            : /기록
            ! *  /기록: 선택한 상담이 없습니다. /목록 으로 확인하고 /전환 으로 선택해 주세요.
            """, language: .korean)
    }

    @Test func twoChatsAndNoWordsForTheWrongOne() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund","lang":"en"}
            = [1] ▶ started with Ann · Refunds (refund)
            > {"type":"started","chat":"$c2","customer":"Bob","topic":"other","lang":"en"}
            = [2] ▶ started with Bob · Other (other)
            = [2]    /switch 2 to write here
            : for Ann
            < {"type":"say","chat":"$c1","id":"me-1","text":"for Ann"}
            > {"type":"message","chat":"$c2","seq":9,"from":"customer","name":"Bob","text":"hi"}
            = [2] Bob> hi
            : /chats
            = ▶[1] Ann · Refunds (refund) · en · open
            =  [2] Bob · Other (other) · en · open · 1 unread
            = Not yet saved: 1
            : /switch bo
            = [2] ▶ current chat: Bob
            : for Bob
            < {"type":"say","chat":"$c2","id":"me-2","text":"for Bob"}
            : /1
            = [1] ▶ current chat: Ann
            : /switch
            = [2] ▶ current chat: Bob
            : /switch 7
            ! *  There is no such chat: 7 · /chats
            > {"type":"ended","chat":"$c2","reason":"customer_left","receipt":"x"}
            …
            : still here?
            ! [2] Not sent, the chat is over: “still here?” · /wrapup or /switch
            : /wrapup
            < {"type":"wrapup","chat":"$c2"}
            > {"type":"ok","for":"wrapup","chat":"$c2"}
            = [2] Wrap-up done.
            = [1] ▶ current chat: Ann
            > {"type":"offer","offer":"$o3","chat":"$c3","queue":"money","topic":"refund","lang":"en","waited":1,"intake":{}}
            = [2] ── offer: Refunds (refund) · waited 1 s · en · /accept (bell)
            : /switch 2
            ! [2] That is still an offer. First /accept 2
            """)
    }

    @Test func wrapUpThatEndsByItselfChoosesNoOtherChat() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            > {"type":"started","chat":"$c2","customer":"Bob","topic":"refund"}
            …
            > {"type":"ended","chat":"$c1","reason":"idle","receipt":"x"}
            …
            > {"type":"ok","for":"wrapup","chat":"$c1"}
            = [1] Wrap-up done.
            : for Ann
            ! *  Not sent: “for Ann” · choose a chat first: /switch [2]
            """)
    }

    @Test func offersAreDeclinedExpireAndAreTakenBack() {
        play(
            """
            login
            : /accept
            ! *  There is no offer.
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"q","topic":"t","lang":"en","waited":0,"intake":{},"expires":"2026-11-22T10:31:20.000Z"}
            …
            > {"type":"offer","offer":"$o2","chat":"$c2","queue":"q","topic":"t","lang":"en","waited":0,"intake":{},"expires":"2026-11-22T10:31:20.000Z"}
            …
            > {"type":"offer","offer":"$o3","chat":"$c3","queue":"q","topic":"t","lang":"en","waited":0,"intake":{},"expires":"2026-11-22T10:31:20.000Z"}
            …
            : /decline 2 not my field
            < {"type":"decline","offer":"$o2","reason":"not my field"}
            > {"type":"offer_closed","offer":"$o2","reason":"declined"}
            = [2] Offer declined.
            : /decline my lunch
            < {"type":"decline","offer":"$o1","reason":"my lunch"}
            > {"type":"offer_closed","offer":"$o1","reason":"declined"}
            = [1] Offer declined.
            : words
            ! *  Not sent: “words” · first /accept [3]
            > {"type":"offer_closed","offer":"$o3","reason":"rescinded"}
            = [3] The offer was taken back.
            > {"type":"offer","offer":"$o4","chat":"$c4","queue":"q","topic":"t","lang":"en","waited":0,"intake":{},"expires":"2026-11-22T10:31:20.000Z"}
            = [1] ── offer: t · waited 0 s · en · /accept within 20 s (bell)
            @ 24
            @ 2
            = [1] The offer's time is over.
            """)
    }

    @Test func anAcceptThatComesTooLateLetsTheNextLineGo() {
        play(
            """
            login
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"q","topic":"t","lang":"en","waited":0,"intake":{}}
            …
            : /accept
            < {"type":"accept","offer":"$o1"}
            : held
            > {"type":"error","code":"unknown_offer","message":"Too late."}
            ! [1] /accept: Too late.
            ! *  Not sent: “held” · there is no chat.
            """)
    }

    @Test func transfersToQueuesAndColleagues() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : /transfer money
            ! *  Usage: /transfer queue:ID | agent:NAME | @NAME · queues: general, money
            : /transfer agent:lee
            < {"type":"transfer","chat":"$c1","to":{"agent":"lee"},"kind":"cold"}
            > {"type":"error","code":"agent_unavailable","message":"Not now."}
            ! [1] /transfer: Not now.
            : /transfer @lee
            < {"type":"transfer","chat":"$c1","to":{"agent":"lee"},"kind":"cold"}
            > {"type":"ok","for":"transfer","chat":"$c1"}
            = [1] → transferred: @lee
            > {"type":"party","chat":"$c1","who":"agent","state":"left"}
            : still
            ! *  Not sent: “still” · there is no chat.
            """)
    }

    @Test("A supervisor opens and closes queues, and lets them go by their hours again")
    func overrides() {
        play(
            """
            login
            : /close money
            < {"type":"override","queue":"money","state":"closed"}
            : /열기 general
            < {"type":"override","queue":"general","state":"open"}
            > {"type":"ok","for":"override","queue":"money","state":"closed","open":false}
            = *  money is closed until a supervisor opens it. Whoever waits is still served.
            > {"type":"ok","for":"override","queue":"general","state":"open","open":true,"until":"2026-11-22T09:00:00.000Z","until_local":"2026-11-22 18:00"}
            = *  general is open until 2026-11-22 18:00.
            : /schedule money
            < {"type":"override","queue":"money","state":"auto"}
            > {"type":"ok","for":"override","queue":"money","state":"auto","open":true}
            = *  money goes by its hours again.
            : /close lost
            < {"type":"override","queue":"lost","state":"closed"}
            > {"type":"error","code":"unknown_queue","message":"There is no such queue.","field":"queue"}
            ! *  /close: There is no such queue.
            : /open
            ! *  Usage: /open QUEUE
            """)
    }

    @Test func slashTwiceSaysASlash() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : //help
            < {"type":"say","chat":"$c1","id":"me-1","text":"/help"}
            : /etc/passwd
            ! *  /etc/passwd: no such command. /help lists them; to say it as it is: //etc/passwd
            :  \u{20}
            """)
    }

    @Test("A topic's own questions are shown in its words, its choices too; what is not known, by its id")
    func ownQuestions() {
        play(
            """
            login
            > {"type":"topics","topics":[{"id":"fraud","label":"Fraud","queue":"q","intake":[{"id":"card","label":"Which\\u001b card?","required":true,"kind":"choice","choices":[{"id":"debit","label":"Debit card"}]},{"id":"when","label":"Since when?","required":true,"kind":"date"}]}]}
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"q","topic":"fraud","lang":"en","waited":1,"intake":{"when":"today","card":"debit","mood":"bad"}}
            = [1] ── offer: Fraud (fraud) · waited 1 s · en · /accept (bell)
            = [1]    Since when?: today
            = [1]    Which<U+001B> card?: Debit card
            = [1]    mood: bad
            > {"type":"offer","offer":"$o1","chat":"$c1","queue":"q","topic":"fraud","lang":"en","waited":2,"intake":{"when":"today","card":"credit","mood":"bad"}}
            = [1]    Which<U+001B> card?: credit
            > {"type":"offer","offer":"$o2","chat":"$c2","queue":"q","topic":"gone","lang":"en","waited":1,"intake":{"when":"today","card":"debit"}}
            = [2] ── offer: gone · waited 1 s · en · /accept (bell)
            = [2]    when: today
            = [2]    card: debit
            """)
    }

    @Test func whatOthersDoIsShown() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund","intake":{"what":"broken"},"away":true}
            = [1] ▶ started with Ann · Refunds (refund)
            = [1]    what: broken
            = [1] the customer's connection is lost; the chat is held for a while
            > {"type":"party","chat":"$c1","who":"customer","state":"back"}
            = [1] the customer is back
            > {"type":"message","chat":"$c1","seq":2,"from":"agent","name":"lee","text":"before"}
            = [1] agent lee> before
            > {"type":"note","chat":"$c1","seq":3,"by":"lee","text":"careful"}
            = [1] note (lee): careful
            > {"type":"message","chat":"$c1","seq":4,"from":"system","name":null,"text":"idle"}
            = [1] system> idle
            > {"type":"status","name":"kim","status":"break","cause":"unanswered"}
            = *  status: on break · because offers went unanswered (/available)
            : /history
            = [1] agent lee> before
            = [1] note (lee): careful
            = [1] system> idle
            """)
    }

    @Test func onATerminalOwnWordsAreNotRepeated() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"refund"}
            …
            : hello
            < {"type":"say","chat":"$c1","id":"me-1","text":"hello"}
            > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
            : /history
            = [1] me> hello
            """, isInteractive: true)
    }
}
