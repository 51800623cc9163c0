// The keys that a client masks its frames with (RFC 6455 §5.3): another one for each frame.

/// The keys of one connection. They need not be unforeseeable where there is no page whose words a proxy could take for
/// a request (§10.3).
package struct WebSocketKeys: Sendable {
    /// What the next key is made from, never 0.
    private var state: UInt64

    package init(seed: Int) {
        state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    /// Xorshift (Marsaglia 2003).
    package mutating func next() -> UInt32 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return UInt32(truncatingIfNeeded: state >> 32)
    }
}
