// Deadlines in real time: neither early nor late by more than a person would notice.

import Foundation
import SangdamNet
import Synchronization
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct DeadlineTests {
    private func server(_ prepare: @escaping @Sendable (Probe) -> Void) throws -> TestServer {
        try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            prepare(probe)
            return probe
        }
    }

    private static func milliseconds(_ body: () -> Void) -> Double {
        let started = Date()
        body()
        return Date().timeIntervalSince(started) * 1_000
    }

    @Test func threeHundredMillisecondsAreThat() throws {
        let server = try server { $0.onOpen = { $0.setDeadline(inMilliseconds: 300) } }
        defer { server.stop() }
        var peers: [RawSocket] = []
        for round in 0..<3 {
            let time = Self.milliseconds {
                peers.append(RawSocket(port: server.listener.port))
                #expect(server.record(round)?.wait { $0.deadlines == 1 } == true)
            }
            #expect((298..<400).contains(time), "\(time) ms")
        }
        #expect(server.record(0)?.now.deadlines == 1)
    }

    @Test func movesAndCancels() throws {
        let server = try server { probe in
            probe.onOpen = { $0.setDeadline(inMilliseconds: 100_000) }
            probe.onReceive = { connection, bytes in
                switch bytes.first {
                case UInt8(ascii: "e"): connection.setDeadline(inMilliseconds: 50)
                case UInt8(ascii: "l"): connection.setDeadline(inMilliseconds: 400)
                default: connection.setDeadline(inMilliseconds: nil)
                }
            }
        }
        defer { server.stop() }
        let first = RawSocket(port: server.listener.port)
        let one = try #require(server.record(0))
        let second = RawSocket(port: server.listener.port)
        let other = try #require(server.record(1))
        let time = Self.milliseconds {
            first.send("e")  // earlier
            #expect(one.wait { $0.deadlines == 1 })
        }
        #expect((48..<200).contains(time), "\(time) ms")
        let later = Self.milliseconds {
            second.send("e")
            #expect(other.wait { $0.text == "e" })
            second.send("l")  // later
            #expect(other.wait { $0.deadlines == 1 })
        }
        #expect((398..<600).contains(later), "\(later) ms")
        first.send("e")
        #expect(one.wait { $0.text == "ee" })
        first.send("n")  // never
        #expect(one.wait { $0.text == "een" })
        #expect(!one.wait(seconds: 0.2) { $0.deadlines > 1 })
    }
}
