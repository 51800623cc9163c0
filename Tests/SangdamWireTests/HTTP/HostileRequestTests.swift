// The table of hostile requests against a session: one response each, whole or byte by byte, and then silence.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HostileRequestTests {
    @Test func theTableIsThere() {
        #expect(HostileRequest.all.count > 110)
        #expect(Set(HostileRequest.all.map(\.testDescription)).count == HostileRequest.all.count)
    }

    @Test(arguments: HostileRequest.all) func getsOneResponse(_ row: HostileRequest) {
        for size in [Int.max, 1, 7] {
            var harness = HTTPHarness()
            harness.receive(row.bytes, size: size)
            if row.status == 408 {
                #expect(harness.step == .goesOn)
                harness.wait(seconds: 10)
            }
            // Whatever comes behind is not looked at.
            harness.receive("GET / HTTP/1.1\r\nHost: chat.example\r\n\r\n")
            harness.wait(seconds: 60)
            #expect(harness.step == (row.status == 101 ? .upgraded : .ended))
            let isHEAD = row.bytes.starts(with: Array("HEAD".utf8))
            let responses = harness.takeResponses(toHEAD: isHEAD)
            #expect(responses?.map(\.status) == [row.status])
            #expect(responses?.first?.fields["Connection"]?.contains("close") == (row.status != 101))
        }
    }

    /// Rows cut, joined and spoilt: never a trap, the same answer in any pieces, and nothing behind an end.
    @Test func spoiltRequestsGetTheSameAnswerInAnyPieces() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        let rows = HostileRequest.all.filter { $0.bytes.count < 1000 }
        for round in 0..<2000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let row = rows.randomElement(using: &random)?.bytes ?? []
                bytes += row.prefix(Int.random(in: 0...2 * row.count, using: &random))
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
            }
            var whole = HTTPHarness()
            whole.receive(bytes)
            var pieces = HTTPHarness()
            pieces.receive(bytes, size: .random(in: 1...20, using: &random))
            #expect(whole.step == pieces.step, "seed \(seed), round \(round)")
            #expect(whole.output == pieces.output, "seed \(seed), round \(round)")
            #expect(whole.behind == pieces.behind, "seed \(seed), round \(round)")
        }
    }
}
