// When somebody answers a telephone. Days and hours stand at a fixed distance from UTC, so that the desk needs no
// database of time zones; where clocks change twice a year, so must the configuration. Holidays that the moon decides
// are nothing to compute either: the days that are no working days are listed.

/// The hours of a week in which a contact is open, and the days on which it is not.
///
/// Written as `Mon-Fri 09:00-18:00, Sat 10:00-14:00 +09:00`, or `always`. An end before or at its beginning is on the
/// next day; `24:00` is midnight. Behind `except` stand days, such as `2027-02-06..2027-02-09 2027-03-01`, in the local
/// time that the offset gives: these are closed from midnight to midnight, and hours that would begin on one of them do
/// not begin. `always` needs an offset too then: `always +09:00 except 2027-01-01`.
package struct OpeningHours: Sendable, Equatable {
    /// Why a text says no opening hours.
    package enum Fault: Error, Sendable, Equatable {
        /// The week itself cannot be read.
        case notHours
        /// `always except` without the offset by which a day begins.
        case noOffset
        /// Nothing stands behind `except`.
        case noDays
        case tooManyDays
        /// What stands there is no day of the calendar, nor two with `..` between them.
        case notADay(String)
        /// A range whose last day is before its first.
        case endsBeforeItBegins(String)
    }

    /// Days and ranges of days behind `except`; more than anybody lists for years.
    package static let exceptLimit = 200

    /// Minutes of a week that begins on Monday at 00:00. Each is at most a day long, so that an end may lie on the day
    /// after its beginning and beyond the week's.
    private let spans: [Range<Int>]
    /// Days since 1970-01-01, local ones.
    private let closedDays: [ClosedRange<Int64>]
    private let minutesEastOfUTC: Int

    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    private static let minutesOfDay = 24 * 60
    private static let minutesOfWeek = 7 * minutesOfDay
    private static let millisecondsOfDay: Int64 = 24 * 60 * 60 * 1000

    /// Reads the written form.
    package init(_ text: String) throws(Fault) {
        let words = text.split(separator: " ")
        let end = words.firstIndex { $0.lowercased() == "except" } ?? words.endIndex
        let hasExcept = end < words.endIndex
        var week = words[..<end]
        let isAlways = week.first?.lowercased() == "always"
        if isAlways, week.count == 1 {
            guard !hasExcept else { throw .noOffset }
            week.append("+00:00")
        }
        guard let zone = week.popLast(), let minutes = Self.zone(zone),
            let spans = isAlways && week.count == 1 ? Self.everyHour : Self.spans(week)
        else { throw .notHours }
        self.spans = spans
        minutesEastOfUTC = minutes
        closedDays = hasExcept ? try Self.closedDays(words[(end + 1)...]) : []
    }

    package func isOpen(at instant: Instant) -> Bool {
        let (dayOfUTC, passed) = instant.milliseconds.flooredQuotientAndRemainder(dividingBy: Self.millisecondsOfDay)
        let (shift, millisecondOfDay) = (passed + Int64(minutesEastOfUTC) * 60_000)
            .flooredQuotientAndRemainder(dividingBy: Self.millisecondsOfDay)
        let day = dayOfUTC + shift
        guard !isClosed(day) else { return false }
        // 1970-01-01 was a Thursday.
        let weekday = Int((day + 3).flooredQuotientAndRemainder(dividingBy: 7).remainder)
        let minuteOfWeek = weekday * Self.minutesOfDay + Int(millisecondOfDay / 60_000)
        return spans.contains { span in
            // The second: what began on Sunday, seen from Monday.
            [minuteOfWeek, minuteOfWeek + Self.minutesOfWeek].contains { minute in
                guard span.contains(minute) else { return false }
                let daysAgo = minute / Self.minutesOfDay - span.lowerBound / Self.minutesOfDay
                return !isClosed(day - Int64(daysAgo))
            }
        }
    }

    private func isClosed(_ day: Int64) -> Bool {
        closedDays.contains { $0.contains(day) }
    }
}

// MARK: - The written form

extension OpeningHours {
    private static let everyHour = (0..<7).map { $0 * minutesOfDay..<($0 + 1) * minutesOfDay }

    private static func spans(_ words: ArraySlice<Substring>) -> [Range<Int>]? {
        var spans: [Range<Int>] = []
        for rule in words.joined(separator: " ").split(separator: ",", omittingEmptySubsequences: false) {
            let parts = rule.split(separator: " ")
            guard parts.count == 2, let days = days(parts[0]), let hours = hours(parts[1]) else { return nil }
            for day in days {
                spans.append(hours.lowerBound + day * minutesOfDay..<hours.upperBound + day * minutesOfDay)
            }
        }
        return spans
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

    private static func closedDays(_ words: ArraySlice<Substring>) throws(Fault) -> [ClosedRange<Int64>] {
        guard !words.isEmpty else { throw .noDays }
        guard words.count <= exceptLimit else { throw .tooManyDays }
        var days: [ClosedRange<Int64>] = []
        for word in words {
            let ends = word.split(separator: ".", omittingEmptySubsequences: false)
            guard ends.count == 1 || ends.count == 3 && ends[1].isEmpty, let first = day(ends[0]),
                let last = day(ends[ends.count - 1])
            else { throw .notADay(String(word)) }
            guard first <= last else { throw .endsBeforeItBegins(String(word)) }
            days.append(first...last)
        }
        return days
    }

    /// `2027-02-06`, which has to be in the calendar.
    private static func day(_ text: Substring) -> Int64? {
        let midnight = Instant(rfc3339: Array("\(text)T00:00:00.000Z".utf8))
        return midnight.map { $0.milliseconds.flooredQuotientAndRemainder(dividingBy: millisecondsOfDay).quotient }
    }
}

extension OpeningHours {
    func add(to print: inout Fingerprint) {
        print.add(minutesEastOfUTC)
        print.add(spans.count)
        for span in spans {
            print.add(span.lowerBound)
            print.add(span.upperBound)
        }
        print.add(closedDays.count)
        for days in closedDays {
            print.add(days.lowerBound)
            print.add(days.upperBound)
        }
    }
}
