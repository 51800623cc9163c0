// What a failed sync left in the kernel's cache is written and synced again before anything rests on it.

import Glibc
import SangdamCore
import SangdamJournal
import Testing

@Suite struct RefreshTests {
    private let folder: TemporaryFolder
    private let disk = FaultyDisk()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open() throws -> OpenJournal {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = disk
        return try OpenJournal(configuration)
    }

    /// A word whose sync failed: it is in the file as far as anybody can read.
    private func failOnce() throws {
        let first = try open()
        disk.set { $0.syncError = EIO }
        first.journal.append(message("a", seq: 1))
        #expect(first.journal.close() == .syncFailed(errno: EIO))
        disk.set {
            $0.syncError = nil
            $0.calls = []
        }
    }

    @Test func aStartWritesTheOpenSegmentAgainAndSyncsIt() throws {
        try failOnce()
        let before = try Verification(dataDirectory: folder.path).lines
        let second = try open()
        #expect(second.records == [message("a", seq: 1)])
        #expect(disk.calls == ["write", "sync"])
        #expect(second.journal.close() == nil)
        #expect(try Verification(dataDirectory: folder.path).lines == before)
    }

    @Test func aDiskThatFailsAgainRefusesTheStart() throws {
        try failOnce()
        disk.set { $0.syncError = EIO }
        #expect(throws: JournalError.syncFailed(errno: EIO)) { try open() }
        disk.set {
            $0.syncError = nil
            $0.writeError = EIO
        }
        #expect(throws: JournalError.writeFailed(errno: EIO)) { try open() }
    }

    @Test func shortWritesAreGoneOnWith() throws {
        try failOnce()
        // Room for a part of it: the rest of the write finds none.
        disk.set { $0.room = 10 }
        #expect(throws: JournalError.writeFailed(errno: ENOSPC)) { try open() }
        disk.set { $0.room = nil }
        let last = try open()
        #expect(last.records == [message("a", seq: 1)])
        last.journal.close()
    }
}
