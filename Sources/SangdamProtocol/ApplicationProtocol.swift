// By which names a server knows what is spoken before the first byte comes (ALPN, RFC 7301).

/// The protocols of applications that clients and servers agree on in the TLS handshake.
package enum ApplicationProtocol {
    /// One JSON object a line.
    package static let jsonLines = "sangdam/1"
}
