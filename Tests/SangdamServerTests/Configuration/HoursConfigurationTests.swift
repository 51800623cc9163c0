// `time_zone`, `hours` and who names them, with the files beside the configuration.

import Foundation
import SangdamCore
import SangdamHours
import Testing

@testable import SangdamServer

@Suite("Hours in a configuration file")
struct HoursConfigurationTests {
    /// The first line is 1; what is added behind begins in line 8.
    private static let office = """
        time_zone: Asia/Seoul
        hours:
          office:
            weekly: [Mon-Fri 09:00-18:00]
            holidays: [days.ics]
            except: {2026-12-31: 09:00-13:00, 2027-01-02: closed}
          night: {weekly: [Fri 22:00-02:00]}

        """
    private static let days = """
        BEGIN:VCALENDAR
        BEGIN:VEVENT
        DTSTART;VALUE=DATE:20270101
        SUMMARY:신정
        END:VEVENT
        BEGIN:VEVENT
        DTSTART:20270104T090000
        END:VEVENT
        END:VCALENDAR

        """

    private static func queue(_ fields: String) -> String {
        "queues:\n  - {id: a, labels: {ko: 가}, \(fields)}\ntopics:\n  - {id: a, labels: {ko: 가}, queue: a}\n"
    }

    private func load(
        _ yaml: String, days: String = days, environment: [String: String] = [:]
    ) throws -> ServerConfiguration {
        let folder = try TemporaryFolder()
        _ = try folder.write(days, to: "days.ics")
        let file = try folder.write(yaml, to: "sangdam.yaml")
        return try ServerConfiguration.load(file: file, environment: environment, now: now)
    }

    private let now = Instant(rfc3339: Array("2026-12-30T00:00:00.000Z".utf8))!

    @Test("Everything is read, the holiday file from beside the configuration")
    func everything() throws {
        let configuration = try load(
            Self.office + Self.queue("hours: office, closed: inquiry, unstaffed: refuse, max_wait_seconds: 1800")
                + "contacts:\n  - {id: a, labels: {ko: 가}, phone: \"1\", hours: {ko: 나}, open: night}\n")
        let queue = try #require(configuration.desk.queues.first)
        #expect(queue.hours == "office" && queue.closed == .inquiry && queue.unstaffed == .refuse)
        #expect(queue.maxWait == .seconds(1800))
        #expect(configuration.desk.contacts.first?.schedule == "night")
        #expect(configuration.desk.contacts.first?.opening == nil)
        #expect(configuration.hours.zone?.name == "Asia/Seoul")
        let office = try #require(configuration.hours.named["office"])
        let (first, last) = (try #require(Day("2026-12-30")), try #require(Day("2027-01-04")))
        #expect(
            office.days(first...last).map(\.reason) == [
                .weekly, .exception, .holiday("신정"), .exception, .weekly, .weekly,
            ])
    }

    @Test("What is over, left out or at its end is said from that day on, and in which line")
    func remarks() throws {
        let configuration = try load(Self.office)
        func said(_ day: String) throws -> [String] {
            let at = try #require(Instant(rfc3339: Array("\(day)T00:00:00.000Z".utf8)))
            return configuration.warningsOfAStart(at: at.milliseconds / 1000).compactMap { warning in
                warning.range(of: "sangdam.yaml:|days.ics", options: .regularExpression).map {
                    String(warning[$0.lowerBound...])
                }
            }
        }
        let always = "days.ics:6: left out, because it has a time of day: `except` is for part of a day"
        let first = "sangdam.yaml:6: the exception for 2026-12-31 is over and can go"
        let second = "sangdam.yaml:6: the exception for 2027-01-02 is over and can go"
        let end = "days.ics names no day behind 2027-01-01: it wants the next year's"
        #expect(try said("2026-12-31") == [always])
        #expect(try said("2027-01-01") == [first, always])
        #expect(try said("2027-01-03") == [first, second, always, end])
    }

    @Test("A calendar without a day is no fault, and closes nothing: that is said")
    func emptyCalendar() throws {
        let configuration = try load(Self.office, days: "BEGIN:VCALENDAR\nEND:VCALENDAR\n")
        let warnings = configuration.warningsOfAStart(at: now.milliseconds / 1000)
        #expect(warnings.contains { $0.hasSuffix("days.ics names no day from 2025 to 2036") }, "\(warnings)")
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let yaml: String
        let line: Int
        let words: [String]

        init(_ yaml: String, _ line: Int, _ words: String...) {
            (self.yaml, self.line, self.words) = (yaml, line, words)
        }

        var testDescription: String { "\(words)" }
    }

    private static func hours(_ fields: String) -> String {
        "time_zone: Asia/Seoul\nhours:\n  office:\n    weekly: [Mon-Fri 09:00-18:00]\n    " + fields + "\n"
    }

