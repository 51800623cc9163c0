// Counters that go on over a restart are shown as the journal could not lose them any more.

import Dispatch
import SangdamCore
import SangdamJournal
import SangdamMetrics
import Testing

@testable import SangdamServer

@Suite struct SafeTotalsTests {
    private let folder: TemporaryFolder
    private let journal: Journal
    private let registry = MetricsRegistry()
    private let totals: SafeTotals
    private let queue = DispatchQueue(label: "test.scrape")

    init() throws {
        folder = try TemporaryFolder()
        (journal, _) = try Journal.open(
            JournalConfiguration(dataDirectory: folder.path), progress: { _ in }, replay: { _ in })
        registry.declare(MetricFamily.all)
        totals = SafeTotals(registry, from: Self.counted(3), journal: journal, queue: queue)
    }

    private static func counted(_ count: UInt64) -> Totals {
        var totals = Totals()
        totals.add(count, to: CountedSeries(.transfers, ["cold"]))
        return totals
    }

    /// - Parameter ahead: how many records that are not even appended it rests on.
    private func settle(_ count: UInt64, ahead: UInt64 = 0) async {
        await withCheckedContinuation { continuation in
            totals.settle(CountedTotals(totals: Self.counted(count), number: journal.lastNumber + ahead)) {
                continuation.resume()
            }
        }
    }

    private var shown: String? {
        String(decoding: registry.text(), as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("sangdam_transfers_total{") }.map(String.init)
    }

    @Test("What is not safe yet is not shown, and is as soon as it is", .timeLimit(.minutes(1)))
    func onlySafe() async throws {
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 3")
        await settle(4)
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 4")
        // Appended, but not handed over: the disk cannot have it.
        journal.append(Record(at: .init(milliseconds: 0), body: .restarted))
        await settle(5)
        await settle(6)
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 4")
        journal.commit()
        await settle(7)
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 7")
        journal.close()
    }

    @Test("What became safe is shown although something newer waits already", .timeLimit(.minutes(1)))
    func newerWaits() async throws {
        journal.append(Record(at: .init(milliseconds: 0), body: .restarted))
        await settle(4)
        await settle(5, ahead: 1)
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 3")
        journal.commit()
        await settle(6, ahead: 1)
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 4")
        journal.append(Record(at: .init(milliseconds: 1), body: .restarted))
        journal.commit()
        await settle(7)
        #expect(shown == "sangdam_transfers_total{kind=\"cold\"} 7")
        journal.close()
    }
}
