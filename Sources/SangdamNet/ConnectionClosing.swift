// The ways out. `end` notes the first reason; the reactor then calls `announceEnd`, which tells the owner and either
// destroys the connection or begins to flush. After that: flushing → sayingGoodbye (close_notify, FIN) → draining →
// dead, each with a bound in time.

internal import COpenSSL
internal import Glibc

extension Connection {
    /// The connection is over. The first reason counts.
    func end(_ reason: CloseReason, _ manner: EndManner) {
        guard end.isNone else { return }
        end = .noted(reason, manner)
        reactor.ended.append(self)
    }

    /// The network or TLS failed, in whatever phase.
    func fail(_ reason: CloseReason) {
        switch end {
        case .none: end(reason, .dropping)
        case .noted(let first, .flushing): end = .noted(first, .dropping)
        case .noted: break
        // Not at once: a caller further up may still be using the connection in this pass.
        case .announced: hasFailedDetached()
        }
    }

    /// The peer has let too much lie: nothing of it is sent any more, whatever the end is for.
    func failAsTooSlow() {
        output.removeAll()
        switch end {
        case .none: end(.tooSlow, .resetting)
        case .noted(let first, _): end = .noted(first, .resetting)
        case .announced: hasFailedDetached()
        }
    }

    /// Nothing more can be said: gives up as soon as the present event has been dealt with.
    private func hasFailedDetached() {
        output.removeAll()
        encrypted.removeAll()
        setOwnDeadline(inMilliseconds: 0)
    }

    /// Called by the reactor, never from within a call of the owner's.
    func announceEnd() {
        guard case .noted(let reason, _) = end else { return }
        handler?.connectionClosed(self, reason)
        // What the owner has said in this call may have been too much.
        guard case .noted(_, let manner) = end else { return }
        detach(manner)
        if manner == .flushing {
            move(to: .flushing)
            setOwnDeadline(inMilliseconds: limits.flushMilliseconds)
            updateInterest()
            flushNow()
            sayGoodbye()
        } else {
            destroy()
        }
    }

    /// The reactor stops: tells the owner and destroys.
    func endNow(_ reason: CloseReason) {
        guard phase != .dead else { return }
        switch end {
        case .none: handler?.connectionClosed(self, reason)
        case .noted(let first, _): handler?.connectionClosed(self, first)
        case .announced: break
        }
        detach(end.manner ?? .dropping)
        destroy()
    }

    /// The reactor is leaving: no new work, but what was begun is ended in order.
    func closeForLeaving() {
        switch phase {
        case .open, .outputOnly: close()
        case .resolving, .connecting, .awaitingFirstByte, .handshaking: end(.shutDown, .dropping)
        case .flushing, .sayingGoodbye, .draining, .dead: break
        }
    }

    private func detach(_ manner: EndManner) {
        end = .announced(manner)
        handler = nil
        dropOwnerDeadline()
    }

    /// When all is sent: close_notify and FIN, then waits for the peer's.
    func sayGoodbye() {
        guard phase.isLeaving, !isBlocked, unsentBytes == 0 else { return }
        if phase == .flushing {
            move(to: .sayingGoodbye)
            engine?.shutDown()
            sendEncrypted()
            if isBlocked { return }
        }
        guard shutdown(descriptor, Int32(SHUT_WR)) == 0, flow != .ended else {
            destroy()
            return
        }
        move(to: .draining)
        setOwnDeadline(inMilliseconds: limits.drainMilliseconds)
        updateInterest()
    }

    /// TLS is unusable: nothing may be written through it any more.
    func releaseEngine() {
        if let engine {
            engine.free()
            security = .lost
        }
        output.removeAll()
    }

    /// Gives back the descriptor, the memory and the slot.
    func destroy() {
        guard phase != .dead else { return }
        move(to: .dead)
        closeDescriptor()
        releaseEngine()
        encrypted.removeAll()
        undecrypted = []
        reactor.freeSlot(of: self)
        if case .accepted(let settings, let admission) = origin { settings.release(remoteAddress, admission) }
    }

    /// Closes the descriptor, which takes it out of the epoll set: nothing has a duplicate of it (epoll(7)).
    func closeDescriptor() {
        guard descriptor >= 0 else { return }
        interest = nil
        if end.manner == .resetting {
            var reset = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
        }
        Glibc.close(descriptor)
        descriptor = -1
    }
}
