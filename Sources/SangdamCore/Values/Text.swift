// Words that somebody wrote, as bytes: the message path neither builds Strings nor asks Unicode twice.

/// Valid UTF-8. Whoever makes one from outside bytes has them checked, once, at the door (`Text(validating:)`).
package struct Text: Hashable, Sendable {
    package let utf8: [UInt8]

    /// Takes bytes that are known to be UTF-8, as the JSON reader's strings are.
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
}

extension Text: ExpressibleByStringLiteral, CustomStringConvertible {
    package init(stringLiteral value: String) {
        self.init(value)
    }

    package var description: String { string }
}

/// Whether the bytes are UTF-8 by RFC 3629. Runs of ASCII are passed eight bytes at a time.
package func isValidUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    let end = bytes.count
    while at < end {
        if at + 8 <= end, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
            at += 8
            continue
        }
        let lead = bytes[at]
        if lead < 0x80 {
            at += 1
            continue
        }
        let length: Int
        // The second byte's range keeps out overlong forms, surrogates and what lies above U+10FFFF.
        let second: ClosedRange<UInt8>
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return false
        }
        guard at + length <= end, second.contains(bytes[at + 1]) else { return false }
        for follower in bytes[(at + 2)..<max(at + 2, at + length)] where follower & 0xC0 != 0x80 {
            return false
        }
        at += length
    }
    return true
}
