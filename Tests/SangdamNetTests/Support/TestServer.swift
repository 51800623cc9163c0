// A group of reactors with one listener, and clients for it. Everything ends with `stop()`.

import Foundation
import SangdamNet
import Synchronization

final class TestServer: Sendable {
    let group: ReactorGroup
    let listener: Listener
    let observer = Tally()
    private let accepted: Accepted

    /// `handler` makes the owner of each accepted connection; the default echoes.
    init(
        tls: TLSContext?, reactors: Int = 2, limits: ConnectionLimits = ConnectionLimits(),
        plainTextAnswer: String = "", configuration: ReactorConfiguration = ReactorConfiguration(),
        observer: (any NetObserver)? = nil,
        handler: @escaping @Sendable (Connection, Record) -> any ConnectionHandler = { Echo($1) }
    ) throws {
        let accepted = Accepted()
        self.accepted = accepted
        group = try ReactorGroup(count: reactors, configuration: configuration)
        var listening = ListenerConfiguration(host: "127.0.0.1", port: 0, tls: tls) { connection in
            let record = Record()
            defer { accepted.add(record) }
            return handler(connection, record)
        }
        listening.limits = limits
        listening.plainTextAnswer = { [UInt8]($0.prefix(3)) + Array(plainTextAnswer.utf8) }
        listening.observer = observer ?? self.observer
        listener = try Listener(listening, on: group)
    }

    func stop(withinMilliseconds limit: Int = 2_000) {
        group.shutDown(withinMilliseconds: limit)
    }

    /// The record of the n-th accepted connection, waited for.
    func record(_ index: Int) -> Record? {
        accepted.record(index)
    }

    /// Opens a client connection and gives what happens to it.
    func connect(
        tls: TLSContext?, host: String = "127.0.0.1", serverName: String? = nil, session: TLSSession? = nil,
        limits: ConnectionLimits = ConnectionLimits(), prepare: @escaping @Sendable (Probe) -> Void = { _ in }
    ) -> Record {
        let record = Record()
        Connector.connect(
            host: host, port: listener.port, tls: tls, serverName: serverName, on: group.reactors[0],
            limits: limits, session: session
        ) { _ in
            let probe = Probe(record)
            prepare(probe)
            return probe
        }
        return record
    }

    /// Runs `body` on the connection's reactor and waits for it; false when the connection is gone.
    @discardableResult
    func onConnection(_ record: Record, _ body: @escaping @Sendable (Connection) -> Void) -> Bool {
        guard let id = record.now.id else { return false }
        let isFound = Mutex(false)
        let done = DispatchSemaphore(value: 0)
        group.reactors[id.reactorIndex].post { reactor in
            if let connection = reactor.connection(id) {
                body(connection)
                isFound.withLock { $0 = true }
            }
            done.signal()
        }
        return done.wait(timeout: .now() + 10) == .success && isFound.withLock { $0 }
    }

    /// Waits until so many have been accepted and taken up by their reactors.
    func waitForConnections(_ count: Int, seconds: Double = 10) -> Bool {
        let end = Date() + seconds
        while group.connectionCount < count {
            if Date() > end { return false }
            usleep(1_000)
        }
        return true
    }

    /// Waits until no connection holds a descriptor any more.
    func waitUntilEmpty(seconds: Double = 10) -> Bool {
        let end = Date() + seconds
        while group.connectionCount > 0 {
            if Date() > end { return false }
            usleep(1_000)
        }
        return true
    }
}

/// The records of accepted connections in the order of their opening.
private final class Accepted: Sendable {
    private let condition = NSCondition()
    // Guarded by `condition`.
    nonisolated(unsafe) private var records: [Record] = []

    func add(_ record: Record) {
        condition.withLock {
            records.append(record)
            condition.broadcast()
        }
    }

    func record(_ index: Int) -> Record? {
        let end = Date() + 10
        condition.lock()
        defer { condition.unlock() }
        while records.count <= index {
            if !condition.wait(until: end) { return nil }
        }
        return records[index]
    }
}

/// Counts what the listener reports.
final class Tally: NetObserver {
    private let handshakes = Mutex<[HandshakeResult: Int]>([:])
    private let refusals = Mutex<[RefusalReason: Int]>([:])

    func handshakeFinished(_ result: HandshakeResult) {
        handshakes.withLock { $0[result, default: 0] += 1 }
    }

    func connectionRefused(_ reason: RefusalReason) {
        refusals.withLock { $0[reason, default: 0] += 1 }
    }

    func count(_ result: HandshakeResult) -> Int { handshakes.withLock { $0[result] ?? 0 } }
    func count(_ reason: RefusalReason) -> Int { refusals.withLock { $0[reason] ?? 0 } }
}
