// Counts what happens between the network and the desk: connections, handshakes, refusals that the translator gave.

internal import Metrics
internal import SangdamCore
internal import SangdamMetrics
internal import SangdamNet
internal import SangdamWire
internal import Synchronization

/// Called from every reactor.
final class EdgeMetrics: NetObserver {
    private static let connections = MetricFamily(
        "sangdam_connections", .gauge, help: "Connections open now.", labels: ["mode"])
    private static let handshakes = MetricFamily(
        "sangdam_tls_handshakes_total", .counter, help: "TLS handshakes.", labels: ["result"])
    private static let disconnects = MetricFamily(
        "sangdam_disconnects_total", .counter, help: "Connections that ended, by the reason.", labels: ["code"])
    /// The desk counts its own there.
    private static let refusals = CountedFamily.refusals.metric
    static let families = [connections, handshakes, disconnects]

    private let factory: PrometheusFactory
    private let open = Mutex<[WireMode: Int]>([:])
    private let counters = Mutex<[String: Counter]>([:])
    private let refusals: RefusalLog

    init(_ registry: MetricsRegistry, refusals: RefusalLog) {
        self.refusals = refusals
        factory = PrometheusFactory(registry)
        registry.expect(Self.handshakes.name, ["result": HandshakeResult.allCases.map(\.label)])
        registry.collect { [weak self] sample in
            let counts = self?.open.withLock { $0 } ?? [:]
            for mode in WireMode.allCases {
                sample.set(Self.connections.name, [mode.rawValue], to: Double(counts[mode] ?? 0))
            }
        }
    }

    func connectionOpened(_ mode: WireMode) {
        open.withLock { $0[mode, default: 0] += 1 }
    }

    func connectionChanged(from old: WireMode, to new: WireMode) {
        open.withLock {
            $0[old, default: 0] -= 1
            $0[new, default: 0] += 1
        }
    }

    func connectionClosed(_ mode: WireMode, code: String) {
        open.withLock { $0[mode, default: 0] -= 1 }
        count(Self.disconnects, code)
    }

    func refused(_ code: RefusalCode) {
        count(Self.refusals, code.rawValue)
    }

    func refused(_ status: HTTPStatus) {
        count(Self.refusals, "http_\(status.rawValue)")
    }

    /// The admin port was called by a name that is none of its own.
    func refusedForeign(host: String) {
        refused(.misdirectedRequest)
        refusals.refused(foreignHost: host)
    }

    func refused(_ ending: WebEnding) {
        count(Self.refusals, ending.code)
    }

    func handshakeFinished(_ result: HandshakeResult) {
        count(Self.handshakes, result.label)
    }

    func connectionRefused(_ reason: RefusalReason) {
        count(Self.disconnects, reason.label)
        refusals.refused(reason)
    }

    /// - Parameter value: of its one label.
    private func count(_ family: MetricFamily, _ value: String) {
        let counter = counters.withLock { counters in
            if let counter = counters[family.name + value] { return counter }
            let dimensions = family.labels.map { ($0, value) }
            let counter = Counter(label: family.name, dimensions: dimensions, factory: factory)
            counters[family.name + value] = counter
            return counter
        }
        counter.increment()
    }
}

extension HandshakeResult {
    var label: String {
        switch self {
        case .full: "full"
        case .resumed: "resumed"
        case .failed: "failed"
        case .timedOut: "timed_out"
        case .notTLS: "not_tls"
        }
    }
}

extension RefusalReason {
    /// Refused at accept: the connection was closed before it could say a word.
    var label: String {
        switch self {
        case .perAddress: "too_many_connections"
        case .perMinute: "too_many_connects"
        case .atCapacity: "at_capacity"
        case .fileDescriptors: "out_of_descriptors"
        }
    }
}
