// Bytes in: one recv for each connection and pass, into the reactor's buffer; handshake or decryption until OpenSSL
// has used all of it up; one call to the owner with all that came out, at most the connection's share of the pass. What
// is more than that (a long record that became complete, say) waits for the next pass in OpenSSL and in `undecrypted`,
// and the reactor remembers the connection; else nothing is left behind in OpenSSL but an incomplete record, and epoll
// (level-triggered) alone says whether there is more.
//
// Who uses up its share gets smaller ones until it has nothing more to say: all others wait for each of its shares.
//
// The pipe belongs to one connection at a time: whatever OpenSSL wrote while reading is sent before the owner is
// called, because the owner may send on other connections.

internal import COpenSSL
internal import Glibc

extension Connection {
    private enum Received {
        case bytes(Int)
        case end
        case nothing
        case error(Int32)
    }

    private func receive(atMost limit: Int) -> Received {
        let count = recv(descriptor, reactor.input.baseAddress, limit, 0)
        if count > 0 { return .bytes(count) }
        if count == 0 {
            flow = .ended
            return .end
        }
        return errno == EAGAIN || errno == EINTR ? .nothing : .error(errno)
    }

    /// What the connection may bring in this pass, in bytes.
    private var share: Int {
        guard case .accepted = origin else { return reactor.configuration.bytesPerPass }
        return isFlooding ? reactor.configuration.floodingBytesPerPass : reactor.configuration.acceptedBytesPerPass
    }

    // MARK: open

    /// The socket has something.
    func readInput() {
        if lists.contains(.unfinished) { return }  // it reads on when the others have read
        let share = share
        switch receive(atMost: share) {
        case .bytes(let count):
            isFlooding = count == share
            if engine == nil {
                handler?.connection(self, received: UnsafeRawBufferPointer(rebasing: reactor.input[..<count]))
            } else {
                lendInput(UnsafeRawBufferPointer(rebasing: reactor.input[..<count]))
                decrypt(atMost: share)
                takeBackInput()
            }
        case .end: endInput()
        case .nothing: break
        case .error(let number): fail(.lost(errno: number))
        }
    }

    /// The pass after one that left something behind.
    func readOn() {
        lists.remove(.unfinished)
        guard phase == .open, end.isNone, flow != .paused else { return }
        var input: [UInt8] = []
        swap(&input, &undecrypted)
        input.withUnsafeBytes { bytes in
            lendInput(bytes)
            decrypt(atMost: share)
            takeBackInput()
        }
    }

    /// Has the reactor come back if there is something that epoll does not know of.
    func finishInput() {
        guard !lists.contains(.unfinished), phase == .open, end.isNone, let engine else { return }
        guard engine.pendingBytes > 0 || !undecrypted.isEmpty else { return }
        lists.insert(.unfinished)
        reactor.unfinished.append(self)
    }

