// Starts that cannot succeed: one clear sentence on stderr, nothing on stdout, and the exit code of sysexits.h that a
// script can act on. And peers that knock at the wrong door.

import Foundation
import SangdamNet
import Testing

extension EndToEnd {
    @Suite struct Start {
        /// What is wrong, what the server then says, and how it exits.
        struct Fault: Sendable, CustomTestStringConvertible {
            let testDescription: String
            /// Breaks something; gives the arguments to start with.
            let arrange: @Sendable (Desk) throws -> [String]
            let exitCode: Int32
            let says: @Sendable (Desk) -> [String]

            init(
                _ description: String, exit code: Int32, says: @escaping @Sendable (Desk) -> [String],
                _ arrange: @escaping @Sendable (Desk) throws -> [String]
            ) {
                testDescription = description
                exitCode = code
                self.says = says
                self.arrange = arrange
            }
        }

        static let faults = [
            Fault("a certificate that is not there", exit: 78, says: { [$0.certificateFile, "does not exist"] }) {
                desk in
                try FileManager.default.removeItem(atPath: desk.certificateFile)
                return desk.arguments
            },
            Fault("a certificate that is none", exit: 78, says: { [$0.certificateFile] }) { desk in
                try "keins".write(toFile: desk.certificateFile, atomically: true, encoding: .utf8)
                return desk.arguments
            },
            Fault("a key that others can read", exit: 77, says: { [$0.privateKeyFile, "chmod 600"] }) { desk in
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: desk.privateKeyFile)
                return desk.arguments
            },
            Fault("a key of another certificate", exit: 78, says: { [$0.privateKeyFile, "does not belong"] }) { desk in
                let other = try Data(contentsOf: URL(fileURLWithPath: desk.certificates.renewedKey))
                try other.write(to: URL(fileURLWithPath: desk.privateKeyFile))
                return desk.arguments
            },
            Fault("broken YAML", exit: 78, says: { ["\($0.configurationFile):3: "] }) { desk in
                try "name: {ko: 상담}\nlimits:\n\toffer_seconds: 5\n".write(
                    toFile: desk.configurationFile, atomically: true, encoding: .utf8)
                return desk.arguments
            },
            Fault(
                "an unknown key and a bad value, both told", exit: 78,
                says: { ["\($0.configurationFile):2: ", ":3: "] }
            ) { desk in
                try "limits:\n  offer_secs: 5\n  wrap_up_seconds: soon\n".write(
                    toFile: desk.configurationFile, atomically: true, encoding: .utf8)
                return desk.arguments
            },
            Fault("a configuration file that is not there", exit: 78, says: { ["\($0.configurationFile).not"] }) {
                desk in
                var arguments = desk.arguments
                arguments[2] += ".not"
                return arguments
            },
            Fault("an unknown flag", exit: 64, says: { _ in ["--no-such-flag"] }) { $0.arguments + ["--no-such-flag"] },
            Fault("a flag's bad value", exit: 64, says: { _ in ["--durability"] }) { desk in
                desk.arguments + ["--durability", "maybe"]
            },
        ]

        @Test("A start that cannot succeed says why in a sentence and exits with the right code", arguments: faults)
        func fault(_ fault: Fault) async throws {
            try await withDesk(starts: false) { desk in
                let result = try await run(Sangdam.binary, try fault.arrange(desk))
                #expect(result.status == fault.exitCode, "\(result.errors)")
                #expect(result.output.isEmpty)
                for words in fault.says(desk) { #expect(result.errors.contains(words), "\(result.errors)") }
                #expect(!result.errors.contains("Fatal error"))
            }
        }

        @Test("A start that goes on with less than it was told, or more openly than it should, says so")
        func warnings() async throws {
            try await withDesk(starts: false) { desk in
                try desk.configure(limits: ["connections": "2000"])
                var arguments = desk.arguments
                arguments[6] = "0.0.0.0:0"
                let limited = ["-c", "ulimit -n 384 && exec \"$@\"", "sh", Sangdam.binary] + arguments
                try await withChild("/bin/sh", limited) { server in
                    let ready = try JSON(parsing: try await server.expect("\"ready\"", within: 30).utf8)
                    #expect(
                        server.errors.contains(
                            """
                            limits.connections is 2000, but the system allows 384 file descriptors: 64 connections at most. \
                            Raise LimitNOFILE or `ulimit -Hn`.
                            """), "\(server.errors)")
                    #expect(server.errors.contains(" admin_listen is 0.0.0.0:0: "), "\(server.errors)")
                    let page = "(TLS; in a browser https://\(ready["listen"].text)/)"
                    try await eventually("it names the page") { server.errors.contains(page) }
                }
            }
        }

