// Bytes through TLS and without: own client, real openssl clients, much at once, protocols, resumption.

import Foundation
import SangdamNet
import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct TransferTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    @Test(arguments: [true, false]) func echoes(withTLS: Bool) throws {
        let server = try TestServer(tls: withTLS ? certificates.serverContext() : nil)
        defer { server.stop() }
        let client = server.connect(tls: withTLS ? try certificates.clientContext() : nil) { probe in
            probe.onOpen = { connection in
                connection.send(Array("안녕".utf8))
                connection.send(Array("하세요\n".utf8))
            }
        }
        #expect(client.wait { $0.text == "안녕하세요\n" })
        #expect(client.now.agreement == (withTLS ? "TLSv1.3 TLS_AES_128_GCM_SHA256" : nil))
        #expect(client.now.remoteAddress?.description == server.listener.addressDescription)
        #expect(client.now.remoteAddress?.isLoopback == true)
        server.onConnection(client) { $0.close() }
        #expect(client.waitUntilClosed() == .closedHere)
        #expect(server.record(0)?.waitUntilClosed() == .endOfInput)
        #expect(server.waitUntilEmpty())
        #expect(server.observer.count(.full) == (withTLS ? 1 : 0))
    }

    @Test(arguments: ["-tls1_3", "-tls1_2"]) func servesOpenSSLsClient(version: String) throws {
        let server = try TestServer(tls: certificates.serverContext()) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, bytes in
                connection.send(bytes)
                if bytes.contains(UInt8(ascii: "\n")) {
                    connection.send(Array("bye\n".utf8))
                    connection.close()
                }
            }
            return probe
        }
        defer { server.stop() }
        let result = try run(
            "openssl",
            ["s_client", "-brief", "-nocommands", "-verify_return_error", version, "-CAfile", certificates.ca]
                + ["-connect", server.listener.addressDescription],
            input: "Quit?\n", keepsInputOpen: true)
        #expect(result.output.contains("Quit?\nbye\n"))
        #expect(result.errors.contains("Verification: OK"), "\(result.errors)")
        #expect(result.errors.contains("CONNECTION ESTABLISHED"))
    }

    /// s_client ends its input at once after the last piped byte: nothing that came before may be lost.
    @Test func endOfPipedInputIsANormalLeave() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let result = try run(
            "openssl",
            ["s_client", "-brief", "-nocommands", "-CAfile", certificates.ca]
                + ["-connect", server.listener.addressDescription])
        #expect(result.status == 0)
        #expect(server.record(0)?.waitUntilClosed() == .endOfInput)
    }

    /// More than all buffers together, in both directions, with back-pressure on both sides.
    @Test(arguments: [true, false]) func carriesMuch(withTLS: Bool) throws {
        let server = try TestServer(tls: withTLS ? certificates.serverContext() : nil)
        defer { server.stop() }
        let total = 8_000_000
        let client = server.connect(tls: withTLS ? try certificates.clientContext() : nil) { probe in
            var sent = 0
            let fill: Probe.Action = { connection in
                while sent < total, connection.unsentBytes < 60_000 {
                    let count = min(7_001, total - sent)
                    connection.send((sent..<sent + count).map { UInt8(truncatingIfNeeded: $0 / 251) })
                    sent += count
                    // As soon as the socket stops taking, `connectionDrained` goes on.
                }
            }
            probe.onOpen = fill
            probe.onDrained = fill
            probe.onReceive = { connection, _ in fill(connection) }
        }
        #expect(client.wait(seconds: 60) { $0.received.count >= total || !$0.endings.isEmpty })
        let received = client.now.received
        #expect(received.count == total)
        #expect(received.indices.allSatisfy { received[$0] == UInt8(truncatingIfNeeded: $0 / 251) })
    }

    @Test(arguments: [
        (client: ["sangdam/1"], agreed: String?.some("sangdam/1")),
        (client: ["http/1.1", "sangdam/1"], agreed: "sangdam/1"),  // the server's order counts
        (client: ["h2", "http/1.1"], agreed: "http/1.1"),
        (client: ["h2"], agreed: nil),  // no overlap: goes on without
        (client: [], agreed: nil),
    ])
    func negotiatesTheProtocol(client names: [String], agreed: String?) throws {
        let server = try TestServer(tls: certificates.serverContext(protocols: ["sangdam/1", "http/1.1"])) {
            let probe = Probe($1)
            probe.onOpen = { $0.send(Array("hello".utf8)) }
            return probe
        }
        defer { server.stop() }
        let client = server.connect(tls: try certificates.clientContext(protocols: names))
        #expect(client.wait { $0.text == "hello" })
        #expect(client.now.negotiatedProtocol == agreed)
        #expect(server.record(0)?.now.negotiatedProtocol == agreed)
    }

    @Test func resumesASession() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let context = try certificates.clientContext()
        let first = server.connect(tls: context) { $0.onOpen = { $0.send([1]) } }
        #expect(first.wait { $0.received == [1] })
        let session = try #require(first.now.session)
        let second = server.connect(tls: context, session: session) { $0.onOpen = { $0.send([2]) } }
        #expect(second.wait { $0.received == [2] })
        #expect(!first.now.isResumed)
        #expect(second.now.isResumed)
        #expect(server.observer.count(.resumed) == 1)
    }

    @Test(arguments: [
        ["-tls1_1"], ["-tls1_2", "-cipher", "AES128-SHA:AES128-GCM-SHA256"],
        ["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"],
    ])
    func refusesWeakTLS(options: [String]) throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let result = try run(
            "openssl", ["s_client", "-brief", "-connect", server.listener.addressDescription] + options)
        #expect(result.status != 0)
        #expect(!result.errors.contains("CONNECTION ESTABLISHED"))
    }

    @Test func refusesRenegotiation() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        // R asks for a renegotiation (TLS 1.2) when commands are on; the refusal ends s_client.
        let result = try run(
            "openssl", ["s_client", "-tls1_2", "-connect", server.listener.addressDescription],
            input: "R\n", keepsInputOpen: true)
        #expect(result.errors.contains("no renegotiation"), "\(result.errors)")
    }

    @Test func fiveHundredConnectionsAtOnce() throws {
        let server = try TestServer(tls: certificates.serverContext())
        defer { server.stop() }
        let context = try certificates.clientContext()
        let clients = (0..<500).map { number in
            server.connect(tls: context) { $0.onOpen = { $0.send(Array("client \(number)".utf8)) } }
        }
        for (number, client) in clients.enumerated() {
            #expect(client.wait(seconds: 60) { $0.text == "client \(number)" })
        }
        #expect(server.group.connectionCount == 1_000)
        let spread = Set(clients.indices.compactMap { server.record($0)?.now.id?.reactorIndex })
        #expect(spread == [0, 1])
        for client in clients { server.onConnection(client) { $0.close() } }
        #expect(server.waitUntilEmpty(seconds: 20))
        #expect(server.listener.connectionCount == 0)
    }
}
