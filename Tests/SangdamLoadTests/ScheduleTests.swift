// The open loop's timetable, and the watch for standing still.

import SangdamCore
import Testing

@testable import SangdamLoad

@Suite("Timetable")
struct ScheduleTests {
    @Test(
        "Message i is due at start + i/rate, pair after pair",
        arguments: [
            (1.0, 3, [0, 1_000_000_000, 2_000_000_000, 3_000_000_000]),
            (3.0, 2, [0, 333_333_333, 666_666_666, 1_000_000_000]),
            (1_000.0, 1, [0, 1_000_000, 2_000_000, 3_000_000]),
        ] as [(Double, Int, [UInt64])])
    func times(rate: Double, pairs: Int, expected: [UInt64]) {
        var schedule = OpenLoopSchedule(startNanoseconds: 500, ratePerSecond: rate, pairs: pairs)
        for (number, time) in expected.enumerated() {
            #expect(schedule.nextNanoseconds == 500 + time)
            #expect(time == 0 || schedule.due(at: 500 + time - 1) == nil)
            let due = schedule.due(at: 500 + time)
            #expect(due?.pair == number % pairs)
            #expect(due?.scheduled == 500 + time)
            schedule.advance()
        }
    }

    @Test("After a pause everything that was missed is due, with the times at which it should have gone")
    func pause() {
        var schedule = OpenLoopSchedule(startNanoseconds: 0, ratePerSecond: 1_000, pairs: 4)
        let now: UInt64 = 50_000_000
        #expect(schedule.latenessNanoseconds(at: now) == now)
        var scheduled: [UInt64] = []
        while let due = schedule.due(at: now) {
            scheduled.append(due.scheduled)
            schedule.advance()
        }
        #expect(scheduled == (0...50).map { $0 * 1_000_000 })
        #expect(schedule.latenessNanoseconds(at: now) == 0)
    }

    @Test("No rounding adds up over a million messages")
    func drift() {
        var schedule = OpenLoopSchedule(startNanoseconds: 0, ratePerSecond: 30_000, pairs: 7)
        for _ in 0..<1_000_000 { schedule.advance() }
        #expect(schedule.nextNanoseconds == 33_333_333_333)
    }

    @Test("Standing still is a value that has not changed for the limit")
    func stall() {
        var watch = StallWatch(limitSeconds: 2)
        let steps: [(value: UInt64, seconds: UInt64, isStalled: Bool)] = [
            (0, 10, false), (0, 11, false), (1, 12, false), (1, 13, false), (1, 14, true), (2, 15, false),
            (1, 16, false),
            (1, 18, true),
        ]
        for step in steps {
            #expect(watch.isStalled(step.value, at: step.seconds * 1_000_000_000) == step.isStalled, "\(step)")
        }
    }

    @Test("A ring holds the window with slack, or some seconds of backlog, and is bounded")
    func slots() {
        func slots(_ pairs: Int, _ pace: RelayPlan.Pace) -> Int {
            RelayPlan(
                pairs: pairs, pace: pace, textBytes: 100, agentPrefix: "a", password: Text("b"), chatsPerAgent: 3,
                topic: "c"
            ).slotsPerPair
        }
        #expect(slots(1, .window(1)) == 64)
        #expect(slots(1, .window(100)) == 512)
        #expect(slots(1, .rate(10)) == 65_536)
        #expect(slots(200, .rate(10)) == 32_768)
        #expect(slots(20_000, .rate(10)) == 256)
    }

    @Test("Agents are as many as the chats need", arguments: [(1, 1, 1), (10, 3, 4), (9, 3, 3), (100, 100, 1)])
    func agents(pairs: Int, each: Int, expected: Int) {
        let plan = RelayPlan(
            pairs: pairs, pace: .window(1), textBytes: 16, agentPrefix: "a", password: Text("b"), chatsPerAgent: each,
            topic: "c")
        #expect(plan.agents == expected)
    }
}
