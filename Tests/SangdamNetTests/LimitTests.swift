// What happens past each bound, and that others do not suffer from it.

import Foundation
import SangdamNet
import Synchronization
import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct LimitTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    @Test(arguments: [true, false]) func aSlowReaderIsClosedAndOthersLive(withTLS: Bool) throws {
        let server = try TestServer(tls: withTLS ? certificates.serverContext() : nil, reactors: 1) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, bytes in
                if bytes.first == UInt8(ascii: "f") {
                    connection.setDeadline(inMilliseconds: 1)
                } else {
                    connection.send(bytes)
                }
            }
            probe.onDeadline = { connection in
                connection.send([UInt8](repeating: 7, count: 60_000))
                connection.setDeadline(inMilliseconds: 1)
            }
            return probe
        }
        defer { server.stop() }
        let context = withTLS ? try certificates.clientContext() : nil
        let slow = server.connect(tls: context) { probe in
            probe.onOpen = { connection in
                connection.send(Array("flood me".utf8))
                connection.setDeadline(inMilliseconds: 50)
            }
            probe.onDeadline = { $0.setPaused(true) }
        }
        let slowRecord = try #require(server.record(0))
        let quick = server.connect(tls: context) { probe in
            probe.onOpen = { $0.send([1]) }
            probe.onReceive = { connection, _ in connection.send([1]) }
        }
        #expect(slowRecord.waitUntilClosed(seconds: 30) == .tooSlow)
        let count = quick.now.received.count
        #expect(count > 0)
        #expect(quick.wait { $0.received.count > count + 10 })
        server.onConnection(slow) { $0.abort() }
    }

    /// Beside our own buffer, the system's may hold what the peer's window takes and 256 KiB, not the 4 MiB of its
    /// default.
    @Test func theSystemHoldsLittleForASlowReader() throws {
        let sent = Mutex(0)
        let server = try TestServer(tls: nil, reactors: 1) { _, record in
            let probe = Probe(record)
            let send: Probe.Action = { connection in
                sent.withLock { $0 += 16_384 }
                connection.send([UInt8](repeating: 7, count: 16_384))
                connection.setDeadline(inMilliseconds: 1)
            }
            probe.onOpen = send
            probe.onDeadline = send
            return probe
        }
        defer { server.stop() }
        let slow = RawSocket(port: server.listener.port, receiveBuffer: 65_536)
        #expect(try #require(server.record(0)).waitUntilClosed(seconds: 30) == .tooSlow)
        #expect(sent.withLock { $0 } < 1 << 20)
        withExtendedLifetime(slow) {}
    }

    /// More than the bound at once is fine for a peer that reads: the bound is for what it does not take.
    @Test func aBigAnswerIsNoSlowness() throws {
        let server = try TestServer(tls: certificates.serverContext()) { _, record in
            let probe = Probe(record)
            probe.onOpen = { connection in
                for _ in 0..<20 { connection.send([UInt8](repeating: 1, count: 10_000)) }
                #expect(connection.unsentMemoryBytes <= 98_304)
            }
            return probe
        }
        defer { server.stop() }
        let client = server.connect(tls: try certificates.clientContext())
        #expect(client.wait { $0.received.count == 200_000 })
    }

    private let sentence = "This port speaks TLS.\r\n"

    @Test func aPlainClientIsToldSo() throws {
        let server = try TestServer(tls: certificates.serverContext(), plainTextAnswer: sentence)
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(peer.receiveAll() == "GET" + sentence, "it depends on what came first")
        #expect(server.observer.count(.notTLS) == 1)
        #expect(server.waitUntilEmpty())
    }

    @Test func whoSaysNothingIsToldAfterTheHandshakeTime() throws {
        var limits = ConnectionLimits()
        limits.handshakeMilliseconds = 200
        let server = try TestServer(tls: certificates.serverContext(), limits: limits, plainTextAnswer: sentence)
        defer { server.stop() }
        let started = Date()
        #expect(RawSocket(port: server.listener.port).receiveAll() == sentence)
        #expect((0.19..<1).contains(Date().timeIntervalSince(started)))
        #expect(server.observer.count(.timedOut) == 1)
    }

    @Test func aHandshakeThatDoesNotEndTimesOut() throws {
        var limits = ConnectionLimits()
        limits.handshakeMilliseconds = 200
        let server = try TestServer(tls: certificates.serverContext(), limits: limits, plainTextAnswer: sentence)
        defer { server.stop() }
        let peer = RawSocket(port: server.listener.port)
        peer.send([22, 3, 1, 2, 0, 1])  // the beginning of a ClientHello
        #expect(peer.receiveAll() == "")
        #expect(server.observer.count(.timedOut) == 1)
        #expect(server.waitUntilEmpty())
    }

    @Test func countsConnectionsOfAnAddress() throws {
        var limits = ConnectionLimits()
        limits.exemptLoopback = false
        limits.connectionsPerAddress = 2
        let server = try TestServer(tls: nil, limits: limits) { _, record in
            let probe = Probe(record)
            probe.onOpen = { $0.send([UInt8(ascii: "!")]) }
            probe.onReceive = { connection, _ in connection.close() }
            return probe
        }
        defer { server.stop() }
        let peers = (0..<3).map { _ in RawSocket(port: server.listener.port) }
        #expect(peers[2].receiveAll() == "")
        #expect(server.observer.count(.perAddress) == 1)
        peers[0].send("close")
        #expect(peers[0].receiveAll() == "!")
        peers[0].endInput()
        #expect(server.record(1) != nil)
        let end = Date() + 10
        while server.listener.connectionCount > 1, Date() < end { usleep(1_000) }
        let fourth = RawSocket(port: server.listener.port)
        fourth.send("close")
        #expect(fourth.receiveAll() == "!")
    }

    @Test func aFloodOfOneDoesNotStarveAnother() throws {
        let server = try TestServer(tls: certificates.serverContext(), reactors: 1) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, bytes in if bytes.count == 1 { connection.send(bytes) } }
            return probe
        }
        defer { server.stop() }
        let clients = try ReactorGroup(count: 1)
        defer { clients.shutDown(withinMilliseconds: 0) }
        let context = try certificates.clientContext()
        let flooding = Record()
        Connector.connect(host: "127.0.0.1", port: server.listener.port, tls: context, on: clients.reactors[0]) { _ in
            let probe = Probe(flooding)
            let flood: Probe.Action = { connection in
                if connection.unsentBytes == 0 { connection.send([UInt8](repeating: 0, count: 80_000)) }
                connection.setDeadline(inMilliseconds: 0)
            }
            probe.onOpen = flood
            probe.onDeadline = flood
            return probe
        }
        #expect(flooding.wait { $0.deadlines > 10 })
        let quiet = Record()
        Connector.connect(host: "127.0.0.1", port: server.listener.port, tls: context, on: clients.reactors[0]) { _ in
            let probe = Probe(quiet)
            probe.onOpen = { $0.send([9]) }
            probe.onReceive = { connection, _ in connection.send([9]) }
            return probe
        }
        #expect(quiet.wait { $0.received.count >= 50 })
    }

    /// Whatever the size of its records, a flood brings no more than its share in a turn, nothing of it is lost, and a
    /// pause in the midst of it keeps what was read.
    @Test(arguments: [(true, 50_000), (true, 900), (false, 50_000)])
    func aFloodBringsItsShareOfEachTurn(withTLS: Bool, blockBytes: Int) throws {
        let total = 300_000
        var configuration = ReactorConfiguration()
        configuration.acceptedBytesPerPass = 4_000
        configuration.floodingBytesPerPass = 500
        let reads = Mutex<[(turn: Int, count: Int)]>([])
        let turn = Mutex(0)
        let server = try TestServer(
            tls: withTLS ? certificates.serverContext() : nil, reactors: 1, configuration: configuration
        ) { _, record in
            let probe = Probe(record)
            probe.onReceive = { connection, bytes in
                let place = reads.withLock { reads in
                    reads.append((turn.withLock { $0 }, bytes.count))
                    return reads.count
                }
                guard place % 100 == 0 else { return }
                connection.setPaused(true)
                connection.setDeadline(inMilliseconds: 5)
            }
            probe.onDeadline = { $0.setPaused(false) }
            return probe
        }
        defer { server.stop() }
        let (stands, goesOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let clients = try ReactorGroup(count: 1)
        defer { clients.shutDown(withinMilliseconds: 0) }
        let flooding = Record()
        let context = withTLS ? try certificates.clientContext() : nil
        Connector.connect(host: "127.0.0.1", port: server.listener.port, tls: context, on: clients.reactors[0]) { _ in
            let probe = Probe(flooding)
            var sent = 0
            probe.onDeadline = { connection in
                while sent < total, connection.unsentBytes < 60_000 {
                    let count = min(blockBytes, total - sent)
                    connection.send((sent..<sent + count).map { UInt8(truncatingIfNeeded: $0 / 251) })
                    sent += count
                    if blockBytes < 16_384 { break }
                }
                if sent < total { connection.setDeadline(inMilliseconds: 1) }
            }
            return probe
        }
        let record = try #require(server.record(0))
        #expect(record.wait { $0.openings == 1 })
        server.group.reactors[0].post { reactor in
            reactor.onEndOfReading { _ in turn.withLock { $0 += 1 } }
            stands.signal()
            goesOn.wait()
        }
        #expect(stands.wait(timeout: .now() + 10) == .success)
        clients.reactors[0].post { reactor in
            guard let id = flooding.now.id else { return }
            reactor.connection(id)?.setDeadline(inMilliseconds: 1)
        }
        #expect(flooding.wait { $0.deadlines > (blockBytes < 16_384 ? 150 : 0) })
        goesOn.signal()
        #expect(record.wait(seconds: 30) { $0.received.count == total })
        let received = record.now.received
        #expect(received.indices.allSatisfy { received[$0] == UInt8(truncatingIfNeeded: $0 / 251) })
        let all = reads.withLock { $0 }
        #expect(all.allSatisfy { $0.count <= 4_000 })
        #expect(Set(all.map(\.turn)).count == all.count, "more than one read in a turn")
        let small = all.count { $0.count <= 500 }
        #expect(small > 100, "a flood's shares get small: \(all.prefix(20))")
    }

    /// Twenty peers whose handshakes can go on, and one who is connected and always has more to say: in each turn the
    /// connected one comes first, then no more handshakes than the turn's share.
    @Test func handshakesDoNotStarveTheConnected() throws {
        var configuration = ReactorConfiguration()
        configuration.handshakeStepsPerPass = 2
        configuration.acceptedBytesPerPass = 1_024
        let order = Order()
        let server = try TestServer(
            tls: certificates.serverContext(), reactors: 1, configuration: configuration, observer: order
        ) { _, record in
            let probe = Probe(record)
            probe.onReceive = { _, _ in order.add("read") }
            return probe
        }
        defer { server.stop() }
        let clients = try ReactorGroup(count: 1)
        defer { clients.shutDown(withinMilliseconds: 0) }
        let talking = Record()
        let context = try certificates.clientContext()
        let (stands, goesOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        Connector.connect(host: "127.0.0.1", port: server.listener.port, tls: context, on: clients.reactors[0]) { _ in
            let probe = Probe(talking)
            probe.onReceive = { connection, _ in connection.setDeadline(inMilliseconds: 1) }
            probe.onDeadline = { connection in
                connection.send([UInt8](repeating: 0, count: 900))  // a record of its own, which fills a read
                if talking.now.deadlines < 40 { connection.setDeadline(inMilliseconds: 1) }
            }
            return probe
        }
        let talker = try #require(server.record(0))
        #expect(talker.wait { $0.openings == 1 })
        let peers = (0..<20).map { _ in RawSocket(port: server.listener.port) }
        #expect(server.waitForConnections(21))

        // Nothing happens on the reactor until all of it is there.
        server.group.reactors[0].post { _ in
            stands.signal()
            goesOn.wait()
        }
        #expect(stands.wait(timeout: .now() + 10) == .success)
        for peer in peers { peer.send([22, 3, 1, 0, 4, 99, 0, 0, 0]) }  // a ClientHello that cannot be one
        clients.reactors[0].post { reactor in
            guard let id = talking.now.id else { return }
            reactor.connection(id)?.setDeadline(inMilliseconds: 1)
        }
        #expect(talking.wait { $0.deadlines == 40 })
        goesOn.signal()
        #expect(order.wait { $0.count { $0 == "failed" } == 20 })
        let events = order.now.drop { $0 == "full" }
        #expect(events.first == "read")
        let runs = events.split(separator: "read").map(\.count)
        #expect(runs.allSatisfy { $0 <= 2 }, "\(events)")
        #expect(runs.count >= 10, "\(events)")
    }
}

/// What happens on a reactor, in its order.
private final class Order: NetObserver {
    private let record = Record()

    var now: [String] { record.now.calls }

    func add(_ event: String) {
        record.update { $0.calls.append(event) }
    }

    func wait(until isSo: ([String]) -> Bool) -> Bool {
        record.wait { isSo($0.calls) }
    }

    func handshakeFinished(_ result: HandshakeResult) { add("\(result)") }
    func connectionRefused(_ reason: RefusalReason) { add("refused") }
}
