// The gauges: how the desk stands, written into the sample of one scrape.

internal import SangdamCore
internal import SangdamMetrics
internal import Synchronization

/// The latest snapshot; whoever scrapes asks the desk for a fresh one first.
final class SnapshotGauges: Sendable {
    private static let length = MetricFamily(
        "sangdam_queue_length", .gauge, help: "Customers waiting now.", labels: ["queue"])
    private static let isOpen = MetricFamily(
        "sangdam_queue_open", .gauge,
        help: "1 within the queue's hours, or while somebody has opened it, else 0; absent for a queue that is gone.",
        labels: ["queue"])
    private static let oldestWait = MetricFamily(
        "sangdam_queue_oldest_wait_seconds", .gauge,
        help: "How long the customer who has waited longest is waiting.", labels: ["queue"])
    private static let estimatedWait = MetricFamily(
        "sangdam_queue_estimated_wait_seconds", .gauge,
        help: "What a customer who came now would be told; absent while nobody is on duty.", labels: ["queue"])
    private static let agents = MetricFamily(
        "sangdam_agents", .gauge, help: "Agents by their status; offline ones are those who are away.",
        labels: ["status"])
    private static let slots = MetricFamily(
        "sangdam_agent_slots", .gauge, help: "Slots of agents on duty, by what holds them.", labels: ["state"])
    private static let inquiriesOpen = MetricFamily(
        "sangdam_inquiries_open", .gauge, help: "Inquiries that wait for an answer.", labels: ["queue"])
    private static let inquiriesOverdue = MetricFamily(
        "sangdam_inquiries_overdue", .gauge, help: "Inquiries that wait for an answer which was due.",
        labels: ["queue"])
    private static let mailWaiting = MetricFamily(
        "sangdam_mail_waiting", .gauge, help: "Mails that are not sent yet.")
    static let families = [
        length, isOpen, oldestWait, estimatedWait, agents, slots, inquiriesOpen, inquiriesOverdue, mailWaiting,
    ]

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
            sample.set(length.name, [queue], to: Double(figures.length))
            if let isOpen = figures.isOpen { sample.set(Self.isOpen.name, [queue], to: isOpen ? 1 : 0) }
            sample.set(inquiriesOpen.name, [queue], to: Double(figures.inquiriesOpen))
            sample.set(inquiriesOverdue.name, [queue], to: Double(figures.inquiriesOverdue))
            sample.set(oldestWait.name, [queue], to: figures.oldestWait.seconds)
            if let estimate = figures.estimatedWaitSeconds {
                sample.set(estimatedWait.name, [queue], to: estimate)
            }
        }
        for status in AgentStatus.allCases {
            sample.set(agents.name, [status.rawValue], to: Double(snapshot.agents[status] ?? 0))
        }
        sample.set(mailWaiting.name, to: Double(snapshot.mailsWaiting))
        sample.set(slots.name, ["free"], to: Double(snapshot.freeSlots))
        sample.set(slots.name, ["active"], to: Double(snapshot.activeSlots))
        sample.set(slots.name, ["reserved"], to: Double(snapshot.reservedSlots))
        sample.set(slots.name, ["wrapup"], to: Double(snapshot.wrapUpSlots))
    }
}
