// A listener: one listening socket in the first reactor's epoll set; its connections are dealt to all reactors, one
// after the other. One socket (no SO_REUSEPORT), so that a port in use is an error instead of a silent share.

internal import COpenSSL
internal import Glibc
internal import Synchronization

/// What a listener needs to know.
package struct ListenerConfiguration: Sendable {
    /// A name or address of this machine: "127.0.0.1", "::", "localhost". Like the port, for a `Listener` that opens
    /// its socket itself.
    package var host: String
    /// 0 takes a free port.
    package var port: Int
    /// nil: connections without TLS.
    package var tls: TLSContext?
    package var limits = ConnectionLimits()
    /// TLS listeners: what someone who does not speak TLS is told before the connection is closed, by what came first
    /// (nothing, when nothing came in time). Empty: nothing.
    package var plainTextAnswer: @Sendable (_ first: UnsafeRawBufferPointer) -> [UInt8] = { _ in [] }
    package var observer: (any NetObserver)?
    /// Makes the owner of a connection, on its reactor, just before `connectionOpened`.
    package var makeHandler: @Sendable (Connection) -> any ConnectionHandler

    package init(
        host: String, port: Int, tls: TLSContext?,
        makeHandler: @escaping @Sendable (Connection) -> any ConnectionHandler
    ) {
        self.host = host
        self.port = port
        self.tls = tls
        self.makeHandler = makeHandler
    }
}

