// Zones whose rules do not change under the tests: files that `zic -b slim` made of tzdata 2025b, so that most of what
// they say of the years to come stands in the rule at their end.

import Foundation
import SangdamCore
import Testing

@testable import SangdamHours

func zone(_ name: String) throws -> Zone {
    try Zone(name: name, tzif: corpus(name.replacing("/", with: ".")))
}

func corpus(_ name: String) throws -> [UInt8] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: tests.appending(path: "Corpora/zones/" + name)))
}

/// `2026-03-29T01:00`, in UTC.
func instant(_ text: String) throws -> Instant {
    try #require(Instant(rfc3339: Array("\(text):00.000Z".utf8)), "\(text)")
}

/// Of `2026-03-29T01:00`, by whatever clock.
func minuteOfDay(_ text: String) throws -> Int {
    Int(try instant(text).milliseconds / 60_000 % 1440)
}

extension Instant {
    /// `2026-03-29T01:00`.
    var minute: String { String(rfc3339.prefix(16)) }
}

extension Range<Instant> {
    /// `2026-03-29T01:00–05:00`, with the day of the end where it is another.
    var written: String {
        let (from, until) = (lowerBound.minute, upperBound.minute)
        return from + "–" + (from.prefix(10) == until.prefix(10) ? String(until.suffix(5)) : until)
    }
}

extension WeeklyHours {
    init(_ lines: String...) {
        self.init(lines) { line, fault in Issue.record("\(lines[line]): \(fault)") }
    }
}
