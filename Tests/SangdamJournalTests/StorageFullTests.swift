// A full disk: told before anything is accepted, nothing lost, nothing acknowledged meanwhile, and back by itself.

import Dispatch
import Glibc
import SangdamCore
import SangdamJournal
import Testing

@Suite struct StorageFullTests {
    private let folder: TemporaryFolder
    private let disk = FaultyDisk()

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(retryMilliseconds: Int = 5) throws -> OpenJournal {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.disk = disk
        configuration.retryMilliseconds = retryMilliseconds
        return try OpenJournal(configuration)
    }

    /// A write that stops in the middle of a record, at each of several bytes.
    @Test(arguments: [0, 1, 100, 450], [ENOSPC, EDQUOT, EFBIG])
    func aWriteWithoutRoomIsKeptAndTriedAgain(room: Int, error: Int32) throws {
        disk.set {
            $0.allocateError = EOPNOTSUPP
            $0.room = room
        }
        let open = try open()
        #expect(open.journal.hasRoom(forBytes: 1000))
        for seq in 1...3 { open.journal.append(message("환불이 안 돼요", seq: UInt64(seq))) }
        let first = open.journal.commit()
        open.progress.wait { $0.contains(.storageFull) }
        #expect(!open.journal.hasRoom(forBytes: 1))
        #expect(!open.journal.wantsNewSegment(at: morning + .seconds(1_000_000)))
        disk.set { $0.writeError = error }
        open.journal.append(message("나중", seq: 4))
        let second = open.journal.commit()
        #expect(open.progress.all == [.storageFull])
        #expect(open.journal.durableTicket == .start)

        disk.set {
            $0.room = nil
            $0.writeError = nil
        }
        open.progress.wait { $0.contains(.storageBack) && $0.contains(.durable(second)) }
        #expect(open.progress.all == [.storageFull, .durable(first), .durable(second), .storageBack])
        #expect(open.journal.hasRoom(forBytes: 1000))
        open.journal.close()
        #expect(try Verification(dataDirectory: folder.path).isSound)
        #expect(try OpenJournal(folder).records.count == 4)
    }

    @Test func whenNothingCanBeReservedNothingIsAccepted() throws {
        let open = try open()
        open.journal.append(message("a", seq: 1))
        open.progress.wait(for: open.journal.commit())
        #expect(open.journal.hasRoom(forBytes: 1 << 20))
        open.journal.close()

        disk.set { $0.allocateError = ENOSPC }
        let again = try self.open()
        again.journal.append(message("b", seq: 2))
        let ticket = again.journal.commit()
        again.progress.wait(for: ticket)
        // The writer looks for room behind every batch: the next ticket says that it has.
        again.journal.append(message("c", seq: 3))
        again.progress.wait(for: again.journal.commit())
        #expect(!again.journal.hasRoom(forBytes: 1))
        again.progress.wait { $0.contains(.storageFull) }
        #expect(!again.journal.hasRoom(forBytes: 1))
        // What is committed all the same is written as long as the disk takes it.
        again.journal.append(message("d", seq: 4))
        let last = again.journal.commit()
        again.progress.wait(for: last)
        #expect(!again.progress.all.contains(.storageBack))

        disk.set { $0.allocateError = nil }
        again.progress.wait { $0.contains(.storageBack) }
        #expect(again.journal.hasRoom(forBytes: 1000))
        again.journal.close()
        #expect(try OpenJournal(folder).records.count == 4)
    }

    @Test func aRefusalForTheMomentIsTakenBack() throws {
        disk.set { $0.allocateError = ENOSPC }
        // Long enough that only the question itself makes the journal look again.
        let open = try open(retryMilliseconds: 600_000)
        for seq in 1...2 {
            open.journal.append(message("a", seq: UInt64(seq)))
            open.progress.wait(for: open.journal.commit())
        }
        disk.set { $0.allocateError = nil }
        #expect(!open.journal.hasRoom(forBytes: 1))
        open.progress.wait { $0.contains(.storageBack) }
        #expect(storageNews(open) == [.storageFull, .storageBack])
        #expect(open.journal.hasRoom(forBytes: 100_000))
        open.journal.close()
    }