/// An open listening socket. It accepts until `close` or until the group shuts down.
package final class Listener: Sendable {
    /// The port it listens on.
    package let port: Int
    /// "127.0.0.1:41234", "[::1]:41234".
    package let addressDescription: String

    private struct Sockets {
        /// -1 once it is closed.
        var listening: Int32
        /// Held so that, when the process has no descriptor left, a waiting connection can still be accepted and
        /// closed instead of waking us for ever.
        var spare: Int32
        var nextReactor = 0
    }

    private static let numbers = Atomic<UInt32>(0)

    private let settings: ListenerSettings
    private let reactors: [Reactor]
    private let number: UInt32
    private let tls: Mutex<TLSContext?>
    private let sockets: Mutex<Sockets>

    /// Opens a socket and the listener; connections may come before this returns.
    package convenience init(_ configuration: ListenerConfiguration, on group: ReactorGroup) throws(NetError) {
        let socket = try BoundSocket(host: configuration.host, port: configuration.port)
        try socket.listen()
        self.init(configuration, on: group, taking: socket)
    }

    /// Accepts what comes to a socket that listens already; connections may come before this returns.
    package init(_ configuration: ListenerConfiguration, on group: ReactorGroup, taking socket: consuming BoundSocket) {
        port = socket.address.port
        addressDescription = socket.address.description
        settings = ListenerSettings(configuration)
        reactors = group.reactors
        number = Self.numbers.wrappingAdd(1, ordering: .relaxed).newValue
        tls = Mutex(configuration.tls)
        sockets = Mutex(Sockets(listening: socket.takeDescriptor(), spare: open("/dev/null", O_RDONLY | O_CLOEXEC)))
        reactors[0].post { reactor in
            reactor.listeners[self.number] = self
            self.watch(on: reactor)
        }
    }

    deinit {
        let sockets = sockets.withLock { $0 }
        for descriptor in [sockets.listening, sockets.spare] where descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// New connections use this context; open ones keep theirs. Does nothing on a listener without TLS.
    package func replaceTLS(_ context: TLSContext) {
        tls.withLock { if $0 != nil { $0 = context } }
    }

    /// New connections are held against these limits; open ones keep theirs, and are counted on even where the new ones
    /// would not have let them in.
    package func replaceLimits(_ limits: ConnectionLimits) {
        settings.replaceLimits(limits)
    }

    /// Stops accepting. Open connections stay. The port is free soon after.
    package func close() {
        reactors[0].post { reactor in
            reactor.listeners[self.number] = nil
            self.closeSockets(removingFrom: reactor)
        }
    }

    /// Connections of this listener that are open or being closed.
    package var connectionCount: Int {
        settings.openConnections
    }

    // MARK: on the first reactor

    func acceptSome() {
        for _ in 0..<reactors[0].configuration.acceptsPerPass {
            guard acceptOne() else { return }
        }
    }

    /// The reactor leaves or stops.
    func reactorEnds() {
        closeSockets(removingFrom: reactors[0])
    }

    private func watch(on reactor: Reactor) {
        let descriptor = sockets.withLock { $0.listening }
        guard descriptor >= 0 else { return }
        let id = reactor.reservedID(ConnectionID.listenerSlot, number: number)
        sangdam_epoll_add(reactor.epollDescriptor, descriptor, sangdam_epoll_in, id.rawValue)
    }

    private func closeSockets(removingFrom reactor: Reactor) {
        let closed = sockets.withLock { sockets in
            defer { sockets = Sockets(listening: -1, spare: -1) }
            return sockets
        }
        if closed.listening >= 0 {
            sangdam_epoll_remove(reactor.epollDescriptor, closed.listening)
            Glibc.close(closed.listening)
        }
        if closed.spare >= 0 { Glibc.close(closed.spare) }
    }

    /// False: nothing more to accept in this pass.
    private func acceptOne() -> Bool {
        let listening = sockets.withLock { $0.listening }
        guard listening >= 0 else { return false }
        var storage = sockaddr_storage()
        let descriptor = sangdam_accept(listening, &storage)
        guard descriptor >= 0 else { return acceptFailed(errno) }
        let address = SocketAddress(storage)
        let now = reactors[0].now
        let (admission, limits) = settings.admit(address, atMilliseconds: now)
        if case .refused(let reason) = admission {
            settings.observer?.connectionRefused(reason)  // before the peer can know
            Glibc.close(descriptor)
            return true
        }
        let socket = AcceptedSocket(
            descriptor: descriptor, address: address, admission: admission, limits: limits, settings: settings,
            tls: tls.withLock { $0 })
        nextReactor().post { $0.adopt(socket) }
        return true
    }

    private func nextReactor() -> Reactor {
        let index = sockets.withLock { sockets in
            sockets.nextReactor = (sockets.nextReactor + 1) % reactors.count
            return sockets.nextReactor
        }
        return reactors[index]
    }

    private func acceptFailed(_ number: Int32) -> Bool {
        switch number {
        case EAGAIN: return false
        case EMFILE, ENFILE: return shedOne()
        // accept(2): errors of the connection that was waiting, and interruptions: the next one may be fine.
        case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, EHOSTUNREACH, ENETUNREACH: return true
        default:
            pauseAccepting()  // no memory: it passes
            return false
        }
    }

    private enum Shed {
        case one
        case nothingWaits
        case impossible
    }

    /// Out of descriptors: closes the connection that waits, with the spare one's number. The kernel says that there
    /// is no descriptor before it looks whether anyone waits.
    private func shedOne() -> Bool {
        let shed: Shed = sockets.withLock { sockets in
            guard sockets.spare >= 0 else { return .impossible }
            Glibc.close(sockets.spare)
            var storage = sockaddr_storage()
            let descriptor = sangdam_accept(sockets.listening, &storage)
            let isEmpty = descriptor < 0 && errno == EAGAIN
            if descriptor >= 0 { Glibc.close(descriptor) }
            sockets.spare = open("/dev/null", O_RDONLY | O_CLOEXEC)
            if isEmpty { return .nothingWaits }
            return descriptor >= 0 ? .one : .impossible
        }
        switch shed {
        case .one:
            settings.observer?.connectionRefused(.fileDescriptors)
            return true
        case .nothingWaits:
            return false
        case .impossible:
            pauseAccepting()  // another thread was faster with the descriptor
            return false
        }
    }

    /// Looks away for a moment instead of being woken all the time.
    private func pauseAccepting() {
        let reactor = reactors[0]
        let descriptor = sockets.withLock { $0.listening }
        guard descriptor >= 0 else { return }
        sangdam_epoll_remove(reactor.epollDescriptor, descriptor)
        reactor.pause(self, milliseconds: 100)
    }

    /// After `pauseAccepting`.
    func acceptAgain() {
        sockets.withLock { sockets in
            if sockets.listening >= 0, sockets.spare < 0 { sockets.spare = open("/dev/null", O_RDONLY | O_CLOEXEC) }
        }
        watch(on: reactors[0])
    }
}
