// The readers of the wire, each with what must be the same for every way to split its stream.

internal import SangdamCore
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
                site.answer(head).write(into: &outcome.answers, isHead: head.isHead, keepsAlive: head.keepsAlive)
            }
        } catch {
            outcome.fault = error
        }
    }
}

private let site = HTTPSite(
    parts: ["/": StaticPart(Array("<!doctype html>".utf8), contentType: "text/html")],
    handshake: WebSocketHandshake(subprotocol: "v"))

/// A whole connection, through an upgrade to its frames. How many requests are answered at once depends on how they come,
/// so that nothing is compared here; but whatever comes, responses are few and nothing follows the last.
func runHTTP(_ stream: [UInt8], _ pieces: Pieces) {
    var session = HTTPSession(site: site, at: now)
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

/// A session of JSON lines, or one that finds out by the first bytes what it speaks.
struct LineProbe: Probe {
    struct Outcome: Equatable {
        var inputs = 0
        /// What was said, one after the other.
        var words: [UInt8] = []
        var output: [UInt8] = []
    }

    private(set) var outcome = Outcome()
    private var session: WireSession

    init(applicationProtocol: String?) {
        session = WireSession(
            configuration: WireConfiguration(deskName: Localised([.korean: "상담실"])),
            applicationProtocol: applicationProtocol, at: now)
        session.opened(at: now, output: &outcome.output) { _ in }
    }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        var inputs = 0
        var words: [UInt8] = []
        session.receive(bytes, at: now, output: &outcome.output) { input in
            inputs += 1
            if case .command(.say(_, _, let text)) = input { words += text.utf8 }
        }
        outcome.inputs += inputs
        outcome.words += words
    }
}
