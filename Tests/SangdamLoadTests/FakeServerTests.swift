// Whole runs against a server that can be told to do something wrong: each fault must be found, and nothing may hang.

import Foundation
import SangdamCore
import SangdamProtocol
import Testing

@testable import SangdamLoad

@Suite("Whole runs against a fake server", .serialized)
struct FakeServerTests {
    private func run(
        _ plan: LoadPlan, _ misdeed: Misdeed, speaks: LoadProtocol = .jsonLines, seconds: Double = 0.4,
        stallSeconds: Double = 2,
        timeoutSeconds: Double? = nil
    ) async throws -> Result<LoadReport, LoadFailure> {
        let server = try FakeServer(misdeed)
        let target = LoadTarget(
            server: HostPort(host: "localhost", port: UInt16(server.port)),
            caFile: try LoadCertificates.shared.get().ca, speaks: speaks,
            serverProcess: ProcessInfo.processInfo.processIdentifier, measuredSeconds: seconds, warmUpSeconds: 0.1,
            stallSeconds: stallSeconds, timeoutSeconds: timeoutSeconds)
        // It blocks: not on one of the few threads that tests share.
        let result = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: LoadRunner.run(plan, against: target)) }
        }
        server.stop()
        return result
    }

    private func relay(_ pace: RelayPlan.Pace = .window(2)) -> LoadPlan {
        .relay(
            RelayPlan(
                pairs: 4, pace: pace, textBytes: 100, agentPrefix: "load", password: Text("secret"), chatsPerAgent: 2,
                topic: "general"))
    }

    private func relayReport(_ result: Result<LoadReport, LoadFailure>) throws -> RelayReport {
        guard case .relay(let report) = try result.get() else { throw LoadTestFailure("no relay's report") }
        return report
    }

    private static let protocols: [LoadProtocol] = [.jsonLines, .webSocket]

    @Test("Closed loop, all well", arguments: protocols)
    func closedLoop(speaks: LoadProtocol) async throws {
        let result = try await run(relay(), .none, speaks: speaks)
        #expect(try result.get().exitCode == 0)
        let report = try relayReport(result)
        #expect(report.speaks == speaks)
        #expect(report.counts.isRight && report.counts.delivered > 20 && report.chatsLeft == 0)
        #expect(report.messages.count > 0 && report.messages.count <= report.counts.delivered)
        #expect(report.acks.count > 0 && report.agents == 2)
        #expect(try #require(report.interval.serverMicrosecondsPerUnit) > 0)
        #expect(try #require(report.serverResidentKiB) > 1_000)
    }

    @Test("Open loop, all well: as many messages as the rate says", arguments: protocols)
    func openLoop(speaks: LoadProtocol) async throws {
        let report = try relayReport(try await run(relay(.rate(500)), .none, speaks: speaks, seconds: 1))
        #expect(report.counts.isRight)
        // The timetable runs from the warm-up to the end of the measured time, which a tick ends.
        #expect((500...800).contains(report.counts.sent), "\(report.counts)")
    }

    @Test(
        "A fault of the server is found, and the exit code says so",
        arguments: [
            (.loses, ["lost", "gaps"]), (.doubles, ["duplicates"]), (.damages, ["damaged", "lost", "gaps"]),
            (.misroutes, ["misrouted"]), (.skipsAck, ["unacked", "ack_gaps"]), (.doublesAck, ["ack_duplicates"]),
        ] as [(Misdeed, Set<String>)])
    func faults(misdeed: Misdeed, expected: Set<String>) async throws {
        let result = try await run(relay(.rate(200)), misdeed)
        let report = try relayReport(result)
        // A message that is damaged or goes astray can be overtaken on its other way; the kind itself must be there.
        let found = Set(report.counts.faults.filter { $0.count > 0 }.map { "\($0.key)" })
        #expect(found == expected)
        #expect(try result.get().exitCode == 1)
        #expect(try result.get().complaint != nil)
    }

    @Test(
        "A run that cannot go on ends with why",
        arguments: [
            (.fallsSilent, 69, "nothing has moved for"), (.hangsUp, 69, "the server closed the connection"),
            (
                .refusesMessages, 77,
                "the server says rate_limited: Too fast. [2J Raise limits.message_burst and limits.messages_per_second"
            ),
            (.talksNonsense, 76, "this is not what the server says: HTTP/1.1 400 Bad Request"),
            (.letsWait, 69, "2 agents ready, 4 customers waiting in the queue"),
        ] as [(Misdeed, Int32, String)])
    func failures(misdeed: Misdeed, exitCode: Int32, words: String) async throws {
        let result = try await run(relay(), misdeed, seconds: 20)
        guard case .failure(let failure) = result else { throw LoadTestFailure("it did not fail") }
        #expect(failure.exitCode == exitCode)
        // Which phase comes first in the sentence does not matter.
        let isSaid = words.split(separator: ", ").allSatisfy { failure.sentence.contains($0) }
        #expect(isSaid, "\(failure.sentence)")
    }

    @Test(
        "With WebSocket too, what is wrong is told: a run that cannot go on ends with why",
        arguments: [
            (.loses, nil, "1 lost"), (.damages, nil, "1 damaged"),
            (.refusesUpgrade, 77, "no WebSocket there: the server says HTTP/1.1 403 Forbidden"),
            (.closesWithCode, 69, "the server closed with 1013 later "),
            (.hangsUp, 69, "the server closed the connection"),
            (
                .refusesMessages, 77,
                "the server says rate_limited: Too fast. [2J Raise limits.message_burst and limits.messages_per_second"
            ),
            (.talksNonsense, 76, "the server broke WebSocket's rules: no extension was agreed on"),
        ] as [(Misdeed, Int32?, String)])
    func webSocketFailures(misdeed: Misdeed, exitCode: Int32?, words: String) async throws {
        // Without an exit code the run comes to its end, with a complaint.
        let result = try await run(
            relay(.rate(200)), misdeed, speaks: .webSocket, seconds: exitCode == nil ? 0.4 : 20)
        #expect(result.failure?.exitCode == exitCode)
        let sentence = try result.failure?.sentence ?? result.get().complaint ?? ""
        #expect(sentence.contains(words), "\(sentence)")
    }

    @Test("The whole run has a limit too")
    func timeout() async throws {
        let result = try await run(relay(), .none, seconds: 600, timeoutSeconds: 1)
        #expect(result.failure?.exitCode == 69)
        #expect(result.failure?.sentence.contains("not over within 1 s") == true)
    }

    @Test("Handshakes, full and resumed", arguments: [false, true], protocols)
    func handshakes(resumes: Bool, speaks: LoadProtocol) async throws {
        let result = try await run(
            .handshakes(HandshakePlan(resumes: resumes, concurrency: 4)), .none, speaks: speaks)
        guard case .handshakes(let report) = try result.get() else { throw LoadTestFailure("no handshakes' report") }
        #expect(report.interval.resumedShare == (resumes ? 1 : 0))
        #expect(report.interval.units > 10 && report.latencies.count > 10)
        #expect(report.agreement == "TLSv1.3 TLS_AES_128_GCM_SHA256")
        #expect(try result.get().exitCode == 0)
    }

    @Test("Idle connections, welcomed and waiting", arguments: [nil, "general"], protocols)
    func idle(topic: String?, speaks: LoadProtocol) async throws {
        let result = try await run(.idle(IdlePlan(connections: 150, waitsFor: topic)), .none, speaks: speaks)
        guard case .idle(let report) = try result.get() else { throw LoadTestFailure("no idle report") }
        #expect(report.connections == 150)
        #expect(report.residentKiB != nil && report.interval.seconds >= 0.4)
    }

    @Test("Nobody there")
    func nobody() async throws {
        let server = try FakeServer(.none)
        server.stop()
        let target = LoadTarget(
            server: HostPort(host: "127.0.0.1", port: UInt16(server.port)),
            caFile: try LoadCertificates.shared.get().ca,
            speaks: .jsonLines, measuredSeconds: 1, warmUpSeconds: 0)
        let plan = LoadPlan.idle(IdlePlan(connections: 1, waitsFor: nil))
        let result = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: LoadRunner.run(plan, against: target)) }
        }
        #expect(result.failure?.exitCode == 69)
        #expect(result.failure?.sentence.contains("Connection refused") == true)
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
