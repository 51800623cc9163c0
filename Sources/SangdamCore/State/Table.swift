// The tables that a message passes through on its way. Swift's dictionary hashes every key by SipHash, so that nobody
// can choose keys that collide, and reads a value by copying it, with a retain for every reference in it. The keys here
// are random already or counted by ourselves, and what a message needs of a chat is a number or two: so a key brings
// its own bits, and the values stand in an array, where each can be looked at and changed in place. Measured, the
// dictionaries were a third of what the desk did for a message.

/// A key that nobody outside can choose: random, counted by us, or from our own files.
package protocol TableKey: Hashable, Sendable {
    /// Bits of the key of which the lowest tell keys apart.
    var spread: UInt64 { get }
}

extension ID: TableKey {
    package var spread: UInt64 { low }
}

extension TokenDigest: TableKey {
    package var spread: UInt64 { low }
}

extension SessionHandle: TableKey {
    /// The number has what differs in several indices.
    package var spread: UInt64 { (rawValue &* 0x9E37_79B9_7F4A_7C15) >> 32 }
}

extension Name: TableKey {
    package var spread: UInt64 { UInt64(truncatingIfNeeded: text.hashValue) }
}

/// Values by key, each at an index of its own; at most 2³¹ of them.
///
/// An index is good until the next removal: the last value then moves into the gap.
package struct Table<Key: TableKey, Value: Sendable>: Sendable {
    /// Open addressing with linear probing: the index of a key stands at its spread or in the next free buckets. A
    /// power of two, at most half full; `free` where nothing stands.
    private var buckets: [Int32] = []
    private let free: Int32 = -1
    /// The key of the value at each index.
    package private(set) var keys: [Key] = []
    /// Looking at one field of `entries[index]` copies nothing else.
    package internal(set) var entries: [Value] = []

    package init() {}

    package var count: Int { keys.count }
    package var isEmpty: Bool { keys.isEmpty }
    package var values: [Value] { entries }

    package func index(of key: Key) -> Int? {
        guard !buckets.isEmpty else { return nil }
        let index = buckets[bucket(of: key)]
        return index == free ? nil : Int(index)
    }

    /// A copy of the value; setting nil removes it.
    package subscript(key: Key) -> Value? {
        get { index(of: key).map { entries[$0] } }
        _modify {
            // Out of the array and back, so that a change through the optional happens in place.
            let index = index(of: key)
            var value: Value?
            if let index {
                entries.swapAt(index, entries.count - 1)
                value = entries.removeLast()
            }
            defer {
                switch (index, value) {
                case (nil, nil): break
                case (nil, let value?): insert(value, under: key)
                case (let index?, let value?):
                    entries.append(value)
                    entries.swapAt(index, entries.count - 1)
                case (let index?, nil): close(index)
                }
            }
            yield &value
        }
    }

    /// Takes the value at `index` out.
    package mutating func remove(at index: Int) {
        entries.swapAt(index, entries.count - 1)
        entries.removeLast()
        close(index)
    }

    // MARK: Slots

    private var mask: Int { buckets.count - 1 }

    private func home(of key: Key) -> Int { Int(truncatingIfNeeded: key.spread) & mask }

    /// Where the key's index stands, or the free bucket where it would; there must be buckets.
    private func bucket(of key: Key) -> Int {
        var bucket = home(of: key)
        while buckets[bucket] != free, keys[Int(buckets[bucket])] != key { bucket = (bucket + 1) & mask }
        return bucket
    }

    private mutating func insert(_ value: Value, under key: Key) {
        keys.append(key)
        entries.append(value)
        if keys.count * 2 > buckets.count {
            buckets = [Int32](repeating: free, count: Swift.max(8, buckets.count * 2))
            for (index, key) in keys.enumerated() { buckets[bucket(of: key)] = Int32(index) }
        } else {
            buckets[bucket(of: key)] = Int32(keys.count - 1)
        }
    }

    /// `entries` is one shorter already, its last one moved to `index`.
    private mutating func close(_ index: Int) {
        let last = keys.count - 1
        let gap = bucket(of: keys[index])
        buckets[bucket(of: keys[last])] = Int32(index)
        buckets[gap] = free
        keys.swapAt(index, last)
        keys.removeLast()
        settle(after: gap)
    }

    /// Moves back what stood behind the gap and would no longer be found. Source: Knuth, TAOCP 3, 6.4, algorithm R.
    private mutating func settle(after gap: Int) {
        var gap = gap
        var bucket = (gap + 1) & mask
        while buckets[bucket] != free {
            let home = home(of: keys[Int(buckets[bucket])])
            if (bucket - home) & mask >= (bucket - gap) & mask {
                buckets[gap] = buckets[bucket]
                buckets[bucket] = free
                gap = bucket
            }
            bucket = (bucket + 1) & mask
        }
    }
}

extension Table: Sequence {
    package func makeIterator() -> Zip2Sequence<[Key], [Value]>.Iterator {
        zip(keys, entries).makeIterator()
    }
}

extension Table: Equatable where Value: Equatable {
    /// The same values under the same keys, wherever they stand.
    package static func == (left: Table, right: Table) -> Bool {
        left.count == right.count
            && left.allSatisfy { key, value in right.index(of: key).map { right.entries[$0] == value } ?? false }
    }
}
