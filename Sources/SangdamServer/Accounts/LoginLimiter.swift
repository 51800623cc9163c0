// How often a password may be wrong. Pure: the time is an argument, nothing is read or written elsewhere.

package import SangdamCore

/// Counts wrong passwords for each address and name, whether or not an account has it, and says when a next try may be
/// made.
///
/// - `wrongPerMinute` wrong ones within a minute: refused until the oldest of them is a minute old.
/// - `wrongUntilLock` wrong ones since the last right one: refused for `lock`.
/// - A right password, or `lock` without a wrong one, forgets everything.
/// - The table has a bound; past it, whoever was wrong longest ago and is not locked is forgotten first.
package struct LoginLimiter: Sendable {
    /// Who tries, from where.
    package struct Key: Hashable, Sendable {
        package let user: String
        package let address: String

        package init(user: String, address: String) {
            self.user = user
            self.address = address
        }
    }

    /// How a key stands after its wrong passwords.
    package struct Standing: Sendable, Equatable {
        /// Wrong ones within the last minute, as far as they count: `wrongPerMinute` at most.
        package let lately: Int
        package let sinceRight: Int
        /// Nil: the next try may be made at once.
        package let refusedFor: Interval?
        /// Refused for the long time, not only until the minute is over.
        package let isLocked: Bool
    }

    private struct Record {
        /// When the last wrong ones were, oldest first; at most `wrongPerMinute`.
        var recent: [Instant] = []
        var wrong = 0
        var lockedUntil: Instant?
        var last: Instant
    }

    private var settings: LoginSettings
    private let capacity: Int
    private var records: [Key: Record] = [:]
    private static let minute = Interval.seconds(60)

    package init(_ settings: LoginSettings, capacity: Int = 10_000) {
        self.settings = settings
        self.capacity = max(1, capacity)
    }

    /// Keys that are remembered.
    package var count: Int { records.count }

    /// New limits; what was counted stays counted.
    package mutating func configure(_ settings: LoginSettings) {
        self.settings = settings
    }

    /// Counts a try as wrong and lets it through (nil), or says how long it is too early.
    ///
    /// Counted before the answer is known, so that tries at the same time cannot slip past together; `right` takes it
    /// back.
    package mutating func begin(_ key: Key, at now: Instant) -> Interval? {
        var record = current(key, at: now)
        if let tooEarly = refusal(of: record, at: now) { return tooEarly }
        record.recent.append(now)
        if record.recent.count > settings.wrongPerMinute {
            record.recent.removeFirst(record.recent.count - settings.wrongPerMinute)
        }
        record.wrong += 1
        record.last = now
        if record.wrong >= settings.wrongUntilLock { record.lockedUntil = now + settings.lock }
        if records[key] == nil, records.count >= capacity { forgetOne(at: now) }
        records[key] = record
        return nil
    }

    /// What `begin` would say, without counting a try.
    package func refusal(of key: Key, at now: Instant) -> Interval? {
        refusal(of: current(key, at: now), at: now)
    }

    /// Counts nothing.
    package func standing(of key: Key, at now: Instant) -> Standing {
        let record = current(key, at: now)
        return Standing(
            lately: record.recent.filter { now - $0 < Self.minute }.count, sinceRight: record.wrong,
            refusedFor: refusal(of: record, at: now), isLocked: record.lockedUntil != nil)
    }

    /// The key's record as far as it still has an effect.
    private func current(_ key: Key, at now: Instant) -> Record {
        guard let record = records[key] else { return Record(last: now) }
        let isOver = record.lockedUntil.map { $0 <= now } ?? (now - record.last >= settings.lock)
        return isOver ? Record(last: now) : record
    }

    private func refusal(of record: Record, at now: Instant) -> Interval? {
        if let until = record.lockedUntil { return until - now }
        // The oldest of the last `wrongPerMinute`: the next try may come a minute after it.
        guard record.recent.count >= settings.wrongPerMinute,
            let oldest = record.recent.suffix(settings.wrongPerMinute).first, now - oldest < Self.minute
        else { return nil }
        return oldest + Self.minute - now
    }

    /// The password was right.
    package mutating func right(_ key: Key) {
        records[key] = nil
    }

    /// Everything that has no effect any more goes, or else the least recent, locked ones last.
    private mutating func forgetOne(at now: Instant) {
        records = records.filter { now - $0.value.last < settings.lock || $0.value.lockedUntil ?? now > now }
        guard records.count >= capacity else { return }
        let oldest = records.min { left, right in
            let leftLocked = left.value.lockedUntil ?? now > now
            let rightLocked = right.value.lockedUntil ?? now > now
            return leftLocked == rightLocked ? left.value.last < right.value.last : rightLocked
        }
        if let oldest { records[oldest.key] = nil }
    }
}
