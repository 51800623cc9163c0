// One connection of the generator: bytes to messages for the stage, and back. Lives on the reactor.

internal import SangdamCore
internal import SangdamNet
internal import SangdamProtocol

/// A customer or an agent, over all the connections that it opens one after the other.
final class LoadClient: ConnectionHandler {
    enum Role {
        case probe, customer, agent
    }

    enum Phase: String, CaseIterable {
        case closed = "not connected"
        case connecting = "connecting"
        case hello = "waiting for welcome"
        case setUp = "waiting for the answer to status"
        case queued = "waiting in the queue"
        case ready = "ready"
        case leaving = "leaving"
    }

    /// How what comes in is cut.
    private enum Cut {
        case lines, answer, frames
    }

    /// A line of the server that is longer is none of this protocol.
    private static let lineLimit = 65_536

    /// Narrower than the standard: this server sends each message in one frame.
    static let rules: WebSocketRules = {
        var rules = WebSocketRules()
        rules.messageLimitBytes = lineLimit
        rules.fragmentLimit = 1
        return rules
    }()

    let role: Role
    /// From 0, among those of its role.
    let index: Int
    /// Among all clients of the stage.
    let number: Int
    var phase = Phase.closed
    /// When its present connection was begun.
    var connectedAt: UInt64 = 0
    private(set) var connection: Connection?
    /// WebSocket: how the server's close frame explained the end.
    private(set) var farewell: String?
    /// Outlives its clients: the reactor lets go of it last.
    private unowned let stage: LoadStage
    private var cut = Cut.lines
    private var lines = LineCutter(limitBytes: LoadClient.lineLimit)
    /// The answer to the wish to speak WebSocket, as far as it has come.
    private var answer: [UInt8] = []
    private var frames = WebSocketReader(rules: LoadClient.rules, as: .client)
    private var keys: WebSocketKeys

    init(_ role: Role, index: Int, number: Int, stage: LoadStage) {
        self.role = role
        self.index = index
        self.number = number
        self.stage = stage
        keys = WebSocketKeys(seed: number)
    }

    /// For people: "customer 7".
    var name: String {
        switch role {
        case .probe: "the first connection"
        case .customer: "customer \(index + 1)"
        case .agent: "agent \(index + 1)"
        }
    }

    // MARK: saying

    func send(_ message: ClientMessage) {
        send(line: message.line)
    }

    func send(_ command: Command) {
        send(.command(command))
    }

    /// A line of JSON with its end.
    func send(line: [UInt8]) {
        switch stage.target.speaks {
        case .jsonLines: connection?.send(line)
        case .webSocket: line.withUnsafeBytes { send(.text, UnsafeRawBufferPointer(rebasing: $0.dropLast())) }
        }
    }

    private func send(_ opcode: WebSocketOpcode, _ payload: UnsafeRawBufferPointer) {
        stage.scratch.removeAll(keepingCapacity: true)
        WebSocketWriter.write(opcode, payload, maskedBy: keys.next(), into: &stage.scratch)
        connection?.send(stage.scratch)
    }

    /// Ends the connection in order.
    func close() {
        if cut == .frames { Self.normalClosure.withUnsafeBytes { send(.close, $0) } }
        connection?.close()
    }

    private static let normalClosure = withUnsafeBytes(of: WebSocketCloseCode.normal.rawValue.bigEndian) { Array($0) }

    // MARK: ConnectionHandler

    func connectionOpened(_ connection: Connection) {
        self.connection = connection
        lines = LineCutter(limitBytes: Self.lineLimit)
        answer = []
        frames = WebSocketReader(rules: Self.rules, as: .client)
        farewell = nil
        switch stage.target.speaks {
        case .jsonLines:
            cut = .lines
            stage.opened(self)
        case .webSocket:
            cut = .answer
            connection.send(WebSocketOpening.request(to: stage.target.server))
        }
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        guard !stage.isOver else { return }
        let now = Clock.nanoseconds()
        switch cut {
        case .lines: hearLines(bytes, at: now)
        case .answer: hearAnswer(bytes, at: now)
        case .frames: hearFrames(bytes, at: now)
        }
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        self.connection = nil
        cut = .lines
        stage.closed(self, farewell == nil ? reason : .endOfInput)
    }

    // MARK: hearing

    private func hearLines(_ bytes: UnsafeRawBufferPointer, at now: UInt64) {
        var rest = bytes
        while let line = lines.next(&rest) {
            switch line {
            case .inPlace(let line): stage.received(line, from: self, at: now)
            case .gathered(let line): line.withUnsafeBytes { stage.received($0, from: self, at: now) }
            case .tooLong: notUnderstood("the server sent a line of more than 64 KiB")
            }
        }
    }

    private func hearAnswer(_ bytes: UnsafeRawBufferPointer, at now: UInt64) {
        answer.append(contentsOf: bytes)
        do throws(WebSocketOpening.Fault) {
            let count = try WebSocketOpening.byteCount(ofAnswerIn: answer)
            guard let count else { return }
            let rest = answer[count...]
            answer = []
            cut = .frames
            stage.opened(self)
            rest.withUnsafeBytes { hearFrames($0, at: now) }
        } catch {
            stage.notUpgraded(self, error)
        }
    }

    private func hearFrames(_ bytes: UnsafeRawBufferPointer, at now: UInt64) {
        var rest = bytes
        let instant = Instant(milliseconds: Int64(now / 1_000_000))
        do throws(WebSocketFault) {
            while farewell == nil, let input = try frames.next(&rest, at: instant) { heard(input, at: now) }
        } catch {
            notUnderstood("the server broke WebSocket's rules: \(error.reason)")
        }
    }

    private func heard(_ input: WebSocketInput, at now: UInt64) {
        switch input {
        case .text(let message), .binary(let message):
            message.withUnsafeBytes { stage.received($0, from: self, at: now) }
        case .ping(let bytes): bytes.withUnsafeBytes { send(.pong, $0) }
        case .pong: break
        case .close(let code):
            farewell = code.map { "\($0.rawValue) \(shown(frames.closeReason.string))" } ?? "no code"
            close()
        }
    }

    private func notUnderstood(_ what: String) {
        stage.finish(.failure(.notUnderstood("\(name): \(what)")))
    }
}
