// Gathers what the reactors bring to the desk and has it worked off in batches.
//
// The desk has no thread of its own. Whoever brings something while nobody is at the desk becomes its owner, works off
// the mailbox and leaves when it is empty; whoever comes meanwhile only drops his things. So a quiet system pays for no
// thread hop and a busy one gets its batches, and there is one owner at a time, in one order.

internal import Dispatch
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import Synchronization

/// What reaches the desk's mailbox.
enum Arrival: Sendable {
    case event(Event)
    /// Somebody wants to know how things stand.
    case snapshot(@Sendable (DeskSnapshot, CountedTotals) -> Void)
    /// The disk is full, or has room again.
    case storage(isFull: Bool)
    /// Called when everything before it, and what came with it, has been handed to the outbox.
    case barrier(@Sendable () -> Void)
}

// @unchecked: `work` and `batch` belong to the owner, of whom `mailbox` admits one at a time.
final class DeskMailbox: @unchecked Sendable {
    private struct Mailbox {
        var arrivals: [Arrival] = []
        var isOwned = false
    }

    /// After so many batches the owner hands over to the desk's own queue: a reactor has connections to look after.
    private static let batchesPerTurn = 8
    /// A larger mailbox is given back to the system when it has been worked off.
    private static let keptArrivals = 4_096

    private let mailbox = Mutex(Mailbox())
    private let queue = DispatchQueue(label: "sangdam.desk", qos: .userInitiated)
    private let timer: any DispatchSourceTimer
    private let clock: DeskClock

    // The owner's.
    private var work: DeskDriver
    private var batch: [Arrival] = []

    init(desk: Desk, clock: DeskClock, journal: Journal, outbox: Outbox, metrics: DeskMetrics) {
        work = DeskDriver(desk: desk, journal: journal, outbox: outbox, metrics: metrics)
        self.clock = clock
        timer = DispatchSource.makeTimerSource(queue: queue)
        install(timer)
    }

    /// Outside of `init`, so that the handler belongs to no actor.
    private nonisolated func install(_ timer: any DispatchSourceTimer) {
        timer.setEventHandler { [weak self] in self?.submit([.event(.tick)]) }
        timer.activate()
    }

    /// Stops the desk's timer; whatever is submitted still runs.
    func stop() {
        timer.cancel()
    }

    /// For the end, when nobody submits any more: blocks until what was submitted has been worked off.
    func finish() {
        stop()
        var isDone = false
        while !isDone {
            queue.sync {}
            isDone = mailbox.withLock { !$0.isOwned && $0.arrivals.isEmpty }
        }
    }

    /// From threads that must not be kept, such as the journal's own.
    func submitLater(_ arrivals: [Arrival]) {
        queue.async { self.submit(arrivals) }
    }

    /// Puts `arrivals` into the mailbox, in order, and runs the desk if nobody does. Never blocks on disk or network.
    func submit(_ arrivals: [Arrival]) {
        var arrivals = arrivals
        submit(emptying: &arrivals)
    }

    /// The same, and leaves an empty array with room for the next ones: memory goes round between the two.
    func submit(emptying arrivals: inout [Arrival]) {
        let becomesOwner = mailbox.withLock { mailbox in
            if mailbox.arrivals.isEmpty {
                swap(&mailbox.arrivals, &arrivals)
            } else {
                mailbox.arrivals.append(contentsOf: arrivals)
                arrivals.removeAll(keepingCapacity: true)
            }
            if mailbox.isOwned { return false }
            mailbox.isOwned = true
            return true
        }
        if becomesOwner { workOff() }
    }

    private func workOff() {
        for _ in 0..<Self.batchesPerTurn {
            let isDone = mailbox.withLock { mailbox in
                swap(&batch, &mailbox.arrivals)
                if batch.isEmpty { mailbox.isOwned = false }
                return batch.isEmpty
            }
            if isDone { return }
            runBatch()
            batch.removeAll(keepingCapacity: batch.capacity <= Self.keptArrivals)
        }
        queue.async { self.workOff() }
    }

    private func runBatch() {
        let now = clock.now()
        work.run(batch, at: now)
        // The timer stops while the machine sleeps, as the monotonic clock does. Never early: a tick before its time
        // would find nothing to do.
        if let wait = work.nextAlarm(at: now) {
            timer.schedule(deadline: .now() + .milliseconds(Int(clamping: wait.milliseconds + 1)))
        }
    }
}
