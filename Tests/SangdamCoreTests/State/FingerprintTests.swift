// Ids that a client counts up must not look alike: each likeness costs a search through all that a chat keeps.

import Testing

@testable import SangdamCore

@Suite struct FingerprintTests {
    private static let forms: [(name: String, form: @Sendable (Int) -> String)] = [
        ("digits", { "\($0)" }), ("a prefix", { "c12.\($0)" }), ("a long prefix", { "session-000123-\($0)" }),
        (
            "16 hexadecimal digits",
            { number in
                let digits = String(number, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }
        ),
        ("digits in front", { "\($0)-of-this-connection" }),
    ]

    @Test(arguments: forms.indices)
    func countedIDsSeldomLookAlike(index: Int) throws {
        let count = 4_096
        var last: [UInt16] = []
        var likenesses = 0
        for number in 0..<count {
            let fingerprint = try #require(ClientMessageID(Self.forms[index].form(number))).fingerprint
            if last.contains(fingerprint) { likenesses += 1 }
            if last.count == AckWindow.limit { last.removeFirst() }
            last.append(fingerprint)
        }
        // By chance it is one in 256.
        #expect(likenesses < count / 64, "\(Self.forms[index].name): \(likenesses)")
    }
}
