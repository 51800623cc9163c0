// Nobody pays for the bad manners of others: readers that stop reading, and a customer who floods.

import Foundation
import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct Fairness {
        private static let readers = 200
        /// What the allocator loses, and what the process takes for all else meanwhile: up to 6 were seen.
        private static let slackKiB = 8.0
        /// Below this, a difference is the machine's.
        private static let floorSeconds = 0.002
        /// Of the build that people run, named by SANGDAM_TEST_BINARY, 2 is kept. Without optimisation one share of a flood
        /// takes the reactor for longer than all that others say, and up to 3.4 was seen.
        private static let floodFactor: Double =
            ProcessInfo.processInfo.environment["SANGDAM_TEST_BINARY"] == nil ? 6 : 2

        @Test(
            "Two hundred readers that stop reading: 96 KiB each, then cut off as too slow; nobody else waits for them")
        func stalledReaders() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits, starts: false) { desk in
                try Self.addTopics(to: desk)
                try await desk.start()
                let pair = try await Pair(at: desk)
                let readers = try await Self.arrive(at: desk)
                let alone = try await Self.quickest(pair, "alone")
                // What a round of answers takes on its way is nobody's who stalls: it is there before.
                for round in 1...10 { try await Self.ask(readers, pair, "warm \(round)") }
                for reader in readers { reader.setPaused(true) }
                let before = try Memory(of: desk)

                // Each round is another long answer for everybody, until the first has too much of them. The system's own
                // buffers are not of one size: some have little of ours then, and all of it only later.
                var full = before
                var rounds = 0
                while !readers.contains(where: \.hasEnded) {
                    rounds += 1
                    guard rounds <= 500 else { throw TestFailure("nobody was cut off in 500 rounds") }
                    try await Self.ask(readers, pair, "fill \(rounds)")
                }
                full = try Memory(of: desk)
                let beside = try await Self.quickest(pair, "beside")
                while !readers.allSatisfy(\.hasEnded) {
                    rounds += 1
                    guard rounds <= 1_000 else { throw TestFailure("some were not cut off in 1,000 rounds") }
                    try await Self.ask(readers, pair, "push \(rounds)")
                    let now = try Memory(of: desk)
                    if now.residentKiB > full.residentKiB { full = now }
                }

                let held = (full.residentKiB - before.residentKiB) / Double(Self.readers)
                if !full.isOfSanitizer {
                    #expect(held <= 96 + Self.slackKiB)
                    #expect(held >= 32, "they did not hold what this test is about")
                }
                #expect(beside <= 4 * max(alone, 0.2), "\(alone) s alone, \(beside) s beside stalled readers")
                try await eventually("all are counted") {
                    try await desk.metrics().sum("sangdam_disconnects_total", "code=\"too_slow\"")
                        == Double(Self.readers)
                }
                try await pair.customer.settle()
            }
        }

        @Test("A customer who floods does not raise the others' p99 above twice; without optimisation above six times")
        func flood() async throws {
            try await withDesk(starts: false) { desk in
                // One reactor, so that all have to do with the flood; and no disk, whose moods are not the flood's.
                try Self.append("reactors: 1\ndurability: none\n", to: desk)
                try await desk.start()
                let talks = try await Self.talks(at: desk)
                _ = try await Self.p99(talks, "warm")
                var attempts: [String] = []
                for attempt in 1...5 {
                    var (quiet, flooded): ([Double], [Double]) = ([], [])
                    for round in 1...3 {
                        quiet.append(try await Self.p99(talks, "quiet \(attempt) \(round)"))
                        let flood = try await Flood(at: desk)
                        flooded.append(try await Self.p99(talks, "flood \(attempt) \(round)"))
                        flood.stop()
                        #expect(flood.answers > 500, "that was no flood")
                    }
                    let (without, with) = (Self.median(quiet), Self.median(flooded))
                    attempts.append("\(without) s without, \(with) s with the flood")
                    if with <= Self.floodFactor * max(without, Self.floorSeconds) { return }
                }
                Issue.record("p99 in five attempts: \(attempts)")
            }
        }

        // MARK: Stalled readers

        /// As many as there may be, with long names: their list is to fill the kernels' buffers.
        private static func addTopics(to desk: Desk) throws {
            let topics = (1...46).map { number in
                let words = "\(number). \(String(repeating: "또 다른 문의 ", count: 6))"
                return "  - {id: more-\(number), labels: {ko: \(words), en: \(words)}, queue: general}\n"
            }.joined()
            var yaml = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
            yaml = yaml.replacingOccurrences(of: "topics:\n", with: "topics:\n" + topics)
            try yaml.write(toFile: desk.configurationFile, atomically: true, encoding: .utf8)
        }

        private static func append(_ text: String, to desk: Desk) throws {
            let yaml = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
            try (yaml + text).write(toFile: desk.configurationFile, atomically: true, encoding: .utf8)
        }

        /// Customers as programs without a memory: what they receive is not parsed.
        private static func arrive(at desk: Desk) async throws -> [Peer] {
            let tls = try TLSContext.client(caFile: desk.certificates.ca, applicationProtocols: ["sangdam/1"])
            var peers: [Peer] = []
            for _ in 1...readers {
                let peer = try await Peer(connectingTo: desk.chat, tls: tls)
                peer.send(Array(#"{"type":"hello","role":"customer","lang":"ko"}"#.utf8) + [0x0A])
                guard await peer.line(within: 20) != nil else { throw TestFailure("no welcome") }
                peers.append(peer)
            }
            return peers
        }

        /// A question from each, and a round trip of the pair, which comes to an end whatever becomes of the answers.
        private static func ask(_ readers: [Peer], _ pair: Pair, _ id: String) async throws {
            for reader in readers { reader.send(Array(#"{"type":"topics"}"#.utf8) + [0x0A]) }
            try await pair.customer.say("geht noch", id: id)
        }

        /// Seconds of a hundred round trips, one after the other; the best of three times.
        private static func quickest(_ pair: Pair, _ name: String) async throws -> Double {
            var best = Double.infinity
            for time in 1...3 {
                let started = ContinuousClock.now
                for number in 1...100 { try await pair.customer.say("hin", id: "\(name) \(time) \(number)") }
                best = min(best, (ContinuousClock.now - started) / .seconds(1))
            }
            return best
        }

        // MARK: A flood

        private struct Talk: Sendable {
            let customer: Client
            let agent: Client
            let chat: String
        }

        /// Eight chats of one agent, who has no limit of messages.
        private static func talks(at desk: Desk) async throws -> [Talk] {
            let agent = try await Client.agent("kim", at: desk)
            var talks: [Talk] = []
            for number in 1...8 {
                let customer = try await Client.customer("c\(number)", at: desk).client
                _ = try await customer.enter("payment")
                talks.append(Talk(customer: customer, agent: agent, chat: try await agent.acceptNext()))
            }
            return talks
        }

        /// Of the time from the agent's `say` until the customer has it, with one message on its way in each chat.
        private static func p99(_ talks: [Talk], _ name: String) async throws -> Double {
            try await withThrowingTaskGroup(of: [Double].self) { group in
                for talk in talks {
                    group.addTask {
                        var times: [Double] = []
                        for number in 1...50 {
                            let started = ContinuousClock.now
                            talk.agent.send([
                                "type": "say", "chat": .string(talk.chat), "id": .string("\(name) \(number)"),
                                "text": "hört man mich?",
                            ])
                            try await talk.customer.hear(from: "agent")
                            times.append((ContinuousClock.now - started) / .seconds(1))
                        }
                        return times
                    }
                }
                var all: [Double] = []
                for try await times in group { all += times }
                return all.sorted()[all.count * 99 / 100]
            }
        }

        private static func median(_ values: [Double]) -> Double {
            values.sorted()[values.count / 2]
        }
    }
}

extension Peer {
    fileprivate var hasEnded: Bool { state.value.ending != nil }
}

/// A customer who sends the shortest commands as fast as the server takes them, and reads the answers.
private final class Flood: Sendable {
    private let group: ReactorGroup
    private let answerCount = Watched(0)

    /// Returns when the flood is on.
    init(at desk: Desk) async throws {
        group = try ReactorGroup(count: 1)
        let tls = try TLSContext.client(caFile: desk.certificates.ca, applicationProtocols: ["sangdam/1"])
        let answerCount = answerCount
        Connector.connect(host: desk.chat.host, port: desk.chat.port, tls: tls, on: group.reactors[0]) { _ in
            Handler(answerCount)
        }
        guard await answerCount.wait(within: 20, until: { $0 > 100 }) else { throw TestFailure("no flood") }
    }

    var answers: Int { answerCount.value }

    func stop() {
        group.shutDown(withinMilliseconds: 0)
    }

    private final class Handler: ConnectionHandler {
        private static let commands = Array(String(repeating: #"{"type":"topics"}"# + "\n", count: 2_000).utf8)
        private let answerCount: Watched<Int>

        init(_ answerCount: Watched<Int>) {
            self.answerCount = answerCount
        }

        func connectionOpened(_ connection: Connection) {
            connection.send(Array(#"{"type":"hello","role":"customer","lang":"ko"}"#.utf8) + [0x0A])
        }

        func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
            let lines = bytes.count { $0 == 0x0A }
            answerCount.update { $0 += lines }
        }

        func connectionDrained(_ connection: Connection) {
            connection.send(Self.commands)
        }

        func connectionClosed(_ connection: Connection, _ reason: CloseReason) {}
    }
}
