// What a segment's head says of the journal: its format and its name, over restarts and versions.

import SangdamCore
import SangdamJournal
import Testing

/// Head without its beginning and its end, and what a start says: nil where it starts.
private let headTable: [(String, JournalError?)] = [
    ("", nil), (#","format":1"#, nil), (#","format":3"#, nil), (#","format":5"#, nil), (#","format":2"#, nil),
    (#","format":2,"epoch":"\#(journalName)""#, nil),
    (#","new":{"deep":[1]},"format":2,"epoch":"\#(journalName)","newer":null"#, nil),
    (#","format":6"#, newer(6)), (#","format":6,"epoch":17"#, newer(6)),
    (#","format":4294967297"#, newer(4_294_967_297)),
    (#","format":0"#, damaged("the field format has a value that it cannot have")),
    (#","format":-1"#, damaged("the line is not what JSON allows here (outOfRange)")),
    (#","format":"2""#, damaged("the line is not what JSON allows here (wrongKind)")),
    (#","format":null"#, damaged("the line is not what JSON allows here (wrongKind)")),
    (#","format":2.5"#, damaged("the line is not what JSON allows here (outOfRange)")),
    (#","format":2,"epoch":"mine""#, damaged("the field epoch has a value that it cannot have")),
]

private let file = "000000000001-2026-11-22.jsonl"
private func newer(_ format: UInt64) -> JournalError {
    .newerFormat(file: file, format: format, known: SegmentHead.knownFormat)
}
private func damaged(_ why: String) -> JournalError { .damaged(file: file, line: 1, why: why) }
private let journalName = "01jd9a0000000000000000000z"

@Suite struct HeadTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private static let start = #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"checkpoint""#
    private static let rest = #","next_ordinal":0,"entries":0"#

    /// A journal of these lines, each without its hash, in one segment.
    private func write(_ lines: String...) throws {
        try folder.write(chained(lines), to: "000000000001-2026-11-22.jsonl")
    }

    private func refusal() -> JournalError? {
        do {
            try OpenJournal(folder).journal.close()
            return nil
        } catch {
            return error as? JournalError
        }
    }

    @Test(arguments: headTable)
    func everyReaderTakesAHeadAlike(head: String, refused: JournalError?) throws {
        try write(Self.start + head + Self.rest, #"{"n":2,"at":"2026-11-22T08:00:00.000Z","type":"restarted""#)
        let before = try folder.read(file)
        let isNewer = if case .newerFormat = refused { true } else { false }
        if let refused, isNewer {
            #expect(throws: refused) { _ = try Verification(dataDirectory: folder.path) }
            let reader = TranscriptReader(dataDirectory: folder.path)
            #expect(throws: refused) { try reader.forEachChat { _ in } }
            #expect(throws: refused) { try reader.chats(named: "7K2M-Q9XC-04TD", limit: 2) }
        } else {
            #expect(try Verification(dataDirectory: folder.path).fault == refused)
        }
        #expect(refusal() == refused)
        #expect(try folder.read(file) == before)
    }

    @Test func theRefusalSaysWhatToDo() {
        #expect(
            newer(6).description == """
                The journal's 000000000001-2026-11-22.jsonl was written by a newer sangdam (format 6; this one knows up \
                to 5): start that version, or put back a copy of the data folder from before it. Nothing was changed.
                """)
    }

    /// A head that a crash cut off is no head, whatever it would have said.
    @Test func aTornHeadIsNoNewerFormat() throws {
        let whole = chained([Self.start + #","format":6"# + Self.rest])
        try folder.write(whole.dropLast(), to: file)
        let open = try OpenJournal(folder)
        #expect(open.report.cut?.bytes == Int64(whole.count - 1))
        open.journal.close()
    }

    @Test func aJournalKeepsItsNameOverSegmentsAndRestarts() throws {
        let checkpoint = [CheckpointPart.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))]
        for life in 0..<3 {
            let open = try OpenJournal(folder)
            open.journal.append(message("life \(life)", seq: UInt64(life) + 1))
            open.journal.beginSegment(checkpoint: checkpoint, at: morning)
            open.journal.close()
        }
        let epochs = try heads().map(\.epoch)
        #expect(epochs.count == 4)
        #expect(Set(epochs).count == 1)
        #expect(epochs[0]?.birth == morning)
        let other = try TemporaryFolder()
        let open = try OpenJournal(other)
        open.journal.append(message("another", seq: 1))
        open.journal.close()
        #expect(try Verification(dataDirectory: other.path).epoch != epochs[0])
    }

    /// A journal of format 1 gets its name with the next segment, which is wanted at once. Should an older version go
    /// on with it, its heads have no name, and the one there was is found again.
    @Test func anOlderVersionsSegmentIsFollowedByOneWithTheName() throws {
        try write(Self.start + Self.rest)
        let first = try OpenJournal(folder)
        #expect(first.journal.wantsNewSegment(at: morning))
        let checkpoint = [CheckpointPart.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))]
        first.journal.beginSegment(checkpoint: checkpoint, at: morning)
        #expect(!first.journal.wantsNewSegment(at: morning))
        first.journal.close()
        let name = try #require(try Verification(dataDirectory: folder.path).epoch)
        #expect(try heads().map(\.format) == [1, 5])

        let end = try #require(try folder.lines().last)
        let older = chained(
            [#"{"n":3,"at":"2026-11-22T09:00:00.000Z","type":"checkpoint""# + Self.rest], behind: end)
        try folder.write(older, to: "000000000003-2026-11-22.jsonl")
        let second = try OpenJournal(folder)
        #expect(second.report.segmentsReplayed == 1)
        #expect(second.journal.wantsNewSegment(at: morning))
        second.journal.beginSegment(checkpoint: checkpoint, at: morning)
        second.journal.close()
        #expect(try heads().map(\.format) == [1, 5, 1, 5])
        #expect(try heads().map(\.epoch) == [nil, name, nil, name])
        #expect(try Verification(dataDirectory: folder.path).isSound)
    }

    /// What a start looks into for the name alone is no reason to refuse it.
    @Test func aFileThatIsNotReplayedRefusesNoStart() throws {
        let named = #","format":2,"epoch":"\#(journalName)""#
        func head(_ number: Int, _ more: String = "") -> String {
            #"{"n":\#(number),"at":"2026-11-22T08:00:00.000Z","type":"checkpoint""# + more + Self.rest
        }
        let lines = chained([head(1, named), head(2, #","format":5"#), head(3), head(4)])
            .split(separator: 0x0A).map { Array($0) + [0x0A] }
        for (number, line) in zip(1..., lines) { try folder.write(line, to: "00000000000\(number)-2026-11-22.jsonl") }
        let open = try OpenJournal(folder)
        let checkpoint = [CheckpointPart.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))]
        open.journal.beginSegment(checkpoint: checkpoint, at: morning)
        open.journal.close()
        let last = try #require(try folder.lines().last)
        let written = try last.withUnsafeBytes { bytes in try SegmentHead(firstLine: bytes) }
        #expect(written?.epoch?.description == journalName)
    }

    /// The chain holds, and still the second file is of another journal.
    @Test func aSegmentOfAnotherNameIsDamage() throws {
        try write(Self.start + #","format":2,"epoch":"\#(journalName)""# + Self.rest)
        let end = try #require(try folder.lines().last)
        let other = #","format":2,"epoch":"01jd9a0000000000000000000y""#
        let second = "000000000002-2026-11-22.jsonl"
        try folder.write(
            chained([#"{"n":2,"at":"2026-11-22T09:00:00.000Z","type":"checkpoint""# + other + Self.rest], behind: end),
            to: second)
        let damaged = JournalError.damaged(
            file: second, line: 1,
            why:
                "the segment is of the journal 01jd9a0000000000000000000y, the segments before it are of \(journalName)"
        )
        #expect(try Verification(dataDirectory: folder.path).fault == damaged)
        // A start does not read the first file.
        #expect(refusal() == nil)
    }

    private func heads() throws -> [SegmentHead] {
        try folder.files().map { file in
            let line = try #require(try folder.read(file).split(separator: 0x0A).first.map(Array.init))
            return try #require(try line.withUnsafeBytes { bytes in try SegmentHead(firstLine: bytes) })
        }
    }
}
