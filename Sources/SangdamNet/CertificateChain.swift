// The certificates that a server shows, as values: when they are valid and for whom. Nothing here reads a clock.

internal import COpenSSL
internal import Glibc

/// One certificate's time and name.
package struct CertificateFacts: Sendable, Hashable {
    /// The subject as OpenSSL writes it on one line: "/CN=localhost".
    package let subject: String
    /// Seconds since 1970, as in the certificate: it is valid from the first to the last, both included.
    package let notBefore: Int64
    package let notAfter: Int64

    package init(subject: String, notBefore: Int64, notAfter: Int64) {
        self.subject = subject
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}

/// A server's own certificate and what stands behind it in its file.
package struct CertificateChain: Sendable, Hashable {
    package let own: CertificateFacts
    /// The authorities in between, in the order of the file.
    package let intermediates: [CertificateFacts]
    /// The hosts that the certificate names: "localhost", "*.example.com", "127.0.0.1"; empty when it names none.
    package let names: [String]
    /// The server's own, in DER.
    private let encoded: [UInt8]

    /// Nil when the context has no certificate.
    init?(of context: OpaquePointer) {
        guard let first = sangdam_ctx_certificate(context, 0) else { return nil }
        own = CertificateFacts(first)
        names = Self.names(of: first)
        encoded = Self.encoded(first)
        var intermediates: [CertificateFacts] = []
        while let next = sangdam_ctx_certificate(context, Int32(clamping: intermediates.count + 1)) {
            intermediates.append(CertificateFacts(next))
        }
        self.intermediates = intermediates
    }

    /// Whether a client that connects to `host`, a name or an address without brackets, would find it named. By the
    /// alternative names alone, as browsers do (RFC 9525 §6.3).
    package func isFor(_ host: String) -> Bool {
        let address = addressText(host)
        let name = address ?? (host.hasSuffix(".") ? String(host.dropLast()) : host)
        return encoded.withUnsafeBufferPointer { bytes in
            var cursor = bytes.baseAddress
            guard let certificate = d2i_X509(nil, &cursor, bytes.count) else { return false }
            defer { X509_free(certificate) }
            defer { ERR_clear_error() }
            return sangdam_certificate_is_for(certificate, name, name.utf8.count, address == nil ? 0 : 1) == 1
        }
    }

    private static func encoded(_ certificate: OpaquePointer) -> [UInt8] {
        let count = Int(i2d_X509(certificate, nil))
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { bytes, written in
            var cursor = bytes.baseAddress
            written = max(0, Int(i2d_X509(certificate, &cursor)))
        }
    }

    private static func names(of certificate: OpaquePointer) -> [String] {
        var text = [CChar](repeating: 0, count: 4_096)
        let count = Int(sangdam_alternative_names(certificate, &text, Int32(text.count)))
        let words = String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
            separator: ", ")
        // Other kinds, such as mail addresses, are no hosts.
        return words.compactMap { word in
            if word.hasPrefix("DNS:") { return String(word.dropFirst(4)) }
            return word.hasPrefix("IP Address:") ? addressText(String(word.dropFirst(11))) : nil
        }
    }
}

extension CertificateFacts {
    fileprivate init(_ certificate: OpaquePointer) {
        var text = [CChar](repeating: 0, count: 256)
        X509_NAME_oneline(X509_get_subject_name(certificate), &text, Int32(text.count))
        self.init(
            subject: String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self),
            notBefore: unixSeconds(X509_get0_notBefore(certificate)),
            notAfter: unixSeconds(X509_get0_notAfter(certificate)))
    }
}

/// A time that cannot be read is 0, and so a certificate that has expired.
private func unixSeconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
    var parts = tm()
    guard ASN1_TIME_to_tm(time, &parts) == 1 else { return 0 }
    return Int64(timegm(&parts))
}
