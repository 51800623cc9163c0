// Reactors among themselves: posting, the order of a turn, stopping.

import Foundation
import SangdamNet
import Synchronization
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct ReactorTests {
    private func wait(_ done: DispatchSemaphore) -> Bool { done.wait(timeout: .now() + 20) == .success }

    @Test func twoPostToEachOther() throws {
        let group = try ReactorGroup(count: 2)
        defer { group.shutDown(withinMilliseconds: 1_000) }
        let done = DispatchSemaphore(value: 0)
        @Sendable func pass(_ left: Int, _ reactor: Reactor) {
            reactor.preconditionOnReactor()
            #expect(!group.reactors[1 - reactor.index].isOnReactor)
            if left == 0 {
                done.signal()
            } else {
                group.reactors[1 - reactor.index].post { pass(left - 1, $0) }
            }
        }
        for _ in 0..<4 { group.reactors[0].post { pass(5_000, $0) } }
        for _ in 0..<4 { #expect(wait(done)) }
        #expect(!group.reactors[0].isOnReactor)
    }

    @Test func postedWorkKeepsItsOrderFromManyThreads() throws {
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 1_000) }
        let seen = Mutex([[Int]](repeating: [], count: 4))
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<5_000 {
                group.reactors[0].post { _ in seen.withLock { $0[thread].append(number) } }
            }
        }
        let done = DispatchSemaphore(value: 0)
        group.reactors[0].post { _ in done.signal() }
        #expect(wait(done))
        #expect(seen.withLock { $0 } == Array(repeating: Array(0..<5_000), count: 4))
    }

    /// Reads and posted work first, then the hook, then what the hook posted to its own reactor, in one turn.
    @Test func theHookComesAfterReadsAndWork() throws {
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 1_000) }
        let log = Mutex<[String]>([])
        let done = DispatchSemaphore(value: 0)
        group.reactors[0].post { reactor in
            log.withLock { $0.append("work 1") }
            var calls = 0
            reactor.onEndOfReading { reactor in
                calls += 1
                guard calls == 1 else { return }
                log.withLock { $0.append("hook") }
                reactor.post { _ in
                    log.withLock { $0.append("after hook") }
                    done.signal()
                }
            }
        }
        #expect(wait(done))
        #expect(log.withLock { $0 } == ["work 1", "hook", "after hook"])
    }

    /// All that the connections of one turn received is there when the hook runs, and what it sends leaves at once.
    @Test func theHookSeesWhatTheTurnRead() throws {
        final class Batch { var pending: [ConnectionID] = [] }
        let group = try ReactorGroup(count: 1)
        defer { group.shutDown(withinMilliseconds: 1_000) }
        group.reactors[0].post { reactor in
            let batch = Batch()
            reactor.attachment = batch
            reactor.onEndOfReading { reactor in
                for id in batch.pending { reactor.connection(id)?.send(Array("answer".utf8)) }
                batch.pending = []
            }
        }
        let configuration = ListenerConfiguration(host: "127.0.0.1", port: 0, tls: nil) { connection in
            let probe = Probe(Record())
            probe.onReceive = { connection, _ in
                (connection.reactor.attachment as? Batch)?.pending.append(connection.id)
            }
            return probe
        }
        let listener = try Listener(configuration, on: group)
        let peer = RawSocket(port: listener.port)
        peer.send("question")
        peer.endInput()
        #expect(peer.receiveAll() == "answer")
        listener.close()
    }

    @Test func shutDownEndsConnectionsInOrder() throws {
        let server = try TestServer(tls: nil) { _, record in
            let probe = Probe(record)
            probe.onOpen = { $0.send(Array("hello".utf8)) }
            return probe
        }
        let peers = (0..<6).map { _ in RawSocket(port: server.listener.port) }
        let records = try (0..<6).map { try #require(server.record($0)) }
        for record in records { #expect(record.wait { $0.openings == 1 }) }
        let reading = DispatchQueue(label: "peers", attributes: .concurrent)
        let texts = Mutex<[String?]>([])
        let all = DispatchGroup()
        for peer in peers {
            // Each is used by one block only.
            nonisolated(unsafe) let peer = peer
            reading.async(group: all) {
                let text = peer.receiveAll()
                peer.endInput()
                texts.withLock { $0.append(text) }
            }
        }
        let started = Date()
        server.stop(withinMilliseconds: 5_000)
        #expect(Date().timeIntervalSince(started) < 3)
        all.wait()
        #expect(texts.withLock { $0 } == Array(repeating: "hello", count: 6))
        #expect(records.allSatisfy { $0.now.endings == [.closedHere] })
        #expect(server.group.connectionCount == 0)
    }

    @Test func shutDownWithoutPatienceCutsOff() throws {
        let server = try TestServer(tls: nil)
        let peer = RawSocket(port: server.listener.port)
        let record = try #require(server.record(0))
        #expect(record.wait { $0.openings == 1 })
        server.stop(withinMilliseconds: 0)
        #expect(record.now.endings.count == 1)
        #expect(server.group.connectionCount == 0)
        #expect(peer.receiveAll() != "x")
        // What is posted to a stopped reactor is dropped, and dropping it is all that happens.
        server.group.reactors[0].post { _ in Issue.record("ran after the end") }
    }
}
