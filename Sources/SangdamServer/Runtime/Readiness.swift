// Whether the server accepts chats, for `/readyz` and for nobody else.

internal import Synchronization

final class Readiness: Sendable {
    enum Obstacle: String, Sendable {
        case starting, draining
        case storageFull = "storage full"
        case journalFailed = "the journal cannot be written"
    }

    private let obstacles = Mutex<Set<Obstacle>>([.starting])

    func set(_ obstacle: Obstacle, _ isThere: Bool) {
        obstacles.withLock {
            if isThere { $0.insert(obstacle) } else { $0.remove(obstacle) }
        }
    }

    /// Empty when chats are accepted.
    var inTheWay: [String] {
        obstacles.withLock { $0.map(\.rawValue).sorted() }
    }
}
