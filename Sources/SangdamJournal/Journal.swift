// The journal as its owner sees it: append, commit, and be told what is safe. The owner's calls only touch memory; the
// disk is `JournalWriter`'s.

internal import Glibc
package import SangdamCore
internal import Synchronization

/// The server's memory: one append-only log of JSON lines in segments (Transcripts.md#Files,
/// Durability.md#What-an-ack-promises).
///
/// One owner at a time appends and commits (the desk); `durableTicket` and `afterWritten` are for everybody.
// @unchecked: the variables below belong to the owner side, which is one caller at a time by contract; what is shared
// with the writer's queue goes through `GroupCommit`, which is safe by itself.
package final class Journal: @unchecked Sendable {
    private let configuration: JournalConfiguration
    private let groupCommit: GroupCommit
    private let writer: JournalWriter
    private var lock: DirectoryLock?

    // Unchecked, because one caller at a time is the contract, and checking costs a sixth of what a line costs.
    @exclusivity(unchecked) private var encoder: LineEncoder
    /// What was appended since the last commit: whole chunks, and the one that is being filled.
    private var finished: [Chunk] = []
    @exclusivity(unchecked) private var bytes: [UInt8] = []
    /// The segment that `bytes` begins.
    private var begins: SegmentName?
    /// Bytes appended since the opening.
    private var acceptedTotal = 0
    private var lastTicket = JournalTicket.start
    private var segment: Segment?

    private struct Segment {
        let day: Int64
        var size: Int
        /// A segment smaller than twice its checkpoint would be mostly checkpoint.
        var checkpointBytes = 0
        /// True after a crash in the middle of its checkpoint, and where an older version wrote its head: a new one
        /// should come soon.
        var isStale = false
    }

    private init(
        configuration: JournalConfiguration, end: JournalEnd, folder: consuming OpenFolder,
        descriptor: (Int32, size: Int64)?, lock: DirectoryLock, progress: @escaping @Sendable (JournalProgress) -> Void
    ) {
        self.configuration = configuration
        self.lock = lock
        groupCommit = GroupCommit(gathers: configuration.durability != .commit, safeNumber: end.nextNumber - 1)
        writer = JournalWriter(
            configuration: configuration, groupCommit: groupCommit, folder: folder, descriptor: descriptor,
            progress: progress)
        encoder = LineEncoder(nextNumber: end.nextNumber, previous: end.link, epoch: end.epoch)
        segment = end.segment.map {
            Segment(day: $0.name.day, size: Int(clamping: $0.size), isStale: $0.isStale)
        }
    }

    /// Takes the folder's lock, replays the journal in it and goes on behind its end. Creates what is not there.
    ///
    /// - Parameters:
    ///   - progress: called on the journal's queue, in order; must not block and must not call `close`.
    ///   - replay: gets everything that the state is made of, oldest first, before this returns. What it throws refuses
    ///     the journal as damaged at that line.
    package static func open(
        _ configuration: JournalConfiguration, progress: @escaping @Sendable (JournalProgress) -> Void,
        replay: (RecoveredItem) throws -> Void
    ) throws(JournalError) -> (Journal, RecoveryReport) {
        let directory = SegmentDirectory(dataDirectory: configuration.dataDirectory)
        try makeDirectory(configuration.dataDirectory, disk: configuration.disk)
        try makeDirectory(directory.path, disk: configuration.disk)
        let folder = try OpenFolder(directory.path)
        let lock = try DirectoryLock(dataDirectory: configuration.dataDirectory)
        var recovery = try Recovery(directory: directory, disk: configuration.disk)
        let (_, report) = try recovery.run(replay: replay)
        let end = try recovery.cutTail(in: folder)
        var descriptor: (Int32, size: Int64)?
        if let segment = end.segment {
            let path = directory.path(of: segment.name)
            let opened = Glibc.open(path, O_WRONLY | O_CLOEXEC)
            guard opened >= 0 else { throw .cannotOpen(path: path, errno: errno) }
            do throws(JournalError) {
                try refreshSegment(path, size: segment.size, descriptor: opened, disk: configuration.disk)
            } catch {
                closeDescriptor(opened)
                throw error
            }
            descriptor = (opened, segment.size)
        }
        let journal = Journal(
            configuration: configuration, end: end, folder: folder, descriptor: descriptor, lock: lock,
            progress: progress)
        return (journal, report)
    }

    // MARK: - The owner's side

    /// Encodes the record into the open batch. A journal without any segment gets its first, with an empty checkpoint.
    package func append(_ record: Record) {
        if segment == nil {
            beginSegment(checkpoint: [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 0))], at: record.at)
        }
        let before = bytes.count
        encoder.append(record, to: &bytes)
        accept(bytes.count - before)
    }

    /// Passes everything appended to the writer. Returns the ticket that stands for it, the last one when there is
    /// nothing. Outside `Durability.commit` the ticket is durable at once. After a failure, in every mode and whether
    /// or not `failed` has been heard yet, what was appended is dropped and the ticket is `never`.
    @discardableResult
    package func commit() -> JournalTicket {
        guard !bytes.isEmpty || !finished.isEmpty else { return lastTicket }
        let taken = groupCommit.put(&finished, &bytes, beginning: begins, lastNumber: lastNumber)
        begins = nil
        guard let (ticket, wake) = taken else {
            lastTicket = .never
            return lastTicket
        }
        if configuration.durability != .commit {
            groupCommit.durableTicket.store(ticket, ordering: .releasing)
        }
        writer.wake(wake)
        lastTicket = JournalTicket(rawValue: ticket)
        return lastTicket
    }

    /// Whether the day (UTC) is another one, the segment full, its checkpoint incomplete or of an older format, or no
    /// segment there yet.
    /// Never while the disk is full.
    package func wantsNewSegment(at now: Instant) -> Bool {
        guard !groupCommit.isFull.load(ordering: .relaxed), !groupCommit.hasFailed.load(ordering: .relaxed) else {
            return false
        }
        guard let segment else { return true }
        return segment.isStale || SegmentName.day(of: now) > segment.day
            || segment.size >= max(configuration.segmentBytes, segment.checkpointBytes * 2)
    }

    /// Whether a new segment is to begin in front of what is appended next: what stands at the open one's head is of an
    /// older format than its lines would be, or incomplete.
    package var isSegmentStale: Bool { segment?.isStale == true }

    /// Lets a new segment begin with this checkpoint, behind everything appended so far and in the same chain.
    ///
    /// - Parameter checkpoint: the `desk` part, then as many others as it says.
    package func beginSegment(checkpoint: [CheckpointPart], at now: Instant) {
        precondition(!checkpoint.isEmpty, "a segment begins with a checkpoint")
        if !bytes.isEmpty {
            finished.append(Chunk(segment: begins, bytes: bytes))
            bytes = []
        }
        let name = SegmentName(firstNumber: encoder.nextNumber, at: now)
        begins = name
        encoder.epoch = encoder.epoch ?? configuration.makeEpoch(now)
        for part in checkpoint {
            encoder.append(part, at: now, to: &bytes)
        }
        segment = Segment(day: name.day, size: 0, checkpointBytes: bytes.count)
        accept(bytes.count)
    }

    private func accept(_ count: Int) {
        segment?.size += count
        acceptedTotal += count
    }

    /// Whether so many bytes more, as lines, can be accepted. Asked before anything is accepted; false when they are
    /// not sure to find room on the disk, or when `pendingLimitBytes` wait for a slow one. After a no, `storageBack` is
    /// told once it is worth asking again, and `storageFull` before it; after a failure neither is. Costs a few loads.
    package func hasRoom(forBytes count: Int) -> Bool {
        guard !groupCommit.isFull.load(ordering: .relaxed), !groupCommit.hasFailed.load(ordering: .relaxed) else {
            return false
        }
        let (wanted, overflow) = acceptedTotal.addingReportingOverflow(count)
        let pending = wanted &- groupCommit.writtenTotal.load(ordering: .relaxed)
        if !overflow, pending <= configuration.pendingLimitBytes {
            if wanted <= groupCommit.reservedTotal.load(ordering: .acquiring) { return true }
            // A burst may run ahead of the reserve as long as the last reservation found all the room it asked for.
            guard groupCommit.isTight.load(ordering: .relaxed) else { return true }
        }
        if !groupCommit.isRoomAsked.exchange(true, ordering: .relaxed) { writer.askForRoom() }
        return false
    }

    /// The n of the last line that was appended.
    package var lastNumber: UInt64 { encoder.nextNumber - 1 }

    /// The most bytes that a line with so many bytes of words can have: every byte escaped, and the envelope.
    package static func lineBytes(forTextBytes count: Int) -> Int {
        min(max(count, 0), 1 << 40) * 6 + 1024
    }

    /// Commits, drains, syncs in every mode, gives reserved room back and lets the lock go. Blocks until that is done;
    /// for the end of the process.
    ///
    /// - Returns: nil when everything that was ever committed is on disk, and otherwise why not: the failure that was
    ///   told before or that came now, or `writeFailed` with the full disk's number after one more try. What a full disk
    ///   did not take is lost.
    @discardableResult
    package func close() -> JournalError? {
        commit()
        defer { lock = nil }
        return writer.finish()
    }

    // MARK: - For everybody

    /// `Durability.commit`: the last synced ticket. Otherwise the last one.
    package var durableTicket: JournalTicket {
        JournalTicket(rawValue: groupCommit.durableTicket.load(ordering: .acquiring))
    }

    /// Calls `then` once everything up to `ticket` can be read in the files: at once when it can already, otherwise on
    /// the journal's queue, where it must not block. Never when the journal fails before.
    package func afterWritten(_ ticket: JournalTicket, _ then: @escaping @Sendable () -> Void) {
        if groupCommit.isWritten(ticket.rawValue, orElse: then) {
            then()
        } else {
            writer.wake(.now)
        }
    }

    /// The n of the last line that nothing takes back: synced, or with `Durability.none` written.
    package var safeNumber: UInt64 { groupCommit.safeNumber }

    /// Why `safeNumber` grows no more: asked before it, it speaks of all lines. Nil while it may grow.
    var ending: JournalEnding? { groupCommit.ending }

    /// Calls `then` once the line with this number is safe, or never will be because the journal failed or was closed:
    /// at once when it is so already, otherwise on the journal's queue, where it must not block.
    package func afterSafe(_ number: UInt64, _ then: @escaping @Sendable () -> Void) {
        if groupCommit.isSafe(number, orElse: then) { then() }
    }
}