    static let rows = [
        Row("time_zone: Asia/Soul\n", 1, "`Asia/Soul` is no time zone of this machine", "did you mean `Asia/Seoul`?"),
        Row("time_zone: Asia\n", 1, "`Asia` is no time zone of this machine"),
        Row("time_zone: ../../etc/passwd\n", 1, "is no time zone"),
        Row("time_zone: tzdata.zi\n", 1, "is no time zone"),
        Row("time_zone: +09:00\n", 1, "is no time zone; one is like `Asia/Seoul`"),
        Row("time_zone: [a]\n", 1, "must be a name like `Asia/Seoul`, not a list"),
        Row("hours:\n  a: {weekly: [Mon 09:00-18:00]}\n", 1, "`hours` without `time_zone`"),
        Row("time_zone: UTC\nhours: {}\n", 2, "`hours` must have 1 to 20 names, not 0"),
        Row("time_zone: UTC\nhours:\n  always: {weekly: [Mon 09:00-18:00]}\n", 3, "not `always`"),
        Row("time_zone: UTC\nhours:\n  a: {holidays: [days.ics]}\n", 3, "the hours `a` have no `weekly`"),
        Row("time_zone: UTC\nhours:\n  a: {weekly: Mon 09:00-18:00}\n", 3, "`weekly` must be a list"),
        Row(
            "time_zone: UTC\nhours:\n  a:\n    weekly:\n      - Mon 09:00-18:00\n      - Tue 9-18\n", 6,
            "like `Mon-Fri 09:00-18:00`, not `Tue 9-18`"),
        Row(
            "time_zone: UTC\nhours:\n  a:\n    weekly:\n      - Mon-Fri 09:00-18:00\n      - Fri 17:00-20:00\n", 6,
            "`Mon-Fri 09:00-18:00` and `Fri 17:00-20:00` overlap each other"),
        Row(hours("holiday: [days.ics]"), 5, "unknown key `holiday`", "did you mean `holidays`?"),
        Row(hours("holidays: [none.ics]"), 5, "the holiday file", "none.ics cannot be read: No such file"),
        Row(hours("holidays: [.]"), 5, "cannot be read: Is a directory"),
        Row(hours("except: {2026-02-30: closed}"), 5, "days like `2027-01-02: closed`, not `2026-02-30`"),
        Row(hours("except: {2026-12-31: shut}"), 5, "must be `closed` or like `09:00-13:00`, not `shut`"),
        Row(hours("except: {2026-12-31: }"), 5, "must be `closed` or like `09:00-13:00`, not nothing"),
        Row(hours("except: {2026-12-31: closed, 2026-12-31: closed}"), 5, "`2026-12-31` stands twice"),
        Row(office + queue("hours: offise"), 9, "the queue leads to unknown hours, `offise`", "did you mean `office`?"),
        Row(office + queue("closed: shut"), 9, "`closed` must be one of `chat`, `inquiry`, `refuse`, not `shut`"),
        Row(office + queue("unstaffed: 5"), 9, "`unstaffed` must be one of"),
        Row(office + queue("max_wait_seconds: 59"), 9, "from 60 to 86400, not `59`"),
        Row(
            office + "contacts:\n  - {id: a, labels: {ko: 가}, phone: \"1\", hours: {ko: 나}, open: offise}\n", 9,
            "the contact leads to unknown hours, `offise`", "did you mean `office`?"),
    ]

    @Test("One fault, its line, its words", arguments: rows)
    func fault(row: Row) throws {
        let errors = try #require(throws: ConfigurationErrors.self) { try load(row.yaml) }
        #expect(errors.faults.count == 1, "\(errors)")
        #expect(errors.faults.first?.line == row.line, "\(errors)")
        for word in row.words { #expect(errors.description.contains(word), "\(errors)") }
        #expect(errors.exitCode == 78)
    }

    @Test("A fault in a holiday file has that file's name and line")
    func holidayFault() throws {
        let days = Self.days.replacingOccurrences(of: "SUMMARY:신정", with: "RRULE:FREQ=DAILY")
        let errors = try #require(throws: ConfigurationErrors.self) { try load(Self.office, days: days) }
        #expect(errors.faults.map(\.line) == [4])
        #expect(errors.description.contains("/days.ics:4: only `FREQ=YEARLY` is understood here"), "\(errors)")
    }

    @Test("A holiday file of 100,000 events is longer than one may be")
    func crowd() throws {
        let events = String(repeating: "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nEND:VEVENT\n", count: 100_000)
        let errors = try #require(throws: ConfigurationErrors.self) { try load(Self.office, days: events) }
        #expect(errors.description.contains("days.ics cannot be read: longer than 4194304 bytes"), "\(errors)")
    }

    @Test("A machine without zone data says which package it wants")
    func noZoneData() throws {
        let errors = try #require(throws: ConfigurationErrors.self) {
            try load(Self.office, environment: ["TZDIR": "/nonexistent"])
        }
        #expect(errors.faults.map(\.line) == [1], "\(errors)")
        #expect(errors.description.contains("no zone data in /nonexistent. Install the package tzdata"), "\(errors)")
    }

    @Test("Files of before there were hours read as they did")
    func older() throws {
        let configuration = try load(
            Self.queue("priority: 1")
                + "contacts:\n  - {id: a, labels: {ko: 가}, phone: \"1\", hours: {ko: 나}, open: always}\n")
        let queue = try #require(configuration.desk.queues.first)
        #expect(queue.hours == nil && queue.closed == .chat && queue.unstaffed == .chat && queue.maxWait == nil)
        #expect(configuration.desk.contacts.first?.opening == (try OpeningHours("always")))
        #expect(configuration.hours == HoursPlan())
    }
}
