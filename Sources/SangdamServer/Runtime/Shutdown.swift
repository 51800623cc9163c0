// The server's shutdown: who waits for it, and who asks for it. The first reason counts.

internal import Dispatch
internal import Synchronization

final class Shutdown: Sendable {
    enum Reason: Sendable {
        case asked
        case journalFailed
    }

    private let reason = Mutex<Reason?>(nil)
    private let semaphore = DispatchSemaphore(value: 0)

    func ask() { begin(.asked) }
    func failed() { begin(.journalFailed) }

    private func begin(_ new: Reason) {
        reason.withLock { $0 = $0 ?? new }
        semaphore.signal()
    }

    /// Blocks the calling thread.
    func wait() -> Reason {
        semaphore.wait()
        return reason.withLock { $0 } ?? .asked
    }
}
