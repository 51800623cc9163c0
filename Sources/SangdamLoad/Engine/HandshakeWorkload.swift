// TLS handshakes, each with one round trip of the application: connect, hello, welcome, close, again. Resumed ones use
// the newest ticket of their own predecessor, as a returning client would.

internal import SangdamNet
internal import SangdamProtocol

/// The load of handshakes. Confined to the reactor.
final class HandshakeWorkload: Workload {
    private enum Part {
        /// Only when resuming: a first, full handshake for each client.
        case tickets
        case warmUp, measure
    }

    let clients: [LoadClient]
    private let plan: HandshakePlan
    private unowned let stage: LoadStage
    private var part: Part
    private var sessions: [TLSSession?]
    private var done: UInt64 = 0
    private var resumed: UInt64 = 0
    private var latencies = Latencies()
    private var agreement: String?
    private var partEnds: UInt64 = 0
    private var first: Snapshot?
    private var shown = (done: UInt64(0), at: UInt64(0))

    /// A server that has given no ticket after so many handshakes of each client gives none.
    private static let triesForTicket: UInt64 = 10

    init(_ plan: HandshakePlan, on stage: LoadStage) {
        self.plan = plan
        self.stage = stage
        clients = (0..<plan.concurrency).map { LoadClient(.customer, index: $0, number: $0, stage: stage) }
        sessions = Array(repeating: nil, count: plan.concurrency)
        part = plan.resumes ? .tickets : .warmUp
    }

    func start() {
        if !plan.resumes { beginWarmUp() }
        for client in clients { stage.connect(client) }
    }

    private func beginWarmUp() {
        part = .warmUp
        partEnds = Clock.nanoseconds() + UInt64(stage.target.warmUpSeconds * 1e9)
    }

    func opened(_ client: LoadClient) {
        client.phase = .hello
        client.send(.stranger)
    }

    func received(_ line: ServerFields, from client: LoadClient, at now: UInt64) {
        switch line.type {
        case .welcome: welcomed(client, at: now)
        case .error, .bye: stage.refused(client, line)
        default: break
        }
    }

    private func welcomed(_ client: LoadClient, at now: UInt64) {
        guard client.phase == .hello, let connection = client.connection else { return }
        client.phase = .leaving
        done += 1
        if connection.isResumed { resumed += 1 }
        if part == .measure { latencies.record(now - client.connectedAt) }
        if agreement == nil { agreement = connection.tlsAgreement }
        // A ticket comes before the answer to hello (RFC 8446, 4.6.1: any time after the handshake).
        if plan.resumes { sessions[client.index] = connection.session ?? sessions[client.index] }
        client.close()
        guard part == .tickets else { return }
        if sessions.allSatisfy({ $0 != nil }) {
            beginWarmUp()
        } else if done > Self.triesForTicket * UInt64(plan.concurrency) {
            stage.finish(.failure(.notUnderstood("the server gives no session tickets: there is nothing to resume")))
        }
    }

    func closed(_ client: LoadClient, _ reason: CloseReason) -> Bool {
        guard reason == .closedHere else { return false }
        stage.connect(client, session: sessions[client.index])
        return true
    }

    func tick(at now: UInt64) {
        switch part {
        case .warmUp where now >= partEnds:
            let snapshot = stage.snapshot(units: done, resumed: resumed)
            first = snapshot
            part = .measure
            partEnds = snapshot.nanoseconds + UInt64(stage.target.measuredSeconds * 1e9)
        case .measure where now >= partEnds:
            stage.finish(report)
        case .tickets, .warmUp, .measure: break
        }
    }

    private var report: Result<LoadReport, LoadFailure> {
        let last = stage.snapshot(units: done, resumed: resumed)
        guard let first, last.units > first.units else {
            return .failure(.unavailable("no handshake was done in the measured time"))
        }
        return .success(
            .handshakes(
                HandshakeReport(
                    speaks: stage.target.speaks, resumes: plan.resumes, concurrency: plan.concurrency,
                    interval: MeasuredInterval(from: first, to: last), latencies: latencies.summary,
                    agreement: agreement, serverResidentKiB: stage.server?.residentKiB())))
    }

    func passEnded() {}

    var progress: UInt64 { done }

    var owed: String { "" }

    func progressText(at now: UInt64) -> String {
        let rate = shown.at > 0 ? Double(done - shown.done) / (Double(now - shown.at) / 1e9) : 0
        shown = (done, now)
        let what = part == .measure ? "p99 so far \(fixed(Double(latencies.p99) / 1e6, decimals: 3)) ms" : "warm-up"
        return "\(fixed(rate, decimals: 0)) handshakes/s, \(what)"
    }
}
