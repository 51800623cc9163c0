// What strangers' words become before a terminal sees them, and how wide they are.

import SangdamCore
import SangdamWire
import Testing

@Suite struct TerminalTextTests {
    @Test(arguments: [
        ("", ""), ("안녕하세요 hello こんにちは 您好", "안녕하세요 hello こんにちは 您好"), ("a\tb", "a    b"),
        ("\u{1B}[31mred", "<U+001B>[31mred"), ("\u{1B}]0;title\u{07}", "<U+001B>]0;title<U+0007>"),
        ("\u{0}\u{7F}\u{80}\u{9B}1m", "<U+0000><U+007F><U+0080><U+009B>1m"), ("a\nb\rc", "a<U+000A>b<U+000D>c"),
        ("\u{8}\u{C}\u{B}", "<U+0008><U+000C><U+000B>"), ("\u{85}", "<U+0085>"),
        ("\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}", "<U+202A><U+202B><U+202C><U+202D><U+202E>"),
        ("\u{2066}\u{2067}\u{2068}\u{2069}", "<U+2066><U+2067><U+2068><U+2069>"),
        ("\u{200E}\u{200F}\u{061C}", "<U+200E><U+200F><U+061C>"), ("\u{2028}\u{2029}", "<U+2028><U+2029>"),
        ("\u{200B}\u{2060}\u{FEFF}\u{AD}", "<U+200B><U+2060><U+FEFF><U+00AD>"),
        ("\u{3164}\u{FFA0}", "<U+3164><U+FFA0>"),
        ("\u{E0041}", "<U+E0041>"), ("\u{FFFE}\u{10FFFF}", "<U+FFFE><U+10FFFF>"),
        ("👨‍👩‍👧 ❤️ 🇰🇷 é", "👨‍👩‍👧 ❤️ 🇰🇷 é"), ("한".decomposed, "한".decomposed), ("“인용” … 2–3", "“인용” … 2–3"),
    ])
    func sanitises(_ text: String, _ expected: String) {
        // Compared by scalars: String holds canonical equivalents equal.
        #expect(Array(TerminalText.sanitised(text).unicodeScalars) == Array(expected.unicodeScalars))
        #expect(TerminalText.sanitised(Text(text)) == TerminalText.sanitised(text))
    }

    @Test(arguments: [
        ("", [""]), ("a", ["a"]), ("a\nb", ["a", "b"]), ("a\r\nb\rc\n", ["a", "b", "c"]), ("\n", [""]),
        ("\n\n", ["", ""]),
        ("a\n\nb", ["a", "", "b"]), ("a\n*** 거짓", ["a", "*** 거짓"]), ("a\u{2028}b", ["a<U+2028>b"]),
    ])
    func splitsLines(_ text: String, _ expected: [String]) {
        #expect(TerminalText.sanitisedLines(Text(text)) == expected)
    }

    @Test func nothingUnsafeIsLeftOfAnyScalar() {
        for value: UInt32 in 0...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let isControl = value < 0x20 || (0x7F..<0xA0).contains(value)
            let isBidi =
                (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value)
                || [0x200E, 0x200F].contains(value)
            guard isControl || isBidi else { continue }
            #expect(!TerminalText.sanitised(String(scalar)).unicodeScalars.contains(scalar))
        }
    }

    @Test(arguments: [
        ("", 0), ("abc", 3), ("한글", 4), ("한".decomposed, 2), ("日本語", 6), ("ｶﾅ", 2), ("Ａ", 2), ("é", 1), ("e\u{301}", 1),
        ("😀", 2), ("–", 1), ("a한b", 4), ("、。", 4),
    ])
    func width(_ text: String, _ expected: Int) {
        #expect(TerminalText.width(text) == expected)
    }
}
