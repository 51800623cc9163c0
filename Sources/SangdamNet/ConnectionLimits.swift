// The bounds of connections and what happens past each.

/// The bounds of a listener's connections. Every bound has a consequence and each is counted by `NetObserver`.
package struct ConnectionLimits: Sendable, Equatable {
    /// From accept to the end of the TLS handshake. Past it: closed (after the plain-text answer if nothing came at
    /// all).
    package var handshakeMilliseconds = 5_000
    /// Unsent bytes held for one peer, plain and encrypted together, as the memory that they take. Past it: closed with
    /// `.tooSlow`.
    package var unsentBytes = 98_304
    /// Connections open at once from one address (IPv6: one /64). Past it: closed at accept.
    package var connectionsPerAddress = 64
    /// Connections within a minute from one address (IPv6: one /64). Past it: closed at accept.
    package var connectionsPerAddressMinute = 120
    /// Loopback addresses are not counted per address.
    package var exemptLoopback = true
    /// Connections of this listener open at once. Past it: closed at accept.
    package var maximumConnections = 20_000
    /// How long `close()` waits for the peer to take what is unsent. Past it: dropped.
    package var flushMilliseconds = 5_000
    /// How long `close()` then waits for the peer's own end, so that no reset overtakes our last words. Past it:
    /// dropped.
    package var drainMilliseconds = 1_000

    package init() {}
}

/// Limits that many connections share: each holds a reference instead of a copy.
final class SharedLimits: Sendable {
    let values: ConnectionLimits

    init(_ values: ConnectionLimits) {
        self.values = values
    }
}
