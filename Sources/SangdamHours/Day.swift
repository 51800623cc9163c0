// Days of the calendar as numbers. Nothing here knows a zone: a day is what the calendar on a wall says, wherever that
// hangs.

internal import SangdamCore

/// A day of the Gregorian calendar: days since 1970-01-01.
package struct Day: Hashable, Comparable, Sendable {
    package let number: Int64

    static let seconds: Int64 = 24 * 3600

    package init(number: Int64) {
        self.number = number
    }

    /// Reads `2026-12-31`; nil for anything else and for days that no calendar has.
    package init?(_ text: some StringProtocol) {
        guard let midnight = Instant(rfc3339: Array("\(text)T00:00:00.000Z".utf8)) else { return nil }
        number = midnight.milliseconds.flooredQuotientAndRemainder(dividingBy: Self.seconds * 1000).quotient
    }

    /// Nil for a day that no calendar has.
    init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        number = daysSince1970(year: Int64(year), month: Int64(month), day: Int64(day))
        guard self.day == day else { return nil }
    }

    /// `2026-12-31`, for years 0 to 9999.
    package var text: String { String(Instant(milliseconds: number * Self.seconds * 1000).rfc3339.prefix(10)) }

    package var year: Int { Int(text.prefix(4)) ?? 0 }
    private var day: Int { Int(text.suffix(2)) ?? 0 }

    /// 0 is Monday. 1970-01-01 was a Thursday.
    package var weekday: Int { Int((number + 3).flooredQuotientAndRemainder(dividingBy: 7).remainder) }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + Int64(days)) }
}
