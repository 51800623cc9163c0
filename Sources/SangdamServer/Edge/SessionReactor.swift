// What the chat needs of a reactor: a seam, so that the order in which reactors run can be simulated.

internal import SangdamCore
internal import SangdamNet

/// A reactor that has sessions. Posting is for every thread; what is posted runs on the reactor, in the order of
/// posting, and is dropped once the reactor has stopped.
protocol SessionReactor: AnyObject, Sendable {
    /// Milliseconds of the monotonic clock, the same for all of a pass. Used on the reactor only.
    var now: UInt64 { get }

    /// Lets the reactor's sessions show what the desk says; one call for each batch.
    func post(_ deliveries: [Addressed])
    func postToSessions(_ work: @escaping @Sendable (ReactorSessions) -> Void)
}

extension Reactor: SessionReactor {
    func post(_ deliveries: [Addressed]) {
        post { ReactorSessions.of($0)?.show(deliveries) }
    }

    func postToSessions(_ work: @escaping @Sendable (ReactorSessions) -> Void) {
        post { reactor in
            if let sessions = ReactorSessions.of(reactor) { work(sessions) }
        }
    }
}
