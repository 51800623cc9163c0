// A dictionary reads a value by copying it, with a retain for every reference in it; what a message needs of a chat is a
// number or two. Here the values stand in an array beside the dictionary, where each can be looked at and changed in
// place: one search by key, then plain loads.

/// Values by key, each at a place of its own.
///
/// A place is good until the next removal: the last value then moves into the gap.
package struct Table<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var places: [Key: Int] = [:]
    /// The key of the value at each place.
    package private(set) var keys: [Key] = []
    /// Looking at one field of `entries[place]` copies nothing else.
    package internal(set) var entries: [Value] = []

    package init() {}

    package var count: Int { keys.count }
    package var isEmpty: Bool { keys.isEmpty }
    package var values: [Value] { entries }

    package func place(of key: Key) -> Int? { places[key] }

    /// A copy of the value; setting nil removes it.
    package subscript(key: Key) -> Value? {
        get { places[key].map { entries[$0] } }
        _modify {
            // Out of the array and back, so that a change through the optional happens in place.
            let place = places[key]
            var value: Value?
            if let place {
                entries.swapAt(place, entries.count - 1)
                value = entries.removeLast()
            }
            defer {
                switch (place, value) {
                case (nil, nil): break
                case (nil, let value?): insert(value, under: key)
                case (let place?, let value?):
                    entries.append(value)
                    entries.swapAt(place, entries.count - 1)
                case (let place?, nil): close(place)
                }
            }
            yield &value
        }
    }

    private mutating func insert(_ value: Value, under key: Key) {
        places[key] = keys.count
        keys.append(key)
        entries.append(value)
    }

    /// Takes the value at `place` out.
    package mutating func remove(at place: Int) {
        entries.swapAt(place, entries.count - 1)
        entries.removeLast()
        close(place)
    }

    /// `entries` is one shorter already, its last one moved to `place`.
    private mutating func close(_ place: Int) {
        places[keys[place]] = nil
        keys.swapAt(place, keys.count - 1)
        keys.removeLast()
        if place < keys.count { places[keys[place]] = place }
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
            && left.allSatisfy { key, value in right.place(of: key).map { right.entries[$0] == value } ?? false }
    }
}
