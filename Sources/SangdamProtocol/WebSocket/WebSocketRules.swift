// What a WebSocket connection bears (Limits.md#HTTP-and-WebSocket). Values only.

/// The bounds that incoming frames are read within.
package struct WebSocketRules: Sendable, Equatable {
    /// All fragments of a message together; past it 1009.
    package var messageLimitBytes = 16 * 1024
    /// Frames that one message may come in; past it 1009.
    package var fragmentLimit = 64
    /// Pings and pongs within a second; past it 1008.
    package var controlFramesPerSecond = 10
    /// Whether binary messages are passed on; otherwise one ends the connection with 1003.
    package var takesBinary = false

    package init() {}
}
