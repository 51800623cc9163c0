// Waiting for something that another thread brings about: without blocking a thread, without sleeping, and never for
// ever.

import Dispatch
import Synchronization

/// A value under a lock that tests can await a change of.
final class Watched<Value: Sendable>: Sendable {
    /// Looks at the value; gives what resumes the waiter once there is what it waits for.
    private typealias Waiter = @Sendable (inout Value) -> (@Sendable () -> Void)?

    private struct State {
        var value: Value
        var waiters: [(number: Int, waiter: Waiter)] = []
        var lastNumber = 0
    }

    private let state: Mutex<State>
    private let timeouts = DispatchQueue(label: "watched.timeouts")

    init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    var value: Value {
        state.withLock { $0.value }
    }

    /// Changes the value and serves whoever waited for it.
    func update(_ change: (inout Value) -> Void) {
        let served = state.withLock { state in
            change(&state.value)
            var served: [@Sendable () -> Void] = []
            state.waiters.removeAll { entry in
                guard let resume = entry.waiter(&state.value) else { return false }
                served.append(resume)
                return true
            }
            return served
        }
        for resume in served { resume() }
    }

    /// Takes something out of the value as soon as `attempt` finds it; nil when it has not come in time.
    func take<Result: Sendable>(
        within seconds: Double, _ attempt: @escaping @Sendable (inout Value) -> Result?
    ) async -> Result? {
        await withCheckedContinuation { (continuation: CheckedContinuation<Result?, Never>) in
            let waiter: Waiter = { value in
                guard let result = attempt(&value) else { return nil }
                return { continuation.resume(returning: result) }
            }
            guard let number = serveOrAdd(waiter) else { return }
            timeouts.asyncAfter(deadline: .now() + seconds) {
                if self.remove(number) { continuation.resume(returning: nil) }
            }
        }
    }

    /// The number under which the waiter waits; nil when it has been served at once.
    private func serveOrAdd(_ waiter: @escaping Waiter) -> Int? {
        let (resume, number) = state.withLock { state -> ((@Sendable () -> Void)?, Int?) in
            if let resume = waiter(&state.value) { return (resume, nil) }
            state.lastNumber += 1
            state.waiters.append((state.lastNumber, waiter))
            return (nil, state.lastNumber)
        }
        resume?()
        return number
    }

    /// False when it has been served.
    private func remove(_ number: Int) -> Bool {
        state.withLock { state in
            let count = state.waiters.count
            state.waiters.removeAll { $0.number == number }
            return state.waiters.count < count
        }
    }

    /// Whether it became so in time.
    func wait(within seconds: Double, until isSo: @escaping @Sendable (Value) -> Bool) async -> Bool {
        await take(within: seconds) { isSo($0) ? true : nil } ?? false
    }
}

/// Why a test cannot go on, with what had happened until then.
struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Asks again until it is so: for what nobody announces, such as a file's content or a counter behind HTTP.
func eventually(
    within seconds: Double = 10, _ what: String, _ isSo: () async throws -> Bool
) async throws {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    while try await !isSo() {
        guard clock.now < end else { throw TestFailure("not within \(seconds) s: \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}
