// When a contact is open, at instants of one week in Seoul and elsewhere, and on the days that are listed as closed.

import Testing

@testable import SangdamCore

@Suite struct OpeningHoursTests {
    private static let office = "Mon-Fri 09:00-18:00, Sat 10:00-14:00 +09:00"
    /// Seollal, with its days before and after, and Independence Movement Day, a Monday.
    private static let holidays = office + " except 2027-02-06..2027-02-09 2027-03-01"
    private static let nights = "Mon-Sun 22:00-06:00 +00:00 except 2026-12-25"

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
            ("Always +09:00", "2026-11-22T00:30:00.000Z", true),
            ("Sun 22:00-06:00 +00:00", "2026-11-22T22:00:00.000Z", true),
            ("Sun 22:00-06:00 +00:00", "2026-11-23T05:59:00.000Z", true),
            ("Sun 22:00-06:00 +00:00", "2026-11-23T06:00:00.000Z", false),
            ("Sat-Mon 00:00-24:00 -05:30", "2026-11-21T05:29:00.000Z", false),
            ("Sat-Mon 00:00-24:00 -05:30", "2026-11-21T05:30:00.000Z", true),
            ("Sat-Mon 00:00-24:00 -05:30", "2026-11-24T05:29:00.000Z", true),
            ("Thu 00:00-00:01 +00:00", "1969-12-25T00:00:30.000Z", true),
            // Holidays, by the day in Seoul
            (holidays, "2027-02-05T08:59:00.000Z", true),  // Friday 17:59
            (holidays, "2027-02-06T03:00:00.000Z", false),  // Saturday noon, the first
            (holidays, "2027-02-08T03:00:00.000Z", false),  // Monday noon
            (holidays, "2027-02-09T08:59:00.000Z", false),  // Tuesday 17:59, the last
            (holidays, "2027-02-09T23:59:00.000Z", false),  // Wednesday 08:59
            (holidays, "2027-02-10T00:00:00.000Z", true),
            (holidays, "2027-02-26T03:00:00.000Z", true),
            (holidays, "2027-03-01T00:00:00.000Z", false),
            (holidays, "2027-03-02T00:00:00.000Z", true),
            (holidays, "2028-02-07T03:00:00.000Z", true),  // a year later
            // Midnight is Seoul's, not UTC's
            ("always +09:00 except 2027-01-01", "2026-12-31T14:59:59.999Z", true),
            ("always +09:00 except 2027-01-01", "2026-12-31T15:00:00.000Z", false),
            ("always +09:00 except 2027-01-01", "2027-01-01T14:59:59.999Z", false),
            ("always +09:00 except 2027-01-01", "2027-01-01T15:00:00.000Z", true),
            ("always -10:00 EXCEPT 2027-01-01..2027-01-01", "2027-01-01T09:59:00.000Z", true),
            ("always -10:00 except 2027-01-01", "2027-01-01T10:00:00.000Z", false),
            ("always +00:00 except 2028-02-28 2028-03-01", "2028-02-29T12:00:00.000Z", true),
            // A night: the one before ends at midnight, and that of the day itself does not begin
            (nights, "2026-12-24T23:59:00.000Z", true),
            (nights, "2026-12-25T00:00:00.000Z", false),
            (nights, "2026-12-25T05:00:00.000Z", false),
            (nights, "2026-12-25T22:00:00.000Z", false),
            (nights, "2026-12-26T05:59:00.000Z", false),
            (nights, "2026-12-26T22:00:00.000Z", true),
            ("Sun 22:00-06:00 +00:00 except 2026-11-22", "2026-11-23T05:00:00.000Z", false),
            ("Sun 22:00-06:00 +00:00 except 2026-11-21", "2026-11-23T05:00:00.000Z", true),
        ] as [(String, String, Bool)])
    func isOpen(hours: String, instant: String, isOpen: Bool) throws {
        let instant = try #require(Instant(rfc3339: Array(instant.utf8)))
        #expect(try OpeningHours(hours).isOpen(at: instant) == isOpen)
    }

    @Test func endsOfTimeAreInstantsToo() throws {
        for milliseconds in [Int64.min, .max] {
            for hours in ["always -14:00 except 2027-01-01", "always +14:00 except 2027-01-01"] {
                #expect(try OpeningHours(hours).isOpen(at: Instant(milliseconds: milliseconds)))
            }
        }
    }

    @Test(arguments: [
        "", "never", "Mon 09:00-18:00", "09:00-18:00 +09:00", "Mon 9:00-18:00 +09:00", "Mon 09:00-24:01 +09:00",
        "Mon 24:00-25:00 +09:00", "Mon-Tue-Wed 09:00-18:00 +09:00", "Mon- 09:00-18:00 +09:00",
        "Mon 09:00-18:00, +09:00", "Mon 09:00-18:00 +15:00", "Mon 09:00-18:00 KST", "Mon 09:60-18:00 +09:00",
        "월 09:00-18:00 +09:00", "always always", "always +09:00 +09:00", "always KST", "+09:00", "except",
        "except 2027-01-01", "Mon 09:00-18:00 except 2027-01-01", "Mon 09:00-18:00 +09:00 2027-01-01",
    ])
    func noHours(text: String) {
        #expect(throws: OpeningHours.Fault.notHours) { try OpeningHours(text) }
    }

    @Test(
        arguments: [
            ("except", .noDays), ("EXCEPT ", .noDays), ("except except", .notADay("except")),
            ("except 2027-02-30", .notADay("2027-02-30")), ("except 2027-02-29", .notADay("2027-02-29")),
            ("except 2027-2-6", .notADay("2027-2-6")), ("except 2027-13-01", .notADay("2027-13-01")),
            ("except 02-06", .notADay("02-06")), ("except 2027-02-06,", .notADay("2027-02-06,")),
            ("except +027-02-06", .notADay("+027-02-06")), ("except 2027/02/06", .notADay("2027/02/06")),
            ("except 2027-02-06...2027-02-09", .notADay("2027-02-06...2027-02-09")),
            ("except 2027-02-06.2027-02-09", .notADay("2027-02-06.2027-02-09")),
            ("except 2027-02-06..", .notADay("2027-02-06..")), ("except ..2027-02-06", .notADay("..2027-02-06")),
            ("except 2027-01-01 설날", .notADay("설날")), ("except 2027-02-06 .. 2027-02-09", .notADay("..")),
            ("except 2027-02-09..2027-02-06", .endsBeforeItBegins("2027-02-09..2027-02-06")),
            ("except" + String(repeating: " 2027-01-01", count: 201), .tooManyDays),
        ] as [(String, OpeningHours.Fault)])
    func noDays(except: String, fault: OpeningHours.Fault) {
        #expect(throws: fault) { try OpeningHours("Mon 09:00-18:00 +09:00 " + except) }
    }

    @Test func alwaysHasNoMidnightWithoutAnOffset() {
        #expect(throws: OpeningHours.Fault.noOffset) { try OpeningHours("always except 2027-01-01") }
    }
}
