// A client's TLS session over the server's lives: with a file of ticket keys it resumes after a restart and while the
// keys are changed, without one it does not.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Resumption {
        private static let first = Data(repeating: 1, count: 48).base64EncodedString()
        private static let second = Data(repeating: 2, count: 48).base64EncodedString()

        @Test("A session resumes over a restart only with a file of ticket keys", arguments: [true, false])
        func restart(withFile: Bool) async throws {
            try await withDesk(starts: false) { desk in
                if withFile { try Self.write([Self.first], for: desk) }
                try await desk.start()
                #expect(try await !Self.visitResumes(desk))
                #expect(try await Self.visitResumes(desk))
                try await desk.stop()
                try await desk.start()
                #expect(try await Self.visitResumes(desk) == withFile)
                let metrics = try await desk.metrics()
                #expect(metrics.sum("sangdam_tls_handshakes_total", "result=\"resumed\"") == (withFile ? 1 : 0))
            }
        }

        @Test(
            "SIGHUP takes up new ticket keys; old tickets resume as long as their key stays; a bad file changes nothing"
        )
        func change() async throws {
            try await withDesk(starts: false) { desk in
                try Self.write([Self.first], for: desk)
                try await desk.start()
                #expect(try await !Self.visitResumes(desk))
                for (keys, resumes) in [
                    ([Self.second, Self.first], true), ([Self.second], true), ([Self.first], false),
                ] {
                    try Self.write(keys, for: desk)
                    try await Self.reload(desk, says: "configuration and certificate reloaded")
                    #expect(try await Self.visitResumes(desk) == resumes, "\(keys)")
                }
                try Self.write(["no key"], for: desk)
                try await Self.reload(desk, says: "\(Self.keyFile(of: desk)):1 holds no ticket key")
                #expect(try await Self.visitResumes(desk))
            }
        }

        @Test("Ticket keys that others can read, or that are none: the server does not start, and says why")
        func refused() async throws {
            try await withDesk(starts: false) { desk in
                let file = Self.keyFile(of: desk)
                try Self.write([Self.first], for: desk, mode: 0o640)
                let open = try await run(Sangdam.binary, desk.arguments)
                #expect(open.status == 77)
                #expect(
                    open.errors.contains("\(file) can be read by others (mode 640): chmod 600 it"), "\(open.errors)")
                try Self.write(["no key"], for: desk)
                let broken = try await run(Sangdam.binary, desk.arguments)
                #expect(broken.status == 78)
                #expect(broken.errors.contains("\(file):1 holds no ticket key"), "\(broken.errors)")
            }
        }

        // MARK: Keys

        private static func keyFile(of desk: Desk) -> String { desk.folder.path + "/ticket.keys" }

        /// Writes the file and, the first time, the setting.
        private static func write(_ keys: [String], for desk: Desk, mode: Int = 0o600) throws {
            let file = keyFile(of: desk)
            try keys.map { $0 + "\n" }.joined().write(toFile: file, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
            let yaml = try String(contentsOfFile: desk.configurationFile, encoding: .utf8)
            guard !yaml.contains("ticket_keys:") else { return }
            try (yaml + "ticket_keys: \(file)\n").write(
                toFile: desk.configurationFile, atomically: true, encoding: .utf8)
        }

        private static func reload(_ desk: Desk, says words: String) async throws {
            let count = desk.log.components(separatedBy: words).count
            try desk.process.signal(SIGHUP)
            try await eventually("the reload is logged") { desk.log.components(separatedBy: words).count > count }
        }

        // MARK: The client

        /// Comes with the session of the last visit, if there was one, and keeps the new one.
        private static func visitResumes(_ desk: Desk) async throws -> Bool {
            let session = desk.folder.path + "/session.pem"
            let old = FileManager.default.fileExists(atPath: session) ? ["-sess_in", session] : []
            let arguments =
                ["s_client", "-nocommands", "-CAfile", desk.certificates.ca, "-verify_return_error"]
                + ["-sess_out", session] + old + ["-connect", desk.chat.text]
            return try await withChild("openssl", arguments) { client in
                // The ticket came before the greeting.
                try await client.expect("시험 상담소")
                client.endInput()
                _ = try await client.exitStatus()
                guard client.output.contains("Reused, TLSv1.3") != client.output.contains("New, TLSv1.3") else {
                    throw TestFailure("neither new nor resumed: \(client.record)")
                }
                return client.output.contains("Reused, TLSv1.3")
            }
        }
    }
}
