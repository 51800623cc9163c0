// One password on every system: however it was typed or kept in a file when the account was made, and however it is
// when an agent logs in. Accounts of earlier versions stay good.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Passwords {
        private static let password = "비밀번호 é"
        private static let singleLetters = password.decomposedStringWithCanonicalMapping

        /// The same password as different systems have it.
        private static let written: [(how: String, bytes: String)] = [
            ("syllables", password), ("single letters", singleLetters), ("an ideographic space", "비밀번호　é"),
            ("a no-break space in single letters", singleLetters.replacing(" ", with: "\u{A0}")),
        ]

        @Test("An account made on one system is open on the others, to programs and to the console")
        func everySystem() async throws {
            try await withDesk { desk in
                for (place, made) in Self.written.enumerated() {
                    try await Self.account(
                        "add", "agent-\(place)", "--role", "agent", input: made.bytes + "\n", at: desk)
                    for typed in Self.written {
                        let answer = try await Self.login("agent-\(place)", typed.bytes, at: desk)
                        #expect(answer == "welcome", "made with \(made.how), typed with \(typed.how)")
                    }
                    let other = Self.written[(place + 1) % Self.written.count].bytes
                    #expect(try await Self.consoleStatus("agent-\(place)", file: other + "\n", at: desk) == 0)
                }
                #expect(try await Self.login("agent-0", "비밀번호 e", at: desk) == "wrong_password")
                #expect(try await Self.login("nobody", Self.singleLetters, at: desk) == "wrong_password")
            }
        }

        @Test("A byte order mark and a line's end in a password file are no part of the password")
        func files() async throws {
            try await withDesk { desk in
                try await Self.account("add", "plain", "--role", "agent", input: Self.password, at: desk)
                for (place, content) in [
                    "\u{FEFF}\(Self.password)\r\n", "\u{FEFF}\(Self.singleLetters)\n", "\(Self.password)\r",
                    "\(Self.password)\r\nmore\r\n",
                ].enumerated() {
                    let made = "made-\(place)"
                    try await Self.account("add", made, "--role", "agent", input: content, at: desk)
                    #expect(try await Self.login(made, Self.password, at: desk) == "welcome")
                    #expect(try await Self.consoleStatus(made, file: content, at: desk) == 0)
                    #expect(try await Self.consoleStatus("plain", file: content, at: desk) == 0)
                }
                try await Self.account("password", "plain", input: "\u{FEFF}새 비밀번호\r\n", at: desk)
                #expect(try await Self.login("plain", "새 비밀번호", at: desk) == "welcome")
                #expect(try await Self.consoleStatus("plain", file: Self.password, at: desk) == 77)
            }
        }

        /// Hashes as they were made of the bytes themselves: of `오래된 비밀번호` in single letters, and of a file's line with
        /// its mark. In Python: `hashlib.scrypt(bytes, salt=b'sixteen bytes ok', n=1024, r=8, p=1, dklen=32)`.
        private static let old = [
            ("letters", "$scrypt$ln=10,r=8,p=1$c2l4dGVlbiBieXRlcyBvaw$wgxu6EOXCSrsWxHz5uSzwkQhiaoXVySTgfUk6g2DubA"),
            ("mark", "$scrypt$ln=10,r=8,p=1$c2l4dGVlbiBieXRlcyBvaw$GCk2vsSkSxifyE6smOm+XfO8+VzxQugjBflaILqW/q0"),
        ]

        @Test("Hashes that were made of the bytes themselves are still good for those bytes")
        func oldAccounts() async throws {
            try await withDesk { desk in
                let rows = Self.old.map { name, hash in
                    """
                    {"name":"\(name)","role":"agent","skills":[],"languages":[],"capacity":3,"password":"\(hash)",\
                    "created":"2026-01-05T09:00:00.000Z"}
                    """
                }
                let content = "{\"version\":1,\"accounts\":[\(rows.joined(separator: ","))]}"
                try FileManager.default.removeItem(atPath: desk.data + "/accounts.json")
                try Self.write(content, to: desk.data + "/accounts.json")
                let password = "오래된 비밀번호"
                let letters = password.decomposedStringWithCanonicalMapping
                #expect(try await Self.login("letters", letters, at: desk) == "welcome")
                #expect(try await Self.login("letters", password, at: desk) == "wrong_password")
                #expect(try await Self.consoleStatus("letters", file: letters + "\n", at: desk) == 0)
                #expect(try await Self.consoleStatus("mark", file: "\u{FEFF}secret and more\r\n", at: desk) == 0)
                // A new password of the same bytes is the same everywhere.
                try await Self.account("password", "letters", input: letters, at: desk)
                #expect(try await Self.login("letters", password, at: desk) == "welcome")
            }
        }

        // MARK: Accounts and logins

        private static func account(_ arguments: String..., input: String, at desk: Desk) async throws {
            let result = try await run(
                Sangdam.binary, ["account"] + arguments + ["--data", desk.data], input: input)
            guard result.status == 0 else { throw TestFailure("account \(arguments): \(result.errors)") }
        }

        /// `welcome` or the refusal's code, for a program that sends just these bytes.
        private static func login(_ name: String, _ password: String, at desk: Desk) async throws -> String {
            let client = try await Client(name, to: desk)
            defer { client.peer.abort() }
            client.send([
                "type": "hello", "role": "agent", "user": .string(name), "password": .string(password),
            ])
            let answer = try await client.next(ofAny: ["welcome", "error"], within: 60)
            return answer["type"] == "error" ? answer["code"].text : answer["type"].text
        }

        /// How the console ends that has nothing to do: 0 after a login, 77 after a wrong password.
        private static func consoleStatus(_ name: String, file content: String, at desk: Desk) async throws -> Int32 {
            let path = desk.folder.path + "/typed.password"
            try write(content, to: path)
            return try await run(
                Sangdam.binary,
                [
                    "agent", "--plain", "--user", name, "--password-file", path, "--ca-file", desk.certificates.ca,
                    "--connect", desk.chat.text,
                ], within: 60
            ).status
        }

        /// A file that only its owner can read.
        private static func write(_ content: String, to path: String) throws {
            try Data(content.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
    }
}
