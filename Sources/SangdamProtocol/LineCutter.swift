// Bytes to lines: LF or CRLF ends one. A line over the limit is reported once, as soon as that is certain, and dropped
// whole; the next line is read as if nothing had been. Memory never exceeds the limit.

/// Cuts a stream of bytes into lines, however it was split on the way.
package struct LineCutter: Sendable {
    /// A line without its end.
    package enum Line {
        /// Stands within the bytes that were just received: the common case, without a copy.
        case inPlace(UnsafeRawBufferPointer)
        /// Came in several pieces.
        case gathered([UInt8])
        /// Exceeded the limit and is gone.
        case tooLong
    }

    private let limitBytes: Int
    private var partial: [UInt8] = []
    private var isDropping = false

    package init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    /// The next line that ends within `rest`, which then begins behind it; nil once `rest` is used up.
    package mutating func next(_ rest: inout UnsafeRawBufferPointer) -> Line? {
        while !rest.isEmpty {
            guard let end = Self.end(of: rest) else {
                keep(rest)
                rest = UnsafeRawBufferPointer(rebasing: rest[rest.endIndex...])
                return reportsDrop()
            }
            let piece = UnsafeRawBufferPointer(rebasing: rest[..<end])
            if isDropping {
                isDropping = false
                rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
                continue
            }
            if partial.isEmpty {
                rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
                let line = piece.last == UInt8(ascii: "\r") ? UnsafeRawBufferPointer(rebasing: piece.dropLast()) : piece
                return line.count <= limitBytes ? .inPlace(line) : .tooLong
            }
            keep(piece)
            if isDropping {
                // The line's end is still ahead and ends the dropping in the next round.
                rest = UnsafeRawBufferPointer(rebasing: rest[end...])
                return reportsDrop()
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
            var line: [UInt8] = []
            swap(&line, &partial)
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            return line.count <= limitBytes ? .gathered(line) : .tooLong
        }
        return nil
    }

    /// What stands behind the last line's end when nothing more comes, without a carriage return at its end; nil for
    /// nothing.
    package mutating func finish() -> Line? {
        guard !partial.isEmpty else { return nil }
        var line: [UInt8] = []
        swap(&line, &partial)
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line.count <= limitBytes ? .gathered(line) : .tooLong
    }

    /// Where the first line's end is, looked for in sixteen bytes at a time.
    private static func end(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard let start = bytes.baseAddress else { return nil }
        let count = bytes.count
        var index = 0
        while index <= count &- 16 {
            let first = ends(in: (start + index).loadUnaligned(as: UInt64.self))
            let second = ends(in: (start + (index &+ 8)).loadUnaligned(as: UInt64.self))
            if first != 0 { return index &+ first.trailingZeroBitCount >> 3 }
            if second != 0 { return index &+ 8 &+ second.trailingZeroBitCount >> 3 }
            index &+= 16
        }
        while index < count {
            if (start + index).load(as: UInt8.self) == UInt8(ascii: "\n") { return index }
            index &+= 1
        }
        return nil
    }

    /// The top bit of each byte that ends a line, the first byte lowest; exact up to the first of them.
    @inline(__always)
    private static func ends(in eight: UInt64) -> UInt64 {
        let others = UInt64(littleEndian: eight) ^ 0x0A0A_0A0A_0A0A_0A0A
        return (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
    }

    private var hasNewDrop = false

    private mutating func keep(_ piece: UnsafeRawBufferPointer) {
        guard !isDropping else { return }
        // One more than the limit, for a carriage return that belongs to the line's end.
        guard partial.count + piece.count <= limitBytes + 1 else {
            partial = []
            isDropping = true
            hasNewDrop = true
            return
        }
        partial.append(contentsOf: piece)
    }

    private mutating func reportsDrop() -> Line? {
        guard hasNewDrop else { return nil }
        hasNewDrop = false
        return .tooLong
    }
}
