// JSON out: straight into bytes, no tree, no Strings. Used for the protocol and for the journal, which must escape
// alike.
//
// Beyond RFC 8259 it escapes U+2028, U+2029 and U+007F, so that a line is an event for every reader and a terminal is
// safe from what it shows.
//
// It stands on the path of every message. So it owns plain memory instead of an array, asks for room once a piece, and
// writes through a pointer; keys are inlined into their callers, where they become a few moves of constants. For that
// they are public: of what is only `package`, the compiler inlines nothing into other modules. `JSONWriter+Values` has
// what stands behind the keys.

/// Appends one JSON value to a buffer that is kept and reused.
///
/// Commas come by themselves. Unbalanced `begin`/`end` or a value without a key is a bug of ours.
public struct JSONWriter: ~Copyable {
    /// The memory: `start` to `end` is written, up to `limit` is room. All writing goes through `room(_:)`.
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var end: UnsafeMutablePointer<UInt8>
    @usableFromInline var limit: UnsafeMutablePointer<UInt8>
    @usableFromInline var needsComma = false
    /// False while the bytes stand in memory that was lent.
    private var ownsMemory: Bool

    package init(reservingBytes capacity: Int = 256) {
        let capacity = max(capacity, 1)
        self.init(memory: .allocate(capacity: capacity), capacity: capacity, isOwned: true)
    }

    @usableFromInline
    init(memory: UnsafeMutablePointer<UInt8>, capacity: Int, isOwned: Bool) {
        start = memory
        end = memory
        limit = memory + capacity
        ownsMemory = isOwned
    }

    deinit {
        if ownsMemory { start.deallocate() }
    }

    /// Lets `body` write behind what `output` holds. What is not too long for the stack takes no memory of the heap.
    @inlinable
    @inline(__always)
    public static func append(to output: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
        // 1,024 bytes are what Swift takes from the stack without asking how much is left of it.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { memory in
            guard let start = memory.baseAddress else { preconditionFailure("no memory where there must be some") }
            var writer = JSONWriter(memory: start, capacity: memory.count, isOwned: false)
            body(&writer)
            output.append(contentsOf: writer.written)
        }
    }

    /// Bytes written.
    package var count: Int { end - start }

    /// A copy of what was written.
    package var bytes: [UInt8] { Array(written) }

    /// What was written, valid until the next change.
    @inlinable
    public var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: end - start) }

    /// Nothing is written any more; the memory is kept.
    package mutating func removeAll() {
        end = start
        needsComma = false
    }

    // MARK: Structure

    /// `{`
    @inlinable
    @inline(__always)
    public mutating func beginObject() {
        open(UInt8(ascii: "{"))
    }

    /// `}`
    @inlinable
    @inline(__always)
    public mutating func endObject() {
        close(UInt8(ascii: "}"))
    }

    /// `[`
    @inlinable
    @inline(__always)
    public mutating func beginArray() {
        open(UInt8(ascii: "["))
    }

    /// `]`
    @inlinable
    @inline(__always)
    public mutating func endArray() {
        close(UInt8(ascii: "]"))
    }

    @inlinable
    @inline(__always)
    mutating func open(_ bracket: UInt8) {
        let destination = begin(1)
        destination[0] = bracket
        end = destination + 1
        needsComma = false
    }

    @inlinable
    @inline(__always)
    mutating func close(_ bracket: UInt8) {
        room(1)[0] = bracket
        end += 1
        needsComma = true
    }

    /// A key of ours: it needs no escape.
    @inlinable
    @inline(__always)
    public mutating func key(_ key: StaticString) {
        let length = key.utf8CodeUnitCount
        let destination = begin(length + 3)
        destination[0] = UInt8(ascii: "\"")
        (destination + 1).update(from: key.utf8Start, count: length)
        destination[length + 1] = UInt8(ascii: "\"")
        destination[length + 2] = UInt8(ascii: ":")
        end = destination + (length + 3)
        needsComma = false
    }

    /// A key that is not a literal, such as a field's raw value. Labelled, because a literal prefers String.
    package mutating func key(named key: String) {
        string(key)
        raw(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A word of ours as a string: it needs no escape.
    @inlinable
    @inline(__always)
    public mutating func word(_ word: StaticString) {
        let length = word.utf8CodeUnitCount
        let destination = begin(length + 2)
        destination[0] = UInt8(ascii: "\"")
        (destination + 1).update(from: word.utf8Start, count: length)
        destination[length + 1] = UInt8(ascii: "\"")
        end = destination + (length + 2)
        needsComma = true
    }

    /// A string of exactly `count` bytes that need no escape; `write` writes them.
    @inlinable
    @inline(__always)
    public mutating func string(ofPlain count: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Void) {
        let destination = begin(count + 2)
        destination[0] = UInt8(ascii: "\"")
        write(destination + 1)
        destination[count + 1] = UInt8(ascii: "\"")
        end = destination + (count + 2)
        needsComma = true
    }

    /// Exactly `count` bytes outside JSON; `write` writes them.
    @inlinable
    @inline(__always)
    public mutating func raw(_ count: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Void) {
        write(room(count))
        end += count
    }

    /// A byte outside JSON, such as the line's end.
    @inlinable
    public mutating func raw(_ byte: UInt8) {
        room(1)[0] = byte
        end += 1
    }

    // MARK: Memory

    /// Where a value of at most `count` bytes is written, the comma that it needs in front of it being there.
    @inlinable
    @inline(__always)
    mutating func begin(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        let destination = room(count + 1)
        destination[0] = UInt8(ascii: ",")
        return destination + (needsComma ? 1 : 0)
    }

    /// Where up to `count` bytes more can be written; they count once `end` is behind them.
    @inlinable
    @inline(__always)
    mutating func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        if limit - end < count { grow(for: count) }
        return end
    }

    @usableFromInline
    @inline(never)
    mutating func grow(for count: Int) {
        let used = end - start
        let capacity = max(used + count, 2 * (limit - start))
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        memory.update(from: start, count: used)
        if ownsMemory { start.deallocate() }
        start = memory
        end = memory + used
        limit = memory + capacity
        ownsMemory = true
    }
}
