// Makes metrics of what the desk observes. Nothing else feeds these families. What can be recomputed from the journal
// is counted in `totals` and shown by `SafeTotals`; lengths of time, and what no record says, begin anew with each
// process.

internal import Metrics
internal import SangdamCore
internal import SangdamMetrics

/// Handles are made when a set of labels is first seen and kept; counting is one atomic addition.
///
/// Confined to the thread that drains the desk's mailbox.
final class DeskMetrics {
    private let factory: PrometheusFactory
    private var counters: [CounterKey: Counter] = [:]
    private var recorders: [CounterKey: Recorder] = [:]
    private let deduplicated: Counter
    /// Counted since the journal was begun.
    private(set) var totals: Totals

    /// A family and the values of its labels, in the family's order.
    private struct CounterKey: Hashable {
        let family: String
        let first: String
        let second: String?
    }

    /// - Parameter totals: what the journal says at the start.
    init(_ registry: MetricsRegistry, from totals: Totals = Totals()) {
        self.totals = totals
        factory = PrometheusFactory(registry)
        deduplicated = Counter(label: "sangdam_messages_deduplicated_total", factory: factory)
    }

    func count(_ observation: Observation) {
        totals.count(observation)
        switch observation {
        case .deduplicated:
            deduplicated.increment()
        case .answered(let queue, let waited):
            record("sangdam_queue_wait_seconds", ("queue", queue.text), ("outcome", "answered"), waited)
        case .abandoned(let queue, let waited, _):
            record("sangdam_queue_wait_seconds", ("queue", queue.text), ("outcome", "abandoned"), waited)
        case .handled(let queue, let interval):
            record("sangdam_handle_seconds", ("queue", queue.text), nil, interval)
        case .firstResponse(let queue, let interval):
            record("sangdam_first_response_seconds", ("queue", queue.text), nil, interval)
        case .wrappedUp(let queue, let interval):
            record("sangdam_wrapup_seconds", ("queue", queue.text), nil, interval)
        case .resumed(let role, let result):
            add("sangdam_resumes_total", ("role", role.rawValue), ("result", result.rawValue))
        case .refused(let code):
            add("sangdam_refusals_total", ("code", code.rawValue))
        case .message, .offered, .ended, .offer, .transferred, .requeued, .rated:
            break
        }
    }

    private func add(_ family: String, _ first: (String, String), _ second: (String, String)? = nil) {
        let key = CounterKey(family: family, first: first.1, second: second?.1)
        if let counter = counters[key] {
            counter.increment()
            return
        }
        let counter = Counter(label: family, dimensions: [first] + (second.map { [$0] } ?? []), factory: factory)
        counters[key] = counter
        counter.increment()
    }

    private func record(
        _ family: String, _ first: (String, String), _ second: (String, String)?, _ interval: Interval
    ) {
        let key = CounterKey(family: family, first: first.1, second: second?.1)
        if let recorder = recorders[key] {
            recorder.record(interval.seconds)
            return
        }
        let recorder = Recorder(label: family, dimensions: [first] + (second.map { [$0] } ?? []), factory: factory)
        recorders[key] = recorder
        recorder.record(interval.seconds)
    }
}
