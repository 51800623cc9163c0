// Accounts changed on the command line while their agents are at work: who is sent away, how soon, what becomes of the
// chats, and what stands in the journal about it.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct AccountChanges {
        /// A change and what the journal calls it.
        struct Change: Sendable, CustomTestStringConvertible {
            let command: [String]
            let kind: String
            var testDescription: String { command.joined(separator: " ") }
        }

        private static let losses = [
            Change(command: ["remove", "kim"], kind: "removed"),
            Change(command: ["password", "kim"], kind: "password"),
            Change(command: ["lock", "kim"], kind: "locked"),
            Change(command: ["edit", "kim", "--capacity", "7"], kind: "edited"),
            Change(command: ["edit", "kim", "--skills", "general"], kind: "edited"),
            Change(command: ["edit", "kim", "--languages", "ko"], kind: "edited"),
        ]

        private func account(_ arguments: [String], at desk: Desk) async throws -> String {
            let input = arguments.first == "password" ? "another secret of kim's\n" : ""
            let result = try await run(Sangdam.binary, ["account"] + arguments + ["--data", desk.data], input: input)
            guard result.status == 0 else { throw TestFailure("account \(arguments): \(result.errors)") }
            return result.output + result.errors
        }

        @Test("Whoever loses something is gone within a second, and the chats go on", arguments: losses)
        func loses(_ change: Change) async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                try await pair.customer.say("환불이 안 돼요", id: "c-1")
                _ = try await account(change.command, at: desk)
                // The promise is a second; the rest is for a busy machine.
                let bye = try await pair.agent.next("bye", within: 5)
                #expect(bye["code"] == "account_changed" && bye["reconnect"] == false)
                try await pair.agent.waitForEnd()
                #expect(try await pair.customer.next("party")["state"] == "left")
                #expect(try await pair.customer.next("queued")["position"] == 1)
                try await pair.customer.say("계신가요?", id: "c-2")

                let lee = try await Client.agent("lee", at: desk)
                #expect(try await lee.acceptNext() == pair.chat)
                #expect(try await lee.hear(from: "customer")["text"] == "환불이 안 돼요")
                #expect(try await lee.hear(from: "customer")["text"] == "계신가요?")

                let journal = try desk.journal()
                let line = journal.last { $0["type"] == "account" }
                #expect(line?["account"] == "kim" && line?["change"].text == change.kind)
                #expect(line?["by"].text.isEmpty == false)
                #expect((line?["profile"] != .null) == (change.kind == "edited"))
                #expect(journal.contains { $0["type"] == "queued" && $0["cause"] == "account_changed" })
                #expect(!journal.description.contains("scrypt"))
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_requeues_total", #"reason="account_changed""#) == 1)
                #expect(metrics.sum("sangdam_disconnects_total", #"code="account_changed""#) == 1)
                // The journal with such lines is read again.
                try await desk.stop()
                try await desk.start()
                #expect(try await desk.transcript("verify").status == 0)
            }
        }

        @Test("What takes nothing away keeps the session, and more capacity brings the next chat")
        func keeps() async throws {
            try await withDesk { desk in
                _ = try await account(["edit", "kim", "--capacity", "1"], at: desk)
                let pair = try await Pair(at: desk)
                let (second, _) = try await Client.customer("second", at: desk)
                let waiting = try await second.enter("general")
                let told = try await account(["edit", "kim", "--capacity", "2", "--role", "supervisor"], at: desk)
                #expect(told.contains("supervisor"))
                let status = try await pair.agent.next("status") { $0["cause"] == "account_changed" }
                #expect(status["capacity"] == 2 && status["role"] == "supervisor")
                #expect(try await pair.agent.acceptNext() == waiting)
                try await pair.agent.say("여전히 여기 있습니다", id: "k-1", chat: pair.chat)
            }
        }

        @Test(
            "A locked account says so with the right password only; the console ends with 77; unlocked it opens again")
        func locked() async throws {
            try await withDesk { desk in
                try await withConsole(of: "kim", at: desk) { console in
                    try await console.expect("kim 님, 로그인되었습니다")
                    _ = try await account(["lock", "kim"], at: desk)
                    let status = try await console.exitStatus()
                    #expect(status == 77)
                    #expect(console.errors.contains("계정이 변경되어 로그아웃되었습니다"))
                }
                let list = try await account(["list"], at: desk)
                #expect(list.contains("LOCKED") && list.contains("yes"))
                let client = try await Client("kim", to: desk)
                var hello: JSON = ["type": "hello", "role": "agent", "user": "kim", "password": "wrong"]
                #expect(try await client.refusal(of: hello) == "wrong_password")
                hello["password"] = .string(Accounts.password)
                let refusal = try await client.ask(hello, for: "error")
                #expect(refusal["code"] == "locked" && refusal["retry_after"] == .null)
                try await withConsole(of: "kim", at: desk) { console in
                    let status = try await console.exitStatus()
                    #expect(status == 77)
                    #expect(console.errors.contains("잠긴 계정입니다"))
                }
                _ = try await account(["unlock", "kim"], at: desk)
                try await client.ask(hello, for: "welcome")
            }
        }

        @Test(
            "While the disk is full whoever is to go goes at once; the chats follow when there is room",
            .enabled(if: getuid() == 0, "mounting a small tmpfs takes root"))
        func fullDisk() async throws {
            let limits = ["message_burst": "10000", "messages_per_second": "10000"]
            try await withDesk(limits: limits, starts: false) { desk in
                let journal = desk.data + "/journal"
                try FileManager.default.createDirectory(atPath: journal, withIntermediateDirectories: false)
                try await withSmallDisk(at: journal, of: desk) {
                    try await desk.start()
                    let pair = try await Pair(at: desk)
                    try fillDisk(with: journal + "/ballast")
                    let text = JSON.string(String(repeating: "가", count: 1_300))
                    var (count, answer) = (0, JSON.null)
                    while answer["type"] != "error", count < 1_000 {
                        let id = JSON.string("c-\(count)")
                        pair.customer.send(["type": "say", "id": id, "text": text])
                        answer = try await pair.customer.next(ofAny: ["ack", "error"]) { $0["id"] == id }
                        count += 1
                    }
                    #expect(answer["code"] == "storage_full")
                    _ = try await account(["lock", "lee"], at: desk)
                    _ = try await account(["lock", "kim"], at: desk)
                    #expect(try await pair.agent.next("bye", within: 5)["code"] == "account_changed")
                    #expect(try await pair.customer.hasNone(of: "party"))

                    try FileManager.default.removeItem(atPath: journal + "/ballast")
                    #expect(try await pair.customer.next("party")["state"] == "left")
                    try await pair.customer.next("queued")
                    let lines = try desk.journal().filter { $0["type"] == "account" && $0["change"] == "locked" }
                    #expect(lines.map(\.["account"].text) == ["lee", "kim"] && !lines.contains { $0["by"] == .null })
                }
            }
        }

        @Test("What changed while the server was down is carried out at the start, without the minute of grace")
        func whileDown() async throws {
            try await withDesk { desk in
                let pair = try await Pair(at: desk)
                try await pair.customer.say("환불이 안 돼요", id: "c-1")
                try await desk.kill()
                _ = try await account(["remove", "kim"], at: desk)
                _ = try await account(["password", "park"], at: desk)
                _ = try await account(["lock", "boss"], at: desk)
                try await desk.start()
                let lee = try await Client.agent("lee", at: desk)
                let customer = try await Client.resume(pair.token, after: 0, at: desk)
                #expect(try await lee.acceptNext() == pair.chat)
                #expect(try await customer.next("started")["agent"] == "lee")
                // What was done stands there once, whether or not it shows, and not again at the next start.
                try await desk.stop()
                try await desk.start()
                let lines = try desk.journal().filter { $0["type"] == "account" }.suffix(3)
                #expect(lines.map(\.["change"].text) == ["removed", "password", "locked"])
                #expect(!lines.contains { $0["by"] == .null })
            }
        }

        @Test(
            "A wrong use of edit says what it wants",
            arguments: [
                (["edit", "kim"], 64, "--role, --skills, --languages or --capacity"),
                (["edit", "kim", "--capacity", "0"], 64, "1 to 100"),
                (["edit", "kim", "--languages", "kr"], 64, "none of ko, en, ja, zh"),
                (["edit", "nobody", "--capacity", "2"], 67, "no account nobody"),
                (["lock", "nobody"], 67, "no account nobody"),
            ] as [([String], Int32, String)])
        func wrongUse(_ arguments: [String], _ status: Int32, _ words: String) async throws {
            try await withDesk(starts: false) { desk in
                let result = try await run(Sangdam.binary, ["account"] + arguments + ["--data", desk.data])
                #expect(result.status == status)
                #expect(result.errors.contains(words), "\(result.errors)")
            }
        }
    }
}
