// A connection to the server that a test holds, over TLS or plain: bytes out, bytes in, and how it ended. On our own
// connector, so that thousands cost no thread.

import Glibc
import SangdamNet

final class Peer: Sendable {
    struct State: Sendable {
        var id: ConnectionID?
        var received: [UInt8] = []
        /// Set once the connection has ended or has not come about.
        var ending: CloseReason?
    }

    let state = Watched(State())
    private let reactor: Reactor

    /// All peers of a test run share one reactor. It is stopped at exit, before OpenSSL takes its own things down:
    /// what is registered last runs first, so OpenSSL is woken up before.
    private static let group: Result<ReactorGroup, any Error> = Result {
        _ = try TLSContext.client()
        let group = try ReactorGroup(count: 1)
        atexit { (try? Peer.group.get())?.shutDown(withinMilliseconds: 0) }
        return group
    }

    /// - Parameter connectsWithin: for TCP and TLS together.
    init(connectingTo address: Desk.Address, tls: TLSContext?, connectsWithin seconds: Double = 20) async throws {
        reactor = try Self.group.get().reactors[0]
        let state = state
        var limits = ConnectionLimits()
        limits.unsentBytes = 1 << 24
        Connector.connect(
            host: address.host, port: address.port, tls: tls, on: reactor, timeoutMilliseconds: Int(seconds * 1000),
            limits: limits
        ) { _ in Handler(state) }
        _ = await state.wait(within: seconds + 1) { $0.id != nil || $0.ending != nil }
        if let ending = state.value.ending, state.value.id == nil {
            throw TestFailure("no connection to \(address.text): \(ending)")
        }
    }

    deinit {
        abort()
    }

    func send(_ bytes: [UInt8]) {
        guard let id = state.value.id else { return }
        reactor.post { $0.connection(id)?.send(bytes) }
    }

    /// Ends it in order.
    func close() {
        guard let id = state.value.id else { return }
        reactor.post { $0.connection(id)?.close() }
    }

    /// Cuts it off, as a lost network would.
    func abort() {
        guard let id = state.value.id else { return }
        reactor.post { $0.connection(id)?.abort() }
    }

    /// Stops or goes on reading.
    func setPaused(_ isPaused: Bool) {
        guard let id = state.value.id else { return }
        reactor.post { $0.connection(id)?.setPaused(isPaused) }
    }

    /// The next line, without its end.
    func line(within seconds: Double) async -> [UInt8]? {
        await state.take(within: seconds) { state in
            guard let end = state.received.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
            let line = Array(state.received[..<end])
            state.received.removeFirst(end + 1)
            return line
        }
    }

    /// What comes until the other side closes.
    func everything(within seconds: Double) async throws -> String {
        guard await state.wait(within: seconds, until: { $0.ending != nil }) else {
            let text = String(decoding: state.value.received, as: UTF8.self)
            throw TestFailure("still open after \(seconds) s; received: \(text)")
        }
        return String(decoding: state.value.received, as: UTF8.self)
    }

    /// Waits for the end.
    func ending(within seconds: Double = 10) async throws -> CloseReason {
        _ = try await everything(within: seconds)
        guard let ending = state.value.ending else { throw TestFailure("no ending") }
        return ending
    }

    private final class Handler: ConnectionHandler {
        let state: Watched<State>

        init(_ state: Watched<State>) {
            self.state = state
        }

        func connectionOpened(_ connection: Connection) {
            let id = connection.id
            state.update { $0.id = id }
        }

        func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
            state.update { $0.received.append(contentsOf: bytes) }
        }

        func connectionClosed(_ connection: Connection, _ reason: CloseReason) {
            state.update { $0.ending = reason }
        }
    }
}
