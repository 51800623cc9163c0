// One scrape: a fresh look at the desk, then the text of all metrics. Off the reactors and off the desk, because the
// text of many series takes a while.

internal import Dispatch
internal import SangdamCore
internal import SangdamJournal
internal import SangdamMetrics

final class Scrape: Sendable {
    private let registry: MetricsRegistry
    private let gauges: SnapshotGauges
    private let totals: SafeTotals
    private let mailbox: DeskMailbox
    private let queue = DispatchQueue(label: "sangdam.scrape", qos: .utility)

    /// - Parameter totals: what the journal says at the start.
    init(registry: MetricsRegistry, mailbox: DeskMailbox, journal: Journal, totals: Totals) {
        self.registry = registry
        self.mailbox = mailbox
        gauges = SnapshotGauges(registry)
        self.totals = SafeTotals(registry, from: totals, journal: journal, queue: queue)
    }

    /// `completion` gets the exposition, on a queue of ours.
    func text(_ completion: @escaping @Sendable ([UInt8]) -> Void) {
        mailbox.submit([
            .snapshot { [self] snapshot, counted in
                gauges.update(snapshot)
                totals.settle(counted) { completion(self.registry.text()) }
            }
        ])
    }
}
