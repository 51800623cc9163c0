// All hours of a configuration with the zone that they are in, and what the desk is given of them: a timetable for the
// days ahead.

package import SangdamCore

/// Hours by their names.
package struct HoursPlan: Sendable, Equatable {
    /// What is worth saying about them, which may be so from a day on only.
    package struct Remark: Sendable, Equatable {
        package let sentence: String
        package let since: Day?

        package init(_ sentence: String, since: Day? = nil) {
            self.sentence = sentence
            self.since = since
        }
    }

    /// Nil: there are no hours, and the desk's clock shows UTC.
    package var zone: Zone?
    package var named: [String: Hours] = [:]
    package var remarks: [Remark] = []

    /// So many days are computed ahead, and where nothing changes in them, twice as many until something does.
    private static let daysAhead = 14
    private static let mostDaysAhead = 448

    package init() {}

    /// What the desk is to know from `now` on. It stays the same for the rest of the zone's day.
    package func timetable(at now: Instant) -> Timetable {
        guard let zone else { return Timetable() }
        let today = zone.day(at: now)
        return Timetable(
            schedules: named.mapValues { Self.schedule(of: $0, in: zone, from: today, at: now) },
            offsets: zone.offsets(from: today, through: today + Self.mostDaysAhead))
    }

    private static func schedule(of hours: Hours, in zone: Zone, from today: Day, at now: Instant) -> Schedule {
        var days = daysAhead
        while true {
            // Yesterday, because what is open now may have opened then.
            let schedule = Schedule(
                spans: hours.spans(today + -1...today + days, in: zone),
                knownUntil: zone.opening(of: today + (days + 1), minute: 0))
            if days >= mostDaysAhead || schedule.nextChange(after: now) != nil { return schedule }
            days *= 2
        }
    }

    /// What is worth saying on the day that `now` is.
    package func remarks(at now: Instant) -> [String] {
        let today = (zone?.day(at: now)) ?? Day(number: 0)
        return remarks.filter { remark in remark.since.map { $0 <= today } ?? true }.map(\.sentence)
    }
}
