// Followers: every line in order and at least once, over rotations, restarts and torn tails, never one that could still
// be lost; and what a cursor meets that does not fit.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

@Suite struct FollowerTests {
    private let folder: TemporaryFolder
    private let cursor: CursorFile

    init() throws {
        folder = try TemporaryFolder()
        cursor = CursorFile(path: folder.path + "/cursor")
    }

    private static let checkpoint = [CheckpointPart.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))]

    private func follower(_ open: OpenJournal, lines: Int = 1024) -> JournalFollower {
        var limits = JournalFollower.Limits()
        limits.lines = lines
        return JournalFollower(open.journal, dataDirectory: folder.path, cursor: cursor, limits: limits)
    }

    /// What the follower answers, within ten seconds.
    private func next(_ follower: JournalFollower) throws -> Result<FollowedLines, FollowerError> {
        let found = Mutex<Result<FollowedLines, FollowerError>?>(nil)
        let done = DispatchSemaphore(value: 0)
        follower.next { result in
            found.withLock { $0 = result }
            done.signal()
        }
        try #require(done.wait(timeout: .now() + 10) == .success)
        return try #require(found.withLock { $0 })
    }

    private func fault(_ follower: JournalFollower) throws -> FollowerError? {
        if case .failure(let error) = try next(follower) { error } else { nil }
    }

    private func acknowledge(_ cursor: JournalCursor, _ follower: JournalFollower) throws {
        let done = DispatchSemaphore(value: 0)
        follower.acknowledge(cursor) { error in
            #expect(error == nil)
            done.signal()
        }
        try #require(done.wait(timeout: .now() + 10) == .success)
    }

    private func beginAnew(_ follower: JournalFollower) throws {
        let done = DispatchSemaphore(value: 0)
        follower.beginAnew { error in
            #expect(error == nil)
            done.signal()
        }
        try #require(done.wait(timeout: .now() + 10) == .success)
    }

    /// Lives of a server, each with lines, rotations and an end that leaves a piece of a line or not, and a consumer
    /// who acknowledges when it likes. What the files hold at the end is what the consumer must have got.
    @Test(arguments: 0..<12)
    func everyLineComesInOrder(round: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        var seq: UInt64 = 0
        var acknowledged: UInt64 = 0
        var got: [UInt64: [UInt8]] = [:]
        for _ in 0..<Int.random(in: 2...5, using: &random) {
            var configuration = JournalConfiguration(dataDirectory: folder.path)
            configuration.durability = random.pick(Durability.allCases)
            configuration.intervalMilliseconds = 5
            let open = try OpenJournal(configuration)
            let follower = follower(open, lines: random.pick([1, 2, 5, 1000]))
            var following = acknowledged
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                if random.chance(20) { open.journal.beginSegment(checkpoint: Self.checkpoint, at: morning) }
                for _ in 0..<Int.random(in: 0...4, using: &random) {
                    seq += 1
                    open.journal.append(message(random.text().string, seq: seq))
                }
                open.journal.commit()
                guard random.chance(60), open.journal.safeNumber > following else { continue }
                let batch = try next(follower).get()
                for line in batch.lines {
                    #expect(line.number == following + 1, "seed \(seed)")
                    if let before = got[line.number] { #expect(before == line.bytes, "seed \(seed)") }
                    got[line.number] = line.bytes
                    following = line.number
                    #expect(try line.decoded().envelope.number == line.number)
                }
                #expect(batch.end.number == following)
                guard random.chance(50) else { continue }
                try acknowledge(batch.end, follower)
                acknowledged = following
            }
            open.journal.close()
            follower.stop()
            guard random.chance(50), let file = try folder.files().last else { continue }
            try folder.write(try folder.read(file) + Array(#"{"n":99999,"at":"2026"#.utf8), to: file)
        }
        let open = try OpenJournal(folder)
        let follower = follower(open, lines: 3)
        while acknowledged < open.report.lastNumber {
            let batch = try next(follower).get()
            #expect(batch.lines.first?.number == acknowledged + 1, "seed \(seed)")
            for line in batch.lines { got[line.number] = line.bytes }
            acknowledged = batch.end.number
        }
        let lines = try folder.lines()
        #expect(lines.count == got.count, "seed \(seed)")
        for (index, line) in lines.enumerated() { #expect(got[UInt64(index) + 1] == line, "seed \(seed)") }
        follower.stop()
        open.journal.close()
    }

    /// The line is in the file while its sync runs, and still nobody is told.
    @Test func whatIsNotSafeIsNotGiven() throws {
        let gate = Gate()
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = FaultyDisk { gate.pass() }
        let open = try OpenJournal(configuration)
        let follower = follower(open)
        open.journal.append(message("말", seq: 1))
        open.journal.commit()
        try #require(gate.arrived.wait(timeout: .now() + 10) == .success)
        #expect(try folder.lines().count == 2)
        let answers = Mutex<[Result<FollowedLines, FollowerError>]>([])
        let done = DispatchSemaphore(value: 0)
        follower.next { result in
            answers.withLock { $0.append(result) }
            done.signal()
        }
        // On the same queue, so behind the question.
        try acknowledge(JournalCursor(epoch: nil, number: 0, link: .origin), follower)
        #expect(answers.withLock { $0.isEmpty })
        #expect(open.journal.safeNumber == 0)
        gate.openForGood()
        try #require(done.wait(timeout: .now() + 10) == .success)
        #expect(try answers.withLock { try $0.first?.get().lines.map(\.number) } == [1, 2])
        open.journal.close()
    }

    /// After a failed sync nothing is given any more, and whoever waits or asks is told why.
    @Test func whatASyncLostIsNeverGiven() throws {
        let disk = FaultyDisk()
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = disk
        let open = try OpenJournal(configuration)
        open.journal.append(message("bleibt", seq: 1))
        open.progress.wait(for: open.journal.commit())
        disk.set { $0.syncError = EIO }
        open.journal.append(message("verloren", seq: 2))
        let follower = follower(open)
        let end = try next(follower).get().end
        #expect(end.number == 2)
        try acknowledge(end, follower)
        let told = Mutex<FollowerError?>(nil)
        let done = DispatchSemaphore(value: 0)
        follower.next { result in
            if case .failure(let error) = result { told.withLock { $0 = error } }
            done.signal()
        }
        open.journal.commit()
        try #require(done.wait(timeout: .now() + 10) == .success)
        let lost = FollowerError.journal(.syncFailed(errno: EIO))
        #expect(told.withLock { $0 } == lost)
        #expect(try fault(follower) == lost)
        open.journal.close()
        #expect(try fault(follower) == lost)
        follower.stop()
        #expect(try fault(follower) == .stopped)
    }

    /// What was safe before the journal was closed is still given, and then it is told.
    @Test func aClosedJournalIsTold() throws {
        let open = try OpenJournal(folder)
        open.journal.append(message("letztes", seq: 1))
        let follower = follower(open)
        open.journal.close()
        let end = try next(follower).get().end
        #expect(end.number == 2)
        try acknowledge(end, follower)
        #expect(try fault(follower) == .stopped)
    }

    @Test(arguments: Durability.allCases)
    func whoWaitsIsWoken(durability: Durability) throws {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.durability = durability
        let open = try OpenJournal(configuration)
        let follower = follower(open)
        var number: UInt64 = 0
        for seq in 1...10 as ClosedRange<UInt64> {
            let done = DispatchSemaphore(value: 0)
            let end = Mutex<UInt64>(0)
            follower.next { result in
                if case .success(let lines) = result { end.withLock { $0 = lines.end.number } }
                done.signal()
            }
            open.journal.append(message("\(seq)", seq: seq))
            open.journal.commit()
            try #require(done.wait(timeout: .now() + 10) == .success)
            #expect(end.withLock { $0 } > number)
            number = end.withLock { $0 }
        }
        #expect(number == 11)
        follower.stop()
        open.journal.close()
    }

    @Test func aBatchIsBounded() throws {
        let open = try OpenJournal(folder)
        for seq in 1...20 { open.journal.append(message(String(repeating: "가", count: 1000), seq: UInt64(seq))) }
        open.progress.wait(for: open.journal.commit())
        var limits = JournalFollower.Limits()
        limits.bytes = 7000
        let follower = JournalFollower(open.journal, dataDirectory: folder.path, cursor: cursor, limits: limits)
        #expect(try next(follower).get().lines.count == 4)
        #expect(try next(follower).get().lines.count == 3)
        limits.bytes = 1
        let other = JournalFollower(open.journal, dataDirectory: folder.path, cursor: cursor, limits: limits)
        #expect(try next(other).get().lines.count == 1)
        open.journal.close()
    }

    // MARK: Cursors that do not fit

    /// Eleven lines in three segments; the cursor behind the fifth.
    private func writeWithCursor() throws -> JournalCursor {
        let open = try OpenJournal(folder)
        for seq in 1...8 as ClosedRange<UInt64> {
            if seq == 4 || seq == 7 { open.journal.beginSegment(checkpoint: Self.checkpoint, at: morning) }
            open.journal.append(message("\(seq)", seq: seq))
        }
        open.journal.close()
        let again = try OpenJournal(folder)
        let follower = follower(again, lines: 6)
        let end = try next(follower).get().end
        try acknowledge(end, follower)
        follower.stop()
        again.journal.close()
        #expect(try folder.files().count == 3)
        #expect(end.number == 6)
        #expect(try cursor.read() == end)
        return end
    }

    /// Whoever begins anew gets everything from the first line that is there.
    private func expect(_ wanted: FollowerError, thenFrom first: UInt64 = 1) throws {
        let open = try OpenJournal(folder)
        let follower = follower(open)
        #expect(try fault(follower) == wanted)
        // Asking again changes nothing.
        #expect(try fault(follower) == wanted)
        #expect(wanted.canBeginAnew)
        #expect(wanted.description.hasSuffix("Begin anew with the first line that is there, or stop and have a look."))
        try beginAnew(follower)
        #expect(try next(follower).get().lines.first?.number == first)
        follower.stop()
        open.journal.close()
    }

    @Test func aCursorIsGoneOnWith() throws {
        _ = try writeWithCursor()
        let open = try OpenJournal(folder)
        let follower = follower(open)
        #expect(try next(follower).get().lines.map(\.number) == [7, 8, 9, 10, 11])
        open.journal.close()
    }

    @Test func aTornCursorIsTold() throws {
        _ = try writeWithCursor()
        let whole = try readFile(cursor.path)
        for length in 0..<whole.count {
            try replace(Array(whole[..<length]))
            #expect(throws: FollowerError.tornCursor(path: cursor.path)) { try cursor.read() }
        }
        try replace(Array("{\"n\":-1,\"h\":\"\(String(repeating: "0", count: 32))\"}\n".utf8))
        #expect(throws: FollowerError.tornCursor(path: cursor.path)) { try cursor.read() }
        try replace([UInt8](repeating: 0x20, count: 5000))
        try expect(.tornCursor(path: cursor.path))
    }

    private func replace(_ bytes: [UInt8]) throws {
        let descriptor = open(cursor.path, O_WRONLY | O_TRUNC)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    @Test func aCursorOfAnotherJournalIsTold() throws {
        let end = try writeWithCursor()
        let other = JournalEpoch(high: 1, low: 1)
        try cursor.write(JournalCursor(epoch: other, number: end.number, link: end.link))
        try expect(.otherJournal(cursor: other, journal: end.epoch))
    }

    @Test func aCursorBeyondTheEndIsTold() throws {
        let end = try writeWithCursor()
        try cursor.write(JournalCursor(epoch: end.epoch, number: 12, link: end.link))
        try expect(.beyondTheEnd(number: 12, last: 11))
    }

    @Test func anotherLineAtTheCursorIsTold() throws {
        let end = try writeWithCursor()
        try cursor.write(JournalCursor(epoch: end.epoch, number: end.number - 1, link: end.link))
        try expect(.otherLine(number: 5))
    }

    @Test func deletedSegmentsAreAGap() throws {
        _ = try writeWithCursor()
        let files = try folder.files()
        // All that lies before the cursor may go.
        try #require(unlink("\(folder.journal)/\(files[0])") == 0)
        let open = try OpenJournal(folder)
        #expect(try next(follower(open)).get().lines.first?.number == 7)
        open.journal.close()
        try #require(unlink("\(folder.journal)/\(files[1])") == 0)
        try expect(.gap(from: 7, through: 8), thenFrom: 9)
    }

    /// What is listed and cannot be found when it is opened was deleted in between.
    @Test func aFileThatGoesWhileItIsLookedForIsAGap() throws {
        _ = try writeWithCursor()
        // The cursor's file, and the one behind it.
        for file in try folder.files().dropFirst() {
            let path = "\(folder.journal)/\(file)"
            let lines = try folder.read(file)
            let open = try OpenJournal(folder)
            try #require(unlink(path) == 0 && symlink("nowhere", path) == 0)
            let error = try #require(try fault(follower(open)))
            guard case .gap = error else {
                Issue.record("\(error)")
                return
            }
            open.journal.close()
            try #require(unlink(path) == 0)
            try folder.write(lines, to: file)
        }
    }

    @Test func whatCannotBeReadOrKeptSaysSo() {
        let inFile = CursorFile(path: "/dev/null/cursor")
        #expect(throws: FollowerError.cursorNotRead(path: inFile.path, errno: ENOTDIR)) { try inFile.read() }
        #expect(throws: FollowerError.cursorNotKept(path: inFile.path, errno: ENOTDIR)) {
            try inFile.write(JournalCursor(epoch: nil, number: 1, link: .origin))
        }
        #expect(throws: FollowerError.cursorNotKept(path: inFile.path, errno: ENOTDIR)) { try inFile.remove() }
    }

    /// The journal of a released version has no name yet; a cursor that was kept in it is good once it has one.
    @Test func aJournalGetsItsNameWhileItIsFollowed() throws {
        let frozen = try #require(FrozenJournalTests.all.first { $0.format == 1 })
        let copy = try frozen.copy()
        let kept = CursorFile(path: copy.path + "/cursor")
        let first = try OpenJournal(copy)
        var limits = JournalFollower.Limits()
        limits.lines = 60
        let follower = JournalFollower(first.journal, dataDirectory: copy.path, cursor: kept, limits: limits)
        let end = try next(follower).get().end
        #expect(end.epoch == nil)
        #expect(end.number == 60)
        try acknowledge(end, follower)
        first.journal.beginSegment(checkpoint: Self.checkpoint, at: try #require(first.report.lastAt))
        first.journal.close()

        let second = try OpenJournal(copy)
        let later = JournalFollower(second.journal, dataDirectory: copy.path, cursor: kept, limits: limits)
        let rest = try next(later).get()
        #expect(rest.lines.first?.number == 61)
        #expect(rest.end.number == frozen.lines + 1)
        #expect(rest.end.epoch == (try Verification(dataDirectory: copy.path).epoch))
        second.journal.close()
    }
}
