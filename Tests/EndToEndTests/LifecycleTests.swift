// A server's life as its operator has it: the end by SIGTERM, a new configuration and certificate by SIGHUP, and the
// numbers behind HTTP.

import Foundation
import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct Lifecycle {
        @Test("SIGTERM: everybody is told to come back, exit 0, and everything goes on after the restart")
        func drain() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                let (waiting, waitingToken) = try await Client.customer("waiting", at: desk)
                let waitingChat = try await waiting.enter("fraud")
                let seq = try await pair.customer.say("vor der Pause", id: "c-1")
                try await withOpenSSLClient(to: desk) { byHand in
                    try await byHand.expect("번호를 입력해 주세요")
                    try await desk.stop()
                    try await byHand.expect("*** 서버를 잠시 멈춥니다.")
                    #expect(try await byHand.exitStatus() == 0)
                }
                for client in [pair.customer, pair.agent, waiting] {
                    let bye = try await client.next("bye")
                    #expect(bye["code"] == "shutting_down")
                    #expect(bye["reconnect"] == true)
                    #expect(!bye["message"].text.isEmpty)
                    try await client.waitForEnd()
                }
                #expect(try await desk.transcript("verify").status == 0)

                try await desk.start(listen: desk.chat)
                let customer = try await Client.resume(pair.token, after: seq, at: desk)
                #expect(try await customer.next("started")["agent"] == "kim")
                let agent = try await Client.agent("kim", at: desk, status: nil)
                #expect(try await agent.hear(from: "customer")["text"] == "vor der Pause")
                try await agent.say("nach der Pause", id: "k-1", chat: pair.chat)
                #expect(try await customer.hear(from: "agent")["text"] == "nach der Pause")
                let again = try await Client.resume(waitingToken, after: 0, at: desk)
                #expect(try await again.next("queued")["chat"].text == waitingChat)
                let park = try await Client.agent("park", at: desk)
                #expect(try await park.acceptNext() == waitingChat)
            }
        }

        @Test("SIGHUP: a good file is in force at once, a broken one changes nothing and is logged as an error")
        func reload() async throws {
            try await withDesk(limits: ["queue_length": "1"]) { desk in
                let (first, _) = try await Client.customer("first", at: desk)
                let (second, _) = try await Client.customer("second", at: desk)
                _ = try await first.enter("general")
                #expect(try await second.refusal(of: ["type": "enter", "topic": "general"]) == "queue_full")

                try desk.configure(name: "새 이름", limits: ["queue_length": "5"])
                try desk.process.signal(SIGHUP)
                try await eventually("the reload is logged") {
                    desk.log.contains("configuration and certificate reloaded")
                }
                _ = try await second.enter("general")
                try await withOpenSSLClient(to: desk) { byHand in try await byHand.expect("새 이름입니다") }

                let good = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
                try (good + "  no_such_limit: 1\n").write(
                    toFile: desk.configurationFile, atomically: true, encoding: .utf8)
                try desk.process.signal(SIGHUP)
                try await eventually("the fault is logged") { desk.log.contains("not reloaded") }
                let line = good.split(separator: "\n", omittingEmptySubsequences: false).count
                #expect(desk.log.contains("sangdam.yaml:\(line): "), "\(desk.log)")
                try await withOpenSSLClient(to: desk) { byHand in try await byHand.expect("새 이름입니다") }
                try await second.settle()
            }
        }

        @Test("SIGHUP: a renewed certificate is shown to newcomers, a broken one to nobody; who is there stays")
        func renewedCertificate() async throws {
            try await withDesk { desk in
                let (customer, _) = try await Client.customer(at: desk)
                #expect(try await serial(of: desk) == "11")
                try replace(desk.certificateFile, by: desk.certificates.renewed)
                try replace(desk.privateKeyFile, by: desk.certificates.renewedKey)
                try desk.process.signal(SIGHUP)
                try await eventually("the new certificate") { try await serial(of: desk) == "22" }
                try await customer.settle()

                try replace(desk.certificateFile, by: desk.certificates.server)
                try desk.process.signal(SIGHUP)
                try await eventually("the fault is logged") { desk.log.contains("does not belong to the certificate") }
                #expect(try await serial(of: desk) == "22")
                try await customer.settle()
            }
        }

        @Test("The admin port: health, readiness, metrics, and nothing else")
        func adminPort() async throws {
            try await withDesk { desk in
                #expect(try await desk.get("/healthz").status == 200)
                #expect(try await desk.get("/readyz").status == 200)
                #expect(try await desk.get("/").status == 404)
                let metrics = try await desk.metrics()
                #expect(metrics.text.contains("# TYPE sangdam_chats_offered_total counter"))
                #expect(metrics.series["sangdam_queue_length{queue=\"payment\"}"] == 0)
                for family in [
                    "sangdam_chats_offered_total", "sangdam_chats_answered_total", "sangdam_chats_abandoned_total",
                    "sangdam_chats_ended_total", "sangdam_queue_length", "sangdam_queue_oldest_wait_seconds",
                    "sangdam_queue_estimated_wait_seconds", "sangdam_queue_wait_seconds",
                    "sangdam_first_response_seconds",
                    "sangdam_handle_seconds", "sangdam_wrapup_seconds", "sangdam_offers_total", "sangdam_agents",
                    "sangdam_agent_slots", "sangdam_transfers_total", "sangdam_requeues_total", "sangdam_ratings_total",
                    "sangdam_messages_total", "sangdam_messages_deduplicated_total", "sangdam_resumes_total",
                    "sangdam_connections", "sangdam_tls_handshakes_total", "sangdam_disconnects_total",
                    "sangdam_refusals_total", "sangdam_certificate_expiry_seconds", "sangdam_journal_commit_seconds",
                    "sangdam_journal_bytes_total",
                    "sangdam_journal_errors_total", "process_cpu_seconds_total", "process_open_fds",
                    "process_resident_memory_bytes", "process_start_time_seconds",
                ] {
                    #expect(metrics.text.contains("# TYPE \(family) "), "\(family) is missing")
                }
            }
        }

        // MARK: Certificates

        private func serial(of desk: Desk) async throws -> String {
            let shown = try await run(
                "openssl",
                ["s_client", "-connect", desk.chat.text, "-CAfile", desk.certificates.ca, "-verify_return_error"])
            let read = try await run("openssl", ["x509", "-noout", "-serial"], input: shown.output)
            guard read.status == 0 else { throw TestFailure("no certificate: \(shown.output) \(shown.errors)") }
            return read.output.replacingOccurrences(of: "serial=", with: "").trimmingCharacters(
                in: .whitespacesAndNewlines)
        }

        private func replace(_ file: String, by other: String) throws {
            let content = try Data(contentsOf: URL(fileURLWithPath: other))
            try content.write(to: URL(fileURLWithPath: file), options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        }
    }
}
