// One connection's conversation, without the connection: bytes go in, whole messages come out, and the other way round.
// Its owner uses it on one queue at a time, gives it the time, and sees to sockets and timers.
//
// Rules that it keeps
// - The mode is latched once (see Latch) and never changes, but that HTTP may become WebSocket.
// - Nothing that a peer sends can trap or grow memory without bound; every refusal is answered, counted and typed.
// - After `.close` it is deaf: nothing more comes in or goes out.

package import SangdamCore
internal import SangdamProtocol

/// The translator of one connection of the chat port.
///
/// Every method appends what is to be sent to `output`, a buffer that the owner empties and reuses, and calls `input`,
/// in order, with what the server must do. `input` must not call back into the session.
package struct WireSession {
    package private(set) var mode = WireMode.undecided

    private var isOver = false
    private let configuration: WireConfiguration
    /// Bytes that may still become another protocol's opening; fewer than any opening is long.
    private var firstBytes: [UInt8] = []
    private var framer: LineCutter
    private var program: JSONLineSession
    /// From the latch on, by hand.
    private var hand: Boxed<HandSession>?
    /// From the latch on, for browsers.
    private var web: Boxed<WebSession>?
    /// Since when the peer has been able to say something, or to say `hello` again.
    private var awaitedSince: Instant

    /// - Parameter applicationProtocol: what ALPN agreed on (RFC 7301), such as `sangdam/1`.
    package init(configuration: WireConfiguration, applicationProtocol: String?, at now: Instant) {
        self.configuration = configuration
        framer = LineCutter(limitBytes: configuration.limits.jsonLineBytes)
        program = JSONLineSession(configuration: configuration)
        awaitedSince = now
        switch applicationProtocol {
        case ApplicationProtocol.jsonLines: mode = .jsonLines
        case "http/1.1": beginWeb(at: now)
        default: break
        }
    }

    /// The handshake is done and the connection can be written to. To be called once, before anything else.
    package mutating func opened(at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        awaitedSince = now
        if mode == .http { beginWeb(at: now) }
    }

    package mutating func receive(
        _ bytes: UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        guard !isOver, !bytes.isEmpty else { return }
        switch mode {
        case .undecided:
            guard firstBytes.isEmpty else {
                firstBytes.append(contentsOf: bytes)
                return decide(at: now, output: &output, input: input)
            }
            let latch = Latch.decide(bytes)
            guard latch != .needsMore else {
                firstBytes.append(contentsOf: bytes)
                return
            }
            latchTo(latch, at: now, output: &output, input: input)
            readOn(bytes, at: now, output: &output, input: input)
        case .jsonLines, .byHand:
            readLines(bytes, output: &output, input: input)
        case .http, .webSocket:
            readWeb(bytes, at: now, output: &output, input: input)
        case .refused:
            break
        }
    }

    /// The peer will send nothing more but still reads. A person's last words, with or without a line's end, are heard,
    /// and when all is answered `.close(.left)` follows; a program's connection has nothing left to wait for.
    ///
    /// - Returns: false when the connection may be closed at once.
    package mutating func endInput(
        at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) -> Bool {
        guard !isOver else { return false }
        if mode == .undecided, !firstBytes.isEmpty {
            latchTo(.byHand, at: now, output: &output, input: input)
            readFirstBytes(at: now, output: &output, input: input)
        }
        guard mode == .byHand else { return false }
        if let line = framer.finish() { readLine(line, output: &output, input: input) }
        if !isOver { hand?.value.endInput(output: &output, input: input) }
        closeIfDone(input)
        return true
    }

    /// Translates what the desk says. What a session in another mode cannot be told is left out.
    package mutating func deliver(
        _ message: ServerMessage, at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        guard !isOver else { return }
        switch mode {
        case .jsonLines:
            if program.deliver(message, output: &output) { awaitedSince = now }
        case .webSocket:
            guard !awaitsClose else { return }
            if program.deliver(message, output: &output) { awaitedSince = now }
            if case .bye(let farewell) = message { web?.value.close(farewell, at: now, output: &output) }
        case .byHand:
            hand?.value.deliver(message, output: &output, input: input)
            closeIfDone(input)
        case .undecided, .http, .refused:
            break
        }
    }

    /// After `bye`, whether the connection has to stay until `.close` comes: a WebSocket peer's answer is awaited.
    package var awaitsClose: Bool { web?.value.isClosing ?? false }

    /// When `deadlinePassed` wants to be called; nil when only the peer or the desk can change anything.
    package var nextDeadline: Instant? {
        guard !isOver else { return nil }
        switch mode {
        // Silence means a person.
        case .undecided: return awaitedSince + configuration.limits.handLatch
        case .jsonLines: return helloBy
        case .http: return web?.value.nextDeadline
        case .webSocket: return web?.value.nextDeadline ?? helloBy
        case .byHand, .refused: return nil
        }
    }

    /// When a program must have said `hello`; nil when it has.
    private var helloBy: Instant? { program.awaitsHello ? awaitedSince + configuration.limits.helloTimeout : nil }

    /// Does what is due by `now`; harmless when nothing is.
    package mutating func deadlinePassed(
        at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        guard let due = nextDeadline, now >= due else { return }
        switch mode {
        case .undecided:
            latchTo(.byHand, at: now, output: &output, input: input)
            readFirstBytes(at: now, output: &output, input: input)
        case .jsonLines:
            _ = program.deliver(.bye(.helloTimeout), output: &output)
            close(.helloTimeout, input)
        case .http:
            while let event = web?.value.deadlinePassed(at: now, output: &output) {
                take(event, at: now, output: &output, input: input)
            }
        case .webSocket:
            guard awaitsClose else {
                return deliver(.bye(.helloTimeout), at: now, output: &output, input: input)
            }
            if let event = web?.value.deadlinePassed(at: now, output: &output) {
                take(event, at: now, output: &output, input: input)
            }
        case .byHand, .refused:
            break
        }
    }
}

