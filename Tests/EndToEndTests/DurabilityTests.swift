// Bad disks: a sync that fails, a record torn by a crash, damage, no room. What was acknowledged stays, what cannot be
// kept is not acknowledged, and whoever runs the server is told what is wrong.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Durability {
        @Test("A sync that fails: nothing more is acked or shown, exit 74, and what was acked is there after a restart")
        func failedSync() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits, starts: false) { desk in
                // strace counts the calls of each thread, so the first to have synced twenty times fails.
                try await desk.start(
                    under: [
                        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync", "-e",
                        "inject=fdatasync:error=EIO:when=20",
                    ])
                let pair = try await Pair(at: desk)
                var acked: [String] = []
                for number in 1...1_000 {
                    do {
                        try await pair.customer.say("\(number)", id: "c-\(number)")
                    } catch {
                        break
                    }
                    acked.append("\(number)")
                }
                #expect(!acked.isEmpty && acked.count < 1_000)
                #expect(try await desk.exitStatus() == 74)
                #expect(desk.log.contains("The disk failed to keep the journal"))
                try await pair.agent.waitForEnd()
                // The agent saw what was acknowledged and not a word more.
                #expect(pair.agent.log.filter { $0["type"] == "message" }.map { $0["text"].text } == acked)
                // One more was written, and it is the one whose sync failed: that it is there proves nothing.
                let next = acked.count + 1
                #expect(try words(of: desk) == acked + ["\(next)"])

                try await desk.start()
                let again = try await Client.resume(pair.token, after: 0, at: desk)
                try await again.say("\(next)", id: "c-\(next)")
                #expect(try words(of: desk) == acked + ["\(next)"])
            }
        }

        @Test("A torn final record is cut, with a word about it; everything before it stays and the chain goes on")
        func tornTail() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                let seq = try await pair.customer.say("bleibt", id: "c-1")
                try await desk.kill()
                let file = try segment(of: desk)
                let before = try desk.journal().count
                let torn = "{\"n\":\(before + 1),\"at\":\"2026-01-01T00:00:00.000Z\",\"type\":\"mess"
                try append(torn, to: file)
                try await desk.start()
                #expect(desk.log.contains("cut an incomplete final record"))
                #expect(desk.log.contains("\(torn.utf8.count)"))
                #expect(desk.log.contains((file as NSString).lastPathComponent))
                let again = try await Client.resume(pair.token, after: seq - 1, at: desk)
                #expect(try await again.hear(from: "customer")["text"] == "bleibt")
                try await again.say("weiter", id: "c-2")
                #expect(try await desk.transcript("verify").status == 0)
                let numbers = try desk.journal().map { $0["n"].int }
                #expect(numbers == Array(1...numbers.count))
            }
        }

        @Test("Damage before the end: the server refuses to start and names file and line; verify finds the same")
        func damage() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                for number in 1...5 { try await pair.customer.say("Wort \(number)", id: "c-\(number)") }
                try await desk.stop()
                let file = try segment(of: desk)
                let text = try String(contentsOfFile: file, encoding: .utf8)
                #expect(text.contains("Wort 2"))
                try text.replacingOccurrences(of: "Wort 2", with: "Mord 2")
                    .write(toFile: file, atomically: false, encoding: .utf8)
                let line = text.split(separator: "\n").firstIndex { $0.contains("Wort 2") }.map { $0 + 1 } ?? 0

                let start = try await run(Sangdam.binary, desk.arguments)
                #expect(start.status == 65)
                #expect(start.errors.contains((file as NSString).lastPathComponent))
                #expect(start.errors.contains("line \(line)"), "\(start.errors)")
                #expect(start.output.isEmpty)
                let verify = try await desk.transcript("verify")
                #expect(verify.status == 65)
                #expect((verify.output + verify.errors).contains("line \(line)"), "\(verify.output) \(verify.errors)")
                // Nothing was changed by looking.
                #expect(try String(contentsOfFile: file, encoding: .utf8).contains("Mord 2"))
            }
        }

        @Test(
            "A full disk: refused with storage_full, not ready, service back by itself when there is room, nothing lost",
            .enabled(if: getuid() == 0, "mounting a small tmpfs takes root"))
        func fullDisk() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits, starts: false) { desk in
                try await withSmallDisk(at: desk.data, of: desk) { try await fillAndRecover(desk) }
            }
        }

        private func fillAndRecover(_ desk: Desk) async throws {
            try await Accounts.few.copy(to: desk.data)
            try await desk.start()
            let pair = try await Pair(at: desk)
            let ballast = desk.data + "/ballast"
            try fillDisk(with: ballast)
            let text = String(repeating: "가", count: 1_300)
            var acked: [String] = []
            var refused = ""
            while refused.isEmpty, acked.count < 1_000 {
                let id = "c-\(acked.count + 1)"
                pair.customer.send(["type": "say", "id": .string(id), "text": .string("\(id) \(text)")])
                let answer = try await pair.customer.next(ofAny: ["ack", "error"]) { $0["id"].text == id }
                if answer["type"] == "ack" {
                    acked.append(id)
                } else {
                    #expect(answer["code"] == "storage_full")
                    refused = id
                }
            }
            #expect(!refused.isEmpty)
            try await eventually("not ready") { try await desk.get("/readyz").status == 503 }
            #expect(try await desk.get("/healthz").status == 200)
            // What needs no disk still works, and so does another who asks for some: with an answer.
            try await pair.customer.ask(["type": "ping", "n": 1], for: "pong")
            #expect(
                try await pair.agent.refusal(
                    of: ["type": "say", "chat": .string(pair.chat), "id": "k-1", "text": .string(text)])
                    == "storage_full")
            let order = ["override", "general", "closed", "--data", desk.data]
            let told = try await run(Sangdam.binary, order)
            #expect(told.status == 74 && told.errors.contains("The disk is full: nothing was changed."), "\(told)")

            try FileManager.default.removeItem(atPath: ballast)
            try await eventually("ready again") { try await desk.get("/readyz").status == 200 }
            try await pair.customer.say("\(refused) \(text)", id: refused)
            acked.append(refused)
            try await desk.kill()
            try await desk.start()
            let journal = try desk.journal()
            #expect(journal.filter { $0["type"] == "message" }.map { $0["id"].text } == acked)
            #expect(!journal.contains { $0["type"] == "hours" })
            #expect(try await desk.transcript("verify").status == 0)
            let last = acked[acked.count - 1]
            let agent = try await Client.agent("kim", at: desk, status: nil)
            _ = try await agent.next("message") { $0["id"].text == last }
        }

        // MARK: Files

        private func words(of desk: Desk) throws -> [String] {
            try desk.journal().filter { $0["type"] == "message" }.map { $0["text"].text }
        }

        private func segment(of desk: Desk) throws -> String {
            let folder = desk.data + "/journal"
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jsonl") }
            guard let last = files.max() else { throw TestFailure("no segment") }
            return "\(folder)/\(last)"
        }

        private func append(_ text: String, to file: String) throws {
            guard let handle = FileHandle(forWritingAtPath: file) else { throw TestFailure("cannot write \(file)") }
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        }

        /// Writes until there is no room for another byte.
    }
}
