// Bytes that wait to go out. Memory is taken when the first byte comes and given back when the last has gone, so that
// an idle connection holds none.

internal import Glibc

/// A growing run of bytes that is appended to at its end and consumed from its front. Not copyable: it owns its memory.
/// One pointer while it is empty, as every connection has two of them.
struct OutputBuffer: ~Copyable {
    /// At the beginning of the memory; the bytes follow.
    private struct Header {
        /// Of the bytes, without the header.
        var capacity: Int
        var start = 0
        var end = 0
    }

    private static let headerBytes = MemoryLayout<Header>.stride
    private static let firstBytes = 512
    private static let longBytes = 65_536 - headerBytes

    private var memory: UnsafeMutablePointer<Header>?

    init() {}

    deinit {
        free(memory)
    }

    /// Bytes that wait.
    var count: Int { memory.map { $0.pointee.end - $0.pointee.start } ?? 0 }
    /// No memory is held then.
    var isEmpty: Bool { memory == nil }

    /// Appends a copy of the bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        let header = makeRoom(for: bytes.count)
        memcpy(Self.bytes(of: header) + header.pointee.end, source, bytes.count)
        header.pointee.end += bytes.count
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// All bytes that wait, valid during the call.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard let memory else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return body(UnsafeRawBufferPointer(start: Self.bytes(of: memory) + memory.pointee.start, count: count))
    }

    /// The first `count` bytes have gone.
    mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= self.count, "consumed more than there is")
        guard let memory, count < self.count else {
            removeAll()
            return
        }
        memory.pointee.start += count
    }

    /// Nothing waits; the memory is given back.
    mutating func removeAll() {
        free(memory)
        memory = nil
    }

    private static func bytes(of header: UnsafeMutablePointer<Header>) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(header) + headerBytes
    }

    private mutating func makeRoom(for count: Int) -> UnsafeMutablePointer<Header> {
        if let memory, memory.pointee.capacity - memory.pointee.end >= count { return memory }
        let used = self.count
        var capacity = memory?.pointee.capacity ?? Self.firstBytes - Self.headerBytes
        // Twice as much at first; a long one holds little more than it needs.
        while capacity < used + count {
            capacity += capacity < Self.longBytes ? capacity + Self.headerBytes : capacity / 4
        }
        guard let room = malloc(Self.headerBytes + capacity) else { preconditionFailure("out of memory") }
        let header = room.bindMemory(to: Header.self, capacity: 1)
        header.initialize(to: Header(capacity: capacity))
        withBytes { old in
            if let source = old.baseAddress { memcpy(Self.bytes(of: header), source, used) }
        }
        header.pointee.end = used
        free(memory)
        memory = header
        return header
    }
}
