// Finds out that nothing moves any more.

/// Is told a number that ought to change, again and again; says when it has stood still for too long.
package struct StallWatch: Sendable {
    private let limitNanoseconds: UInt64
    private var last: (value: UInt64, since: UInt64)?

    package init(limitSeconds: Double) {
        limitNanoseconds = UInt64(limitSeconds * 1e9)
    }

    /// True when `value` has been the same for the limit or longer.
    package mutating func isStalled(_ value: UInt64, at now: UInt64) -> Bool {
        guard let last, last.value == value else {
            last = (value, now)
            return false
        }
        return now >= last.since + limitNanoseconds
    }
}
