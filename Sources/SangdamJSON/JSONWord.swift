// A string that the JSON reader has passed, where it stands: compared without a copy and, as names of fields are short,
// mostly by one comparison of eight bytes. Everything here works on bytes that the reader has checked.

/// A field's name, or a string that names one of a few things, where it stands in the input. Valid as long as the
/// input is.
///
/// Public only because the compiler inlines a function into another module if its type is: `package` does not do.
public struct JSONWord {
    /// The byte behind the opening quote.
    private let start: UnsafeRawPointer
    /// Bytes between the quotes, times two, and one if there are escapes among them.
    @usableFromInline let measure: Int
    /// The first eight bytes, the first one lowest; those that a shorter word does not have are zero.
    @usableFromInline let head: UInt64

    init(start: UnsafeRawPointer, count: Int, hasEscapes: Bool, head: UInt64) {
        self.start = start
        measure = count << 1 | (hasEscapes ? 1 : 0)
        self.head = head
    }

    /// No word, but a number in a list of words.
    init(mark: Int) {
        self.init(start: JSONWord("").start, count: mark, hasEscapes: false, head: 0)
    }

    var mark: Int { measure >> 1 }

    init(_ word: StaticString) {
        self.init(
            start: word.utf8Start, count: word.utf8CodeUnitCount, hasEscapes: false, head: Self.head(of: word))
    }

    /// The bytes between the quotes, checked, escapes unresolved.
    @usableFromInline var escaped: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: measure >> 1) }
    @usableFromInline var hasEscapes: Bool { measure & 1 != 0 }

    /// Lets a `switch` over a word name what it may be as literals.
    @inlinable
    @inline(__always)
    package static func ~= (word: StaticString, key: JSONWord) -> Bool {
        key == word
    }

    @inlinable
    @inline(__always)
    package static func == (key: JSONWord, word: StaticString) -> Bool {
        // Inlined, and for a literal's length and bytes that the compiler knows: two comparisons.
        if word.utf8CodeUnitCount <= 8, key.measure & 1 == 0 {
            return key.measure == word.utf8CodeUnitCount << 1 && key.head == head(of: word)
        }
        return key.isLong(word)
    }

    @inlinable
    @inline(__always)
    static func head(of word: StaticString) -> UInt64 {
        var head: UInt64 = 0
        for index in 0..<min(8, word.utf8CodeUnitCount) {
            head |= UInt64(word.utf8Start[index]) << UInt64(index << 3)
        }
        return head
    }

    @usableFromInline
    func isLong(_ word: StaticString) -> Bool {
        self == JSONWord(word)
    }

    @inline(__always)
    static func == (left: JSONWord, right: JSONWord) -> Bool {
        if (left.measure | right.measure) & 1 == 0 {
            guard left.measure == right.measure, left.head == right.head else { return false }
            if left.measure <= 16 { return true }
        }
        return left.resolvesTo(right)
    }

    private func resolvesTo(_ other: JSONWord) -> Bool {
        var left = UnescapedUnits(escaped, hasEscapes: hasEscapes)
        var right = UnescapedUnits(other.escaped, hasEscapes: other.hasEscapes)
        while true {
            let (one, two) = (left.next(), right.next())
            if one != two { return false }
            if one == nil { return true }
        }
    }

    /// For tables and messages; the word itself is the peer's and may be anything.
    package var string: String {
        withUTF8 { String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the bytes, escapes resolved, for the time of the call; without a copy when there are none.
    @inlinable
    package func withUTF8<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        guard hasEscapes else { return body(escaped) }
        return resolved.withUnsafeBytes(body)
    }

    @usableFromInline var resolved: [UInt8] {
        var resolved: [UInt8] = []
        var units = UnescapedUnits(escaped)
        while let byte = units.next() { resolved.append(byte) }
        return resolved
    }
}
