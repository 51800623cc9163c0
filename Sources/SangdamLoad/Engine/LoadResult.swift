// How the reactor tells the waiting thread what has become of the run, and how it goes.

internal import Dispatch
internal import Synchronization

/// The first outcome counts.
final class LoadResult: Sendable {
    private struct State {
        var outcome: Result<LoadReport, LoadFailure>?
        var progress = ""
    }

    private let state = Mutex(State())
    private let semaphore = DispatchSemaphore(value: 0)

    func set(_ outcome: Result<LoadReport, LoadFailure>) {
        let isFirst = state.withLock { state in
            guard state.outcome == nil else { return false }
            state.outcome = outcome
            return true
        }
        if isFirst { semaphore.signal() }
    }

    func setProgress(_ text: String) {
        state.withLock { $0.progress = text }
    }

    var progress: String { state.withLock { $0.progress } }

    /// The outcome, if it comes within the time.
    func wait(milliseconds: Int) -> Result<LoadReport, LoadFailure>? {
        guard semaphore.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return nil }
        return state.withLock { $0.outcome }
    }
}
