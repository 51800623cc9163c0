// Which slot's deadline comes next. Pure: time is an argument.
//
// One entry for each slot at most. The common move, later (an idle timeout pushed back by every message), only notes
// the new time: the entry stays where it is and is sorted in when it comes up. So `earliest` may be early,
// never late, and moving later costs two array accesses.

struct DeadlineHeap {
    private struct Entry {
        var time: UInt64
        let slot: UInt32
    }

    private static let none = UInt64.max
    private static let absent: Int32 = -1

    /// A binary heap by time.
    private var entries: [Entry] = []
    /// By slot: where its entry is in the heap, and the time that is really wanted.
    private var positions: [Int32] = []
    private var wanted: [UInt64] = []

    /// No deadline comes before this time; nil if there is none at all.
    var earliest: UInt64? { entries.first?.time }

    /// Sets, moves or (nil) takes away the slot's deadline.
    mutating func set(_ slot: UInt32, to time: UInt64?) {
        let index = Int(slot)
        if index >= wanted.count {
            guard time != nil else { return }
            let missing = index + 1 - wanted.count
            wanted.append(contentsOf: repeatElement(Self.none, count: missing))
            positions.append(contentsOf: repeatElement(Self.absent, count: missing))
        }
        wanted[index] = time ?? Self.none
        guard let time else { return }
        let position = Int(positions[index])
        if position < 0 {
            entries.append(Entry(time: time, slot: slot))
            positions[index] = Int32(entries.count - 1)
            siftUp(entries.count - 1)
        } else if time < entries[position].time {
            entries[position].time = time
            siftUp(position)
        }
    }

    /// Takes the next slot whose deadline has passed; call it until it gives nil. The slot has no deadline then.
    mutating func popDue(at now: UInt64) -> UInt32? {
        while let first = entries.first, first.time <= now {
            let time = wanted[Int(first.slot)]
            if time <= now {
                removeFirst()
                wanted[Int(first.slot)] = Self.none
                return first.slot
            }
            if time == Self.none {
                removeFirst()
            } else {
                entries[0].time = time
                siftDown(0)
            }
        }
        return nil
    }

    private mutating func removeFirst() {
        positions[Int(entries[0].slot)] = Self.absent
        let last = entries.removeLast()
        guard !entries.isEmpty else { return }
        entries[0] = last
        positions[Int(last.slot)] = 0
        siftDown(0)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].time < entries[parent].time else { return }
            swapEntries(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child].time < entries[least].time {
                least = child
            }
            guard least != parent else { return }
            swapEntries(parent, least)
            parent = least
        }
    }

    private mutating func swapEntries(_ one: Int, _ other: Int) {
        entries.swapAt(one, other)
        positions[Int(entries[one].slot)] = Int32(one)
        positions[Int(entries[other].slot)] = Int32(other)
    }
}
