// Many working days. A failing one says its seed; `SANGDAM_SEED=7` plays that day alone, `SANGDAM_SEEDS=5000` plays the
// first five thousand, `SANGDAM_EVENTS` sets how long a day is.

import Testing

@testable import SimulationSupport

@Suite struct SimulationTests {
    @Test(arguments: Seeds.all(of: "the desk's days", fixed: 30, ofCommit: 10))
    func everyDayGoesWell(_ seeds: [UInt64]) {
        for seed in seeds {
            var day = WorkingDay(seed: seed)
            if let trouble = day.run(events: Seeds.events ?? 1000) {
                Issue.record(Comment(rawValue: trouble))
                return
            }
        }
    }

    /// A kind of event that is said to write, and so is refused while the disk is full, writes one day or another.
    /// (That none writes of which it was not said is looked at with every event.)
    @Test func whatIsSaidToWriteDoesSo() {
        var written: [String: Bool] = [:]
        for seed in UInt64(1)...12 {
            var day = WorkingDay(seed: seed)
            #expect(day.run(events: 1000) == nil)
            written.merge(day.written) { $0 || $1 }
        }
        #expect(written.filter { !$0.value }.keys.sorted() == [])
        #expect(written.count > 20)
    }
}
