// Frequent questions in the console: found in the language of the chat, and said there.

import SangdamConsole
import Testing

@Suite struct FAQDialogueTests {
    private static let started =
        #"> {"type":"started","chat":"$c1","customer":"Lee","seq":3,"queue":"money","topic":"refund","lang":"ja","waited":4,"intake":{},"wrapping_up":false,"away":false}"#

    @Test func findsAndInserts() {
        play(
            #"""
            login
            : /faq
            ! *  Usage: /faq words
            : /faq refund when
            < {"type":"faq","q":"refund when"}
            > {"type":"faq","results":[]}
            = *  No frequent question like that was found.
            : /insert 1
            ! *  /insert: no chat is chosen. /chats shows them, /switch chooses one.
            \#(Self.started)
            = [1] ▶ started with Lee · Refunds (refund)
            : /insert 1
            ! *  There is no answer 1. Find some: /faq words
            : /질문 返金
            < {"type":"faq","q":"返金","topic":"refund","lang":"ja"}
            > {"type":"faq","results":[{"id":"refund-when","question":"返金は?","answer":"三日\n以内"},{"id":"b","question":"B","answer":"b\u001b[2J"}]}
            =   1. 返金は?
            =      三日
            =      以内
            =   2. B
            =      b<U+001B>[2J
            =    /insert 1 says that answer in the current chat.
            : /insert 3
            ! *  There is no answer 3. Find some: /faq words
            : /넣기 1
            < {"type":"say","chat":"$c1","id":"me-1","text":"三日\n以内"}
            > {"type":"ack","chat":"$c1","id":"me-1","seq":4}
            = [1] me> 三日
            = [1]    │ 以内
            """#)
    }

    @Test func anAnswerInAnotherLanguageIsNotInserted() {
        play(
            #"""
            login
            : /faq refund
            < {"type":"faq","q":"refund"}
            > {"type":"faq","results":[{"id":"a","question":"Q","answer":"A"}]}
            =   1. Q
            =      A
            =    /insert 1 says that answer in the current chat.
            \#(Self.started)
            = [1] ▶ started with Lee · Refunds (refund)
            : /insert 1
            ! [1] This chat is in ja: search again with /faq.
            """#)
    }

    @Test func aRefusalIsAboutTheSearch() {
        play(
            #"""
            login
            : /faq refund
            < {"type":"faq","q":"refund"}
            > {"type":"error","code":"busy","message":"Too busy."}
            ! *  /faq: Too busy.
            """#)
    }

    @Test func inKorean() {
        play(
            #"""
            login
            : /질문 환불
            < {"type":"faq","q":"환불"}
            > {"type":"faq","results":[{"id":"a","question":"환불은?","answer":"사흘"}]}
            =   1. 환불은?
            =      사흘
            =    /넣기 1 로 그 답을 현재 상담에 보냅니다.
            """#, language: .korean)
    }
}
