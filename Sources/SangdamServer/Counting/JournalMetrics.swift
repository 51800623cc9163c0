// Counts what the journal does.

internal import Metrics
internal import SangdamJournal
internal import SangdamMetrics

/// Called on the journal's queue.
struct JournalMetrics: JournalObserver {
    private static let commits = MetricFamily(
        "sangdam_journal_commit_seconds",
        .histogram(buckets: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1]),
        help: "Time of a group commit: one write and one flush.")
    private static let written = MetricFamily(
        "sangdam_journal_bytes_total", .counter, help: "Bytes appended to the journal.")
    private static let errors = MetricFamily(
        "sangdam_journal_errors_total", .counter, help: "Writes and flushes of the journal that failed.")
    /// It says how much an acknowledgement promises.
    private static let durability = MetricFamily(
        "sangdam_journal_durability", .gauge, help: "1 for the durability that is in force.", labels: ["durability"])
    static let families = [commits, written, errors, durability]

    private let commits: Recorder
    private let written: Counter
    private let errors: Counter

    init(_ registry: MetricsRegistry, durability: Durability) {
        let factory = PrometheusFactory(registry)
        commits = Recorder(label: Self.commits.name, factory: factory)
        written = Counter(label: Self.written.name, factory: factory)
        errors = Counter(label: Self.errors.name, factory: factory)
        registry.collect { sample in
            for each in Durability.allCases {
                sample.set(Self.durability.name, [each.rawValue], to: each == durability ? 1 : 0)
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
