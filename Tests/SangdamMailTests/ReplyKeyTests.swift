// Tokens of inquiries: only who has the key can make one.

import SangdamCore
import SangdamMail
import Testing

@Suite("Reply tokens")
struct ReplyKeyTests {
    private let key = ReplyKey(Array(0..<32))!
    private let inquiry = ChatID(high: 0x0193_8000_0000_1234, low: 0x0123_4567_89AB_CDEF)

    @Test("A token leads to its inquiry and has the letters of a local part in lower case")
    func roundTrip() {
        let token = key.token(of: inquiry)
        #expect(token.utf8.count == ReplyKey.tokenLength)
        #expect(token.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
        #expect(key.inquiry(of: token) == inquiry)
    }

    @Test("The proof is HMAC-SHA-256, as others compute it")
    func knownAnswer() {
        // Python: hmac.new(bytes(range(32)), b"01je00000028t028t5cy4tqkff", "sha256"), its first 80 bits in Crockford's base 32.
        #expect(key.token(of: inquiry).dropFirst(26) == "6pps52xr0b6hnr4c")
    }

    @Test("Whatever else it is, it leads nowhere")
    func wrong() {
        let token = Array(key.token(of: inquiry))
        for index in token.indices {
            var other = token
            other[index] = other[index] == "0" ? "1" : "0"
            #expect(key.inquiry(of: String(other)) == nil, "a change at \(index)")
        }
        let others = ["", "x", String(token.dropLast()), String(token + "0"), String(repeating: "가", count: 14)]
        for other in others { #expect(key.inquiry(of: other) == nil, "\(other)") }
        #expect(ReplyKey(Array(1...32))?.inquiry(of: String(token)) == nil)
        #expect(ReplyKey(Array(0..<31)) == nil)
    }
}
