// Bytes that wait to go out. Memory is taken when the first byte comes and given back when it has gone, so that an idle
// connection holds none, and a slow peer little more than what it has not taken: a list of blocks, the first as long as
// the longest TLS record. One block that grew instead would leave its smaller selves behind as holes in the heap.

internal import Glibc

/// A run of bytes that is appended to at its end and consumed from its front. Not copyable: it owns its memory. One
/// pointer while it is empty, as every connection has two of them.
struct OutputBuffer: ~Copyable {
    /// At the beginning of a block's memory; its bytes follow.
    private struct Block {
        var capacity: Int
        var start = 0
        var end = 0
        var next: UnsafeMutablePointer<Block>?
        /// Of the whole run; in the first block only.
        var last: UnsafeMutablePointer<Block>?
        var total = 0
        var memory = 0
    }

    /// RFC 8446, 5.1: what a record holds at most.
    static let blockBytes = 16_384
    private static let smallestBlockBytes = 512
    /// The least that a block behind another has: many small pieces for who does not keep up.
    private static let furtherBlockBytes = 4_096
    private static let headerBytes = MemoryLayout<Block>.stride

    private var first: UnsafeMutablePointer<Block>?

    init() {}

    deinit {
        var block = first
        while let gone = block {
            block = gone.pointee.next
            free(gone)
        }
    }

    /// Bytes that wait.
    var count: Int { first?.pointee.total ?? 0 }
    var isEmpty: Bool { first == nil }
    /// What they take in memory, room that is not used yet included.
    var memoryBytes: Int { first?.pointee.memory ?? 0 }

    /// The bytes at the front, up to a block of them; empty only when nothing waits. Valid until the next change.
    var front: UnsafeRawBufferPointer {
        guard let first else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(
            start: Self.bytes(of: first) + first.pointee.start, count: first.pointee.end - first.pointee.start)
    }

    /// Appends a copy of the bytes.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let block = makeRoom(for: rest.count)
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(block.pointee.capacity - block.pointee.end))
            guard let source = part.baseAddress else { return }
            memcpy(Self.bytes(of: block) + block.pointee.end, source, part.count)
            block.pointee.end += part.count
            first?.pointee.total += part.count
            rest = rest.dropFirst(part.count)
        }
    }

    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append($0) }
    }

    /// The first `count` bytes have gone.
    mutating func consume(_ count: Int) {
        precondition(count >= 0 && count <= self.count, "consumed more than there is")
        var left = count
        while let block = first, left > 0 {
            let part = min(left, block.pointee.end - block.pointee.start)
            block.pointee.start += part
            block.pointee.total -= part
            left -= part
            if block.pointee.start == block.pointee.end { dropFirst() }
        }
    }

    /// Nothing waits; the memory is given back.
    mutating func removeAll() {
        while first != nil { dropFirst() }
    }

    private mutating func dropFirst() {
        guard let block = first else { return }
        if let next = block.pointee.next {
            next.pointee.last = block.pointee.last
            next.pointee.total = block.pointee.total
            next.pointee.memory = block.pointee.memory - Self.memory(of: block)
        }
        first = block.pointee.next
        free(block)
    }

    private static func memory(of block: UnsafeMutablePointer<Block>) -> Int {
        headerBytes + block.pointee.capacity
    }

    private static func bytes(of block: UnsafeMutablePointer<Block>) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(block) + headerBytes
    }

    /// A block at the end with room for at least one byte. A single block grows up to the full length.
    private mutating func makeRoom(for count: Int) -> UnsafeMutablePointer<Block> {
        guard let first, let last = first.pointee.last else {
            let block = Self.makeBlock(for: count)
            block.pointee.last = block
            block.pointee.memory = Self.memory(of: block)
            self.first = block
            return block
        }
        if last.pointee.end < last.pointee.capacity { return last }
        if last == first && first.pointee.capacity < Self.blockBytes { return growFirst(for: count) }
        let block = Self.makeBlock(for: max(count, Self.furtherBlockBytes - Self.headerBytes))
        last.pointee.next = block
        first.pointee.last = block
        first.pointee.memory += Self.memory(of: block)
        return block
    }

    private mutating func growFirst(for count: Int) -> UnsafeMutablePointer<Block> {
        let waiting = front
        let block = Self.makeBlock(for: waiting.count + count)
        if let source = waiting.baseAddress { memcpy(Self.bytes(of: block), source, waiting.count) }
        block.pointee.end = waiting.count
        block.pointee.total = waiting.count
        block.pointee.last = block
        block.pointee.memory = Self.memory(of: block)
        free(first)
        first = block
        return block
    }

    /// Of a power of two, with room for `count` bytes or of the full length.
    private static func makeBlock(for count: Int) -> UnsafeMutablePointer<Block> {
        var capacity = smallestBlockBytes - headerBytes
        while capacity < min(count, blockBytes) {
            capacity = min(2 * (capacity + headerBytes) - headerBytes, blockBytes)
        }
        guard let memory = malloc(headerBytes + capacity) else { preconditionFailure("out of memory") }
        let block = memory.bindMemory(to: Block.self, capacity: 1)
        block.initialize(to: Block(capacity: capacity))
        return block
    }
}
