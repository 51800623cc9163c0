// The journal's queue: takes what was committed, writes it, syncs it once, tells. Everything that blocks on the disk is
// here and nothing here runs anywhere else.
//
// Rules that it keeps
// - Bytes reach the files in the order in which they were committed; a ticket is told after its sync, in order.
// - A failed sync is the end: it is never tried again and nothing is told after it but the failure.
// - A full disk is no failure: what was committed is kept and tried again, and what was told full is told back. Nor is
//   it one when the process has no descriptor left for a new file: that counts as a full disk.
// - A segment is synced, in every mode, before the next one is created: only the last can end in a torn record.
// - A new file's name is synced before anything in it counts as durable.

internal import SangdamCore
internal import Synchronization

/// Confined to `queue`, all but `wake()`, `askForRoom()` and `finish()`.
// @unchecked: every variable is read and written on `queue` alone, which the queue checks at its doors.
final class JournalWriter: @unchecked Sendable {
    private enum Condition {
        case running
        /// The last write, or the last new file, found no room; only `retry` writes.
        case blocked(DiskError)
        case failed(JournalError)
        /// With what kept something from the disk, if anything did.
        case finished(JournalError?)

        var isRunning: Bool { if case .running = self { true } else { false } }
    }

    private let queue: any JournalQueue
    private let groupCommit: GroupCommit
    private let configuration: JournalConfiguration
    private let directory: SegmentDirectory
    private let folder: OpenFolder
    private let disk: any JournalDisk
    private let progress: @Sendable (JournalProgress) -> Void

    private var condition = Condition.running
    private var file: SegmentFile?
    private var isDirectoryDirty = false
    private var batch: GroupCommit.Batch?
    /// The buffer of the last chunk that was written, for the owner to use again.
    private var emptied: [UInt8] = []
    private var writtenTicket: UInt64 = 0
    /// The n of the last line of the last batch that is in the files as a whole.
    private var writtenNumber: UInt64 = 0
    private var isSyncPlanned = false
    private var isRetryPlanned = false
    private var canReserve = true
    /// While the disk is tight, reserving is tried again at most this often; in nanoseconds of the queue's clock.
    private var nextReserve: UInt64 = 0

    private static let reserveBytes: Int64 = 1 << 20
    private static let reserveSteps: [Int64] = [1 << 20, 256 << 10, 64 << 10, 16 << 10]
    /// A full disk counts as back once this much could be reserved, so that the news does not flutter.
    private static let backBytes: Int64 = 64 << 10

    /// `descriptor` is the open segment that is gone on with, or nil before the first.
    init(
        configuration: JournalConfiguration, groupCommit: GroupCommit, folder: consuming OpenFolder,
        descriptor: (Int32, size: Int64)?, progress: @escaping @Sendable (JournalProgress) -> Void
    ) {
        self.configuration = configuration
        self.groupCommit = groupCommit
        directory = SegmentDirectory(dataDirectory: configuration.dataDirectory)
        self.folder = folder
        disk = configuration.disk
        queue = configuration.makeQueue()
        self.progress = progress
        if let (descriptor, size) = descriptor {
            file = SegmentFile(descriptor: descriptor, size: size, disk: disk)
        }
        queue.async { self.reserve() }
    }

    // MARK: Doors for the owner

    /// There is something to take.
    func wake(_ wake: GroupCommit.Wake) {
        switch wake {
        case .never: break
        case .now: queue.async { self.drain() }
        case .soon:
            queue.async(afterMilliseconds: configuration.gatherMilliseconds) { self.drain() }
        }
    }

    /// The owner found too little room reserved.
    func askForRoom() {
        queue.async { self.lookForRoom() }
    }

    /// Writes and syncs what it can, a full disk tried once more, gives the reserve back and closes. Blocks; must not
    /// be called on the queue. Returns what kept something from the disk, the same again when called again.
    func finish() -> JournalError? {
        queue.sync {
            if case .blocked = condition { condition = .running }
            drain()
            let outcome = outcomeAtTheEnd()
            file?.giveBackReserve()
            file = nil
            condition = .finished(outcome)
            for then in groupCommit.end(outcome.map { .failed($0) } ?? .closed) { then() }
            return outcome
        }
    }

