// Time: arithmetic that does not overflow, and RFC 3339 both ways.

import SangdamCore
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z"),
        (1, "1970-01-01T00:00:00.001Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_399_999, "2000-02-28T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
        (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
        (1_795_334_400_123, "2026-11-22T08:00:00.123Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
    ])
    func rfc3339(_ milliseconds: Int64, _ text: String) {
        #expect(Instant(milliseconds: milliseconds).rfc3339 == text)
        #expect(Instant(rfc3339: text.utf8) == Instant(milliseconds: milliseconds))
    }

    @Test func whatTheFormCannotHoldIsWrittenAsTheNearest() {
        #expect(Instant(milliseconds: .max).rfc3339 == "9999-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: .min).rfc3339 == "0000-01-01T00:00:00.000Z")
    }

    @Test(arguments: [
        "", "2026-11-22T08:00:00Z", "2026-11-22T08:00:00.12Z", "2026-11-22T08:00:00.1234Z",
        "2026-11-22 08:00:00.123Z", "2026-11-22T08:00:00.123z", "2026-11-22T08:00:00,123Z",
        "2026-11-22T08:00:00.123+", "2026/11/22T08:00:00.123Z",
        // Days and hours that do not exist, and a leap second, which desk time has not.
        "2026-00-22T08:00:00.123Z", "2026-13-22T08:00:00.123Z", "2026-11-00T08:00:00.123Z",
        "2026-11-31T08:00:00.123Z", "2023-02-29T08:00:00.123Z", "1900-02-29T08:00:00.123Z",
        "2026-11-22T24:00:00.000Z", "2026-11-22T08:60:00.123Z", "2026-11-22T08:00:60.123Z",
        "-026-11-22T08:00:00.123Z", "2026-11-2ZT08:00:00.123Z", "２６-11-22T08:00:00.123Z",
    ])
    func notATime(_ text: String) {
        #expect(Instant(rfc3339: text.utf8) == nil)
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        for day in stride(from: Int64(-40_000), to: 110_000, by: 13) {
            let instant = Instant(milliseconds: day * 86_400_000 + 43_200_001)
            #expect(Instant(rfc3339: instant.rfc3339.utf8) == instant)
        }
    }

    /// Every month's first and last day of all the years that can be written, reckoned by counting.
    @Test func everyMonthHasItsDays() {
        var day = Instant(milliseconds: -62_167_219_200_000)
        var wrong: [String] = []
        for year in 0...9999 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, days) in zip(1...12, [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) {
                let prefix = String(String(10_000 + year).dropFirst()) + "-" + String(String(100 + month).dropFirst())
                if day.rfc3339 != prefix + "-01T00:00:00.000Z" { wrong.append(day.rfc3339) }
                day = day + .seconds(Int64(days) * 86_400)
                let last = Instant(milliseconds: day.milliseconds - 1).rfc3339
                if last != prefix + "-\(days)T23:59:59.999Z" { wrong.append(last) }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test func arithmeticStaysWithinItsBounds() {
        let end = Instant(milliseconds: .max)
        #expect(end + .seconds(1) == end)
        #expect(Interval.seconds(.max).milliseconds == .max)
        #expect((end - Instant(milliseconds: -1)).milliseconds == .max)
        #expect((Instant(milliseconds: .min) - Instant(milliseconds: 1)).milliseconds == .min)
        #expect((Instant(milliseconds: 1500) - Instant(milliseconds: 0)).seconds == 1.5)
    }
}
