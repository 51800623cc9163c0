// A time as an operator types it: by the clock on the wall, or with its distance from UTC.

package import SangdamCore

extension HoursPlan {
    /// Reads `18:00` (the next time that clocks show it), `2026-12-31T18:00`, and the latter with `Z` or `+09:00` behind
    /// it. Clocks are those of the zone; without one, UTC's. Nil for anything else.
    package func instant(_ text: String, after now: Instant) -> Instant? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard let last = parts.last, parts.count <= 2, let minute = Self.minute(last.prefix(5)) else { return nil }
        let zoneText = last.dropFirst(5)
        guard parts.count == 2 else {
            guard zoneText.isEmpty else { return nil }
            let today = zone?.day(at: now) ?? Day(number: now.dayOfUTC)
            return (0...2).lazy.map { self.instant(today + $0, minute) }.first { $0 > now }
        }
        guard let day = Day(parts[0]) else { return nil }
        if zoneText.isEmpty { return instant(day, minute) }
        guard let east = Self.minutesEast(zoneText) else { return nil }
        return Instant(milliseconds: (day.number * 1440 + Int64(minute - east)) * 60_000)
    }

    private func instant(_ day: Day, _ minute: Int) -> Instant {
        zone?.opening(of: day, minute: minute)
            ?? Instant(milliseconds: (day.number * 1440 + Int64(minute)) * 60_000)
    }

    /// `18:00`.
    private static func minute(_ text: Substring) -> Int? {
        let bytes = Array(text.utf8)
        guard bytes.count == 5, bytes[2] == UInt8(ascii: ":"),
            [0, 1, 3, 4].allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[$0]) }),
            let hour = Int(text.prefix(2)), let minute = Int(text.suffix(2)), hour < 24, minute < 60
        else { return nil }
        return hour * 60 + minute
    }

    /// `Z` or `+09:00`.
    private static func minutesEast(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-", let minutes = minute(text.dropFirst()) else {
            return nil
        }
        return sign == "-" ? -minutes : minutes
    }
}

extension Instant {
    fileprivate var dayOfUTC: Int64 {
        milliseconds.flooredQuotientAndRemainder(dividingBy: Day.seconds * 1000).quotient
    }
}