extension WireSession {
    private mutating func decide(at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let latch = firstBytes.withUnsafeBytes { Latch.decide($0) }
        guard latch != .needsMore else { return }
        latchTo(latch, at: now, output: &output, input: input)
        readFirstBytes(at: now, output: &output, input: input)
    }

    private mutating func readFirstBytes(
        at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        var bytes: [UInt8] = []
        swap(&bytes, &firstBytes)
        bytes.withUnsafeBytes { readOn($0, at: now, output: &output, input: input) }
    }

    /// What was read before the mode was known.
    private mutating func readOn(
        _ bytes: UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if mode == .http {
            readWeb(bytes, at: now, output: &output, input: input)
        } else {
            readLines(bytes, output: &output, input: input)
        }
    }

    private mutating func latchTo(
        _ latch: Latch, at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        switch latch {
        case .needsMore:
            break
        case .jsonLines:
            mode = .jsonLines
        case .byHand:
            mode = .byHand
            framer = LineCutter(limitBytes: configuration.limits.handLineBytes)
            var session = HandSession(configuration: configuration)
            session.begin(input: input)
            hand = Boxed(session)
        case .http:
            beginWeb(at: now)
        case .otherProtocol:
            mode = .refused
            output.append(contentsOf: Self.otherProtocolSentence.utf8)
            input(.refused(.unsupported))
            close(.otherProtocol, input)
        }
    }

    private mutating func readLines(
        _ bytes: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        guard mode == .jsonLines || mode == .byHand else { return }
        var rest = bytes
        while !isOver, let line = framer.next(&rest) { readLine(line, output: &output, input: input) }
    }

    private mutating func readLine(
        _ line: LineCutter.Line, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        switch line {
        case .inPlace(let line): readLine(line, output: &output, input: input)
        case .gathered(let line): line.withUnsafeBytes { readLine($0, output: &output, input: input) }
        case .tooLong:
            if mode == .byHand {
                hand?.value.refuse(Refusal(.tooLong), output: &output, input: input)
            } else {
                program.refuse(Refusal(.tooLong), output: &output, input: input)
            }
        }
    }

    private mutating func readLine(
        _ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if mode == .byHand {
            hand?.value.receive(line, output: &output, input: input)
            closeIfDone(input)
        } else {
            program.receive(line, output: &output, input: input)
        }
    }

    private mutating func closeIfDone(_ input: (consuming SessionInput) -> Void) {
        if !isOver, let farewell = hand?.value.farewell { close(farewell, input) }
    }

    private mutating func close(_ farewell: Farewell, _ input: (consuming SessionInput) -> Void) {
        isOver = true
        firstBytes = []
        web = nil
        input(.close(farewell))
    }

    private static let otherProtocolSentence = """
        *** 이 포트는 상담 채팅입니다. 브라우저(https), openssl s_client -brief -nocommands 또는 ncat --ssl 로 접속해 주세요.
        *** This is a consultation chat. Connect with a browser (https), openssl s_client -brief -nocommands, or ncat --ssl.

        """
}

// MARK: - Browsers

extension WireSession {
    private mutating func beginWeb(at now: Instant) {
        mode = .http
        web = Boxed(WebSession(configuration, at: now))
    }

    private mutating func readWeb(
        _ bytes: UnsafeRawBufferPointer, at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        var rest = bytes
        while !isOver, let event = web?.value.next(&rest, at: now, output: &output) {
            take(event, at: now, output: &output, input: input)
        }
    }

    private mutating func take(
        _ event: WebSession.Event, at now: Instant, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        switch event {
        case .refused(let status):
            input(.refusedRequest(status))
        case .upgraded:
            mode = .webSocket
            program = JSONLineSession(configuration: configuration, isWebSocket: true)
            awaitedSince = now
        case .message(let bytes):
            bytes.withUnsafeBytes { program.receive($0, output: &output, input: input) }
        case .ended(_, let farewell?):
            close(farewell, input)
        case .ended(let ending, nil):
            isOver = true
            web = nil
            input(.closeWeb(ending))
        }
    }
}
