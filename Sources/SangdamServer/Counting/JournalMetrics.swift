// Counts what the journal does.

internal import Metrics
internal import SangdamJournal
internal import SangdamMetrics

/// Called on the journal's queue.
struct JournalMetrics: JournalObserver {
    private let commits: Recorder
    private let written: Counter
    private let errors: Counter

    init(_ registry: MetricsRegistry, durability: Durability) {
        let factory = PrometheusFactory(registry)
        commits = Recorder(label: "sangdam_journal_commit_seconds", factory: factory)
        written = Counter(label: "sangdam_journal_bytes_total", factory: factory)
        errors = Counter(label: "sangdam_journal_errors_total", factory: factory)
        registry.collect { sample in
            for each in Durability.allCases {
                sample.set("sangdam_journal_durability", [each.rawValue], to: each == durability ? 1 : 0)
            }
        }
    }

    func commitSeconds(_ seconds: Double) {
        commits.record(seconds)
    }

    func bytes(_ count: Int) {
        written.increment(by: count)
    }

    func errorOccurred() {
        errors.increment()
    }
}
