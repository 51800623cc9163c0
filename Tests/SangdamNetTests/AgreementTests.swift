// What the server agrees to with clients of every kind: versions, ciphers, groups, and what it never does.

import Foundation
import SangdamNet
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct AgreementTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    struct Row: Sendable {
        let client: String
        let cipher: String
        let key: String

        init(_ client: String, _ cipher: String, _ key: String = "X25519") {
            self.client = client
            self.cipher = cipher
            self.key = key
        }
    }

    @Test(arguments: [
        Row("", "TLS_AES_128_GCM_SHA256"),
        // The server's order, whatever the client's …
        Row("-ciphersuites TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256"),
        Row("-ciphersuites TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"),
        // … but who puts ChaCha20 first has no AES in hardware.
        Row("-ciphersuites TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
        Row(
            "-tls1_2 -cipher ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES128-GCM-SHA256"),
        Row(
            "-tls1_2 -cipher ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-CHACHA20-POLY1305"),
        Row("-tls1_2 -groups P-384:P-256:X25519", "ECDHE-ECDSA-AES128-GCM-SHA256"),
        Row("-groups P-256", "TLS_AES_128_GCM_SHA256", "ECDH, prime256v1"),
        Row("-groups P-521:P-384", "TLS_AES_128_GCM_SHA256", "ECDH, secp384r1"),
    ])
    func agrees(_ row: Row) throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let result = try sClient(row.client, to: server)
        #expect(result.output.contains("Cipher is \(row.cipher)\n"), "\(result.output)")
        #expect(result.output.contains("Server Temp Key: \(row.key)"), "\(result.output)")
    }

    @Test(arguments: [
        "-tls1_1 -cipher DEFAULT@SECLEVEL=0", "-tls1_2 -cipher AES128-SHA:AES128-GCM-SHA256",
        "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256", "-tls1_2 -cipher ECDHE-ECDSA-AES128-CCM",
        "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256", "-tls1_3 -groups P-521", "-tls1_2 -groups P-521",
    ])
    func refuses(_ client: String) throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let result = try sClient(client, to: server)
        #expect(result.output.contains("Cipher is (NONE)"), "\(result.output)")
        #expect(server.observer.count(.failed) == 1)
    }

    @Test(arguments: ["-tls1_2 -comp -legacy_server_connect", "-tls1_3 -comp"]) func neverCompresses(
        client: String
    ) throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let result = try sClient(client, to: server)
        #expect(result.output.contains("Compression: NONE"), "\(result.output)")
    }

    /// Early data can be replayed (RFC 8446, 8): the server's tickets allow none.
    @Test func takesNoEarlyData() throws {
        let server = try TestServer(tls: certificates.serverContext()) { _, record in
            let probe = Probe(record)
            probe.onOpen = { connection in
                connection.send(Array("hello\n".utf8))
                connection.close()
            }
            return probe
        }
        defer { server.stop() }
        let session = certificates.directory + "/early.pem"
        _ = try sClient("-tls1_3 -nocommands -sess_out \(session)", to: server, staysUntilClosed: true)
        let shown = try run("openssl", ["sess_id", "-in", session, "-noout", "-text"]).output
        #expect(shown.contains("Protocol  : TLSv1.3"), "\(shown)")
        #expect(shown.contains("Max Early Data: 0"), "\(shown)")
    }

    private func sClient(
        _ options: String, to server: TestServer, staysUntilClosed: Bool = false
    ) throws -> (output: String, errors: String) {
        let result = try run(
            "openssl",
            ["s_client", "-CAfile", certificates.ca, "-connect", server.listener.addressDescription]
                + options.split(separator: " ").map(String.init), keepsInputOpen: staysUntilClosed)
        return (result.output, result.errors)
    }
}
