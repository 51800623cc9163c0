// Codes as people write them: what is read as one code, and what is none. A table's right side is the canonical form.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct WrittenCodeTests {
    /// Ways to write `BPEF-SGCJ-1GT0`.
    private static let written: [(how: String, text: String)] = [
        ("as issued", "BPEF-SGCJ-1GT0"),
        ("small letters", "bpef-sgcj-1gt0"),
        ("both", "Bpef-sGcJ-1Gt0"),
        ("nothing between", "BPEFSGCJ1GT0"),
        ("blanks", "BPEF SGCJ 1GT0"),
        ("other groups", "BPE FSG CJ1 GT0"),
        ("a tab, a line end, a no-break space", "\tBPEF\r\nSGCJ\u{A0}1GT0\n"),
        ("ideographic spaces", "　BPEF　SGCJ　1GT0　"),
        ("full-width, as an input method types it", "ＢＰＥＦ－ＳＧＣＪ－１ＧＴ０"),
        ("full-width and small", "ｂｐｅｆ－ｓｇｃｊ－１ｇｔ０"),
        ("I for 1, O for 0", "BPEF-SGCJ-IGTO"),
        ("l for 1, o for 0", "bpef-sgcj-lgto"),
        ("full-width Ｉ and Ｏ", "BPEF-SGCJ-ＩGTＯ"),
        ("hyphens of typography", "BPEF\u{2010}SGCJ\u{2011}1GT0"),
        ("dashes", "BPEF\u{2012}SGCJ\u{2013}1G\u{2014}T\u{2015}0"),
        ("a minus sign", "BPEF\u{2212}SGCJ\u{2212}1GT0"),
        ("small and full-width hyphens", "BPEF\u{FE63}SGCJ\u{FE58}1GT\u{FF0D}0"),
        ("the long vowel mark of kana", "BPEFーSGCJｰ1GT0"),
        ("the Hangul vowel EU", "BPEFㅡSGCJ\u{1173}1GT\u{FFDA}0"),
        ("a wave dash", "BPEF〜SGCJ～1GT0"),
        ("a dot, a colon, a stroke, a line", "BPEF.SGCJ:1GT/0_"),
        ("a middle dot", "BPEF·SGCJ・1GT0"),
        ("quotes and brackets", "“(BPEF-SGCJ-1GT0)”"),
        ("corner brackets", "「BPEF-SGCJ-1GT0」"),
        ("angle brackets and backticks", "<`BPEF-SGCJ-1GT0`>"),
        ("a sentence's end", "BPEF-SGCJ-1GT0。"),
        ("a byte order mark, zero-width spaces and joiners", "\u{FEFF}BPEF\u{200B}SGCJ\u{2060}1G\u{200D}T0\u{200C}"),
        ("direction marks", "\u{200E}\u{2066}BPEF-SGCJ-1GT0\u{2069}"),
        ("soft hyphens", "BPEF\u{AD}SGCJ\u{AD}1GT0"),
        ("a variation selector", "BPEF-SGCJ-1\u{FE0F}GT0"),
    ]

    @Test("A receipt in any of these forms is the receipt", arguments: written)
    func receipt(_ row: (how: String, text: String)) {
        #expect(Receipt(row.text)?.description == "BPEF-SGCJ-1GT0", "\(row.how)")
    }

    @Test(
        "An id in any of these forms is the id",
        arguments: [
            "544k1xk12xrzats6533vme72kd", "544K1XK12XRZATS6533VME72KD", "544k 1xk1 2xrz ats6 533v me72 kd",
            "５４４ｋ１ｘｋ１２ｘｒｚａｔｓ６５３３ｖｍｅ７２ｋｄ", "５４４Ｋ－１ＸＫ１－２ＸＲＺ－ＡＴＳ６－５３３Ｖ－ＭＥ７２－ＫＤ",
            "544klxkI2xrzats6533vme72kd", "\u{FEFF}544k1xk12xrzats6533vme72kd\u{200B}",
            "　５４４Ｋ　１ＸＫ１　２ＸＲＺ　ＡＴＳ６　５３３Ｖ　ＭＥ７２　ＫＤ　", "‘544k1xk12xrzats6533vme72kd’.",
        ])
    func id(_ text: String) throws {
        let code = try #require(WrittenCode(text))
        #expect(code.text == "544k1xk12xrzats6533vme72kd")
        #expect(ChatID(code)?.description == "544k1xk12xrzats6533vme72kd")
    }

    @Test(
        "What has a letter, digit or mark that is none of the alphabet's, or nothing at all, is no code",
        arguments: [
            "", " ", "--", "()", "\u{FEFF}", "BPEF-SGCJ-1GTU", "ｕ", "접수번호 BPEF-SGCJ-1GT0", "BPEF-SGCJ-1GT가",
            "BPEF-SGCJ-1GT①", "BPEF-SGCJ-1GT²", "BPEF-SGCJ-1GT٣", "BPEF-SGCJ-1GTé", "BPEF-SGCJ-1GTe\u{301}",
            "ВРЕҒ-SGCJ-1GT0", "BPEF一SGCJ一1GT0", "\u{E000}BPEF-SGCJ-1GT0", "\u{378}BPEF",
        ])
    func none(_ text: String) {
        #expect(WrittenCode(text) == nil)
        #expect(Receipt(text) == nil)
    }

    @Test(
        "A code of another length is no receipt and no id",
        arguments: ["BPEF-SGCJ-1GT", "BPEF-SGCJ-1GT00", "544k1xk12xrzats6533vme72k", "544k1xk12xrzats6533vme72kd0"])
    func length(_ text: String) throws {
        let code = try #require(WrittenCode(text))
        #expect(Receipt(code) == nil)
        #expect(ChatID(code) == nil)
    }

    @Test("An id's first character holds three bits", arguments: zip("079ABzlo", [0, 7, nil, nil, nil, nil, 1, 0]))
    func firstCharacter(_ character: Character, _ value: UInt64?) throws {
        let code = try #require(WrittenCode("\(character)" + String(repeating: "0", count: 25)))
        #expect(ChatID(code)?.high == value.map { $0 << 61 })
    }

    @Test("Every character of ASCII is a digit of the alphabet, stands beside one, or is foreign")
    func ascii() {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
        for byte in UInt8.min..<0x80 {
            let character = Character(Unicode.Scalar(byte))
            let small = character.lowercased()
            let meant = small == "i" || small == "l" ? "1" : small == "o" ? "0" : small
            let digits = WrittenCode("z\(character)")?.digits
            if let digit = alphabet.firstIndex(of: Character(meant)) {
                #expect(digits == [31, UInt8(digit)], "\(byte)")
            } else {
                #expect(digits == (small == "u" ? nil : [31]), "\(byte)")
            }
        }
    }

    @Test("Whatever is issued is read as itself")
    func issued() {
        var random = Seeded(5)
        for _ in 0..<1000 {
            let id = ChatID(high: random.next(), low: random.next())
            #expect(WrittenCode(id.description).flatMap { ChatID($0) } == id)
            #expect(WrittenCode(id.description)?.text == id.description)
            let receipt = Receipt(random: &random)
            #expect(Receipt(receipt.description) == receipt)
        }
    }

    @Test("26 full-width letters with two full-width marks between any two are read; what is longer is not")
    func limit() {
        let longest = Array(repeating: "７", count: 26).joined(separator: "　－")
        #expect(WrittenCode(longest)?.text == String(repeating: "7", count: 26))
        let full = longest + String(repeating: " ", count: WrittenCode.limitBytes - longest.utf8.count)
        #expect(WrittenCode(full) != nil)
        #expect(WrittenCode(full + " ") == nil)
        #expect(WrittenCode(String(repeating: "7", count: 1_000_000)) == nil)
    }
}
