// Who waits for the end, and who calls it: the first reason counts.

internal import Dispatch
internal import SangdamJournal
internal import Synchronization

final class Ending: Sendable {
    enum Reason: Sendable {
        case asked
        case journalFailed
    }

    private let reason = Mutex<Reason?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    func ask() { end(.asked) }
    func failed() { end(.journalFailed) }

    private func end(_ new: Reason) {
        reason.withLock { $0 = $0 ?? new }
        semaphore.signal()
    }

    /// Blocks the calling thread.
    func wait() -> Reason {
        semaphore.wait()
        return reason.withLock { $0 } ?? .asked
    }
}

/// The journal speaks before those who listen to it are made: what it says until then waits here.
final class ProgressRelay: Sendable {
    private struct State {
        var handler: (@Sendable (JournalProgress) -> Void)?
        var waiting: [JournalProgress] = []
    }

    private let state = Mutex(State())

    func begin(_ handler: @escaping @Sendable (JournalProgress) -> Void) {
        state.withLock { state in
            for progress in state.waiting { handler(progress) }
            state.waiting = []
            state.handler = handler
        }
    }

    func pass(_ progress: JournalProgress) {
        state.withLock { state in
            if let handler = state.handler { handler(progress) } else { state.waiting.append(progress) }
        }
    }
}
