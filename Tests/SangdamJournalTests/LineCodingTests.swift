// Lines out and in: golden lines that pin the format, and random values through both directions.

import SangdamCore
import SangdamJournal
import Testing

@Suite struct LineCodingTests {
    @Test(arguments: 0..<40)
    func recordsComeBackAsTheyWere(round: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let records = random.records()
        let first = try OpenJournal(folder)
        let checkpoint = random.checkpoint()
        first.journal.beginSegment(checkpoint: checkpoint, at: morning)
        for record in records { first.journal.append(record) }
        first.journal.close()

        let second = try OpenJournal(folder)
        let expected = checkpoint.map { RecoveredItem.checkpoint($0) } + records.map { RecoveredItem.record($0) }
        #expect(second.replayed.count == expected.count, "seed \(seed)")
        for (found, wanted) in zip(second.replayed, expected) {
            #expect(found == wanted, "seed \(seed)")
        }
        second.journal.close()
    }
}
