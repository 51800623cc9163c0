// Times as operators type them.

import SangdamCore
import Testing

@testable import SangdamHours

@Suite("Written times")
struct WrittenTimeTests {
    /// It is 2026-12-31T20:00 in Seoul.
    @Test(
        "By the clock on the wall, or with a distance from UTC",
        arguments: [
            ("21:00", "2026-12-31T12:00"), ("20:00", "2027-01-01T11:00"), ("19:59", "2027-01-01T10:59"),
            ("00:00", "2026-12-31T15:00"), ("2027-01-02T09:30", "2027-01-02T00:30"),
            ("2027-01-02T09:30Z", "2027-01-02T09:30"), ("2027-01-02T09:30+01:00", "2027-01-02T08:30"),
            ("2027-01-02T09:30-03:30", "2027-01-02T13:00"), ("2026-12-31T19:00", "2026-12-31T10:00"),
        ])
    func times(text: String, at: String) throws {
        var plan = HoursPlan()
        plan.zone = try zone("Asia/Seoul")
        #expect(plan.instant(text, after: try instant("2026-12-31T11:00"))?.minute == at)
    }

    @Test("A time that clocks skip is when they do")
    func skipped() throws {
        var plan = HoursPlan()
        plan.zone = try zone("Europe/Berlin")
        #expect(plan.instant("02:30", after: try instant("2026-03-29T00:00"))?.minute == "2026-03-29T01:00")
    }

    @Test("Without a zone clocks show UTC")
    func withoutZone() throws {
        #expect(HoursPlan().instant("09:00", after: try instant("2026-12-31T09:00"))?.minute == "2027-01-01T09:00")
    }

    @Test(
        "What is no time",
        arguments: [
            "", "9:00", "24:00", "09:60", "09:00Z", "09:00:00", "tomorrow", "2027-02-29T09:00", "2027-01-02",
            "2027-01-02T09:00+9", "2027-01-02T09:00 +09:00", "2027-01-02T09:00TT", "+1:00", "-1:30",
        ])
    func none(text: String) throws {
        #expect(HoursPlan().instant(text, after: try instant("2026-12-31T09:00")) == nil)
    }
}
