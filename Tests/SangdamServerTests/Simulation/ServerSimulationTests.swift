// Many working days of the whole server. A failing one says its seed; `SANGDAM_SEED=7` plays that day alone,
// `SANGDAM_SEEDS=500` the first five hundred, `SANGDAM_EVENTS` sets how long a day is.

import Testing

@testable import SimulationSupport

@Suite struct ServerSimulationTests {
    @Test(arguments: Seeds.all(of: "the server's days", fixed: 12, ofCommit: 6))
    func everyDayGoesWell(_ seeds: [UInt64]) throws {
        for seed in seeds {
            let day = try ServerDay(seed: seed)
            guard let trouble = day.run(actions: Seeds.events ?? 400) else { continue }
            Issue.record(Comment(rawValue: trouble))
            return
        }
    }
}
