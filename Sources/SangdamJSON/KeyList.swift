// Which keys the open objects have had, so that none is taken twice.

/// The keys of all open objects, innermost last; the first 16 need no heap.
struct KeyList {
    /// All keys, and in front of each object's a mark that says where its outer object's begin.
    private var near = InlineArray<16, JSONWord>(repeating: JSONWord(""))
    private var far: [JSONWord] = []
    private var end = 0
    /// Where the innermost object's begin.
    private var first = 0

    /// Keys of the innermost object.
    var count: Int { end - first }

    mutating func open() {
        append(JSONWord(mark: first))
        first = end
    }

    mutating func close() {
        end = first - 1
        guard end < near.count else {
            first = far[end - near.count].mark
            return far.removeLast(far.count - (end - near.count))
        }
        first = near[end].mark
        if !far.isEmpty { far.removeAll() }
    }

    /// Takes a key of the innermost object; false when it has had it, however either is written.
    @inline(__always)
    mutating func insert(_ key: JSONWord) -> Bool {
        guard end < near.count else { return insertFar(key) }
        for index in first..<end where near[index] == key {
            return false
        }
        near[end] = key
        end &+= 1
        return true
    }

    private mutating func insertFar(_ key: JSONWord) -> Bool {
        for index in first..<end where (index < near.count ? near[index] : far[index - near.count]) == key {
            return false
        }
        append(key)
        return true
    }

    private mutating func append(_ key: JSONWord) {
        if end < near.count { near[end] = key } else { far.append(key) }
        end += 1
    }
}
