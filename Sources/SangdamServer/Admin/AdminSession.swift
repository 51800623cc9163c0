// One connection of the admin port or of the control socket: plain HTTP by a table of routes, whose answers may come
// from another queue.

internal import SangdamCore
internal import SangdamNet
internal import SangdamWire

/// Confined to its reactor.
final class AdminSession: ConnectionHandler {
    private let connection: Connection
    private let clock: DeskClock
    private let refused: @Sendable (HTTPStatus) -> Void
    private var http: HTTPSession

    /// - Parameter refused: counts what was answered with a status from 400 on.
    init(
        _ connection: Connection, routes: HTTPRoutes, rules: HTTPRules = HTTPRules(), clock: DeskClock,
        refused: @escaping @Sendable (HTTPStatus) -> Void = { _ in }
    ) {
        self.connection = connection
        self.clock = clock
        self.refused = refused
        http = HTTPSession(routes, rules: rules, at: clock.now())
    }

    func connectionOpened(_ connection: Connection) {
        connection.reactor.attachment = connection.reactor.attachment ?? AdminSessions()
        (connection.reactor.attachment as? AdminSessions)?.byID[connection.id] = self
        arm(at: clock.now())
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        proceed { $0.receive(&rest, at: $1, output: &$2) }
    }

    func connectionDeadline(_ connection: Connection) {
        proceed { $0.deadlinePassed(at: $1, output: &$2) }
    }

    func connectionEndedInput(_ connection: Connection) -> EndOfInputAction {
        http.endInput() ? .keepOutput : .close
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        (connection.reactor.attachment as? AdminSessions)?.byID[connection.id] = nil
    }

    private func proceed(_ work: (inout HTTPSession, Instant, inout [UInt8]) -> HTTPSession.Step) {
        let now = clock.now()
        var output: [UInt8] = []
        let step = work(&http, now, &output)
        if !output.isEmpty { connection.send(output) }
        for status in http.refusals { refused(status) }
        switch step {
        case .goesOn:
            arm(at: now)
            if let question = http.takeQuestion() { ask(question) }
        // Nothing here is WebSocket.
        case .upgraded, .ended: connection.close()
        }
    }

    private func arm(at now: Instant) {
        connection.setDeadline(inMilliseconds: http.nextDeadline.map { Int(clamping: ($0 - now).milliseconds) })
    }

    /// The answer comes back to the connection, or to nobody if that has gone.
    private func ask(_ question: HTTPQuestion) {
        let (reactor, id) = (connection.reactor, connection.id)
        question { response in
            reactor.post { reactor in
                (reactor.attachment as? AdminSessions)?.byID[id]?.proceed {
                    $0.answer(response, at: $1, output: &$2)
                }
            }
        }
    }
}

/// The admin sessions of a reactor, by connection.
private final class AdminSessions {
    var byID: [ConnectionID: AdminSession] = [:]
}
