// The privacy notice by hand: shown before the choice of a topic takes effect, and asked about until it is answered.
// How to read it: HandScript.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HandConsentTests {
    private let version = Sample.privacyVersion
    private let newVersion = Sample.privacy("새 안내예요.", needsConsent: true).version
    private let greeting = #"""
        ! welcome
        *** 안녕하세요, 우리 상담실입니다. 무엇을 도와드릴까요?
        *** For English, type /lang en · 日本語は /lang ja · 中文请输入 /lang zh

        """#

    private func play(_ script: String, sourceLocation: SourceLocation = #_sourceLocation) {
        var harness = HandScript.begin()
        _ = harness.takeInputs()
        expectPlays(greeting + script, in: &harness, sourceLocation: sourceLocation)
    }

    @Test("Asked until it is answered; whoever declines has not entered and may choose again")
    func declinedAndAgreed() {
        play(
            #"""
            ! topics, consent
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 2
            *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
            ***   https://www.example.com/privacy
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.
            > 3
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.
            > 2
            *** 동의하지 않으셔서 상담을 시작하지 않았어요. 다른 방법은 /연락처 를 입력해 보세요.
            > 1
            *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
            ***   https://www.example.com/privacy
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.
            > 네
            = enter payment agreeing \#(version)
            ! queue full
            *** 지금은 대기하시는 분이 너무 많아요. 잠시 뒤에 다시 시도해 주세요.
            *** 지금 받을 수 있는 문의: 2. 환불
            > 2
            = enter refund agreeing \#(version)
            """#)
    }

    @Test("A menu that comes anew takes the question back")
    func menuInBetween() {
        play(
            #"""
            ! topics, consent
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 2
            *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
            ***   https://www.example.com/privacy
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.
            > /메뉴
            = topics
            ! topics, consent
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 네
            *** 1부터 3까지 번호로 골라 주세요. 도움말은 /도움 입니다.
            """#)
    }

    @Test("A notice that has changed meanwhile is shown and asked about anew")
    func changed() {
        play(
            #"""
            ! topics, consent
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 2
            *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
            ***   https://www.example.com/privacy
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.
            > YES
            = enter refund agreeing \#(version)
            ! consent required
            = topics
            *** 먼저 개인정보 안내에 동의해 주세요.
            ! topics, a new notice
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 2
            *** 개인정보 안내: 새 안내예요.
            ***   https://www.example.com/privacy
            *** 동의하시면 1, 동의하지 않으시면 2를 입력해 주세요.
            > 1
            = enter refund agreeing \#(newVersion)
            """#)
    }

    @Test("A notice that nobody has to agree to is told once, with the menu")
    func told() {
        play(
            #"""
            ! topics, a notice
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 개인정보 안내: 적어 주신 내용을 1년 동안 보관해요.
            ***   https://www.example.com/privacy
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > /메뉴
            = topics
            ! topics, a notice
            *** 지금 상담원과 이야기하실 수 있어요.
            ***   1. 결제 (바로 상담 가능)
            ***   2. 환불 (2명 대기 중)
            ***   3. 부정 결제 신고 (상담원 없음)
            *** 번호를 입력해 주세요. 도움말은 /도움 입니다.
            > 2
            = enter refund
            """#)
    }
}
