// Two ways to say the same messages: the generator speaks both, so that their cost can be compared.

internal import SangdamProtocol

/// What the generator speaks with the server.
package enum LoadProtocol: Sendable, Equatable {
    /// One JSON object a line.
    case jsonLines
    /// One JSON object a text message (RFC 6455).
    case webSocket

    /// For people.
    package var name: String {
        switch self {
        case .jsonLines: "JSON lines"
        case .webSocket: "WebSocket"
        }
    }

    /// For programs.
    package var key: String {
        switch self {
        case .jsonLines: "json_lines"
        case .webSocket: "websocket"
        }
    }

    /// By which the server knows it before the first byte (ALPN).
    var applicationProtocol: String {
        switch self {
        case .jsonLines: ApplicationProtocol.jsonLines
        case .webSocket: "http/1.1"
        }
    }
}
