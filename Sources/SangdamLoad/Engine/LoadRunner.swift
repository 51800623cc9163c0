// Runs one plan from beginning to end, on one reactor, and comes back whatever happens: the stage watches for standing
// still, and the thread that waits here watches the whole run's time.

internal import Dispatch
internal import Glibc
internal import SangdamNet

/// The load generator.
package enum LoadRunner {
    /// How often the waiting thread looks at the progress.
    private static let pollMilliseconds = 250
    /// Connections that stand until the end are closed in order within this time, then cut off.
    private static let goodbyeMilliseconds = 3_000
    private static let tickMilliseconds = 50

    /// Blocks until it is over: not on a reactor.
    ///
    /// - Parameter onProgress: gets a line for a terminal now and then.
    package static func run(
        _ plan: LoadPlan, against target: LoadTarget, onProgress: (String) -> Void = { _ in }
    ) -> Result<LoadReport, LoadFailure> {
        do {
            return try start(plan, target, onProgress)
        } catch {
            return .failure(error)
        }
    }

    private static func start(
        _ plan: LoadPlan, _ target: LoadTarget, _ onProgress: (String) -> Void
    ) throws(LoadFailure) -> Result<LoadReport, LoadFailure> {
        try ensureDescriptors(for: plan.connections)
        let server = try process(target.serverProcess)
        let tls: TLSContext
        let group: ReactorGroup
        do {
            tls = try TLSContext.client(
                caFile: target.caFile, applicationProtocols: [target.speaks.applicationProtocol])
            group = try ReactorGroup(count: 1, configuration: ReactorConfiguration())
        } catch {
            throw .unavailable("\(error)")
        }
        let result = LoadResult()
        let reactor = group.reactors[0]
        reactor.post { reactor in
            let stage = LoadStage(
                reactor: reactor, target: target, tls: tls, server: server, unsentBytes: unsentBytes(plan),
                result: result)
            reactor.attachment = stage
            stage.start(workload(plan, stage))
        }
        let timer = DispatchSource.makeTimerSource(queue: .global())
        timer.schedule(deadline: .now(), repeating: .milliseconds(tickMilliseconds))
        timer.setEventHandler {
            reactor.post { ($0.attachment as? LoadStage)?.tick() }
        }
        timer.activate()
        let outcome = wait(for: result, seconds: timeoutSeconds(plan, target), onProgress)
        timer.cancel()
        group.shutDown(withinMilliseconds: goodbyeMilliseconds)
        return outcome
    }

    private static func workload(_ plan: LoadPlan, _ stage: LoadStage) -> any Workload {
        switch plan {
        case .relay(let plan): RelayWorkload(plan, on: stage)
        case .handshakes(let plan): HandshakeWorkload(plan, on: stage)
        case .idle(let plan): IdleWorkload(plan, on: stage)
        }
    }

    /// A whole window of the longest lines must fit, and a little more.
    private static func unsentBytes(_ plan: LoadPlan) -> Int {
        guard case .relay(let plan) = plan, case .window(let window) = plan.pace else { return 1 << 20 }
        return max(1 << 20, 2 * window * (plan.textBytes + 128))
    }

    private static func timeoutSeconds(_ plan: LoadPlan, _ target: LoadTarget) -> Double {
        target.timeoutSeconds ?? plan.preparationSeconds + target.warmUpSeconds + target.measuredSeconds
    }

    private static func wait(
        for result: LoadResult, seconds: Double, _ onProgress: (String) -> Void
    ) -> Result<LoadReport, LoadFailure> {
        let end = Clock.nanoseconds() + UInt64(seconds * 1e9)
        while Clock.nanoseconds() < end {
            if let outcome = result.wait(milliseconds: pollMilliseconds) { return outcome }
            onProgress(result.progress)
        }
        return .failure(.unavailable("not over within \(fixed(seconds, decimals: 0)) s, the limit of the whole run"))
    }

    /// Raises the soft limit of descriptors; a hard one that is too low is better known before the run than within it.
    private static func ensureDescriptors(for connections: Int) throws(LoadFailure) {
        raiseDescriptorLimit()
        // Handshakes that are being closed hold theirs while the next ones begin.
        let wanted = rlim_t(2 * min(connections, 1_000) + max(0, connections - 1_000) + 64)
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < wanted else {
            return
        }
        throw .unavailable(
            "\(connections) connections need \(wanted) file descriptors, and the system allows \(limit.rlim_cur) "
                + "(ulimit -Hn)"
        )
    }

    private static func process(_ number: Int32?) throws(LoadFailure) -> ServerProcess? {
        guard let number else { return nil }
        guard let process = ServerProcess(number) else { throw .unavailable("there is no process \(number)") }
        return process
    }
}