    private func outcomeAtTheEnd() -> JournalError? {
        switch condition {
        case .running:
            if synchronise() { tellDurable() }
        case .blocked(let error):
            // What an earlier batch wrote without a sync is kept all the same.
            if synchronise() { return .writeFailed(errno: error.code) }
        case .failed, .finished:
            break
        }
        switch condition {
        case .failed(let error): return error
        case .finished(let outcome): return outcome
        case .running, .blocked: return nil
        }
    }

    // MARK: Writing

    private func drain() {
        queue.preconditionIsCurrent()
        while condition.isRunning {
            // What a full disk left over is followed by what came meanwhile.
            let isLeftover = batch != nil
            if batch == nil { batch = groupCommit.take() }
            if let ticket = batch?.ticket, !writeGroup(through: ticket) { return }
            if isLeftover { continue }
            switch groupCommit.pause() {
            case .never:
                return
            case .soon:
                wake(.soon)
                return
            case .now:
                continue
            }
        }
    }

    /// Writes the batch, makes it as safe as the mode promises and tells; false when nothing goes on.
    private func writeGroup(through ticket: UInt64) -> Bool {
        let began = queue.now
        let lastNumber = batch?.lastNumber ?? writtenNumber
        guard writeBatch() else { return false }
        writtenNumber = lastNumber
        switch configuration.durability {
        case .commit:
            guard synchronise() else { return false }
        case .interval:
            planSync()
        case .none:
            tellFollowers()
        }
        let took = queue.now - began
        configuration.observer?.commitSeconds(Double(took) / 1e9)
        writtenTicket = ticket
        tellDurable()
        var bytes: [UInt8] = []
        swap(&bytes, &emptied)
        for then in groupCommit.markWritten(ticket, recycling: bytes) { then() }
        if condition.isRunning { reserve() }
        return condition.isRunning
    }

    private func tellDurable() {
        guard configuration.durability == .commit,
            groupCommit.durableTicket.load(ordering: .relaxed) < writtenTicket
        else { return }
        groupCommit.durableTicket.store(writtenTicket, ordering: .releasing)
        progress(.durable(JournalTicket(rawValue: writtenTicket)))
    }

    /// Writes the whole batch; false when the disk is full or failed.
    private func writeBatch() -> Bool {
        while batch?.chunks.isEmpty == false {
            if let segment = batch?.chunks[0].segment {
                guard roll(to: segment) else { return false }
                batch?.chunks[0].segment = nil
            }
            guard writeFirstChunk() else { return false }
            guard var chunk = batch?.chunks.removeFirst() else { break }
            swap(&emptied, &chunk.bytes)
        }
        batch = nil
        return true
    }

    private func writeFirstChunk() -> Bool {
        guard let bytes = batch?.chunks[0].bytes, var written = batch?.chunks[0].written else { return true }
        while written < bytes.count {
            do throws(DiskError) {
                let count = try bytes.span.withUnsafeBytes { all throws(DiskError) in
                    // The owner begins a segment before its first line, so that a file is always there.
                    try file?.write(UnsafeRawBufferPointer(rebasing: all[written...])) ?? 0
                }
                guard count > 0 else { throw DiskError(code: 0) }
                written += count
                configuration.observer?.bytes(count)
                groupCommit.writtenTotal.wrappingAdd(count, ordering: .relaxed)
            } catch {
                batch?.chunks[0].written = written
                refuse(error)
                return false
            }
        }
        return true
    }

    /// Ends the present segment and creates the next; false when the disk is full or failed.
    private func roll(to segment: SegmentName) -> Bool {
        guard synchronise() else { return false }
        file?.giveBackReserve()
        file = nil
        do throws(DiskError) {
            let descriptor = try disk.create(directory.path(of: segment))
            file = SegmentFile(descriptor: descriptor, size: 0, disk: disk)
            isDirectoryDirty = true
        } catch {
            refuse(error, isShortage: error.isShortage)
            return false
        }
        reserve()
        return true
    }

    // MARK: Syncing

    /// False when it failed: then nothing goes on.
    private func synchronise() -> Bool {
        do throws(DiskError) {
            try file?.synchronise()
            if isDirectoryDirty {
                try folder.synchronise(disk)
                isDirectoryDirty = false
            }
            tellFollowers()
            return true
        } catch {
            fail(.syncFailed(errno: error.code))
            return false
        }
    }

