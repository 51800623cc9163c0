// Desk time against clocks that jump, stand still and run backwards.

import SangdamCore
import Synchronization
import Testing

@testable import SangdamServer

/// A clock that a test sets.
private final class FakeClock: Sendable {
    private let milliseconds: Mutex<Int64>

    init(_ start: Int64) { milliseconds = Mutex(start) }

    var value: Int64 {
        get { milliseconds.withLock { $0 } }
        set { milliseconds.withLock { $0 = newValue } }
    }

    var source: DeskClock.Source { { self.value } }
}

@Suite struct DeskClockTests {
    /// What happens in steps of 10 ms for a minute of monotonic time, and what desk time then shows.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Wall clock minus desk time at the beginning.
        let ahead: Int64
        /// Desk time that a minute brings.
        let brings: Int64
    }

    @Test(arguments: [
        Case(testDescription: "the clocks agree", ahead: 0, brings: 60_000),
        Case(testDescription: "the wall clock is 1 s ahead", ahead: 1_000, brings: 61_000),
        Case(testDescription: "the wall clock jumps an hour ahead", ahead: 3_600_000, brings: 63_000),
        Case(testDescription: "the wall clock jumps an hour back", ahead: -3_600_000, brings: 57_000),
        Case(testDescription: "the wall clock is 1 s behind", ahead: -1_000, brings: 59_000),
    ])
    func leans(_ example: Case) {
        let wall = FakeClock(1_000_000_000)
        let monotonic = FakeClock(5_000)
        let clock = DeskClock(notBefore: nil, wall: wall.source, monotonic: monotonic.source)
        let start = clock.now()
        #expect(start == Instant(milliseconds: 1_000_000_000))
        wall.value += example.ahead
        var last = start
        for _ in 0..<6_000 {
            monotonic.value += 10
            wall.value += 10
            let now = clock.now()
            #expect(now >= last)
            last = now
        }
        #expect(last - start == Interval(milliseconds: example.brings))
    }

    @Test("After a restart time goes on behind the journal's last line, however wrong the wall clock is")
    func notBefore() {
        let wall = FakeClock(1_000_000)
        let clock = DeskClock(notBefore: Instant(milliseconds: 5_000_000), wall: wall.source, monotonic: { 7 })
        #expect(clock.now() == Instant(milliseconds: 5_000_000))
        #expect(clock.lead == .seconds(4_000))
    }

    @Test("A monotonic clock that does not move stands still with it") func standsStill() {
        let clock = DeskClock(notBefore: nil, wall: { 2_000_000 }, monotonic: { 7 })
        #expect(clock.now() == clock.now())
    }
}
