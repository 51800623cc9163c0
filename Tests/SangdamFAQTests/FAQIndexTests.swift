// What a search promises, whatever the entries are.

import SangdamCore
import SangdamFAQ
import Testing

@Suite("The index of frequent questions")
struct FAQIndexTests {
    private static let entries = [
        FAQEntry(
            id: "refund", topics: ["payment"],
            question: Localised([.korean: "환불은 언제 되나요?", .english: "When is the refund?"]),
            answer: Localised([.korean: "사흘 안에 돌아와요.", .english: "Within three days."])),
        FAQEntry(
            id: "app", question: Localised([.korean: "앱을 어떻게 설치하나요?"]), answer: Localised([.korean: "스토어에서 받아 주세요."])),
        FAQEntry(
            id: "coupon", topics: ["shop"], question: Localised([.korean: "쿠폰은 어디에 쓰나요?"]),
            answer: Localised([.korean: "환불이 되지 않는 상품에는 쓸 수 없어요."]), words: Localised([.korean: "할인권 바우처"])),
    ]

    private func search(_ query: String, _ language: Language = .korean, topic: TopicID? = nil) throws -> [String] {
        try FAQIndex(Self.entries, fallback: .korean).search(query, in: language, topic: topic).map(\.entry.id.text)
    }

    @Test(
        "A query finds the entries that are about it",
        arguments: [
            // Two syllables, inflected, one syllable, and a word that only `words` has.
            ("환불", ["refund", "coupon"]), ("환불받고", ["refund"]), ("앱", ["app"]), ("바우처", ["coupon"]),
            // As single letters (NFD), as some systems type Hangul, and in full width.
            ("\u{1112}\u{116A}\u{11AB}\u{1107}\u{116E}\u{11AF}", ["refund", "coupon"]),
            ("REFUND", ["refund"]), ("refund", ["refund"]),
            // Nothing in it could be FTS5's language.
            ("\"refund\" OR * NEAR(", ["refund"]), ("'; DROP TABLE faq_ko; --", []), ("\"", []), ("", []), ("\0", []),
        ])
    func finds(_ query: String, _ expected: [String]) throws {
        #expect(try search(query) == expected)
    }

    @Test(
        "A topic leaves out the entries of others, and not those of none",
        arguments: [("payment", ["refund"]), ("shop", ["coupon"]), ("elsewhere", [])] as [(TopicID, [String])])
    func topics(_ topic: TopicID, _ expected: [String]) throws {
        #expect(try search("환불", topic: topic) == expected)
        #expect(try search("앱", topic: topic) == ["app"])
    }

    @Test("The asker's language comes first, and others only if it finds nothing")
    func languages() throws {
        #expect(try search("refund", .english) == ["refund"])
        #expect(try search("쿠폰", .english) == ["coupon"])
        let entries = [
            FAQEntry(id: "a", question: Localised([.korean: "pizza"]), answer: Localised([.korean: "가"])),
            FAQEntry(
                id: "b", question: Localised([.korean: "나", .english: "pizza"]), answer: Localised([.korean: "나"])),
        ]
        let index = try FAQIndex(entries, fallback: .korean)
        #expect(try index.search("pizza", in: .english, topic: nil).map(\.entry.id) == ["b"])
        #expect(try index.search("pizza", in: .japanese, topic: nil).map(\.entry.id) == ["a"])
    }

    @Test("Three are found at most, the best first, and the rest of a long query is not looked up")
    func bounds() throws {
        let entries = (0..<10).map { number in
            FAQEntry(
                id: Name("n\(number)"), question: Localised([.korean: String(repeating: "환불 ", count: 1 + number)]),
                answer: Localised([.korean: "답 \(number)"]))
        }
        let matches = try FAQIndex(entries, fallback: .korean).search("환불", in: .korean, topic: nil)
        #expect(matches.count == FAQIndex.resultLimit)
        #expect(matches.map(\.score) == matches.map(\.score).sorted(by: >))
        // 4,000 bytes: the words that are looked up are the first.
        let long = "환불 언제" + String(repeating: " 사흘", count: 560)
        #expect(long.utf8.count > 3_900)
        #expect(try search(long).first == "refund")
        let distinct = (0..<1_300).map { String(UnicodeScalar(0xAC00 + $0)!) }.joined()
        #expect(try search(distinct).isEmpty)
        #expect(try search(distinct + "환불").isEmpty)
    }

    /// Each of them is ranked over all that begins so.
    @Test("Of words of one character the first eight are looked up")
    func prefixes() throws {
        let common = "가 나 다 라 마 바 사 아"
        let entries = (0..<30).map { number in
            FAQEntry(
                id: Name("n\(number)"), question: Localised([.korean: common + (number == 17 ? " 앱" : "")]),
                answer: Localised([.korean: "답"]))
        }
        let index = try FAQIndex(entries, fallback: .korean)
        func first(_ query: String) throws -> FAQEntryID? {
            try index.search(query, in: .korean, topic: nil).first?.entry.id
        }
        #expect(try first("나 다 라 마 바 사 아 앱") == "n17")
        #expect(try first(common + " 앱") != "n17")
    }

    @Test("Without entries nothing is found")
    func empty() throws {
        #expect(try FAQIndex([], fallback: .korean).search("환불", in: .korean, topic: nil).isEmpty)
    }

    @Test("Many may search at once")
    func concurrent() async throws {
        let index = try FAQIndex(Self.entries, fallback: .korean)
        try await withThrowingTaskGroup(of: [FAQEntryID].self) { group in
            for _ in 0..<64 {
                group.addTask { try index.search("환불", in: .korean, topic: nil).map(\.entry.id) }
            }
            for try await found in group { #expect(found == ["refund", "coupon"]) }
        }
    }
}
