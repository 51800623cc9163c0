// What a chat session needs of its connection, and what it hears from it: a seam, so that the edge can be simulated
// without sockets.

internal import SangdamNet

/// The connection of one session. The contract of each member is `Connection`'s. Asked a few times for each delivery
/// and each read, never for single bytes. Confined to its reactor.
protocol SessionConnection: AnyObject {
    var id: ConnectionID { get }
    /// The protocol that TLS agreed on, if it did.
    var negotiatedProtocol: String? { get }
    /// Whom limits count: the same text for all addresses that one peer can take on.
    var addressKey: String { get }
    /// The same as a number; nil for this machine itself.
    var origin: UInt64? { get }
    /// The most that may be held for the peer.
    var unsentLimitBytes: Int { get }
    var unsentBytes: Int { get }
    var unsentMemoryBytes: Int { get }

    func send(_ bytes: [UInt8])
    func close()
    func abort()
    func setDeadline(inMilliseconds delay: Int?)
    func setPaused(_ paused: Bool)
}

extension Connection: SessionConnection {
    var addressKey: String { remoteAddress.limitKey }
    var origin: UInt64? { remoteAddress.limitNumber }
    var unsentLimitBytes: Int { limits.unsentBytes }
}

extension ChatSession: ConnectionHandler {
    func connectionOpened(_ connection: Connection) { opened() }
    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) { received(bytes) }
    func connectionDeadline(_ connection: Connection) { deadlinePassed() }
    func connectionDrained(_ connection: Connection) { drained() }
    func connectionEndedInput(_ connection: Connection) -> EndOfInputAction { inputEnded() }
    func connectionClosed(_ connection: Connection, _ reason: CloseReason) { closed(reason) }
}
