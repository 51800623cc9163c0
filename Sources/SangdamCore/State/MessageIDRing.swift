// One sender's last message ids. A hash table of them would be the largest thing that a chat holds and would be touched
// for every message; the ids are few, so a scan over two bytes of each is as quick and holds nothing more.

/// At most `AckWindow.limit` ids with the seq that each got; past the bound the oldest is forgotten.
struct MessageIDRing: Sendable, Equatable {
    private var entriesByIndex: [AckWindow.Entry] = []
    /// The fingerprint of each entry's id, at the same index.
    private var marks: [UInt16] = []
    /// Where the oldest entry stands, and the next one goes, once the ring is full.
    private var oldest = 0

    /// Oldest first.
    var entries: [AckWindow.Entry] {
        Array(entriesByIndex[oldest...]) + entriesByIndex[..<oldest]
    }

    func seq(of id: ClientMessageID) -> UInt64? {
        index(of: id).map { entriesByIndex[$0].seq }
    }

    /// The id must be none of those that are here: who stores a message has looked.
    mutating func remember(_ id: ClientMessageID, seq: UInt64) {
        let entry = AckWindow.Entry(id: id, seq: seq)
        if entriesByIndex.count < AckWindow.limit {
            entriesByIndex.append(entry)
            marks.append(id.fingerprint)
        } else {
            entriesByIndex[oldest] = entry
            marks[oldest] = id.fingerprint
            oldest = (oldest + 1) % AckWindow.limit
        }
    }

    private func index(of id: ClientMessageID) -> Int? {
        let mark = id.fingerprint
        // To the end whatever it finds, and counted by hand: only so the compiler compares many at a time. Nearly
        // always there is none.
        let likenesses = marks.withUnsafeBufferPointer { marks in
            var count: UInt16 = 0
            var at = 0
            while at < marks.count {
                count &+= marks[at] == mark ? 1 : 0
                at &+= 1
            }
            return count
        }
        guard likenesses > 0 else { return nil }
        // A chance likeness is seen through here.
        return entriesByIndex.indices.first { marks[$0] == mark && entriesByIndex[$0].id == id }
    }

    /// Where in the ring an entry stands is no difference.
    static func == (left: MessageIDRing, right: MessageIDRing) -> Bool {
        left.entriesByIndex.count == right.entriesByIndex.count && left.entries == right.entries
    }
}
