// One connection's TLS: ciphertext in, plaintext out, and back, through the reactor's pipe. Does no input or output
// of its own. Every call begins with an empty OpenSSL error queue; after `.failed` only `free` may be called.

internal import COpenSSL

/// The SSL of one connection. A plain holder of the pointer: whoever made it calls `free` once.
struct TLSEngine {
    enum Outcome {
        /// Done; for reads and writes, how many bytes.
        case done(Int)
        /// The input in the pipe is used up.
        case needsInput
        /// close_notify came.
        case endOfInput
        case failed(String)
    }

    private let ssl: OpaquePointer

    /// A server's engine; nil when there is no memory.
    static func accepting(_ context: TLSContext, through transport: TLSTransport) -> TLSEngine? {
        guard let ssl = make(context, transport) else { return nil }
        SSL_set_accept_state(ssl)
        return TLSEngine(ssl: ssl)
    }

    /// A client's engine that verifies the server to be `name`, a host name or an IP address.
    static func connecting(
        _ context: TLSContext, to name: String, session: TLSSession?, through transport: TLSTransport
    ) -> TLSEngine? {
        guard let ssl = make(context, transport) else { return nil }
        SSL_set_connect_state(ssl)
        let isAddress = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name) == 1
        // RFC 6066, 3: an address is no server name.
        guard isAddress || (SSL_set1_host(ssl, name) == 1 && sangdam_set_server_name(ssl, name) == 1) else {
            SSL_free(ssl)
            return nil
        }
        if let session { SSL_set_session(ssl, session.pointer) }
        return TLSEngine(ssl: ssl)
    }

    private static func make(_ context: TLSContext, _ transport: TLSTransport) -> OpaquePointer? {
        forgetErrors()
        guard let ssl = SSL_new(context.pointer) else { return nil }
        sangdam_attach_bio(ssl, transport.bio)
        return ssl
    }

    func free() {
        SSL_free(ssl)
    }

    func handshake() -> Outcome {
        forgetErrors()
        return outcome(of: SSL_do_handshake(ssl), count: 0)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        forgetErrors()
        var count = 0
        return outcome(of: SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count), count: count)
    }

    /// Whether it holds bytes that it has taken from the pipe and not given out, be it a part of a record.
    var hasPending: Bool { SSL_has_pending(ssl) == 1 }

    /// Decrypted bytes that it has not given out.
    var pendingBytes: Int { Int(SSL_pending(ssl)) }

    /// Encrypts all of it, which must not be empty: the pipe takes everything.
    func write(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        forgetErrors()
        var count = 0
        return outcome(of: SSL_write_ex(ssl, bytes.baseAddress, bytes.count, &count), count: count)
    }

    /// Writes close_notify.
    func shutDown() {
        forgetErrors()
        SSL_shutdown(ssl)
        forgetErrors()
    }

    var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    var negotiatedProtocol: String? {
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(ssl, &name, &length)
        guard let name, let count = Int(exactly: length), count > 0 else { return nil }
        return String(decoding: UnsafeBufferPointer(start: name, count: count), as: UTF8.self)
    }

    /// "TLSv1.3 TLS_AES_128_GCM_SHA256".
    var agreement: String {
        guard let version = SSL_get_version(ssl), let cipher = SSL_CIPHER_get_name(SSL_get_current_cipher(ssl)) else {
            return "none"
        }
        return "\(String(cString: version)) \(String(cString: cipher))"
    }

    /// Why the peer's certificate was not accepted; nil when it was, or when none was looked at.
    var verificationError: String? {
        let result = SSL_get_verify_result(ssl)
        guard result != Int(X509_V_OK), let text = X509_verify_cert_error_string(result) else { return nil }
        return String(cString: text)
    }

    /// The session that resumes, once the server has sent one.
    var session: TLSSession? {
        guard let session = SSL_get1_session(ssl) else { return nil }
        guard SSL_SESSION_is_resumable(session) == 1 else {
            SSL_SESSION_free(session)
            return nil
        }
        return TLSSession(owning: session)
    }

    private func outcome(of result: Int32, count: Int) -> Outcome {
        if result == 1 { return .done(count) }
        switch SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .needsInput
        case SSL_ERROR_ZERO_RETURN: return .endOfInput
        default: return .failed(takeTLSErrorText())
        }
    }
}

/// What a client keeps to resume a TLS session with a later connection.
// @unchecked: SSL_SESSION is reference-counted atomically and only given to SSL_set_session, which does not change it.
package final class TLSSession: @unchecked Sendable {
    let pointer: OpaquePointer

    init(owning pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        SSL_SESSION_free(pointer)
    }
}

/// The pipe between OpenSSL and one reactor, and the BIO that reads and writes it: one for all connections of the
/// reactor, as only one of them is at work at a time. It saves 192 bytes and three allocations for each.
struct TLSTransport {
    let pipe: UnsafeMutablePointer<sangdam_tls_pipe>
    fileprivate let bio: OpaquePointer
    private let method: OpaquePointer

    /// nil when there is no memory.
    init?() {
        guard let method = sangdam_pipe_method() else { return nil }
        let pipe = UnsafeMutablePointer<sangdam_tls_pipe>.allocate(capacity: 1)
        pipe.initialize(to: sangdam_tls_pipe())
        guard let bio = sangdam_pipe_bio(method, pipe) else {
            pipe.deallocate()
            BIO_meth_free(method)
            return nil
        }
        (self.method, self.pipe, self.bio) = (method, pipe, bio)
    }

    /// Only when no engine uses it any more.
    func free() {
        BIO_free(bio)
        COpenSSL.free(pipe.pointee.output)
        pipe.deallocate()
        BIO_meth_free(method)
    }
}

/// OpenSSL's words for one code of its error queue.
func tlsErrorText(_ code: UInt) -> String {
    guard let reason = ERR_reason_error_string(code) else { return "error \(code)" }
    return String(cString: reason)
}

/// OpenSSL's words for the first fault in this thread's error queue, which is emptied.
func takeTLSErrorText() -> String {
    let code = ERR_get_error()
    ERR_clear_error()
    return code == 0 ? "unknown reason" : tlsErrorText(code)
}

/// Empties this thread's error queue. Looking first spares emptying sixteen empty entries for every record.
private func forgetErrors() {
    if ERR_peek_error() != 0 { ERR_clear_error() }
}
