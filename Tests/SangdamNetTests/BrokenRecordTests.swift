// What becomes of a connection whose TLS breaks in the middle: nothing that was meant for a peer with TLS is ever said
// without it.

import Foundation
import Glibc
import Synchronization
import Testing

@testable import SangdamNet

@Suite(.serialized, .timeLimit(.minutes(1))) struct BrokenRecordTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    /// Somebody on the way puts a record of his own behind the client's, into the same segment.
    @Test func answersToWhatCameBeforeItAreNotSaidInTheOpen() throws {
        let server = try TestServer(tls: certificates.serverContext(), reactors: 1)
        defer { server.stop() }
        let client = server.connect(tls: try certificates.clientContext()) { probe in
            probe.onOpen = { $0.send(Array("first".utf8)) }
        }
        #expect(client.wait { $0.text == "first" })
        let forged: [UInt8] = [0x17, 3, 3, 0, 32] + [UInt8](repeating: 0x5A, count: 32)
        let isSent = server.onConnection(client) { connection in
            connection.setPaused(true)  // what comes is read below, as it is
            setOption(connection.descriptor, TCP_CORK, 1)
            connection.send(Array("second".utf8))
            connection.flushNow()
            _ = Glibc.send(connection.descriptor, forged, forged.count, Int32(MSG_NOSIGNAL))
            setOption(connection.descriptor, TCP_CORK, 0)
        }
        #expect(isSent)
        guard case .tlsError? = try #require(server.record(0)).waitUntilClosed() else {
            Issue.record("\(server.record(0)?.now.endings ?? [])")
            return
        }
        let taken = Mutex<[UInt8]>([])
        let isTaken = server.onConnection(client) { connection in
            let bytes = everything(from: connection.descriptor)
            taken.withLock { $0 = bytes }
        }
        #expect(isTaken)
        let received = taken.withLock { $0 }
        #expect(!received.isEmpty, "not even an alert")
        #expect(Self.areRecords(received), "\(String(decoding: received, as: UTF8.self))")
        server.onConnection(client) { $0.abort() }
    }

    /// Whether the bytes are whole TLS records (RFC 8446, 5.1).
    private static func areRecords(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while rest.count >= 5 {
            let head = Array(rest.prefix(5))
            let length = Int(head[3]) << 8 | Int(head[4])
            guard (20...23).contains(head[0]), head[1...2] == [3, 3], rest.count >= 5 + length else { return false }
            rest = rest.dropFirst(5 + length)
        }
        return rest.isEmpty
    }
}

private func setOption(_ descriptor: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, Int32(IPPROTO_TCP), option, &value, socklen_t(MemoryLayout<Int32>.size))
}

/// What comes until the other side's end.
private func everything(from descriptor: Int32) -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, 5_000) == 1 else { return all }
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return all }
        all += buffer[..<count]
    }
}