    /// Also when it is not the disk but the process that has no room: neither ends the server.
    @Test(arguments: [ENOSPC, EMFILE, ENFILE, ENOMEM])
    func aNewSegmentWithoutRoomForItsFileWaits(error: Int32) throws {
        let open = try open()
        open.journal.append(message("a", seq: 1))
        open.progress.wait(for: open.journal.commit())
        disk.set { $0.createError = error }
        open.journal.append(message("b", seq: 2))
        open.journal.beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 1, entries: 0))], at: morning)
        open.journal.append(message("c", seq: 3))
        let ticket = open.journal.commit()
        open.progress.wait { $0.contains(.storageFull) }
        #expect(open.journal.durableTicket < ticket)
        #expect(!open.journal.hasRoom(forBytes: 1))
        disk.set { $0.createError = nil }
        open.progress.wait(for: ticket)
        open.progress.wait { $0.contains(.storageBack) }
        #expect(open.journal.close() == nil)
        #expect(try folder.files().count == 2)
        #expect(try Verification(dataDirectory: folder.path).lines == 5)
    }

    /// Only opening a file may fail for want of a descriptor or of memory and be tried again.
    @Test(arguments: [EMFILE, ENFILE, ENOMEM])
    func aShortageInAWriteIsAFailure(error: Int32) throws {
        disk.set { $0.writeError = error }
        let open = try open()
        open.journal.append(message("a", seq: 1))
        open.journal.commit()
        open.progress.wait { $0.contains(.failed(.writeFailed(errno: error))) }
        open.journal.close()
    }

    @Test func tooMuchThatWaitsIsRefused() throws {
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.pendingLimitBytes = 10_000
        configuration.disk = disk
        disk.set { $0.allocateError = EOPNOTSUPP }
        let open = try OpenJournal(configuration)
        #expect(open.journal.hasRoom(forBytes: 10_000))
        #expect(!open.journal.hasRoom(forBytes: 10_001))
        // Who was refused hears of it and when to ask again, each time, though the disk was never full.
        open.progress.wait { $0 == [.storageFull, .storageBack] }
        open.journal.append(message("a", seq: 1))
        #expect(!open.journal.hasRoom(forBytes: .max))
        open.progress.wait { $0.count == 4 }
        #expect(!open.journal.hasRoom(forBytes: 10_000))
        open.progress.wait { $0.count == 6 }
        open.progress.wait(for: open.journal.commit())
        #expect(open.journal.hasRoom(forBytes: 10_000))
        #expect(
            storageNews(open) == [
                .storageFull, .storageBack, .storageFull, .storageBack, .storageFull, .storageBack,
            ])
        open.journal.close()
    }

    /// A disk that is slow and not full: many refusals in a row, one pair of news once it has caught up.
    @Test func aSlowDiskIsToldFullAndBack() throws {
        let gate = Gate()
        let disk = FaultyDisk { gate.pass() }
        disk.set { $0.allocateError = EOPNOTSUPP }
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.pendingLimitBytes = 10_000
        configuration.disk = disk
        let open = try OpenJournal(configuration)
        open.journal.append(message("a", seq: 1))
        open.journal.commit()
        try #require(gate.arrived.wait(timeout: .now() + 10) == .success)
        var seq: UInt64 = 1
        while open.journal.hasRoom(forBytes: 1000) {
            seq += 1
            open.journal.append(message("a", seq: seq))
            open.journal.commit()
        }
        for _ in 0..<10 { #expect(!open.journal.hasRoom(forBytes: 1000)) }
        #expect(storageNews(open).isEmpty)
        gate.openForGood()
        open.progress.wait { $0.contains(.storageBack) }
        #expect(storageNews(open) == [.storageFull, .storageBack])
        #expect(open.journal.hasRoom(forBytes: 1000))
        #expect(open.journal.close() == nil)
    }

    private func storageNews(_ open: OpenJournal) -> [JournalProgress] {
        open.progress.all.filter { $0 == .storageFull || $0 == .storageBack }
    }

    @Test func anEstimateCoversWhatEscapesCost() throws {
        let words = String(repeating: "\u{1}", count: 4000)
        let open = try OpenJournal(folder)
        open.journal.append(message(words, seq: .max))
        open.journal.close()
        let line = try #require(try folder.lines().last)
        #expect(line.count > 6 * 4000)
        #expect(line.count < Journal.lineBytes(forTextBytes: 4000))
    }

    @Test func closingGivesTheReserveBack() throws {
        let open = try OpenJournal(folder)
        // Wide enough that a block more or less says nothing.
        open.journal.append(message("a", seq: 1))
        open.progress.wait(for: open.journal.commit())
        open.journal.append(message("b", seq: 2))
        open.progress.wait(for: open.journal.commit())
        let path = "\(folder.journal)/\(try folder.files()[0])"
        var status = stat()
        try #require(stat(path, &status) == 0)
        let reserved = status.st_blocks * 512
        open.journal.close()
        try #require(stat(path, &status) == 0)
        guard reserved >= 1 << 20 else {
            print("skipped: this file system reserves nothing (\(reserved) bytes)")
            return
        }
        #expect(status.st_blocks * 512 <= 64 << 10)
    }

    /// The real thing: a file system of 1 MiB, filled to the last block and freed again.
    @Test func aSmallFileSystemFillsAndComesBack() throws {
        let mountPoint = "\(folder.path)/small"
        mkdir(mountPoint, 0o700)
        guard getuid() == 0, run("/bin/mount", ["-t", "tmpfs", "-o", "size=1m", "none", mountPoint]) else {
            print("skipped: mounting a small file system needs root")
            return
        }
        defer { _ = run("/bin/umount", ["-l", mountPoint]) }
        let ballast = "\(mountPoint)/ballast"
        let descriptor = Glibc.open(ballast, O_WRONLY | O_CREAT, 0o600)
        let filling = [UInt8](repeating: 1, count: 512 << 10)
        #expect(write(descriptor, filling, filling.count) == filling.count)
        close(descriptor)

        var configuration = JournalConfiguration(dataDirectory: "\(mountPoint)/data")
        configuration.retryMilliseconds = 5
        let open = try OpenJournal(configuration)
        let words = String(repeating: "환불", count: 300)
        let line = Journal.lineBytes(forTextBytes: words.utf8.count)
        var seq: UInt64 = 0
        var last = JournalTicket.start
        // Ends when the journal says so; the file system cannot hold as many as this.
        while open.journal.hasRoom(forBytes: line), seq < 2000 {
            seq += 1
            open.journal.append(message(words, seq: seq))
            last = open.journal.commit()
            open.progress.wait(for: last)
        }
        #expect((100..<500).contains(seq))
        open.progress.wait { $0.contains(.storageFull) }
        // Everything that was accepted is durable.
        #expect(open.journal.durableTicket == last)
        #expect(unlink(ballast) == 0)
        open.progress.wait { $0.contains(.storageBack) }
        #expect(open.journal.hasRoom(forBytes: line))
        seq += 1
        open.journal.append(message(words, seq: seq))
        open.progress.wait(for: open.journal.commit())
        open.journal.close()
        #expect(try OpenJournal(configuration).records.count == Int(seq))
    }

    private func run(_ path: String, _ arguments: [String]) -> Bool {
        var child: pid_t = 0
        var all: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for argument in all { free(argument) } }
        guard posix_spawn(&child, path, nil, nil, &all, nil) == 0 else { return false }
        var status: Int32 = 0
        return waitpid(child, &status, 0) == child && status == 0
    }
}
