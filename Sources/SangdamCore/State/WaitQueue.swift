// The order in which waiting chats are served. Rebuilt from the chats on recovery.

/// Waiting and offered chats of one queue, sorted by rank: head class first, then by age.
///
/// Insertion and removal are a binary search and a move of 32-byte entries: bounded by the queue's length limit.
package struct WaitQueue: Sendable, Equatable {
    package struct Entry: Sendable, Hashable {
        package let rank: Rank
        package let chat: ChatID
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    package mutating func insert(_ chat: ChatID, at rank: Rank) {
        entries.insert(Entry(rank: rank, chat: chat), at: index(of: rank))
    }

    /// False when no chat stands there.
    package mutating func remove(at rank: Rank) -> Bool {
        let index = index(of: rank)
        guard index < entries.count, entries[index].rank == rank else { return false }
        entries.remove(at: index)
        return true
    }

    /// Whether a chat stands there.
    package func holds(_ rank: Rank) -> Bool {
        let index = index(of: rank)
        return index < entries.count && entries[index].rank == rank
    }

    /// 1 is next.
    package func position(of rank: Rank) -> Int {
        index(of: rank) + 1
    }

    /// The first entry, or the first behind `rank`.
    package func next(after rank: Rank?) -> Entry? {
        guard let rank else { return entries.first }
        var index = index(of: rank)
        if index < entries.count, entries[index].rank == rank { index += 1 }
        return index < entries.count ? entries[index] : nil
    }

    /// The first index whose rank is not before `rank`.
    private func index(of rank: Rank) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].rank < rank {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

/// What is remembered of one queue: who waits, and how quickly it moved lately.
package struct QueueState: Sendable, Equatable {
    package private(set) var waiting = WaitQueue()
    /// Those of them who can be given away: not on offer, and the customer is there. So routing passes over nobody.
    package private(set) var ready = WaitQueue()
    /// When slots became free after a chat of this queue, oldest first.
    package private(set) var releases: [Instant] = []
    /// How long such chats took, wrap-up included, oldest first.
    package private(set) var handling: [Interval] = []

    /// Releases and handling times kept.
    package static let recentLimit = 20

    package init() {}

    package init(checkpoint: QueueCheckpoint) {
        releases = checkpoint.releases.suffix(Self.recentLimit)
        handling = checkpoint.handling.suffix(Self.recentLimit)
    }

    package mutating func enter(_ chat: ChatID, at rank: Rank, isReady: Bool) {
        waiting.insert(chat, at: rank)
        if isReady { ready.insert(chat, at: rank) }
    }

    /// False when no chat stands there.
    package mutating func leave(_ rank: Rank) -> Bool {
        _ = ready.remove(at: rank)
        return waiting.remove(at: rank)
    }

    /// For a chat that waits at `rank`.
    package mutating func setReady(_ isReady: Bool, _ chat: ChatID, at rank: Rank) {
        _ = ready.remove(at: rank)
        if isReady { ready.insert(chat, at: rank) }
    }

    /// No customer is there any more.
    package mutating func setNoneReady() {
        ready = WaitQueue()
    }

    package mutating func release(at instant: Instant, handling interval: Interval) {
        if releases.count == Self.recentLimit {
            releases.removeFirst()
            handling.removeFirst()
        }
        releases.append(instant)
        handling.append(interval)
    }
}
