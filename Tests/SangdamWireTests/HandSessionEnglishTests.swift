// A conversation by hand in English, as a customer sees it. How to read it: HandScript.

import SangdamWire
import Testing

@Suite struct HandSessionEnglishTests {
    @Test("English, and back, and again") func englishFromTheMenu() {
        var harness = HandScript.begin()
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        let script = #"""
            ! welcome
            *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
            *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh
            ! topics
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /lang
            *** 이렇게 입력해 주세요: /언어 ko (ko 한국어, en English, ja 日本語, zh 中文)
            > /lang xx
            *** 이렇게 입력해 주세요: /언어 ko (ko 한국어, en English, ja 日本語, zh 中文)
            > /lang en
            = lang en
            = topics
            *** We will speak English from now on.
            ! ok lang
            ! topics
            *** You can talk to an agent now.
            ***   1. Payment (available now)
            ***   2. Refund (2 waiting)
            ***   3. Payment fraud (no agent on duty)
            *** Please type a number. For help, type /help.
            > hello
            *** Please choose a number from 1 to 3, or type /help.
            > 2
            = enter refund
            ! queued 3, 3–5 min
            *** You have chosen: Refund.
            *** There are 2 people ahead of you. It should take about 3–5 minutes.
            *** If you get disconnected, your place is kept for 15 minutes (closing the window gives it up): come back and type: /resume tok-123
            *** A few questions while you wait. Press Enter to skip one, or type /skip to skip them all.
            *** What happened? Please include any error message.
            > charged twice
            = intake what=charged twice
            *** When did it happen?
            > /lang ko
            = lang ko
            *** 이제 한국어로 안내해 드릴게요.
            *** 언제 있었던 일인가요?
            > /언어 en
            = lang en
            *** We will speak English from now on.
            *** When did it happen?
            > /skip
            *** All right, no more questions. Just type whatever you would like to say.
            ! queued 2, 1 min
            *** There is 1 person ahead of you. It should take about 1 minute.
            ! queued 1, soon
            *** You are next. It should take less than a minute.
            ! queued 1, nobody on duty
            *** You are next. No agent is on duty right now; you will be connected as soon as one arrives.
            ! started kim
            *** You are now chatting with agent kim. Please go ahead. To finish, type /leave.
            ! kim says hello
            Agent kim> 안녕하세요, 김상담입니다.
            Agent kim> 무엇을 도와드릴까요?
            > 7
            = say 7
            > //help
            = say /help
            > /help
            *** These are the commands. Anything else you type goes to your agent.
            ***   /menu         show the topics again
            ***   /faq WORDS    search the frequent questions
            ***   /solved       the answer helped (if not, /unsolved)
            ***   /inquire      leave a question to be answered later (/send when it is written, /cancel to stop)
            ***   /inquire RECEIPT   read it and its answer (/reply RECEIPT to say more)
            ***   /queue        your place in line and about how long it takes
            ***   /skip         skip the remaining questions
            ***   /transcript   read this chat from the beginning
            ***   /rate 5 thank you   rate a finished chat from 1 to 5
            ***   /contact      phone numbers and hours
            ***   /resume CODE  return to a chat after a lost connection
            ***   /lang ko|en|ja|zh   change the language
            ***   /leave        end the chat, or leave
            *** To send words that begin with '/', begin with '//'.
            > /queue
            = position
            ! started kim
            *** You are chatting with agent kim.
            ! started lee
            *** Agent lee will help you from here.
            ! agent away
            *** Your agent lost the connection for a moment. We are waiting for them to return.
            ! agent back
            *** Your agent is back.
            ! reminder
            *** Are you still there? The chat ends after 7 more minutes of silence.
            ! ended by agent
            = topics
            *** Your agent has ended the chat. Thank you for contacting us.
            *** Receipt: 7K2M-Q9XC-04TD (please mention it if you contact us again)
            *** How was it? For example: /rate 5 very kind (1 to 5)
            ! topics, nobody on duty
            *** No agent is on duty right now. Join the line and you will be connected, in turn, as soon as one arrives.
            *** Phone · Service centre: 1588-3819 (weekdays 09:00–18:00)
            ***   1. Payment (no agent on duty, 4 waiting)
            ***   2. Refund (no agent on duty)
            *** Please type a number. For help, type /help.
            > /rate
            *** Please give 1 to 5, for example: /rate 5 very kind
            > /rate 4 very kind
            = rate 4 very kind
            ! ok rate
            *** Thank you for your rating.
            > /nonsense
            = refused unknown_verb
            *** There is no such command. Type /help to see them all.
            > /quit
            = close left
            *** Thank you, and goodbye.
            """#
        expectPlays(script, in: &harness)
    }
}
