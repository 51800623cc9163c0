// Times as people say them: an estimate, a promise, a number of whole seconds or minutes.

internal import SangdamCore

/// An estimate as people say it: whole minutes, or hours once minutes say nothing any more.
enum WaitWords: Equatable {
    case underAMinute
    case minutes(low: Int, high: Int)
    case hours(low: Int, high: Int)

    init(_ estimate: WaitEstimate) {
        let low = max(0, estimate.lowSeconds)
        let high = max(low, estimate.highSeconds)
        if high < 60 {
            self = .underAMinute
        } else if high <= 90 * 60 {
            self = .minutes(low: max(1, low / 60), high: Self.roundedUp(high, by: 60))
        } else {
            self = .hours(low: max(1, low / 3600), high: Self.roundedUp(high, by: 3600))
        }
    }

    private static func roundedUp(_ seconds: Int, by unit: Int) -> Int {
        seconds / unit + (seconds % unit == 0 ? 0 : 1)
    }

    /// `3` or `3–5`.
    static func range(_ low: Int, _ high: Int) -> String {
        low == high ? "\(low)" : "\(low)–\(high)"
    }
}

/// A promised length of time as people say it: whole units that it does not fall short of.
enum LengthWords: Equatable {
    case seconds(Int64)
    case minutes(Int64)
    case hours(Int64)

    /// Nil for less than a second.
    init?(promised interval: Interval) {
        let seconds = interval.milliseconds / 1000
        switch seconds {
        case ..<1: return nil
        case ..<120: self = seconds == 60 ? .minutes(1) : .seconds(seconds)
        case ..<7200: self = seconds == 3600 ? .hours(1) : .minutes(seconds / 60)
        default: self = .hours(seconds / 3600)
        }
    }
}

extension Interval {
    /// Whole seconds, never less than one: for "try again in …".
    var wholeSeconds: Int64 {
        max(1, milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0))
    }

    /// Whole minutes, never less than one: for "ends in …".
    var wholeMinutes: Int64 {
        max(1, milliseconds / 60_000 + (milliseconds % 60_000 > 0 ? 1 : 0))
    }
}