    private func lendInput(_ bytes: UnsafeRawBufferPointer) {
        let pipe = reactor.transport.pipe
        pipe.pointee.input = UnsafePointer(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        pipe.pointee.input_length = bytes.count
        pipe.pointee.input_used = 0
    }

    /// Then another read would only tell so, after taking and giving back OpenSSL's buffer.
    private var isInputUsedUp: Bool {
        let pipe = reactor.transport.pipe
        return pipe.pointee.input_used == pipe.pointee.input_length
    }

    private func takeBackInput() {
        reactor.transport.pipe.pointee.input_length = 0
        reactor.transport.pipe.pointee.input_used = 0
    }

    /// Reads records until the lent input or the share is used up.
    private func decrypt(atMost share: Int) {
        var filled = 0
        while let engine {
            switch engine.read(into: UnsafeMutableRawBufferPointer(rebasing: reactor.plaintext[filled..<share])) {
            case .done(let count):
                filled += count
                if isInputUsedUp && !engine.hasPending {
                    deliver(filled)
                    return
                }
                guard filled == share else { continue }
                keepRest()
                deliver(filled)
                return
            case .needsInput:
                deliver(filled)
                return
            case .endOfInput:
                deliver(filled)
                endInput()
                return
            case .failed(let reason):
                // What came before the fault is dropped: it could not be answered but without TLS.
                sendEncrypted()  // the alert
                releaseEngine()
                end(.tlsError(reason), .flushing)
                return
            }
        }
    }

    /// Past the share: what is left of the input waits for the next pass.
    private func keepRest() {
        let pipe = reactor.transport.pipe
        let input = UnsafeRawBufferPointer(start: pipe.pointee.input, count: pipe.pointee.input_length)
        undecrypted = Array(input[pipe.pointee.input_used...])
        takeBackInput()
        isFlooding = true
        finishInput()
    }

    private func deliver(_ count: Int) {
        sendEncrypted()
        guard count > 0, end.isNone else { return }
        handler?.connection(self, received: UnsafeRawBufferPointer(rebasing: reactor.plaintext[..<count]))
    }

    private func endInput() {
        guard end.isNone else { return }
        if handler?.connectionEndedInput(self) == .keepOutput, end.isNone {
            move(to: .outputOnly)
            updateInterest()
        } else {
            end(.endOfInput, .flushing)
        }
    }

    // MARK: handshake

    /// TCP is there: agrees on TLS, or opens at once without.
    func startSession() {
        guard let tls else {
            opened()
            return
        }
        setOwnDeadline(inMilliseconds: handshakeLimit)
        guard case .dialled(let plan) = origin else {
            updateInterest()
            return
        }
        begin(.connecting(tls, to: plan.serverName, session: plan.session, through: reactor.transport))
        updateInterest()
        advanceHandshake()
    }

    /// There is something to be read, but handshakes come last and only some in a pass. Many who wait would crowd the
    /// others out of epoll's reports: then, whoever is reported a second time is not watched until its step comes.
    func queueHandshake() {
        if lists.contains(.handshakes) {
            guard interest != 0, reactor.handshakes.count > reactor.configuration.eventsPerPass / 2 else { return }
            interest = 0
            sangdam_epoll_modify(reactor.epollDescriptor, descriptor, 0, id.rawValue)
        } else {
            lists.insert(.handshakes)
            reactor.handshakes.append(id)
        }
    }

    /// The reactor has a handshake step for this connection. False: it came to nothing, as its end had been quicker.
    func takeHandshakeStep() -> Bool {
        lists.remove(.handshakes)
        guard phase == .awaitingFirstByte || phase == .handshaking, end.isNone else { return false }
        updateInterest()
        readHandshake()
        return true
    }

    private func readHandshake() {
        switch receive(atMost: share) {
        case .bytes(let count):
            let bytes = UnsafeRawBufferPointer(rebasing: reactor.input[..<count])
            if phase == .awaitingFirstByte && !startAccepting(bytes) { return }
            lendInput(bytes)
            advanceHandshake()
            takeBackInput()
        case .end: handshakeFailed(.handshakeFailed("the peer left"), .dropping)
        case .nothing: break
        case .error(let number): handshakeFailed(.lost(errno: number), .dropping)
        }
    }

    /// RFC 8446, 5.1: TLS begins with a record of type handshake, 22. False: it is something else.
    private func startAccepting(_ first: UnsafeRawBufferPointer) -> Bool {
        guard first[0] == 22 else {
            observer?.handshakeFinished(.notTLS)
            answerInPlainText(.notTLS, to: first)
            return false
        }
        begin(tls.flatMap { .accepting($0, through: reactor.transport) })
        return true
    }

    /// - Parameter engine: nil when there was no memory for one.
    private func begin(_ engine: TLSEngine?) {
        security = engine.map { .tls($0) } ?? .lost
        move(to: .handshaking)
    }

    private func advanceHandshake() {
        guard let engine else {
            handshakeFailed(.handshakeFailed("out of memory"), .dropping)
            return
        }
        switch engine.handshake() {
        case .needsInput:
            sendEncrypted()
        case .done:
            holdEncrypted()
            observer?.handshakeFinished(engine.isResumed ? .resumed : .full)
            opened()
            if end.isNone { decrypt(atMost: share) }  // what came right behind the handshake
        case .endOfInput:
            handshakeFailed(.handshakeFailed("the peer left"), .dropping)
        case .failed(let reason):
            let distrust = engine.verificationError
            sendEncrypted()  // the alert
            releaseEngine()
            handshakeFailed(distrust.map { .untrusted($0) } ?? .handshakeFailed(reason), .flushing)
        }
    }

    func handshakeFailed(_ reason: CloseReason, _ manner: EndManner) {
        observer?.handshakeFinished(.failed)
        end(reason, manner)
    }

    private func opened() {
        move(to: .open)
        setOwnDeadline(inMilliseconds: nil)
        updateInterest()
        if case .accepted(let settings, _) = origin { handler = settings.makeHandler(self) }
        handler?.connectionOpened(self)
    }

    private var handshakeLimit: Int {
        switch origin {
        case .accepted: limits.handshakeMilliseconds
        case .dialled(let plan): plan.millisecondsLeft
        }
    }

    private var observer: (any NetObserver)? {
        switch origin {
        case .accepted(let settings, _): settings.observer
        case .dialled: nil
        }
    }

    /// Tells someone who does not speak TLS what this port is, then ends.
    private func answerInPlainText(_ reason: CloseReason, to first: UnsafeRawBufferPointer) {
        security = .refused
        if case .accepted(let settings, _) = origin { output.append(settings.plainTextAnswer(first)) }
        end(reason, .flushing)
    }

    // MARK: time

    func phaseTimedOut() {
        switch phase {
        case .resolving, .connecting:
            end(.connectTimedOut, .dropping)
        case .awaitingFirstByte:
            // Who says nothing may be a person with a plain client who waits for a greeting.
            observer?.handshakeFinished(.timedOut)
            answerInPlainText(.handshakeTimedOut, to: UnsafeRawBufferPointer(start: nil, count: 0))
        case .handshaking:
            observer?.handshakeFinished(.timedOut)
            end(.handshakeTimedOut, .dropping)
        case .flushing, .sayingGoodbye, .draining:
            destroy()
        case .open, .outputOnly, .dead:
            break
        }
    }

    // MARK: after the end

    /// Drops what still comes in while the last words go out.
    func discardInput() {
        switch receive(atMost: reactor.input.count) {
        case .bytes, .nothing: break
        case .end:
            if phase == .draining { destroy() } else { updateInterest() }
        case .error: destroy()
        }
    }
}
