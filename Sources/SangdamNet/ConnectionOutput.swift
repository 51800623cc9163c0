// Bytes out. The owner's bytes gather in `output`; at the end of the pass all of them are encrypted by one SSL_write
// and leave by one send. What the socket does not take waits in `encrypted` (without TLS: stays in `output`), and
// until it has gone nothing more is encrypted. So unsent = output + encrypted, and both are bounded together.
// The end of a handshake waits in `encrypted` too, for the pass's flush: it leaves with the first words, in one send.

internal import COpenSSL
internal import Glibc

extension Connection {
    /// The owner has appended to `output`. A full record's worth has nothing to wait for.
    func noteOutput() {
        if output.count >= OutputBuffer.blockBytes { flushNow() }
        if unsentMemoryBytes > limits.unsentBytes {
            failAsTooSlow()
        } else if !output.isEmpty {
            markDirty()
        }
    }

    private func markDirty() {
        guard !lists.contains(.dirty) else { return }
        lists.insert(.dirty)
        reactor.dirty.append(self)
    }

    /// The pass's flush.
    func flush() {
        lists.remove(.dirty)
        flushNow()
        announceDrained()
    }

    private func announceDrained() {
        guard phase.isOpen, end.isNone, unsentBytes == 0 else { return }
        handler?.connectionDrained(self)
    }

    /// The socket takes bytes again.
    func resumeOutput() {
        guard isBlocked else { return }
        while !encrypted.isEmpty {
            let bytes = encrypted.front
            guard let count = transmit(bytes) else { return }
            encrypted.consume(count)
            if count < bytes.count { return }
        }
        isBlocked = false
        flushNow()
        guard !isBlocked else { return }
        updateInterest()
        if phase.isLeaving { sayGoodbye() }
        announceDrained()
    }

    /// Sends as much of what was held back and of `output` as goes.
    func flushNow() {
        guard !isBlocked, unsentBytes > 0, phase.isOpen || phase.isLeaving else { return }
        if !encrypted.isEmpty { takeUpHeld() }
        while let engine, !output.isEmpty {
            switch engine.write(output.front) {
            case .done(let count):
                output.consume(count)
            case .needsInput, .endOfInput:
                // Not with a pipe that takes everything and without renegotiation; but the peer has a say in it.
                return cannotWrite("cannot write")
            case .failed(let reason):
                return cannotWrite(reason)
            }
        }
        sendEncrypted()
        if engine == nil { sendPlain() }
    }

    private func sendPlain() {
        // What was meant for a peer with TLS is never said without, whatever became of the TLS.
        switch security {
        case .plain, .refused: break
        case .awaited, .tls, .lost: return output.removeAll()
        }
        while !output.isEmpty {
            let bytes = output.front
            guard let count = transmit(bytes) else { return }
            output.consume(count)
            guard count == bytes.count else {
                block()
                return
            }
        }
    }

    private func cannotWrite(_ reason: String) {
        _ = takeFromPipe()
        releaseEngine()
        fail(.tlsError(reason))
    }

    /// Keeps what OpenSSL wrote into the pipe for the pass's flush, and empties the pipe.
    func holdEncrypted() {
        let bytes = takeFromPipe()
        guard !bytes.isEmpty else { return }
        encrypted.append(bytes)
        markDirty()
    }

    /// Puts what was held back in front of what OpenSSL is about to write.
    private func takeUpHeld() {
        while !encrypted.isEmpty {
            let bytes = encrypted.front
            let isTaken = sangdam_pipe_append(reactor.transport.pipe, bytes.baseAddress, bytes.count) == 1
            precondition(isTaken, "out of memory")
            encrypted.consume(bytes.count)
        }
    }

    /// Valid until OpenSSL writes again.
    private func takeFromPipe() -> UnsafeRawBufferPointer {
        let pipe = reactor.transport.pipe
        defer { pipe.pointee.output_length = 0 }
        return UnsafeRawBufferPointer(start: pipe.pointee.output, count: pipe.pointee.output_length)
    }

    /// Sends what OpenSSL wrote into the pipe for this connection, and empties the pipe.
    func sendEncrypted() {
        let bytes = takeFromPipe()
        guard !bytes.isEmpty else { return }
        if isBlocked || !encrypted.isEmpty {
            encrypted.append(bytes)
            // Only answers to the peer's own requests (key updates) come here; who never reads them is too slow.
            if unsentBytes > limits.unsentBytes { fail(.tooSlow) }
        } else if let count = transmit(bytes), count < bytes.count {
            encrypted.append(UnsafeRawBufferPointer(rebasing: bytes[count...]))
            block()
        }
    }

    private func block() {
        isBlocked = true
        updateInterest()
    }

    /// How many bytes the socket took, 0 if it takes none now; nil after an error, which has ended the connection.
    private func transmit(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let count = Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        if count >= 0 { return count }
        if errno == EAGAIN || errno == EINTR || errno == ENOBUFS { return 0 }
        fail(.lost(errno: errno))
        return nil
    }
}
