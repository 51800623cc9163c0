// What counts as a day and as a sum of money: tables of what people write.

import SangdamCore
import Testing

@Suite struct WrittenAnswerTests {
    @Test(
        "A day, as people write it",
        arguments: [
            "2026-11-30", "2026.11.30", "2026/11/30 14:20", "2026년 11월 30일", "２０２６年１１月３０日", "2024-02-29", "11월 30일",
            "30 November", "11/30", "어제", "오늘 아침", "지난주 금요일쯤", "3일 전", "yesterday evening", "Last FRIDAY", "3 days ago",
            "0930 28 Nov 2026", "2030 28 Nov 2026", "1430, 28.11.26", "2026.11.30 2030", "just now", "昨日の夜", "先週",
            "昨天晚上", "星期三", "5", "99999999999999999999-99-99",
        ])
    func day(text: String) {
        #expect(isWrittenDay(text))
    }

    @Test(
        "What can name no day",
        arguments: [
            "", " ", "몰라요", "I don't know", "perhaps", "2026-13-01", "2026-02-30", "2026-00-10", "2025-02-29",
            "1900-02-29",
            "2026년 4월 31일", "２０２６-１１-３１", "2026-11-0", "2026-99999999999999999999-1",
        ])
    func noDay(text: String) {
        #expect(!isWrittenDay(text))
    }

    @Test(
        "A sum, as people write it",
        arguments: [
            "45000", "45,000원", "₩45,000", "45 000 KRW", "USD 12.50", "$12.50", "US$ 12", "12,50 €", "3만 5천원",
            "１２，０００円",
            "1'250.00", "5000块", "100 dollars", "1억", "0",
            "45,000원 정도", "약 3만원", "약 3만", "3만 정도요", "한 5만원쯤", "$45 each", "about 45,000", "about 45 dollars each",
            "어제 45,000원이요", "₩45,000 (부가세 포함)", "45 EUR.", "約3万円くらい", "大约300元", "3万左右", "US $ 12",
            "아마 그때 두 번 45,000원 결제했어요",
        ])
    func amount(text: String) {
        #expect(isWrittenAmount(text))
    }

    @Test(
        "What can be no sum",
        arguments: [
            "", "원", "$", "많이", "a lot", "45,000 apples", "12:30", "-5", "1e5", "만원", "45,000 wonderful apples",
            "connoisseur 3", "원 많이", "약", "아마 지난주 금요일 저녁에 친구와 밥을 먹고 45,000원", "3원 a b c d e f",
        ])
    func noAmount(text: String) {
        #expect(!isWrittenAmount(text))
    }

    @Test("Questions without answers, and with those of another question's kind")
    func kinds() {
        let answers: [(String, Question.Kind, Bool)] = [
            ("whatever", .text, true), ("perhaps", .date, false), ("어제", .date, true), ("much", .amount, false),
            ("5,000원", .amount, true), ("credit", .choice([.init(id: "credit", labels: Localised([:]))]), true),
            ("Credit", .choice([.init(id: "credit", labels: Localised([:]))]), false), ("credit", .choice([]), false),
        ]
        for (answer, kind, isAnswer) in answers {
            #expect(Question(id: "q", kind: kind).isAnswered(by: Text(answer)) == isAnswer, "\(answer) \(kind)")
        }
    }
}
