// What is measured: the kernel's files, intervals, latencies, decimals.

import Glibc
import Testing

@testable import SangdamLoad

@Suite("Measuring")
struct MeasureTests {
    @Test(
        "Resident memory out of /proc/PID/status",
        arguments: [
            ("Name:\tsangdam\nVmPeak:\t  99 kB\nVmRSS:\t  123456 kB\nThreads:\t4\n", 123_456),
            ("VmRSS: 1 kB", 1), ("VmRSS:\t     0 kB\n", 0),
            ("Name:\tsangdam\nState:\tZ (zombie)\n", nil), ("", nil), ("VmRSS:\n", nil), ("VmRSS:\t12 MB\n", nil),
            ("VmRSS:\tmany kB\n", nil), ("XVmRSS:\t12 kB\n", nil), ("VmRSS:\t99999999999999999999 kB\n", nil),
        ] as [(String, Int?)])
    func resident(status: String, expected: Int?) {
        #expect(ServerProcess.residentKiB(inStatus: Array(status.utf8)[...]) == expected)
    }

    @Test("A living process, and none")
    func process() throws {
        let own = try #require(ServerProcess(getpid()))
        let before = try #require(own.processorNanoseconds())
        var sum = 0
        for number in 0..<200_000 { sum &+= number }
        #expect(sum != 1)
        let after = try #require(own.processorNanoseconds())
        #expect(after > before)
        #expect(try #require(own.residentKiB()) > 1_000)
        for number in [0, -1, Int32.max] { #expect(ServerProcess(number) == nil) }
    }

    @Test("What lies between two snapshots")
    func interval() throws {
        let first = Snapshot(nanoseconds: 1_000, units: 10, resumed: 1, serverNanoseconds: 5_000, ownNanoseconds: 0)
        let last = Snapshot(
            nanoseconds: 2_000_001_000, units: 410, resumed: 301, serverNanoseconds: 1_000_005_000,
            ownNanoseconds: 500_000_000)
        let interval = MeasuredInterval(from: first, to: last)
        #expect(interval.seconds == 2)
        #expect(interval.units == 400)
        #expect(interval.unitsPerSecond == 200)
        #expect(interval.resumedShare == 0.75)
        #expect(interval.serverMicrosecondsPerUnit == 2_500)
        #expect(interval.serverCores == 0.5)
        #expect(interval.ownCores == 0.25)
    }

    @Test("Nothing between them divides by nothing")
    func emptyInterval() {
        let snapshot = Snapshot(nanoseconds: 7, units: 7, serverNanoseconds: nil, ownNanoseconds: 7)
        let interval = MeasuredInterval(from: snapshot, to: snapshot)
        #expect(interval.unitsPerSecond == 0 && interval.ownCores == 0 && interval.resumedShare == 0)
        #expect(interval.serverCores == nil && interval.serverMicrosecondsPerUnit == nil)
    }

    @Test("Percentiles to three digits; what is out of range counts as the highest")
    func latencies() {
        var latencies = Latencies()
        #expect(latencies.summary == LatencySummary(count: 0, p50: 0, p99: 0, p999: 0, max: 0))
        for milliseconds in UInt64(1)...1_000 { latencies.record(milliseconds * 1_000_000) }
        let summary = latencies.summary
        func isNear(_ value: UInt64, _ milliseconds: Double) -> Bool {
            abs(Double(value) / 1e6 - milliseconds) <= milliseconds / 1_000
        }
        #expect(summary.count == 1_000)
        #expect(isNear(summary.p50, 500) && isNear(summary.p99, 990) && isNear(summary.p999, 999))
        #expect(summary.max == 1_000_000_000)
        latencies.record(.max)
        latencies.record(0)
        #expect(latencies.summary.max == 3_600_000_000_000)
        #expect(latencies.summary.count == 1_002)
    }

    @Test(
        "Decimals",
        arguments: [
            (0, 1, "0.0"), (1.25, 1, "1.3"), (1.05, 2, "1.05"), (12, 0, "12"), (0.5, 0, "1"), (99.999, 2, "100.00"),
            (-1.5, 1, "-1.5"), (-0.01, 1, "0.0"), (-0.5, 1, "-0.5"), (1e18, 1, "0.0"), (.infinity, 2, "0.00"),
            (.nan, 1, "0.0"), (1_234_567.891, 3, "1234567.891"),
        ] as [(Double, Int, String)])
    func decimals(value: Double, decimals: Int, expected: String) {
        #expect(fixed(value, decimals: decimals) == expected)
    }
}
