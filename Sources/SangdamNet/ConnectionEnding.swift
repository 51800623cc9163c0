// The ways out. `end` notes the first reason; the reactor then calls `announceEnd`, which tells the owner and either
// destroys the connection or begins to flush. After that: flushing → goodbye (close_notify, FIN) → draining → dead,
// each with a bound in time.

internal import COpenSSL
internal import Glibc

extension Connection {
    /// The connection is over. The first reason counts. `flushing`: what is unsent still goes out.
    func end(_ reason: CloseReason, flushing: Bool) {
        guard ending == nil, !isDetached else { return }
        ending = reason
        flushesAtEnd = flushing
        reactor.ended.append(self)
    }

    /// The network or TLS failed, in whatever phase.
    func fail(_ reason: CloseReason) {
        if isDetached {
            // Not at once: a caller further up may still be using the connection in this turn.
            hasFailedDetached()
        } else if ending != nil {
            flushesAtEnd = false
        } else {
            end(reason, flushing: false)
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
        guard let ending, !isDetached else { return }
        handler?.connectionClosed(self, ending)
        detach()
        if flushesAtEnd {
            phase = .flushing
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
        if !isDetached { handler?.connectionClosed(self, ending ?? reason) }
        detach()
        destroy()
    }

    /// The reactor is leaving: no new work, but what was begun is ended in order.
    func closeForLeaving() {
        switch phase {
        case .open, .outputOnly: close()
        case .resolving, .connecting, .awaitingFirstByte, .handshaking: end(.shutDown, flushing: false)
        case .flushing, .draining, .dead: break
        }
    }

    private func detach() {
        isDetached = true
        handler = nil
        dropOwnerDeadline()
    }

    /// When all is sent: close_notify and FIN, then waits for the peer's.
    func sayGoodbye() {
        guard phase == .flushing, !isBlocked, unsentBytes == 0 else { return }
        if let engine, !hasSaidGoodbye {
            hasSaidGoodbye = true
            engine.shutDown()
            sendEncrypted()
            if isBlocked { return }
        }
        guard shutdown(descriptor, Int32(SHUT_WR)) == 0, !hasSeenFIN else {
            destroy()
            return
        }
        phase = .draining
        setOwnDeadline(inMilliseconds: limits.drainMilliseconds)
        updateInterest()
    }

    /// TLS is unusable: nothing may be written through it any more.
    func releaseEngine() {
        engine?.free()
        engine = nil
        output.removeAll()
    }

    /// Gives back the descriptor, the memory and the slot.
    func destroy() {
        guard phase != .dead else { return }
        phase = .dead
        isDetached = true
        closeDescriptor()
        releaseEngine()
        encrypted.removeAll()
        undecrypted = []
        reactor.freeSlot(of: self)
        if case .inbound(let settings, let admission) = origin { settings.release(remoteAddress, admission) }
    }

    /// Closes the descriptor, which takes it out of the epoll set: nothing has a duplicate of it (epoll(7)).
    func closeDescriptor() {
        guard descriptor >= 0 else { return }
        interest = nil
        if resetsAtEnd {
            var reset = linger(l_onoff: 1, l_linger: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
        }
        Glibc.close(descriptor)
        descriptor = -1
    }
}
