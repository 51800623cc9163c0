// The date of a response (RFC 9110 §5.6.7), such as `Sun, 06 Nov 1994 08:49:37 GMT`.

internal import SangdamCore

extension Instant {
    /// In the form that every HTTP program reads. Years outside 0000–9999 are written as the nearest inside.
    var httpDate: String {
        // `2026-11-22T08:00:00.123Z`, whose parts stand at fixed offsets.
        let utc = rfc3339
        func part(_ start: Int, _ count: Int) -> Substring { utc.dropFirst(start).prefix(count) }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let month = months[(Int(part(5, 2)) ?? 1) - 1]
        // 1970-01-01 was a Thursday.
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let day = (milliseconds - (milliseconds < 0 ? 86_399_999 : 0)) / 86_400_000
        let weekday = weekdays[Int((day % 7 + 7) % 7)]
        return "\(weekday), \(part(8, 2)) \(month) \(part(0, 4)) \(part(11, 8)) GMT"
    }
}
