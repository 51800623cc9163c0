// How connections end, and that nobody's last words are lost.

import Foundation
import Glibc
import Testing

@testable import SangdamNet

@Suite(.serialized, .timeLimit(.minutes(2))) struct EndingTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    private func recording(_ connection: Connection, _ record: Record) -> any ConnectionHandler { Probe(record) }

    @Test func aResetIsALoss() throws {
        let server = try TestServer(tls: nil, handler: recording)
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send("x")
        let record = try #require(server.record(0))
        #expect(record.wait { $0.text == "x" })
        peer.reset()
        #expect(record.waitUntilClosed() == .lost(errno: ECONNRESET))
        #expect(record.now.calls == ["opened", "received", "closed"])
    }

    @Test func aResetIsALossWhilePausedToo() throws {
        let server = try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            probe.onOpen = { $0.setPaused(true) }
            return probe
        }
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        let record = try #require(server.record(0))
        #expect(record.wait { $0.openings == 1 })
        peer.send("never read")
        peer.reset()
        #expect(record.waitUntilClosed() == .lost(errno: ECONNRESET))
        #expect(record.now.received.isEmpty)
    }

    @Test func finIsTheEndOfInput() throws {
        let server = try TestServer(tls: nil, handler: recording)
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send("all of it")
        peer.endInput()
        let record = try #require(server.record(0))
        #expect(record.waitUntilClosed() == .endOfInput)
        #expect(record.now.text == "all of it")
        #expect(record.now.calls.last == "closed")
        #expect(peer.receiveAll() == "")
    }

    /// s_client is killed after it has read all that was sent to it, so its kernel sends FIN and no reset.
    @Test func finWithoutCloseNotifyIsTheEndOfInput() throws {
        let server = try TestServer(tls: certificates.serverContext()) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, bytes in connection.send(bytes) }
            return probe
        }
        defer { server.stop() }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["openssl", "s_client", "-brief", "-nocommands", "-connect", server.listener.addressDescription]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data("hello\n".utf8))
        #expect(String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) == "hello\n")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let record = try #require(server.record(0))
        #expect(record.waitUntilClosed() == .endOfInput)
        #expect(record.now.text == "hello\n")
    }

    /// What is sent before and within `connectionClosed` still reaches a peer that only ended its own side.
    @Test func halfCloseFlushes() throws {
        let server = try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, _ in connection.send(Array("one ".utf8)) }
            probe.onClosed = { $0.send(Array("two".utf8)) }
            return probe
        }
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send("?")
        peer.endInput()
        #expect(peer.receiveAll() == "one two")
        #expect(server.record(0)?.waitUntilClosed() == .endOfInput)
        #expect(server.waitUntilEmpty())
    }

    /// An owner that still has to say something later keeps its side open.
    @Test(arguments: [true, false]) func halfCloseMayBeKept(withTLS: Bool) throws {
        let server = try TestServer(tls: withTLS ? certificates.serverContext() : nil) { _, record in
            let probe = Probe(record)
            probe.atEndOfInput = .keepOutput
            probe.onReceive = { connection, _ in connection.setDeadline(inMilliseconds: 150) }
            probe.onDeadline = { connection in
                connection.send(Array("the answer\n".utf8))
                connection.close()
            }
            return probe
        }
        defer { server.stop() }
        if withTLS {
            let result = try run(
                "openssl", ["s_client", "-brief", "-nocommands", "-connect", server.listener.addressDescription],
                input: "question\n", keepsInputOpen: true)
            #expect(result.output == "the answer\n")
            #expect(server.record(0)?.waitUntilClosed() != nil)
        } else {
            let peer = RawSocket(port: server.listener.port)
            peer.send("question\n")
            peer.endInput()
            #expect(peer.receiveAll() == "the answer\n")
            let record = try #require(server.record(0))
            #expect(record.waitUntilClosed() == .closedHere)
            #expect(record.now.calls == ["opened", "received", "ended", "closed"])
        }
        #expect(server.waitUntilEmpty())
    }

    /// The peer is still sending when we close, and its small window holds our last words back in our own kernel: a
    /// reset (what closing with unread input causes) would throw them away.
    @Test(arguments: 0..<5) func closeDeliversTheLastWords(round: Int) throws {
        let server = try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, _ in
                connection.send(Array(repeating: UInt8(ascii: "w"), count: 90_000))
                connection.close()
            }
            return probe
        }
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port, receiveBuffer: 4_096)
        for _ in 0..<20 { peer.send(String(repeating: "x", count: 10_000)) }
        #expect(peer.receiveAll() == String(repeating: "w", count: 90_000))
        #expect(server.record(0)?.now.endings == [.closedHere])
    }

    @Test func closeDoesNotWaitForEverForAPeerThatStays() throws {
        var limits = ConnectionLimits()
        limits.flushMilliseconds = 100
        limits.drainMilliseconds = 100
        let server = try TestServer(tls: nil, limits: limits) { _, record in
            let probe = Probe(record)
            probe.onOpen = { connection in
                connection.send(Array("over".utf8))
                connection.close()
            }
            return probe
        }
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        #expect(server.record(0)?.waitUntilClosed() == .closedHere)
        #expect(server.waitUntilEmpty(seconds: 5))
        #expect(peer.receiveAll() == "over")
    }

    @Test func abortResets() throws {
        let server = try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, _ in connection.abort() }
            return probe
        }
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send("x")
        #expect(peer.receiveAll() == nil)
        #expect(server.record(0)?.waitUntilClosed() == .closedHere)
    }

    @Test func nonsenseInTheHandshakeFailsIt() throws {
        let server = try TestServer(tls: certificates.serverContext(), handler: recording)
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send([22, 3, 1, 0, 5, 1, 0, 0, 1, 0])
        let answer = Array((peer.receiveAll() ?? "").utf8)
        #expect(answer.first == 21)  // an alert
        #expect(server.observer.count(.failed) == 1)
        peer.endInput()
        #expect(server.waitUntilEmpty())
    }

    /// A record that does not decrypt, after the handshake: both sides know why, what came before is delivered.
    @Test func aForgedRecordIsATLSError() throws {
        let server = try TestServer(tls: certificates.serverContext(), handler: recording)
        defer { server.stop() }
        let client = server.connect(tls: try certificates.clientContext()) { probe in
            probe.onOpen = { $0.send(Array("true".utf8)) }
        }
        let record = try #require(server.record(0))
        #expect(record.wait { $0.text == "true" })
        server.onConnection(client) { connection in
            let forged: [UInt8] = [23, 3, 3, 0, 20] + [UInt8](repeating: 7, count: 20)
            #expect(Glibc.send(connection.descriptor, forged, forged.count, Int32(MSG_NOSIGNAL)) == forged.count)
        }
        #expect(record.waitUntilClosed() == .tlsError("decryption failed or bad record mac"))
        guard case .tlsError(let reason)? = client.waitUntilClosed() else {
            Issue.record("\(client.now.endings)")
            return
        }
        #expect(reason.contains("bad record mac"))
        #expect(record.now.text == "true")
        #expect(server.waitUntilEmpty())
    }

    @Test func sendingAfterTheEndIsDropped() throws {
        let server = try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            probe.onOpen = { connection in
                connection.close()
                connection.send(Array("too late".utf8))
                connection.close()
                connection.abort()
            }
            probe.onClosed = { $0.send(Array("too late".utf8)) }
            return probe
        }
        defer { server.stop() }
        #expect(RawSocket(port: server.listener.port).receiveAll() == "")
        #expect(server.record(0)?.now.endings == [.closedHere])
    }

    @Test func staleIdsFindNothing() throws {
        let server = try TestServer(tls: nil, reactors: 1, handler: recording)
        defer { server.stop() }
        var ids: Set<ConnectionID> = []
        for round in 0..<5 {
            let peer = RawSocket(port: server.listener.port)
            let record = try #require(server.record(round))
            #expect(record.wait { $0.id != nil })
            #expect(server.onConnection(record) { _ in })
            ids.insert(try #require(record.now.id))
            peer.endInput()
            #expect(record.waitUntilClosed() == .endOfInput)
            #expect(server.waitUntilEmpty())
            #expect(!server.onConnection(record) { _ in })
        }
        #expect(ids.count == 5)
    }

    /// The last words did not all go out when the peer's system takes the connection away: nobody is told any more, and
    /// all of it is given back.
    @Test(arguments: [true, false]) func aResetWhileTheLastWordsWait(withTLS: Bool) throws {
        var limits = ConnectionLimits()
        limits.unsentBytes = 8 << 20
        limits.flushMilliseconds = 60_000
        let server = try TestServer(
            tls: withTLS ? certificates.serverContext() : nil, reactors: 1, limits: limits
        ) { _, record in
            let probe = Probe(record)
            probe.onOpen = { connection in
                connection.send([UInt8](repeating: 7, count: 4 << 20))
                connection.close()
            }
            return probe
        }
        defer { server.stop() }
        let peer = server.connect(tls: withTLS ? try certificates.clientContext() : nil) { probe in
            probe.onOpen = { $0.setPaused(true) }
        }
        let record = try #require(server.record(0))
        #expect(record.waitUntilClosed() == .closedHere)
        #expect(peer.wait { $0.openings == 1 })
        server.onConnection(peer) { $0.abort() }
        #expect(server.waitUntilEmpty())
        #expect(record.now.endings.count == 1)
    }
}
