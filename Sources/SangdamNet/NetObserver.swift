// What a listener reports for counting. Calls come on any reactor's thread and must be quick.

/// How a TLS handshake of a listener's connection went.
package enum HandshakeResult: Sendable, CaseIterable {
    case full, resumed, failed, timedOut, notTLS
}

/// Why a connection was closed at accept.
package enum RefusalReason: Sendable, CaseIterable {
    /// Too many connections at once from the address.
    case perAddress
    /// Too many connections in a minute from the address.
    case perMinute
    /// The listener, or its table of addresses, is full.
    case atCapacity
    /// The process has no file descriptor left.
    case fileDescriptors
}

/// Counts what a listener does.
package protocol NetObserver: Sendable {
    /// A handshake ended, one way or another. Once for each accepted connection of a TLS listener.
    func handshakeFinished(_ result: HandshakeResult)
    /// A connection was closed at accept.
    func connectionRefused(_ reason: RefusalReason)
}
