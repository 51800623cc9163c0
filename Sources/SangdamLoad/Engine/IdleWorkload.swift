// Connections that have said hello, and perhaps entered a queue, and then are silent.

internal import SangdamCore
internal import SangdamNet
internal import SangdamProtocol

/// The load of idle connections. Confined to the reactor.
final class IdleWorkload: Workload {
    private enum Part {
        case opening
        /// The server may still be tidying up after the handshakes.
        case settling
        case hold
        case leaving
    }

    let clients: [LoadClient]
    private let plan: IdlePlan
    private unowned let stage: LoadStage
    private var part = Part.opening
    private var ready = 0
    private var gone = 0
    private var beganAt: UInt64 = 0
    private var setupSeconds = 0.0
    private var partEnds: UInt64 = 0
    private var residentBefore: Int?
    private var residentAfter: Int?
    private var first: Snapshot?
    private var last: Snapshot?

    private static let opensAtOnce = 64
    private static let leaveSeconds = 10.0

    init(_ plan: IdlePlan, on stage: LoadStage) {
        self.plan = plan
        self.stage = stage
        clients = (0..<plan.connections).map { LoadClient(.customer, index: $0, number: $0, stage: stage) }
    }

    func start() {
        beganAt = Clock.nanoseconds()
        residentBefore = stage.server?.residentKiB()
        stage.open(clients, atOnce: Self.opensAtOnce)
    }

    func opened(_ client: LoadClient) {
        client.phase = .hello
        client.send(.stranger)
    }

    func received(_ line: ServerFields, from client: LoadClient, at now: UInt64) {
        switch line.type {
        case .welcome:
            guard client.phase == .hello else { return }
            if let topic = plan.waitsFor {
                client.phase = .queued
                client.send(.enter(topic: TopicID(topic), intake: nil))
            } else {
                becomeReady(client, at: now)
            }
        case .queued:
            if client.phase == .queued { becomeReady(client, at: now) }
        case .started:
            stage.finish(
                .failure(.unavailable("an agent took \(client.name): waiting needs a topic that nobody serves now")))
        case .ended:
            if part == .leaving { client.close() }
        case .error, .bye:
            if part != .leaving { stage.refused(client, line) }
        default: break
        }
    }

    private func becomeReady(_ client: LoadClient, at now: UInt64) {
        client.phase = .ready
        ready += 1
        stage.settled()
        guard ready == clients.count else { return }
        setupSeconds = Double(now - beganAt) / 1e9
        part = .settling
        partEnds = now + UInt64(stage.target.warmUpSeconds * 1e9)
    }

    func closed(_ client: LoadClient, _ reason: CloseReason) -> Bool {
        gone += 1
        return part == .leaving
    }

    func tick(at now: UInt64) {
        switch part {
        case .settling where now >= partEnds:
            residentAfter = stage.server?.residentKiB()
            let snapshot = stage.snapshot(units: 0)
            first = snapshot
            part = .hold
            partEnds = snapshot.nanoseconds + UInt64(stage.target.measuredSeconds * 1e9)
        case .hold where now >= partEnds:
            last = stage.snapshot(units: 0)
            leave(at: now)
        case .leaving where now >= partEnds || gone == clients.count: finish()
        case .opening, .settling, .hold, .leaving: break
        }
    }

    /// Who waits leaves the queue, or its chat would be held for a customer who never comes back.
    private func leave(at now: UInt64) {
        part = .leaving
        partEnds = now + UInt64(Self.leaveSeconds * 1e9)
        for client in clients {
            client.phase = .leaving
            if plan.waitsFor == nil { client.close() } else { client.send(Command.leave) }
        }
    }

    private func finish() {
        guard let first, let last else { return }
        var resident: (before: Int, after: Int)?
        if let residentBefore, let residentAfter { resident = (residentBefore, residentAfter) }
        stage.finish(
            .success(
                .idle(
                    IdleReport(
                        speaks: stage.target.speaks, connections: plan.connections, waitsFor: plan.waitsFor,
                        setupSeconds: setupSeconds,
                        interval: MeasuredInterval(from: first, to: last), residentKiB: resident))))
    }

    func passEnded() {}

    /// Standing still is what it is for, once all are there.
    var progress: UInt64 { part == .opening ? UInt64(ready) : Clock.nanoseconds() }

    var owed: String { "" }

    func progressText(at now: UInt64) -> String {
        switch part {
        case .opening: "\(ready) of \(clients.count) connections"
        case .settling, .hold:
            "\(clients.count) connections, \(fixed(Double(partEnds - min(now, partEnds)) / 1e9, decimals: 0)) s left"
        case .leaving: "leaving"
        }
    }
}
