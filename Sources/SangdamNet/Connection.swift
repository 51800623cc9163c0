// A connection: its life as the owner sees it. The parts behind it are in extensions: ConnectionInput (handshake and
// reading), ConnectionOutput (flushing), ConnectionEnding (the ways out).
//
// Ends never happen inside of a call of the owner's: whatever finds out that a connection is over notes the first
// reason (`ending`) and the reactor announces it later in the turn. From then on the owner is detached; the descriptor
// may live on for a while to flush and drain.

internal import COpenSSL
internal import Glibc

/// One TCP connection, with or without TLS. Confined to its reactor; not Sendable: other threads keep its `id` and
/// post to `reactor`.
package final class Connection {
    enum Phase {
        /// ServerMessage: the name is being resolved; TCP is being connected.
        case resolving, connecting
        /// A TLS listener's connection of which nothing was read yet; TLS is being agreed.
        case awaitingFirstByte, handshaking
        case open
        /// The peer ended its input, the owner still sends.
        case outputOnly
        /// Detached: what is unsent goes out; then we have said our end and drop what comes until the peer's.
        case flushing, draining
        case dead
    }

    enum Origin {
        case inbound(ListenerSettings, Admission)
        case outbound(OutboundPlan)
    }

    package let id: ConnectionID
    package let reactor: Reactor
    /// The peer. ServerMessage: the host as given until it is connected.
    package internal(set) var remoteAddress: SocketAddress
    /// Who is told what happens. May be replaced by another handler at any time (when a protocol is recognised, say).
    /// Taken away after `connectionClosed`.
    package var handler: (any ConnectionHandler)?

    let origin: Origin
    private let sharedLimits: SharedLimits
    let tls: TLSContext?
    var descriptor: Int32 = -1
    var engine: TLSEngine?
    var phase: Phase
    /// What epoll watches for; nil while the descriptor is not in the set.
    var interest: UInt32?
    /// Plaintext that the owner sent; bytes on their way that the socket did not take.
    var output = OutputBuffer()
    var encrypted = OutputBuffer()
    /// Ciphertext that was read but was more than the turn's share.
    var undecrypted: [UInt8] = []
    /// Waits in the reactor's list of those who have more to say; has had more than its share all the time.
    var isUnfinished = false
    var isFlooding = false
    var isDirty = false
    /// Waits for its turn in the reactor's queue of handshakes.
    var awaitsHandshake = false
    var isBlocked = false
    var isPaused = false
    var hasSeenFIN = false
    var hasSaidGoodbye = false
    var ending: CloseReason?
    var flushesAtEnd = false
    var resetsAtEnd = false
    var isDetached = false
    /// Somebody who does not speak TLS is told so.
    var answersInPlainText = false
    private var ownerDeadline = noDeadline
    private var ownDeadline = noDeadline

    private static let noDeadline = UInt64.max

    init(
        id: ConnectionID, reactor: Reactor, origin: Origin, address: SocketAddress, limits: SharedLimits,
        tls: TLSContext?, phase: Phase
    ) {
        self.id = id
        self.reactor = reactor
        self.origin = origin
        remoteAddress = address
        sharedLimits = limits
        self.tls = tls
        self.phase = phase
    }

    package var limits: ConnectionLimits { sharedLimits.values }

    // MARK: what TLS agreed on

    /// The ALPN protocol both sides agreed on; nil without ALPN, without TLS and before `connectionOpened`.
    package var negotiatedProtocol: String? { engine?.negotiatedProtocol }

    /// Whether TLS resumed an earlier session.
    package var isResumed: Bool { engine?.isResumed ?? false }

    /// Version and cipher, "TLSv1.3 TLS_AES_128_GCM_SHA256"; nil without TLS.
    package var tlsAgreement: String? { engine?.agreement }

    /// ServerMessage: the session for `Connector.connect(session:)`; nil until the server has sent a ticket.
    package var session: TLSSession? { engine?.session }

    // MARK: output

    /// Bytes queued that the kernel has not taken, plain and encrypted.
    package var unsentBytes: Int { output.count + encrypted.count }

    /// What these take in memory; `ConnectionLimits.unsentBytes` bounds it.
    package var unsentMemoryBytes: Int { output.memoryBytes + encrypted.memoryBytes }

    /// Queues a copy of the bytes, in order; what was queued in a turn leaves at its end as one write, or as soon as it
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
        case .open, .outputOnly: ending == nil || (ending == .endOfInput && !isDetached)
        case .flushing, .draining, .dead: false
        case .resolving, .connecting, .awaitingFirstByte, .handshaking: preconditionFailure("sent before it was opened")
        }
    }

    // MARK: control

    /// Ends the connection in order: what is unsent goes out (at most 5 s), then close_notify and FIN, then what still
    /// comes in is dropped until the peer's end (at most 1 s), so that no reset overtakes the last words. The owner is
    /// told `.closedHere` in this turn or the next, not when all that is over. Does nothing after the end.
    package func close() {
        end(.closedHere, flushing: isOpen)
    }

    /// Ends the connection at once, with a reset. The owner is told `.closedHere`. Does nothing after the end.
    package func abort() {
        guard ending == nil, !isDetached else { return }
        resetsAtEnd = true
        end(.closedHere, flushing: false)
    }

    /// Sets, moves or (nil) cancels the connection's one deadline, counted from the beginning of this turn. Moving it
    /// later costs next to nothing. It passes at most some milliseconds late; a time below 1 counts as 1, so that no
    /// owner can keep a turn from ending.
    package func setDeadline(inMilliseconds delay: Int?) {
        guard ending == nil, !isDetached else { return }
        ownerDeadline = delay.map(reactor.time) ?? Self.noDeadline
        armDeadline()
    }

    /// Stops or starts reading, so that the peer's own sends back up. What was read before may still be delivered
    /// within the same call. While paused a peer's end goes unseen; a reset does not.
    package func setPaused(_ paused: Bool) {
        guard paused != isPaused else { return }
        isPaused = paused
        updateInterest()
        if !paused { finishInput() }
    }

    // MARK: within the module

    var isOpen: Bool { phase == .open || phase == .outputOnly }

    /// Tells epoll what to watch for in this phase.
    func updateInterest() {
        guard let interest else { return }
        var wanted: UInt32 =
            switch phase {
            case .resolving, .outputOnly, .dead: 0
            case .connecting: sangdam_epoll_out
            case .awaitingFirstByte, .handshaking: sangdam_epoll_in
            case .open: isPaused ? 0 : sangdam_epoll_in
            case .flushing, .draining: hasSeenFIN ? 0 : sangdam_epoll_in
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
        guard ending == nil || isDetached else { return }
        let isReadable = events & sangdam_epoll_in != 0
        let isBroken = events & (sangdam_epoll_error | sangdam_epoll_hangup) != 0
        if phase == .connecting {
            finishConnecting()
            return
        }
        if events & sangdam_epoll_out != 0 { resumeOutput() }
        guard ending == nil || isDetached else { return }
        switch phase {
        case .awaitingFirstByte, .handshaking:
            // A reset needs no turn of its own, and would be reported until it had it.
            let number = isBroken ? takeSocketError(descriptor) : 0
            if number != 0 {
                handshakeFailed(.lost(errno: number), flushing: false)
            } else if isReadable || isBroken {
                queueHandshake()
            }
        case .open:
            if isReadable || (isBroken && !isPaused) {
                readInput()
            } else if isBroken {
                fail(.lost(errno: socketError()))
            }
        case .outputOnly:
            if isBroken { fail(.lost(errno: socketError())) }
        case .flushing, .draining:
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
        if isOwners, ending == nil, !isDetached { handler?.connectionDeadline(self) }
    }
}

/// The socket's pending error, which is cleared; 0 for none.
func takeSocketError(_ descriptor: Int32) -> Int32 {
    var number: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 else { return errno }
    return number
}
