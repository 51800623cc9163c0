// Gathers what the reactors bring to the desk and lets the desk's driver run it in batches.
//
// The desk has no thread of its own (flat combining): the thread that submits drains the mailbox, unless another thread
// is draining it, which then finds what was added. So a quiet system pays for no thread hop, a busy one gets its
// batches, and one thread at a time runs the desk, in one order.

internal import SangdamCore
internal import SangdamJournal
internal import Synchronization

/// What reaches the desk's mailbox.
enum Arrival: Sendable {
    case event(Event)
    /// An order from the server's machine; what became of it, and the number of the journal line that it rests on.
    case order(Order, @Sendable (OrderAnswer) -> Void)
    /// Somebody wants to know how things stand.
    case snapshot(@Sendable (DeskSnapshot, CountedTotals) -> Void)
    /// The disk is full, or has room again.
    case storage(isFull: Bool)
    /// Called when everything before it, and what came with it, has been given to the outbox.
    case barrier(@Sendable () -> Void)
}

/// What the desk's driver says of an order.
enum OrderAnswer: Sendable {
    /// True once the journal has kept the line of this number.
    case done(OrderOutcome, restingOn: UInt64)
    /// Nothing can be written at present, and nothing was done.
    case storageFull
}

// @unchecked: `driver` and `batch` belong to the thread that drains, and the lock of `mailbox` admits one at a time.
final class DeskMailbox: @unchecked Sendable {
    private struct Mailbox {
        var arrivals: [Arrival] = []
        var isBeingDrained = false
    }

    /// After so many batches the draining goes on on the desk's own queue: a reactor has connections to look after.
    private static let batchesPerThread = 8
    /// A larger buffer is given back to the system when its batch has been run.
    private static let keptArrivals = 4_096

    private let mailbox = Mutex(Mailbox())
    private let queue: any DeskQueue
    private let clock: DeskClock

    // The draining thread's.
    private var driver: DeskDriver
    private var batch: [Arrival] = []

    init(
        desk: Desk, clock: DeskClock, journal: Journal, outbox: Outbox, metrics: DeskMetrics,
        queue: any DeskQueue = DispatchDeskQueue()
    ) {
        driver = DeskDriver(desk: desk, journal: journal, outbox: outbox, metrics: metrics)
        self.clock = clock
        self.queue = queue
        queue.onAlarm { [weak self] in self?.submit([.event(.tick)]) }
    }

    /// Stops the desk's alarm; whatever is submitted still runs.
    func stop() {
        queue.cancelAlarm()
    }

    /// For the end, when nobody submits any more: blocks until everything that was submitted has been run.
    func finish() {
        stop()
        var isDone = false
        while !isDone {
            queue.waitForQueued()
            isDone = isEmpty
        }
    }

    /// Nothing waits and no thread drains.
    var isEmpty: Bool { mailbox.withLock { !$0.isBeingDrained && $0.arrivals.isEmpty } }

    /// From threads that must not be kept, such as the journal's own.
    func submitLater(_ arrivals: [Arrival]) {
        queue.async { self.submit(arrivals) }
    }

    /// Puts `arrivals` into the mailbox, in order, and drains it unless another thread does. Never blocks on disk or
    /// network.
    func submit(_ arrivals: [Arrival]) {
        var arrivals = arrivals
        submit(emptying: &arrivals)
    }

    /// The same, and leaves an empty array with room for the next ones: memory goes round between the two.
    func submit(emptying arrivals: inout [Arrival]) {
        let drains = mailbox.withLock { mailbox in
            if mailbox.arrivals.isEmpty {
                swap(&mailbox.arrivals, &arrivals)
            } else {
                mailbox.arrivals.append(contentsOf: arrivals)
                arrivals.removeAll(keepingCapacity: true)
            }
            if mailbox.isBeingDrained { return false }
            mailbox.isBeingDrained = true
            return true
        }
        if drains { drain() }
    }

    private func drain() {
        for _ in 0..<Self.batchesPerThread {
            let isDone = mailbox.withLock { mailbox in
                swap(&batch, &mailbox.arrivals)
                if batch.isEmpty { mailbox.isBeingDrained = false }
                return batch.isEmpty
            }
            if isDone { return }
            runBatch()
            batch.removeAll(keepingCapacity: batch.capacity <= Self.keptArrivals)
        }
        queue.async { self.drain() }
    }

    private func runBatch() {
        let now = clock.now()
        driver.run(batch, at: now)
        // The alarm stands still while the machine sleeps, as the monotonic clock does. Never early: a tick before its
        // time would find nothing to do.
        if let wait = driver.nextAlarm(at: now) {
            queue.setAlarm(inMilliseconds: Int(clamping: wait.milliseconds + 1))
        }
    }
}
