// Makes metrics of what the desk observes. Nothing else feeds these families, so that all of them can be recomputed
// from the journal.

internal import Metrics
internal import SangdamCore
internal import SangdamMetrics

/// Handles are made when a set of labels is first seen and kept; counting is one atomic addition.
///
/// Confined to the desk's owner.
final class DeskMetrics {
    private let factory: PrometheusFactory
    private var counters: [CounterKey: Counter] = [:]
    private var recorders: [CounterKey: Recorder] = [:]
    private let fromCustomers: Counter
    private let fromAgents: Counter
    private let deduplicated: Counter

    /// A family and the values of its labels, in the family's order.
    private struct CounterKey: Hashable {
        let family: String
        let first: String
        let second: String?
    }

    init(_ registry: MetricsRegistry) {
        factory = PrometheusFactory(registry)
        fromCustomers = Counter(label: "sangdam_messages_total", dimensions: [("from", "customer")], factory: factory)
        fromAgents = Counter(label: "sangdam_messages_total", dimensions: [("from", "agent")], factory: factory)
        deduplicated = Counter(label: "sangdam_messages_deduplicated_total", factory: factory)
    }

    func count(_ observation: Observation) {
        switch observation {
        case .message(let party):
            (party == .customer ? fromCustomers : fromAgents).increment()
        case .deduplicated:
            deduplicated.increment()
        case .offered(let queue):
            add("sangdam_chats_offered_total", ("queue", queue.text))
        case .answered(let queue, let waited):
            add("sangdam_chats_answered_total", ("queue", queue.text))
            record("sangdam_queue_wait_seconds", ("queue", queue.text), ("outcome", "answered"), waited)
        case .abandoned(let queue, let waited, let isShort):
            add("sangdam_chats_abandoned_total", ("queue", queue.text), ("short", isShort ? "true" : "false"))
            record("sangdam_queue_wait_seconds", ("queue", queue.text), ("outcome", "abandoned"), waited)
        case .ended(let queue, let reason):
            add("sangdam_chats_ended_total", ("queue", queue.text), ("reason", reason.rawValue))
        case .handled(let queue, let interval):
            record("sangdam_handle_seconds", ("queue", queue.text), nil, interval)
        case .firstResponse(let queue, let interval):
            record("sangdam_first_response_seconds", ("queue", queue.text), nil, interval)
        case .wrappedUp(let queue, let interval):
            record("sangdam_wrapup_seconds", ("queue", queue.text), nil, interval)
        case .offer(let queue, let result):
            add("sangdam_offers_total", ("queue", queue.text), ("result", result.rawValue))
        case .transferred(let kind):
            add("sangdam_transfers_total", ("kind", kind.rawValue))
        case .requeued(let reason):
            add("sangdam_requeues_total", ("reason", reason.rawValue))
        case .rated(let queue, let score):
            add("sangdam_ratings_total", ("queue", queue.text), ("score", String(score)))
        case .resumed(let role, let result):
            add("sangdam_resumes_total", ("role", role.rawValue), ("result", result.rawValue))
        case .refused(let code):
            add("sangdam_refusals_total", ("code", code.rawValue))
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
