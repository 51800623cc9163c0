// One connection of the generator: bytes to messages for the stage, and back. Lives on the reactor.

internal import Glibc
internal import SangdamNet

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
    private var frames: ClientFrames
    /// What came in and is not a whole message yet.
    private var partial: [UInt8] = []

    init(_ role: Role, index: Int, number: Int, stage: LoadStage) {
        self.role = role
        self.index = index
        self.number = number
        self.stage = stage
        frames = ClientFrames(seed: number)
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

    func send(_ line: ClientLine) {
        send(line: line.bytes)
    }

    /// A line of JSON with its end.
    func send(line: [UInt8]) {
        switch stage.target.speaks {
        case .jsonLines: connection?.send(line)
        case .webSocket: line.withUnsafeBytes { send(.text, UnsafeRawBufferPointer(rebasing: $0.dropLast())) }
        }
    }

    private func send(_ kind: ClientFrames.Kind, _ payload: UnsafeRawBufferPointer) {
        stage.scratch.removeAll(keepingCapacity: true)
        frames.write(kind, payload, into: &stage.scratch)
        connection?.send(stage.scratch)
    }

    /// Ends the connection in order.
    func close() {
        if cut == .frames { Self.normalClosure.withUnsafeBytes { send(.close, $0) } }
        connection?.close()
    }

    /// The code 1000 (RFC 6455 §7.4.1).
    private static let normalClosure: [UInt8] = [0x03, 0xE8]

    // MARK: ConnectionHandler

    func connectionOpened(_ connection: Connection) {
        self.connection = connection
        partial.removeAll()
        farewell = nil
        switch stage.target.speaks {
        case .jsonLines:
            cut = .lines
            stage.opened(self)
        case .webSocket:
            cut = .answer
            connection.send(Upgrade.request(host: stage.target.host, port: stage.target.port))
        }
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        guard !stage.isOver else { return }
        let now = Clock.nanoseconds()
        guard !partial.isEmpty else {
            let heard = hear(bytes, at: now)
            partial.append(contentsOf: bytes[heard...])
            return
        }
        var joined: [UInt8] = []
        swap(&joined, &partial)
        joined.append(contentsOf: bytes)
        let heard = joined.withUnsafeBytes { hear($0, at: now) }
        joined.removeFirst(heard)
        partial = joined
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        self.connection = nil
        cut = .lines
        stage.closed(self, farewell == nil ? reason : .endOfInput)
    }

    // MARK: hearing

    /// Takes all whole messages; returns how many bytes they were.
    private func hear(_ bytes: UnsafeRawBufferPointer, at now: UInt64) -> Int {
        var heard = 0
        while heard < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[heard...])
            let count: Int? =
                switch cut {
                case .lines: hearLine(rest, at: now)
                case .answer: hearAnswer(rest)
                case .frames: hearFrame(rest, at: now)
                }
            guard let count else { break }
            heard += count
        }
        return heard
    }

    private func hearLine(_ bytes: UnsafeRawBufferPointer, at now: UInt64) -> Int? {
        guard let start = bytes.baseAddress, let end = memchr(start, Int32(UInt8(ascii: "\n")), bytes.count) else {
            if bytes.count > Self.lineLimit { notUnderstood("a line of more than 64 KiB") }
            return nil
        }
        let length = UnsafeRawPointer(end) - start
        stage.received(UnsafeRawBufferPointer(rebasing: bytes[..<length]), from: self, at: now)
        return length + 1
    }

    private func hearAnswer(_ bytes: UnsafeRawBufferPointer) -> Int? {
        do throws(Upgrade.Fault) {
            guard let count = try Upgrade.byteCount(ofAnswerIn: bytes) else { return nil }
            cut = .frames
            stage.opened(self)
            return count
        } catch {
            stage.notUpgraded(self, error)
            return nil
        }
    }

    private func hearFrame(_ bytes: UnsafeRawBufferPointer, at now: UInt64) -> Int? {
        do throws(ServerFrame.Fault) {
            guard let frame = try ServerFrame.first(in: bytes) else { return nil }
            heard(frame, at: now)
            return frame.byteCount
        } catch {
            notUnderstood(error.rule)
            return nil
        }
    }

    private func heard(_ frame: ServerFrame, at now: UInt64) {
        switch frame.kind {
        case .text: stage.received(frame.payload, from: self, at: now)
        case .ping: send(.pong, frame.payload)
        case .pong: break
        case .close(let code):
            let reason = String(decoding: frame.payload, as: UTF8.self)
            farewell = code.map { "\($0) \(shown(reason))" } ?? "no code"
            close()
        }
    }

    private func notUnderstood(_ what: String) {
        stage.finish(.failure(.notUnderstood("\(name): the server sent \(what)")))
    }
}
