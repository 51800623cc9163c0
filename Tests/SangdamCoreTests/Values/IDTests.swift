// Ids as they are written, read and sorted.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct IDTests {
    @Test(arguments: [
        (UInt64(0), UInt64(0), "00000000000000000000000000"),
        (0, 1, "00000000000000000000000001"),
        (0, 31, "0000000000000000000000000z"),
        (0, 32, "00000000000000000000000010"),
        (0, .max, "0000000000000fzzzzzzzzzzzz"),
        (1, 0, "0000000000000g000000000000"),
        (.max, .max, "7zzzzzzzzzzzzzzzzzzzzzzzzz"),
    ])
    func written(_ high: UInt64, _ low: UInt64, _ text: String) {
        let id = ChatID(high: high, low: low)
        #expect(id.description == text)
        #expect(ChatID(text) == id)
    }

    @Test(arguments: [
        "", "0", "0000000000000000000000000", "000000000000000000000000000",
        // 129 bits; letters that Crockford leaves out; capitals; what is no digit
        "80000000000000000000000000", "0000000000000000000000000i", "0000000000000000000000000l",
        "0000000000000000000000000o", "0000000000000000000000000u", "0000000000000000000000000A",
        "0000000000000 000000000000", "0000000000000000000000000é",
    ])
    func notAnID(_ text: String) {
        #expect(ChatID(text) == nil)
    }

    @Test func everyByteIsADigitOrNone() {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        for byte in UInt8.min ... .max {
            let text = Array(repeating: UInt8(ascii: "0"), count: 25) + [byte]
            let expected = alphabet.firstIndex(of: byte).map { ChatID(high: 0, low: UInt64($0)) }
            #expect(ChatID(text) == expected, "\(byte)")
            #expect(text.withUnsafeBytes { ChatID($0) } == expected, "\(byte)")
        }
    }

    @Test func anyIDComesBackAndSortsAsItsText() {
        var random = Seeded(1)
        var previous = ChatID(high: 0, low: 0)
        for _ in 0..<1000 {
            let id = ChatID(high: random.next(), low: random.next())
            #expect(ChatID(id.description) == id)
            #expect((id < previous) == (id.description < previous.description))
            previous = id
        }
    }

    @Test func idsSortByAgeAndKnowIt() {
        var random = Seeded(2)
        var last: ChatID?
        for milliseconds in stride(from: Int64(0), to: 1_000_000, by: 997) {
            let birth = Instant(milliseconds: Instant.opening.milliseconds + milliseconds)
            let id = ChatID(at: birth, random: &random)
            #expect(id.birth == birth)
            if let last { #expect(last < id) }
            last = id
        }
    }

    @Test func birthsOutsideTheClockAreTakenToItsEnds() {
        var random = Seeded(3)
        #expect(ChatID(at: Instant(milliseconds: -1), random: &random).birth.milliseconds == 0)
        #expect(ChatID(at: Instant(milliseconds: 1 << 48 - 1), random: &random).birth.milliseconds == 1 << 48 - 1)
    }
}
