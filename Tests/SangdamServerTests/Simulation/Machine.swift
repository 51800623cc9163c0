// A machine with a clock that only the simulation moves and threads that run when the simulation says so. Everything
// runs on the one real thread of the test; what would be another thread runs at the points at which it could come in
// between: whenever the server wakes a queue or waits for its disk.

import SangdamJournal

@testable import SangdamServer
@testable import SimulationSupport

/// Something that can be run for one unit of work.
protocol SimulatedThread: AnyObject {
    var isRunning: Bool { get set }
    var isRunnable: Bool { get }
    /// When it becomes runnable by itself; nil for never.
    var wakesAt: Int64? { get }
    func runOnce()
    /// The process is gone, and with it whatever was still to be run.
    func die()
}

// @unchecked: used on the test's thread alone; the server's types merely ask for `Sendable`.
final class Machine: @unchecked Sendable {
    var random: Seeded
    /// Milliseconds of the monotonic clock.
    private(set) var now: Int64 = 1_000_000
    /// How far the wall clock is from the monotonic one.
    var wallOffset: Int64 = 1_795_334_400_000
    /// In the order in which they were made, so that a seed always draws from the same list.
    private var threads: [any SimulatedThread] = []
    private var depth = 0
    /// Off while a server starts: nobody else is there yet.
    var hasStarted = false
    private(set) var steps = 0

    init(seed: UInt64) {
        random = Seeded(seed)
    }

    func add(_ thread: any SimulatedThread) {
        threads.append(thread)
    }

    /// The server's process is gone, with all its threads.
    func removeThreads() {
        for thread in threads { thread.die() }
        threads = []
        hasStarted = false
    }

    func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    // MARK: Running

    /// Runs one unit of one thread; false when nobody has anything to do now.
    @discardableResult
    func step() -> Bool {
        let ready = threads.filter { !$0.isRunning && $0.isRunnable }
        guard let thread = ready.randomElement(using: &random) else { return false }
        steps += 1
        thread.isRunning = true
        thread.runOnce()
        thread.isRunning = false
        return true
    }

    /// Other threads may come in between here.
    func preempt() {
        guard hasStarted, depth < 3, chance(50) else { return }
        depth += 1
        for _ in 0..<number(1...4) where !step() { break }
        depth -= 1
    }

    /// Runs until nobody has anything to do at this time.
    func settle() {
        while step() {}
    }

    /// Lets time pass; whatever becomes due on the way runs when it does.
    func pass(milliseconds: Int64) {
        let target = now + milliseconds
        settle()
        while let next = threads.compactMap(\.wakesAt).min(), next <= target {
            now = max(now, next)
            settle()
        }
        now = target
        settle()
    }

    /// Lets time pass while everybody is kept from running.
    func stall(milliseconds: Int64) {
        now += milliseconds
    }
}

/// A serial queue with delayed work and an alarm: the journal's, the desk's, and those that read and check.
// @unchecked: as `Machine`.
final class SteppedQueue: SimulatedThread, JournalQueue, DeskQueue, @unchecked Sendable {
    private struct Delayed {
        let due: Int64
        let order: Int
        let work: @Sendable () -> Void
    }

    private unowned let machine: Machine
    private var queued: [@Sendable () -> Void] = []
    private var delayed: [Delayed] = []
    private var orders = 0
    private var ring: (@Sendable () -> Void)?
    private var alarm: Int64?
    /// A slow disk, or a thread that the system does not let run.
    var busyUntil: Int64 = 0
    /// How much has been run here.
    private(set) var ranCount = 0
    var isRunning = false

    init(on machine: Machine) {
        self.machine = machine
        machine.add(self)
    }

    var hasWork: Bool { !queued.isEmpty }

    var isRunnable: Bool {
        machine.now >= busyUntil && (!queued.isEmpty || earliest.map { $0 <= machine.now } ?? false)
    }

    var wakesAt: Int64? {
        if !queued.isEmpty { return busyUntil > machine.now ? busyUntil : nil }
        return earliest.map { max($0, busyUntil) }
    }

    private var earliest: Int64? {
        [delayed.map(\.due).min(), alarm].compactMap { $0 }.min()
    }

    func runOnce() {
        if let alarm, alarm <= machine.now {
            self.alarm = nil
            ring?()
            return
        }
        if let index = delayed.indices.filter({ delayed[$0].due <= machine.now })
            .min(by: { (delayed[$0].due, delayed[$0].order) < (delayed[$1].due, delayed[$1].order) })
        {
            queued.append(delayed.remove(at: index).work)
        }
        guard !queued.isEmpty else { return }
        ranCount += 1
        queued.removeFirst()()
    }

    func die() {
        (queued, delayed, alarm, ring) = ([], [], nil, nil)
    }

    // MARK: What the server asks for

    func async(_ work: @escaping @Sendable () -> Void) {
        queued.append(work)
        machine.preempt()
    }

    /// For whoever holds a lock: nobody comes in between.
    func asyncUnderLock(_ work: @escaping @Sendable () -> Void) {
        queued.append(work)
    }

    func async(afterMilliseconds delay: Int, _ work: @escaping @Sendable () -> Void) {
        orders += 1
        delayed.append(Delayed(due: machine.now + Int64(max(delay, 1)), order: orders, work: work))
    }

    func sync<Result>(_ work: () -> Result) -> Result {
        waitForQueued()
        isRunning = true
        defer { isRunning = false }
        return work()
    }

    func waitForQueued() {
        precondition(!isRunning, "a queue waits for itself")
        isRunning = true
        while !queued.isEmpty { queued.removeFirst()() }
        isRunning = false
    }

    func preconditionIsCurrent() {
        precondition(isRunning, "off its queue")
    }

    /// Nanoseconds of the machine's clock.
    var now: UInt64 { UInt64(machine.now) * 1_000_000 }

    func onAlarm(_ ring: @escaping @Sendable () -> Void) {
        self.ring = ring
    }

    func setAlarm(inMilliseconds delay: Int) {
        alarm = machine.now &+ Int64(clamping: delay)
    }

    func cancelAlarm() {
        (alarm, ring) = (nil, nil)
    }
}
