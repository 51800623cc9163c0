// Bytes out. The owner's bytes gather in `output`; at the end of the turn all of them are encrypted by one SSL_write
// and leave by one send. What the socket does not take waits in `encrypted` (without TLS: stays in `output`), and
// until it has gone nothing more is encrypted. So unsent = output + encrypted, and both are bounded together.

internal import COpenSSL
internal import Glibc

extension Connection {
    /// The owner has appended to `output`.
    func noteOutput() {
        if unsentBytes > limits.unsentBytes {
            flushNow()
            if unsentBytes > limits.unsentBytes {
                output.removeAll()
                resetsAtEnd = true
                flushesAtEnd = false
                end(.tooSlow, flushing: false)
                return
            }
        }
        guard !isDirty, !output.isEmpty else { return }
        isDirty = true
        reactor.dirty.append(self)
    }

    /// The turn's flush.
    func flush() {
        isDirty = false
        flushNow()
        announceDrained()
    }

    private func announceDrained() {
        guard isOpen, ending == nil, unsentBytes == 0 else { return }
        handler?.connectionDrained(self)
    }

    /// The socket takes bytes again.
    func resumeOutput() {
        guard isBlocked else { return }
        if !encrypted.isEmpty {
            guard let count = encrypted.withBytes(transmit) else { return }
            encrypted.consume(count)
            guard encrypted.isEmpty else { return }
        }
        isBlocked = false
        flushNow()
        guard !isBlocked else { return }
        updateInterest()
        if phase == .flushing { sayGoodbye() }
        announceDrained()
    }

    /// Sends as much of `output` as goes.
    func flushNow() {
        guard !isBlocked, !output.isEmpty, isOpen || phase == .flushing else { return }
        guard let engine else {
            guard let count = output.withBytes(transmit) else { return }
            output.consume(count)
            if !output.isEmpty { block() }
            return
        }
        switch output.withBytes(engine.write) {
        case .done:
            output.removeAll()
            sendEncrypted()
        case .needsInput, .endOfInput:
            // Not with a pipe that takes everything and without renegotiation; but the peer has a say in it.
            releaseEngine()
            fail(.tlsError("cannot write"))
        case .failed(let reason):
            releaseEngine()
            fail(.tlsError(reason))
        }
    }

    /// Sends what OpenSSL wrote into the pipe for this connection, and empties the pipe.
    func sendEncrypted() {
        let pipe = reactor.transport.pipe
        guard pipe.pointee.output_length > 0 else { return }
        let bytes = UnsafeRawBufferPointer(start: pipe.pointee.output, count: pipe.pointee.output_length)
        pipe.pointee.output_length = 0
        if isBlocked {
            encrypted.append(bytes)
            // Only answers to the peer's own requests (key updates) come here; who never reads them is too slow.
            if unsentBytes > 2 * limits.unsentBytes { fail(.tooSlow) }
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
