// Holiday files: what closes, what is left out, and in which line a fault is.

import Testing

@testable import SangdamHours

@Suite("Holiday files")
struct HolidayFileTests {
    private func file(_ lines: [String], lineEnd: String = "\r\n") -> HolidayFile {
        let text = (["BEGIN:VCALENDAR", "VERSION:2.0"] + lines + ["END:VCALENDAR", ""]).joined(separator: lineEnd)
        return HolidayFile(Array(text.utf8), years: 2026...2028)
    }

    private func event(_ lines: String...) -> [String] { ["BEGIN:VEVENT"] + lines + ["END:VEVENT"] }

    private func written(_ file: HolidayFile) -> [String] {
        file.holidays.map { holiday in
            let (first, last) = (holiday.days.lowerBound.text, holiday.days.upperBound.text)
            return (first == last ? first : "\(first)..\(last)") + " " + holiday.name
        }
    }

    static let closed: [([String], [String])] = [
        (["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260102", "SUMMARY:신정"], ["2026-01-01 신정"]),
        (["DTSTART;VALUE=DATE:20260216", "DTEND;VALUE=DATE:20260219", "SUMMARY:설날"], ["2026-02-16..2026-02-18 설날"]),
        (["DTSTART;VALUE=DATE:20260101", "SUMMARY:a\\, b\\; c"], ["2026-01-01 a, b; c"]),
        (["DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20260101", "SUMMARY:x"], ["2026-01-01 x"]),
        (["DTSTART;VALUE=DATE:20260101", "DURATION:P2D", "SUMMARY:x"], ["2026-01-01..2026-01-02 x"]),
        (["DTSTART:20260101", "SUMMARY:x"], ["2026-01-01 x"]),
        (["DTSTART;VALUE=DATE:20260101", "SUMMARY:two\\nlines \u{1B}[2J"], ["2026-01-01 two lines  [2J"]),
        (["DTSTART;VALUE=DATE:20260101"], ["2026-01-01 "]),
        (["dtstart;value=date:20260101", "summary:x", "LOCATION:"], ["2026-01-01 x"]),
        (["DTSTART;VALUE=DATE:20260101", "SUMMARY:fol", " ded", "TRANSP:TRANSPARENT"], ["2026-01-01 folded"]),
        (["DTSTART;VALUE=DATE:20260101", "SUMMARY:x", "STATUS:CONFIRMED"], ["2026-01-01 x"]),
        (["DTSTART;VALUE=DATE:20260101", "SUMMARY:x", "STATUS:CANCELLED"], []),
        (
            ["DTSTART;VALUE=DATE:20260101", "BEGIN:VALARM", "DURATION:PT5M", "SUMMARY:y", "END:VALARM", "SUMMARY:x"],
            ["2026-01-01 x"]
        ),
        (
            ["DTSTART;VALUE=DATE:20000301", "RRULE:FREQ=YEARLY", "SUMMARY:삼일절"],
            ["2026-03-01 삼일절", "2027-03-01 삼일절", "2028-03-01 삼일절"]
        ),
        (
            ["DTSTART;VALUE=DATE:20271224", "DTEND;VALUE=DATE:20271227", "RRULE:FREQ=YEARLY;COUNT=1", "SUMMARY:x"],
            ["2027-12-24..2027-12-26 x"]
        ),
        (
            ["DTSTART;VALUE=DATE:20001123", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "SUMMARY:Thanksgiving"],
            ["2026-11-26 Thanksgiving", "2027-11-25 Thanksgiving", "2028-11-23 Thanksgiving"]
        ),
    ]

    @Test("What closes", arguments: closed)
    func closing(lines: [String], days: [String]) {
        for lineEnd in ["\r\n", "\n"] {
            let file = file(["BEGIN:VEVENT"] + lines + ["END:VEVENT"], lineEnd: lineEnd)
            #expect(file.faults == [])
            #expect(file.warnings == [])
            #expect(written(file) == days)
        }
    }

