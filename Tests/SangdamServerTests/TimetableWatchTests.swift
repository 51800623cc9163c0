// When the desk is given its timetable anew. The clock is an argument, so that a day needs none.

import SangdamCore
import SangdamHours
import Synchronization
import Testing

@testable import SangdamServer

@Suite("The timetable is kept up to date")
struct TimetableWatchTests {
    private final class Desk: Sendable {
        let wall: Mutex<Instant>
        let monotonic = Mutex<Int64>(0)
        let heard = Mutex<[Event]>([])

        init(_ now: Instant) { wall = Mutex(now) }

        /// Time passes until then.
        func wait(until instant: Instant) {
            let passed = instant - wall.withLock { $0 }
            monotonic.withLock { $0 += passed.milliseconds }
            set(instant)
        }

        /// Somebody sets the machine's clock.
        func set(_ instant: Instant) { wall.withLock { $0 = instant } }

        var clock: DeskClock {
            DeskClock(
                notBefore: nil, wall: { self.wall.withLock { $0.milliseconds } },
                monotonic: { self.monotonic.withLock { $0 } })
        }

        /// What came since it was asked last, in words.
        func news() -> [String] {
            heard.withLock { events in
                defer { events = [] }
                return events.map { event in
                    switch event {
                    case .timetable(let timetable):
                        "timetable \(timetable.schedules.keys.sorted())"
                            + (timetable.lead == .zero ? "" : " lead \(Int(timetable.lead.seconds))")
                    case .configured(_, let timetable):
                        "configured \(timetable.map { $0.schedules.keys.sorted() } ?? [])"
                    default: "\(event)"
                    }
                }
            }
        }
    }

    private func at(_ text: String) throws -> Instant {
        try #require(Instant(rfc3339: Array("\(text):00.000Z".utf8)))
    }

    private func plan(_ name: String) throws -> HoursPlan {
        var plan = HoursPlan()
        plan.zone = try ZoneFolder(environment: [:]).zone(named: "Asia/Seoul")
        plan.named = [name: Hours(weekly: WeeklyHours(["Mon-Fri 09:00-18:00"]) { Issue.record("\($1)") })]
        return plan
    }

    @Test("Once a day, and with each configuration; not after the end")
    func course() throws {
        let desk = Desk(try at("2026-12-30T00:00"))
        let office = try plan("office")
        let clock = desk.clock
        let watch = TimetableWatch(
            office, given: office.timetable(by: clock), clock: clock,
            give: { events in desk.heard.withLock { $0 += events } })
        watch.look()
        #expect(desk.news() == [])
        desk.wait(until: try at("2026-12-30T14:59"))
        watch.look()
        #expect(desk.news() == [])
        desk.wait(until: try at("2026-12-30T15:00"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"]"])
        watch.look()
        #expect(desk.news() == [])
        watch.replace(try plan("night"), with: .unconfigured)
        #expect(desk.news() == ["configured [\"night\"]"])
        watch.look()
        #expect(desk.news() == [])
        watch.stop()
        desk.wait(until: try at("2026-12-31T15:00"))
        watch.look()
        #expect(desk.news() == [])
    }

    @Test("Hours follow a clock that is set, at once and while desk time leans towards it")
    func setClock() throws {
        let desk = Desk(try at("2026-12-30T05:00"))
        let office = try plan("office")
        let clock = desk.clock
        let watch = TimetableWatch(
            office, given: office.timetable(by: clock), clock: clock,
            give: { events in desk.heard.withLock { $0 += events } })
        // Five hours back: two o'clock in the afternoon was nine in the morning.
        desk.set(try at("2026-12-30T00:00"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"] lead 18000"])
        // Too little to matter.
        desk.set(try at("2026-12-30T00:00") + Interval(milliseconds: 999))
        watch.look()
        #expect(desk.news() == [])
        desk.set(try at("2026-12-30T00:00"))
        desk.wait(until: try at("2026-12-30T00:01"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"] lead 17997"])
        // And forward by a day, which has other spans.
        desk.set(try at("2026-12-31T00:01"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"] lead -68403"])
        desk.wait(until: try at("2027-01-31T00:00"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"]"])
    }
}
