// One scrape: a fresh look at the desk, then the text of all metrics. Off the reactors and off the desk, because the
// text of many series takes a while.

internal import Dispatch
internal import SangdamCore
internal import SangdamMetrics

final class Scrape: Sendable {
    private let registry: MetricsRegistry
    private let gauges: SnapshotGauges
    private let runner: DeskRunner
    private let queue = DispatchQueue(label: "sangdam.scrape", qos: .utility)

    init(registry: MetricsRegistry, runner: DeskRunner) {
        self.registry = registry
        self.runner = runner
        gauges = SnapshotGauges(registry)
    }

    /// `completion` gets the exposition, on a queue of ours.
    func text(_ completion: @escaping @Sendable ([UInt8]) -> Void) {
        runner.submit([
            .snapshot { [self] snapshot in
                queue.async {
                    self.gauges.update(snapshot)
                    completion(self.registry.text())
                }
            }
        ])
    }
}
