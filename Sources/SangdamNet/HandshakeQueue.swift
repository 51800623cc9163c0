// Who is next to go on with a TLS handshake. First come, first served; each connection is in it once at most.

/// A queue of connections. Its memory is given back when it has been long and is empty.
struct HandshakeQueue {
    private static let keptCapacity = 1_024

    private var waiting: [ConnectionID] = []
    private var first = 0

    var isEmpty: Bool { first == waiting.count }
    var count: Int { waiting.count - first }

    mutating func append(_ id: ConnectionID) {
        waiting.append(id)
    }

    mutating func popFirst() -> ConnectionID? {
        guard !isEmpty else { return nil }
        defer { dropTaken() }
        first += 1
        return waiting[first - 1]
    }

    /// Moves what is left to the front once that is the smaller half.
    private mutating func dropTaken() {
        if first == waiting.count {
            waiting.removeAll(keepingCapacity: waiting.capacity <= Self.keptCapacity)
        } else if 2 * first >= waiting.count {
            waiting.removeFirst(first)
        } else {
            return
        }
        first = 0
    }
}
