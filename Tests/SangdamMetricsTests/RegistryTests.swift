// Counting: from many threads, through swift-metrics, past the bounds.

import CoreMetrics
import Dispatch
import SangdamMetrics
import Testing

@Suite("Registry")
struct RegistryTests {
    private func text(_ registry: MetricsRegistry) -> String {
        String(decoding: registry.text(), as: UTF8.self)
    }

    @Test("Nothing is lost when many threads count and one reads")
    func concurrency() {
        let registry = MetricsRegistry()
        registry.declareCounter("c_total", help: "C.", labels: ["thread"])
        registry.declareCounter("f_total", help: "F.")
        registry.declareGauge("g", help: "G.")
        registry.declareHistogram("h_seconds", help: "H.", buckets: [1, 2])
        let factory = PrometheusFactory(registry)
        let shared = Counter(label: "c_total", dimensions: [("thread", "all")], factory: factory)
        let fractions = FloatingPointCounter(label: "f_total", factory: factory)
        let meter = Meter(label: "g", factory: factory)
        let histogram = Recorder(label: "h_seconds", factory: factory)
        DispatchQueue.concurrentPerform(iterations: 8) { thread in
            let own = Counter(label: "c_total", dimensions: [("thread", "\(thread)")], factory: factory)
            for turn in 0..<10_000 {
                shared.increment()
                own.increment(by: 2)
                fractions.increment(by: 0.5)
                meter.increment()
                histogram.record(Double(turn % 3) + 0.5)
                if turn % 1000 == 0 { _ = registry.text() }
            }
        }
        let text = text(registry)
        #expect(text.contains(#"c_total{thread="all"} 80000"#))
        #expect(text.contains(#"c_total{thread="7"} 20000"#))
        #expect(text.contains("f_total 40000\n"))
        #expect(text.contains("g 80000\n"))
        #expect(text.contains("h_seconds_count 80000\n"))
        #expect(text.contains(#"h_seconds_bucket{le="1"} 26672"#))
    }

    @Test("Threads that add to one number at the same moment do not overwrite each other")
    func contention() {
        let gauge = GaugeSeries()
        let threads = 4
        let turns = 2_000_000
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            for _ in 0..<turns { gauge.increment(by: 1) }
        }
        #expect(gauge.value == Double(threads * turns))
    }

    @Test("The same labels are the same series, in any order")
    func sameSeries() {
        let registry = MetricsRegistry()
        registry.declareCounter("c_total", help: "C.", labels: ["a", "b"])
        let factory = PrometheusFactory(registry)
        Counter(label: "c_total", dimensions: [("a", "1"), ("b", "2")], factory: factory).increment()
        Counter(label: "c_total", dimensions: [("b", "2"), ("a", "1")], factory: factory).increment()
        #expect(text(registry).contains(#"c_total{a="1",b="2"} 2"#))
    }

    @Test("Past the bound, series are counted together as `other`")
    func bound() {
        let registry = MetricsRegistry()
        registry.declareCounter("c_total", help: "C.", labels: ["a"])
        let factory = PrometheusFactory(registry)
        for value in 0..<(MetricsRegistry.seriesLimit + 5) {
            Counter(label: "c_total", dimensions: [("a", "\(value)")], factory: factory).increment()
        }
        let text = text(registry)
        #expect(text.split(separator: "\n").count == MetricsRegistry.seriesLimit + 3)
        #expect(text.contains(#"c_total{a="other"} 5"#))
    }

    @Test("A counter never falls")
    func monotonous() {
        let counter = CounterSeries()
        counter.increment(by: Int64(5))
        counter.increment(by: Int64(-3))
        counter.increment(by: -1.5)
        counter.increment(by: Double.nan)
        #expect(counter.value == 5)
    }

    @Test(
        "A value falls into the first bucket that holds it",
        arguments: [(0.0, 0), (1, 0), (1.001, 1), (20, 1), (21, 2), (.infinity, 2)])
    func buckets(value: Double, place: Int) {
        let histogram = HistogramSeries(bounds: [1, 20])
        histogram.record(value)
        histogram.record(Double.nan)
        #expect(histogram.snapshot.buckets.firstIndex(of: 1) == place)
        #expect(histogram.snapshot.count == 1)
    }

    @Test("Libraries' metrics become what they are used as, under names that Prometheus allows")
    func undeclared() {
        let registry = MetricsRegistry()
        let factory = PrometheusFactory(registry)
        Counter(label: "http.requests", dimensions: [("status-code", "200")], factory: factory).increment()
        Counter(label: "http.requests", dimensions: [("status-code", "404")], factory: factory).increment()
        Counter(label: "http.requests", dimensions: [("other", "x")], factory: factory).increment()
        Timer(label: "http.time", factory: factory).recordMilliseconds(30)
        Gauge(label: "1st", factory: factory).record(4)
        let text = text(registry)
        #expect(text.contains(#"http_requests{status_code="200"} 1"#))
        #expect(text.contains(#"http_requests{status_code="404"} 1"#))
        #expect(!text.contains(#"other="#))
        #expect(text.contains("http_time_sum 0.03\n"))
        #expect(text.contains("# TYPE _1st gauge\n_1st 4\n"))
    }

    @Test("A destroyed handle no longer shows")
    func destroyed() {
        let registry = MetricsRegistry()
        registry.declareCounter("c_total", help: "C.", labels: ["a"])
        let counter = Counter(label: "c_total", dimensions: [("a", "1")], factory: PrometheusFactory(registry))
        counter.increment()
        counter.destroy()
        #expect(!text(registry).contains("c_total{"))
    }

    @Test("The process is described")
    func process() throws {
        let registry = MetricsRegistry()
        registry.declareProcessMetrics()
        var values: [String: Double] = [:]
        for line in text(registry).split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            values[String(words[0])] = Double(String(words[1]))
        }
        #expect(
            values.keys.sorted() == [
                "process_cpu_seconds_total", "process_max_fds", "process_open_fds", "process_resident_memory_bytes",
                "process_start_time_seconds", "process_virtual_memory_bytes",
            ])
        #expect(try #require(values["process_resident_memory_bytes"]) > 1_000_000)
        #expect(try #require(values["process_open_fds"]) >= 3)
        #expect(try #require(values["process_start_time_seconds"]) > 1_600_000_000)
    }
}
