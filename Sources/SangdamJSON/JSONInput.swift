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
    func byte(at index: Int) -> UInt8? {
        index < count ? self[index] : nil
    }

    /// `index` is one that `byte(at:)` has answered.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        (start + index).load(as: UInt8.self)
    }

    subscript(range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: start + range.lowerBound, count: range.count)
    }

    /// The eight bytes at `index`, the first one lowest, with zeros for those behind the end.
    @inline(__always)
    func eightBytes(at index: Int) -> UInt64 {
        guard index <= count &- 8 else { return lastBytes(from: index) }
        return UInt64(littleEndian: (start + index).loadUnaligned(as: UInt64.self))
    }

    /// The fewer than eight bytes that there are from `index` on.
    private func lastBytes(from index: Int) -> UInt64 {
        guard count < 8 else {
            let last = UInt64(littleEndian: (start + (count - 8)).loadUnaligned(as: UInt64.self))
            return last >> UInt64((index + 8 - count) << 3)
        }
        var bytes: UInt64 = 0
        for at in stride(from: count - 1, through: index, by: -1) {
            bytes = bytes << 8 | UInt64(self[at])
        }
        return bytes
    }
}
