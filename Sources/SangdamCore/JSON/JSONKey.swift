// What the JSON reader keeps of strings that it has passed: keys where they stand, compared without a copy, and escapes
// resolved byte by byte. Everything here works on bytes that the reader has checked.

/// A field's name where it stands in the input: compared, not copied. Valid as long as the input is.
package struct JSONKey {
    /// The bytes between the quotes, checked, escapes unresolved.
    let escaped: UnsafeRawBufferPointer
    let hasEscapes: Bool

    init(escaped: UnsafeRawBufferPointer, hasEscapes: Bool) {
        self.escaped = escaped
        self.hasEscapes = hasEscapes
    }

    package static func == (key: JSONKey, word: StaticString) -> Bool {
        key.equals(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount), hasEscapes: false)
    }

    /// Lets a `switch` over a key name its fields as literals.
    package static func ~= (word: StaticString, key: JSONKey) -> Bool {
        key == word
    }

    /// For tables and messages; the name itself is the peer's and may be anything.
    package var string: String {
        guard hasEscapes else { return String(decoding: escaped, as: UTF8.self) }
        var resolved: [UInt8] = []
        var units = UnescapedUnits(escaped)
        while let byte = units.next() { resolved.append(byte) }
        return String(decoding: resolved, as: UTF8.self)
    }

    static func == (left: JSONKey, right: JSONKey) -> Bool {
        left.equals(right.escaped, hasEscapes: right.hasEscapes)
    }

    private func equals(_ other: UnsafeRawBufferPointer, hasEscapes otherHasEscapes: Bool) -> Bool {
        if !hasEscapes, !otherHasEscapes {
            guard escaped.count == other.count else { return false }
            for place in 0..<other.count where escaped[place] != other[place] {
                return false
            }
            return true
        }
        var left = UnescapedUnits(escaped)
        var right = UnescapedUnits(other, hasEscapes: otherHasEscapes)
        while true {
            let (one, two) = (left.next(), right.next())
            if one != two { return false }
            if one == nil { return true }
        }
    }
}

/// The keys of all open objects, innermost last; the first 16 need no heap.
struct KeyList {
    private(set) var count = 0
    private var near = InlineArray<16, JSONKey>(
        repeating: JSONKey(escaped: UnsafeRawBufferPointer(start: nil, count: 0), hasEscapes: false))
    private var far: [JSONKey] = []

    subscript(place: Int) -> JSONKey {
        place < near.count ? near[place] : far[place - near.count]
    }

    mutating func append(_ key: JSONKey) {
        if count < near.count { near[count] = key } else { far.append(key) }
        count += 1
    }

    mutating func removeLast(_ number: Int) {
        count -= number
        far.removeLast(max(0, far.count - max(0, count - near.count)))
    }
}

/// The UTF-8 bytes of a string that was checked, with its escapes resolved.
struct UnescapedUnits {
    private let escaped: UnsafeRawBufferPointer
    private let hasEscapes: Bool
    private var at = 0
    /// Bytes of the last `\u` escape that are still to come, the next one lowest.
    private var pending: UInt32 = 0

    init(_ escaped: UnsafeRawBufferPointer, hasEscapes: Bool = true) {
        self.escaped = escaped
        self.hasEscapes = hasEscapes
    }

    mutating func next() -> UInt8? {
        if pending != 0 {
            defer { pending >>= 8 }
            return UInt8(truncatingIfNeeded: pending)
        }
        guard at < escaped.count else { return nil }
        let byte = escaped[at]
        at += 1
        guard hasEscapes, byte == UInt8(ascii: "\\"), at < escaped.count else { return byte }
        let letter = escaped[at]
        at += 1
        switch letter {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"): return unicodeEscape()
        default: return letter
        }
    }

    private mutating func unicodeEscape() -> UInt8 {
        var scalar = fourDigits()
        if 0xD800...0xDBFF ~= scalar {
            at += 2
            scalar = 0x10000 + (scalar & 0x3FF) << 10 + fourDigits() & 0x3FF
        }
        // Lead byte first; the followers wait in `pending`. A follower is never zero.
        let follower = { (shift: UInt32) in 0x80 | scalar >> shift & 0x3F }
        switch scalar {
        case 0..<0x80:
            return UInt8(truncatingIfNeeded: scalar)
        case 0x80..<0x800:
            pending = follower(0)
            return UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
        case 0x800..<0x10000:
            pending = follower(6) | follower(0) << 8
            return UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
        default:
            pending = follower(12) | follower(6) << 8 | follower(0) << 16
            return UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
        }
    }

    private mutating func fourDigits() -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 where at < escaped.count {
            value = value << 4 | (hexDigit(escaped[at]) ?? 0)
            at += 1
        }
        return value
    }
}

/// The value of a hexadecimal digit; nil when it is none.
func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
}
