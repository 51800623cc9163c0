// What every kind of load stands on: the reactor, opening connections at a pace that a listen queue bears, the clock's
// ticks, the watch for standing still, and the one way out. Confined to the reactor.
//
// The first connection is a probe: it finds out whether there is a server, agrees on TLS, and resolves the name once,
// so that ten thousand connections do not ask ten thousand times.

internal import SangdamJSON
internal import SangdamNet
internal import SangdamProtocol

/// The reactor's attachment during a run.
final class LoadStage {
    let reactor: Reactor
    let target: LoadTarget
    let server: ServerProcess?
    private let tls: TLSContext
    private let limits: ConnectionLimits
    private let result: LoadResult
    private var workload: (any Workload)?
    private lazy var probe = LoadClient(.probe, index: 0, number: -1, stage: self)
    /// The server's address once the probe has found it.
    private var address: String?
    private var toOpen: [LoadClient] = []
    private var opening = 0
    private var openingAtOnce = 64
    private var stall: StallWatch
    private var ticks = 0
    /// For `spin`.
    var isSpinning = false
    /// For the frame under way: a client's own would be memory for every connection.
    var scratch: [UInt8] = []
    private(set) var isOver = false

    /// The time for name, TCP and TLS together.
    private static let connectMilliseconds = 10_000
    /// Every so many ticks the line for the terminal is renewed.
    private static let ticksPerProgress = 10

    init(
        reactor: Reactor, target: LoadTarget, tls: TLSContext, server: ServerProcess?, unsentBytes: Int,
        result: LoadResult
    ) {
        self.reactor = reactor
        self.target = target
        self.tls = tls
        self.server = server
        self.result = result
        var limits = ConnectionLimits()
        limits.unsentBytes = unsentBytes
        self.limits = limits
        stall = StallWatch(limitSeconds: target.stallSeconds)
    }

    func start(_ workload: any Workload) {
        self.workload = workload
        reactor.onEndOfReading { [weak self] _ in
            guard let self, !isOver else { return }
            self.workload?.passEnded()
        }
        connect(probe)
    }

    // MARK: connections

    /// Opens them in order, so many at once: an opening is over with `settled`.
    func open(_ clients: [LoadClient], atOnce: Int) {
        toOpen = clients.reversed()
        opening = 0
        openingAtOnce = atOnce
        openMore()
    }

    /// One that was being opened has come so far that the next one may begin.
    func settled() {
        opening -= 1
        openMore()
    }

    private func openMore() {
        while !isOver, opening < openingAtOnce, let client = toOpen.popLast() {
            opening += 1
            connect(client)
        }
    }

    /// Opens a connection now.
    func connect(_ client: LoadClient, session: TLSSession? = nil) {
        client.phase = .connecting
        client.connectedAt = Clock.nanoseconds()
        let number = client.number
        Connector.connect(
            host: address ?? target.server.host, port: Int(target.server.port), tls: tls,
            serverName: target.server.host, on: reactor,
            timeoutMilliseconds: Self.connectMilliseconds, limits: limits, session: session
        ) { connection in
            let stage = connection.reactor.attachment as? LoadStage
            return stage?.client(number) ?? Nobody()
        }
    }

    private func client(_ number: Int) -> LoadClient? {
        number < 0 ? probe : workload?.clients[number]
    }

    // MARK: what clients report

    func opened(_ client: LoadClient) {
        guard !isOver else { return }
        if client === probe {
            address = client.connection?.remoteAddress.host
            client.close()
        } else {
            workload?.opened(client)
        }
    }

    func received(_ bytes: UnsafeRawBufferPointer, from client: LoadClient, at now: UInt64) {
        guard !isOver, client !== probe else { return }
        guard let line = ServerFields(fromServer: bytes) else {
            let excerpt = String(decoding: bytes.prefix(120), as: UTF8.self)
            finish(.failure(.notUnderstood("\(client.name): this is not what the server says: \(shown(excerpt))")))
            return
        }
        workload?.received(line, from: client, at: now)
    }

    func closed(_ client: LoadClient, _ reason: CloseReason) {
        let phase = client.phase
        client.phase = .closed
        guard !isOver else { return }
        if client === probe, reason == .closedHere {
            workload?.start()
        } else if client === probe || workload?.closed(client, reason) != true {
            let what = client === probe ? "" : "\(client.name), \(phase.rawValue): "
            let sentence = sentence(for: reason, whileConnecting: phase == .connecting, client.farewell)
            finish(.failure(.unavailable("\(target.server.host) port \(Int(target.server.port)): \(what)\(sentence)")))
        }
    }

    // MARK: time

