// The order in which waiting chats are served. Rebuilt from the chats on recovery.

/// Waiting and offered chats of one queue, sorted by place: head class first, then by age.
///
/// Insertion and removal are a binary search and a move of 32-byte entries: bounded by the queue's length limit.
package struct WaitQueue: Sendable, Equatable {
    package struct Entry: Sendable, Hashable {
        package let place: QueuePlace
        package let chat: ChatID
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    package var count: Int { entries.count }
    package var isEmpty: Bool { entries.isEmpty }

    package mutating func insert(_ chat: ChatID, at place: QueuePlace) {
        entries.insert(Entry(place: place, chat: chat), at: index(of: place))
    }

    /// False when no chat stands there.
    package mutating func remove(at place: QueuePlace) -> Bool {
        let index = index(of: place)
        guard index < entries.count, entries[index].place == place else { return false }
        entries.remove(at: index)
        return true
    }

    /// 1 is next.
    package func position(of place: QueuePlace) -> Int {
        index(of: place) + 1
    }

    /// The first entry, or the first behind `place`.
    package func next(after place: QueuePlace?) -> Entry? {
        guard let place else { return entries.first }
        var index = index(of: place)
        if index < entries.count, entries[index].place == place { index += 1 }
        return index < entries.count ? entries[index] : nil
    }

    /// The first index whose place is not before `place`.
    private func index(of place: QueuePlace) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].place < place {
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

    package mutating func enter(_ chat: ChatID, at place: QueuePlace, isReady: Bool) {
        waiting.insert(chat, at: place)
        if isReady { ready.insert(chat, at: place) }
    }

    /// False when no chat stands there.
    package mutating func leave(_ place: QueuePlace) -> Bool {
        _ = ready.remove(at: place)
        return waiting.remove(at: place)
    }

    /// For a chat that waits at `place`.
    package mutating func setReady(_ isReady: Bool, _ chat: ChatID, at place: QueuePlace) {
        _ = ready.remove(at: place)
        if isReady { ready.insert(chat, at: place) }
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
