// The text that Prometheus reads, byte for byte.

import CoreMetrics
import SangdamMetrics
import Synchronization
import Testing

@Suite("Exposition")
struct ExpositionTests {
    @Test("The golden exposition")
    func golden() {
        let registry = MetricsRegistry()
        registry.declareCounter("desk_chats_total", help: "Chats.", labels: ["queue", "reason"])
        registry.declareGauge("desk_waiting", help: "Waiting now.", labels: ["queue"])
        registry.declareHistogram("desk_wait_seconds", help: "Waits.", buckets: [0.5, 1, 20], labels: ["queue"])
        registry.declareCounter("desk_bytes_total", help: "Bytes.")
        registry.expect("desk_chats_total", ["queue": ["general", "fraud"], "reason": ["idle"]])
        let factory = PrometheusFactory(registry)
        Counter(label: "desk_chats_total", dimensions: [("reason", "idle"), ("queue", "fraud")], factory: factory)
            .increment(by: 3)
        let waits = Recorder(label: "desk_wait_seconds", dimensions: [("queue", "general")], factory: factory)
        for seconds in [0.25, 0.5, 7, 21.5] { waits.record(seconds) }
        registry.collect { $0.set("desk_waiting", ["general"], to: 2) }
        #expect(
            String(decoding: registry.text(), as: UTF8.self) == """
                # HELP desk_bytes_total Bytes.
                # TYPE desk_bytes_total counter
                desk_bytes_total 0
                # HELP desk_chats_total Chats.
                # TYPE desk_chats_total counter
                desk_chats_total{queue="fraud",reason="idle"} 3
                desk_chats_total{queue="general",reason="idle"} 0
                # HELP desk_wait_seconds Waits.
                # TYPE desk_wait_seconds histogram
                desk_wait_seconds_bucket{queue="general",le="0.5"} 2
                desk_wait_seconds_bucket{queue="general",le="1"} 2
                desk_wait_seconds_bucket{queue="general",le="20"} 3
                desk_wait_seconds_bucket{queue="general",le="+Inf"} 4
                desk_wait_seconds_sum{queue="general"} 29.25
                desk_wait_seconds_count{queue="general"} 4
                # HELP desk_waiting Waiting now.
                # TYPE desk_waiting gauge
                desk_waiting{queue="general"} 2

                """)
    }

    @Test(
        "Label values and help are escaped",
        arguments: [
            ("plain", #"a="plain""#), (#"back\slash"#, #"a="back\\slash""#), ("line\nfeed", #"a="line\nfeed""#),
            (#"quo"te"#, #"a="quo\"te""#), ("한국어", #"a="한국어""#),
        ])
    func escapes(value: String, expected: String) {
        let registry = MetricsRegistry()
        registry.declareCounter("c_total", help: #"A \ and a"# + "\n" + #"line with "quotes"."#, labels: ["a"])
        registry.expect("c_total", ["a": [value]])
        let text = String(decoding: registry.text(), as: UTF8.self)
        #expect(text.contains("c_total{\(expected)} 0\n"))
        #expect(text.hasPrefix(#"# HELP c_total A \\ and a\nline with "quotes"."# + "\n"))
    }

    @Test(
        "Numbers are written as Prometheus reads them",
        arguments: [
            (0.0, "0"), (3, "3"), (-2, "-2"), (0.5, "0.5"), (1e6, "1000000"), (1.5e300, "1.5e+300"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"),
        ])
    func numbers(value: Double, expected: String) {
        let registry = MetricsRegistry()
        registry.declareGauge("g", help: "G.")
        registry.collect { $0.set("g", to: value) }
        #expect(String(decoding: registry.text(), as: UTF8.self) == "# HELP g G.\n# TYPE g gauge\ng \(expected)\n")
    }

    @Test("A sampled value stands for one scrape only")
    func samplesAreForgotten() {
        let registry = MetricsRegistry()
        registry.declareGauge("g", help: "G.", labels: ["queue"])
        let scrapes = Mutex(0)
        registry.collect { sample in
            let isFirst = scrapes.withLock { count in
                count += 1
                return count == 1
            }
            if isFirst { sample.set("g", ["soon gone"], to: 1) }
        }
        #expect(String(decoding: registry.text(), as: UTF8.self).contains(#"g{queue="soon gone"} 1"#))
        #expect(String(decoding: registry.text(), as: UTF8.self) == "# HELP g G.\n# TYPE g gauge\n")
    }
}
