// The hash chain: every line's `h` depends on all lines before it, so that no line can be changed, dropped or moved
// without the rest telling. Transcripts.md#A-line: `h` is the first 32 hex digits of SHA-256 over the previous line's
// `h` (as its 32 characters) and this line's bytes up to `,"h":`.

internal import COpenSSL
internal import SangdamCore

/// One `h`: 128 bits of SHA-256.
package struct ChainLink: Sendable, Hashable, CustomStringConvertible {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// What the first line ever is linked to.
    package static let origin = ChainLink(high: 0, low: 0)

    /// Reads 32 lower-case hex digits; nil for anything else.
    package init?(hex: some Collection<UInt8>) {
        guard let (high, low) = twoWords(hex: hex) else { return nil }
        self.init(high: high, low: low)
    }

    /// Digits of the written form.
    package static let hexLength = 32

    /// The 32 digits, for `writeHex`.
    var digits: SIMD4<UInt64> { hexDigits(high, low) }

    package var description: String {
        String(unsafeUninitializedCapacity: Self.hexLength) { characters in
            if let destination = characters.baseAddress { writeHex(digits, to: destination) }
            return Self.hexLength
        }
    }
}

// MARK: - From line to line

extension ChainLink {
    /// The link of a line: `chained` is the previous one's digits and the line's bytes up to `,"h":`.
    init(sha256 chained: UnsafeRawBufferPointer) {
        self.init { sangdam_sha256(chained.baseAddress, chained.count, nil, 0, $0) }
    }

    /// The link of a line whose bytes up to `,"h":` are `line`.
    package init(after previous: ChainLink, line: UnsafeRawBufferPointer) {
        self = withUnsafeBytes(of: previous.digits) { digits in
            ChainLink { sangdam_sha256(digits.baseAddress, digits.count, line.baseAddress, line.count, $0) }
        }
    }

    private init(_ hash: (UnsafeMutablePointer<UInt8>?) -> Void) {
        self = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { sum in
            hash(sum.baseAddress)
            let words = UnsafeRawBufferPointer(sum)
            return ChainLink(
                high: UInt64(bigEndian: words.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: words.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}

// MARK: - 128 bits as 32 hex digits

/// The inverse of `writeHex`; nil when there are not exactly 32 lower-case digits.
func twoWords(hex: some Collection<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard hex.count == 32 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    for character in hex {
        let digit: UInt8
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
        default: return nil
        }
        high = high << 4 | low >> 60
        low = low << 4 | UInt64(digit)
    }
    return (high, low)
}