        @Test("Who comes when as many are there as may be is refused, however many they are, in one line of the log")
        func atCapacity() async throws {
            try await withDesk(limits: ["connections": "2"]) { desk in
                let tls = try TLSContext.client(caFile: desk.certificates.ca)
                let first = try await Peer(connectingTo: desk.chat, tls: tls)
                let second = try await Peer(connectingTo: desk.chat, tls: tls)
                for _ in 0..<5 { _ = try? await Peer(connectingTo: desk.chat, tls: tls) }
                try await eventually("the refusals are logged") {
                    desk.log.contains("connections are refused (at_capacity)")
                }
                #expect(desk.log.split(separator: "connections are refused").count == 2)
                first.abort()
                second.abort()
            }
        }

        /// What a crash takes, and what was found, in the words of a person.
        @Test(
            "Each durability says at start what a crash loses, and a restart what it has read",
            arguments: [
                ("commit", nil),
                ("interval", "loses up to the last 5 ms of acknowledged messages, a power cut up to the last 100 ms."),
                ("none", "loses up to the last 5 ms of acknowledged messages, a power cut more."),
            ] as [(String, String?)])
        func durability(durability: String, says: String?) async throws {
            try await withDesk(starts: false) { desk in
                let arguments = desk.arguments + ["--durability", durability]
                for life in 1...2 {
                    try await withChild(Sangdam.binary, arguments) { server in
                        try await server.expect("\"ready\"", within: 30)
                        let told = says.map { "sangdam: durability \(durability): a crash of the server \($0)\n" }
                        try await eventually("it says so") {
                            server.errors.contains(told ?? ", durability \(durability).\n")
                        }
                        #expect(server.errors.contains("a crash of the server") == (told != nil), "\(server.errors)")
                        #expect(server.errors.contains("journal read: ") == (life == 2), "\(server.errors)")
                        #expect(!server.errors.contains("recovered"))
                        if life == 2 { #expect(server.errors.contains(" in 1 segment, the last is number ")) }
                        server.signal(SIGTERM)
                        #expect(try await server.exitStatus() == 0)
                    }
                }
            }
        }

        @Test("A port in use and a data folder in use: 69, and the server that was there goes on")
        func inUse() async throws {
            try await withDesk { desk in
                var arguments = desk.arguments
                let locked = try await run(Sangdam.binary, arguments)
                #expect(locked.status == 69)
                #expect(locked.errors.contains(desk.data), "\(locked.errors)")
                let other = Folder()
                arguments[4] = desk.chat.text
                arguments[8] = other.path
                let taken = try await run(Sangdam.binary, arguments)
                #expect(taken.status == 69)
                #expect(taken.errors.contains("\(desk.chat.text) is already in use"), "\(taken.errors)")
                #expect(try await desk.get("/readyz").status == 200)
                _ = try await Client.customer(at: desk)
            }
        }

        @Test("`config check` says every fault with its line, and nothing is wrong with the sample configuration")
        func configCheck() async throws {
            try await withDesk(starts: false) { desk in
                #expect(
                    try await run(Sangdam.binary, ["config", "check", "--config", desk.configurationFile]).status == 0)
                try "limits:\n  offer_seconds: -1\nwrong: 1\n".write(
                    toFile: desk.configurationFile, atomically: true, encoding: .utf8)
                let result = try await run(Sangdam.binary, ["config", "check", "--config", desk.configurationFile])
                #expect(result.status == 78)
                for line in [2, 3] { #expect((result.output + result.errors).contains("sangdam.yaml:\(line): ")) }
                let sample =
                    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                    .deletingLastPathComponent().path + "/deploy/sangdam.yaml"
                #expect(try await run(Sangdam.binary, ["config", "check", "--config", sample]).status == 0)
            }
        }

        @Test(
            "Other protocols get a sentence that helps, over TLS and without, and are then closed",
            arguments: [
                ("plain", "hello\r\n"), ("plain", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
                ("plain", "SSH-2.0-OpenSSH_9.2\r\n"),
                ("tls", "SSH-2.0-OpenSSH_9.2\r\n"), ("tls", "CAP LS 302\r\n"), ("tls", "NICK guest\r\n"),
                ("tls", "\u{0}\u{1}\u{2}"),
            ])
        func otherProtocols(door: String, opening: String) async throws {
            try await withDesk { desk in
                let tls = door == "tls" ? try TLSContext.client(caFile: desk.certificates.ca) : nil
                let peer = try await Peer(connectingTo: desk.chat, tls: tls)
                peer.send(Array(opening.utf8))
                let answer = try await peer.everything(within: 10)
                #expect(answer.contains("openssl s_client -brief -nocommands"), "\(answer)")
                // Whoever comes properly is served.
                _ = try await Client.customer(at: desk)
            }
        }
    }
}
