// One sender's last message ids. A hash table of them would be the largest thing that a chat holds and would be touched
// for every message; the ids are few, so a scan over two bytes of each, four ids at a time, is as quick and holds nothing.

/// At most `AckWindow.limit` ids with the seq that each got; past the bound the oldest is forgotten.
struct MessageIDRing: Sendable, Equatable {
    private var entriesByPlace: [AckWindow.Entry] = []
    /// The fingerprint of each entry's id, at the same place.
    private var marks: [UInt16] = []
    /// Where the oldest entry stands, and the next one goes, once the ring is full.
    private var oldest = 0

    /// Oldest first.
    var entries: [AckWindow.Entry] {
        Array(entriesByPlace[oldest...]) + entriesByPlace[..<oldest]
    }

    func seq(of id: ClientMessageID) -> UInt64? {
        place(of: id).map { entriesByPlace[$0].seq }
    }

    mutating func remember(_ id: ClientMessageID, seq: UInt64) {
        let entry = AckWindow.Entry(id: id, seq: seq)
        if let place = place(of: id) {
            entriesByPlace[place] = entry
        } else if entriesByPlace.count < AckWindow.limit {
            entriesByPlace.append(entry)
            marks.append(id.fingerprint)
        } else {
            entriesByPlace[oldest] = entry
            marks[oldest] = id.fingerprint
            oldest = (oldest + 1) % AckWindow.limit
        }
    }

    private func place(of id: ClientMessageID) -> Int? {
        let mark = id.fingerprint
        let everywhere = UInt64(mark) &* Self.ones
        return marks.withUnsafeBytes { bytes in
            var place = 0
            while place + 4 <= marks.count {
                let four = bytes.loadUnaligned(fromByteOffset: place * 2, as: UInt64.self) ^ everywhere
                // Some of the four is zero now, or one above a zero: a mark that fits, or one to be looked at in vain.
                if (four &- Self.ones) & ~four & Self.tops != 0 {
                    for place in place..<place + 4 where holds(id, mark, at: place) { return place }
                }
                place += 4
            }
            for place in place..<marks.count where holds(id, mark, at: place) { return place }
            return nil
        }
    }

    private func holds(_ id: ClientMessageID, _ mark: UInt16, at place: Int) -> Bool {
        marks[place] == mark && entriesByPlace[place].id == id
    }

    private static let ones: UInt64 = 0x0001_0001_0001_0001
    private static let tops: UInt64 = 0x8000_8000_8000_8000

    /// Where in the ring an entry stands is no difference.
    static func == (left: MessageIDRing, right: MessageIDRing) -> Bool {
        left.entriesByPlace.count == right.entriesByPlace.count && left.entries == right.entries
    }
}
