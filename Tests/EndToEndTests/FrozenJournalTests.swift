// Journals of released versions (Tests/Corpora/journals) under the real server: whoever was in a chat when that version
// was killed comes back with the old token and goes on.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct FrozenJournals {
        private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Corpora/journals").path

        @Test(
            "A server of today goes on with the journal of a version that was released, and its open chats with it",
            arguments: ["format-1", "format-1-accounts", "format-2", "format-3", "format-4"])
        func goesOn(name: String) async throws {
            let source = "\(Self.corpus)/\(name)"
            let opened = try JSON(parsing: try Data(contentsOf: URL(fileURLWithPath: source + "/open.json")))
            func token(_ how: String) -> String { opened[how]["token"].text }
            try await withDesk(starts: false) { desk in
                try FileManager.default.copyItem(atPath: source + "/journal", toPath: desk.data + "/journal")
                let linesBefore = try desk.journal().count
                try await desk.start()

                let active = try await Client.resume(token("active"), after: 0, at: desk)
                #expect(try await active.hear(from: "customer")["text"] == "환불이 \u{2028}안 돼요 🙂")
                #expect(try await active.hear(from: "agent")["text"] == "확인하겠습니다")
                let lee = try await Client.agent("lee", at: desk)
                let chat = opened["active"]["chat"].text
                try await lee.next("started") { $0["chat"].text == chat }
                try await active.say("다시 왔어요", id: "c-again")
                let heard = try await lee.next("message") { $0["text"].text == "다시 왔어요" }
                #expect(heard["chat"].text == chat)
                // An id that was stored then is known now.
                #expect(try await active.say("I am back", id: "m-5") < heard["seq"].int ?? 0)

                for how in ["waiting", "transferred"] {
                    let customer = try await Client.resume(token(how), after: 0, at: desk)
                    #expect(try await customer.next("queued")["queue"] == "fraud", "\(how)")
                }
                // Its offer went with the server that made it: the next agent gets another.
                let called = try await Client.resume(token("offered"), after: 0, at: desk)
                #expect(try await called.next(ofAny: ["queued", "started"])["chat"] == opened["offered"]["chat"])
                try await lee.next("offer") { $0["chat"] == opened["offered"]["chat"] }

                #expect(try await desk.transcript("verify").status == 0)
                let shown = try await desk.transcript("show", chat)
                #expect(shown.output.contains("다시 왔어요"))
                let lines = try desk.journal()
                // Its time has long run out.
                let ended = lines.filter { $0["chat"] == opened["wrap_up"]["chat"] }.map { $0["type"].text }
                #expect(ended.contains("wrapped_up"))
                #expect(lines.map { $0["n"].int } == Array(1...lines.count))
                let heads = lines.filter { $0["type"] == "checkpoint" }
                #expect(heads.last?["format"] == 5)
                #expect(heads.last?["epoch"].text.count == 26)
                // Nothing of today's stands behind a head of an older format, not even the word of the start.
                #expect(lines[linesBefore]["type"] == "checkpoint")
            }
        }

        @Test("A journal that a newer version has written is refused with what to do, by a start and by the commands")
        func newer() async throws {
            try await withDesk(starts: false) { desk in
                try FileManager.default.copyItem(
                    atPath: "\(Self.corpus)/format-1/journal", toPath: desk.data + "/journal")
                let names = try FileManager.default.contentsOfDirectory(atPath: desk.data + "/journal")
                let name = try #require(names.sorted().last)
                let file = desk.data + "/journal/" + name
                let text = try String(contentsOfFile: file, encoding: .utf8)
                    .replacing(#""type":"checkpoint","#, with: #""type":"checkpoint","format":6,"#, maxReplacements: 1)
                try text.write(toFile: file, atomically: false, encoding: .utf8)
                let sentence =
                    "The journal's \(name) was written by a newer sangdam (format 6; this one knows up to 5): "
                    + "start that version, or put back a copy of the data folder from before it. Nothing was changed."
                let start = try await run(Sangdam.binary, desk.arguments)
                #expect(start.status == 65)
                #expect(start.errors.contains(sentence), "\(start.errors)")
                for command in [["list"], ["show", "7K2M-Q9XC-04TD"], ["verify"], ["verify", "--json"]] {
                    let result = try await run(Sangdam.binary, ["transcript"] + command + ["--data", desk.data])
                    #expect(result.status == 65, "\(command)")
                    #expect(result.errors == sentence + "\n", "\(command)")
                    #expect(result.output.isEmpty, "\(command)")
                }
                #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
            }
        }
    }
}
