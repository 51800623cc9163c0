// The randomness of `s`: 128 fresh bits on every line that holds somebody's words, so that nobody can guess erased words
// from the hash that stays.

internal import COpenSSL

/// Hands out 22 base64url characters at a time, from randomness that is fetched 256 lines ahead.
///
/// Not safe to share: each owner has its own.
struct SaltSource {
    private static let saltBytes = 16
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    private var pool = [UInt8](repeating: 0, count: 256 * saltBytes)
    private var used: Int

    init() {
        used = pool.count
    }

    /// RFC 4648 §5 without padding.
    mutating func next() -> [UInt8] {
        if used == pool.count { refill() }
        defer { used += Self.saltBytes }
        return [UInt8](unsafeUninitializedCapacity: 22) { characters, count in
            for place in 0..<22 {
                let bit = place * 6
                let at = used + bit / 8
                // The last character holds only two bits.
                let pair = UInt16(pool[at]) << 8 | (bit / 8 + 1 < Self.saltBytes ? UInt16(pool[at + 1]) : 0)
                characters[place] = Self.alphabet[Int(pair >> UInt16(10 - bit % 8)) & 63]
            }
            count = 22
        }
    }

    private mutating func refill() {
        let isFilled = pool.withUnsafeMutableBufferPointer { buffer in
            RAND_bytes(buffer.baseAddress, Int32(truncatingIfNeeded: buffer.count)) == 1
        }
        // Without randomness no word may be stored, and no TLS connection exists either.
        precondition(isFilled, "the system gives no randomness")
        used = 0
    }
}
