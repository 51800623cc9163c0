// Masking (RFC 6455 §5.3): byte i of a frame's payload is XORed with byte i mod 4 of the frame's key.

/// A frame's key, turned to the payload's next byte.
struct WebSocketMask: Equatable {
    /// The next byte's key in the lowest eight bits, the one behind it above, and so on.
    private var key: UInt32

    /// The bytes of the key in the order in which they are sent, the first one lowest.
    init(_ key: UInt32) {
        self.key = key
    }

    init(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8) {
        key = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
    }

    /// Masks or unmasks the payload's next bytes where they stand, eight at a time.
    mutating func apply(to bytes: UnsafeMutableRawBufferPointer) {
        let wide = (UInt64(key) | UInt64(key) << 32).littleEndian
        let end = bytes.count
        var at = 0
        while at + 8 <= end {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            bytes.storeBytes(of: word ^ wide, toByteOffset: at, as: UInt64.self)
            at += 8
        }
        while at < end {
            bytes[at] ^= UInt8(truncatingIfNeeded: key)
            key = key >> 8 | key << 24
            at += 1
        }
    }
}
