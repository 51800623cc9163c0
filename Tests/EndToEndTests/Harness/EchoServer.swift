// A plaintext WebSocket listener that says every message back: the wire's own HTTP and WebSocket on the net's own
// connections, and nothing else. For programs that test WebSocket itself and know neither our messages nor TLS.

import Foundation
import SangdamCore
import SangdamNet
import SangdamProtocol
import SangdamWire

/// The listener; whoever makes one stops it.
final class EchoServer: Sendable {
    let port: Int
    private let group: ReactorGroup

    init(rules: WebSocketRules) throws {
        group = try ReactorGroup(count: 1)
        var configuration = ListenerConfiguration(host: "127.0.0.1", port: 0, tls: nil) { _ in EchoPeer(rules) }
        // What comes back is as large as what came, and the other side may not read before it has written all.
        configuration.limits.unsentBytes = 4 * max(rules.messageLimitBytes, 65_536)
        port = try Listener(configuration, on: group).port
    }

    func stop() {
        group.shutDown(withinMilliseconds: 500)
    }
}

/// One connection: HTTP up to the upgrade, then the echo.
private final class EchoPeer: ConnectionHandler {
    private static let routes = HTTPSite(
        parts: [:], chatPath: "/", handshake: WebSocketHandshake(subprotocol: nil)
    ).routes()

    private var http: HTTPSession?
    private var webSocket: WebSocketSession
    private var output: [UInt8] = []

    init(_ rules: WebSocketRules) {
        http = HTTPSession(Self.routes, at: Self.now)
        webSocket = WebSocketSession(rules: rules)
    }

    private static var now: Instant {
        Instant(milliseconds: Int64(ProcessInfo.processInfo.systemUptime * 1_000))
    }

    func connectionOpened(_ connection: Connection) {}
    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {}

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        let isOver = hear(&rest)
        connection.send(output)
        output.removeAll(keepingCapacity: true)
        if isOver { connection.close() }
    }

    /// Whether nothing more is to be heard.
    private func hear(_ rest: inout UnsafeRawBufferPointer) -> Bool {
        switch http?.receive(&rest, at: Self.now, output: &output) {
        case .goesOn: return false
        case .ended: return true
        case .upgraded: http = nil
        case nil: break
        }
        while let event = webSocket.next(&rest, at: Self.now, output: &output) {
            switch event {
            case .text(let text): WebSocketWriter.write(.text, text, into: &output)
            case .binary(let bytes): WebSocketWriter.write(.binary, bytes, into: &output)
            case .ended: return true
            }
        }
        return false
    }
}
