// Coming back by hand, as a customer sees it. How to read it: HandScript.

import SangdamWire
import Testing

@Suite struct HandSessionResumeTests {
    @Test("A wrong code, then the right one") func resume() {
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
            > /재접속
            *** 재접속 코드를 함께 입력해 주세요. 예: /재접속 코드
            > /재접속 tok-old
            = hello ko resume=tok-old after=0
            > 여보세요
            ! unknown token
            *** 재접속 코드가 맞지 않거나 이미 끝난 상담이에요.
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            > /재접속 tok-123
            = hello ko resume=tok-123 after=0
            > 저 왔어요
            ! welcome
            = topics
            *** 다시 오신 것을 환영해요.
            ! started kim
            = say 저 왔어요
            *** 상담원 kim 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요.
            ! own words
            나> 환불이 안 돼요
            나> 어제부터요
            ! kim says hello
            상담원 kim> 안녕하세요, 김상담입니다.
            상담원 kim> 무엇을 도와드릴까요?
            ! topics
            ! ended by agent
            = topics
            *** 상담원이 상담을 마쳤어요. 이용해 주셔서 고맙습니다.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            *** 상담이 어떠셨나요? 예: /평가 5 친절했어요 (1–5점)
            """#
        expectPlays(script, in: &harness)
    }

    @Test("Back into a queue: nothing is asked twice") func resumeIntoAQueue() {
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
            > /resume tok-123
            = hello ko resume=tok-123 after=0
            ! welcome
            = topics
            *** 다시 오신 것을 환영해요.
            ! queued 2, 1 min
            *** 앞에 1명이 기다리고 있어요. 약 1분 걸려요.
            ! topics
            > 아직 기다려요
            = say 아직 기다려요
            """#
        expectPlays(script, in: &harness)
    }

    @Test("Back to a chat that is over") func resumeOfAChatThatIsOver() {
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
            > /재접속 tok-123
            = hello ko resume=tok-123 after=0
            > /평가 4
            ! welcome
            = topics
            *** 다시 오신 것을 환영해요.
            ! own words
            나> 환불이 안 돼요
            나> 어제부터요
            ! ended by agent
            *** 상담원이 상담을 마쳤어요. 이용해 주셔서 고맙습니다.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            ! topics
            = rate 4
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            ! ok rate
            *** 평가해 주셔서 고맙습니다.
            """#
        expectPlays(script, in: &harness)
    }

    @Test("Back without a chat: a menu") func resumeWithoutAChat() {
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
            > /menu
            = topics
            > /재접속 tok-123
            = hello ko resume=tok-123 after=0
            > 2
            ! topics
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            ! welcome
            = topics
            *** 다시 오신 것을 환영해요.
            ! topics
            = enter refund
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            ! queued 1
            *** ‘환불’ 문의를 접수했어요.
            *** 바로 다음 차례예요. 예상 시간은 아직 알 수 없어요.
            *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
            *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
            *** 어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.
            """#
        expectPlays(script, in: &harness)
    }
}
