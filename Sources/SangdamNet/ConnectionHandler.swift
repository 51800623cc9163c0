// What the owner of connections implements. The contract of every call: it comes on the connection's reactor, never
// from within a call that the owner itself makes (send, close …), and must not block.

/// What a connection's owner implements; every call comes on the connection's reactor.
///
/// Order: `connectionOpened`, then any of the others, then `connectionClosed`, after which nothing more comes.
package protocol ConnectionHandler: AnyObject {
    /// The handshake is complete (or, without TLS, the connection is there). Called once; not called at all when an
    /// dialled connection fails before.
    func connectionOpened(_ connection: Connection)

    /// Bytes came in, in order. They are valid during the call only. At most the connection's share of a pass:
    /// `ReactorConfiguration.acceptedBytesPerPass`, for dialled connections `bytesPerPass`.
    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer)

    /// The deadline that `setDeadline` set has passed. It is not set any more.
    func connectionDeadline(_ connection: Connection)

    /// The kernel has taken everything queued (`unsentBytes` is 0): the moment to send more, or to read again
    /// after `setPaused`. Comes after each flush that leaves nothing behind. Does nothing unless implemented.
    func connectionDrained(_ connection: Connection)

    /// The peer ended its input but may still read. `.close` (what happens unless implemented) flushes what is queued
    /// and ends the connection; `.keepOutput` leaves it open for output until `close()` is called.
    func connectionEndedInput(_ connection: Connection) -> EndOfInputAction

    /// The last call, exactly once if `connectionOpened` was called or if a dialled connection failed. After
    /// `.endOfInput`, what `send` queues within this call still goes out; after the other reasons it is dropped.
    func connectionClosed(_ connection: Connection, _ reason: CloseReason)
}

/// What to do when the peer ended its input (half-close).
package enum EndOfInputAction: Sendable {
    /// Flush what is queued, then end; `connectionClosed` comes with `.endOfInput`.
    case close
    /// Stay for output. `connectionClosed` comes with `.closedHere` after `close()`, or with `.lost`.
    case keepOutput
}

extension ConnectionHandler {
    package func connectionDrained(_ connection: Connection) {}
    package func connectionEndedInput(_ connection: Connection) -> EndOfInputAction { .close }
    package func connectionDeadline(_ connection: Connection) {}
}
