// Connections that are closed at accept, and requests that the admin port does not answer, for the operator's log: one
// line when it begins and one when it is over, however many there are in between. How many of each kind there were is
// in the metrics at any time.

internal import Dispatch
internal import Logging
internal import SangdamNet
internal import Synchronization

/// Called from every reactor.
final class RefusalLog: Sendable {
    private enum Kind: Hashable, Sendable {
        case connection(RefusalReason)
        case foreignHost
    }

    /// Refusals of one kind that follow each other closely.
    private struct Episode: Sendable {
        var count = 1
        /// What `count` was when it was looked at last.
        var seen = 0
    }

    private let log: Logger
    private let quietMilliseconds: Int
    private let episodes = Mutex<[Kind: Episode]>([:])
    private let queue = DispatchQueue(label: "sangdam.refusals", qos: .utility)

    /// - Parameter quietMilliseconds: how long nothing must be refused until it is over.
    init(_ log: Logger, quietMilliseconds: Int = 10_000) {
        self.log = log
        self.quietMilliseconds = quietMilliseconds
    }

    func refused(_ reason: RefusalReason) {
        guard begins(.connection(reason)) else { return }
        log.warning("connections are refused (\(reason.label)): \(reason.cause)")
        look(.connection(reason))
    }

    /// - Parameter host: the first of an episode is named.
    func refused(foreignHost host: String) {
        guard begins(.foreignHost) else { return }
        log.warning(
            """
            requests to the admin port are refused (http_421): they call it \(printable(host)), which is none of its \
            names; if it is yours, list it in admin_hosts
            """)
        look(.foreignHost)
    }

    /// Counts one; whether it is the first of an episode.
    private func begins(_ kind: Kind) -> Bool {
        episodes.withLock { episodes in
            guard episodes[kind] == nil else {
                episodes[kind]?.count += 1
                return false
            }
            episodes[kind] = Episode()
            return true
        }
    }

    /// Looks again and again until nothing more has come.
    private func look(_ kind: Kind) {
        queue.asyncAfter(deadline: .now() + .milliseconds(quietMilliseconds)) { [weak self] in
            guard let self else { return }
            let total: Int? = episodes.withLock { episodes in
                guard var episode = episodes[kind] else { return nil }
                let isOver = episode.count == episode.seen
                episode.seen = episode.count
                episodes[kind] = isOver ? nil : episode
                return isOver ? episode.count : nil
            }
            guard let total else { return look(kind) }
            switch kind {
            case .connection(let reason):
                log.notice("no connection is refused any more (\(reason.label)); \(total) were")
            case .foreignHost:
                log.notice("no request to the admin port is refused any more (http_421); \(total) were")
            }
        }
    }
}

extension RefusalReason {
    /// What stands in the way, and which setting or limit it is.
    fileprivate var cause: String {
        switch self {
        case .perAddress: "an address has limits.connections_per_address open"
        case .perMinute: "an address has come limits.connections_per_address_per_minute times"
        case .atCapacity: "as many are open as limits.connections and the file descriptors allow"
        case .fileDescriptors: "the process has no file descriptor left; raise LimitNOFILE or `ulimit -Hn`"
        }
    }
}
