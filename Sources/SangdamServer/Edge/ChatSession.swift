// One connection of the chat port: between the bytes of SangdamNet and the desk. It owns the connection's translator,
// checks an agent's password before the desk hears of the agent, and fetches old words from the journal.
//
// Confined to its reactor. Whatever it brings to the desk joins what the reactor's other sessions bring, and goes into
// the desk's mailbox once a pass.

internal import Logging
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import SangdamProtocol
internal import SangdamWire

final class ChatSession {
    private enum Login {
        case none
        /// The password is being hashed: nothing more is read, and what had been read waits in `unanswered`.
        case pending
    }

    /// After a person's end of input, the desk has this long for its last answers.
    private static let lastAnswersMilliseconds = 5_000
    /// A peer for whom deliveries are held and who takes nothing for this long is too slow.
    private static let stallLimit = Interval.seconds(120)

    private let sessions: ReactorSessions
    private let connection: any SessionConnection
    /// The connection's, whose limits stay those that it began with.
    private let unsentLimitBytes: Int
    let handle: SessionHandle
    private var wire: WireSession
    private var unanswered: [SessionInput] = []
    /// What the peer has yet to take before it is told more, or what waits behind words that are being read.
    private(set) var held: HeldDeliveries?
    /// The translator's deadline.
    private var armedDeadline: Instant?
    private var login = Login.none
    /// Words are being read from the journal; what comes meanwhile is held.
    private var isFetching = false
    /// The desk has heard of this session and must hear of its end.
    private var isKnown = false
    private var isClosing = false
    private var inputHasEnded = false
    private var farewell: Farewell?
    /// How a browser ended it, if it did so in a way of its own.
    private var webEnding: WebEnding?
    private var countedMode = WireMode.undecided

    init(_ connection: any SessionConnection, on sessions: ReactorSessions) {
        self.sessions = sessions
        self.connection = connection
        unsentLimitBytes = connection.unsentLimitBytes
        handle = SessionHandle(rawValue: connection.id.rawValue)
        wire = WireSession(
            configuration: sessions.edge.wireConfiguration, applicationProtocol: connection.negotiatedProtocol,
            at: sessions.now)
    }

    // MARK: From the connection

    func opened() {
        sessions.add(self)
        sessions.edge.metrics.connectionOpened(countedMode)
        translate { $0.opened(at: $1, output: &$2, input: $3) }
    }

    func received(_ bytes: UnsafeRawBufferPointer) {
        translate { $0.receive(bytes, at: $1, output: &$2, input: $3) }
    }

    func deadlinePassed() {
        if inputHasEnded { return close(.left) }
        if let stallsAt = held?.stallsAt, stallsAt <= sessions.now { return giveUp() }
        armedDeadline = nil
        translate { $0.deadlinePassed(at: $1, output: &$2, input: $3) }
        if armedDeadline == nil { arm(nil) }
    }

    /// End of input by hand is a normal leave (Protocol.md#By-hand): what was typed before is still answered.
    func inputEnded() -> EndOfInputAction {
        var mayAnswer = false
        translate { mayAnswer = $0.endInput(at: $1, output: &$2, input: $3) }
        guard mayAnswer else { return .close }
        inputHasEnded = true
        connection.setDeadline(inMilliseconds: Self.lastAnswersMilliseconds)
        return .keepOutput
    }

    func closed(_ reason: CloseReason) {
        sessions.remove(self)
        sessions.edge.metrics.connectionClosed(countedMode, code: farewell?.rawValue ?? webEnding?.code ?? reason.code)
        guard isKnown else { return }
        let hasLeft = inputHasEnded || farewell == .left
        sessions.arrivals.append(.event(.disconnected(handle, hasLeft ? .left : .lost)))
    }

    /// Lets the translator work, sends what it wrote, acts on what it read, and keeps its deadline.
    private func translate(
        _ work: (inout WireSession, Instant, inout [UInt8], (consuming SessionInput) -> Void) -> Void
    ) {
        var output = sessions.takeScratch()
        var inputs = sessions.takeInputs()
        let now = sessions.now
        let standing = Standing(of: &wire) { wire in
            work(&wire, now, &output) { input in
                // Nearly all there is; what comes behind anything else waits for it.
                if inputs.isEmpty, case .none = login, case .command(let command) = input {
                    sessions.arrivals.append(.event(.command(handle, command)))
                } else {
                    inputs.append(input)
                }
            }
        }
        if !output.isEmpty { connection.send(output) }
        sessions.give(back: output)
        keep(standing)
        for input in inputs { take(input) }
        sessions.give(back: inputs)
    }

