// Words that somebody wrote, as bytes: the message path neither builds Strings nor asks Unicode twice.

/// Valid UTF-8. Whoever makes one from outside bytes has them checked, once, at the door (`Text(validating:)`).
///
/// Public only because the compiler inlines a function into another module if its type is: `package` does not do.
public struct Text: Hashable, Sendable {
    /// The bytes.
    public let utf8: [UInt8]

    /// Takes bytes that are known to be UTF-8, as the JSON reader's strings are.
    @inlinable
    package init(validated utf8: [UInt8]) {
        self.utf8 = utf8
    }

    /// Nil when the bytes are not UTF-8 (RFC 3629: no surrogates, nothing overlong, nothing above U+10FFFF).
    package init?(validating bytes: [UInt8]) {
        guard bytes.withUnsafeBytes({ isValidUTF8($0) }) else { return nil }
        utf8 = bytes
    }

    package init(_ string: String) {
        utf8 = Array(string.utf8)
    }

    package var count: Int { utf8.count }
    package var isEmpty: Bool { utf8.isEmpty }
    package var string: String { String(decoding: utf8, as: UTF8.self) }

    /// About the bytes that it takes between the quotes of JSON: what is escaped there takes six, at most.
    package var escapedBytes: Int {
        utf8.reduce(0) { count, byte in
            let isPlain = byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
            return count + (isPlain ? 1 : 6)
        }
    }
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
    /// The words of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The words.
    public var description: String { string }
}

/// Whether the bytes are UTF-8 by RFC 3629. Runs of ASCII are passed eight bytes at a time, Hangul, kana and
/// ideographs, which take three bytes each, two at a time.
package func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    while at < bytes.count {
        if at + 8 <= bytes.count {
            let eight = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            let high = eight & 0x8080_8080_8080_8080
            guard high != 0 else {
                at += 8
                continue
            }
            let asciiBits = high.trailingZeroBitCount & ~7
            at += asciiBits >> 3
            let rest = eight >> UInt64(asciiBits)
            if beginsWithThreeByteScalar(rest) {
                at += beginsWithThreeByteScalar(rest >> 24) ? 6 : 3
                continue
            }
        }
        guard let length = lengthOfScalar(bytes, at) else { return false }
        at += length
    }
    return true
}

/// Whether the lowest three bytes are one scalar, nothing overlong and no surrogate.
@inline(__always)
private func beginsWithThreeByteScalar(_ bytes: UInt64) -> Bool {
    // The bits that tell both: the lead's lower four and the second byte's sixth.
    let telling = bytes & 0x20_0F
    return bytes & 0xC0_C0F0 == 0x80_80E0 && telling != 0 && telling != 0x20_0D
}

/// The bytes of the scalar that begins at `index`; nil when none does.
private func lengthOfScalar(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Int? {
    let length: Int
    // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF.
    let second: ClosedRange<UInt8>
    switch bytes[index] {
    case 0..<0x80: return 1
    case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    default: return nil
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
    for at in stride(from: index + 2, to: index + length, by: 1) where bytes[at] & 0xC0 != 0x80 {
        return nil
    }
    return length
}
