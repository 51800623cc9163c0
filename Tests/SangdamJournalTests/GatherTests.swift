// Where nobody waits for a sync, batches gather: nothing may wait longer than promised, get lost or change its order.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Testing

@Suite struct GatherTests {
    private let folder: TemporaryFolder
    private let disk = FaultyDisk()

    init() throws {
        folder = try TemporaryFolder()
    }

    /// An hour, where the test is to be done before anything is written by itself.
    private func open(_ durability: Durability, gatherMilliseconds: Int = 3_600_000) throws -> OpenJournal {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = disk
        configuration.durability = durability
        configuration.gatherMilliseconds = gatherMilliseconds
        configuration.intervalMilliseconds = 3_600_000
        configuration.retryMilliseconds = 10
        return try OpenJournal(configuration)
    }

    private func appendMessages(_ seqs: ClosedRange<UInt64>, to open: OpenJournal) -> JournalTicket {
        var ticket = JournalTicket.start
        for seq in seqs {
            open.journal.append(message("말", seq: seq))
            ticket = open.journal.commit()
        }
        return ticket
    }

    private func seqsInTheFiles() throws -> [UInt64] {
        try OpenJournal(folder).records.map { record in
            if case .chat(_, let seq, _) = record.body { seq } else { 0 }
        }
    }

    private var writes: Int { disk.calls.count { $0 == "write" } }

    /// True once `isSo`; false after ten seconds.
    private func eventually(_ isSo: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<10_000 {
            if try isSo() { return true }
            usleep(1000)
        }
        return false
    }

    @Test(arguments: [Durability.interval, .none])
    func batchesShareAWrite(_ durability: Durability) throws {
        let open = try open(durability)
        let ticket = appendMessages(1...50, to: open)
        #expect(open.journal.durableTicket == ticket)
        #expect(writes == 0)
        open.journal.close()
        #expect(writes == 1)
        #expect(try seqsInTheFiles() == Array(1...50))
    }

    @Test(arguments: [Durability.interval, .none])
    func whoReadsThemDoesNotWait(_ durability: Durability) throws {
        let open = try open(durability)
        for round in 1...3 as ClosedRange<UInt64> {
            let ticket = appendMessages(round * 10 - 9...round * 10, to: open)
            let written = DispatchSemaphore(value: 0)
            open.journal.afterWritten(ticket) { written.signal() }
            #expect(written.wait(timeout: .now() + 10) == .success)
            #expect(writes == Int(round))
            // The segment's checkpoint is the first line.
            #expect(try folder.lines().count == Int(round) * 10 + 1)
        }
        open.journal.close()
    }

    @Test(arguments: [Durability.interval, .none])
    func muchDoesNotWait(_ durability: Durability) throws {
        let open = try open(durability)
        let words = String(repeating: "x", count: 4000)
        for seq in 1...60 as ClosedRange<UInt64> {
            open.journal.append(message(words, seq: seq))
            open.journal.commit()
        }
        #expect(writes == 0)
        for seq in 61...70 as ClosedRange<UInt64> {
            open.journal.append(message(words, seq: seq))
            open.journal.commit()
        }
        #expect(eventually { writes > 0 })
        open.journal.close()
        #expect(try seqsInTheFiles() == Array(1...70))
    }

    @Test(arguments: [Durability.interval, .none])
    func theRestIsWrittenByItself(_ durability: Durability) throws {
        let open = try open(durability, gatherMilliseconds: 5)
        for round in 1...3 as ClosedRange<UInt64> {
            _ = appendMessages(round * 10 - 9...round * 10, to: open)
            #expect(try eventually { try folder.files().count == 1 && folder.lines().count == Int(round) * 10 + 1 })
        }
        open.journal.close()
    }

    /// The interval counts from when a record was accepted, not from when it was written.
    @Test func gatheringIsPartOfTheInterval() throws {
        let open = try open(.interval)
        open.journal.afterWritten(appendMessages(1...3, to: open)) {}
        #expect(eventually { disk.syncs == 1 })
        open.journal.close()
    }

    /// What the full disk left over comes first, then what gathered meanwhile, without anybody asking.
    @Test func afterAFullDiskEverythingComes() throws {
        let open = try open(.none)
        let first = appendMessages(1...10, to: open)
        disk.set { $0.room = 100 }
        open.journal.afterWritten(first) {}
        open.progress.wait { $0.contains(.storageFull) }
        _ = appendMessages(11...20, to: open)
        disk.set { $0.room = nil }
        open.progress.wait { $0.contains(.storageBack) }
        #expect(try eventually { try folder.lines().count == 21 })
        open.journal.close()
        #expect(try seqsInTheFiles() == Array(1...20))
    }

    /// In `commit` somebody waits: the first batch is written at once, whatever the gathering time.
    @Test func commitGathersNothing() throws {
        let open = try open(.commit)
        open.progress.wait(for: appendMessages(1...1, to: open))
        open.progress.wait(for: appendMessages(2...2, to: open))
        #expect(writes == 2)
        open.journal.close()
    }

    /// Segments begun while batches gather: each in its own file, in one chain.
    @Test func newSegmentsAmongWhatGathers() throws {
        let open = try open(.none)
        for round in 1...4 as ClosedRange<UInt64> {
            _ = appendMessages(round * 10 - 9...round * 10, to: open)
            open.journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))], at: morning)
            open.journal.commit()
        }
        #expect(writes == 0)
        open.journal.close()
        #expect(try folder.files().count == 5)
        #expect(try folder.lines().count == 45)
        #expect(try Verification(dataDirectory: folder.path).isSound)
    }
}
