// scrypt as RFC 7914 has it, and the written form.

import Testing

@testable import SangdamServer

@Suite("Password hash")
struct PasswordHashTests {
    private func secret(_ text: String) -> Secret { Secret(copying: Array(text.utf8)) }

    @Test("The vector of RFC 7914 §12")
    func vector() throws {
        // scrypt("pleaseletmein", "SodiumChloride", N=16384, r=8, p=1), its first 32 bytes.
        let hash = try #require(
            PasswordHash("$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI"))
        #expect(try hash.matches(secret("pleaseletmein")))
        #expect(try !hash.matches(secret("pleaseletmeout")))
    }

    @Test("The standard cost")
    func standard() {
        #expect(PasswordHash.Cost.standard == PasswordHash.Cost(logN: 15, r: 8, p: 3))
    }

    @Test("Equal passwords have different hashes, and the written form reads back")
    func salted() throws {
        let first = try PasswordHash(secret("같은 비밀번호"), cost: cheap)
        let second = try PasswordHash(secret("같은 비밀번호"), cost: cheap)
        #expect(first != second)
        #expect(first.salt.count == 16)
        #expect(PasswordHash(first.description) == first)
        #expect(try first.matches(secret("같은 비밀번호")))
        #expect(try !first.matches(secret("")))
    }

    @Test(
        "What is no hash",
        arguments: [
            "", "$", "$scrypt$ln=10,r=8,p=1$AAAAAAAAAAA$", "scrypt$ln=10,r=8,p=1$AAAAAAAAAAA$AAAA",
            "$scrypt$ln=10,r=8$AAAAAAAAAAA$AAAA", "$scrypt$ln=10,r=8,p=1,q=1$AAAAAAAAAAA$AAAA",
            "$scrypt$ln=10,r=8,p=0$AAAAAAAAAAA$AAAA", "$scrypt$ln=10,r=8,p=-1$AAAAAAAAAAA$AAAA",
            "$scrypt$r=8,ln=10,p=1$AAAAAAAAAAA$AAAA", "$scrypt$ln=10,r=8,p=1$AAA!AAAAAAA$AAAA",
        ])
    func unreadable(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test(
        "What a password must be",
        arguments: [
            ("", .missing), ("1234567", .tooShort), ("12345678", nil), ("비밀번호", nil),
            (String(repeating: "x", count: 1024), nil), (String(repeating: "x", count: 1025), .tooLong),
            ("with\ttab12", .unsuitable(.control, character: 5)),
        ] as [(String, PasswordInputError?)])
    func passwords(text: String, fault: PasswordInputError?) {
        func check() -> PasswordInputError? {
            do {
                _ = try checked(Array(text.utf8))
                return nil
            } catch {
                return error
            }
        }
        #expect(check() == fault)
    }

    @Test("Bytes that are no text are no password")
    func notUTF8() {
        #expect(throws: PasswordInputError.blank) { try checked(Array("  \u{3000}\u{A0}        ".utf8)) }
        #expect(throws: PasswordInputError.notText) {
            try checked([UInt8](repeating: 0xFF, count: 12))
        }
    }
}
