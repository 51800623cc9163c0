// What waits for one session behind words that are being read back from the journal: first the words themselves, then
// what the desk said meanwhile. Both are bounded, so that a peer that asks for a long history and does not read it holds
// no more than one that does not read at all.

internal import DequeModule
internal import SangdamCore

/// Confined to its session's reactor.
struct HeldDeliveries {
    /// What the desk may say meanwhile; past it the session counts as too slow.
    static let liveLimitBytes = 96 * 1024

    private var readBack = Deque<Delivery>()
    private var live = Deque<Delivery>()
    private var liveBytes = 0

    var isEmpty: Bool { readBack.isEmpty && live.isEmpty }

    /// False past the bound.
    mutating func append(_ delivery: Delivery) -> Bool {
        live.append(delivery)
        liveBytes += delivery.estimatedBytes
        return liveBytes <= Self.liveLimitBytes
    }

    /// The answer to a read, in front of everything that came meanwhile. The reader bounds it.
    mutating func putInFront(_ deliveries: [Delivery]) {
        for delivery in deliveries.reversed() { readBack.prepend(delivery) }
    }

    mutating func popFirst() -> Delivery? {
        if let delivery = readBack.popFirst() { return delivery }
        guard let delivery = live.popFirst() else { return nil }
        liveBytes -= delivery.estimatedBytes
        return delivery
    }

    mutating func removeAll() {
        self = HeldDeliveries()
    }
}

extension Delivery {
    /// What it takes in memory and on the wire, roughly.
    var estimatedBytes: Int {
        let overhead = 256
        switch self {
        case .say(.message(let message)):
            guard case .words(let text) = message.body else { return overhead }
            return overhead + text.count
        case .say(.note(let note)):
            return overhead + note.text.count
        case .say, .history, .close:
            return overhead
        }
    }
}
