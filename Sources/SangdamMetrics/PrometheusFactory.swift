// swift-metrics' way in: `Counter(label:dimensions:)` and its kin, ours and those of libraries, end in the registry.
// The label is the metric's name as it is exposed.

package import CoreMetrics

/// Counts what goes through swift-metrics in a registry.
///
/// - A `Recorder` of a family declared as a histogram is one, a `Gauge` or a `Recorder` of a gauge sets it. Of families
///   that nobody declared, `aggregate` decides.
/// - A `Timer` is a histogram in seconds.
/// - Using a declared family as another kind is a bug of ours and stops the process at the first use.
package struct PrometheusFactory: MetricsFactory {
    package let registry: MetricsRegistry

    /// For families that a library brings along.
    private static let undeclaredBuckets: [Double] = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60]

    package init(_ registry: MetricsRegistry) {
        self.registry = registry
    }

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        guard case .gauge(let gauge) = registry.handle(label, dimensions, as: .gauge) else {
            preconditionFailure("\(label) is no gauge")
        }
        return gauge
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let kind: MetricFamily.Kind = aggregate ? .histogram(buckets: Self.undeclaredBuckets) : .gauge
        switch registry.handle(label, dimensions, as: kind) {
        case .gauge(let gauge): return gauge
        case .histogram(let histogram): return histogram
        case .counter: preconditionFailure("\(label) is a counter")
        }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let kind = MetricFamily.Kind.histogram(buckets: Self.undeclaredBuckets)
        guard case .histogram(let histogram) = registry.handle(label, dimensions, as: kind) else {
            preconditionFailure("\(label) is no histogram")
        }
        return histogram
    }

    package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
    package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    private func remove(_ handler: AnyObject) {
        registry.remove(handler)
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterSeries {
        guard case .counter(let counter) = registry.handle(label, dimensions, as: .counter) else {
            preconditionFailure("\(label) is no counter")
        }
        return counter
    }
}
