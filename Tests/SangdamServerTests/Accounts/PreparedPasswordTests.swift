// One password, one form: which passwords are the same, and which characters a new one may have.

import SangdamCore
import Testing

@testable import SangdamServer

@Suite("Prepared password")
struct PreparedPasswordTests {
    private func prepared(_ text: String) -> String? {
        preparedPassword(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    private static let sameOnes: [(how: String, typed: String, password: String)] = [
        ("ASCII stays", "correct horse battery staple", "correct horse battery staple"),
        ("NFC stays", "비밀번호 é", "비밀번호 é"),
        ("Hangul in single letters", "\u{1107}\u{1175}\u{1106}\u{1175}\u{11AF}번호", "비밀번호"),
        ("a letter and its accent", "cafe\u{301}", "café"),
        ("kana and its voice mark", "\u{30AB}\u{3099}", "\u{30AC}"),
        ("marks in another order", "a\u{323}\u{302}", "a\u{302}\u{323}"),
        ("a compatibility ideograph's twin", "\u{F900}", "\u{8C48}"),
        ("an ideographic space", "비밀　번호", "비밀 번호"),
        ("a no-break space, as Option-space types it", "비밀\u{A0}번호", "비밀 번호"),
        ("narrow, thin and mathematical spaces", "a\u{202F}b\u{2009}c\u{205F}d", "a b c d"),
        ("RFC 8265's Ogham space", "foo\u{1680}bar", "foo bar"),
        ("an en quad, which composes to another space", "a\u{2000}b", "a b"),
        ("a byte order mark", "\u{FEFF}secret", "secret"),
        ("spaces at the ends", " a  ", " a  "),
    ]

    @Test("The same password", arguments: sameOnes)
    func same(_ row: (how: String, typed: String, password: String)) throws {
        let password = try #require(prepared(row.password))
        #expect(prepared(row.typed).map { Array($0.utf8) } == Array(password.utf8), "\(row.how)")
        #expect(prepared(password).map { Array($0.utf8) } == Array(password.utf8), "preparing twice changes nothing")
    }

    @Test(
        "Different passwords: neither case nor width is the same, nor is what only looks alike",
        arguments: [
            ("ABC", "abc"), ("ＡＢＣ", "ABC"), ("１２３", "123"), ("ｶﾞ", "ガ"), ("\u{2126}m", "m\u{2126}"), ("ﬁ", "fi"),
            ("a b", "a  b"), ("a b", "ab"), ("sec\u{FEFF}ret", "secret"), ("a\tb", "a b"), ("\u{3142}ㅣ", "비"),
            ("Πß", "πß"), ("\u{200B}secret", "secret"),
        ])
    func different(_ one: String, _ other: String) throws {
        #expect(try Array(#require(prepared(one)).utf8) != Array(#require(prepared(other)).utf8))
    }

    @Test("Bytes that are no text have no prepared form")
    func noText() {
        #expect(preparedPassword([0xFF, 0xFE, 0x41]) == nil)
        #expect(preparedPassword([]) == [])
    }

    @Test(
        "A hash is compared with the prepared form and, where they differ, with the bytes themselves",
        arguments: [
            ("secret", ["secret"]), ("비밀번호", ["비밀번호"]), ("비밀　번호", ["비밀 번호", "비밀　번호"]),
            ("\u{FEFF}secret", ["secret", "\u{FEFF}secret"]), ("e\u{301}", ["\u{E9}", "e\u{301}"]), ("", [""]),
        ])
    func forms(_ typed: String, _ forms: [String]) {
        let compared = Secret(copying: Array(typed.utf8)).comparedForms.map { $0.withBytes { Array($0) } }
        #expect(compared == forms.map { Array($0.utf8) })
    }

    @Test("Bytes that are no text are compared as they are")
    func formsOfNoText() {
        #expect(Secret(copying: [0xFF, 0xFE]).comparedForms.map { $0.withBytes { Array($0) } } == [[0xFF, 0xFE]])
    }

    // MARK: New ones

    private func complaint(_ text: String) -> PasswordInputError? {
        do {
            _ = try checked(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "A new password may have what is seen and typed",
        arguments: [
            "correct horse battery staple", "Correct Horse Battery Staple", "πßå-πßå", "Jack of \u{2666}s",
            "foo\u{1680}bar baz", "비밀번호", "\u{1107}\u{1175}\u{1106}\u{1175}\u{11AF}번호", "ㅂㅁㅂㅎ-ㅂㅁㅂㅎ", "パスワード・語",
            "密码密码", "가운뎃·점", "😀😀😀", "👍🏽👍🏽", "🇰🇷🇰🇷", "ＡＢＣ１２３", "１２３４５６", "٠١٢٣٤٥", "क्\u{200D}षक्षक्ष",
            "a\u{302}\u{323}bcdefg", "①②③④⑤", "\u{F900}\u{F900}\u{F900}",
        ])
    func good(_ text: String) {
        #expect(complaint(text) == nil)
    }

    private static let badOnes: [(text: String, fault: FreeformFault, character: Int)] = [
        ("my cat is a \t", .control, 13), ("with\u{1B}[31m", .control, 5), ("\u{0}2345678", .control, 1),
        ("1234567\u{7F}", .control, 8), ("1234567\u{85}", .control, 8),
        // Invisible: a zero-width space, a soft hyphen, a word joiner, a mark inside, a filler, a direction mark, a tag
        ("비밀\u{200B}번호", .invisible, 3), ("비밀번호\u{AD}", .invisible, 5), ("비밀번호\u{2060}", .invisible, 5),
        ("비밀번\u{FEFF}호", .invisible, 4), ("비밀번호\u{3164}", .invisible, 5), ("비밀번호\u{200E}", .invisible, 5),
        ("secret12\u{E0041}", .invisible, 8),
        // Joiners and selectors, of emoji and where no virama stands before them
        ("가족👨\u{200D}👩\u{200D}👧입니다", .invisible, 3), ("하트\u{2764}\u{FE0F}하트", .invisible, 3),
        ("abcdefg\u{200C}h", .invisible, 7),
        // Hangul of the fifteenth century, and a letter without its syllable
        ("옛\u{1112}\u{119E}\u{11AB}글글", .oldHangul, 2), ("비밀번호\u{1100}", .oldHangul, 5),
        ("비밀번호\u{A960}", .oldHangul, 5),
        ("비밀번호\u{D7CB}", .oldHangul, 4),
        ("비밀번호\u{378}", .unassigned, 5), ("비밀번호\u{FFFE}", .unassigned, 5),
        // Private use, a line's end, a format character, and exceptions: a vertical kana mark, a tone mark, tatweel
        ("비밀번호\u{E000}", .disallowed, 5), ("비밀번호\u{2028}", .disallowed, 5), ("비밀번호\u{FFF9}", .disallowed, 5),
        ("비밀번호\u{3031}", .disallowed, 5), ("비밀번호\u{302E}", .disallowed, 4), ("12345678\u{640}", .disallowed, 9),
    ]

    @Test("What else it has is named by its kind and its place, and not shown", arguments: badOnes)
    func bad(_ row: (text: String, fault: FreeformFault, character: Int)) throws {
        let fault = try #require(complaint(row.text))
        #expect(fault == .unsuitable(row.fault, character: row.character))
        #expect(fault.description.hasPrefix("Character \(row.character) of the password "))
        #expect(fault.description.unicodeScalars.allSatisfy { (0x20...0x7E).contains($0.value) })
        #expect(fault.exitCode == 65)
    }

    @Test("Each kind has words of its own")
    func words() {
        let words = FreeformFault.allCases.map { PasswordInputError.unsuitable($0, character: 1).description }
        #expect(Set(words).count == FreeformFault.allCases.count)
    }

    @Test(
        "Its length is that of the prepared form",
        arguments: [
            // Nine bytes as they are typed, three once they are one syllable
            ("\u{1107}\u{1175}\u{11AF}", .tooShort), ("　　　", .tooShort), ("\u{FEFF}1234567", .tooShort),
            ("\u{FEFF}", .missing), ("\u{FEFF}12345678", nil),
            // Too long is what would be in single letters, or with wide spaces: nine bytes a syllable, three a space
            (String(repeating: "빌", count: 113), nil), (String(repeating: "빌", count: 114), .tooLong),
            (String(repeating: "\u{1107}\u{1175}\u{11AF}", count: 113), nil),
            ("x" + String(repeating: " ", count: 341), nil), ("x" + String(repeating: "　", count: 341), nil),
            ("x" + String(repeating: " ", count: 342), .tooLong), (String(repeating: " ", count: 8), .blank),
            (String(repeating: "é", count: 342), .tooLong),
            ("\u{FEFF}" + String(repeating: "x", count: 1024), nil),
        ] as [(String, PasswordInputError?)])
    func length(_ text: String, _ expected: PasswordInputError?) {
        #expect(complaint(text) == expected)
    }
}
