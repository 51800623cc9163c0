// The hash chain: every line's `h` depends on all lines before it, so that no line can be changed, dropped or moved
// without the rest telling. CONTRACT §5: `h` is the first 32 hex digits of SHA-256 over the previous line's `h` (as its
// 32 characters) and this line's bytes up to `,"h":`.

internal import COpenSSL

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

    package var hex: [UInt8] { hexDigits(high, low) }
    package var description: String { String(decoding: hex, as: UTF8.self) }
}

/// Computes links with one digest context that is kept for all lines.
///
/// Not safe to share: each owner has its own.
final class ChainHasher {
    private let context: OpaquePointer
    private let digest: OpaquePointer

    init() {
        // Both fail only without memory or without OpenSSL's default provider: then nothing here can work.
        guard let context = EVP_MD_CTX_new(), let digest = EVP_MD_fetch(nil, "SHA256", nil) else {
            preconditionFailure("OpenSSL has no SHA-256")
        }
        self.context = context
        self.digest = digest
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(digest)
    }

    /// The link of a line whose bytes up to `,"h":` are `line`.
    func link(after previous: ChainLink, line: UnsafeRawBufferPointer) -> ChainLink {
        var isDone = EVP_DigestInit_ex(context, digest, nil) == 1
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 32) { characters in
            writeHexDigits(previous.high, previous.low, into: characters)
            isDone = isDone && EVP_DigestUpdate(context, characters.baseAddress, 32) == 1
        }
        isDone = isDone && EVP_DigestUpdate(context, line.baseAddress, line.count) == 1
        return withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { sum in
            isDone = isDone && EVP_DigestFinal_ex(context, sum.baseAddress, nil) == 1
            precondition(isDone, "SHA-256 over memory cannot fail")
            return ChainLink(
                high: UInt64(bigEndian: sum.load(fromByteOffset: 0, as: UInt64.self)),
                low: UInt64(bigEndian: sum.load(fromByteOffset: 8, as: UInt64.self)))
        }
    }
}

// MARK: - 128 bits as 32 hex digits

/// Writes 32 lower-case digits into a buffer that has room for them.
private func writeHexDigits(_ high: UInt64, _ low: UInt64, into characters: UnsafeMutableBufferPointer<UInt8>) {
    for place in 0..<32 {
        let word = place < 16 ? high : low
        let digit = UInt8(truncatingIfNeeded: word >> UInt64((15 - place % 16) * 4)) & 0xF
        characters[place] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}

/// 128 bits as 32 lower-case digits.
func hexDigits(_ high: UInt64, _ low: UInt64) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { characters, count in
        writeHexDigits(high, low, into: characters)
        count = 32
    }
}

/// The inverse of `hexDigits`; nil when there are not exactly 32 lower-case digits.
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
