// Counts what happens between the network and the desk: connections, handshakes, refusals that the translator gave.

internal import Metrics
internal import SangdamCore
internal import SangdamMetrics
internal import SangdamNet
internal import SangdamWire
internal import Synchronization

/// Called from every reactor.
final class EdgeMetrics: NetObserver {
    private let factory: PrometheusFactory
    private let open = Mutex<[WireMode: Int]>([:])
    private let counters = Mutex<[String: Counter]>([:])
    private let refusals: RefusalLog

    init(_ registry: MetricsRegistry, refusals: RefusalLog) {
        self.refusals = refusals
        factory = PrometheusFactory(registry)
        registry.expect("sangdam_tls_handshakes_total", ["result": HandshakeResult.allCases.map(\.label)])
        registry.collect { [weak self] sample in
            let counts = self?.open.withLock { $0 } ?? [:]
            for mode in WireMode.allCases {
                sample.set("sangdam_connections", [mode.rawValue], to: Double(counts[mode] ?? 0))
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
        count("sangdam_disconnects_total", "code", code)
    }

    func refused(_ code: RefusalCode) {
        count("sangdam_refusals_total", "code", code.rawValue)
    }

    func refused(_ status: HTTPStatus) {
        count("sangdam_refusals_total", "code", "http_\(status.rawValue)")
    }

    /// The admin port was called by a name that is none of its own.
    func refusedForeign(host: String) {
        refused(.misdirectedRequest)
        refusals.refused(foreignHost: host)
    }

    func refused(_ ending: WebEnding) {
        count("sangdam_refusals_total", "code", ending.code)
    }

    func handshakeFinished(_ result: HandshakeResult) {
        count("sangdam_tls_handshakes_total", "result", result.label)
    }

    func connectionRefused(_ reason: RefusalReason) {
        count("sangdam_disconnects_total", "code", reason.label)
        refusals.refused(reason)
    }

    private func count(_ family: String, _ label: String, _ value: String) {
        let counter = counters.withLock { counters in
            if let counter = counters[family + value] { return counter }
            let counter = Counter(label: family, dimensions: [(label, value)], factory: factory)
            counters[family + value] = counter
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
