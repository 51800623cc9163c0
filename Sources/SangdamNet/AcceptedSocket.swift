// What a listener gives to a reactor for each connection: the descriptor and the claim on the listener's limits.

internal import COpenSSL
internal import Glibc
internal import Synchronization

/// A listener's settings that its connections share.
final class ListenerSettings: Sendable {
    struct Gate: Sendable {
        var limiter: AddressLimiter
        /// The limiter's, as connections hold them.
        var shared: SharedLimits
    }

    let plainTextAnswer: @Sendable (UnsafeRawBufferPointer) -> [UInt8]
    let observer: (any NetObserver)?
    let makeHandler: @Sendable (Connection) -> any ConnectionHandler
    private let gate: Mutex<Gate>

    init(_ configuration: ListenerConfiguration) {
        plainTextAnswer = configuration.plainTextAnswer
        observer = configuration.observer
        makeHandler = configuration.makeHandler
        let limits = configuration.limits
        gate = Mutex(Gate(limiter: AddressLimiter(limits: limits), shared: SharedLimits(limits)))
    }

    var openConnections: Int { gate.withLock { $0.limiter.openConnections } }

    /// Whoever was admitted stays, newcomers are held against the new ones.
    func replaceLimits(_ limits: ConnectionLimits) {
        gate.withLock { gate in
            gate.limiter.limits = limits
            gate.shared = SharedLimits(limits)
        }
    }

    /// Whether the address may have another connection, and the limits that hold for it. Who is admitted is released
    /// once.
    func admit(_ address: SocketAddress, atMilliseconds now: UInt64) -> (Admission, SharedLimits) {
        gate.withLock { ($0.limiter.admit(address, atMilliseconds: now), $0.shared) }
    }

    func release(_ address: SocketAddress, _ admission: Admission) {
        gate.withLock { $0.limiter.release(address, admission) }
    }
}

/// An accepted connection that the limiter has admitted, on its way to its reactor. Whoever takes it over closes the
/// descriptor and gives the claim back; dropped by a reactor that had stopped, it does so by itself.
final class AcceptedSocket: Sendable {
    let settings: ListenerSettings
    let address: SocketAddress
    let admission: Admission
    /// Those that held when it came.
    let limits: SharedLimits
    let tls: TLSContext?
    private let descriptor: Int32
    private let isTaken = Atomic(false)

    init(
        descriptor: Int32, address: SocketAddress, admission: Admission, limits: SharedLimits,
        settings: ListenerSettings, tls: TLSContext?
    ) {
        self.descriptor = descriptor
        self.address = address
        self.admission = admission
        self.limits = limits
        self.settings = settings
        self.tls = tls
    }

    deinit {
        guard !isTaken.load(ordering: .relaxed) else { return }
        close(descriptor)
        settings.release(address, admission)
    }

    /// The descriptor, and with it the claim to be among the listener's connections.
    func takeOver() -> Int32 {
        let wasTaken = isTaken.exchange(true, ordering: .relaxed)
        precondition(!wasTaken, "a descriptor has one owner")
        return descriptor
    }
}

extension Reactor {
    /// Makes a connection of an accepted socket. A reactor that is leaving lets it go.
    func adopt(_ socket: AcceptedSocket) {
        let made = makeConnection { id in
            Connection(
                id: id, reactor: self, origin: .accepted(socket.settings, socket.admission), address: socket.address,
                limits: socket.limits, tls: socket.tls,
                phase: socket.tls == nil ? .handshaking : .awaitingFirstByte)
        }
        guard let connection = made else { return }
        guard connection.watch(socket.takeOver(), for: sangdam_epoll_in) else {
            connection.destroy()
            return
        }
        connection.startSession()
    }
}
