// What passes between the journal's owner and its writer. The owner puts encoded bytes in, the writer takes everything
// that gathered while its last sync ran: that is the group commit.

internal import Synchronization

/// Bytes of one segment in the order of the file.
struct Chunk: Sendable {
    /// The segment that these bytes begin; nil when they continue the present one.
    var segment: SegmentName?
    var bytes: [UInt8]
    /// How many of the bytes are in the file already, when the disk was full in between.
    var written = 0
}

/// Safe to use from everywhere.
final class Handoff: Sendable {
    struct Batch: Sendable {
        var chunks: [Chunk]
        /// Everything up to this ticket is in `chunks` or was taken before.
        let ticket: UInt64
    }

    private struct State: ~Copyable {
        var chunks: [Chunk] = []
        var ticket: UInt64 = 0
        /// Whether the writer is at work or will be: it looks again before it stops.
        var isWriterAwake = false
        /// An emptied buffer of the writer's, so that a busy journal allocates nothing.
        var spare: [UInt8] = []
        var writtenTicket: UInt64 = 0
        var waiters: [(ticket: UInt64, then: @Sendable () -> Void)] = []
        /// Nothing is taken or kept any more.
        var hasFailed = false
    }

    private let state = Mutex(State())

    /// Bytes that were accepted and for which there is room on the disk, counted from the journal's opening;
    /// `Int.max` where room cannot be reserved.
    let reservedTotal = Atomic<Int>(0)
    let writtenTotal = Atomic<Int>(0)
    let durableTicket = Atomic<UInt64>(0)
    /// `storageFull` was told and `storageBack` was not yet.
    let isFull = Atomic<Bool>(false)
    /// The last reservation fell short: only what is reserved may be accepted.
    let isTight = Atomic<Bool>(false)
    /// For a look without the lock; what is put in asks the state.
    let hasFailed = Atomic<Bool>(false)
    /// The writer was asked to look for room and has not done so yet.
    let isRoomAsked = Atomic<Bool>(false)

    /// Buffers above this size are not kept for the next batch.
    private static let spareLimitBytes = 1 << 20

    /// Puts a batch in, `bytes` behind `finished`, and returns its ticket and whether the writer must be woken; nil after
    /// a failure, when nothing is taken.
    func put(_ finished: [Chunk], _ bytes: [UInt8], beginning segment: SegmentName?) -> (UInt64, wakesWriter: Bool)? {
        state.withLock { state in
            if state.hasFailed { return nil }
            state.chunks.append(contentsOf: finished)
            if segment == nil, !state.chunks.isEmpty {
                state.chunks[state.chunks.count - 1].bytes.append(contentsOf: bytes)
            } else {
                var buffer: [UInt8] = []
                swap(&buffer, &state.spare)
                buffer.append(contentsOf: bytes)
                state.chunks.append(Chunk(segment: segment, bytes: buffer))
            }
            state.ticket += 1
            let wakes = !state.isWriterAwake
            state.isWriterAwake = true
            return (state.ticket, wakes)
        }
    }

    /// Everything there is, or nil: then the writer may stop and will be woken.
    func take() -> Batch? {
        state.withLock { state in
            guard !state.chunks.isEmpty else {
                state.isWriterAwake = false
                return nil
            }
            var chunks: [Chunk] = []
            swap(&chunks, &state.chunks)
            return Batch(chunks: chunks, ticket: state.ticket)
        }
    }

    /// Gives a written buffer back for reuse.
    func recycle(_ bytes: consuming [UInt8]) {
        guard bytes.capacity <= Self.spareLimitBytes else { return }
        bytes.removeAll(keepingCapacity: true)
        let buffer = bytes
        state.withLock { $0.spare = buffer }
    }

    /// Everything up to `ticket` is in the files: returns who waited for that, in the order of their tickets.
    func markWritten(_ ticket: UInt64) -> [@Sendable () -> Void] {
        state.withLock { state in
            state.writtenTicket = ticket
            guard !state.waiters.isEmpty else { return [] }
            let due = state.waiters.filter { $0.ticket <= ticket }.map(\.then)
            state.waiters.removeAll { $0.ticket <= ticket }
            return due
        }
    }

    /// True when `ticket` is in the files already; otherwise `then` is kept, but not after a failure.
    func isWritten(_ ticket: UInt64, orElse then: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.writtenTicket < ticket else { return true }
            if !state.hasFailed { state.waiters.append((ticket, then)) }
            return false
        }
    }

    /// Nothing will be written any more.
    func fail() {
        hasFailed.store(true, ordering: .sequentiallyConsistent)
        state.withLock { state in
            state.hasFailed = true
            state.chunks = []
            state.waiters = []
        }
    }
}