    /// Lines are for followers once nothing takes them back: synced, or, where that is left to the kernel, written.
    private func tellFollowers() {
        for then in groupCommit.markSafe(writtenNumber) { then() }
    }

    private func planSync() {
        guard !isSyncPlanned else { return }
        isSyncPlanned = true
        // The oldest record of the batch has waited for the gathering already.
        let rest = max(configuration.intervalMilliseconds - configuration.gatherMilliseconds, 0)
        queue.async(afterMilliseconds: rest) { [weak self] in
            guard let self else { return }
            isSyncPlanned = false
            switch condition {
            case .running, .blocked: _ = synchronise()
            case .failed, .finished: break
            }
        }
    }

    // MARK: Room

    /// Keeps at least `reserveBytes` reserved behind the end, or what the disk has.
    private func reserve(isUrgent: Bool = false) {
        defer { publishRoom() }
        guard canReserve, let present = file?.reservedBytes, present < Self.reserveBytes else { return }
        let isTight = groupCommit.isTight.load(ordering: .relaxed)
        let now = queue.now
        guard !isTight || isUrgent || now >= nextReserve else { return }
        var step = Self.reserveSteps[...]
        while let length = step.first, let reserved = file?.reservedBytes, reserved < Self.reserveBytes {
            do throws(DiskError) {
                try file?.reserve(length)
            } catch {
                if error.isUnsupported {
                    canReserve = false
                    return
                }
                step = step.dropFirst()
            }
        }
        groupCommit.isTight.store((file?.reservedBytes ?? 0) < Self.reserveBytes, ordering: .relaxed)
        nextReserve = now + UInt64(configuration.retryMilliseconds) * 1_000_000
    }

    private func publishRoom() {
        guard canReserve else {
            groupCommit.isTight.store(false, ordering: .relaxed)
            groupCommit.reservedTotal.store(.max, ordering: .releasing)
            return
        }
        let written = groupCommit.writtenTotal.load(ordering: .relaxed)
        groupCommit.reservedTotal.store(written + Int(file?.reservedBytes ?? 0), ordering: .releasing)
    }

    /// The owner was refused and waits for `storageBack`: it is told full, and back when that is over, at once if what
    /// it waited for was this queue's work.
    private func lookForRoom() {
        groupCommit.isRoomAsked.store(false, ordering: .relaxed)
        // Full already: back will be told.
        guard condition.isRunning, !groupCommit.isFull.load(ordering: .relaxed) else { return }
        tellFull()
        reserve(isUrgent: true)
        if hasRoomAgain || file == nil {
            tellBack()
        } else {
            planRetry()
        }
    }

    private var hasRoomAgain: Bool {
        !canReserve || (file?.reservedBytes ?? 0) >= Self.backBytes
    }

    private func tellFull() {
        if !groupCommit.isFull.exchange(true, ordering: .sequentiallyConsistent) {
            progress(.storageFull)
        }
    }

    private func tellBack() {
        if groupCommit.isFull.exchange(false, ordering: .sequentiallyConsistent) {
            progress(.storageBack)
        }
    }

    private func planRetry() {
        guard !isRetryPlanned else { return }
        isRetryPlanned = true
        queue.async(afterMilliseconds: configuration.retryMilliseconds) { [weak self] in
            guard let self else { return }
            isRetryPlanned = false
            retry()
        }
    }

    private func retry() {
        switch condition {
        case .failed, .finished:
            return
        case .blocked:
            condition = .running
            drain()
            guard condition.isRunning else { return }
        case .running:
            break
        }
        reserve(isUrgent: true)
        guard hasRoomAgain else {
            planRetry()
            return
        }
        tellBack()
    }

    // MARK: Faults

    private func refuse(_ error: DiskError, isShortage: Bool = false) {
        guard error.isFull || isShortage else {
            fail(.writeFailed(errno: error.code))
            return
        }
        configuration.observer?.errorOccurred()
        condition = .blocked(error)
        tellFull()
        planRetry()
    }

    private func fail(_ error: JournalError) {
        condition = .failed(error)
        batch = nil
        groupCommit.fail()
        configuration.observer?.errorOccurred()
        progress(.failed(error))
        for then in groupCommit.end(.failed(error)) { then() }
    }
}
