// Escapes resolved byte by byte, in strings that the reader has checked.

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
