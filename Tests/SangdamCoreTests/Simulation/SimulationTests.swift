// Many working days. A failing one says its seed; `SANGDAM_SEED=7` plays that day alone, `SANGDAM_SEEDS=5000` plays the
// first five thousand, `SANGDAM_EVENTS` sets how long a day is.

import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite struct SimulationTests {
    private static func number(_ variable: String) -> UInt64? {
        getenv(variable).flatMap { UInt64(String(cString: $0)) }
    }

    private static let seeds: [ClosedRange<UInt64>] = {
        if let seed = number("SANGDAM_SEED") { return [seed...seed] }
        let count = number("SANGDAM_SEEDS") ?? 40
        return stride(from: 1, through: count, by: 20).map { $0...min($0 + 19, count) }
    }()

    @Test(arguments: seeds)
    func everyDayGoesWell(_ seeds: ClosedRange<UInt64>) {
        for seed in seeds {
            var day = WorkingDay(seed: seed)
            if let trouble = day.run(events: Int(Self.number("SANGDAM_EVENTS") ?? 1000)) {
                Issue.record(Comment(rawValue: trouble))
                return
            }
        }
    }
}
