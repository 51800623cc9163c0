// Segments: when a new one begins, what it begins with, and that only the last complete one is replayed.

import Glibc
import SangdamCore
import SangdamJournal
import Testing

@Suite struct SegmentTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func checkpoint(seed: UInt64) -> [CheckpointPart] {
        var random = SeededGenerator(seed: seed)
        return random.checkpoint()
    }

    @Test(arguments: [
        ("000000000001-2026-11-22.jsonl", true), ("1000000000000-2026-11-22.jsonl", true),
        ("0000000000001-2026-11-22.jsonl", false), ("000000000000-2026-11-22.jsonl", false),
        ("000000000001-2026-02-30.jsonl", false), ("000000000001-2026-11-22.jsonl~", false),
        ("000000000001.jsonl", false), ("99999999999999999999999-2026-11-22.jsonl", false), ("-", false), ("", false),
    ])
    func names(name: String, isOne: Bool) {
        #expect((SegmentName(name) != nil) == isOne)
        if isOne { #expect(SegmentName(name)?.description == name) }
    }

    @Test func aNewDayASizeOrNoSegmentWantOne() throws {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.segmentBytes = 2000
        let open = try OpenJournal(configuration)
        let journal = open.journal
        #expect(journal.wantsNewSegment(at: morning))
        journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))], at: morning)
        #expect(!journal.wantsNewSegment(at: morning))
        #expect(!journal.wantsNewSegment(at: morning + .seconds(16 * 3600 - 1)))
        #expect(journal.wantsNewSegment(at: morning + .seconds(16 * 3600)))
        // A clock that goes back makes no new day.
        #expect(!journal.wantsNewSegment(at: Instant(milliseconds: 0)))
        var seq: UInt64 = 0
        while !journal.wantsNewSegment(at: morning) {
            seq += 1
            journal.append(message("말", seq: seq))
            try #require(seq < 100)
        }
        #expect(seq > 5)
        journal.close()
        let size = try folder.read(try folder.files()[0]).count
        #expect(size >= 2000)
        #expect(size < 2300)
    }

    @Test func aSegmentIsNotWantedForItsCheckpointAlone() throws {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.segmentBytes = 10
        let open = try OpenJournal(configuration)
        open.journal.beginSegment(checkpoint: checkpoint(seed: 1), at: morning)
        #expect(!open.journal.wantsNewSegment(at: morning))
        open.journal.close()
    }

    @Test func onlyTheLastSegmentIsReplayed() throws {
        let open = try OpenJournal(folder)
        let journal = open.journal
        var expected: [RecoveredItem] = []
        for day in 0..<3 {
            let at = morning + .seconds(Int64(day) * 86_400)
            let parts = checkpoint(seed: UInt64(day))
            journal.append(message("before \(day)", seq: 1))
            journal.beginSegment(checkpoint: parts, at: at)
            let after = message("after \(day)", seq: 2, second: Int64(day) * 86_400)
            journal.append(after)
            journal.commit()
            expected = parts.map { .checkpoint($0) } + [.record(after)]
        }
        journal.close()
        let files = try folder.files()
        #expect(files.map { $0.suffix(16) } == ["22", "22", "23", "24"].map { "2026-11-\($0).jsonl" })
        let again = try OpenJournal(folder)
        #expect(again.replayed == expected)
        #expect(again.report.segments == 4)
        #expect(again.report.segmentsReplayed == 1)
        again.journal.close()
        let verification = try Verification(dataDirectory: folder.path)
        #expect(verification.isSound)
        #expect(verification.segments == 4)
    }

    /// The last segment cut off at every line of its checkpoint: the one before is replayed, and what is appended later
    /// is found behind the piece.
    @Test func anIncompleteCheckpointIsPassedOver() throws {
        let parts = checkpoint(seed: 7)
        let first = try OpenJournal(folder)
        first.journal.append(message("one", seq: 1))
        first.journal.beginSegment(checkpoint: parts, at: morning + .seconds(1))
        first.journal.close()
        let files = try folder.files()
        let whole = try folder.read(files[1])
        let lines = whole.split(separator: 0x0A)
        #expect(lines.count == parts.count)
        for kept in 0..<lines.count {
            let later = try TemporaryFolder()
            try later.write(try folder.read(files[0]), to: files[0])
            // Half a line behind the whole ones, as a crash leaves it.
            let piece = lines[..<kept].flatMap { Array($0) + [0x0A] } + lines[kept].prefix(20)
            try later.write(piece, to: files[1])

            let open = try OpenJournal(later)
            // No part of the piece: it would empty the state and fill it by half.
            let known: [RecoveredItem] = [
                .checkpoint(.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))), .record(message("one", seq: 1)),
            ]
            #expect(open.replayed == known, "kept \(kept)")
            #expect(open.report.cut?.bytes == 20)
            #expect(open.report.lastNumber == 2 + UInt64(kept))
            #expect(open.journal.wantsNewSegment(at: morning) == (kept > 0))
            open.journal.append(message("two", seq: 2))
            open.journal.close()

            let again = try OpenJournal(later)
            #expect(again.replayed == known + [.record(message("two", seq: 2))], "kept \(kept)")
            #expect(again.report.lastNumber == 3 + UInt64(kept))
            again.journal.beginSegment(checkpoint: parts, at: morning + .seconds(2))
            again.journal.close()

            let third = try OpenJournal(later)
            #expect(third.replayed == parts.map { .checkpoint($0) }, "kept \(kept)")
            third.journal.close()
            let verification = try Verification(dataDirectory: later.path)
            #expect(verification.isSound, "kept \(kept)")
            #expect(verification.incompleteCheckpoints == (kept > 0 ? 1 : 0))
        }
    }

    @Test func aTornTailInAnEarlierSegmentIsDamage() throws {
        let open = try OpenJournal(folder)
        open.journal.append(message("one", seq: 1))
        open.journal.beginSegment(checkpoint: checkpoint(seed: 1), at: morning)
        open.journal.close()
        let files = try folder.files()
        let bytes = try folder.read(files[0])
        try folder.write(Array(bytes.dropLast(5)), to: files[0])
        #expect(throws: JournalError.damaged(file: files[0], line: 2, why: "the segment's last line is not whole")) {
            _ = try OpenJournal(folder)
        }
        #expect(try Verification(dataDirectory: folder.path).fault != nil)
    }

    @Test func aMissingSegmentIsNoticed() throws {
        let open = try OpenJournal(folder)
        open.journal.append(message("one", seq: 1))
        for second in 1...2 {
            open.journal.beginSegment(checkpoint: checkpoint(seed: 1), at: morning + .seconds(Int64(second)))
        }
        open.journal.close()
        let files = try folder.files()
        #expect(files.count == 3)
        #expect(unlink("\(folder.journal)/\(files[1])") == 0)
        guard case .damaged(files[2], 1, _) = try Verification(dataDirectory: folder.path).fault else {
            Issue.record("a gap between segments was not noticed")
            return
        }
        #expect(throws: JournalError.self) { _ = try OpenJournal(folder) }
        // Without the older ones the rest stands by itself.
        #expect(unlink("\(folder.journal)/\(files[0])") == 0)
        let again = try OpenJournal(folder)
        again.journal.close()
        let verification = try Verification(dataDirectory: folder.path)
        #expect(verification.isSound)
        #expect((verification.firstNumber ?? 0) > 1)
    }
}