    /// What the desk says becomes bytes; seldom does anything follow from it.
    private func show(_ message: ServerMessage, at now: Instant, writingInto output: inout [UInt8]) {
        output.removeAll(keepingCapacity: true)
        var inputs: [SessionInput] = []
        let standing = Standing(of: &wire) { $0.deliver(message, at: now, output: &output) { inputs.append($0) } }
        if !output.isEmpty { connection.send(output) }
        keep(standing)
        for input in inputs { take(input) }
    }

    /// What must be kept in step with the translator, read while it is at hand: asking it later would copy it.
    private struct Standing {
        let mode: WireMode
        let deadline: Instant?

        @inline(__always)
        init(of wire: inout WireSession, after work: (inout WireSession) -> Void) {
            work(&wire)
            mode = wire.mode
            deadline = wire.nextDeadline
        }
    }

    private func keep(_ standing: Standing) {
        let isCounted = standing.mode == countedMode
        if !isCounted {
            sessions.edge.metrics.connectionChanged(from: countedMode, to: standing.mode)
            countedMode = standing.mode
        }
        if standing.deadline != armedDeadline { arm(standing.deadline) }
    }

    private func arm(_ deadline: Instant?) {
        armedDeadline = deadline
        // After a person's end of input another deadline runs.
        guard !inputHasEnded else { return }
        let next = [deadline, held?.stallsAt].compactMap { $0 }.min()
        connection.setDeadline(inMilliseconds: next.map { Int(clamping: ($0 - sessions.now).milliseconds) })
    }

    // MARK: To the desk

    private func take(_ input: SessionInput) {
        if case .pending = login {
            // At most what one read held: reading has stopped.
            unanswered.append(input)
            return
        }
        switch input {
        case .customerHello(let language, let name, let resume): greet(language, name, resume)
        case .agentHello(let user, let password, let language): authenticate(user, password, language)
        case .command(let command): sessions.arrivals.append(.event(.command(handle, command)))
        case .refused(let code): sessions.edge.metrics.refused(code)
        case .refusedRequest(let status): sessions.edge.metrics.refused(status)
        case .close(let farewell): close(farewell)
        case .closeWeb(let ending): close(ending)
        }
    }

    private func greet(_ language: Language, _ name: Text?, _ resume: ResumeRequest?) {
        isKnown = true
        let hello = CustomerHello(
            session: makeSessionID(), language: language, name: name, token: makeResumeToken(),
            resume: resume.map { request in
                CustomerHello.Resume(token: resumeToken(written: request.token), after: request.after)
            }, origin: connection.origin)
        sessions.arrivals.append(.event(.customerHello(handle, hello)))
    }

    private func makeSessionID() -> SessionID {
        var random = SystemRandomNumberGenerator()
        return SessionID(at: sessions.now, random: &random)
    }

    private func authenticate(_ user: String, _ password: [UInt8], _ language: Language) {
        login = .pending
        connection.setPaused(true)
        let (reactor, handle) = (sessions.reactor, handle)
        sessions.edge.passwords.authenticate(
            user: user, password: password, address: connection.addressKey, at: sessions.now
        ) { result in
            reactor.postToSessions { $0.session(handle)?.authenticated(result, language) }
        }
    }

    private func authenticated(_ result: AuthenticationResult, _ language: Language) {
        guard case .pending = login else { return }
        login = .none
        var waiting: [SessionInput] = []
        swap(&waiting, &unanswered)
        switch result {
        case .accepted(let profile, let generation):
            isKnown = true
            let hello = AgentHello(
                session: makeSessionID(), profile: profile, generation: generation, language: language)
            sessions.arrivals.append(.event(.agentHello(handle, hello)))
        case .wrongPassword: refuse(Refusal(.wrongPassword))
        case .accountLocked: refuse(Refusal(.locked))
        case .locked(let retryAfter): refuse(Refusal(.locked, retryAfter: retryAfter))
        case .busy: refuse(Refusal(.busy, answersHello: true))
        case .failed(let why):
            sessions.edge.log.error("agents cannot log in", metadata: ["why": "\(why)"])
            refuse(Refusal(.busy, answersHello: true))
        }
        for input in waiting { take(input) }
        connection.setPaused(false)
    }

    private func refuse(_ refusal: Refusal) {
        sessions.edge.metrics.refused(refusal.code)
        tell(.error(refusal))
    }

    private func close(_ farewell: Farewell) {
        guard !isClosing else { return }
        isClosing = true
        self.farewell = farewell
        connection.close()
    }

    /// A browser that goes, in order or not, is lost: only `leave` ends a chat.
    private func close(_ ending: WebEnding) {
        guard !isClosing else { return }
        isClosing = true
        webEnding = ending
        if case .webSocket(.fault) = ending { sessions.edge.metrics.refused(ending) }
        connection.close()
    }

