// Weeks, holidays and exceptions into spans of time.

import SangdamCore
import Testing

@testable import SangdamHours

@Suite("Hours")
struct HoursTests {
    private static func hours(
        _ weekly: WeeklyHours, holidays: [(String, String, String)] = [], except: [(String, String)] = []
    ) throws -> Hours {
        var hours = Hours(
            weekly: weekly,
            holidays: try holidays.map { first, last, name in
                Holiday(days: try #require(Day(first))...#require(Day(last)), name: name)
            })
        for (day, written) in except { #expect(hours.add(written, on: try #require(Day(day)))) }
        return hours
    }

    private static func spans(_ hours: Hours, _ from: String, _ until: String, in name: String) throws -> [String] {
        let days = try #require(Day(from))...#require(Day(until))
        return hours.spans(days, in: try zone(name)).map(\.written)
    }

    /// 2026-12-28 is a Monday. Spans are written in UTC; Seoul is nine hours ahead.
    struct Row: Sendable, CustomTestStringConvertible {
        let what: String
        let weekly: [String]
        var holidays: [(String, String, String)] = []
        var except: [(String, String)] = []
        var days = ("2026-12-28", "2026-12-29")
        var zone = "Asia/Seoul"
        let spans: [String]

        var testDescription: String { what }
    }

    static let rows = [
        Row(
            what: "working days", weekly: ["Mon-Fri 09:00-18:00"], days: ("2027-01-01", "2027-01-04"),
            spans: ["2027-01-01T00:00–09:00", "2027-01-04T00:00–09:00"]),
        Row(
            what: "a break at noon", weekly: ["Mon 09:00-12:00, 13:00-18:00"], days: ("2026-12-28", "2026-12-28"),
            spans: ["2026-12-28T00:00–03:00", "2026-12-28T04:00–09:00"]),
        Row(
            what: "over midnight, also from the day before the first", weekly: ["Sun-Tue 22:00-02:00"],
            spans: [
                "2026-12-27T13:00–17:00", "2026-12-28T13:00–17:00", "2026-12-29T13:00–17:00",
            ]),
        Row(
            what: "whole days touch, without a hole at 23:59", weekly: ["Mon-Sun 00:00-24:00"],
            spans: ["2026-12-26T15:00–2026-12-29T15:00"]),
        Row(
            what: "an end at midnight and a beginning at midnight are one span",
            weekly: ["Mon 18:00-24:00", "Tue 00:00-06:00"], spans: ["2026-12-28T09:00–21:00"]),
        Row(
            what: "a holiday closes its days", weekly: ["Mon-Fri 09:00-18:00"],
            holidays: [("2026-12-28", "2026-12-28", "휴일")], spans: ["2026-12-29T00:00–09:00"]),
        Row(
            what: "a substitute holiday right behind it does, too", weekly: ["Mon-Fri 09:00-18:00"],
            holidays: [("2026-12-27", "2026-12-27", "휴일"), ("2026-12-28", "2026-12-28", "대체공휴일")],
            spans: ["2026-12-29T00:00–09:00"]),
        Row(
            what: "a night that ends in a holiday ends at midnight; that day's own does not begin",
            weekly: ["Mon-Tue 22:00-02:00"], holidays: [("2026-12-29", "2026-12-29", "휴일")],
            spans: ["2026-12-28T13:00–15:00"]),
        Row(
            what: "an exception wins over a holiday", weekly: ["Mon-Fri 09:00-18:00"],
            holidays: [("2026-12-28", "2026-12-28", "휴일")], except: [("2026-12-28", "09:00-13:00")],
            spans: ["2026-12-28T00:00–04:00", "2026-12-29T00:00–09:00"]),
        Row(
            what: "an exception wins over the week", weekly: ["Mon-Fri 09:00-18:00"],
            except: [("2026-12-28", "closed"), ("2026-12-29", "10:00-11:00,12:00-13:00")],
            spans: ["2026-12-29T01:00–02:00", "2026-12-29T03:00–04:00"]),
        Row(
            what: "a night that ends in an exception ends at midnight", weekly: ["Mon 22:00-02:00"],
            except: [("2026-12-29", "00:30-01:00")],
            spans: ["2026-12-28T13:00–15:00", "2026-12-29T15:30–16:00"].map {
                $0.replacing("2026-12-29T15:30–16:00", with: "2026-12-28T15:30–16:00")
            }),
        Row(
            what: "an exception may go over midnight", weekly: ["Tue 09:00-18:00"],
            except: [("2026-12-28", "20:00-04:00")],
            spans: ["2026-12-28T11:00–19:00", "2026-12-29T00:00–09:00"]),
        Row(
            what: "Berlin, clocks go forward: the day is an hour shorter", weekly: ["Sun 00:00-24:00"],
            days: ("2026-03-29", "2026-03-29"), zone: "Europe/Berlin", spans: ["2026-03-28T23:00–2026-03-29T22:00"]),
        Row(
            what: "Berlin: 02:30 does not exist, so it opens at 03:00", weekly: ["Sun 02:30-06:00"],
            days: ("2026-03-29", "2026-03-29"), zone: "Europe/Berlin", spans: ["2026-03-29T01:00–04:00"]),
        Row(
            what: "Berlin: it closes at 02:30, which is 03:00", weekly: ["Sun 00:00-02:30"],
            days: ("2026-03-29", "2026-03-29"), zone: "Europe/Berlin", spans: ["2026-03-28T23:00–2026-03-29T01:00"]),
        Row(
            what: "Berlin: hours that lie within the gap never are", weekly: ["Sun 02:10-02:50, 04:00-05:00"],
            days: ("2026-03-29", "2026-03-29"), zone: "Europe/Berlin", spans: ["2026-03-29T02:00–03:00"]),
        Row(
            what: "Berlin, clocks go back: 02:30 to 02:45 is from the first to the second", weekly: ["Sun 02:30-02:45"],
            days: ("2026-10-25", "2026-10-25"), zone: "Europe/Berlin", spans: ["2026-10-25T00:30–01:45"]),
        Row(
            what: "Berlin: one that ends and one that begins in that hour are joined",
            weekly: ["Sun 01:00-02:30, 02:30-04:00"], days: ("2026-10-25", "2026-10-25"), zone: "Europe/Berlin",
            spans: ["2026-10-24T23:00–2026-10-25T03:00"]),
        Row(
            what: "Santiago: a day without its midnight begins at 01:00", weekly: ["Sun 00:00-24:00"],
            days: ("2026-09-06", "2026-09-06"), zone: "America/Santiago", spans: ["2026-09-06T04:00–2026-09-07T03:00"]),
        Row(
            what: "Santiago: Saturday's hour before midnight comes twice", weekly: ["Sat 22:00-24:00"],
            days: ("2026-04-04", "2026-04-04"), zone: "America/Santiago", spans: ["2026-04-05T01:00–04:00"]),
        Row(
            what: "Santiago: a night over the change", weekly: ["Sat 22:00-02:00"], days: ("2026-09-05", "2026-09-05"),
            zone: "America/Santiago", spans: ["2026-09-06T02:00–05:00"]),
    ]

    @Test("Spans", arguments: rows)
    func table(row: Row) throws {
        let hours = try Self.hours(
            WeeklyHours(row.weekly) { Issue.record("\($0): \($1)") }, holidays: row.holidays, except: row.except)
        #expect(try Self.spans(hours, row.days.0, row.days.1, in: row.zone) == row.spans)
    }

    @Test("Each day says why")
    func reasons() throws {
        let hours = try Self.hours(
            WeeklyHours("Mon-Fri 09:00-18:00"),
            holidays: [("2026-12-28", "2026-12-30", "긴 휴일"), ("2026-12-28", "2026-12-28", "다른 휴일")],
            except: [("2026-12-30", "09:00-13:00")])
        let days = hours.days(try #require(Day("2026-12-28"))...#require(Day("2026-12-31")))
        #expect(days.map(\.reason) == [.holiday("긴 휴일"), .holiday("긴 휴일"), .exception, .weekly])
        #expect(days.map(\.spans) == [[], [], [540..<780], [540..<1080]])
    }

    @Test(
        "Weeks that cannot be",
        arguments: [
            ([""], 0, "not hours"), (["Mon-Fri"], 0, "not hours"), (["09:00-18:00"], 0, "not hours"),
            (["Mon 9:00-18:00"], 0, "not hours"), (["Mon 09:00-24:01"], 0, "not hours"),
            (["Mon 24:00-02:00"], 0, "not hours"), (["Mon 09:00-09:00"], 0, "not hours"),
            (["Moon 09:00-18:00"], 0, "not hours"), (["Mon 09:00-18:00,"], 0, "not hours"),
            (["Mon Tue 09:00-18:00"], 0, "not hours"), (["Mon 09:00-12:00", "x"], 1, "not hours"),
            (["Mon-Fri 09:00-18:00", "Fri 17:59-20:00"], 1, "Mon-Fri 09:00-18:00 / Fri 17:59-20:00"),
            (["Fri 22:00-02:00", "Sat 01:00-05:00"], 1, "Fri 22:00-02:00 / Sat 01:00-05:00"),
            (["Mon 00:00-01:00", "Sun 22:00-02:00"], 1, "Mon 00:00-01:00 / Sun 22:00-02:00"),
            (["Sun 22:00-02:00", "Mon 01:00-03:00"], 1, "Sun 22:00-02:00 / Mon 01:00-03:00"),
            (["Mon 09:00-12:00, 11:00-18:00"], 0, "Mon 09:00-12:00 / 11:00-18:00"),
        ] as [([String], Int, String)])
    func brokenWeeks(lines: [String], line: Int, what: String) {
        var found: [(Int, String)] = []
        _ = WeeklyHours(lines) { line, fault in
            switch fault {
            case .notHours: found.append((line, "not hours"))
            case .overlap(let one, let other): found.append((line, "\(one) / \(other)"))
            }
        }
        #expect(found.map(\.0) == [line])
        #expect(found.map(\.1) == [what])
    }

    @Test(
        "Exceptions that cannot be", arguments: ["", "Closed!", "9-13", "09:00-13:00,12:00-14:00", "Mon 09:00-13:00"])
    func brokenExceptions(written: String) throws {
        var hours = Hours(weekly: WeeklyHours("Mon 09:00-18:00"))
        #expect(!hours.add(written, on: try #require(Day("2026-12-28"))))
    }

    @Test(
        "Days", arguments: [("2026-12-31", true), ("2026-02-29", false), ("2028-02-29", true), ("2026-1-1", false)])
    func days(text: String, isDay: Bool) {
        #expect(Day(text)?.text == (isDay ? text : nil))
    }
}
