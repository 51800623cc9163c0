// When records count as durable: group commit, new files, the three modes, and what a broken disk may never lead to.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

@Suite struct WriterTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(
        _ disk: FaultyDisk, _ durability: Durability = .commit, observer: (any JournalObserver)? = nil
    ) throws -> OpenJournal {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = disk
        configuration.durability = durability
        configuration.observer = observer
        configuration.intervalMilliseconds = 5
        return try OpenJournal(configuration)
    }

    @Test func whatGathersDuringASyncSharesTheNext() throws {
        let gate = Gate()
        let disk = FaultyDisk { gate.pass() }
        let open = try open(disk)
        open.journal.append(message("first", seq: 1))
        let first = open.journal.commit()
        try #require(gate.arrived.wait(timeout: .now() + 10) == .success)
        var last = first
        for seq in 2...50 {
            open.journal.append(message("more", seq: UInt64(seq)))
            last = open.journal.commit()
        }
        #expect(open.progress.all.isEmpty)
        #expect(open.journal.durableTicket == .start)
        gate.openForGood()
        open.progress.wait(for: last)
        #expect(open.progress.all == [.durable(first), .durable(last)])
        #expect(open.journal.durableTicket == last)
        #expect(disk.syncs == 2)
        // The first is for the journal's own folder.
        #expect(disk.calls == ["sync folder", "create", "write", "sync", "sync folder", "write", "sync"])
        #expect(last.rawValue == 50)
        open.journal.close()
        #expect(try OpenJournal(folder).records.count == 50)
    }

    @Test func anEmptyCommitCostsNothing() throws {
        let disk = FaultyDisk()
        let open = try open(disk)
        #expect(open.journal.commit() == .start)
        open.journal.append(message("a", seq: 1))
        let ticket = open.journal.commit()
        #expect(open.journal.commit() == ticket)
        open.progress.wait(for: ticket)
        open.journal.close()
        #expect(open.progress.all == [.durable(ticket)])
        #expect(disk.syncs == 1)
    }

    @Test func aSegmentIsSyncedBeforeTheNextIsMade() throws {
        let disk = FaultyDisk()
        let open = try open(disk, .none)
        open.journal.append(message("a", seq: 1))
        open.journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 1, entries: 0))], at: morning)
        open.journal.append(message("b", seq: 2))
        open.journal.close()
        #expect(
            disk.calls == [
                "sync folder", "create", "write", "sync", "sync folder", "truncate", "create", "write", "sync",
                "sync folder", "truncate",
            ])
    }

    /// A new segment's name is synced without a descriptor that the process may not have.
    @Test func theFolderStaysOpenForItsSyncs() throws {
        let disk = FaultyDisk()
        let open = try open(disk)
        for seq in 1...3 as ClosedRange<UInt64> {
            open.journal.append(message("a", seq: seq))
            open.journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 1, entries: 0))], at: morning)
            open.progress.wait(for: open.journal.commit())
        }
        // The first is the data folder, which got the journal's.
        let used = disk.folders.dropFirst()
        #expect(used.count == 4)
        #expect(Set(used).count == 1)
        let descriptor = try #require(used.first)
        #expect(fcntl(descriptor, F_GETFD) == FD_CLOEXEC)
        open.journal.close()
    }

    @Test func afterAFailedSyncNothingIsToldAndNothingRetried() throws {
        let disk = FaultyDisk()
        let open = try open(disk)
        open.journal.append(message("safe", seq: 1))
        let safe = open.journal.commit()
        open.progress.wait(for: safe)
        disk.set { $0.syncError = EIO }
        open.journal.append(message("lost", seq: 2))
        let lost = open.journal.commit()
        open.progress.wait { $0.contains(.failed(.syncFailed(errno: EIO))) }
        // The next one would succeed, and would say nothing about what the failed one dropped.
        disk.set { $0.syncError = nil }
        let syncs = disk.syncs
        open.journal.append(message("late", seq: 3))
        open.journal.commit()
        open.journal.close()
        #expect(disk.syncs == syncs)
        #expect(open.progress.all == [.durable(safe), .failed(.syncFailed(errno: EIO))])
        #expect(open.journal.durableTicket == safe)
        #expect(open.journal.durableTicket < lost)
        #expect(!open.journal.hasRoom(forBytes: 1))
        #expect(!open.journal.wantsNewSegment(at: morning + .seconds(1_000_000)))
    }

    @Test func aBrokenWriteIsTheEndToo() throws {
        let disk = FaultyDisk()
        let open = try open(disk)
        disk.set { $0.writeError = EIO }
        open.journal.append(message("a", seq: 1))
        open.journal.commit()
        open.progress.wait { $0.contains(.failed(.writeFailed(errno: EIO))) }
        open.journal.close()
        #expect(open.progress.all == [.failed(.writeFailed(errno: EIO))])
        #expect(disk.syncs == 0)
    }

    /// Relayed at once in these modes: what comes between the failure and the owner's hearing of it must not be.
    @Test(arguments: Durability.allCases)
    func afterAFailureNoTicketIsDurable(durability: Durability) throws {
        let disk = FaultyDisk()
        let open = try open(disk, durability)
        disk.set { $0.writeError = EIO }
        open.journal.append(message("a", seq: 1))
        let first = open.journal.commit()
        open.progress.wait { $0.contains(.failed(.writeFailed(errno: EIO))) }
        let durable = open.journal.durableTicket
        open.journal.append(message("b", seq: 2))
        let dropped = open.journal.commit()
        #expect(dropped == .never)
        #expect(dropped > first)
        // Nothing new: still what was dropped, and not what came before it.
        #expect(open.journal.commit() == .never)
        #expect(open.journal.durableTicket == durable)
        #expect(durable <= first)
        open.journal.afterWritten(dropped) { Issue.record("it was not written") }
        #expect(open.journal.close() == .writeFailed(errno: EIO))
    }

    @Test func intervalCountsAtOnceAndSyncsSoon() throws {
        let synced = DispatchSemaphore(value: 0)
        let disk = FaultyDisk { synced.signal() }
        let open = try open(disk, .interval)
        for seq in 1...3 {
            open.journal.append(message("a", seq: UInt64(seq)))
            let ticket = open.journal.commit()
            #expect(open.journal.durableTicket == ticket)
        }
        #expect(synced.wait(timeout: .now() + 10) == .success)
        open.journal.close()
        #expect(open.progress.all.isEmpty)
        #expect(try OpenJournal(folder).records.count == 3)
    }

    @Test func noneLeavesItToTheKernelUntilTheEnd() throws {
        let disk = FaultyDisk()
        let open = try open(disk, .none)
        open.journal.append(message("a", seq: 1))
        let ticket = open.journal.commit()
        #expect(open.journal.durableTicket == ticket)
        let written = DispatchSemaphore(value: 0)
        open.journal.afterWritten(ticket) { written.signal() }
        #expect(written.wait(timeout: .now() + 10) == .success)
        #expect(try folder.lines().count == 2)
        #expect(disk.syncs == 0)
        open.journal.close()
        #expect(disk.syncs == 1)
        #expect(open.progress.all.isEmpty)
    }

    @Test func afterWrittenWaitsForTheFile() throws {
        let gate = Gate()
        let disk = FaultyDisk { gate.pass() }
        let open = try open(disk)
        let order = Mutex<[Int]>([])
        let done = DispatchSemaphore(value: 0)
        open.journal.append(message("a", seq: 1))
        let first = open.journal.commit()
        try #require(gate.arrived.wait(timeout: .now() + 10) == .success)
        open.journal.append(message("b", seq: 2))
        let second = open.journal.commit()
        open.journal.afterWritten(second) {
            order.withLock { $0.append(2) }
            done.signal()
        }
        open.journal.afterWritten(first) { order.withLock { $0.append(1) } }
        #expect(order.withLock { $0 } == [])
        gate.openForGood()
        #expect(done.wait(timeout: .now() + 10) == .success)
        #expect(order.withLock { $0 } == [1, 2])
        open.journal.afterWritten(first) { order.withLock { $0.append(3) } }
        #expect(order.withLock { $0 } == [1, 2, 3])
        open.journal.close()
    }

    @Test func theObserverCountsWhatIsInTheFile() throws {
        final class Counter: JournalObserver {
            let totals = Mutex<(commits: Int, bytes: Int, errors: Int)>((0, 0, 0))

            func commitSeconds(_ seconds: Double) {
                totals.withLock { $0.commits += seconds >= 0 && seconds < 10 ? 1 : 0 }
            }
            func bytes(_ count: Int) { totals.withLock { $0.bytes += count } }
            func errorOccurred() { totals.withLock { $0.errors += 1 } }
        }
        let counter = Counter()
        let disk = FaultyDisk()
        let open = try open(disk, observer: counter)
        for seq in 1...3 {
            open.journal.append(message("말", seq: UInt64(seq)))
            open.progress.wait(for: open.journal.commit())
        }
        disk.set { $0.syncError = EIO }
        open.journal.append(message("말", seq: 4))
        open.journal.commit()
        open.progress.wait { $0.contains(.failed(.syncFailed(errno: EIO))) }
        open.journal.close()
        let totals = counter.totals.withLock { $0 }
        #expect(totals.commits == 3)
        #expect(totals.bytes == (try folder.read(try folder.files()[0]).count))
        #expect(totals.errors == 1)
    }

    @Test func manyCommitsFromManyLivesKeepOneOrder() throws {
        var seq: UInt64 = 0
        for _ in 0..<3 {
            let open = try OpenJournal(folder)
            for _ in 0..<200 {
                seq += 1
                open.journal.append(message("\(seq)", seq: seq))
                if seq % 3 == 0 { open.journal.commit() }
                if seq % 97 == 0 {
                    open.journal.beginSegment(
                        checkpoint: [.desk(DeskCheckpoint(nextOrdinal: seq, entries: 0))], at: morning)
                }
            }
            let told = open.progress
            open.journal.close()
            let tickets = told.all.map { if case .durable(let ticket) = $0 { ticket.rawValue } else { 0 as UInt64 } }
            #expect(tickets == tickets.sorted())
            #expect(tickets.last == open.journal.durableTicket.rawValue)
        }
        var seqs: [UInt64] = []
        try TranscriptReader(dataDirectory: folder.path).forEachLine(of: chatA) { _, record in
            if case .chat(_, let seq, _) = record?.body { seqs.append(seq) }
        }
        #expect(seqs == Array(1...seq))
        #expect(try Verification(dataDirectory: folder.path).isSound)
    }
}
