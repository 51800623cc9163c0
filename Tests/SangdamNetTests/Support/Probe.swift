// Handlers that record what happens to them, and waiting for it without sleeping.

import Foundation
import SangdamNet

/// What happened to one connection; filled on its reactor, awaited by the test.
final class Record: Sendable {
    struct State: Sendable {
        var id: ConnectionID?
        var openings = 0
        var received: [UInt8] = []
        var deadlines = 0
        var drains = 0
        var endings: [CloseReason] = []
        var negotiatedProtocol: String?
        var agreement: String?
        var isResumed = false
        var session: TLSSession?
        var remoteAddress: SocketAddress?
        var lastEvent = Date.distantPast
        var calls: [String] = []

        var text: String { String(decoding: received, as: UTF8.self) }
    }

    private let condition = NSCondition()
    // Guarded by `condition`.
    nonisolated(unsafe) private var state = State()

    var now: State {
        condition.withLock { state }
    }

    func update(_ change: (inout State) -> Void) {
        condition.withLock {
            change(&state)
            state.lastEvent = Date()
            condition.broadcast()
        }
    }

    /// Waits until it is so; false when it is not after the time.
    func wait(seconds: Double = 10, until isSo: (State) -> Bool) -> Bool {
        let end = Date() + seconds
        condition.lock()
        defer { condition.unlock() }
        while !isSo(state) {
            if !condition.wait(until: end) { return isSo(state) }
        }
        return true
    }

    func waitUntilClosed(seconds: Double = 10) -> CloseReason? {
        _ = wait(seconds: seconds) { !$0.endings.isEmpty }
        return now.endings.first
    }
}

/// Records everything and does what the closures say.
final class Probe: ConnectionHandler {
    typealias Action = (Connection) -> Void

    let record: Record
    var onOpen: Action?
    var onReceive: ((Connection, UnsafeRawBufferPointer) -> Void)?
    var onDeadline: Action?
    var onDrained: Action?
    var onClosed: Action?
    var atEndOfInput = EndOfInputAction.close

    init(_ record: Record) {
        self.record = record
    }

    func connectionOpened(_ connection: Connection) {
        record.update {
            $0.id = connection.id
            $0.openings += 1
            $0.negotiatedProtocol = connection.negotiatedProtocol
            $0.agreement = connection.tlsAgreement
            $0.isResumed = connection.isResumed
            $0.remoteAddress = connection.remoteAddress
            $0.calls.append("opened")
        }
        onOpen?(connection)
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        record.update {
            $0.received.append(contentsOf: bytes)
            $0.session = connection.session
            $0.calls.append("received")
        }
        onReceive?(connection, bytes)
    }

    func connectionDeadline(_ connection: Connection) {
        record.update { $0.deadlines += 1 }
        onDeadline?(connection)
    }

    func connectionDrained(_ connection: Connection) {
        record.update { $0.drains += 1 }
        onDrained?(connection)
    }

    func connectionEndedInput(_ connection: Connection) -> EndOfInputAction {
        record.update { $0.calls.append("ended") }
        return atEndOfInput
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        record.update {
            $0.endings.append(reason)
            $0.calls.append("closed")
        }
        onClosed?(connection)
    }
}

/// Sends everything back, and stops reading while the peer does not read.
final class Echo: ConnectionHandler {
    private let record: Record

    init(_ record: Record) {
        self.record = record
    }

    func connectionOpened(_ connection: Connection) {
        record.update {
            $0.id = connection.id
            $0.openings += 1
        }
    }

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        connection.send(bytes)
        if connection.unsentBytes > 32_768 { connection.setPaused(true) }
    }

    func connectionDrained(_ connection: Connection) {
        connection.setPaused(false)
    }

    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
        record.update { $0.endings.append(reason) }
    }
}
