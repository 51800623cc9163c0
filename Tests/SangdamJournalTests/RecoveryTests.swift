// What opening finds in every state that a crash, carelessness or a bad disk can leave.

import Glibc
import SangdamCore
import SangdamJournal
import Testing

@Suite struct RecoveryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// A closed journal with these words, one message each, and the bytes of its only segment.
    private func write(_ words: [String]) throws -> (file: String, bytes: [UInt8]) {
        let open = try OpenJournal(folder)
        for (index, word) in words.enumerated() { open.journal.append(message(word, seq: UInt64(index) + 1)) }
        open.journal.close()
        let file = try #require(try folder.files().first)
        return (file, try folder.read(file))
    }

    private func words(of open: OpenJournal) -> [String] {
        open.records.compactMap {
            if case .chat(_, _, .message(let message)) = $0.body { message.text?.string } else { nil }
        }
    }

    private func refusal(_ folder: TemporaryFolder) -> JournalError? {
        do {
            let open = try OpenJournal(folder)
            open.journal.close()
            return nil
        } catch {
            return error as? JournalError
        }
    }

    @Test func aFreshJournalBeginsWithAnEmptyCheckpoint() throws {
        let first = try OpenJournal(folder)
        #expect(first.replayed.isEmpty)
        #expect(first.report.segments == 0)
        #expect(first.report.lastNumber == 0)
        first.journal.append(message("안녕하세요", seq: 1))
        first.journal.close()
        #expect(try folder.files() == ["000000000001-2026-11-22.jsonl"])

        let second = try OpenJournal(folder)
        #expect(
            second.replayed == [
                .checkpoint(.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))),
                .record(message("안녕하세요", seq: 1)),
            ])
        #expect(second.report.lastNumber == 2)
        #expect(second.report.linesReplayed == 2)
        #expect(second.report.lastAt == morning)
        #expect(second.report.cut == nil)
        second.journal.close()
    }

    /// A line of another tool's bears that tool's time, which may be behind the desk's.
    @Test func theLatestTimeIsNotTheLastLines() throws {
        let (file, bytes) = try write(["a"])
        let line = try #require(bytes.split(separator: 0x0A).last)
        let erasure = #"{"n":3,"at":"2026-11-22T07:00:00.000Z","type":"erased","lines":[2],"by":"root""#
        try folder.write(bytes + chained([erasure], behind: Array(line)), to: file)
        let open = try OpenJournal(folder)
        #expect(open.report.lastNumber == 3)
        #expect(open.report.lastAt == morning)
        open.journal.close()
    }

    @Test func foldersAndFilesAreTheOwnersAlone() throws {
        let (file, _) = try write(["a"])
        let expected: [(String, mode_t)] = [
            (folder.journal, 0o700), ("\(folder.journal)/\(file)", 0o600), ("\(folder.path)/lock", 0o600),
        ]
        for (path, mode) in expected {
            var status = stat()
            try #require(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == mode, "\(path)")
        }
    }

    @Test func numbersAndChainGoOnOverRestarts() throws {
        for life in 0..<4 {
            let open = try OpenJournal(folder)
            #expect(words(of: open) == (0..<life).map { "life \($0)" })
            open.journal.append(message("life \(life)", seq: UInt64(life) + 1))
            open.journal.close()
        }
        let verification = try Verification(dataDirectory: folder.path)
        #expect(verification.isSound)
        #expect(verification.lastNumber == 5)
    }

    @Test func aTornTailIsCutAtEveryByteAndReported() throws {
        let (file, bytes) = try write(["첫째", "둘째 🙂", "마지막 \"말\" \u{2028}"])
        let lastStart = try #require(bytes.dropLast().lastIndex(of: 0x0A)) + 1
        for length in lastStart..<bytes.count {
            try folder.write(Array(bytes[..<length]), to: file)
            let open = try OpenJournal(folder)
            #expect(words(of: open) == ["첫째", "둘째 🙂"], "cut at \(length)")
            if length == lastStart {
                #expect(open.report.cut == nil)
            } else {
                #expect(open.report.cut?.file == file)
                #expect(open.report.cut?.bytes == Int64(length - lastStart))
            }
            open.journal.append(message("danach", seq: 3))
            open.journal.close()
            let again = try OpenJournal(folder)
            #expect(words(of: again) == ["첫째", "둘째 🙂", "danach"], "cut at \(length)")
            #expect(again.report.cut == nil)
            again.journal.close()
        }
    }

    @Test func aFinalRecordWithAChangedByteIsCut() throws {
        let (file, bytes) = try write(["first", "second"])
        let lastStart = try #require(bytes.dropLast().lastIndex(of: 0x0A)) + 1
        for byte in lastStart..<bytes.count {
            var damaged = bytes
            damaged[byte] ^= 1
            try folder.write(damaged, to: file)
            let open = try OpenJournal(folder)
            #expect(words(of: open) == ["first"], "byte \(byte)")
            #expect(open.report.cut?.bytes == Int64(bytes.count - lastStart))
            open.journal.close()
        }
    }

    @Test func zerosBehindTheEndAreAnUnfinishedRecord() throws {
        let (file, bytes) = try write(["first"])
        // More than the longest line that is ever written.
        for count in [1, 4096, 5 << 20] {
            try folder.write(bytes + [UInt8](repeating: 0, count: count), to: file)
            let open = try OpenJournal(folder)
            #expect(words(of: open) == ["first"])
            #expect(open.report.cut?.bytes == Int64(count))
            open.journal.close()
            #expect(try folder.read(file) == bytes)
        }
    }

    @Test func damageInTheMiddleIsRefusedAndLeftAlone() throws {
        let (file, bytes) = try write(["one", "two", "three"])
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        for byte in 0..<ends[2] {
            var damaged = bytes
            damaged[byte] ^= 1
            try folder.write(damaged, to: file)
            let line = UInt64(ends.filter { $0 < byte }.count) + 1
            let refused = refusal(folder)
            // The head's 4 has become a 5.
            if case .newerFormat(file, 5, _) = refused, line == 1 { continue }
            guard case .damaged(let where_, let number, _) = refused else {
                Issue.record("byte \(byte) of line \(line) was not refused")
                continue
            }
            #expect(where_ == file)
            // A changed line feed joins two lines.
            #expect(number == line, "byte \(byte)")
            #expect(try folder.read(file) == damaged, "byte \(byte)")
        }
    }

    /// A hole in what was not synced, with whole lines behind it: the refusal names the way out, and it is one.
    @Test func aHoleBeforeTheEndIsRefusedWithAdvice() throws {
        let (file, bytes) = try write(["one", "two", "three", "four"])
        let ends = bytes.indices.filter { bytes[$0] == 0x0A }
        var holed = bytes
        for byte in ends[1] + 1..<ends[2] { holed[byte] = 0 }
        try folder.write(holed, to: file)
        let refused = try #require(refusal(folder))
        guard case .damaged(file, 3, _) = refused else {
            Issue.record("\(refused)")
            return
        }
        #expect(
            refused.description == """
                The journal is damaged at \(file) line 3: the line does not end with its hash. Whole lines behind it: 2; \
                they may have been acknowledged, so nothing was cut. First keep a copy of \(folder.journal); `sangdam \
                transcript verify` shows the place again. Every line before it is sound: once this line and all behind \
                it are cut off by hand, the server starts without them.
                """)
        guard case .damaged(file, 3, _) = try Verification(dataDirectory: folder.path).fault else {
            Issue.record("verify shows another line")
            return
        }
        #expect(try folder.read(file) == holed)
        try folder.write(Array(bytes[...ends[1]]), to: file)
        let open = try OpenJournal(folder)
        #expect(words(of: open) == ["one"])
        #expect(open.journal.close() == nil)
    }

    /// What somebody can do to the order of lines: name, lines by index, line that is refused.
    @Test(arguments: [
        ("missing", [0, 1, 3, 4], 3), ("swapped", [0, 2, 1, 3, 4], 2), ("doubled", [0, 1, 1, 2, 3, 4], 3),
        ("first gone", [1, 2, 3, 4], 1),
    ])
    func linesOutOfOrderAreRefused(what: String, order: [Int], line: UInt64) throws {
        let (file, bytes) = try write(["one", "two", "three", "four"])
        let lines = bytes.split(separator: 0x0A)
        try folder.write(order.flatMap { Array(lines[$0]) + [0x0A] }, to: file)
        guard case .damaged(file, line, _) = refusal(folder) else {
            Issue.record("\(what) gave \(String(describing: refusal(folder)))")
            return
        }
    }

    @Test func aReplayThatThrowsNamesTheLine() throws {
        let (file, _) = try write(["one", "two"])
        struct Nonsense: Error {}
        var seen = 0
        #expect(throws: JournalError.damaged(file: file, line: 3, why: "it does not fit what came before: Nonsense()"))
        {
            _ = try Journal.open(JournalConfiguration(dataDirectory: folder.path), progress: { _ in }) { _ in
                seen += 1
                if seen == 3 { throw Nonsense() }
            }
        }
        // The lock went with the failed opening.
        let open = try OpenJournal(folder)
        open.journal.close()
    }

    @Test func aSecondServerIsRefusedWithTheFirstOnesProcess() throws {
        let open = try OpenJournal(folder)
        #expect(refusal(folder) == .locked(path: "\(folder.path)/lock", pid: getpid()))
        open.journal.close()
        #expect(refusal(folder) == nil)
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        let missing = JournalConfiguration(dataDirectory: "\(folder.path)/no/such")
        #expect(throws: JournalError.cannotOpen(path: "\(folder.path)/no/such", errno: ENOENT)) {
            _ = try OpenJournal(missing)
        }
    }
}
