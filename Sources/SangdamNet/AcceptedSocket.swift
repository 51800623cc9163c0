// What a listener hands to a reactor for each connection: the descriptor and the claim on the listener's limits.

internal import COpenSSL
internal import Glibc
internal import Synchronization

/// A listener's settings that its connections share. The limits are the limiter's.
final class ListenerSettings: Sendable {
    let plainTextAnswer: [UInt8]
    let observer: (any NetObserver)?
    let makeHandler: @Sendable (Connection) -> any ConnectionHandler
    let limiter: Mutex<AddressLimiter>

    init(_ configuration: ListenerConfiguration) {
        plainTextAnswer = configuration.plainTextAnswer
        observer = configuration.observer
        makeHandler = configuration.makeHandler
        limiter = Mutex(AddressLimiter(limits: configuration.limits))
    }
}

/// An accepted connection that the limiter has admitted. Its place is given back once: by `release`, or when a reactor
/// that had stopped dropped it (then the descriptor is closed too).
final class AcceptedSocket: Sendable {
    let settings: ListenerSettings
    let address: SocketAddress
    /// Those that held when it came.
    let limits: ConnectionLimits
    let tls: TLSContext?
    private let admission: Admission
    private let descriptor: Int32
    private let isTaken = Atomic(false)
    private let isReleased = Atomic(false)

    init(
        descriptor: Int32, address: SocketAddress, admission: Admission, limits: ConnectionLimits,
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
        if !isTaken.load(ordering: .relaxed) { close(descriptor) }
        release()
    }

    /// The descriptor; whoever takes it closes it.
    func takeDescriptor() -> Int32 {
        let wasTaken = isTaken.exchange(true, ordering: .relaxed)
        precondition(!wasTaken, "a descriptor has one owner")
        return descriptor
    }

    func release() {
        guard !isReleased.exchange(true, ordering: .relaxed) else { return }
        settings.limiter.withLock { $0.release(address, admission) }
    }
}

extension Reactor {
    /// Makes a connection of an accepted socket. A reactor that is leaving lets it go.
    func adopt(_ socket: AcceptedSocket) {
        let made = makeConnection { id in
            Connection(
                id: id, reactor: self, origin: .inbound(socket), address: socket.address,
                limits: socket.limits, tls: socket.tls,
                phase: socket.tls == nil ? .handshaking : .awaitingFirstByte)
        }
        guard let connection = made else { return }
        guard connection.watch(socket.takeDescriptor(), for: sangdam_epoll_in) else {
            connection.destroy()
            return
        }
        connection.startSession()
    }
}
