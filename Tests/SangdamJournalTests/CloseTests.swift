// What closing a journal says: whether everything that was committed is on the disk.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Testing

@Suite struct CloseTests {
    private let folder: TemporaryFolder
    private let disk = FaultyDisk()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ durability: Durability) throws -> OpenJournal {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = disk
        configuration.durability = durability
        // Long enough that only the end syncs and tries again.
        configuration.intervalMilliseconds = 600_000
        configuration.retryMilliseconds = 600_000
        return try OpenJournal(configuration)
    }

    @Test(arguments: Durability.allCases)
    func nothingIsSaidWhenAllIsOnDisk(durability: Durability) throws {
        let open = try open(durability)
        open.journal.append(message("a", seq: 1))
        #expect(open.journal.close() == nil)
        #expect(disk.syncs == 1)
        #expect(open.journal.close() == nil)
        #expect(try Verification(dataDirectory: folder.path).lines == 2)
    }

    @Test func anEmptyJournalClosesWithoutAWord() throws {
        #expect(try open(.commit).journal.close() == nil)
    }

    /// The sync that only the end brings.
    @Test(arguments: Durability.allCases)
    func aFailedSyncAtTheEndIsSaid(durability: Durability) throws {
        disk.set { $0.syncError = EIO }
        let open = try open(durability)
        open.journal.append(message("a", seq: 1))
        #expect(open.journal.close() == .syncFailed(errno: EIO))
        #expect(open.progress.all == [.failed(.syncFailed(errno: EIO))])
        #expect(open.journal.close() == .syncFailed(errno: EIO))
        #expect(disk.syncs == 1)
    }

    @Test(arguments: Durability.allCases)
    func aFailureThatWasToldBeforeIsSaidAgain(durability: Durability) throws {
        let open = try open(durability)
        disk.set { $0.writeError = EIO }
        open.journal.append(message("a", seq: 1))
        open.journal.commit()
        open.progress.wait { $0.contains(.failed(.writeFailed(errno: EIO))) }
        disk.set { $0.writeError = nil }
        open.journal.append(message("b", seq: 2))
        #expect(open.journal.close() == .writeFailed(errno: EIO))
    }

    @Test(arguments: Durability.allCases, [ENOSPC, EDQUOT])
    func whatAFullDiskDidNotTakeIsSaid(durability: Durability, error: Int32) throws {
        disk.set { $0.allocateError = EOPNOTSUPP }
        let open = try open(durability)
        open.journal.append(message("kept", seq: 1))
        let kept = open.journal.commit()
        let written = DispatchSemaphore(value: 0)
        open.journal.afterWritten(kept) { written.signal() }
        try #require(written.wait(timeout: .now() + 10) == .success)
        disk.set { $0.writeError = error }
        open.journal.append(message("lost", seq: 2))
        open.journal.commit()
        open.progress.wait { $0.contains(.storageFull) }
        #expect(open.journal.close() == .writeFailed(errno: error))
        #expect(!open.progress.all.contains { if case .failed = $0 { true } else { false } })
        // What was written before the disk was full is synced, in every mode.
        #expect(disk.syncs == 1)
        #expect(try OpenJournal(folder).records.count == 1)
    }

    @Test func aFullDiskIsTriedOnceMore() throws {
        disk.set {
            $0.allocateError = EOPNOTSUPP
            $0.room = 100
        }
        let open = try open(.commit)
        open.journal.append(message("a", seq: 1))
        let ticket = open.journal.commit()
        open.progress.wait { $0.contains(.storageFull) }
        disk.set { $0.room = nil }
        #expect(open.journal.close() == nil)
        #expect(open.journal.durableTicket == ticket)
        #expect(try OpenJournal(folder).records.count == 1)
    }
}
