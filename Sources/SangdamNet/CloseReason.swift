// Why a connection ended. Each case is somebody's doing: the peer's, the network's, or ours.

/// The one reason given with `connectionClosed`.
package enum CloseReason: Sendable, Equatable {
    /// The peer ended its input: TLS close_notify, or FIN with or without it. A normal leave.
    case endOfInput
    /// The network or the peer's system took it away: reset, keepalive timeout, write error.
    case lost(errno: Int32)
    /// Unsent bytes passed `ConnectionLimits.unsentBytes`.
    case tooSlow
    /// TLS could not agree; the text is OpenSSL's reason.
    case handshakeFailed(String)
    /// TLS was not agreed within `ConnectionLimits.handshakeMilliseconds` (dialled: the connect timeout).
    case handshakeTimedOut
    /// The first byte on a TLS listener was not TLS.
    case notTLS
    /// A broken record or another TLS fault after the handshake.
    case tlsError(String)
    /// We asked for it: `close()` or `abort()`.
    case closedHere
    /// The reactor stopped.
    case shutDown
    /// Dialled only: no address of the host answered; the last one's errno.
    case connectFailed(errno: Int32)
    /// Dialled only: TCP was not connected within the timeout.
    case connectTimedOut
    /// Dialled only: the name has no address; the text is the resolver's reason.
    case cannotResolve(String)
    /// Dialled only: the certificate or its host name did not verify; the text is OpenSSL's reason.
    case untrusted(String)
}
