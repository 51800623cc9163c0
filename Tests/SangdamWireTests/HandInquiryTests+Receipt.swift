// An inquiry by hand once it has a receipt: read by it, and added to. How to read it: HandScript.

import SangdamCore
import Testing

@testable import SangdamWire

extension HandInquiryTests {
    @Test("By its receipt: how it stands, all that was said, and how to say more; an unknown one is named")
    func byReceipt() {
        let topics = "! topics\n"
        expectFromMenu(
            """
            > /문의 7k2mq9xcO4td
            = inquiry 7K2M-Q9XC-04TD
            = topics
            ! inquiry taken
            *** 문의 7K2M-Q9XC-04TD: 상담원이 보고 있어요.
            *** 답변 예정: 내일 오전 9시까지
            ! own words
            나> 환불이 안 돼요
            나> 어제부터요

            """ + topics + """
                *** 더 하실 말씀이 있으면: /답장 7K2M-Q9XC-04TD
                > /문의 7K2M-Q9XC-04TD
                = inquiry 7K2M-Q9XC-04TD
                = topics
                ! unknown receipt
                *** 그런 접수번호의 문의가 없어요.

                """ + topics + """
                    > /문의 환불
                    *** 접수번호를 다시 확인해 주세요. 남긴 문의를 보려면 /문의 접수번호, 새로 남기려면 /문의 만 입력해 주세요.
                    """)
    }

    @Test("A reply in one line or in several; an unknown receipt can be corrected, and the words stay")
    func reply() {
        expectFromMenu(
            """
            > /답장 환불
            *** 접수번호와 덧붙일 말을 적어 주세요. 예: /답장 접수번호 덧붙일 말
            > /답장 0000-0000-0000 고맙습니다
            = reply 0000-0000-0000 \(Self.draft) 고맙습니다
            ! no such inquiry
            *** 그런 접수번호의 문의가 없어요.
            *** 접수번호를 고치려면 /답장 접수번호 를 입력해 주세요.

            """ + Self.kept + "> /답장 7K2M Q9XC 04TD\n" + Self.kept + """
                > 정말로요
                > /보내기
                = reply 7K2M-Q9XC-04TD \(Self.draft) 고맙습니다
                정말로요
                ! ack
                ! added
                *** 문의에 덧붙였어요. 답을 보시려면: /문의 7K2M-Q9XC-04TD
                ! inquiry reopened
                *** 문의 7K2M-Q9XC-04TD: 덧붙이신 말을 접수했어요.
                *** 답변 예정: 내일 오전 9시까지
                > /답장 7K2M-Q9XC-04TD
                *** 덧붙이실 말을 적어 주세요.
                *** 여러 줄로 적으셔도 돼요. 다 적으셨으면 /보내기, 그만두려면 /취소 를 입력해 주세요.
                """)
    }

    @Test("What a reply may hold is what is configured") func smallLimit() {
        var limits = WireLimits()
        limits.inquiryBytes = 100
        var harness = SessionHarness(
            configuration: WireConfiguration(deskName: Localised([.korean: "우리 상담실"]), limits: limits))
        harness.wait(milliseconds: 300)
        _ = HandScript.play("! welcome\n! topics", in: &harness)
        let played = HandScript.play(
            "> /답장 7K2M-Q9XC-04TD \(String(repeating: "x", count: 101))\n> /답장 7K2M-Q9XC-04TD x", in: &harness)
        #expect(
            played.split(separator: "\n").filter { !$0.hasPrefix(">") } == [
                "= refused too_long", "*** 너무 길어서 전하지 못했어요. 나누어 보내 주세요.",
                "= reply 7K2M-Q9XC-04TD \(Self.draft) x",
            ])
    }

    @Test("By a pipe, all at once, to the receipt and back by it")
    func piped() {
        var harness = HandScript.begin()
        harness.receive("/문의\n도와주세요\n/보내기\n\n/문의 7k2m q9xc 04td\n/나가기\n")
        _ = harness.takeInputs()
        let played = HandScript.play(
            """
            ! welcome
            ! one topic
            ! inquiry open
            ! inquiry answered
            ! inquiry answer
            ! one topic
            """, in: &harness)
        #expect(
            played.split(separator: "\n").filter { $0.hasPrefix("= ") } == [
                "= inquire payment \(Self.draft) 도와주세요", "= inquiry 7K2M-Q9XC-04TD", "= topics", "= close left",
            ])
    }
}
