// What holds behind a zone's last written change: the text at the end of its data, such as `CET-1CEST,M3.5.0,M10.5.0/3`
// (POSIX.1-2024 §8.3, with the hours from -167 to 167 of RFC 9636 §3.3.1).

internal import SangdamCore

/// Offsets that change twice a year, or never.
struct ZoneRule: Sendable, Equatable {
    private struct Change: Sendable, Equatable {
        enum Date: Sendable, Equatable {
            /// 1 to 365; the 29th of February is never counted.
            case julian(Int)
            /// 0 to 365.
            case ordinal(Int)
            /// The nth weekday of the month, 0 is Sunday; the fifth is the last.
            case weekday(month: Int, week: Int, day: Int)
        }

        let date: Date
        let localSeconds: Int64

        /// Local seconds since 1970 by the clock that holds before the change.
        func seconds(in year: Int64) -> Int64 {
            let first = daysSince1970(year: year, month: 1, day: 1)
            let day: Int64 =
                switch date {
                case .julian(let number):
                    first + Int64(number) - 1
                        + (number >= 60 && daysSince1970(year: year, month: 3, day: 1) - first == 60 ? 1 : 0)
                case .ordinal(let number): first + Int64(number)
                case .weekday(let month, let week, let weekday):
                    Self.weekday(weekday, week: week, month: month, year: year)
                }
            return day * Day.seconds + localSeconds
        }

        private static func weekday(_ weekday: Int, week: Int, month: Int, year: Int64) -> Int64 {
            let first = daysSince1970(year: year, month: Int64(month), day: 1)
            let next =
                month == 12
                ? daysSince1970(year: year + 1, month: 1, day: 1)
                : daysSince1970(year: year, month: Int64(month) + 1, day: 1)
            // Day 0 was a Thursday, the fourth behind Sunday.
            let firstWeekday = (first + 4).flooredQuotientAndRemainder(dividingBy: 7).remainder
            let found = first + (Int64(weekday) + 7 - firstWeekday) % 7 + 7 * Int64(week - 1)
            return found < next ? found : found - 7
        }
    }

    private struct Summer: Sendable, Equatable {
        let offset: Int
        let begin: Change
        let end: Change
    }

    /// What holds where nothing changes, in seconds ahead of UTC.
    let standard: Int
    private let summer: Summer?

    /// The changes of a year, in their order, in seconds since 1970.
    func changes(in year: Int64) -> [(at: Int64, offset: Int)] {
        guard let summer else { return [] }
        let begin = (summer.begin.seconds(in: year) - Int64(standard), summer.offset)
        let end = (summer.end.seconds(in: year) - Int64(summer.offset), standard)
        return begin.0 < end.0 ? [begin, end] : [end, begin]
    }

    /// Nil when it is no such text.
    init?(_ text: some StringProtocol) {
        var rest = Array(text.utf8)[...]
        guard Self.skipName(&rest), let standard = Self.time(&rest, hours: 24) else { return nil }
        self.standard = Int(-standard)
        guard !rest.isEmpty else {
            summer = nil
            return
        }
        guard Self.skipName(&rest) else { return nil }
        var offset = self.standard + 3600
        if rest.first != UInt8(ascii: ",") {
            guard let given = Self.time(&rest, hours: 24) else { return nil }
            offset = Int(-given)
        }
        guard let begin = Self.change(&rest), let end = Self.change(&rest), rest.isEmpty else { return nil }
        summer = Summer(offset: offset, begin: begin, end: end)
    }

    /// `CET` or `<+0330>`.
    private static func skipName(_ rest: inout ArraySlice<UInt8>) -> Bool {
        if rest.first == UInt8(ascii: "<") {
            guard let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return false }
            rest = rest[(end + 1)...]
            return true
        }
        let name = rest.prefix { ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z") }
        rest = rest.dropFirst(name.count)
        return !name.isEmpty
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, upTo limit: Int) -> Int? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...4).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)),
            number <= limit
        else { return nil }
        rest = rest.dropFirst(digits.count)
        return number
    }

    private static func skip(_ character: Unicode.Scalar, _ rest: inout ArraySlice<UInt8>) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `-3`, `5:30`, `+01:02:03`, in seconds.
    private static func time(_ rest: inout ArraySlice<UInt8>, hours limit: Int) -> Int64? {
        let isNegative = skip("-", &rest)
        if !isNegative { _ = skip("+", &rest) }
        guard let hours = number(&rest, upTo: limit) else { return nil }
        var seconds = Int64(hours) * 3600
        for unit: Int64 in [60, 1] {
            guard skip(":", &rest) else { break }
            guard let part = number(&rest, upTo: 59) else { return nil }
            seconds += Int64(part) * unit
        }
        return isNegative ? -seconds : seconds
    }

    /// `,M3.5.0/2`, `,J60` or `,59`.
    private static func change(_ rest: inout ArraySlice<UInt8>) -> Change? {
        guard skip(",", &rest) else { return nil }
        let date: Change.Date
        if skip("M", &rest) {
            guard let month = number(&rest, upTo: 12), month > 0, skip(".", &rest),
                let week = number(&rest, upTo: 5), week > 0, skip(".", &rest), let day = number(&rest, upTo: 6)
            else { return nil }
            date = .weekday(month: month, week: week, day: day)
        } else if skip("J", &rest) {
            guard let number = number(&rest, upTo: 365), number > 0 else { return nil }
            date = .julian(number)
        } else {
            guard let number = number(&rest, upTo: 365) else { return nil }
            date = .ordinal(number)
        }
        guard skip("/", &rest) else { return Change(date: date, localSeconds: 2 * 3600) }
        guard let time = time(&rest, hours: 167) else { return nil }
        return Change(date: date, localSeconds: time)
    }
}
