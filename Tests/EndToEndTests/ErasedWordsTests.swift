// Words that were taken out of the journal, as some later version will do it, under the server and the commands of
// today.

import Foundation
import SangdamJournal
import Testing

extension EndToEnd {
    @Suite struct ErasedWords {
        /// Takes the words and the salt out of the message, and writes the line that says so behind the last one.
        private func erase(_ words: String, in desk: Desk) throws {
            let folder = desk.data + "/journal"
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
            let file = folder + "/" + (try #require(names.sorted().last))
            var text = try String(contentsOfFile: file, encoding: .utf8)
            let lines = text.split(separator: "\n")
            let line = try #require(lines.first { $0.contains(words) })
            let last = try JSON(parsing: try #require(lines.last).utf8)
            let number = try #require(try JSON(parsing: line.utf8)["n"].int)
            let without = line.replacing(try Regex(#","(text|s)":"[^"]*""#), with: "")
            text = text.replacing(line, with: without)
            let next = try #require(last["n"].int) + 1
            let named =
                #"{"n":\#(next),"at":"\#(last["at"].text)","type":"erased","lines":[\#(number)],"by":"root""#
            let previous = try #require(ChainLink(hex: Array(last["h"].text.utf8)))
            let link = Array(named.utf8).withUnsafeBytes { ChainLink(after: previous, line: $0) }
            text += named + ",\"h\":\"\(link)\"}\n"
            try text.write(toFile: file, atomically: false, encoding: .utf8)
        }

        @Test("Where words were erased, the server starts, both parties see that something was there, verify counts it")
        func everybodyUnderstands() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                try await pair.customer.say("주민번호 비밀", id: "c-1")
                try await pair.customer.say("bleibt", id: "c-2")
                try await desk.stop()
                try erase("주민번호 비밀", in: desk)
                #expect(try !desk.journal().contains { $0["text"].text.contains("비밀") })

                let verify = try await desk.transcript("verify")
                #expect(verify.status == 0)
                #expect(verify.output.contains("Lines whose words were erased: 1."))
                let json = try JSON(parsing: try await desk.transcript("verify", "--json").output.utf8)
                #expect(json["erased_lines"] == 1)
                let line = try #require(try desk.journal().first { $0["type"] == "erased" })
                #expect(json["erasures"][0]["n"] == line["n"])
                #expect(json["erasures"][0]["at"] == line["at"])
                #expect(json["erasures"][0]["by"] == line["by"])
                #expect(verify.output.contains("Line \(line["n"].int ?? 0) says so, at \(line["at"].text), by "))
                #expect(json["format"] == 5)
                let chat = try #require(try desk.journal().first { $0["type"] == "opened" })["chat"].text
                let shown = try await desk.transcript("show", chat).output
                #expect(shown.contains("[erased]"))
                #expect(shown.contains("bleibt"))

                try await desk.start()
                let customer = try await Client.resume(pair.token, after: 0, at: desk)
                let erased = try await customer.hear(from: "customer")
                #expect(erased["text"] == "[지움]")
                #expect(erased["erased"] == true)
                #expect(erased["id"] == "c-1")
                let kept = try await customer.hear(from: "customer")
                #expect(kept["text"] == "bleibt")
                #expect(kept["erased"] == .null)
                // Sent again, it is still known: nothing comes back in by the way of a repetition.
                #expect(try await customer.say("주민번호 비밀", id: "c-1") == erased["seq"].int)
                #expect(try !desk.journal().contains { $0["text"].text.contains("비밀") })
                #expect(try await desk.transcript("verify").status == 0)
            }
        }
    }
}
