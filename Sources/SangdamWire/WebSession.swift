// A browser's connection: HTTP up to the upgrade, WebSocket from then on. What the messages say is not its business.
//
// Rules that it keeps
// - Who leaves by WebSocket's close handshake has only lost the connection: closing a window is no leave. A chat is
//   left by `leave`.
// - After our own close the peer has some seconds for its answer, so that it learns our code however busy it is; then
//   the connection ends without.

internal import SangdamCore
package import SangdamProtocol

/// How a browser's connection ended when it was not the server that said farewell.
package enum WebEnding: Sendable, Equatable {
    /// Behind the last response, or without a request in time.
    case http
    case webSocket(WebSocketEnding)

    /// A label of `sangdam_disconnects_total`; for a fault of `sangdam_refusals_total` too. Never change one.
    package var code: String {
        switch self {
        case .http: "http_ended"
        case .webSocket(.closed): "websocket_closed"
        case .webSocket(.fault(let fault)): "websocket_\(fault.code.rawValue)"
        }
    }
}

struct WebSession {
    enum Event {
        /// A request was answered with a status from 400 on.
        case refused(HTTPStatus)
        /// WebSocket from now on.
        case upgraded
        /// A whole message, UTF-8.
        case message([UInt8])
        /// The last of all; the farewell is ours, if there was one.
        case ended(WebEnding, Farewell?)
    }

    /// For the peer's answer to our close.
    private static let closeTimeout = Interval.seconds(3)

    private let rules: WebSocketRules
    private var http: HTTPSession?
    private var webSocket: WebSocketSession?
    /// What was answered and not yet told; the end of HTTP comes after it.
    private var refusals: ArraySlice<HTTPStatus> = []
    private var hasEnded = false
    private var closing: (farewell: Farewell, by: Instant)?

    init(_ configuration: WireConfiguration, at now: Instant) {
        rules = configuration.limits.webSocket
        http = HTTPSession(configuration.routes, rules: configuration.limits.http, at: now)
    }

    /// Whether our close has been sent and the peer's is awaited.
    var isClosing: Bool { closing != nil }

    var nextDeadline: Instant? { closing?.by ?? http?.nextDeadline }

    /// Takes bytes up to the next event; `rest` then begins behind it. Nil when more are needed.
    mutating func next(_ rest: inout UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8]) -> Event? {
        if let told = nextRefusal() { return told }
        if http != nil {
            let step = http?.receive(&rest, at: now, output: &output) ?? .goesOn
            return after(step)
        }
        switch webSocket?.next(&rest, at: now, output: &output) {
        case .text(let bytes), .binary(let bytes): return .message(bytes)
        case .ended(let end): return .ended(.webSocket(end), closing?.farewell)
        case nil: return nil
        }
    }

    /// Does what is due by `now`: call it again for as long as it returns something that is not the end.
    mutating func deadlinePassed(at now: Instant, output: inout [UInt8]) -> Event? {
        if let told = nextRefusal() { return told }
        if let closing {
            return now >= closing.by ? .ended(.webSocket(.closed(nil)), closing.farewell) : nil
        }
        guard let step = http?.deadlinePassed(at: now, output: &output) else { return nil }
        return after(step)
    }

    /// Says farewell with a close frame; nothing more is sent then.
    mutating func close(_ farewell: Farewell, at now: Instant, output: inout [UInt8]) {
        guard closing == nil else { return }
        webSocket?.close(farewell.closeCode, reason: farewell.rawValue, output: &output)
        closing = (farewell, now + Self.closeTimeout)
    }

    private mutating func after(_ step: HTTPSession.Step) -> Event? {
        refusals = http?.refusals[...] ?? []
        switch step {
        // A site has no question whose answer takes a while.
        case .goesOn:
            break
        case .upgraded:
            http = nil
            webSocket = WebSocketSession(rules: rules)
            return .upgraded
        case .ended:
            hasEnded = true
        }
        return nextRefusal()
    }

    private mutating func nextRefusal() -> Event? {
        if let status = refusals.popFirst() { return .refused(status) }
        return hasEnded ? .ended(.http, nil) : nil
    }
}

extension Farewell {
    /// What WebSocket's close frame says (RFC 6455 §7.4.1 and the IANA registry).
    var closeCode: WebSocketCloseCode {
        switch self {
        case .left: .normal
        case .shuttingDown: .serviceRestart
        case .idle: .goingAway
        case .replaced, .accountChanged, .helloTimeout, .otherProtocol: .policyViolation
        case .tooSlow, .historyUnavailable: .tryAgainLater
        }
    }
}
