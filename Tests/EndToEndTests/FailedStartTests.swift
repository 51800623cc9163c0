// Starts that fail leave the journal as it was, starts that could serve nobody fail, and a start with the defaults has
// nothing to warn of.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct FailedStart {
        /// What is in the way of a desk that starts while another one serves.
        struct Obstacle: Sendable, CustomTestStringConvertible {
            let testDescription: String
            let exitCode: Int32
            let says: String
            var descriptors = 4096
            /// Flags and their values in place of the desk's own.
            let flags: @Sendable (_ desk: Desk, _ other: Desk) -> [String: String]
        }

        static let obstacles = [
            Obstacle(testDescription: "the chat port is in use", exitCode: 69, says: "is already in use") { _, other in
                ["--listen": other.chat.text]
            },
            Obstacle(testDescription: "the admin port is in use", exitCode: 69, says: "is already in use") { _, other in
                ["--admin-listen": other.admin.text]
            },
            Obstacle(testDescription: "a host without an address", exitCode: 78, says: "cannot be resolved") { _, _ in
                ["--listen": "name.invalid:0"]
            },
            Obstacle(testDescription: "another machine's address", exitCode: 78, says: "192.0.2.7:0 is not an") {
                _, _ in
                ["--admin-listen": "192.0.2.7:0"]
            },
            Obstacle(testDescription: "another certificate's key", exitCode: 78, says: "does not belong") { desk, _ in
                ["--private-key": desk.certificates.renewedKey]
            },
            Obstacle(testDescription: "no ticket keys", exitCode: 78, says: "does not exist") { _, _ in
                ["--ticket-keys": "not.there"]
            },
            Obstacle(
                testDescription: "too few descriptors", exitCode: 78, says: "room for 63 connections", descriptors: 383
            ) { _, _ in [:] },
        ]

        @Test("A start that fails leaves no line in the journal, however often it is tried", arguments: obstacles)
        func noLine(obstacle: Obstacle) async throws {
            try await withDesk { other in
                let desk = try await Desk()
                // Once on a folder that has no journal yet, once on one that has.
                for life in 1...2 {
                    let before = try? desk.journal().count
                    var arguments = desk.arguments
                    for (flag, value) in obstacle.flags(desk, other) {
                        if let place = arguments.firstIndex(of: flag) {
                            arguments[place + 1] = value
                        } else {
                            arguments += [flag, value]
                        }
                    }
                    for _ in 1...2 {
                        let result = try await limited(to: obstacle.descriptors, arguments)
                        #expect(result.status == obstacle.exitCode, "\(result)")
                        #expect(result.errors.contains(obstacle.says), "\(result)")
                        #expect(result.output.isEmpty)
                    }
                    #expect((try? desk.journal().count) == before)
                    guard life == 1 else { return }
                    #expect(before == nil)
                    try await desk.start()
                    try await desk.stop()
                    #expect(try desk.journal().count > 1)
                }
            }
        }

        @Test("Room for 64 connections is enough, and for the fewer that the operator wants")
        func enough() async throws {
            try await withDesk(starts: false) { desk in
                for (descriptors, limits) in [(384, [:]), (325, ["connections": "5"])] {
                    try desk.configure(limits: limits)
                    let command = ["-c", "ulimit -n \(descriptors) && exec \"$@\"", "sh", Sangdam.binary]
                    try await withChild("/bin/sh", command + desk.arguments) { server in
                        try await server.expect("\"ready\"", within: 30)
                        #expect(!server.errors.contains(" warning "), "\(server.errors)")
                    }
                }
            }
        }

        @Test("`config check` says that a start from the same shell would fail of its descriptors")
        func check() async throws {
            let check = ["config", "check"]
            let failing = try await limited(to: 383, check)
            #expect(failing.status == 0)
            #expect(
                failing.errors.contains("warning: a start from here would fail: The system allows 383 "), "\(failing)")
            #expect(!(try await limited(to: 384, check)).errors.contains("file descriptors"))
        }

        @Test(
            "A start with the defaults and the development certificate warns of nothing, however many descriptors there are",
            arguments: ["ulimit -Sn 1024", "ulimit -n 1024", "ulimit -n 384"],
            [[], ["--config", "deploy/sangdam.yaml"]])
        func defaults(limit: String, flags: [String]) async throws {
            let clone = try Clone()
            #expect(try await clone.makeCertificates().status == 0)
            // The usual ports may be taken on this machine; all else is as it comes.
            let start = """
                cd '\(clone.folder.path)' && \(limit) && exec env -i PATH="$PATH" SANGDAM_LISTEN=127.0.0.1:0 \
                SANGDAM_ADMIN_LISTEN=127.0.0.1:0 "$@"
                """
            let check = try await run(
                "/bin/sh", ["-c", start, "sh", Sangdam.binary, "config", "check"] + flags)
            #expect(check.status == 0 && !check.errors.contains("warning"), "\(check)")
            let words = ["-c", start, "sh", Sangdam.binary, "serve", "--ready-json"] + flags
            try await withChild("/bin/sh", words) { server in
                try await server.expect("\"ready\"", within: 30)
                try await eventually("it has said so") { server.errors.contains("sangdam is ready") }
                #expect(!server.errors.contains("warning"), "\(server.errors)")
            }
        }

        private func limited(
            to descriptors: Int, _ arguments: [String]
        ) async throws -> (status: Int32, output: String, errors: String) {
            try await run(
                "/bin/sh", ["-c", "ulimit -n \(descriptors) && exec \"$@\"", "sh", Sangdam.binary] + arguments)
        }
    }
}
