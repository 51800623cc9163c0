// Work for a reactor from any thread. A leaf: the lock is held for an append or a swap and nothing is called under it
// but one write to the eventfd.

internal import Glibc
internal import Synchronization

final class Mailbox: Sendable {
    typealias Work = @Sendable (Reactor) -> Void

    private struct State {
        var work: [Work] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let eventDescriptor: Int32

    /// `eventDescriptor` becomes readable when work arrives; it is closed with the mailbox, when nobody can post.
    init(eventDescriptor: Int32) {
        self.eventDescriptor = eventDescriptor
    }

    deinit {
        close(eventDescriptor)
    }

    /// Appends; wakes the reactor if there was nothing before and `wakes` is true. After `shut`, the work is dropped.
    func post(_ work: @escaping Work, wakes: Bool) {
        let wasEmpty = state.withLock { state in
            if state.isClosed { return false }
            state.work.append(work)
            return state.work.count == 1
        }
        if wasEmpty && wakes { wake() }
    }

    /// Makes the reactor take another pass.
    func wake() {
        var one: UInt64 = 1
        // Cannot fail but by a full counter, which is a wake already.
        _ = write(eventDescriptor, &one, MemoryLayout<UInt64>.size)
    }

    /// Takes all work; `empty` is an array with capacity to spare that is swapped in.
    func take(into empty: inout [Work]) {
        state.withLock { swap(&$0.work, &empty) }
    }

    /// From now on posted work is dropped, and so is what waits.
    func shut() {
        let dropped = state.withLock { state in
            state.isClosed = true
            defer { state.work = [] }
            return state.work
        }
        _ = dropped  // released outside of the lock: what it captured may do anything when it goes
    }
}
