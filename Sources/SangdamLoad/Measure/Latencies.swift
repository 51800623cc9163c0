// Latencies in fixed memory: an HDR histogram from 1 ns to an hour, exact to three digits.

internal import Histogram

/// A recorder of latencies in nanoseconds.
package struct Latencies: Sendable {
    private static let highest: UInt64 = 3_600_000_000_000
    private var histogram = Histogram<UInt64>(
        lowestDiscernibleValue: 1, highestTrackableValue: Self.highest, numberOfSignificantValueDigits: .three)

    package init() {}

    /// More than an hour counts as an hour.
    package mutating func record(_ nanoseconds: UInt64) {
        histogram.record(min(nanoseconds, Self.highest))
    }

    package var p99: UInt64 { histogram.valueAtPercentile(99) }

    /// What a report says of them.
    package var summary: LatencySummary {
        guard histogram.totalCount > 0 else { return LatencySummary(count: 0, p50: 0, p99: 0, p999: 0, max: 0) }
        return LatencySummary(
            count: histogram.totalCount, p50: histogram.valueAtPercentile(50), p99: histogram.valueAtPercentile(99),
            p999: histogram.valueAtPercentile(99.9), max: histogram.maxRecorded)
    }
}

/// The percentiles that a report shows, in nanoseconds.
package struct LatencySummary: Sendable, Equatable {
    package let count: UInt64
    package let p50: UInt64
    package let p99: UInt64
    package let p999: UInt64
    package let max: UInt64

    package init(count: UInt64, p50: UInt64, p99: UInt64, p999: UInt64, max: UInt64) {
        self.count = count
        self.p50 = p50
        self.p99 = p99
        self.p999 = p999
        self.max = max
    }
}
