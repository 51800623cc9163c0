// UTF-8 checked while it comes in (RFC 3629): no surrogates, nothing overlong, nothing above U+10FFFF. The same bytes
// give the same answer however they are split, and a wrong byte is found when it comes, not when the text ends.

/// Follows a text through its pieces.
struct UTF8Check {
    /// Bytes that the character under way still needs.
    private var missing = 0
    /// What the next of them may be; narrower than 80–BF only behind some first bytes.
    private var lower: UInt8 = 0x80
    private var upper: UInt8 = 0xBF

    /// Whether the text may end here.
    var isComplete: Bool { missing == 0 }

    /// Takes the next piece; false when the text cannot be UTF-8 any more. Runs of ASCII are passed eight bytes at a
    /// time, Hangul, kana and ideographs three.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        let end = bytes.count
        while at < end {
            if missing == 0, at + 8 <= end,
                bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
            {
                at += 8
                continue
            }
            if missing == 0, at + 3 <= end, isOfThree(bytes[at], bytes[at + 1], bytes[at + 2]) {
                at += 3
                continue
            }
            guard take(bytes[at]) else { return false }
            at += 1
        }
        return true
    }

    /// Whether this is a character from U+1000 on: what is left needs a closer look.
    private func isOfThree(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Bool {
        first & 0xF0 == 0xE0 && first != 0xE0 && second & 0xC0 == 0x80 && third & 0xC0 == 0x80
            && (first != 0xED || second <= 0x9F)
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        if missing > 0 {
            guard byte >= lower, byte <= upper else { return false }
            missing -= 1
            (lower, upper) = (0x80, 0xBF)
            return true
        }
        switch byte {
        case 0x00...0x7F: break
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, lower) = (2, 0xA0)
        case 0xED: (missing, upper) = (2, 0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, lower) = (3, 0x90)
        case 0xF1...0xF3: missing = 3
        case 0xF4: (missing, upper) = (3, 0x8F)
        default: return false
        }
        return true
    }
}
