// The gauges: how the desk stands, written into the sample of one scrape.

internal import SangdamCore
internal import SangdamMetrics
internal import Synchronization

/// The latest snapshot; whoever scrapes asks the desk for a fresh one first.
final class SnapshotGauges: Sendable {
    private let latest = Mutex<DeskSnapshot?>(nil)

    init(_ registry: MetricsRegistry) {
        registry.collect { [weak self] sample in
            guard let snapshot = self?.latest.withLock({ $0 }) else { return }
            Self.write(snapshot, into: &sample)
        }
    }

    func update(_ snapshot: DeskSnapshot) {
        latest.withLock { $0 = snapshot }
    }

    private static func write(_ snapshot: DeskSnapshot, into sample: inout MetricsSample) {
        for figures in snapshot.queues {
            let queue = figures.queue.text
            sample.set("sangdam_queue_length", [queue], to: Double(figures.length))
            sample.set("sangdam_queue_oldest_wait_seconds", [queue], to: figures.oldestWait.seconds)
            if let estimate = figures.estimatedWaitSeconds {
                sample.set("sangdam_queue_estimated_wait_seconds", [queue], to: estimate)
            }
        }
        for status in AgentStatus.allCases {
            sample.set("sangdam_agents", [status.rawValue], to: Double(snapshot.agents[status] ?? 0))
        }
        sample.set("sangdam_agent_slots", ["free"], to: Double(snapshot.freeSlots))
        sample.set("sangdam_agent_slots", ["active"], to: Double(snapshot.activeSlots))
        sample.set("sangdam_agent_slots", ["reserved"], to: Double(snapshot.reservedSlots))
        sample.set("sangdam_agent_slots", ["wrapup"], to: Double(snapshot.wrapUpSlots))
    }
}
