// The queue on which the desk runs when no submitting thread drains its mailbox, and its one alarm: a seam, so that a
// test can step both.

internal import Dispatch

/// A serial queue with an alarm.
protocol DeskQueue: Sendable {
    func async(_ work: @escaping @Sendable () -> Void)
    /// Blocks until everything that was queued before has run.
    func waitForQueued()
    /// What an alarm calls, on the queue. Called once, before the first alarm is set.
    func onAlarm(_ ring: @escaping @Sendable () -> Void)
    /// Sets or moves the alarm; it never comes early.
    func setAlarm(inMilliseconds delay: Int)
    /// No alarm comes any more.
    func cancelAlarm()
}

// @unchecked: both properties are Dispatch's own objects, which may be used on any thread.
final class DispatchDeskQueue: DeskQueue, @unchecked Sendable {
    private let queue = DispatchQueue(label: "sangdam.desk", qos: .userInitiated)
    private let timer: any DispatchSourceTimer

    init() {
        timer = DispatchSource.makeTimerSource(queue: queue)
        // It fires only once it is scheduled; one that was never active must not be let go of.
        timer.activate()
    }

    deinit {
        timer.cancel()
    }

    func async(_ work: @escaping @Sendable () -> Void) {
        queue.async(execute: work)
    }

    func waitForQueued() {
        queue.sync {}
    }

    func onAlarm(_ ring: @escaping @Sendable () -> Void) {
        timer.setEventHandler(handler: ring)
    }

    func setAlarm(inMilliseconds delay: Int) {
        timer.schedule(deadline: .now() + .milliseconds(delay))
    }

    func cancelAlarm() {
        timer.cancel()
    }
}
