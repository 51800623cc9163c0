// A segment's lines, one after the other, in a buffer that grows to the longest line and never beyond the longest that
// is ever written. What is in the file may be anything.

internal import Glibc

/// Reads one file from `offset` to the end that it has when it gets there.
///
/// Confined to whoever made it.
final class LineScanner {
    struct Line {
        /// Without the LF. Valid until the next call of `next()`. Empty when `isTooLong`.
        let bytes: UnsafeRawBufferPointer
        /// Where in the file it begins and ends, the LF included.
        let start: Int64
        let end: Int64
        /// False for what stands behind the last LF.
        let hasEnd: Bool
        let isTooLong: Bool
    }

    let path: String
    private let descriptor: Int32
    private var buffer: UnsafeMutableRawBufferPointer
    /// The bytes of the buffer that were read and not yet given out, and where the first of them stands in the file.
    private var unread = 0..<0
    private var unreadOffset: Int64

    init(path: String, from offset: Int64 = 0) throws(JournalError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw errno == ENOENT ? .nothingThere(path: path) : .cannotOpen(path: path, errno: errno)
        }
        self.path = path
        self.descriptor = descriptor
        unreadOffset = offset
        buffer = .allocate(byteCount: 256 << 10, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        close(descriptor)
    }

    func next() throws(JournalError) -> Line? {
        var searched = 0
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[unread])
            let fresh = UnsafeRawBufferPointer(rebasing: rest[searched...])
            if let start = fresh.baseAddress, let found = memchr(start, 0x0A, fresh.count) {
                let length = searched + (UnsafeRawPointer(found) - start)
                return take(length: length, hasEnd: true)
            }
            searched = rest.count
            guard rest.count <= LineEnvelope.limitBytes else { return try passLongLine() }
            guard try fill() > 0 else {
                return unread.isEmpty ? nil : take(length: unread.count, hasEnd: false)
            }
        }
    }

    private func take(length: Int, hasEnd: Bool) -> Line {
        let whole = length + (hasEnd ? 1 : 0)
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[unread.lowerBound..<(unread.lowerBound + length)])
        let start = unreadOffset
        unread = (unread.lowerBound + whole)..<unread.upperBound
        unreadOffset += Int64(whole)
        return Line(bytes: bytes, start: start, end: unreadOffset, hasEnd: hasEnd, isTooLong: false)
    }

    /// Passes a line that is too long to be one, without keeping it.
    private func passLongLine() throws(JournalError) -> Line {
        let start = unreadOffset
        while true {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[unread])
            let lineFeed = rest.firstIndex(of: 0x0A)
            let passed = lineFeed.map { $0 + 1 } ?? rest.count
            unread = (unread.lowerBound + passed)..<unread.upperBound
            unreadOffset += Int64(passed)
            if lineFeed == nil, try fill() > 0 { continue }
            return Line(
                bytes: UnsafeRawBufferPointer(start: nil, count: 0), start: start, end: unreadOffset,
                hasEnd: lineFeed != nil, isTooLong: true)
        }
    }

    /// Reads more behind what is unread; 0 at the file's end.
    private func fill() throws(JournalError) -> Int {
        if unread.lowerBound > 0 {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[unread]))
            unread = 0..<unread.count
        }
        if unread.count == buffer.count {
            let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
            larger.copyMemory(from: UnsafeRawBufferPointer(buffer))
            buffer.deallocate()
            buffer = larger
        }
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[unread.upperBound...])
        while true {
            let count = pread(descriptor, room.baseAddress, room.count, off_t(unreadOffset) + unread.count)
            if count >= 0 {
                unread = 0..<(unread.upperBound + count)
                return count
            }
            guard errno == EINTR else { throw .readFailed(path: path, errno: errno) }
        }
    }
}