    /// Comes from a timer, through the reactor.
    func tick() {
        guard !isOver, let workload else { return }
        let now = Clock.nanoseconds()
        workload.tick(at: now)
        guard !isOver else { return }
        if address != nil, stall.isStalled(workload.progress, at: now) {
            finish(
                .failure(
                    .unavailable(
                        "nothing has moved for \(fixed(target.stallSeconds, decimals: 0)) s: \(workload.owed)"
                            + phases(of: workload))))
            return
        }
        ticks += 1
        if ticks % Self.ticksPerProgress == 0 { result.setProgress(workload.progressText(at: now)) }
    }

    private func phases(of workload: any Workload) -> String {
        LoadClient.Phase.allCases.compactMap { phase in
            let clients = workload.clients.filter { $0.phase == phase }
            let agents = clients.count { $0.role == .agent }
            let customers = clients.count - agents
            let parts = [(agents, "agents"), (customers, "customers")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return parts.isEmpty ? nil : parts.joined(separator: " and ") + " " + phase.rawValue
        }.joined(separator: ", ")
    }

    /// The counters now. Ends the run when the server's process has gone.
    func snapshot(units: UInt64, resumed: UInt64 = 0) -> Snapshot {
        let serverNanoseconds = server?.processorNanoseconds()
        if server != nil, serverNanoseconds == nil { finish(.failure(.unavailable("the server's process has ended"))) }
        return Snapshot(
            nanoseconds: Clock.nanoseconds(), units: units, resumed: resumed, serverNanoseconds: serverNanoseconds,
            ownNanoseconds: Clock.ownProcessorNanoseconds())
    }

    /// Keeps the reactor turning without a pause until `isSpinning` is false: a timer's slack would be latency.
    func spin() {
        guard isSpinning, !isOver else { return }
        reactor.post { ($0.attachment as? LoadStage)?.spin() }
    }

    // MARK: the end

    func finish(_ outcome: Result<LoadReport, LoadFailure>) {
        guard !isOver else { return }
        isOver = true
        result.set(outcome)
    }

    /// The server has said no, in its own words.
    func refused(_ client: LoadClient, _ line: ServerFields) {
        let said = [line.code, line.sentence].compactMap { $0?.string }.joined(separator: ": ")
        let advice = Self.advice(about: line.code?.string).map { " \($0)" } ?? ""
        finish(.failure(.refused("\(client.name), \(client.phase.rawValue): the server says \(shown(said))\(advice)")))
    }

    /// What cures a refusal that only a server has which was not made ready for load.
    private static func advice(about code: String?) -> String? {
        let settings: String? =
            switch code {
            case "rate_limited": "limits.message_burst and limits.messages_per_second"
            case "queue_full": "limits.queue_length"
            case "too_long": "limits.text_bytes and limits.message_bytes"
            default: nil
            }
        return settings.map { "Raise \($0) in that server's configuration." }
    }

    /// The server's answer to the wish to speak WebSocket is no.
    func notUpgraded(_ client: LoadClient, _ fault: WebSocketOpening.Fault) {
        switch fault {
        case .refused(let status):
            finish(.failure(.refused("\(client.name): no WebSocket there: the server says \(shown(status))")))
        case .notUnderstood(let excerpt):
            finish(.failure(.notUnderstood("\(client.name): this is no answer to WebSocket: \(shown(excerpt))")))
        }
    }

    private func sentence(for reason: CloseReason, whileConnecting: Bool, _ farewell: String?) -> String {
        if let farewell { return "the server closed with \(farewell)" }
        return switch reason {
        case .endOfInput where whileConnecting, .lost where whileConnecting:
            "closed before TLS stood: its limit of connections, or of those of one address, may be the reason"
        case .endOfInput: "the server closed the connection"
        case .lost(let number): "the connection was lost: \(systemErrorText(number))"
        case .tooSlow: "the server stopped reading"
        case .handshakeFailed(let text): "no TLS: \(text)"
        case .handshakeTimedOut: "no TLS in time"
        case .notTLS: "no TLS there"
        case .tlsError(let text): "TLS broke: \(text)"
        case .closedHere, .shutDown: "closed"
        case .connectFailed(let number): "cannot connect: \(systemErrorText(number))"
        case .connectTimedOut: "cannot connect: no answer"
        case .cannotResolve(let text): "the name cannot be resolved: \(text)"
        case .untrusted(let text): "the server's certificate is not trusted: \(text)"
        }
    }
}

/// Text of the peer without what a terminal would obey.
func shown(_ text: String) -> String {
    String(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) })
}

/// Takes a connection that nobody wants any more.
private final class Nobody: ConnectionHandler {
    func connectionOpened(_ connection: Connection) { connection.close() }
    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {}
    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {}
}
