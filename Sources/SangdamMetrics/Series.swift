// One line (or, for histograms, one block) of the exposition, and the handle that counts it. Counting takes no lock but
// a histogram's own, allocates nothing and never waits for a scrape.

internal import CoreMetrics
internal import Synchronization

/// Only ever rises. Whole amounts are added in one atomic step.
package final class CounterSeries: CounterHandler, FloatingPointCounterHandler {
    private let whole = Atomic<Int64>(0)
    private let fraction = AtomicDouble(0)

    package init() {}

    /// Counters do not fall: a negative amount is ignored.
    package func increment(by amount: Int64) {
        guard amount > 0 else { return }
        whole.wrappingAdd(amount, ordering: .relaxed)
    }

    package func increment(by amount: Double) {
        guard amount > 0, amount.isFinite else { return }
        fraction.add(amount)
    }

    package func reset() {
        whole.store(0, ordering: .relaxed)
        fraction.set(0)
    }

    package var value: Double { Double(whole.load(ordering: .relaxed)) + fraction.value }
}

/// Whatever it was last set to.
package final class GaugeSeries: MeterHandler, RecorderHandler {
    private let current = AtomicDouble(0)

    package init() {}

    package func set(_ value: Int64) { current.set(Double(value)) }
    package func set(_ value: Double) { current.set(value) }
    package func record(_ value: Int64) { current.set(Double(value)) }
    package func record(_ value: Double) { current.set(value) }
    package func increment(by amount: Double) { current.add(amount) }
    package func decrement(by amount: Double) { current.add(-amount) }

    package var value: Double { current.value }
}

/// How often values fell under each bound, their number and their sum.
package final class HistogramSeries: RecorderHandler, TimerHandler {
    package struct Counts: Sendable, Equatable {
        /// One for each bound and one for what lies above the last; not cumulative.
        package var buckets: [UInt64]
        package var sum = 0.0

        package var count: UInt64 { buckets.reduce(0, +) }
    }

    package let bounds: [Double]
    private let counts: Mutex<Counts>

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Mutex(Counts(buckets: [UInt64](repeating: 0, count: bounds.count + 1)))
    }

    package func record(_ value: Int64) { record(Double(value)) }

    package func record(_ value: Double) {
        guard !value.isNaN else { return }
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        counts.withLock {
            $0.buckets[index] += 1
            $0.sum += value
        }
    }

    /// Prometheus counts in seconds.
    package func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1_000_000_000)
    }

    /// All of one moment: the sum belongs to the count.
    package var snapshot: Counts { counts.withLock { $0 } }
}

/// A Double that threads may add to.
private final class AtomicDouble: Sendable {
    private let bits: Atomic<UInt64>

    init(_ value: Double) {
        bits = Atomic(value.bitPattern)
    }

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    func add(_ amount: Double) {
        var seen = bits.load(ordering: .relaxed)
        while true {
            let sum = Double(bitPattern: seen) + amount
            let (isDone, now) = bits.weakCompareExchange(
                expected: seen, desired: sum.bitPattern, ordering: .relaxed)
            if isDone { return }
            seen = now
        }
    }
}
