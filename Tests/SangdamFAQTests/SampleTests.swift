// What customers type, against the sample of deploy/faq.yaml: which entry must come first, and what finds nothing.

import Foundation
import SangdamCore
import SangdamServer
import Testing

@testable import SangdamFAQ

@Suite("Searching the sample")
struct SampleTests {
    /// The questions of the sample desk.
    private static let sample = Result {
        let repository = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
        let configuration = try ServerConfiguration.load(
            file: repository + "/deploy/sangdam.yaml", environment: [:])
        return try FAQIndex(configuration.faq, fallback: .korean)
    }

    /// As they come: inflected, without blanks, in everyday words, mistyped, or one word alone.
    private static let queries: [(Language, [(query: String, expected: String)])] = [
        (
            .korean,
            [
                ("환불 언제 돼요", "refund-when"),
                ("취소한지 일주일 됐는데 아직 입금이 안됐어요", "refund-when"),
                ("결재 취소하고싶어요", "cancel-payment"),
                ("두개 샀는데 하나만 취소하고 싶습니다", "partial-refund"),
                ("결제가안되요 자꾸 오류떠요", "payment-failed"),
                ("돈이 두번 빠져나갔습니다", "charged-twice"),
                ("새로 발급받은 카드 등록", "add-card"),
                ("한도초과라고 나와요", "limit"),
                ("현금영수증 발급해주세요", "receipt"),
                ("할부", "installments"),
                ("포인트 유효기간이 어떻게 되죠?", "points"),
                ("페이머니 충전", "top-up"),
                ("비번 까먹음", "password"),
                ("인증문자가 안와서 로그인을 못해요", "login-code"),
                ("제가 안한 결제내역이 있는데 도용 당한것 같아요", "unknown-payment"),
            ]
        ),
        (
            .english,
            [
                ("where's my refund??", "refund-when"),
                ("still havent received my money back", "refund-when"),
                ("cancel my order please", "cancel-payment"),
                ("payment declined", "payment-failed"),
                ("you charged me twice!", "charged-twice"),
                ("how to change credit card", "add-card"),
                ("raise limt", "limit"),
                ("need an invoice for my company", "receipt"),
                ("pay monthly", "installments"),
                ("my points disappeared, did they expire?", "points"),
                ("transfer balance to my bank", "withdraw"),
                ("forgot pasword", "password"),
                ("delete my account", "close-account"),
                ("someone used my card without permission", "unknown-payment"),
                ("phone stolen", "lost-phone"),
            ]
        ),
        (
            .japanese,
            [
                ("返金はいつですか", "refund-when"),
                ("払い戻しがまだ来ない", "refund-when"),
                ("注文をキャンセルしたい", "cancel-payment"),
                ("エラーが出て決済できない", "payment-failed"),
                ("二重に引き落とされた", "charged-twice"),
                ("クレジットカード変更", "add-card"),
                ("限度額を増やしたい", "limit"),
                ("領収書が欲しい", "receipt"),
                ("ポイントの期限", "points"),
                ("チャージのやり方を教えて", "top-up"),
                ("口座に出金したい", "withdraw"),
                ("暗証番号を忘れてしまいました", "password"),
                ("SMSが届かない", "login-code"),
                ("退会したい", "close-account"),
                ("知らない請求があります", "unknown-payment"),
            ]
        ),
        (
            .chinese,
            [
                ("退款几天到账", "refund-when"),
                ("钱怎么还没退回来", "refund-when"),
                ("我想取消订单", "cancel-payment"),
                ("支付失败", "payment-failed"),
                ("扣了我两次钱", "charged-twice"),
                ("怎么绑卡", "add-card"),
                ("超过限额了", "limit"),
                ("开发票", "receipt"),
                ("能分期吗", "installments"),
                ("积分过期", "points"),
                ("余额提现到银行卡", "withdraw"),
                ("忘记密码", "password"),
                ("验证码一直收不到", "login-code"),
                ("换了手机号怎么改", "phone-number"),
                ("收到诈骗短信", "phishing"),
            ]
        ),
    ]

    /// Nothing of it has to do with payments.
    private static let foreign: [(Language, String)] = [
        (.korean, "오늘 날씨 어때요"), (.korean, "ㅁㄴㅇㄹ"), (.korean, "강아지가 밥을 안 먹어요"),
        (.korean, "김치찌개 맛있게 끓이는 법 알려주세요"), (.english, "asdfghjkl"),
        (.english, "how is the weather today"), (.english, "what is the capital of france"),
        (.english, "my dog does not eat"), (.japanese, "今日の天気はどうですか"), (.japanese, "おすすめの映画を教えてください"),
        (.chinese, "今天天气怎么样"), (.chinese, "推荐一部电影"), (.korean, "???"), (.english, " "), (.korean, "🙂🙂"),
    ]

    @Test("Nine of ten queries find the right entry first")
    func share() throws {
        let index = try Self.sample.get()
        var (all, missed): (Int, [String]) = (0, [])
        for (language, queries) in Self.queries {
            #expect(queries.count == 15)
            for (query, expected) in queries {
                all += 1
                let found = try index.search(query, in: language, topic: nil).map(\.entry.id.text)
                if found.first != expected { missed.append("\(language) “\(query)” is \(expected), found \(found)") }
            }
        }
        print("\(all - missed.count) of \(all) queries find the right entry first; not these:", missed)
        #expect((all - missed.count) * 10 >= all * 9, "\(missed)")
    }

    @Test(
        "How politely one asks makes no difference",
        arguments: ["궁금해요", "알려 주세요", "알고 싶습니다", "문의드립니다"])
    func polite(_ ending: String) throws {
        let index = try Self.sample.get()
        let found = try index.search("환불이 언제 되는지 \(ending)", in: .korean, topic: nil).map(\.entry.id.text)
        #expect(found.first == "refund-when")
    }

    @Test("What has nothing to do with the entries finds nothing", arguments: foreign)
    func nothing(_ language: Language, _ query: String) throws {
        let found = try Self.sample.get().search(query, in: language, topic: nil).map(\.entry.id.text)
        #expect(found.isEmpty)
    }
}
