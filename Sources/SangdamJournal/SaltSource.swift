// The randomness of `s`: 128 fresh bits on every line that holds somebody's words, so that nobody can guess erased
// words from the hash that stays.

internal import COpenSSL

/// Gives 22 base64url characters at a time, from randomness that is fetched 256 lines ahead.
///
/// Not safe to share: each owner has its own.
struct SaltSource {
    /// Characters of a salt.
    static let length = 22
    private static let saltBytes = 16

    private var pool = [UInt8](repeating: 0, count: 256 * saltBytes)
    private var used: Int

    init() {
        used = pool.count
    }

    /// Writes the next salt through a pointer behind which there is room for it. RFC 4648 §5 without padding.
    mutating func write(to destination: UnsafeMutablePointer<UInt8>) {
        if used == pool.count { refill() }
        let (high, low) = pool.withUnsafeBytes { bytes in
            (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: used, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: used + 8, as: UInt64.self))
            )
        }
        used += Self.saltBytes
        // A literal: reading it needs no initialised global and no check of bounds, which 63 cannot leave.
        let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        let characters = alphabet.utf8Start
        for digit in 0..<10 {
            destination[digit] = characters[Int(high >> UInt64(58 - 6 * digit) & 63)]
        }
        destination[10] = characters[Int(high << 2 & 60 | low >> 62)]
        for digit in 0..<10 {
            destination[11 + digit] = characters[Int(low >> UInt64(56 - 6 * digit) & 63)]
        }
        // The last character holds only two bits.
        destination[21] = characters[Int(low << 4 & 48)]
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
