// Named hours: an ordinary week, the days on which it does not hold, and the spans of time that come of it.
//
// A span belongs to the day on which it begins. A holiday, and a day with hours of its own (an exception), are so from
// midnight to midnight: what began the evening before ends there. An exception wins over holiday and week.

package import SangdamCore

/// When something is open, in local time.
package struct Hours: Sendable, Equatable {
    package var weekly: WeeklyHours
    package var holidays: [Holiday]
    /// Minutes since the day's midnight; none: closed.
    package private(set) var exceptions: [Day: [Range<Int>]]

    package init(weekly: WeeklyHours, holidays: [Holiday] = []) {
        self.weekly = weekly
        self.holidays = holidays
        exceptions = [:]
    }

    /// Adds an exception as it is written, `closed` or `09:00-13:00`; false when it is neither.
    package mutating func add(_ written: String, on day: Day) -> Bool {
        guard let spans = written == "closed" ? [] : WeeklyHours.ofDay(written) else { return false }
        exceptions[day] = spans
        return true
    }

    /// One day of it.
    package struct DayHours: Sendable, Equatable {
        /// Why the hours are what they are.
        package enum Reason: Sendable, Equatable {
            case weekly
            case holiday(String)
            case exception
        }

        package let day: Day
        package let reason: Reason
        /// Minutes since the day's midnight; an end behind 24:00 is on the next day.
        package fileprivate(set) var spans: [Range<Int>]
    }

    /// Each day of `days`.
    package func days(_ days: ClosedRange<Day>) -> [DayHours] {
        var named: [Day: String] = [:]
        for holiday in holidays {
            let first = max(holiday.days.lowerBound, days.lowerBound)
            let last = min(holiday.days.upperBound, days.upperBound + 1)
            guard first <= last else { continue }
            for number in first.number...last.number where named[Day(number: number)] == nil {
                named[Day(number: number)] = holiday.name
            }
        }
        return (days.lowerBound.number...days.upperBound.number).map { number in
            let day = Day(number: number)
            let next = day + 1
            var found = hours(of: day, holiday: named[day])
            if exceptions[next] != nil || named[next] != nil {
                found.spans = found.spans.map { $0.clamped(to: 0..<WeeklyHours.minutesOfDay) }
            }
            return found
        }
    }

    private func hours(of day: Day, holiday: String?) -> DayHours {
        if let spans = exceptions[day] { return DayHours(day: day, reason: .exception, spans: spans) }
        if let holiday { return DayHours(day: day, reason: .holiday(holiday), spans: []) }
        return DayHours(day: day, reason: .weekly, spans: weekly.byWeekday[day.weekday])
    }

    /// The spans that begin on one of `days`, or the evening before and go on into them; joined where they touch.
    package func spans(_ days: ClosedRange<Day>, in zone: Zone) -> [Range<Instant>] {
        var joined: [Range<Instant>] = []
        // What began the evening before goes on.
        for day in self.days(days.lowerBound + -1...days.upperBound) {
            for span in day.spans {
                let from = zone.opening(of: day.day, minute: span.lowerBound)
                let until = zone.closing(of: day.day, minute: span.upperBound)
                // A span that clocks go over never is.
                guard from < until else { continue }
                if let last = joined.last, from <= last.upperBound {
                    joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, until)
                } else {
                    joined.append(from..<until)
                }
            }
        }
        let start = zone.opening(of: days.lowerBound, minute: 0)
        return joined.filter { $0.upperBound > start }
    }
}
