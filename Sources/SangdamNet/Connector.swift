// Connections that we open: resolve the name off the reactor, try its addresses one after the other, agree on TLS,
// verify certificate and host name. Every failure reaches the handler as `connectionClosed` with its reason.

internal import COpenSSL
internal import Dispatch
internal import Glibc

package enum Connector {
    /// Opens a connection on a reactor; call it from anywhere. `makeHandler` runs on the reactor, before anything else
    /// happens; then the handler gets `connectionOpened`, or `connectionClosed` with why it did not come to that.
    /// On a reactor that has stopped, or is about to, nothing happens.
    ///
    /// - serverName: what the certificate must be for, a host name or an address; nil: `host`.
    /// - timeoutMilliseconds: for resolving, connecting and the TLS handshake together.
    /// - session: resumes TLS (tickets), from an earlier connection's `session`.
    package static func connect(
        host: String, port: Int, tls: TLSContext?, serverName: String? = nil, on reactor: Reactor,
        timeoutMilliseconds: Int = 10_000, limits: ConnectionLimits = ConnectionLimits(), session: TLSSession? = nil,
        makeHandler: @escaping @Sendable (Connection) -> any ConnectionHandler
    ) {
        reactor.post { reactor in
            let plan = DialPlan(
                host: host, port: port, serverName: serverName ?? host, session: session,
                deadline: reactor.now + UInt64(max(timeoutMilliseconds, 0)))
            let made = reactor.makeConnection { id in
                Connection(
                    id: id, reactor: reactor, origin: .dialled(plan),
                    address: SocketAddress(unresolvedHost: host, port: port), limits: SharedLimits(limits), tls: tls,
                    phase: .resolving)
            }
            guard let connection = made else { return }
            connection.handler = makeHandler(connection)
            connection.startResolving(plan, timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    /// getaddrinfo blocks for as long as the name servers like.
    fileprivate static let resolverQueue = DispatchQueue(label: "sangdam.resolver", attributes: .concurrent)
}

/// What a dialled connection is to become. Confined to the connection's reactor.
final class DialPlan {
    let host: String
    let port: Int
    let serverName: String
    let session: TLSSession?
    private let deadline: UInt64
    fileprivate var untried: ArraySlice<ResolvedAddress> = []
    fileprivate var current: SocketAddress?
    fileprivate var lastError: Int32 = EADDRNOTAVAIL

    fileprivate init(host: String, port: Int, serverName: String, session: TLSSession?, deadline: UInt64) {
        self.host = host
        self.port = port
        self.serverName = serverName
        self.session = session
        self.deadline = deadline
    }

    var millisecondsLeft: Int {
        let now = MonotonicClock.milliseconds()
        return deadline > now ? Int(deadline - now) : 0
    }
}

extension Connection {
    fileprivate func startResolving(_ plan: DialPlan, timeoutMilliseconds: Int) {
        setOwnDeadline(inMilliseconds: timeoutMilliseconds)
        guard UInt16(exactly: plan.port) != nil else {
            end(.cannotResolve("the port is not between 0 and 65535"), .dropping)
            return
        }
        if case .addresses(let addresses) = resolve(host: plan.host, port: plan.port, flags: AI_NUMERICHOST) {
            tryAddresses(addresses, plan)
            return
        }
        let (host, port, id, reactor) = (plan.host, plan.port, id, reactor)
        Connector.resolverQueue.async {
            let resolution = resolve(host: host, port: port, flags: AI_ADDRCONFIG)
            reactor.post { $0.anyConnection(id)?.resolved(resolution) }
        }
    }

    private func resolved(_ resolution: Resolution) {
        guard end.isNone, phase == .resolving, case .dialled(let plan) = origin else { return }
        switch resolution {
        case .addresses(let addresses): tryAddresses(addresses, plan)
        case .failed(let reason): end(.cannotResolve(reason), .dropping)
        }
    }

    private func tryAddresses(_ addresses: [ResolvedAddress], _ plan: DialPlan) {
        plan.untried = addresses[...]
        connectToNext(plan)
    }

    private func connectToNext(_ plan: DialPlan) {
        while let address = plan.untried.popFirst() {
            plan.current = address.socketAddress
            if startConnecting(to: address) { return }
            plan.lastError = errno
            closeDescriptor()
        }
        end(.connectFailed(errno: plan.lastError), .dropping)
    }

    /// False: it failed at once, errno says why.
    private func startConnecting(to address: ResolvedAddress) -> Bool {
        descriptor = socket(address.family, Int32(SOCK_STREAM.rawValue) | sangdam_socket_flags, 0)
        guard descriptor >= 0 else { return false }
        setConnectionOptions(descriptor)
        let isConnected = address.withPointer { connect(descriptor, $0, $1) == 0 }
        guard isConnected || errno == EINPROGRESS else { return false }
        move(to: .connecting)
        return watch(descriptor, for: sangdam_epoll_out)
    }

    /// TCP is connected, or is not going to be.
    func finishConnecting() {
        guard case .dialled(let plan) = origin else { return }
        let number = takeSocketError(descriptor)
        guard number == 0 else {
            plan.lastError = number
            closeDescriptor()
            connectToNext(plan)
            return
        }
        if let address = plan.current { remoteAddress = address }
        startSession()
    }
}
