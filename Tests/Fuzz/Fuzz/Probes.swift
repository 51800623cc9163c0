// The readers of the wire, each with what must be the same for every way to split its stream.

internal import SangdamCore
internal import SangdamProtocol
internal import SangdamWire

private let now = Instant(milliseconds: 0)

/// A WebSocket session: its events and what it answers.
struct WebSocketProbe: Probe {
    struct Outcome: Equatable {
        var events: [WebSocketEvent] = []
        var output: [UInt8] = []
    }

    private(set) var outcome = Outcome()
    private var session: WebSocketSession

    init(takesBinary: Bool) {
        var rules = WebSocketRules()
        rules.takesBinary = takesBinary
        // Small, so that the fuzzer gets past them.
        rules.messageLimitBytes = 200
        rules.fragmentLimit = 8
        session = WebSocketSession(rules: rules)
    }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while let event = session.next(&rest, at: now, output: &outcome.output) {
            if case .text(let text) = event {
                precondition(text.count <= 200 && Text(validating: text) != nil, "text beyond the rules")
            }
            outcome.events.append(event)
        }
    }
}

/// Request heads, and what a site says to them.
struct HeadProbe: Probe {
    struct Outcome: Equatable {
        var heads: [HTTPRequestHead] = []
        var fault: HTTPFault?
        var answers: [UInt8] = []
    }

    private(set) var outcome = Outcome()
    private var reader = HTTPRequestReader()

    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        do throws(HTTPFault) {
            while outcome.fault == nil, let head = try reader.next(&rest) {
                outcome.heads.append(head)
                switch routes.route(for: head) {
                case .get(let respond), .upgrade(let respond):
                    respond(head).write(into: &outcome.answers, isHead: head.isHead, keepsAlive: head.keepsAlive)
                case .getLater, .post: preconditionFailure("a page's answer needs no time")
                }
            }
        } catch {
            outcome.fault = error
        }
    }
}

private let routes = HTTPSite(
    parts: ["/": StaticPart(Array("<!doctype html>".utf8), contentType: "text/html")],
    handshake: WebSocketHandshake(subprotocol: "v")
).routes()

/// A whole connection, through an upgrade to its frames. How many requests are answered at once depends on how they
/// come, so that nothing is compared here; but whatever comes, responses are few and nothing follows the last.
func runHTTP(_ stream: [UInt8], _ pieces: Pieces) {
    var session = HTTPSession(routes, at: now)
    var step = HTTPSession.Step.goesOn
    var frames = WebSocketProbe(takesBinary: false)
    pieces.cut(stream) { bytes in
        var rest = bytes
        var output: [UInt8] = []
        let before = step
        if before != .upgraded { step = session.receive(&rest, at: now, output: &output) }
        precondition(before == .goesOn || output.isEmpty, "a response behind the last")
        precondition(output.count < 8 * 1024, "more responses than were asked for")
        if step == .upgraded { frames.receive(rest) }
    }
    var late: [UInt8] = []
    let end = session.deadlinePassed(at: now + .seconds(60), output: &late)
    precondition(end == .ended && (step == .goesOn || late.isEmpty), "a connection without an end")
}

/// A whole session: of JSON lines, of WebSocket, or one that finds out by the first bytes what it speaks.
struct SessionProbe: Probe {
    struct Outcome: Equatable {
        var isBrowser = false
        var inputs = 0
        /// What was said, one after the other.
        var words: [UInt8] = []
        /// The last input of all.
        var end: String?
        var output: [UInt8] = []
    }

    private var whole = Outcome()
    private var session: WireSession

    /// How many requests are answered at once depends on how they come, so that of a browser that was not upgraded from
    /// the start nothing is compared but that it is one.
    var outcome: Outcome { whole.isBrowser ? Outcome(isBrowser: true) : whole }

    init(applicationProtocol: String?) {
        session = WireSession(configuration: configuration, applicationProtocol: applicationProtocol, at: now)
        session.opened(at: now, output: &whole.output) { _ in }
    }

    /// A session that has been upgraded.
    static func webSocket() -> SessionProbe {
        var probe = SessionProbe(applicationProtocol: "http/1.1")
        probe.hear(Array(upgrade.utf8))
        precondition(probe.session.mode == .webSocket, "no upgrade")
        probe.whole = Outcome()
        return probe
    }

    private static let upgrade = """
        GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: sangdam.v1\r\n\r\n
        """

    private mutating func hear(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { receive($0) }
    }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        let wasBrowser = session.mode == .webSocket
        var output: [UInt8] = []
        var inputs: [SessionInput] = []
        session.receive(bytes, at: now, output: &output) { inputs.append($0) }
        whole.output += output
        for input in inputs { whole.take(input) }
        if !wasBrowser, session.mode == .http || session.mode == .webSocket { whole.isBrowser = true }
    }
}

extension SessionProbe.Outcome {
    fileprivate mutating func take(_ input: SessionInput) {
        precondition(end == nil, "an input behind the last")
        inputs += 1
        switch input {
        case .command(.say(_, _, let text)):
            precondition(text.utf8.count <= configuration.limits.textBytes, "words beyond the rules")
            words += text.utf8
        case .close(let farewell): end = farewell.rawValue
        case .closeWeb(let ending): end = ending.code
        default: break
        }
    }
}

private let configuration = WireConfiguration(deskName: Localised([.korean: "상담실"]))

/// A whole browser's connection as the server holds it, with a farewell after as many pieces of WebSocket as the first
/// byte says: what ends is over once, nothing is said behind the end, and no browser keeps a connection by saying
/// nothing.
func runBrowser(_ stream: [UInt8], _ pieces: Pieces) {
    var session = WireSession(configuration: configuration, applicationProtocol: "http/1.1", at: now)
    var output: [UInt8] = []
    var ends = 0
    let count: (SessionInput) -> Void = { input in
        switch input {
        case .close, .closeWeb: ends += 1
        default: precondition(ends == 0, "an input behind the end")
        }
    }
    session.opened(at: now, output: &output, input: count)
    var left = stream.first ?? 0
    pieces.cut(Array(stream.dropFirst())) { bytes in
        output = []
        let isOver = ends > 0
        session.receive(bytes, at: now, output: &output, input: count)
        precondition(!isOver || output.isEmpty, "words behind the end")
        precondition(output.count < 64 * 1024, "more than was asked for")
        guard session.mode == .webSocket else { return }
        left &-= 1
        if left == 0 { session.deliver(.bye(.idle), at: now, output: &output, input: count) }
    }
    output = []
    var later = now
    for _ in 0..<4 where ends == 0 {
        later = later + .seconds(60)
        session.deadlinePassed(at: later, output: &output, input: count)
    }
    // Who said hello may stay: that is the desk's to end.
    precondition(ends <= 1 && (ends == 1 || session.nextDeadline == nil), "a connection without an end")
}
