// The TLS settings that connections share: certificate, key, trust, versions, ciphers, ALPN. Immutable once made; a
// new certificate is a new context.
//
// Server: TLS 1.2 and 1.3; in 1.2 only ECDHE with AEAD; the server's order of ciphers, but ChaCha20 first for clients
// that put it first (they have no AES hardware); X25519, P-256, P-384; no renegotiation, no compression, no early data;
// one ticket a handshake (10 µs less than OpenSSL's two). ALPN (RFC 7301) picks the first of the server's protocols
// that the client has too, and goes on without one if there is none.

internal import COpenSSL
internal import Glibc

/// Settings for the server's or the client's side of TLS.
///
/// Sendable: OpenSSL's SSL_CTX is reference-counted and locked for use by many threads, and nothing here changes it
/// after it was made.
// @unchecked: the pointers are set once in init; SSL_CTX is thread-safe for SSL_new, which is all that is done with it.
package final class TLSContext: @unchecked Sendable {
    private enum Side { case server, client }

    let pointer: OpaquePointer
    /// The server's ALPN list in wire format. OpenSSL's callback reads it, so it lives as long as the context, which
    /// every connection keeps.
    private let protocolList: UnsafeMutableBufferPointer<UInt8>
    /// The server's; OpenSSL's callback reads them.
    private let ticketKeys: TicketKeys?

    private static let ciphers12 = [
        "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
        "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
        "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    ].joined(separator: ":")
    private static let ciphers13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    private static let groups = "X25519:P-256:P-384"

    private init(
        _ side: Side, protocols: [String], ticketKeys: TicketKeys? = nil
    ) throws(TLSContextError) {
        ERR_clear_error()
        self.ticketKeys = ticketKeys
        let wireFormat = try Self.wireFormat(protocols)
        guard let pointer = SSL_CTX_new(side == .server ? TLS_server_method() : TLS_client_method()) else {
            throw .library(takeTLSErrorText())
        }
        self.pointer = pointer
        protocolList = .allocate(capacity: wireFormat.count)
        _ = protocolList.initialize(from: wireFormat)
        guard sangdam_ctx_set_min_version(pointer, TLS1_2_VERSION) == 1,
            SSL_CTX_set_cipher_list(pointer, Self.ciphers12) == 1,
            SSL_CTX_set_ciphersuites(pointer, Self.ciphers13) == 1,
            sangdam_ctx_set_groups(pointer, Self.groups) == 1
        else { throw .library(takeTLSErrorText()) }
        SSL_CTX_set_options(pointer, sangdam_common_options())
        sangdam_ctx_set_mode(pointer, Int(SSL_MODE_RELEASE_BUFFERS))
        sangdam_ctx_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))  // tickets resume without it
        sangdam_ctx_forbid_passphrase(pointer)
        if let ticketKeys { useTicketKeys(ticketKeys) }
    }

    deinit {
        SSL_CTX_free(pointer)
        protocolList.deallocate()
    }

    /// A server's context. `certificateFile` is PEM, the server's certificate first, then its chain; `privateKeyFile`
    /// is PEM, unencrypted, readable by its owner only. `ticketKeyFile` holds the keys of session tickets, one a line
    /// (see TicketKeys.swift); nil: tickets are good for as long as this process lives. `applicationProtocols`: ALPN
    /// names, most wanted first.
    package static func server(
        certificateFile: String, privateKeyFile: String, ticketKeyFile: String? = nil,
        applicationProtocols: [String] = []
    ) throws(TLSContextError) -> TLSContext {
        var ticketKeys = TicketKeys.ofThisProcess
        if let ticketKeyFile { ticketKeys = try .read(ticketKeyFile) }
        return try server(
            certificateFile: certificateFile, privateKeyFile: privateKeyFile, ticketKeys: ticketKeys,
            applicationProtocols: applicationProtocols)
    }

    static func server(
        certificateFile: String, privateKeyFile: String, ticketKeys: TicketKeys, applicationProtocols: [String] = []
    ) throws(TLSContextError) -> TLSContext {
        let context = try TLSContext(.server, protocols: applicationProtocols, ticketKeys: ticketKeys)
        SSL_CTX_set_options(context.pointer, sangdam_server_options())
        SSL_CTX_set_num_tickets(context.pointer, 1)
        try checkReadable(certificateFile)
        try checkPrivate(privateKeyFile)
        try context.loadCertificate(certificateFile)
        try context.loadPrivateKey(privateKeyFile, certificateFile: certificateFile)
        if !applicationProtocols.isEmpty {
            SSL_CTX_set_alpn_select_cb(
                context.pointer, selectApplicationProtocol, Unmanaged.passUnretained(context).toOpaque())
        }
        return context
    }

    /// A client's context, which verifies the server's certificate against `caFile` (PEM) or, without one, the
    /// system's trust store. The host name is verified for each connection.
    package static func client(
        caFile: String? = nil, applicationProtocols: [String] = []
    ) throws(TLSContextError) -> TLSContext {
        let context = try TLSContext(.client, protocols: applicationProtocols)
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        if let caFile {
            try checkReadable(caFile)
            guard SSL_CTX_load_verify_file(context.pointer, caFile) == 1 else { throw pemError(caFile) }
        } else if SSL_CTX_set_default_verify_paths(context.pointer) != 1 {
            throw .library(takeTLSErrorText())
        }
        // Contrary to most of OpenSSL, 0 is success here.
        if !applicationProtocols.isEmpty,
            SSL_CTX_set_alpn_protos(
                context.pointer, context.protocolList.baseAddress, UInt32(context.protocolList.count)) != 0
        {
            throw .library(takeTLSErrorText())
        }
        return context
    }

    /// What the server shows: its own certificate and those that stand behind it in the file.
    package var certificates: CertificateChain? { CertificateChain(of: pointer) }

    /// The chain in a certificate file, without its key: for those who may read the one and not the other.
    package static func certificates(in certificateFile: String) throws(TLSContextError) -> CertificateChain {
        let context = try TLSContext(.server, protocols: [])
        try checkReadable(certificateFile)
        try context.loadCertificate(certificateFile)
        guard let chain = context.certificates else { throw .notPEM(certificateFile) }
        return chain
    }

    // MARK: ALPN

    /// RFC 7301, 3.1: each name with a length byte in front.
    private static func wireFormat(_ protocols: [String]) throws(TLSContextError) -> [UInt8] {
        var bytes: [UInt8] = []
        for name in protocols {
            guard let length = UInt8(exactly: name.utf8.count), length > 0 else { throw .badApplicationProtocol(name) }
            bytes.append(length)
            bytes.append(contentsOf: name.utf8)
        }
        return bytes
    }

    /// Picks by the server's order. `theirs` is the client's list in wire format.
    fileprivate func select(
        _ selected: UnsafeMutablePointer<UnsafePointer<UInt8>?>, _ selectedLength: UnsafeMutablePointer<UInt8>,
        among theirs: UnsafePointer<UInt8>, length: UInt32
    ) -> Int32 {
        var name: UnsafeMutablePointer<UInt8>?
        let result = SSL_select_next_proto(
            &name, selectedLength, protocolList.baseAddress, UInt32(protocolList.count), theirs, length)
        guard result == OPENSSL_NPN_NEGOTIATED else { return SSL_TLSEXT_ERR_NOACK }
        selected.pointee = UnsafePointer(name)
        return SSL_TLSEXT_ERR_OK
    }

    // MARK: files

    private func loadCertificate(_ file: String) throws(TLSContextError) {
        guard SSL_CTX_use_certificate_chain_file(pointer, file) == 1 else { throw Self.pemError(file) }
    }

    private func loadPrivateKey(_ file: String, certificateFile: String) throws(TLSContextError) {
        let isLoaded = SSL_CTX_use_PrivateKey_file(pointer, file, SSL_FILETYPE_PEM) == 1
        if isLoaded, SSL_CTX_check_private_key(pointer) == 1 { return }
        let code = ERR_peek_last_error()
        if sangdam_error_library(code) == ERR_LIB_X509 {
            ERR_clear_error()
            throw .keyDoesNotMatch(certificateFile: certificateFile, privateKeyFile: file)
        }
        if Self.isEncrypted(file) {
            ERR_clear_error()
            throw .keyEncrypted(file)
        }
        throw Self.pemError(file)
    }

    private static func checkReadable(_ file: String) throws(TLSContextError) {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw errno == ENOENT ? .fileMissing(file) : .unreadable(file, errno: errno) }
        close(descriptor)
    }

    private static func checkPrivate(_ file: String) throws(TLSContextError) {
        try checkReadable(file)
        var status = stat()
        guard stat(file, &status) == 0 else { throw .unreadable(file, errno: errno) }
        let mode = status.st_mode & 0o777
        guard mode & 0o077 == 0 else { throw .keyReadableByOthers(file, mode: mode) }
    }

    /// Whether the key's PEM says that it is encrypted (PKCS #8's label, or the older header line).
    private static func isEncrypted(_ file: String) -> Bool {
        guard let stream = fopen(file, "re") else { return false }
        defer { fclose(stream) }
        var head = [UInt8](repeating: 0, count: 4_096)
        let count = fread(&head, 1, head.count, stream)
        return String(decoding: head.prefix(count), as: UTF8.self).contains("ENCRYPTED")
    }

    private static func pemError(_ file: String) -> TLSContextError {
        var isNotPEM = false
        var code = ERR_peek_error()
        var text = ""
        while code != 0 {
            let library = sangdam_error_library(code)
            isNotPEM = isNotPEM || library == ERR_LIB_PEM || library == ERR_LIB_ASN1 || library == ERR_LIB_OSSL_DECODER
            if text.isEmpty { text = tlsErrorText(code) }
            ERR_get_error()
            code = ERR_peek_error()
        }
        return isNotPEM || text.isEmpty ? .notPEM(file) : .refused(file, reason: text)
    }
}

/// OpenSSL's callback on the ClientHello; `argument` is the TLSContext.
private func selectApplicationProtocol(
    _ ssl: OpaquePointer?, _ selected: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ selectedLength: UnsafeMutablePointer<UInt8>?, _ theirs: UnsafePointer<UInt8>?, _ length: UInt32,
    _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let selected, let selectedLength, let theirs, let argument else { return SSL_TLSEXT_ERR_NOACK }
    let context = Unmanaged<TLSContext>.fromOpaque(argument).takeUnretainedValue()
    return context.select(selected, selectedLength, among: theirs, length: length)
}
