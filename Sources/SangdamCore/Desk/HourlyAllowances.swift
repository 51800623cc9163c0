// How often something was done lately for each of many: of this life, as a restart forgives what an hour would.

struct HourlyAllowances<Key: Hashable & Sendable>: Sendable {
    /// Past it all are forgotten: whoever has taken less than others is not to suffer for them.
    private static var limit: Int { 10_000 }

    private var allowances: [Key: Allowance] = [:]

    /// Nil when there was room for one more; otherwise after how long there will be.
    mutating func take(_ key: Key, perHour: Int, at now: Instant) -> Interval? {
        if allowances.count >= Self.limit, allowances[key] == nil { allowances.removeAll() }
        return allowances[key, default: Allowance(full: perHour, at: now)]
            .take(burst: perHour, perSecond: Double(perHour) / 3600, at: now)
    }

    mutating func forget(_ key: Key) { allowances[key] = nil }
}