    static let refused: [([String], Int, String)] = [
        (["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=WEEKLY"], 5, "only `FREQ=YEARLY`"),
        (["DTSTART;VALUE=DATE:20260101", "SUMMARY:x", "RRULE:FREQ=SOMETIMES"], 6, "`RRULE` is not understood"),
        (["DTSTART;VALUE=DATE:00010101", "RRULE:FREQ=YEARLY;BYDAY=MO"], 5, "more than 10000 days since its `DTSTART`"),
        (["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], 5, "no day in the calendar"),
        (["DTSTART;VALUE=DATE:20260101", "RDATE;VALUE=DATE:20260102"], 5, "`RDATE` is not understood here"),
        (
            ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20270101"], 6,
            "`EXDATE` is not understood here"
        ),
        (
            ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=YEARLY", "RRULE:FREQ=YEARLY"], 5,
            "`RRULE` stands more than once"
        ),
        (["DTSTART;VALUE=DATE:2026010", "SUMMARY:x"], 4, "`DTSTART` is not understood"),
        (["DTSTART;VALUE=DATE:20260231", "SUMMARY:x"], 4, "`DTSTART`"),
        (["DTSTART;VALUE=DATE:20260103", "DTEND;VALUE=DATE:20260101"], 5, "`DTEND` ends before the event begins"),
        (["SUMMARY:x"], 3, "no `DTSTART`"),
        (["DTSTART;VALUE=DATE:20260101", "BEGIN:VEVENT"], 5, "may stand in a calendar only"),
        (["DTSTART;VALUE=DATE:20260101", "END:VALARM"], 5, "ends nothing"),
    ]

    @Test("Faults have their line", arguments: refused)
    func faults(lines: [String], line: Int, message: String) {
        let file = file(["BEGIN:VEVENT"] + lines + ["END:VEVENT"])
        #expect(file.faults.first?.line == line)
        #expect(file.faults.first?.message.contains(message) == true, "\(file.faults)")
    }

    @Test(
        "What is no calendar, or half of one",
        arguments: [
            ("", 1, "no iCalendar file"), ("weekly: x\n", 1, "no iCalendar file"),
            ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260101\n", 2, "`BEGIN:VEVENT` has no end"),
            ("BEGIN:VEVENT\nEND:VEVENT\n", 1, "no iCalendar file"),
        ])
    func noCalendar(text: String, line: Int, message: String) {
        let file = HolidayFile(Array(text.utf8), years: 2026...2028)
        #expect(file.faults.map(\.line) == [line])
        #expect(file.faults.first?.message.contains(message) == true, "\(file.faults)")
    }

    @Test("Bytes that are no text are a fault with their line")
    func notText() {
        let bytes = Array("BEGIN:VCALENDAR\nSUMMARY:".utf8) + [0xC3, 0x28] + Array("\nEND:VCALENDAR\n".utf8)
        #expect(HolidayFile(bytes, years: 2026...2026).faults == [.init(line: 2, message: "not UTF-8")])
    }

    @Test("An event with a time of day is left out, and that is said")
    func timed() {
        let file = file(event("DTSTART:20260101T090000Z", "DTEND:20260101T100000Z", "SUMMARY:x"))
        #expect(file.faults == [])
        #expect(file.holidays == [])
        #expect(file.warnings.map(\.line) == [3])
    }

    @Test("A calendar of 100,000 events is refused where the bound is, and soon")
    func crowd() {
        let events = (0..<100_000).flatMap { _ in event("DTSTART;VALUE=DATE:20260101") }
        let file = file(events)
        // The event behind the last that is allowed ends in this line: two lines of heading, three of each.
        let line = 2 + 3 * (HolidayFile.eventLimit + 1)
        #expect(file.faults == [.init(line: line, message: "more than 10000 events")])
    }

    @Test("A file of faults tells the first twenty")
    func manyFaults() {
        #expect(file((0..<1000).flatMap { _ in event("SUMMARY:x") }).faults.count == 20)
    }
}
