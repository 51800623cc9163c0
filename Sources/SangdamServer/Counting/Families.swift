// All families of a server, from those who count them: what is declared before anything is counted.

internal import SangdamCore
internal import SangdamMetrics

extension MetricFamily {
    /// The families of Metrics.md#Overview. No label may ever name a customer, a chat or a session.
    static let all =
        DeskMetrics.families + SnapshotGauges.families + EdgeMetrics.families + JournalMetrics.families
        + FAQSearcher.families + [CertificateWatch.expiry]
}

extension MetricsRegistry {
    /// With all families declared, and the series that are known beforehand at 0.
    convenience init(for desk: DeskConfiguration) {
        self.init()
        declare(MetricFamily.all)
        declareProcessMetrics()
        for family in CountedFamily.allCases {
            guard var zeros = family.row.zeros else { continue }
            if family.row.labels.contains("queue") { zeros["queue"] = desk.queues.map(\.id.text) }
            expect(family.metric.name, zeros)
        }
    }
}
