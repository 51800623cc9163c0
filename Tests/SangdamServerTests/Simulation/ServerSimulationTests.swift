// Many working days of the whole server. A failing one says its seed; `SANGDAM_SEED=7` plays that day alone,
// `SANGDAM_SEEDS=500` the first five hundred, `SANGDAM_EVENTS` sets how long a day is.

import Testing

@testable import SimulationSupport

@Suite struct ServerSimulationTests {
    @Test(arguments: Seeds.all(of: "the server's days", fixed: 12, ofCommit: 6))
    func everyDayGoesWell(_ seeds: [UInt64]) throws {
        var happenings: [Happening: Int] = [:]
        for seed in seeds {
            let day = try ServerDay(seed: seed)
            if let trouble = day.run(actions: Seeds.events ?? 400) {
                Issue.record(Comment(rawValue: trouble))
                return
            }
            happenings.merge(day.happenings, uniquingKeysWith: +)
        }
        // The first ten days are always the same ones: on them everything happens.
        guard seeds == Array(1...10), Seeds.events == nil else { return }
        print("on the first ten days\n\(Happening.table(happenings))")
        let missing = Happening.allCases.filter { happenings[$0, default: 0] == 0 }
        #expect(missing.isEmpty, "never: \(missing.map(\.rawValue))")
    }
}
