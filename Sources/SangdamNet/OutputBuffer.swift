// Bytes that wait to go out. Memory is taken when the first byte comes and given back when the last has gone, so that
// an idle connection holds none.

internal import Glibc

/// A growing run of bytes that is appended to at its end and consumed from its front. Not copyable: it owns its memory.
struct OutputBuffer: ~Copyable {
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private var start = 0
    private var end = 0

    init() {}

    deinit {
        free(memory)
    }

    /// Bytes that wait.
    var count: Int { end - start }
    var isEmpty: Bool { end == start }

    /// Appends a copy of the bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, !bytes.isEmpty else { return }
        let room = makeRoom(for: bytes.count)
        memcpy(room, source, bytes.count)
        end += bytes.count
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// All bytes that wait, valid during the call.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard let memory else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return body(UnsafeRawBufferPointer(start: memory + start, count: end - start))
    }

    /// The first `count` bytes have gone.
    mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= end - start, "consumed more than there is")
        start += count
        if start == end { removeAll() }
    }

    /// Nothing waits; the memory is given back.
    mutating func removeAll() {
        free(memory)
        memory = nil
        capacity = 0
        start = 0
        end = 0
    }

    private mutating func makeRoom(for count: Int) -> UnsafeMutableRawPointer {
        if let memory, capacity - end >= count { return memory + end }
        return grow(for: count)
    }

    private mutating func grow(for count: Int) -> UnsafeMutableRawPointer {
        let used = end - start
        var newCapacity = max(capacity, 512)
        while newCapacity < used + count { newCapacity *= 2 }
        guard let newMemory = malloc(newCapacity) else { preconditionFailure("out of memory") }
        if let memory {
            memcpy(newMemory, memory + start, used)
            free(memory)
        }
        memory = newMemory
        capacity = newCapacity
        start = 0
        end = used
        return newMemory + used
    }
}
