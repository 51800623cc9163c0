// The serial queue on which the journal blocks on the disk: a seam, so that a test can step it and keep its time.

internal import Dispatch

/// A serial queue and the time by which it delays work.
package protocol JournalQueue: Sendable {
    /// Nanoseconds of a clock that never runs backwards.
    var now: UInt64 { get }
    func async(_ work: @escaping @Sendable () -> Void)
    func async(afterMilliseconds delay: Int, _ work: @escaping @Sendable () -> Void)
    /// Runs the work behind everything that was queued before, and waits for it. Must not be called on the queue.
    func sync<Result>(_ work: () -> Result) -> Result
    /// Stops the process when the caller is not on the queue.
    func preconditionIsCurrent()
}

/// A queue of Dispatch's.
package struct DispatchJournalQueue: JournalQueue {
    private let queue: DispatchQueue

    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package var now: UInt64 { DispatchTime.now().uptimeNanoseconds }

    package func async(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }

    package func async(afterMilliseconds delay: Int, _ work: @escaping @Sendable () -> Void) {
        queue.asyncAfter(deadline: .now() + .milliseconds(delay), execute: work)
    }

    package func sync<Result>(_ work: () -> Result) -> Result {
        dispatchPrecondition(condition: .notOnQueue(queue))
        return queue.sync(execute: work)
    }

    package func preconditionIsCurrent() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
