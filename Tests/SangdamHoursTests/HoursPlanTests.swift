// What the desk is given: the days ahead, and the clock's offsets.

import SangdamCore
import Testing

@testable import SangdamHours

@Suite("Timetables")
struct HoursPlanTests {
    private func plan(_ weekly: WeeklyHours, in name: String, except: [(String, String)] = []) throws -> HoursPlan {
        var plan = HoursPlan()
        plan.zone = try zone(name)
        var hours = Hours(weekly: weekly)
        for (day, written) in except { #expect(hours.add(written, on: try #require(Day(day)))) }
        plan.named = ["office": hours]
        return plan
    }

    private func schedule(_ plan: HoursPlan, at now: String) throws -> Schedule {
        try #require(plan.timetable(at: try instant(now)).schedules["office"])
    }

    @Test("Open and closed, and until when, over a weekend in Seoul")
    func weekend() throws {
        let schedule = try schedule(plan(WeeklyHours("Mon-Fri 09:00-18:00"), in: "Asia/Seoul"), at: "2027-01-01T08:59")
        #expect(schedule.isOpen(at: try instant("2027-01-01T08:59")))
        #expect(schedule.nextChange(after: try instant("2027-01-01T08:59"))?.minute == "2027-01-01T09:00")
        #expect(!schedule.isOpen(at: try instant("2027-01-01T09:00")))
        #expect(schedule.nextChange(after: try instant("2027-01-01T09:00"))?.minute == "2027-01-04T00:00")
    }

    @Test("What opened yesterday evening is open after midnight")
    func night() throws {
        let schedule = try schedule(plan(WeeklyHours("Thu 22:00-04:00"), in: "Asia/Seoul"), at: "2026-12-31T16:00")
        #expect(schedule.isOpen(at: try instant("2026-12-31T16:00")))
        #expect(schedule.nextChange(after: try instant("2026-12-31T16:00"))?.minute == "2026-12-31T19:00")
    }

    @Test("It looks as far ahead as the next change is")
    func farAhead() throws {
        let closed = (1...25).map { day in ("2027-01-\(day < 10 ? "0" : "")\(day)", "closed") }
        let plan = try plan(WeeklyHours("Mon-Sun 09:00-18:00"), in: "Asia/Seoul", except: closed)
        let schedule = try schedule(plan, at: "2026-12-31T10:00")
        #expect(schedule.nextChange(after: try instant("2026-12-31T10:00"))?.minute == "2027-01-26T00:00")
    }

    @Test("What never changes has no end, and is computed for a bounded time")
    func always() throws {
        let schedule = try schedule(
            plan(WeeklyHours("Mon-Sun 00:00-24:00"), in: "Europe/Berlin"), at: "2026-12-31T10:00")
        #expect(schedule.isOpen(at: try instant("2026-12-31T10:00")))
        #expect(schedule.nextChange(after: try instant("2026-12-31T10:00")) == nil)
        #expect(schedule.knownUntil.minute == "2028-03-23T23:00")
    }

    @Test("It is the same all day, and another one the next")
    func daily() throws {
        let plan = try plan(WeeklyHours("Mon-Fri 09:00-18:00"), in: "Asia/Seoul")
        let morning = plan.timetable(at: try instant("2026-12-31T15:00"))
        #expect(morning == plan.timetable(at: try instant("2027-01-01T14:59")))
        #expect(morning != plan.timetable(at: try instant("2027-01-01T15:00")))
    }

    @Test("The clock's offsets, over a change")
    func offsets() throws {
        let timetable = try plan(WeeklyHours("Mon 09:00-18:00"), in: "America/Santiago")
            .timetable(at: try instant("2026-09-05T12:00"))
        #expect(timetable.minutesEastOfUTC(at: try instant("2026-09-06T03:59")) == -240)
        #expect(timetable.minutesEastOfUTC(at: try instant("2026-09-06T04:00")) == -180)
        #expect(timetable.minutesEastOfUTC(at: try instant("2027-04-04T03:00")) == -240)
    }

    @Test("Without a zone there is nothing to tell")
    func nothing() throws {
        #expect(HoursPlan().timetable(at: try instant("2026-12-31T10:00")) == Timetable())
    }

    @Test("Remarks that come true on a day")
    func remarks() throws {
        var plan = try plan(WeeklyHours("Mon 09:00-18:00"), in: "Asia/Seoul")
        plan.remarks = [.init("always"), .init("from New Year on", since: Day("2027-01-01"))]
        #expect(plan.remarks(at: try instant("2026-12-31T14:59")) == ["always"])
        #expect(plan.remarks(at: try instant("2026-12-31T15:00")) == ["always", "from New Year on"])
    }
}
