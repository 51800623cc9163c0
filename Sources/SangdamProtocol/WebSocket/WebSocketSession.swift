// One upgraded connection, without the connection: frames in, messages out, and the answers that the protocol itself
// asks for. What the messages say is not its business.
//
// Rules that it keeps
// - A ping is answered by a pong with the same words (RFC 6455 §5.5.2); a pong that nobody asked for is passed over.
// - A close is answered once, with the peer's code (§5.5.1); a fault is answered with its code (§7.1.7). Then it is
//   over and deaf: the owner flushes and closes the connection.
// - After our own close only the peer's is awaited; what else comes is read and dropped.

package import SangdamCore

/// How a connection ended.
package enum WebSocketEnding: Equatable, Sendable {
    /// By the close handshake, with the peer's code if it gave one.
    case closed(WebSocketCloseCode?)
    case fault(WebSocketFault)
}

/// What a session passes on.
package enum WebSocketEvent: Equatable, Sendable {
    /// UTF-8.
    case text([UInt8])
    case binary([UInt8])
    /// The last of all.
    case ended(WebSocketEnding)
}

/// The server's side of one WebSocket connection.
package struct WebSocketSession: Sendable {
    private enum Phase: Sendable {
        case open, closing, over
    }

    private var reader: WebSocketReader
    private var phase = Phase.open

    package init(rules: WebSocketRules) {
        reader = WebSocketReader(rules: rules)
    }

    /// Whether messages may still be written.
    package var isOpen: Bool { phase == .open }

    /// Takes bytes up to the next event; `rest` then begins behind it. Nil when more are needed or all is over.
    package mutating func next(
        _ rest: inout UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8]
    ) -> WebSocketEvent? {
        while phase != .over {
            let input: WebSocketInput?
            do throws(WebSocketFault) {
                input = try reader.next(&rest, at: now)
            } catch {
                if phase == .open { WebSocketWriter.writeClose(error.code, reason: error.reason, into: &output) }
                phase = .over
                return .ended(.fault(error))
            }
            guard let input else { return nil }
            switch input {
            case .text(let bytes):
                if phase == .open { return .text(bytes) }
            case .binary(let bytes):
                if phase == .open { return .binary(bytes) }
            case .ping(let bytes):
                if phase == .open { WebSocketWriter.write(.pong, bytes, into: &output) }
            case .pong:
                break
            case .close(let code):
                if phase == .open { WebSocketWriter.writeClose(code, into: &output) }
                phase = .over
                return .ended(.closed(code))
            }
        }
        return nil
    }

    /// Says that nothing more will be sent, and awaits the peer's close. Once; then harmless.
    package mutating func close(_ code: WebSocketCloseCode, reason: String = "", output: inout [UInt8]) {
        guard phase == .open else { return }
        phase = .closing
        WebSocketWriter.writeClose(code, reason: reason, into: &output)
    }
}
