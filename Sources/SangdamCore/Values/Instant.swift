// Desk time. The core never reads a clock: every instant comes in as an argument, from the one clock of the server or
// from a simulation.

/// A point in desk time: milliseconds since 1970-01-01T00:00:00Z.
///
/// Desk time never runs backwards, not even over a restart; the server sees to it (see `DeskClock`).
package struct Instant: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package static func + (instant: Instant, interval: Interval) -> Instant {
        let (sum, overflow) = instant.milliseconds.addingReportingOverflow(interval.milliseconds)
        return Instant(milliseconds: overflow ? .max : sum)
    }

    package static func - (later: Instant, earlier: Instant) -> Interval {
        let (difference, overflow) = later.milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return Interval(milliseconds: overflow ? (later > earlier ? .max : .min) : difference)
    }
}

/// A length of time in milliseconds, as exact as the journal's times are (Transcripts.md#A-line).
package struct Interval: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static let zero = Interval(milliseconds: 0)

    package static func seconds(_ seconds: Int64) -> Interval {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        return Interval(milliseconds: overflow ? .max : product)
    }

    /// The length in seconds, as metrics and estimates want it.
    package var seconds: Double { Double(milliseconds) / 1000 }

    package static func < (left: Interval, right: Interval) -> Bool {
        left.milliseconds < right.milliseconds
    }
}
