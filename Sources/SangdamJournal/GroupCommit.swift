// The group commit, between the journal's owner and its writer. The owner puts encoded bytes in, the writer takes all
// that gathered while its last sync ran. Where nobody waits for a sync, waking the writer for
// every batch would cost more than the batch: then it comes a few milliseconds later, or once much has gathered.

internal import Synchronization

/// Bytes of one segment in the order of the file.
struct Chunk: Sendable {
    /// The segment that these bytes begin; nil when they continue the present one.
    var segment: SegmentName?
    var bytes: [UInt8]
    /// How many of the bytes are in the file already, when the disk was full in between.
    var written = 0
}

/// Why no further line becomes safe.
enum JournalEnding: Sendable {
    case failed(JournalError)
    case closed
}

/// Safe to use from everywhere.
final class GroupCommit: Sendable {
    struct Batch: Sendable {
        var chunks: [Chunk]
        /// Everything up to this ticket is in `chunks` or was taken before.
        let ticket: UInt64
        /// The n of the last line in `chunks`.
        let lastNumber: UInt64
    }

    /// When the writer looks next.
    enum Wake {
        case never, soon, now
    }

    private struct State: ~Copyable {
        var chunks: [Chunk] = []
        /// In `chunks`.
        var bytes = 0
        var ticket: UInt64 = 0
        /// The n of the last line that was put in.
        var lastNumber: UInt64 = 0
        /// What the writer was told last; it looks again before it stops.
        var wake = Wake.never
        /// An emptied buffer of the writer's, so that a busy journal allocates nothing.
        var spare: [UInt8] = []
        var writtenTicket: UInt64 = 0
        var waiters: [(ticket: UInt64, then: @Sendable () -> Void)] = []
        /// The n of the last line that nothing takes back, and who waits for one behind it: each follower once.
        var safeNumber: UInt64
        var followers: [(number: UInt64, then: @Sendable () -> Void)] = []
        /// Nothing is taken or kept any more.
        var hasFailed = false
        /// The first one counts.
        var ending: JournalEnding?
    }

    private let state: Mutex<State>

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

    /// Where nobody waits for a sync, the writer is woken at once from here on.
    private static let gatherBytes = 256 << 10
    /// Buffers above this size are not kept for the next batch.
    private static let spareLimitBytes = 1 << 20

    /// Whether the writer comes soon instead of now.
    private let gathers: Bool

    /// - Parameter safeNumber: the n of the last line that is on the disk already.
    init(gathers: Bool, safeNumber: UInt64) {
        self.gathers = gathers
        state = Mutex(State(safeNumber: safeNumber))
    }

    /// Puts a batch in, `bytes` behind `finished`, and leaves both empty, an emptied buffer in `bytes`. Returns its
    /// ticket and when the writer must be woken, which is never when it comes anyhow; nil after a failure, when nothing
    /// is taken.
    func put(
        _ finished: inout [Chunk], _ bytes: inout [UInt8], beginning segment: SegmentName?, lastNumber: UInt64
    ) -> (ticket: UInt64, wake: Wake)? {
        state.withLock { state in
            if state.hasFailed {
                finished = []
                bytes = []
                return nil
            }
            for chunk in finished { state.bytes += chunk.bytes.count }
            state.bytes += bytes.count
            if !finished.isEmpty {
                state.chunks.append(contentsOf: finished)
                finished = []
            }
            if segment == nil, !state.chunks.isEmpty {
                state.chunks[state.chunks.count - 1].bytes.append(contentsOf: bytes)
                bytes.removeAll(keepingCapacity: true)
            } else {
                // The buffer itself: no byte is copied.
                var chunk = Chunk(segment: segment, bytes: [])
                swap(&chunk.bytes, &bytes)
                state.chunks.append(chunk)
                swap(&bytes, &state.spare)
            }
            state.ticket += 1
            state.lastNumber = lastNumber
            return (state.ticket, nextWake(&state))
        }
    }

    /// What the writer must be told now; notes it as told.
    private func nextWake(_ state: inout State) -> Wake {
        let wanted: Wake = gathers && state.bytes < Self.gatherBytes ? .soon : .now
        switch (state.wake, wanted) {
        case (.never, _), (.soon, .now):
            state.wake = wanted
            return wanted
        case (.soon, _), (.now, _):
            return .never
        }
    }

    /// Everything there is; nil when there is nothing.
    func take() -> Batch? {
        state.withLock { state in
            guard !state.chunks.isEmpty else { return nil }
            var chunks: [Chunk] = []
            swap(&chunks, &state.chunks)
            state.bytes = 0
            state.wake = .now
            return Batch(chunks: chunks, ticket: state.ticket, lastNumber: state.lastNumber)
        }
    }

    /// The writer has done its work: it stops, and must come again as this says. What it is not told here, `put` tells.
    func pause() -> Wake {
        state.withLock { state in
            state.wake = .never
            return state.chunks.isEmpty ? .never : nextWake(&state)
        }
    }

    /// Everything up to `ticket` is in the files; `bytes` is a buffer to use again. Returns who waited for that, in the
    /// order of their tickets.
    func markWritten(_ ticket: UInt64, recycling bytes: consuming [UInt8]) -> [@Sendable () -> Void] {
        bytes.removeAll(keepingCapacity: true)
        var buffer = bytes
        return state.withLock { state in
            if buffer.capacity > state.spare.capacity, buffer.capacity <= Self.spareLimitBytes {
                swap(&buffer, &state.spare)
            }
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
            state.bytes = 0
            state.waiters = []
        }
    }

    // MARK: Followers

    var safeNumber: UInt64 { state.withLock { $0.safeNumber } }

    /// Nil while further lines may become safe.
    var ending: JournalEnding? { state.withLock { $0.ending } }

    /// No further line becomes safe. Returns who waited for one.
    func end(_ ending: JournalEnding) -> [@Sendable () -> Void] {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
            let due = state.followers.map(\.then)
            state.followers = []
            return due
        }
    }

    /// Nothing takes the lines up to this one back. Returns who waited for that.
    func markSafe(_ number: UInt64) -> [@Sendable () -> Void] {
        state.withLock { state in
            state.safeNumber = max(state.safeNumber, number)
            guard !state.followers.isEmpty else { return [] }
            let due = state.followers.filter { $0.number <= state.safeNumber }.map(\.then)
            state.followers.removeAll { $0.number <= state.safeNumber }
            return due
        }
    }

    /// True when the line with this number is safe already or never will be; otherwise `then` is kept.
    func isSafe(_ number: UInt64, orElse then: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.safeNumber < number, state.ending == nil else { return true }
            state.followers.append((number, then))
            return false
        }
    }
}
