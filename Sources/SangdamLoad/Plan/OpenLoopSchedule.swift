// The open loop's timetable: message i is due at start + i/rate, pair after pair in turn. It does not wait for answers.
// Whoever is late still gets its scheduled time, so that a pause costs every message that it delays, and not only the
// one that happened to be under way (coordinated omission).

/// When which pair sends next. A value without a clock: the time comes in.
package struct OpenLoopSchedule: Sendable {
    private let startNanoseconds: UInt64
    private let ratePerSecond: Double
    private let pairs: Int
    private var sent: UInt64 = 0
    private var pair = 0

    /// - Parameter ratePerSecond: over all pairs.
    package init(startNanoseconds: UInt64, ratePerSecond: Double, pairs: Int) {
        self.startNanoseconds = startNanoseconds
        self.ratePerSecond = ratePerSecond
        self.pairs = pairs
    }

    /// When the next message is due, on the clock of `startNanoseconds`. From the count and not from the last time, so
    /// that no rounding adds up.
    package var nextNanoseconds: UInt64 {
        startNanoseconds + UInt64(Double(sent) / ratePerSecond * 1e9)
    }

    /// The message that is due; nil while it is too early.
    package func due(at now: UInt64) -> (pair: Int, scheduled: UInt64)? {
        let scheduled = nextNanoseconds
        return scheduled <= now ? (pair, scheduled) : nil
    }

    /// The message that was due has been sent.
    package mutating func advance() {
        sent += 1
        pair = (pair + 1) % pairs
    }

    /// How far it is behind.
    package func latenessNanoseconds(at now: UInt64) -> UInt64 {
        let next = nextNanoseconds
        return next < now ? now - next : 0
    }
}
