// One connection of the generator: bytes to lines for the stage. Lives on the reactor.

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
    /// Outlives its clients: the reactor lets go of it last.
    private unowned let stage: LoadStage
    private var partial: [UInt8] = []

    init(_ role: Role, index: Int, number: Int, stage: LoadStage) {
        self.role = role
        self.index = index
        self.number = number
        self.stage = stage
    }

    /// For people: "customer 7".
    var name: String {
        switch role {
        case .probe: "the first connection"
        case .customer: "customer \(index + 1)"
        case .agent: "agent \(index + 1)"
        }
    }

    func send(_ line: ClientLine) {
        connection?.send(line.bytes)
    }

    // MARK: ConnectionHandler

    func connectionOpened(_ connection: Connection) {
        self.connection = connection
        partial.removeAll()
        stage.opened(self)
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        let now = Clock.nanoseconds()
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            guard let end = memchr(start, Int32(UInt8(ascii: "\n")), rest.count) else { break }
            let length = UnsafeRawPointer(end) - start
            let piece = UnsafeRawBufferPointer(start: start, count: length)
            rest = UnsafeRawBufferPointer(rebasing: rest[(length + 1)...])
            if partial.isEmpty {
                stage.received(piece, from: self, at: now)
            } else {
                partial.append(contentsOf: piece)
                partial.withUnsafeBytes { stage.received($0, from: self, at: now) }
                partial.removeAll(keepingCapacity: true)
            }
        }
        guard partial.count + rest.count <= Self.lineLimit else {
            stage.finish(.failure(.notUnderstood("\(name): the server sent a line of more than 64 KiB")))
            return
        }
        partial.append(contentsOf: rest)
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        self.connection = nil
        stage.closed(self, reason)
    }
}
