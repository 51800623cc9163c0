// A schedule at each of its edges: before, in, between and after spans, and where nothing is known any more.

import SangdamCore
import Testing

@Suite struct ScheduleTests {
    /// Open from 9 to 18 and from 33 to 42; known until 48.
    private static let days = schedule([9..<18, 33..<42], knownUntil: 48)
    /// The same, but known until 40: in the middle of a span.
    private static let cut = schedule([9..<18, 33..<42], knownUntil: 40)
    /// Known until 18, where a span ends, and until 33, where one begins.
    private static let toAnEnd = schedule([9..<18, 33..<42], knownUntil: 18)
    private static let toABeginning = schedule([9..<18, 33..<42], knownUntil: 33)
    private static let never = schedule([], knownUntil: 48)

    private static func schedule(_ spans: [Range<Double>], knownUntil: Double) -> Schedule {
        Schedule(
            spans: spans.map { .opening(plus: $0.lowerBound)..<(.opening(plus: $0.upperBound)) },
            knownUntil: .opening(plus: knownUntil))
    }

    @Test(
        arguments: [
            // schedule, at, open, next change
            (days, 0, false, 9), (days, 8.999, false, 9), (days, 9, true, 18), (days, 17.999, true, 18),
            (days, 18, false, 33), (days, 33, true, 42), (days, 42, false, nil), (days, 100, false, nil),
            (cut, 18, false, 33), (cut, 33, true, nil), (cut, 41, true, nil), (cut, 42, true, nil),
            (cut, 100, true, nil),
            (toAnEnd, 9, true, nil), (toAnEnd, 18, true, nil), (toAnEnd, 33, true, nil),
            (toABeginning, 9, true, 18), (toABeginning, 18, false, nil), (toABeginning, 34, false, nil),
            (never, 0, false, nil), (never, 100, false, nil),
        ] as [(Schedule, Double, Bool, Double?)])
    func opensAndCloses(_ schedule: Schedule, _ at: Double, _ isOpen: Bool, _ next: Double?) {
        #expect(schedule.isOpen(at: .opening(plus: at)) == isOpen)
        #expect(schedule.nextChange(after: .opening(plus: at)) == next.map { .opening(plus: $0) })
    }

    @Test(arguments: [(0, 60), (10, 60), (19.999, 60), (20, 120), (29.999, 120), (30, 60)])
    func theClockOnTheWallChanges(_ at: Double, _ minutes: Int) {
        let timetable = Timetable(
            offsets: [(10, 60), (20, 120), (30, 60)].map {
                UTCOffset(since: .opening(plus: $0.0), minutesEastOfUTC: $0.1)
            })
        #expect(timetable.minutesEastOfUTC(at: .opening(plus: at)) == minutes)
        #expect(Timetable().minutesEastOfUTC(at: .opening(plus: at)) == 0)
    }
}
