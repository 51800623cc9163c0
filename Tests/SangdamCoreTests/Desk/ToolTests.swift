// The desk's small tools, each alone: the allowance, the table of deadlines, the pace of a queue.

import Testing

@testable import SangdamCore
@testable import SimulationSupport

@Suite struct ToolTests {
    // MARK: Allowance

    @Test func theBucketFillsWithTimeAndNeverBeyondItsSize() {
        var allowance = Allowance(full: 2, at: .opening)
        func take(_ seconds: Double) -> Int64? {
            allowance.take(burst: 2, perSecond: 4, at: .opening(plus: seconds))?.milliseconds
        }
        let waits = [0, 0, 0, 0.1, 0.25, 0.25, 100, 100, 100].map { take($0) }
        #expect(waits == [nil, nil, 250, 150, nil, 250, nil, nil, 250])
    }

    @Test func timeThatStandsStillOrRunsBackGivesNothing() {
        var allowance = Allowance(full: 1, at: .opening(plus: 10))
        let waits = [10.0, 5, 10, 10.5, 11].map {
            allowance.take(burst: 1, perSecond: 1, at: .opening(plus: $0))?.milliseconds
        }
        #expect(waits == [nil, 1000, 1000, 500, nil])
    }

    @Test func theWaitThatIsNamedIsEnough() {
        var random = Seeded(4)
        for _ in 0..<500 {
            let rate = Double.random(in: 0.1...50, using: &random)
            var allowance = Allowance(full: 1, at: .opening)
            _ = allowance.take(burst: 1, perSecond: rate, at: .opening)
            let later = Instant.opening + Interval(milliseconds: Int64.random(in: 0...20, using: &random))
            guard let wait = allowance.take(burst: 1, perSecond: rate, at: later) else { continue }
            let refused = allowance.take(burst: 1, perSecond: rate, at: later + wait)
            #expect(refused == nil, "rate \(rate)")
        }
    }

    @Test func noRateIsNeverAndASmallerBurstCounts() {
        var allowance = Allowance(full: 20, at: .opening)
        let waits = (0..<2).map { _ in allowance.take(burst: 1, perSecond: 0, at: .opening)?.milliseconds }
        #expect(waits == [nil, .max])
    }

    // MARK: Deadlines

    private let chats = (0..<4).map { ChatID(high: 0, low: $0) }

    private func due(_ deadlines: inout Deadlines, at seconds: Double) -> [DeadlineKind] {
        var kinds: [DeadlineKind] = []
        while let kind = deadlines.popDue(at: .opening(plus: seconds)) { kinds.append(kind) }
        return kinds
    }

    @Test func deadlinesComeByTimeAndThenInTheOrderOfArming() {
        var deadlines = Deadlines()
        #expect(deadlines.next == nil)
        deadlines.arm(.chat(.offer, chats[0]), at: .opening(plus: 3))
        deadlines.arm(.chat(.wrapUp, chats[1]), at: .opening(plus: 1))
        deadlines.arm(.chat(.silence, chats[2]), at: .opening(plus: 1))
        #expect(deadlines.next == .opening(plus: 1))
        #expect(due(&deadlines, at: 0.9) == [])
        #expect(due(&deadlines, at: 2) == [.chat(.wrapUp, chats[1]), .chat(.silence, chats[2])])
        #expect(due(&deadlines, at: 3) == [.chat(.offer, chats[0])])
        #expect(deadlines.next == nil)
    }

    @Test func armedLaterItStaysArmedEarlierItMoves() {
        var deadlines = Deadlines()
        deadlines.arm(.chat(.offer, chats[0]), at: .opening(plus: 5))
        deadlines.arm(.chat(.offer, chats[0]), at: .opening(plus: 9))
        #expect(deadlines.next == .opening(plus: 5))
        deadlines.arm(.chat(.offer, chats[0]), at: .opening(plus: 2))
        #expect(deadlines.next == .opening(plus: 2))
        // Once, though it was armed three times.
        #expect(due(&deadlines, at: 20) == [.chat(.offer, chats[0])])
        deadlines.arm(.chat(.offer, chats[0]), at: .opening(plus: 5))
        #expect(due(&deadlines, at: 20) == [.chat(.offer, chats[0])])
        #expect(due(&deadlines, at: 20) == [])
    }

    // MARK: Pace

    private func queue(releases: [Double], handling: Int64 = 100) -> QueueState {
        var queue = QueueState()
        for release in releases { queue.release(at: .opening(plus: release), handling: .seconds(handling)) }
        return queue
    }

    private func pace(_ queue: QueueState, slots: Int = 2, free: Int = 0, at seconds: Double) -> Pace {
        Pace(slots: slots, freeSlots: free, queue: queue, expectedHandling: .seconds(360), at: .opening(plus: seconds))
    }

    @Test func theRateIsThatOfTheLastReleases() {
        // Four in the last 200 seconds.
        #expect(pace(queue(releases: [100, 150, 200, 250]), at: 300).rate == 0.02)
        // Two are chance: the mean handling time of both slots instead.
        #expect(pace(queue(releases: [100, 150]), at: 300).rate == 0.02)
        // None at all: what the configuration expects.
        #expect(pace(QueueState(), slots: 3, at: 300).rate == 3.0 / 360)
        // Old ones say nothing about now: two of four are left.
        #expect(pace(queue(releases: [0, 50, 1900, 1950]), at: 2000).rate == 0.02)
        // All in one instant is still a finite rate.
        #expect(pace(queue(releases: [7, 7, 7], handling: 0), at: 7).rate == 3)
        #expect(pace(queue(releases: [7], handling: 0), at: 7).rate == 2)
    }

    @Test func theEstimateIsPositionOverRateAsARange() {
        let pace = pace(queue(releases: [100, 150, 200, 250]), at: 300)
        #expect(pace.estimate(position: 1) == WaitEstimate(lowSeconds: 35, highSeconds: 75))
        #expect(pace.estimate(position: 4) == WaitEstimate(lowSeconds: 140, highSeconds: 300))
    }

    @Test func whoFindsAFreeSlotHardlyWaits() {
        let pace = pace(queue(releases: [100, 150, 200, 250]), free: 2, at: 300)
        #expect(pace.estimate(position: 2) == WaitEstimate(lowSeconds: 0, highSeconds: 30))
        #expect(pace.estimate(position: 3) == WaitEstimate(lowSeconds: 35, highSeconds: 75))
    }
}
