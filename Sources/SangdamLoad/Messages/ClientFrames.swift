// Frames to the server (RFC 6455 §5): whole and masked, as a client's have to be.

/// Writes frames; one value for each connection, because the keys follow one another.
package struct ClientFrames: Sendable {
    package enum Kind: UInt8, Sendable {
        case text = 0x1
        case close = 0x8
        case pong = 0xA
    }

    /// What the next key is made from, never 0. The keys differ from frame to frame; they need not be unforeseeable,
    /// as here is no page whose words a proxy could take for a request (§10.3).
    private var state: UInt64

    package init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    /// Appends one frame.
    ///
    /// - Parameter payload: for close and pong at most 125 bytes.
    package mutating func write(_ kind: Kind, _ payload: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        output.append(0x80 | kind.rawValue)
        switch payload.count {
        case ...125: output.append(0x80 | UInt8(payload.count))
        case ...65_535:
            output.append(contentsOf: [0x80 | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)])
        default:
            output.append(0x80 | 127)
            for place in 0..<8 { output.append(UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * place))) }
        }
        let key = nextKey()
        for place in 0..<4 { output.append(UInt8(truncatingIfNeeded: key >> UInt32(8 * place))) }
        let start = output.count
        output.append(contentsOf: payload)
        output.withUnsafeMutableBytes { bytes in
            Self.mask(UnsafeMutableRawBufferPointer(rebasing: bytes[start...]), with: key)
        }
    }

    /// Byte i is XORed with byte i mod 4 of the key (§5.3), eight at a time.
    private static func mask(_ bytes: UnsafeMutableRawBufferPointer, with key: UInt32) {
        let wide = (UInt64(key) | UInt64(key) << 32).littleEndian
        var at = 0
        while at + 8 <= bytes.count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            bytes.storeBytes(of: word ^ wide, toByteOffset: at, as: UInt64.self)
            at += 8
        }
        while at < bytes.count {
            bytes[at] ^= UInt8(truncatingIfNeeded: key >> UInt32(8 * (at % 4)))
            at += 1
        }
    }

    /// Xorshift (Marsaglia 2003).
    private mutating func nextKey() -> UInt32 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt32(truncatingIfNeeded: state >> 32)
    }
}
