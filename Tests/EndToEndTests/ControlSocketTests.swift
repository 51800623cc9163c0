// The control socket: whose it is, when it is there, what commands do with it and without it.

import Foundation
import Testing

@testable import SangdamNet

extension EndToEnd {
    @Suite struct ControlSockets {
        private func account(_ arguments: [String], data: String) async throws -> (status: Int32, said: String) {
            let input = ["add", "password"].contains(arguments.first) ? "another secret of kim's\n" : ""
            let result = try await run(Sangdam.binary, ["account"] + arguments + ["--data", data], input: input)
            return (result.status, result.output + result.errors)
        }

        private func mode(_ path: String) -> UInt32? {
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
            return UInt32(status.st_mode) & 0o777
        }

        /// One request over the socket, and all that is answered.
        private func ask(_ path: String, _ request: String) async throws -> String {
            let address = try UnixAddress(path: path)
            return try await Task.detached {
                let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
                defer { close(descriptor) }
                var patience = timeval(tv_sec: 10, tv_usec: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
                guard address.connect(descriptor) else {
                    throw TestFailure("no connection: \(errno)")
                }
                _ = Array(request.utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
                var bytes: [UInt8] = []
                var chunk = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(descriptor, &chunk, chunk.count, 0)
                    guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
                    bytes.append(contentsOf: chunk[..<count])
                }
            }.value
        }

        private func request(_ method: String, _ path: String, _ body: String = "") -> String {
            "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n"
                + "Connection: close\r\n\r\n\(body)"
        }

        @Test("It is its owner's alone, is there as long as the server is, and what a killed one left is replaced")
        func life() async throws {
            try await withDesk { desk in
                let path = desk.data + "/control.sock"
                #expect(mode(path) == 0o600)
                try await desk.stop()
                #expect(mode(path) == nil)
                #expect(!FileManager.default.fileExists(atPath: path))
                try await desk.start()
                try await desk.kill()
                #expect(mode(path) == 0o600)
                // Nobody listens there: the files are the way.
                #expect(try await account(["lock", "kim"], data: desk.data).status == 0)
                try await desk.start()
                #expect(try await ask(path, request("GET", "/healthz")).hasSuffix("alive\n"))
                #expect(try await account(["unlock", "kim"], data: desk.data).status == 0)
                // A second server has no business in this folder, and leaves the first one's socket alone.
                let second = try await run(Sangdam.binary, desk.arguments)
                #expect(second.status == 69, "\(second.errors)")
                #expect(try await ask(path, request("GET", "/healthz")).hasSuffix("alive\n"))
            }
        }

        @Test("It has the admin port's resources and the commands; what is no request is refused and counted")
        func requests() async throws {
            try await withDesk { desk in
                let rows: [(request: String, status: Int, says: String)] = [
                    (request("GET", "/metrics"), 200, "sangdam_"), (request("GET", "/readyz"), 200, "ready"),
                    (request("GET", "/accounts"), 405, "Allow: "), (request("POST", "/metrics", "{}"), 405, "Allow: "),
                    (request("POST", "/nothing", "{}"), 404, "Here are /accounts, /healthz, "),
                    (request("POST", "/accounts", "{}"), 400, "{\"error\":\"This is no change of an account.\""),
                    ("POST /accounts HTTP/1.1\r\nHost: a\r\nContent-Length: 524289\r\n\r\n", 413, "Content Too Large"),
                    ("hello\r\n\r\n", 400, "Bad Request"),
                ]
                for (request, status, says) in rows {
                    let answer = try await ask(desk.data + "/control.sock", request)
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) ") && answer.contains(says), "\(request): \(answer)")
                }
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_refusals_total", "code=\"http_413\"") == 1)
                #expect(metrics.sum("sangdam_refusals_total", "code=\"http_400\"") == 2)
                // The admin port takes no commands.
                let peer = try await Peer(connectingTo: desk.admin, tls: nil)
                peer.send(Array(request("POST", "/accounts", "{}").utf8))
                #expect(try await peer.everything(within: 10).hasPrefix("HTTP/1.1 405 "))
            }
        }

        @Test("Commands say and end as they do on the files, and the journal says who gave them")
        func accounts() async throws {
            try await withDesk { desk in
                for isRunning in [true, false] {
                    if !isRunning { try await desk.stop() }
                    let name = isRunning ? "new" : "later"
                    let rows: [(command: [String], status: Int32, says: String)] = [
                        (["add", name, "--role", "agent"], 0, "Account \(name) (agent) is made."),
                        (["add", name, "--role", "agent"], 73, "There is an account \(name) already."),
                        (["edit", name, "--capacity", "7"], 0, name), (["lock", name], 0, "is locked"),
                        (["unlock", name], 0, "is unlocked"), (["password", name], 0, "has a new password"),
                        (["lock", "nobody"], 67, "There is no account nobody."),
                        (["remove", "nobody"], 67, "There is no account nobody."),
                        (["remove", name], 0, "is removed"),
                    ]
                    for (command, status, says) in rows {
                        let result = try await account(command, data: desk.data)
                        #expect(result.status == status && result.said.contains(says), "\(command): \(result)")
                    }
                }
                try await desk.start()
                let changes = try desk.journal().filter { $0["type"] == "account" && $0["account"] == "new" }
                #expect(
                    changes.map { $0["change"].text } == [
                        "added", "edited", "locked", "unlocked", "password", "removed",
                    ])
            }
        }

        @Test("Accounts that another program has locked hold up neither commands nor the server's end")
        func lockedAccounts() async throws {
            try await withDesk { desk in
                let lock = open(desk.data + "/accounts.lock", O_RDWR | O_CREAT, 0o600)
                defer { close(lock) }
                #expect(flock(lock, LOCK_EX) == 0)
                for isRunning in [true, false] {
                    if !isRunning { try await desk.stop() }
                    let refused = try await account(["lock", "kim"], data: desk.data)
                    #expect(refused.status == 75, "\(refused)")
                    #expect(refused.said.contains("The accounts are locked by another program"), "\(refused)")
                }
                try await desk.start()
                // The end comes while a command waits for the lock, and others for that command.
                async let first = account(["lock", "kim"], data: desk.data)
                async let second = account(["unlock", "kim"], data: desk.data)
                try await desk.stop()
                #expect(try await first.status != 0)
                #expect(try await second.status != 0)
            }
        }

        @Test("Past its connections a command is told that nothing was done, and idle ones make room")
        func crowd() async throws {
            try await withDesk { desk in
                let path = desk.data + "/control.sock"
                let address = try UnixAddress(path: path)
                let idle = (0..<16).map { _ in socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) }
                defer { for descriptor in idle { close(descriptor) } }
                for descriptor in idle {
                    #expect(address.connect(descriptor))
                    #expect(Array("POST ".utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) } == 5)
                }
                let refused = try await account(["lock", "kim"], data: desk.data)
                #expect(refused.status == 69, "\(refused)")
                #expect(refused.said.contains("too many connections there"), "\(refused)")
                #expect(refused.said.contains("nothing was done"), "\(refused)")
                // Answered with 408 they soon count no longer, although their clients do not close.
                try await eventually(within: 20, "an answer to each") {
                    var text = [UInt8](repeating: 0, count: 12)
                    return idle.allSatisfy { recv($0, &text, text.count, Int32(MSG_PEEK | MSG_DONTWAIT)) == 12 }
                }
                try await eventually(within: 5, "room for a command") {
                    try await account(["lock", "kim"], data: desk.data).status == 0
                }
            }
        }

        @Test("An override holds at once, over a restart and until it is taken back; without a server it says so")
        func overrides() async throws {
            try await withDesk { desk in
                func override(_ arguments: String...) async throws -> (status: Int32, output: String, errors: String) {
                    try await run(Sangdam.binary, ["override"] + arguments + ["--data", desk.data])
                }
                func state() async throws -> String {
                    let (customer, _) = try await Client.customer("a", at: desk)
                    let topics = try await customer.ask(["type": "topics"], for: "topics")["topics"]
                    return topics.items.first { $0["id"] == "general" }?["state"].text ?? ""
                }
                #expect(try await state() == "unstaffed")
                let closed = try await override("general", "closed")
                #expect(closed.status == 0, "\(closed)")
                #expect(
                    closed.errors.hasPrefix("The queue general is closed until somebody says otherwise"),
                    "\(closed)")
                #expect(try await state() == "closed")
                #expect(try await desk.metrics().sum("sangdam_queue_open", "queue=\"general\"") == 0)
                try await desk.kill()
                try await desk.start()
                #expect(try await state() == "closed")
                let auto = try await override("general", "auto", "--json")
                #expect(auto.output == "{\"queue\":\"general\",\"state\":\"auto\",\"open\":true}\n", "\(auto)")
                #expect(try await state() == "unstaffed")
                let timed = try await override("general", "closed", "--until", "2099-12-31T18:00+09:00", "--json")
                #expect(timed.output.contains("\"until\":\"2099-12-31T09:00:00.000Z\""), "\(timed)")
                // Without `time_zone` the desk's clocks show UTC.
                let said = try await override("general", "open", "--until", "2099-12-31T18:00+09:00")
                #expect(said.errors == "The queue general is open until 2099-12-31 09:00, by the desk's clock.\n")
                for until in ["9999-12-31T23:59-01:00", "2001-01-01T00:00"] {
                    #expect(try await override("general", "open", "--until", until).status == 64)
                }
                let lines = try desk.journal().filter { $0["type"] == "hours" && $0["queue"] == "general" }
                #expect(lines.last?["by"].text.isEmpty == false, "\(lines)")
                let unknown = try await override("genral", "open")
                #expect(unknown.status == 64 && unknown.errors.contains("did you mean `general`?"), "\(unknown)")
                #expect(try await override("general", "ajar").status == 64)
                try await desk.stop()
                let alone = try await override("general", "auto")
                #expect(alone.status == 69 && alone.errors.contains("Only a running desk can"), "\(alone)")
            }
        }

        @Test("A data folder whose path is too long for a socket serves all the same, and says so")
        func longPath() async throws {
            try await withDesk(starts: false) { desk in
                let data = desk.folder.path + "/" + String(repeating: "d", count: 110)
                try FileManager.default.moveItem(atPath: desk.data, toPath: data)
                var arguments = desk.arguments
                arguments[(arguments.firstIndex(of: "--data") ?? 0) + 1] = data
                try await withChild(Sangdam.binary, arguments) { server in
                    _ = try await server.expect("\"ready\"", within: 30)
                    #expect(server.errors.contains("there is no control socket: \(data)/control.sock is "))
                    #expect(server.errors.contains("a socket's path has at most 107"))
                    #expect(try await account(["lock", "kim"], data: data).status == 0)
                    server.signal(SIGTERM)
                    #expect(try await server.exitStatus() == 0)
                }
            }
        }
    }
}
