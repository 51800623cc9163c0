// How many messages a customer may send now.

/// A token bucket: `burst` messages at once, then `perSecond`. Time comes in as an argument.
package struct Allowance: Sendable, Equatable {
    private var level: Double
    private var filled: Instant

    package init(full burst: Int, at now: Instant) {
        level = Double(burst)
        filled = now
    }

    /// Nil when there was room for one more message; otherwise after how long there will be.
    package mutating func take(burst: Int, perSecond: Double, at now: Instant) -> Interval? {
        level = min(Double(burst), level + max(0, (now - filled).seconds) * perSecond)
        filled = max(filled, now)
        guard level >= 1 else {
            let milliseconds = ((1 - level) / perSecond * 1000).rounded(.up)
            return Interval(milliseconds: Int64(exactly: milliseconds) ?? .max)
        }
        level -= 1
        return nil
    }
}
