// A connection: its life as the owner sees it. The parts behind it are in extensions: ConnectionInput (handshake and
// reading), ConnectionOutput (flushing), ConnectionClosing (the ways out). Its phases and the other machines it is made
// of are in ConnectionPhase.
//
// Ends never happen inside of a call of the owner's: whatever finds out that a connection is over notes the first
// reason (`end`) and the reactor announces it later in the pass. From then on the owner is detached; the descriptor
// may live on for a while to flush and drain.

internal import COpenSSL
internal import Glibc

/// One TCP connection, with or without TLS. Confined to its reactor; not Sendable: other threads keep its `id` and
/// post to `reactor`.
package final class Connection {
    enum Origin {
        case accepted(ListenerSettings, Admission)
        case dialled(DialPlan)
    }

    package let id: ConnectionID
    package let reactor: Reactor
    /// The peer. Dialled: the host as given until it is connected.
    package internal(set) var remoteAddress: SocketAddress
    /// Who is told what happens. May be replaced by another handler at any time (when a protocol is recognised, say).
    /// Taken away after `connectionClosed`.
    package var handler: (any ConnectionHandler)?

    let origin: Origin
    private let sharedLimits: SharedLimits
    let tls: TLSContext?
    var descriptor: Int32 = -1
    private(set) var phase: ConnectionPhase
    var security: ConnectionSecurity
    var end = ConnectionEnd.none
    var flow = InputFlow.flowing
    var lists: ReactorLists = []
    /// What epoll watches for; nil while the descriptor is not in the set.
    var interest: UInt32?
    /// Plaintext that the owner sent; bytes on their way that the socket did not take.
    var output = OutputBuffer()
    var encrypted = OutputBuffer()
    /// Ciphertext that was read but was more than the pass's share.
    var undecrypted: [UInt8] = []
    /// The peer has used up its share each time.
    var isFlooding = false
    /// The socket takes nothing now.
    var isBlocked = false
    private var ownerDeadline = noDeadline
    private var ownDeadline = noDeadline

    private static let noDeadline = UInt64.max

    init(
        id: ConnectionID, reactor: Reactor, origin: Origin, address: SocketAddress, limits: SharedLimits,
        tls: TLSContext?, phase: ConnectionPhase
    ) {
        self.id = id
        self.reactor = reactor
        self.origin = origin
        remoteAddress = address
        sharedLimits = limits
        self.tls = tls
        self.phase = phase
        security = tls == nil ? .plain : .awaited
    }

    package var limits: ConnectionLimits { sharedLimits.values }

    // MARK: what TLS agreed on

    /// The ALPN protocol both sides agreed on; nil without ALPN, without TLS and before `connectionOpened`.
    package var negotiatedProtocol: String? { engine?.negotiatedProtocol }

    /// Whether TLS resumed an earlier session.
    package var isResumed: Bool { engine?.isResumed ?? false }

    /// Version and cipher, "TLSv1.3 TLS_AES_128_GCM_SHA256"; nil without TLS.
    package var tlsAgreement: String? { engine?.agreement }

    /// Dialled: the session for `Connector.connect(session:)`; nil until the server has sent a ticket.
    package var session: TLSSession? { engine?.session }

    // MARK: output

    /// Bytes queued that the kernel has not taken, plain and encrypted.
    package var unsentBytes: Int { output.count + encrypted.count }

    /// What these take in memory; `ConnectionLimits.unsentBytes` bounds it.
    package var unsentMemoryBytes: Int { output.memoryBytes + encrypted.memoryBytes }

    /// Queues a copy of the bytes, in order; what was queued in a pass leaves at its end as one write, or as soon as it
    /// fills a record. Past `ConnectionLimits.unsentBytes` the connection ends with `.tooSlow`. After the
    /// end: dropped. Calling it before `connectionOpened` is a bug.
    package func send(_ bytes: UnsafeRawBufferPointer) {
        guard canSend else { return }
        output.append(bytes)
        noteOutput()
    }

    package func send(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { send($0) }
    }

    private var canSend: Bool {
        switch phase {
        case .open, .outputOnly:
            switch end {
            case .none, .noted(.endOfInput, _): true
            case .noted, .announced: false
            }
        case .flushing, .sayingGoodbye, .draining, .dead: false
        case .resolving, .connecting, .awaitingFirstByte, .handshaking: preconditionFailure("sent before it was opened")
        }
    }

    // MARK: control

    /// Ends the connection in order: what is unsent goes out (at most 5 s), then close_notify and FIN, then what still
    /// comes in is dropped until the peer's end (at most 1 s), so that no reset overtakes the last words. The owner is
    /// told `.closedHere` in this pass or the next, not when all that is over. Does nothing after the end.
    package func close() {
        end(.closedHere, phase.isOpen ? .flushing : .dropping)
    }

    /// Ends the connection at once, with a reset. The owner is told `.closedHere`. Does nothing after the end.
    package func abort() {
        end(.closedHere, .resetting)
    }

    /// Sets, moves or (nil) cancels the connection's one deadline, counted from the beginning of this pass. Moving it
    /// later costs next to nothing. It passes at most some milliseconds late; a time below 1 counts as 1, so that no
    /// owner can keep a pass from ending.
    package func setDeadline(inMilliseconds delay: Int?) {
        guard end.isNone else { return }
        ownerDeadline = delay.map(reactor.time) ?? Self.noDeadline
        armDeadline()
    }

    /// Stops or starts reading, so that the peer's own sends back up. What was read before may still be delivered
    /// within the same call. While paused a peer's end goes unseen; a reset does not.
    package func setPaused(_ paused: Bool) {
        switch (flow, paused) {
        case (.flowing, true): flow = .paused
        case (.paused, false): flow = .flowing
        case (.flowing, false), (.paused, true), (.ended, _): return
        }
        updateInterest()
        if !paused { finishInput() }
    }

    // MARK: within the module

    /// A phase that may not follow is our own bug.
    func move(to next: ConnectionPhase) {
        precondition(phase.isFollowed(by: next), "a connection went from \(phase) to \(next)")
        phase = next
    }

    var engine: TLSEngine? { if case .tls(let engine) = security { engine } else { nil } }

    var isDetached: Bool { end.isAnnounced || phase == .dead }

    /// Tells epoll what to watch for in this phase.
    func updateInterest() {
        guard let interest else { return }
        var wanted: UInt32 =
            switch phase {
            case .resolving, .outputOnly, .dead: 0
            case .connecting: sangdam_epoll_out
            case .awaitingFirstByte, .handshaking: sangdam_epoll_in
            case .open: flow == .paused ? 0 : sangdam_epoll_in
            case .flushing, .sayingGoodbye, .draining: flow == .ended ? 0 : sangdam_epoll_in
            }
        if isBlocked { wanted |= sangdam_epoll_out }
        guard wanted != interest else { return }
        self.interest = wanted
        sangdam_epoll_modify(reactor.epollDescriptor, descriptor, wanted, id.rawValue)
    }

    /// Puts the descriptor into the epoll set. False: the system refuses (out of memory or watches).
    func watch(_ descriptor: Int32, for flags: UInt32) -> Bool {
        self.descriptor = descriptor
        guard sangdam_epoll_add(reactor.epollDescriptor, descriptor, flags, id.rawValue) == 0 else { return false }
        interest = flags
        return true
    }

    /// What epoll reported. An end that waits to be announced takes no more events.
    func handle(events: UInt32) {
        if case .noted = end { return }
        let isReadable = events & sangdam_epoll_in != 0
        let isBroken = events & (sangdam_epoll_error | sangdam_epoll_hangup) != 0
        if phase == .connecting {
            finishConnecting()
            return
        }
        if events & sangdam_epoll_out != 0 { resumeOutput() }
        if case .noted = end { return }
        switch phase {
        case .awaitingFirstByte, .handshaking:
            // A reset waits for no handshake step: it would be reported until then.
            let number = isBroken ? takeSocketError(descriptor) : 0
            if number != 0 {
                handshakeFailed(.lost(errno: number), .dropping)
            } else if isReadable || isBroken {
                queueHandshake()
            }
        case .open:
            if isReadable || (isBroken && flow != .paused) {
                readInput()
            } else if isBroken {
                fail(.lost(errno: socketError()))
            }
        case .outputOnly:
            if isBroken { fail(.lost(errno: socketError())) }
        case .flushing, .sayingGoodbye, .draining:
            if isReadable { discardInput() } else if isBroken { destroy() }
        case .resolving, .connecting, .dead:
            break
        }
    }

    private func socketError() -> Int32 {
        let number = takeSocketError(descriptor)
        return number == 0 ? ECONNRESET : number
    }

    // MARK: deadlines

    /// The module's own deadline for the phase: handshake, flush, drain.
    func setOwnDeadline(inMilliseconds delay: Int?) {
        ownDeadline = delay.map(reactor.time) ?? Self.noDeadline
        armDeadline()
    }

    func dropOwnerDeadline() {
        ownerDeadline = Self.noDeadline
        armDeadline()
    }

    private func armDeadline() {
        let next = min(ownerDeadline, ownDeadline)
        reactor.deadlines.set(id.slot, to: next == Self.noDeadline ? nil : next)
    }

    func deadlinePassed() {
        let now = reactor.now
        if ownDeadline <= now {
            ownDeadline = Self.noDeadline
            phaseTimedOut()
        }
        if phase == .dead { return }
        let isOwners = ownerDeadline <= now
        if isOwners { ownerDeadline = Self.noDeadline }
        armDeadline()
        if isOwners, end.isNone { handler?.connectionDeadline(self) }
    }
}

/// The socket's pending error, which is cleared; 0 for none.
func takeSocketError(_ descriptor: Int32) -> Int32 {
    var number: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 else { return errno }
    return number
}
