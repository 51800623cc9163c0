// Makes metrics of what the desk observes, by the families of the core's `Observation.swift`. What can be recomputed
// from the journal is counted in `totals` and shown by `SafeTotals`; the others begin anew with each process.

internal import Metrics
internal import SangdamCore
internal import SangdamMetrics

/// Handles are made when a set of labels is first seen and kept; counting is one atomic addition.
///
/// Confined to the thread that drains the desk's mailbox.
final class DeskMetrics {
    static let families = CountedFamily.allCases.map(\.metric)

    private let factory: PrometheusFactory
    private var counters: [CountedSeries: Counter] = [:]
    private var recorders: [CountedSeries: Recorder] = [:]
    /// Counted since the journal was begun.
    private(set) var totals: Totals

    /// - Parameter totals: what the journal says at the start.
    init(_ registry: MetricsRegistry, from totals: Totals = Totals()) {
        self.totals = totals
        factory = PrometheusFactory(registry)
    }

    func count(_ observation: Observation) {
        totals.count(observation) { counted in
            if let lasted = counted.lasted {
                recorder(of: counted.series).record(lasted.seconds)
            } else {
                counter(of: counted.series).increment()
            }
        }
    }

    private func counter(of series: CountedSeries) -> Counter {
        if let counter = counters[series] { return counter }
        let counter = Counter(label: series.family.metric.name, dimensions: series.dimensions, factory: factory)
        counters[series] = counter
        return counter
    }

    private func recorder(of series: CountedSeries) -> Recorder {
        if let recorder = recorders[series] { return recorder }
        let recorder = Recorder(label: series.family.metric.name, dimensions: series.dimensions, factory: factory)
        recorders[series] = recorder
        return recorder
    }
}

extension CountedFamily {
    /// As it is declared.
    var metric: MetricFamily {
        let row = row
        return switch row.kind {
        case .lasting, .counter:
            MetricFamily("sangdam_\(rawValue)_total", .counter, help: row.help, labels: row.labels)
        case .length(let buckets):
            MetricFamily("sangdam_\(rawValue)", .histogram(buckets: buckets), help: row.help, labels: row.labels)
        }
    }
}

extension CountedSeries {
    fileprivate var dimensions: [(String, String)] { Array(zip(family.row.labels, labels)) }
}
