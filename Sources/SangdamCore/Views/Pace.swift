// How quickly a queue moves, and what follows for those who wait.

/// The rate at which slots become free, and the estimate that follows from it: position ÷ rate, as a range.
package struct Pace: Sendable, Equatable {
    /// Older releases say nothing about now.
    static let window = Interval.seconds(1800)
    /// Fewer releases than this are chance.
    static let enoughReleases = 3

    package let freeSlots: Int
    /// Slots a second; above zero.
    package let rate: Double

    package init(
        slots: Int, freeSlots: Int, queue: QueueState, expectedHandling: Interval, at now: Instant
    ) {
        self.freeSlots = freeSlots
        let recent = queue.releases.filter { now - $0 <= Self.window }
        if recent.count >= Self.enoughReleases, let oldest = recent.first {
            rate = Double(recent.count) / max(1, (now - oldest).seconds)
        } else {
            let times = queue.handling.isEmpty ? [expectedHandling] : queue.handling
            let mean = times.reduce(0) { $0 + $1.seconds } / Double(times.count)
            rate = Double(slots) / max(1, mean)
        }
    }

    package func estimate(position: Int) -> WaitEstimate {
        guard position > freeSlots else { return WaitEstimate(lowSeconds: 0, highSeconds: 30) }
        let seconds = Double(position - freeSlots) / rate
        return WaitEstimate(
            lowSeconds: Int(exactly: (seconds * 0.7).rounded(.down)) ?? .max,
            highSeconds: Int(exactly: (seconds * 1.5).rounded(.up)) ?? .max)
    }
}

/// A range of whole seconds.
package struct WaitEstimate: Sendable, Equatable {
    package let lowSeconds: Int
    package let highSeconds: Int

    package init(lowSeconds: Int, highSeconds: Int) {
        self.lowSeconds = lowSeconds
        self.highSeconds = highSeconds
    }
}
