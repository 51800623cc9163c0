// The bytes that a JSON reader reads, one by one or eight at a time, never past their end.

/// An input where it stands. Small, so that asking it costs no copy of the reader that it belongs to.
struct JSONInput {
    let start: UnsafeRawPointer
    let count: Int

    init(_ bytes: UnsafeRawBufferPointer) {
        start = bytes.baseAddress ?? UnsafeRawPointer(StaticString("").utf8Start)
        count = bytes.count
    }

    /// Nil behind the end.
    @inline(__always)
    func byte(at place: Int) -> UInt8? {
        place < count ? self[place] : nil
    }

    /// `place` is one that `byte(at:)` has answered.
    @inline(__always)
    subscript(place: Int) -> UInt8 {
        (start + place).load(as: UInt8.self)
    }

    subscript(places: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + places.lowerBound, count: places.count)
    }

    /// The eight bytes at `place`, the first one lowest, with zeros for those behind the end.
    @inline(__always)
    func eightBytes(at place: Int) -> UInt64 {
        guard place <= count &- 8 else { return lastBytes(from: place) }
        return UInt64(littleEndian: (start + place).loadUnaligned(as: UInt64.self))
    }

    /// The fewer than eight bytes that there are from `place` on.
    private func lastBytes(from place: Int) -> UInt64 {
        guard count < 8 else {
            let last = UInt64(littleEndian: (start + (count - 8)).loadUnaligned(as: UInt64.self))
            return last >> UInt64((place + 8 - count) << 3)
        }
        var bytes: UInt64 = 0
        for at in stride(from: count - 1, through: place, by: -1) {
            bytes = bytes << 8 | UInt64(self[at])
        }
        return bytes
    }
}
