// Where families, their series and what is computed at scrape time come together. Handles are made once for each set of
// labels and kept by whoever counts; making one takes the registry's lock, counting does not.

internal import Synchronization

/// All metrics of a process.
package final class MetricsRegistry: Sendable {
    /// So many sets of labels a family may have. What comes later is counted with every label `other`: a label that
    /// grows without bound is a bug of ours and must not become a full memory.
    package static let seriesLimit = 1000

    private struct State {
        var families: [String: FamilySeries] = [:]
        var collectors: [@Sendable (inout MetricsSample) -> Void] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// Declares a family. Without labels its one series is there at once, at 0.
    package func declare(_ family: MetricFamily) {
        state.withLock { state in
            precondition(state.families[family.name] == nil, "\(family.name) is declared twice")
            var series = FamilySeries(family)
            if family.labels.isEmpty { _ = series.handle([]) }
            state.families[family.name] = series
        }
    }

    package func declare(_ families: [MetricFamily]) {
        for family in families { declare(family) }
    }

    package func declareCounter(_ name: String, help: String, labels: [String] = []) {
        declare(MetricFamily(name, .counter, help: help, labels: labels))
    }

    package func declareGauge(_ name: String, help: String, labels: [String] = []) {
        declare(MetricFamily(name, .gauge, help: help, labels: labels))
    }

    package func declareHistogram(_ name: String, help: String, buckets: [Double], labels: [String] = []) {
        declare(MetricFamily(name, .histogram(buckets: buckets), help: help, labels: labels))
    }

    /// Makes the series for every combination of these label values, so that they stand at 0 before the first event: a
    /// rate over a series that begins at 1 misses that 1.
    package func expect(_ name: String, _ values: [String: [String]]) {
        state.withLock { state in
            guard var series = state.families[name] else { preconditionFailure("\(name) is not declared") }
            precondition(
                Set(values.keys) == Set(series.family.labels), "\(name) has the labels \(series.family.labels)")
            var combinations: [[String]] = [[]]
            for label in series.family.labels {
                combinations = combinations.flatMap { head in (values[label] ?? []).map { head + [$0] } }
            }
            for combination in combinations { _ = series.handle(combination) }
            state.families[name] = series
        }
    }

    /// Called at each scrape with an empty sample to fill. It must not wait and not call the registry.
    package func collect(_ collector: @escaping @Sendable (inout MetricsSample) -> Void) {
        state.withLock { $0.collectors.append(collector) }
    }

    /// The exposition, Prometheus text format 0.0.4: families by name, series by label values.
    package func text() -> [UInt8] {
        let (families, collectors) = state.withLock { ($0.families, $0.collectors) }
        var sample = MetricsSample()
        // Outside the lock: a collector may take locks of its own.
        for collector in collectors { collector(&sample) }
        var exposition = Exposition()
        for name in families.keys.sorted() {
            guard let series = families[name] else { continue }
            exposition.write(series, sampled: sample.values[name] ?? [:])
        }
        return exposition.bytes
    }

    /// The handle for a set of labels, made when it is asked for the first time.
    ///
    /// A family that nobody declared is a library's: it comes into being with the kind and the labels that it is first
    /// used with; handles with other labels count where nobody looks.
    func handle(_ name: String, _ dimensions: [(String, String)], as kind: MetricFamily.Kind) -> SeriesHandle {
        state.withLock { state in
            let isDeclared = state.families[name]?.isDeclared ?? false
            let name = isDeclared ? name : sanitised(name, allowsColon: true)
            let dimensions = isDeclared ? dimensions : dimensions.map { (sanitised($0.0, allowsColon: false), $0.1) }
            var series =
                state.families[name]
                ?? FamilySeries(
                    MetricFamily(name, kind, help: "", labels: dimensions.map(\.0)), isDeclared: false)
            let values = series.family.labels.compactMap { label in dimensions.first { $0.0 == label }?.1 }
            guard values.count == series.family.labels.count, values.count == dimensions.count else {
                precondition(!isDeclared, "\(name) has the labels \(series.family.labels), not \(dimensions)")
                return series.makeHandle()
            }
            let handle = series.handle(values)
            state.families[name] = series
            return handle
        }
    }

    func remove(_ handle: AnyObject) {
        state.withLock { state in
            for (name, series) in state.families {
                guard let labels = series.series.first(where: { $0.value.object === handle })?.key else { continue }
                state.families[name]?.series[labels] = nil
                return
            }
        }
    }
}

/// A family and its series so far.
struct FamilySeries: Sendable {
    let family: MetricFamily
    /// False for a library's.
    let isDeclared: Bool
    var series: [[String]: SeriesHandle] = [:]

    init(_ family: MetricFamily, isDeclared: Bool = true) {
        self.family = family
        self.isDeclared = isDeclared
    }

    mutating func handle(_ values: [String]) -> SeriesHandle {
        if let handle = series[values] { return handle }
        var values = values
        if series.count >= MetricsRegistry.seriesLimit {
            values = values.map { _ in "other" }
            if let handle = series[values] { return handle }
        }
        let handle = makeHandle()
        series[values] = handle
        return handle
    }

    func makeHandle() -> SeriesHandle {
        switch family.kind {
        case .counter: .counter(CounterSeries())
        case .gauge: .gauge(GaugeSeries())
        case .histogram(let buckets): .histogram(HistogramSeries(bounds: buckets))
        }
    }
}

/// The counting part of a series.
enum SeriesHandle: Sendable {
    case counter(CounterSeries)
    case gauge(GaugeSeries)
    case histogram(HistogramSeries)

    var object: AnyObject {
        switch self {
        case .counter(let series): series
        case .gauge(let series): series
        case .histogram(let series): series
        }
    }
}

/// Values that are computed when somebody looks. They stand in place of a handle's value with the same labels, and are
/// forgotten after the scrape, so that what no longer exists no longer shows.
package struct MetricsSample: Sendable {
    private(set) var values: [String: [[String]: Double]] = [:]

    package init() {}

    /// Sets a gauge or a counter of a declared family; label values in the order of the family's label names.
    package mutating func set(_ name: String, _ labelValues: [String] = [], to value: Double) {
        values[name, default: [:]][labelValues] = value
    }
}
