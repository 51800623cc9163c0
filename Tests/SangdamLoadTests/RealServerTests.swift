// `sangdam load` as an operator runs it, against `sangdam serve`: one server, one kind of load after the other, because
// a run must leave the server as it found it.

import Foundation
import Testing

@Suite("sangdam load against sangdam serve")
struct RealServerTests {
    private func object(_ finished: Finished) throws -> [String: Any] {
        guard finished.status == 0,
            let object = try JSONSerialization.jsonObject(with: Data(finished.output.utf8)) as? [String: Any]
        else { throw LoadTestFailure("status \(finished.status): \(finished.output)\(finished.errors)") }
        return object
    }

    @Test("Every kind of load, and the same again", .timeLimit(.minutes(3)))
    func everyKind() async throws {
        let server = try await RealServer()
        defer { server.program.end() }
        let relay = ["relay", "--pairs", "4", "--chats-per-agent", "2", "--password-file", server.passwordFile]
        let table = try await server.load(relay)
        #expect(table.status == 0, "\(table.errors)")
        #expect(
            table.output.contains("relay: 4 pairs with 2 agents, 1 under way in each, 100 bytes a text, JSON lines"))
        #expect(table.output.contains("wrong           none"))

        for (flags, spoken) in [([], "json_lines"), (["--websocket"], "websocket")] {
            let open = try object(try await server.load(relay + flags + ["--rate", "200", "--json"]))
            #expect(open["protocol"] as? String == spoken)
            #expect(open["good"] as? Bool == true && open["chats_left"] as? Int == 0)
            #expect((open["server_us_per_message"] as? Double ?? 0) > 0)
            #expect((open["server_rss_kib"] as? Int ?? 0) > 1_000)

            for (kind, resumed) in [([], 0.0), (["--resumed"], 1.0)] {
                let handshakes = try object(
                    try await server.load(["handshakes", "--concurrency", "4", "--json"] + kind + flags))
                #expect(handshakes["resumed_share"] as? Double == resumed)
            }
            let waiting = try object(
                try await server.load(["idle", "--connections", "50", "--waiting", "--json"] + flags))
            #expect(waiting["connections"] as? Int == 50 && waiting["waiting"] as? Bool == true)
            #expect(waiting["protocol"] as? String == spoken)
        }

        let refused = try await server.load([
            "relay", "--pairs", "1", "--prefix", "nobody", "--password-file", server.passwordFile,
        ])
        #expect(refused.status == 77 && refused.output.isEmpty)
        #expect(refused.errors.contains("agent 1, waiting for welcome: the server says wrong_password: "))
    }

    @Test(
        "What is no command is a usage error",
        arguments: [
            ["relay"], ["relay", "--password-file", "x", "--window", "1", "--rate", "2"],
            ["relay", "--password-file", "x", "--pairs", "0"], ["idle", "--connections", "-1"],
            ["handshakes", "--concurrency", "1001"], ["idle", "--connect", "nowhere"], ["idle", "--duration", "0"],
            ["flood"],
        ])
    func usage(arguments: [String]) async throws {
        let finished = try await sangdam(["load"] + arguments)
        #expect(finished.status == 64 && finished.output.isEmpty)
    }
}
