// A moment to come in the words of a calendar: which day, seen from today, and what the clock on the desk's wall says.

/// An instant as people who live by the desk's clock name it.
package struct LocalTime: Sendable, Equatable {
    package let at: Instant
    /// 0 is today, 1 tomorrow; below 0 for what has been.
    package let daysAhead: Int
    package let year: Int
    package let month: Int
    package let day: Int
    /// 0 is Monday.
    package let weekday: Int
    package let hour: Int
    package let minute: Int

    package init(_ at: Instant, seenAt now: Instant, _ timetable: Timetable) {
        let (day, minuteOfDay) = Self.split(at, timetable)
        let date = civilDate(day)
        self.at = at
        daysAhead = Int(day - Self.split(now, timetable).day)
        year = date.year
        month = date.month
        self.day = date.day
        // 1970-01-01 was a Thursday.
        weekday = Int((day + 3).flooredQuotientAndRemainder(dividingBy: 7).remainder)
        (hour, minute) = minuteOfDay.quotientAndRemainder(dividingBy: 60)
    }

    /// `2026-12-31 18:00`: the same in every language.
    package var text: String {
        let pair = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(pair(month))-\(pair(day)) \(pair(hour)):\(pair(minute))"
    }

    /// The local day, counted from 1970-01-01, and the minute of it.
    private static func split(_ instant: Instant, _ timetable: Timetable) -> (day: Int64, minuteOfDay: Int) {
        let shift = Interval.seconds(Int64(timetable.minutesEastOfUTC(at: instant)) * 60)
        let (day, passed) = (instant + shift).milliseconds.flooredQuotientAndRemainder(dividingBy: 86_400_000)
        return (day, Int(passed / 60_000))
    }
}
