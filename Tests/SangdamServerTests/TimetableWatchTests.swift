// When the desk is given its timetable anew. The clock is an argument, so that a day needs none.

import SangdamCore
import SangdamHours
import Synchronization
import Testing

@testable import SangdamServer

@Suite("The timetable is kept up to date")
struct TimetableWatchTests {
    private final class Desk: Sendable {
        let now: Mutex<Instant>
        let heard = Mutex<[Event]>([])

        init(_ now: Instant) { self.now = Mutex(now) }

        func set(_ instant: Instant) { now.withLock { $0 = instant } }

        /// What came since it was asked last, in words.
        func news() -> [String] {
            heard.withLock { events in
                defer { events = [] }
                return events.map { event in
                    switch event {
                    case .timetable(let timetable): "timetable \(timetable.schedules.keys.sorted())"
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

    @Test("Once a day, after a clock was set, and with each configuration; not after the end")
    func course() throws {
        let desk = Desk(try at("2026-12-30T00:00"))
        let office = try plan("office")
        let watch = TimetableWatch(
            office, given: office.timetable(at: try at("2026-12-30T00:00")), clock: { desk.now.withLock { $0 } },
            give: { events in desk.heard.withLock { $0 += events } })
        watch.look()
        #expect(desk.news() == [])
        desk.set(try at("2026-12-30T14:59"))
        watch.look()
        #expect(desk.news() == [])
        desk.set(try at("2026-12-30T15:00"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"]"])
        watch.look()
        #expect(desk.news() == [])
        desk.set(try at("2026-12-28T00:00"))
        watch.look()
        #expect(desk.news() == ["timetable [\"office\"]"])
        watch.replace(try plan("night"), with: .unconfigured)
        #expect(desk.news() == ["configured [\"night\"]"])
        watch.look()
        #expect(desk.news() == [])
        watch.stop()
        desk.set(try at("2026-12-30T15:00"))
        watch.look()
        #expect(desk.news() == [])
    }
}
