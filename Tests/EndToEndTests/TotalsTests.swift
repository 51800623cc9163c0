// Counters that go on over a restart, in order or not, also from a journal in which nobody had counted.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct TotalsTests {
        /// The families that go on, and what must not go back in them.
        private static let families = [
            "chats_offered", "chats_answered", "chats_abandoned", "chats_ended", "offers", "transfers", "requeues",
            "ratings", "messages",
        ].map { "sangdam_\($0)_total" }

        private func totals(of desk: Desk) async throws -> [String: Double] {
            let text = try await desk.get("/metrics").body
            var totals: [String: Double] = [:]
            for line in text.split(separator: "\n") where Self.families.contains(where: { line.hasPrefix($0 + "{") }) {
                let parts = line.split(separator: " ")
                totals[String(parts[0])] = parts.last.flatMap { Double($0) }
            }
            return totals
        }

        @Test("A restart takes nothing from the counters of chats: after SIGKILL and after an end in order")
        func restarts() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                for number in 1...5 { try await pair.customer.say("\(number)", id: "c-\(number)") }
                // Somebody who leaves the queue.
                let leaving = try await Client("leaving", to: desk)
                try await leaving.ask(["type": "hello", "role": "customer"], for: "welcome")
                try await leaving.ask(["type": "enter", "topic": "fraud"], for: "queued")
                try await leaving.ask(["type": "leave"], for: "ended")
                let before = try await totals(of: desk)
                #expect(before["sangdam_messages_total{from=\"customer\"}"] == 5)
                #expect(before["sangdam_chats_abandoned_total{queue=\"fraud\",short=\"true\"}"] == 1)
                #expect(before["sangdam_chats_ended_total{queue=\"fraud\",reason=\"customer_left\"}"] == 1)

                try await desk.kill()
                try await desk.start()
                #expect(try await totals(of: desk) == before)
                let again = try await Client.resume(pair.token, after: 0, at: desk)
                try await again.say("6", id: "c-6")
                let after = try await totals(of: desk)
                #expect(after["sangdam_messages_total{from=\"customer\"}"] == 6)

                try await desk.stop()
                try await desk.start()
                let later = try await totals(of: desk)
                for (name, count) in after { #expect(later[name] ?? 0 >= count, "\(name)") }
                #expect(later["sangdam_messages_total{from=\"customer\"}"] == 6)
            }
        }

        @Test("A journal in which nobody counted is counted from its last segment on, and then goes on")
        func olderJournal() async throws {
            let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Corpora/journals/format-1/journal").path
            try await withDesk(starts: false) { desk in
                try FileManager.default.copyItem(atPath: source, toPath: desk.data + "/journal")
                // By hand from the second file: seven messages of customers and agents, one lost agent.
                let lines = try desk.journal().filter { ($0["n"].int ?? 0) >= 53 }
                func count(_ field: String, _ value: String, of type: String) -> Double {
                    Double(lines.filter { $0["type"].text == type && $0[field].text == value }.count)
                }
                try await desk.start()
                let counted = try await totals(of: desk)
                for party in ["customer", "agent"] {
                    let wanted = count("from", party, of: "message")
                    #expect(wanted > 0)
                    #expect(counted["sangdam_messages_total{from=\"\(party)\"}"] == wanted)
                }
                #expect(
                    counted["sangdam_requeues_total{reason=\"agent_lost\"}"]
                        == count("cause", "agent_lost", of: "queued"))
                #expect(counted["sangdam_transfers_total{kind=\"cold\"}"] == count("kind", "cold", of: "transferred"))
                try await desk.kill()
                try await desk.start()
                // Now the head of the new segment has them.
                #expect(try desk.journal().last { $0["type"] == "checkpoint" }?["totals"] != .null)
                let later = try await totals(of: desk)
                for (name, count) in counted { #expect(later[name] ?? 0 >= count, "\(name)") }
            }
        }
    }
}
