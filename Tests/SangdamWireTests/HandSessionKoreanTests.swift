// Conversations by hand in Korean, as a customer sees them. How to read them: HandScript.

import SangdamWire
import Testing

@Suite struct HandSessionKoreanTests {
    @Test("From the menu to the rating, with everything that may happen between") func menuChoosingIntakeAndChat() {
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
            > 안녕하세요
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            > 9
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            > 0
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            > 
            > ２
            = enter refund
            ! queued 3, 3–5 min
            *** ‘환불’ 문의를 접수했어요.
            *** 앞에 2명이 기다리고 있어요. 약 3–5분 걸려요.
            *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
            *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
            *** 어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.
            > 두 번 결제됐어요
            = intake what=두 번 결제됐어요
            *** 언제 있었던 일인가요?
            > 어제 저녁 8시
            = intake when=어제 저녁 8시
            *** 어느 계정(아이디)인가요? 비밀번호는 적지 마세요.
            > 
            *** 어떤 결제인가요? 날짜와 금액, 가맹점을 적어 주세요. 카드번호는 적지 마세요.
            > 카드, 12,000원
            = intake payment=카드, 12,000원
            *** 어떤 기기나 앱에서 있었던 일인가요?
            > 
            *** 어떻게 해결되기를 바라시나요?
            > 한 건 취소해 주세요
            = intake goal=한 건 취소해 주세요
            *** 고맙습니다. 적어 주신 내용은 상담원이 미리 봅니다. 덧붙일 말은 그냥 입력해 주세요.
            ! queued 3, 4–5 min
            ! queued 3, 8–9 min
            *** 앞에 2명이 기다리고 있어요. 약 8–9분 걸려요.
            ! queued 2, 1 min
            *** 앞에 1명이 기다리고 있어요. 약 1분 걸려요.
            > /대기
            = position
            ! queued 2, 1 min
            *** 앞에 1명이 기다리고 있어요. 약 1분 걸려요.
            > 참, 영수증도 있어요
            = say 참, 영수증도 있어요
            ! ack
            ! queued 1
            *** 바로 다음 차례예요. 예상 시간은 아직 알 수 없어요.
            ! queued 1, soon
            *** 바로 다음 차례예요. 1분 안에 연결될 것 같아요.
            ! started kim
            *** 상담원 kim 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요.
            ! kim says hello
            상담원 kim> 안녕하세요, 김상담입니다.
            상담원 kim> 무엇을 도와드릴까요?
            > 2
            = say 2
            > //메뉴가 안 열려요
            = say /메뉴가 안 열려요
            > ／／슬래시
            = say ／슬래시
            >   앞뒤 공백  
            = say   앞뒤 공백  
            ! typing
            ! seen
            ! kim is evil
            상담원 k<U+001B>im> <U+001B>[2J
            상담원 k<U+001B>im> *** 거짓 알림
            상담원 k<U+001B>im> <U+202E>txt
            ! nameless agent
            상담원> 네
            ! agent away
            *** 상담원의 연결이 잠시 끊겼어요. 돌아오기를 기다리고 있어요.
            ! customer away
            ! agent back
            *** 상담원이 돌아왔어요.
            > /queue
            = position
            ! started kim
            *** 지금 상담원 kim 님과 상담하고 계세요.
            ! started kim
            ! started lee
            *** 이제 상담원 lee 님이 이어서 도와드려요.
            ! agent left
            *** 상담원이 상담에서 나갔어요.
            ! queued 1, nobody on duty
            *** 다른 상담원을 찾고 있어요. 지금까지 나눈 이야기는 그대로 전해지니 다시 설명하지 않으셔도 돼요.
            *** 바로 다음 차례예요. 지금은 상담원이 자리에 없어서, 오는 대로 연결해 드릴게요.
            ! started kim
            *** 상담원 kim 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요.
            ! reminder
            *** 아직 계신가요? 7분 더 말씀이 없으시면 상담을 마칠게요.
            > /transcript
            = transcript
            ! transcript begins
            *** ── 여기부터 상담 기록이에요 ──
            ! own words
            나> 환불이 안 돼요
            나> 어제부터요
            ! own words, erased
            나> [지움]
            ! kim's words, erased
            상담원 kim> [지움]
            ! kim says hello
            상담원 kim> 안녕하세요, 김상담입니다.
            상담원 kim> 무엇을 도와드릴까요?
            ! transcript ends
            *** ── 상담 기록은 여기까지예요 ──
            > /메뉴
            *** 이미 상담 중이거나 기다리시는 중이에요. 그만두시려면 /나가기 를 입력해 주세요.
            > /skip
            *** 지금은 건너뛸 질문이 없어요.
            > /모름
            = refused unknown_verb
            *** 모르는 명령이에요. /도움 을 입력하면 쓸 수 있는 명령을 보여 드려요.
            ! ended by agent
            = topics
            *** 상담원이 상담을 마쳤어요. 이용해 주셔서 고맙습니다.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            *** 상담이 어떠셨나요? 예: /평가 5 친절했어요 (1–5점)
            > 2
            *** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.
            ! topics
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /평가
            *** 1점에서 5점까지 입력해 주세요. 예: /평가 5 친절했어요
            > /평가 6
            *** 1점에서 5점까지 입력해 주세요. 예: /평가 5 친절했어요
            > /평가 5점 친절했어요
            = rate 5 친절했어요
            ! ok rate
            *** 평가해 주셔서 고맙습니다.
            > /평가 1
            = rate 1
            > 감사합니다
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            > /나가기
            = close left
            *** 이용해 주셔서 고맙습니다. 안녕히 가세요.
            > 아직 있나요
            """#
        expectPlays(script, in: &harness)
    }

    @Test("Questions are skipped, the place in the queue is given up") func skippingAndLeavingTheQueue() {
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
            > 1번
            = enter payment
            ! queued 1, nobody on duty
            *** ‘결제’ 문의를 접수했어요.
            *** 바로 다음 차례예요. 지금은 상담원이 자리에 없어서, 오는 대로 연결해 드릴게요.
            *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
            *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
            *** 어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.
            > 카드가 안 돼요
            = intake what=카드가 안 돼요
            *** 언제 있었던 일인가요?
            > /건너뛰기
            *** 네, 질문은 건너뛸게요. 하실 말씀은 그냥 입력해 주세요.
            > /건너뛰기
            *** 지금은 건너뛸 질문이 없어요.
            > 계세요?
            = say 계세요?
            > /재접속 abc
            *** 이미 상담 중이거나 기다리시는 중이에요. 그만두시려면 /나가기 를 입력해 주세요.
            > /나가기
            = leave
            > /평가 3
            ! ended by customer
            = rate 3
            = topics
            *** 대기를 취소했어요. 언제든 다시 찾아 주세요.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            ! topics
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /나가기
            = close left
            *** 이용해 주셔서 고맙습니다. 안녕히 가세요.
            """#
        expectPlays(script, in: &harness)
    }

    @Test("An agent comes in the middle of the questions") func chatStartsDuringIntake() {
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
            > 1
            = enter payment
            ! queued 1, soon
            *** ‘결제’ 문의를 접수했어요.
            *** 바로 다음 차례예요. 1분 안에 연결될 것 같아요.
            *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
            *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
            *** 어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.
            > 결제 오류
            = intake what=결제 오류
            *** 언제 있었던 일인가요?
            ! started kim
            *** 상담원 kim 님과 연결됐어요. 편하게 말씀해 주세요. 마치려면 /나가기 를 입력하세요.
            > 어제요
            = say 어제요
            ! ended idle
            = topics
            *** 오랫동안 말씀이 없으셔서 상담을 마쳤어요.
            *** 접수번호: 7K2M-Q9XC-04TD (나중에 문의하실 때 알려 주세요)
            *** 상담이 어떠셨나요? 예: /평가 5 친절했어요 (1–5점)
            """#
        expectPlays(script, in: &harness)
    }

    @Test("Nobody on duty: telephone numbers, help") func nobodyOnDutyAndContacts() {
        var harness = HandScript.begin()
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        let script = #"""
            ! welcome
            *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
            *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh
            ! topics, nobody on duty
            *** 지금은 자리에 있는 상담원이 없어요. 먼저 접수해 두시면 상담원이 오는 대로 차례로 연결해 드려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            ***   1. 결제 (상담원 없음, 4명 대기 중)
            ***   2. 환불 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /연락처
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            > /menu
            = topics
            ! topics
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /CONTACT
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            > /도움
            *** 쓸 수 있는 명령이에요. 그 밖의 글은 그대로 상담원에게 전해져요.
            ***   /메뉴        문의 종류를 다시 보여 드려요
            ***   /질문 환불 언제   자주 묻는 질문에서 찾기
            ***   /해결        찾은 답으로 해결됐어요 (아니면 /미해결)
            ***   /문의        나중에 답을 받을 글 남기기 (다 적으면 /보내기, 그만두려면 /취소)
            ***   /문의 접수번호  남긴 문의와 답 보기 (덧붙이려면 /답장 접수번호)
            ***   /대기        몇 번째인지, 얼마나 걸리는지
            ***   /건너뛰기    남은 사전 질문을 모두 건너뛰기
            ***   /기록        지금 상담의 처음부터 다시 보기
            ***   /평가 5 고마워요   끝난 상담을 1–5점으로 평가
            ***   /연락처      전화번호와 운영 시간
            ***   /재접속 코드  끊겼던 상담으로 돌아가기
            ***   /언어 ko|en|ja|zh   언어 바꾸기
            ***   /나가기      상담을 마치거나 접속 끊기
            *** ‘/’로 시작하는 글을 보내려면 ‘//’로 시작해 주세요.
            > /대기
            *** 지금은 진행 중인 상담이 없어요.
            > /기록
            = transcript
            ! no chat
            *** 지금은 진행 중인 상담이 없어요.
            """#
        expectPlays(script, in: &harness)
    }

    @Test("The desk refuses a choice") func errorsWhileChoosing() {
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
            > 1
            = enter payment
            > 말이 먼저 왔어요
            ! queue full
            *** 지금은 대기하시는 분이 너무 많아요. 잠시 뒤에 다시 시도해 주세요.
            *** 지금 받을 수 있는 문의: 2. 환불
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            > 3
            = enter fraud
            ! unknown topic
            = topics
            *** 그런 문의 종류가 없어요.
            ! topics
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 2
            = enter refund
            ! rate limited
            *** 너무 빨라요. 2초 뒤에 다시 시도해 주세요.
            ! bye
            *** 서버를 잠시 멈춥니다. 곧 다시 접속하시면 상담을 이어 갈 수 있어요.
            """#
        expectPlays(script, in: &harness)
    }

    @Test("No new chats") func desksRefusalOfTheGreeting() {
        var harness = HandScript.begin()
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        let script = #"""
            > 1
            ! draining
            *** 점검을 위해 새 상담을 받지 않고 있어요. 잠시 뒤에 다시 접속해 주세요.
            *** 지금은 진행 중인 상담이 없어서 전해지지 않았어요. /메뉴 를 입력하면 상담을 시작할 수 있어요.
            ! bye
            *** 서버를 잠시 멈춥니다. 곧 다시 접속하시면 상담을 이어 갈 수 있어요.
            """#
        expectPlays(script, in: &harness)
    }
}
