// When a queue or a contact is open, as values: spans for the days ahead, in the time of the clock on the wall, which
// desk time need not show. Weeks, holidays and the zone's clock changes become these outside the core, where the
// machine's zone data is, and anew each day.

/// The spans in which something is open.
package struct Schedule: Sendable, Equatable {
    /// Rising, and no two touch: between two of them it is closed.
    private let spans: [Range<Instant>]
    /// From here on nobody has computed anything. Until newer spans come, all stays as it was just before.
    package let knownUntil: Instant

    /// What begins at or after `knownUntil` is not looked at, and a span that reaches it has no end that is known.
    package init(spans: [Range<Instant>], knownUntil: Instant) {
        self.spans = spans.filter { $0.lowerBound < knownUntil }
        self.knownUntil = knownUntil
    }

    package func isOpen(at instant: Instant) -> Bool {
        let next = firstIndex(after: instant)
        guard next > 0 else { return false }
        return instant < spans[next - 1].upperBound || spans[next - 1].upperBound >= knownUntil
    }

    /// When it opens or closes next; nil when no such moment is known.
    package func nextChange(after instant: Instant) -> Instant? {
        let next = firstIndex(after: instant)
        if next > 0, instant < spans[next - 1].upperBound {
            return spans[next - 1].upperBound < knownUntil ? spans[next - 1].upperBound : nil
        }
        return next < spans.count ? spans[next].lowerBound : nil
    }

    /// When it will have been open for `length` since `start`. What nobody has computed yet counts as open.
    package func instant(afterOpen length: Interval, since start: Instant) -> Instant {
        var (left, at) = (length.milliseconds, start)
        for span in spans[max(0, firstIndex(after: start) - 1)...] {
            let (from, until) = (max(at, span.lowerBound), min(span.upperBound, knownUntil))
            guard until > from else { continue }
            let open = (until - from).milliseconds
            if left <= open { return from + Interval(milliseconds: left) }
            left -= open
            at = until
        }
        return max(at, knownUntil) + Interval(milliseconds: left)
    }

    /// The index of the first span that begins after `instant`.
    private func firstIndex(after instant: Instant) -> Int {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].lowerBound <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// What the desk knows of hours: the schedules by their names, and how the clock on its wall stands.
///
/// It is no part of the configuration: the same hours have other spans tomorrow.
package struct Timetable: Sendable, Equatable {
    package var schedules: [String: Schedule]
    /// Of the desk's time zone, rising; the first holds before its beginning, too. None is UTC.
    package var offsets: [UTCOffset]
    /// How far desk time is ahead of the clock on the wall, which may have been set. Below zero when it is behind.
    package var lead: Interval

    package init(schedules: [String: Schedule] = [:], offsets: [UTCOffset] = [], lead: Interval = .zero) {
        self.schedules = schedules
        self.offsets = offsets
        self.lead = lead
    }

    /// What the clock on the wall shows.
    package func wall(at now: Instant) -> Instant { now + Interval(milliseconds: -lead.milliseconds) }

    package func minutesEastOfUTC(at instant: Instant) -> Int {
        (offsets.last { $0.since <= instant } ?? offsets.first)?.minutesEastOfUTC ?? 0
    }
}

/// How far the local clock is ahead of UTC from an instant on.
package struct UTCOffset: Sendable, Equatable {
    package let since: Instant
    package let minutesEastOfUTC: Int

    package init(since: Instant, minutesEastOfUTC: Int) {
        self.since = since
        self.minutesEastOfUTC = minutesEastOfUTC
    }
}
