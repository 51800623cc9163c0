// Zones against what Python's zoneinfo makes of the same files, and the times of day that clocks skip or show twice.

import SangdamCore
import Testing

@testable import SangdamHours

@Suite("Zones")
struct ZoneTests {
    /// Every change of 2026–2030 with the minutes ahead of UTC from then on: Python 3.11, `zoneinfo`, asked for every
    /// half an hour.
    static let python: [(zone: String, changes: [(String, Int)])] = [
        (
            "Europe/Berlin",
            [
                ("2026-01-01T00:00", 60), ("2026-03-29T01:00", 120), ("2026-10-25T01:00", 60),
                ("2027-03-28T01:00", 120),
                ("2027-10-31T01:00", 60), ("2028-03-26T01:00", 120), ("2028-10-29T01:00", 60),
                ("2029-03-25T01:00", 120),
                ("2029-10-28T01:00", 60), ("2030-03-31T01:00", 120), ("2030-10-27T01:00", 60),
            ]
        ),
        (
            "America/Santiago",
            [
                ("2026-01-01T00:00", -180), ("2026-04-05T03:00", -240), ("2026-09-06T04:00", -180),
                ("2027-04-04T03:00", -240),
                ("2027-09-05T04:00", -180), ("2028-04-02T03:00", -240), ("2028-09-03T04:00", -180),
                ("2029-04-08T03:00", -240),
                ("2029-09-02T04:00", -180), ("2030-04-07T03:00", -240), ("2030-09-08T04:00", -180),
            ]
        ),
        (
            "Asia/Seoul",
            [
                ("2026-01-01T00:00", 540)
            ]
        ),
        (
            "Australia/Lord_Howe",
            [
                ("2026-01-01T00:00", 660), ("2026-04-04T15:00", 630), ("2026-10-03T15:30", 660),
                ("2027-04-03T15:00", 630),
                ("2027-10-02T15:30", 660), ("2028-04-01T15:00", 630), ("2028-09-30T15:30", 660),
                ("2029-03-31T15:00", 630),
                ("2029-10-06T15:30", 660), ("2030-04-06T15:00", 630), ("2030-10-05T15:30", 660),
            ]
        ),
        (
            "Africa/Casablanca",
            [
                ("2026-01-01T00:00", 60), ("2026-02-15T02:00", 0), ("2026-03-22T02:00", 60), ("2027-02-07T02:00", 0),
                ("2027-03-14T02:00", 60), ("2028-01-23T02:00", 0), ("2028-03-05T02:00", 60), ("2029-01-14T02:00", 0),
                ("2029-02-18T02:00", 60), ("2029-12-30T02:00", 0), ("2030-02-10T02:00", 60), ("2030-12-22T02:00", 0),
            ]
        ),
    ]

    @Test("The same offsets as Python's, before and behind each change and twice a day", arguments: python)
    func likePython(name: String, changes: [(String, Int)]) throws {
        let zone = try zone(name)
        let table = try changes.map { (at: try instant($0.0), minutes: $0.1) }
        let start = try #require(table.first?.at)
        let days = (0..<2 * 5 * 365).map { start + .seconds($0 * 43_200) }
        for moment in days + table.flatMap({ [$0.at, $0.at + .seconds(-1)] }) where moment >= start {
            let expected = table.last { $0.at <= moment }?.minutes
            #expect(zone.offset(at: moment) / 60 == expected, "\(moment.rfc3339)")
        }
        let listed = zone.offsets(
            from: try #require(Day("2026-01-01")), through: try #require(Day("2030-12-31")))
        #expect(listed.dropFirst().map(\.since) == table.dropFirst().map(\.at))
        #expect(listed.map(\.minutesEastOfUTC) == table.map(\.minutes))
    }

    @Test(
        "A time that clocks skip is the moment in which they do; of one that they show twice, what opens has the first",
        arguments: [
            // Berlin: on 2026-03-29 from 02:00 to 03:00, on 2026-10-25 from 03:00 back to 02:00.
            ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59", "2026-03-29T00:59"),
            ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00", "2026-03-29T01:00"),
            ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", "2026-03-29T01:00"),
            ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00", "2026-03-29T01:00"),
            ("Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59", "2026-10-24T23:59"),
            ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00", "2026-10-25T01:00"),
            ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T01:30"),
            ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", "2026-10-25T02:00"),
            // Santiago: on 2026-09-06 from 00:00 to 01:00, so that the day has no midnight; on 2026-04-04 from 24:00
            // back to 23:00.
            ("America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00", "2026-09-06T04:00"),
            ("America/Santiago", "2026-09-06T00:30", "2026-09-06T04:00", "2026-09-06T04:00"),
            ("America/Santiago", "2026-09-06T01:00", "2026-09-06T04:00", "2026-09-06T04:00"),
            ("America/Santiago", "2026-04-04T23:30", "2026-04-05T02:30", "2026-04-05T03:30"),
            ("America/Santiago", "2026-04-05T00:00", "2026-04-05T04:00", "2026-04-05T04:00"),
            // Lord Howe's clocks change by half an hour.
            ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "2026-10-03T15:30"),
            ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"),
            ("Asia/Seoul", "2026-03-29T02:30", "2026-03-28T17:30", "2026-03-28T17:30"),
            // Far behind the table, by the rule alone.
            ("Europe/Berlin", "2099-03-29T02:30", "2099-03-29T01:00", "2099-03-29T01:00"),
        ])
    func readings(name: String, local: String, opening: String, closing: String) throws {
        let zone = try zone(name)
        let day = try #require(Day(local.prefix(10)))
        let minute = try minuteOfDay(local)
        #expect(zone.opening(of: day, minute: minute).minute == opening)
        #expect(zone.closing(of: day, minute: minute).minute == closing)
    }

