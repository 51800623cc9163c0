// Names, language tags, senders' message ids, receipts.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct NameTests {
    @Test(arguments: ["a", "Z", "0", "refund", "kim.minji_2-b", String(repeating: "x", count: 64)])
    func aName(_ text: String) {
        #expect(QueueID(validating: text)?.text == text)
    }

    @Test(arguments: ["", " ", "a b", "환불", "a/b", "a\n", "a\u{0}", "é", String(repeating: "x", count: 65)])
    func notAName(_ text: String) {
        #expect(QueueID(validating: text) == nil)
    }

    @Test(arguments: [
        ("ko", Language.korean), ("ko-KR", .korean), ("KO", .korean), ("en_US", .english), ("ja-JP", .japanese),
        ("zh-Hant-TW", .chinese),
    ])
    func aTag(_ tag: String, _ language: Language) {
        #expect(Language(tag: tag) == language)
    }

    @Test(arguments: ["", "-", "k", "kor", "de", "-ko", " ko"])
    func noTagOfOurs(_ tag: String) {
        #expect(Language(tag: tag) == nil)
    }

    @Test func localisedFallsBackInTheOrderOfTheLanguages() {
        #expect(Localised([.english: "e", .chinese: "c"]).text(in: .chinese) == "c")
        #expect(Localised([.english: "e", .chinese: "c"]).text(in: .korean) == "e")
        #expect(Localised([.chinese: "c", .japanese: "j"]).text(in: .english) == "j")
        #expect(Localised([:]).text(in: .korean) == "")
    }

    @Test(arguments: ["a", "c-1", "메시지", "12345678", "123456789", String(repeating: "é", count: 32), "a\u{0}"])
    func aMessageID(_ text: String) throws {
        let id = try #require(ClientMessageID(text))
        #expect(id.utf8 == Array(text.utf8))
        #expect(Array(text.utf8).withUnsafeBytes { ClientMessageID($0) } == id)
        #expect(id == ClientMessageID(text))
        #expect(id.hashValue == ClientMessageID(text)?.hashValue)
        #expect(id != ClientMessageID(text + "x"))
        #expect(id != ClientMessageID("x" + text.dropFirst() + "y"))
    }

    @Test func messageIDsThatAreNone() {
        #expect(ClientMessageID("") == nil)
        #expect(ClientMessageID(String(repeating: "x", count: 65)) == nil)
        #expect(Array(repeating: UInt8(ascii: "x"), count: 65).withUnsafeBytes { ClientMessageID($0) } == nil)
        // A zero byte at the end is part of the name, though the words that hold it are alike.
        #expect(ClientMessageID([0x61]) != ClientMessageID([0x61, 0]))
    }

    @Test func receipts() throws {
        #expect(Receipt(bits: 0).description == "0000-0000-0000")
        #expect(Receipt(bits: .max).description == "ZZZZ-ZZZZ-ZZZZ")
        var random = Seeded(9)
        for _ in 0..<200 {
            let receipt = Receipt(random: &random)
            #expect(Receipt(receipt.description) == receipt)
            #expect(Receipt(receipt.description.lowercased().filter { $0 != "-" }) == receipt)
        }
        for text in ["", "7K2M-Q9XC-04T", "7K2M-Q9XC-04TDD", "7K2M-Q9XC-04TU", "가나다라마바사아자차카타"] {
            #expect(Receipt(text) == nil)
        }
    }
}
