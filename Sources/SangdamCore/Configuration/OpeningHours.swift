// When somebody answers a telephone. Days and hours stand at a fixed distance from UTC, so that the desk needs no
// database of time zones; where clocks change twice a year, so must the configuration.

/// The hours of a week in which a contact is open.
///
/// Written as `Mon-Fri 09:00-18:00, Sat 10:00-14:00 +09:00`, or `always`. An end before or at its beginning is on the
/// next day; `24:00` is midnight.
package struct OpeningHours: Sendable, Equatable {
    /// Minutes of a week that begins on Monday at 00:00; an end may lie beyond the week's.
    private let spans: [Range<Int>]
    private let minutesEastOfUTC: Int

    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let minutesOfDay = 24 * 60
    private static let minutesOfWeek = 7 * minutesOfDay

    /// Reads the written form; nil when it is none.
    package init?(_ text: String) {
        if text.lowercased() == "always" {
            spans = [0..<Self.minutesOfWeek]
            minutesEastOfUTC = 0
            return
        }
        let words = text.split(separator: " ")
        guard let zone = words.last, let minutes = Self.zone(zone) else { return nil }
        var spans: [Range<Int>] = []
        for rule in words.dropLast().joined(separator: " ").split(separator: ",", omittingEmptySubsequences: false) {
            let parts = rule.split(separator: " ")
            guard parts.count == 2, let days = Self.days(parts[0]), let hours = Self.hours(parts[1]) else { return nil }
            for day in days {
                spans.append(hours.lowerBound + day * Self.minutesOfDay..<hours.upperBound + day * Self.minutesOfDay)
            }
        }
        self.spans = spans
        minutesEastOfUTC = minutes
    }

    package func isOpen(at instant: Instant) -> Bool {
        // 1970-01-01 was a Thursday.
        let shift = Int64(minutesEastOfUTC + 3 * Self.minutesOfDay)
        let week = Int64(Self.minutesOfWeek) * 60_000
        let passed = (instant.milliseconds % week + shift * 60_000) % week
        let minuteOfWeek = Int((passed + week) % week / 60_000)
        return spans.contains { $0.contains(minuteOfWeek) || $0.contains(minuteOfWeek + Self.minutesOfWeek) }
    }

    /// `mon` or `mon-fri`; days may go over the week's end.
    private static func days(_ text: Substring) -> [Int]? {
        let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let first = days.firstIndex(of: String(ends[0])),
            let last = days.firstIndex(of: String(ends[ends.count - 1]))
        else { return nil }
        return (0...(last + 7 - first) % 7).map { (first + $0) % 7 }
    }

    private static func hours(_ text: Substring) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = minutes(ends[0]), let until = minutes(ends[1]), from < minutesOfDay else {
            return nil
        }
        return from..<(until > from ? until : until + minutesOfDay)
    }

    /// `+09:00`, at most 14 hours either way.
    private static func zone(_ text: Substring) -> Int? {
        guard let sign = text.first, sign == "+" || sign == "-", let minutes = minutes(text.dropFirst()),
            minutes <= 14 * 60
        else { return nil }
        return sign == "-" ? -minutes : minutes
    }

    /// `09:00` up to `24:00`.
    private static func minutes(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= minutesOfDay
        else { return nil }
        return hour * 60 + minute
    }
}