    // MARK: From the desk

    /// In order, whatever a delivery has to wait for.
    /// - Parameter output: room to write in, whose content is nobody's.
    func deliver(_ delivery: Delivery, at now: Instant, writingInto output: inout [UInt8]) {
        guard isFetching || held != nil || connection.unsentBytes > paceBytes else {
            run(delivery, at: now, writingInto: &output)
            return
        }
        let held = heldDeliveries()
        held.append(delivery)
        if room(beside: held) < 0 { return giveUp() }
        if held.stallsAt == nil, !isFetching { waitForPeer(with: held) }
    }

    private func heldDeliveries() -> HeldDeliveries {
        if let held { return held }
        let new = HeldDeliveries()
        held = new
        return new
    }

    /// What may be held for the peer beyond what is.
    private func room(beside held: HeldDeliveries) -> Int {
        unsentLimitBytes - held.bytes - connection.unsentMemoryBytes
    }

    /// While more than this is unsent, deliveries are held: 16 of 96 KiB, a record's worth.
    private var paceBytes: Int { unsentLimitBytes / 6 }

    private func waitForPeer(with held: HeldDeliveries) {
        held.stallsAt = sessions.now + Self.stallLimit
        arm(armedDeadline)
    }

    /// The peer does not take what it is told: the chat is kept, coming back works.
    private func giveUp() {
        held = nil
        farewell = .tooSlow
        connection.abort()
    }

    private func run(_ delivery: Delivery, at now: Instant, writingInto output: inout [UInt8]) {
        switch delivery {
        case .say(let message):
            show(message, at: now, writingInto: &output)
        case .history(let request):
            fetch(request)
        case .search(let query, let language):
            search(query, in: language)
        case .close(let farewell):
            self.farewell = farewell
            show(.bye(farewell), at: now, writingInto: &output)
            if !wire.awaitsClose { close(farewell) }
        }
    }

    private func fetch(_ request: HistoryRequest) {
        isFetching = true
        let (reactor, handle) = (sessions.reactor, handle)
        sessions.edge.history.read(request) { answer in
            reactor.postToSessions { $0.session(handle)?.show(answer) }
        }
    }

    /// What is found comes whenever it does: nothing waits for it.
    private func search(_ query: FAQQuery, in language: Language) {
        let (reactor, handle) = (sessions.reactor, handle)
        sessions.edge.faq.search(query, for: handle, in: language) { message in
            reactor.postToSessions { sessions in
                if case .error(let refusal) = message { sessions.edge.metrics.refused(refusal.code) }
                sessions.session(handle)?.tell(message)
            }
        }
    }

    private func tell(_ message: ServerMessage) {
        var output = sessions.takeScratch()
        deliver(.say(message), at: sessions.now, writingInto: &output)
        sessions.give(back: output)
    }

    /// Puts what was read in front of everything that came meanwhile. Without it the session would have a gap that
    /// its client cannot see: it is closed, and coming back works.
    private func show(_ answer: HistoryAnswer?) {
        isFetching = false
        let held = heldDeliveries()
        held.putInFront(answer?.deliveries(within: room(beside: held)) ?? [.close(.historyUnavailable)])
        sendHeld()
    }

    /// Goes on as fast as the peer takes it, not faster: a long history, a card for each of an agent's chats and a
    /// burst of words are no slowness of the peer's.
    private func sendHeld() {
        guard let held else { return }
        var output = sessions.takeScratch()
        while !isFetching, connection.unsentBytes <= paceBytes, let next = held.popFirst() {
            run(next, at: sessions.now, writingInto: &output)
        }
        sessions.give(back: output)
        if held.isEmpty { self.held = nil }
        // While the journal is read, the peer is not the slow one.
        held.stallsAt = nil
        if held.isEmpty || isFetching { arm(armedDeadline) } else { waitForPeer(with: held) }
    }

    /// The peer has taken everything that was sent.
    func drained() {
        sendHeld()
    }
}

extension CloseReason {
    /// The label of `sangdam_disconnects_total` for ends that the server did not announce with `bye`.
    var code: String {
        switch self {
        case .endOfInput: "end_of_input"
        case .lost: "lost"
        case .tooSlow: Farewell.tooSlow.rawValue
        case .handshakeFailed: "handshake_failed"
        case .handshakeTimedOut: "handshake_timed_out"
        case .notTLS: "not_tls"
        case .tlsError: "tls_error"
        case .closedHere: "closed_here"
        case .shutDown: Farewell.shuttingDown.rawValue
        case .connectFailed, .connectTimedOut, .cannotResolve, .untrusted: "connect_failed"
        }
    }
}
