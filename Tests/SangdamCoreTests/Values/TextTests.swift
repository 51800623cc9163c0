// What counts as UTF-8: RFC 3629, byte by byte.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct TextTests {
    @Test(arguments: [
        "", "a", "안녕하세요", "😀", "a\u{0}b", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}",
        "\u{FFFD}", "\u{FFFF}", "\u{10000}", "\u{10FFFF}", "eight by\u{E9}te boundary é", "12345678안", "1234567안",
    ])
    func valid(_ text: String) {
        #expect(Text(validating: Array(text.utf8))?.string == text)
    }

    @Test(
        arguments: [
            // A follower without a lead, a lead without followers, and too few of them
            [0x80], [0xBF], [0xC2], [0xE1, 0x80], [0xF1, 0x80, 0x80], [0xC2, 0x41], [0xE1, 0x80, 0x41],
            [0xF1, 0x80, 0x80, 0x41], [0xE1, 0x41, 0x80], [0xF1, 0x41, 0x80, 0x80],
            // Overlong
            [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            // Surrogates
            [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            // Above U+10FFFF
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func invalid(_ bytes: [UInt8]) {
        // Wherever in a line it stands: the runs of eight must not step over it.
        for before in 0...9 {
            for after in 0...9 {
                let padded =
                    Array(repeating: UInt8(ascii: "x"), count: before) + bytes
                    + Array(repeating: UInt8(ascii: "x"), count: after)
                #expect(Text(validating: padded) == nil)
            }
        }
    }

    @Test func agreesWithTheStandardLibrary() {
        var random = Seeded(5)
        let bytes: [UInt8] = [
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xFF,
        ]
        for _ in 0..<20_000 {
            let length = Int.random(in: 1...6, using: &random)
            let sample = (0..<length).map { _ in bytes.randomElement(using: &random) ?? 0 }
            let expected = String(validating: sample, as: UTF8.self) != nil
            #expect((Text(validating: sample) != nil) == expected, "\(sample)")
        }
    }

    /// Long texts of whole characters, most with one byte changed: where a run of eight ends inside a character.
    @Test func longTextsAgreeWithTheStandardLibrary() {
        var random = Seeded(6)
        let characters = ["a", " ", "é", "\u{800}", "환", "불", "漢", "\u{D7FF}", "\u{E000}", "😀", "\u{10FFFF}"]
        let bytes: [UInt8] = [0x00, 0x41, 0x7F, 0x80, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF4, 0xFF]
        for round in 0..<20_000 {
            var sample: [UInt8] = []
            for _ in 0..<Int.random(in: 1...20, using: &random) {
                sample += Array((characters.randomElement(using: &random) ?? "").utf8)
            }
            if round % 4 > 0 {
                sample[Int.random(in: 0..<sample.count, using: &random)] = bytes.randomElement(using: &random) ?? 0
            }
            let expected = String(validating: sample, as: UTF8.self) != nil
            #expect((Text(validating: sample) != nil) == expected, "\(sample)")
        }
    }
}
