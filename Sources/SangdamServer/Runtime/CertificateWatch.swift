// The certificate in service and its age: said at start and at every reload, once a day, and in /metrics.

internal import Dispatch
internal import Logging
internal import SangdamMetrics
internal import SangdamNet
internal import Synchronization

/// Looks at the certificate in service from time to time. For the whole life of a server.
final class CertificateWatch: Sendable {
    /// Reads the wall clock, in seconds since 1970.
    typealias Clock = @Sendable () -> Int64

    static let expiry = MetricFamily(
        "sangdam_certificate_expiry_seconds", .gauge,
        help: "Seconds until the certificate in service, or one behind it, expires; below zero once it has.")

    private struct State {
        var chain: CertificateChain
        var file: String
        var reminder = DailyReminder()
    }

    private let state: Mutex<State>
    private let host: String
    private let log: Logger
    private let clock: Clock
    private let lookMilliseconds: Int
    private let queue = DispatchQueue(label: "sangdam.certificate", qos: .utility)

    /// - Parameters:
    ///   - host: where the server listens.
    ///   - lookMilliseconds: how often to look. Not once a day: such a timer would stand still while the machine sleeps, and
    ///     know nothing of a clock that is set. It is the wall clock that counts the days, as it counts those of the
    ///     certificate.
    init(
        _ chain: CertificateChain, file: String, host: String, registry: MetricsRegistry, log: Logger,
        clock: @escaping Clock = { DeskClock.wallClock() / 1000 }, lookMilliseconds: Int = 600_000
    ) {
        state = Mutex(State(chain: chain, file: file))
        (self.host, self.log, self.clock, self.lookMilliseconds) = (host, log, clock, lookMilliseconds)
        registry.collect { [weak self] sample in
            guard let self else { return }
            let left = state.withLock { $0.chain.firstEnd } - clock()
            sample.set(Self.expiry.name, to: Double(left))
        }
        lookLater()
    }

    /// Says what there is to say, now and whether or not it was said before.
    func tell() {
        state.withLock { $0.reminder = DailyReminder() }
        look()
    }

    /// The server shows another chain now.
    func replace(_ chain: CertificateChain, file: String) {
        state.withLock { ($0.chain, $0.file) = (chain, file) }
    }

    /// Why the server does not change to this chain; nil when it may.
    func objection(to chain: CertificateChain, file: String) -> String? {
        chain.unfitness(file: file, insteadOf: state.withLock { $0.chain }, at: clock())
    }

    private func lookLater() {
        queue.asyncAfter(deadline: .now() + .milliseconds(lookMilliseconds)) { [weak self] in
            guard let self else { return }
            look()
            lookLater()
        }
    }

    private func look() {
        let now = clock()
        let due = state.withLock { state in
            let concerns = state.chain.concerns(file: state.file, host: host, at: now)
            return state.reminder.isDue(Set(concerns.map(\.topic)), at: now) ? concerns : []
        }
        for concern in due { log.warning("\(concern.sentence)") }
    }
}

/// Whether it is time to say again what was said before: after a day by the wall clock, and at once when something new
/// is among it.
struct DailyReminder: Sendable {
    private static let daySeconds: Int64 = 86_400

    private var said: (topics: Set<CertificateConcern.Topic>, at: Int64)?

    /// Counts as said when it is due.
    /// - Parameter now: seconds since 1970, by the wall clock.
    mutating func isDue(_ topics: Set<CertificateConcern.Topic>, at now: Int64) -> Bool {
        guard !topics.isEmpty else {
            said = nil
            return false
        }
        if let before = said, topics.isSubset(of: before.topics), now - before.at < Self.daySeconds {
            // A clock that was set back would make the day as long as the way it went back.
            said?.at = min(before.at, now)
            return false
        }
        said = (topics, now)
        return true
    }
}