    @Test("The day is the zone's own")
    func day() throws {
        let seoul = try zone("Asia/Seoul")
        #expect(seoul.day(at: try instant("2026-12-31T14:59")).text == "2026-12-31")
        #expect(seoul.day(at: try instant("2026-12-31T15:00")).text == "2027-01-01")
    }

    @Test("Broken data is no zone, wherever it ends")
    func broken() throws {
        let whole = try Array(corpus("Europe.Berlin"))
        for count in whole.indices {
            #expect(throws: Zone.Fault.self) { try Zone(name: "x", tzif: Array(whole[..<count])) }
        }
        var old = whole
        old[4] = 0
        #expect(throws: Zone.Fault.olderFormat) { try Zone(name: "x", tzif: old) }
    }

    @Test("Any byte may be another one: it is a zone or a fault, and no trap")
    func damaged() throws {
        let whole = try Array(corpus("Asia.Seoul"))
        for index in whole.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var bytes = whole
                bytes[index] = value
                if let zone = try? Zone(name: "x", tzif: bytes) {
                    _ = zone.opening(of: Day(number: 20_000), minute: 30)
                }
            }
        }
    }

    @Test(
        "Names that lead out of the folder are none",
        arguments: [
            ("Asia/Seoul", true), ("UTC", true), ("America/Argentina/Buenos_Aires", true), ("Etc/GMT+9", true),
            ("../etc/passwd", false), ("/etc/passwd", false), ("Asia//Seoul", false), ("Asia/../x", false),
            ("", false), ("Asia/Seoul\n", false), ("서울", false),
        ])
    func names(name: String, isName: Bool) {
        #expect(Zone.isName(name) == isName)
    }

    @Test(
        "Rules",
        arguments: [
            ("KST-9", 540, ""), ("<+0330>-3:30", 210, ""), ("EST5EDT,M3.2.0,M11.1.0", -300, "2026-03-08T07:00"),
            ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", -180, "2026-03-29T01:00"),
            ("AAA0BBB,J60/0,J300/0", 0, "2026-03-01T00:00"), ("AAA0BBB,59/0,300/0", 0, "2026-03-01T00:00"),
            ("IST-2IDT,M3.4.4/26,M10.5.0", 120, "2026-03-27T00:00"),
        ])
    func rules(text: String, standard: Int, firstChange: String) throws {
        let rule = try #require(ZoneRule(text))
        #expect(rule.standard == standard * 60)
        let first = rule.changes(in: 2026).first
        #expect(first.map { Instant(milliseconds: $0.at * 1000).minute } ?? "" == firstChange)
    }

    @Test(
        "What is no rule",
        arguments: ["", "KST", "9", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "KST-99", "CET-1x,,"])
    func noRules(text: String) {
        #expect(ZoneRule(text) == nil)
    }
}
