// The evening by hand, as a customer sees it. How to read it: HandScript.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HandHoursTests {
    @Test("The menu says when a queue opens, and a refusal whom else to ask") func aClosedDesk() {
        var harness = HandScript.begin()
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        let script = #"""
            ! welcome
            *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
            *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh
            ! closed topics
            *** 지금은 자리에 있는 상담원이 없어서 상담을 받을 수 없어요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            ***   1. 결제 (지금은 닫혀 있어요. 내일 오전 9시에 열려요)
            ***   2. 카드 (상담원 없음)
            *** 지금 채팅 상담을 하지 않는 문의는 글로 남겨 두실 수 있어요. 번호를 고르시거나 /문의 를 입력해 주세요.
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
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
            > /메뉴
            = topics
            ! closed topics, one may wait
            *** 지금은 자리에 있는 상담원이 없어요. 먼저 접수해 두시면 상담원이 오는 대로 차례로 연결해 드려요.
            ***   1. 결제 (지금은 닫혀 있어요. 내일 오전 9시에 열려요)
            ***   2. 카드 (상담원 없음)
            ***   3. 환불 (지금은 닫혀 있어요)
            *** 지금 채팅 상담을 하지 않는 문의는 글로 남겨 두실 수 있어요. 번호를 고르시거나 /문의 를 입력해 주세요.
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 1
            = enter pay
            ! closed
            *** 지금은 상담 시간이 아니에요. 내일 오전 9시에 열려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            *** 지금 받을 수 있는 문의: 3. 환불
            """#
        expectPlays(script, in: &harness)
    }

    @Test("It is closed, or nobody is there; telephones are answered now, or not, in each language")
    func telephones() {
        var harness = HandScript.begin()
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        let script = #"""
            ! welcome
            *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
            *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh
            ! all topics closed
            *** 지금은 상담 시간이 아니에요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00) · 운영 시간 아님
            ***   1. 결제 (지금은 닫혀 있어요. 내일 오전 9시에 열려요)
            *** 지금 채팅 상담을 하지 않는 문의는 글로 남겨 두실 수 있어요. 번호를 고르시거나 /문의 를 입력해 주세요.
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 1
            = enter pay
            ! closed, a telephone is open
            *** 지금은 상담 시간이 아니에요. 내일 오전 9시에 열려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00) · 지금 운영 중
            ! unstaffed topics
            *** 지금은 자리에 있는 상담원이 없어서 상담을 받을 수 없어요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00) · 지금 운영 중
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            ***   1. 카드 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /연락처
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            """#
        expectPlays(script, in: &harness)
        let rows: [(Language, unstaffed: String, open: String, closed: String)] = [
            (.english, "No agent is on duty right now, so we cannot take your chat.", "Open now", "Closed now"),
            (.japanese, "ただいま担当者がおりませんので、お受けできません。", "ただいま受付中", "受付時間外"),
            (.chinese, "目前没有客服在线，暂时无法受理。", "服务中", "非服务时间"),
        ]
        for (language, unstaffed, open, closed) in rows {
            harness.deliver(Sample.welcome(language))
            _ = harness.takeOutput()
            HandScript.deskActions["unstaffed topics"].map { harness.deliver($0) }
            let said = harness.takeOutput()
            #expect(said.contains(unstaffed) && said.contains(" · \(open)\n"), "\(said)")
            HandScript.deskActions["all topics closed"].map { harness.deliver($0) }
            #expect(harness.takeOutput().contains(" · \(closed)\n"))
        }
    }

    @Test("It is closed, but one may wait: nobody is told that no agent is there, in each language")
    func closedButOneMayWait() throws {
        let rows: [(Language, headline: String)] = [
            (.korean, "지금은 상담 시간이 아니에요. 그래도 접수해 두실 수 있고, 상담원이 오는 대로 차례로 연결해 드려요."),
            (
                .english,
                "We are closed right now. You may still join the line: agents take everybody in turn once they are here."
            ),
            (.japanese, "ただいまは受付時間外です。受付だけ先に済ませていただければ、担当者が来次第、順番におつなぎします。"),
            (.chinese, "现在是非服务时间。您仍可先排队，客服上线后会按顺序为您接通。"),
        ]
        for (language, headline) in rows {
            var harness = HandScript.begin()
            harness.deliver(Sample.welcome(language))
            _ = harness.takeOutput()
            harness.deliver(try #require(HandScript.deskActions["all topics closed, one may wait"]))
            #expect(harness.takeOutput().hasPrefix("*** \(headline)\n***   1. "), "\(language)")
        }
    }

    @Test("Who waits at closing reads what becomes of the place, in each language") func closingTime() {
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
            ! queued 1
            *** ‘결제’ 문의를 접수했어요.
            *** 바로 다음 차례예요. 예상 시간은 아직 알 수 없어요.
            *** 연결이 끊겨도 15분 동안 자리를 지켜 드려요(창을 닫으면 취소돼요). 다시 접속해서 이렇게 입력해 주세요: /재접속 tok-123
            *** 기다리시는 동안 몇 가지 여쭤볼게요. 엔터만 치면 다음 질문으로, /건너뛰기 를 입력하면 모두 건너뛰어요.
            *** 어떤 일이 있었나요? 오류 문구가 있으면 함께 적어 주세요.
            ! delayed, kim is there
            *** 상담 시간이 끝났지만 기다리시던 순서는 그대로예요. 상담원이 있는 동안 차례로 연결해 드려요. 내일 오전 9시에 열려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            *** 기다리지 않고 나중에 답을 받으시려면 /문의 를 입력해 주세요.
            ! delayed, nobody
            *** 지금은 상담 시간이 아니에요. 순서는 그대로 지켜 드리고, 상담원이 오는 대로 차례로 연결해 드려요. 내일 오전 9시에 열려요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            *** 기다리지 않고 나중에 답을 받으시려면 /문의 를 입력해 주세요.
            ! delayed for long
            *** 오래 기다리시게 해서 죄송해요. 순서는 그대로예요.
            *** 전화 · 고객센터: 1588-3819 (평일 09:00–18:00)
            *** 기다리지 않고 나중에 답을 받으시려면 /문의 를 입력해 주세요.
            > /lang en
            = lang en
            *** We will speak English from now on.
            *** What happened? Please include any error message.
            ! delayed, kim is there
            *** We have closed, but you keep your place: as long as agents are here, they take everybody in turn. Opens tomorrow at 9 AM.
            *** Phone · Service centre: 1588-3819 (weekdays 09:00–18:00)
            *** To get an answer later instead of waiting, type /inquire.
            """#
        expectPlays(script, in: &harness)
    }
}
