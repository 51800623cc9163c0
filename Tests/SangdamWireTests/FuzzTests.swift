// Bytes that nobody would send, in every mode: the session answers or refuses and never traps.

import SangdamCore
import SangdamWire
import Testing

@Suite struct FuzzTests {
    static let fragments: [[UInt8]] =
        [
            "{\"type\":\"", "say", "hello", "ping", "\",\"id\":\"c\",\"text\":\"", "\"}", "\n", "\r\n", "{", "}", "[",
            "]", ",",
            ":", "null", "1e9", "18446744073709551616", "\\ud800", "\\u0000", "/", "//", "/lang en", "/평가 5", "1", "가",
            "\"role\":\"customer\"", "\"role\":\"agent\",\"user\":\"u\",\"password\":\"p\"", "GET ", "NICK ", " ",
            "\u{1B}[2J",
            "{\"type\":\"hello\",\"role\":\"customer\"}\n", "{\"type\":\"say\",\"id\":\"1\",\"text\":\"x\"}\n",
        ].map { Array($0.utf8) } + [
            [0xFF], [0x00], [0xC3], [0xE2, 0x80], [0xF0, 0x9F], Array(repeating: 0x61, count: 5000),
        ]

    @Test func inventedBytesNeverTrapAndMemoryIsBounded() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        for round in 0..<3000 {
            var harness = SessionHarness(applicationProtocol: round % 3 == 0 ? "sangdam/1" : nil)
            var received = 0
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                var piece: [UInt8] = []
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    piece += Self.fragments.randomElement(using: &random) ?? []
                    if Int.random(in: 0..<4, using: &random) == 0 { piece.append(.random(in: 0...255, using: &random)) }
                }
                received += piece.count
                harness.receive(piece)
                if Int.random(in: 0..<6, using: &random) == 0 {
                    harness.wait(milliseconds: .random(in: 0...4000, using: &random))
                }
                if Int.random(in: 0..<4, using: &random) == 0 {
                    harness.deliver(
                        [Sample.welcome(), .topics(Sample.topics, contacts: []), Sample.queued(1, nil)][round % 3])
                }
            }
            let output = harness.takeOutput()
            #expect(!output.unicodeScalars.contains("\u{FFFD}"), "seed \(seed), round \(round)")
            // An answer is a sentence; the most that a byte can cause is the help by its verb.
            #expect(output.utf8.count <= 20_000 + received * 300, "seed \(seed), round \(round)")
            for input in harness.takeInputs() where input.hasPrefix("say ") {
                #expect(input.utf8.count <= 4_000 + 100)
            }
        }
    }

    @Test func aLineWithoutEndIsNotKept() {
        for applicationProtocol in ["sangdam/1", nil] {
            var harness = SessionHarness(applicationProtocol: applicationProtocol)
            for _ in 0..<200 { harness.receive(Array(repeating: UInt8(ascii: "a"), count: 10_000)) }
            let refused = harness.takeInputs().filter { $0 == "refused too_long" }
            #expect(refused.count == 1)
        }
    }
}
