// When a contact is open, at instants of one week in Seoul and elsewhere.

import Testing

@testable import SangdamCore

@Suite struct OpeningHoursTests {
    private static let office = "Mon-Fri 09:00-18:00, Sat 10:00-14:00 +09:00"

    /// 2026-11-22 is a Sunday.
    @Test(
        arguments: [
            (office, "2026-11-22T00:30:00.000Z", false),  // Sunday 09:30 in Seoul
            (office, "2026-11-22T23:59:59.999Z", false),  // Monday 08:59
            (office, "2026-11-23T00:00:00.000Z", true),
            (office, "2026-11-23T08:59:59.999Z", true),
            (office, "2026-11-23T09:00:00.000Z", false),
            (office, "2026-11-28T04:59:00.000Z", true),  // Saturday 13:59
            (office, "2026-11-28T05:00:00.000Z", false),
            ("always", "2026-11-22T00:30:00.000Z", true),
            ("Sun 22:00-06:00 +00:00", "2026-11-22T22:00:00.000Z", true),
            ("Sun 22:00-06:00 +00:00", "2026-11-23T05:59:00.000Z", true),
            ("Sun 22:00-06:00 +00:00", "2026-11-23T06:00:00.000Z", false),
            ("Sat-Mon 00:00-24:00 -05:30", "2026-11-21T05:29:00.000Z", false),
            ("Sat-Mon 00:00-24:00 -05:30", "2026-11-21T05:30:00.000Z", true),
            ("Sat-Mon 00:00-24:00 -05:30", "2026-11-24T05:29:00.000Z", true),
            ("Thu 00:00-00:01 +00:00", "1969-12-25T00:00:30.000Z", true),
        ] as [(String, String, Bool)])
    func isOpen(hours: String, instant: String, isOpen: Bool) throws {
        let instant = try #require(Instant(rfc3339: Array(instant.utf8)))
        #expect(try #require(OpeningHours(hours)).isOpen(at: instant) == isOpen)
    }

    @Test(arguments: [
        "", "never", "Mon 09:00-18:00", "09:00-18:00 +09:00", "Mon 9:00-18:00 +09:00", "Mon 09:00-24:01 +09:00",
        "Mon 24:00-25:00 +09:00", "Mon-Tue-Wed 09:00-18:00 +09:00", "Mon- 09:00-18:00 +09:00",
        "Mon 09:00-18:00, +09:00", "Mon 09:00-18:00 +15:00", "Mon 09:00-18:00 KST", "Mon 09:60-18:00 +09:00",
        "월 09:00-18:00 +09:00",
    ])
    func isNone(text: String) { #expect(OpeningHours(text) == nil) }
}
