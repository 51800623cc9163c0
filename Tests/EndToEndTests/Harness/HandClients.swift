// People's own programs: what the README tells a customer to paste into a terminal, run with pipes.

import Foundation

/// `openssl s_client` as Protocol.md#By-hand recommends it.
@discardableResult
func withOpenSSLClient<Result>(to desk: Desk, _ body: (ChildProcess) async throws -> Result) async throws -> Result {
    try await withChild(
        "openssl",
        [
            "s_client", "-brief", "-nocommands", "-CAfile", desk.certificates.ca, "-verify_return_error", "-connect",
            desk.chat.text,
        ], body)
}

/// `ncat --ssl` as Protocol.md#By-hand recommends it; by name, because ncat compares no certificate with an address.
@discardableResult
func withNcat<Result>(to desk: Desk, _ body: (ChildProcess) async throws -> Result) async throws -> Result {
    try await withChild(
        "ncat",
        [
            "--ssl", "--ssl-verify", "--ssl-trustfile", desk.certificates.ca, "localhost", String(desk.chat.port),
        ], body)
}

/// `sangdam agent` in a pipe. A failure tells all that the console said.
func withConsole(of agent: String, at desk: Desk, _ body: (ChildProcess) async throws -> Void) async throws {
    try await withChild(Sangdam.binary, consoleArguments(agent, desk)) { console in
        do {
            try await body(console)
        } catch {
            throw TestFailure("\(error)\nThe console:\n\(console.record)")
        }
    }
}

func consoleArguments(_ agent: String, _ desk: Desk) -> [String] {
    [
        "agent", "--plain", "--lang", "ko", "--user", agent, "--password-file", desk.passwordFile, "--ca-file",
        desk.certificates.ca, "--connect", desk.chat.text,
    ]
}

extension ChildProcess {
    /// Ends a client the way a lost network does: with a reset and without a word. A mere end would be a normal leave.
    ///
    /// The kernel resets a connection that is closed with bytes unread, so the client is stopped, `meanwhile` makes the
    /// server send something, and only then it is killed.
    func cutOff(from desk: Desk, meanwhile: () async throws -> Void) async throws {
        signal(SIGSTOP)
        try await meanwhile()
        let port = String(desk.chat.port, radix: 16, uppercase: true)
        let suffix = ":" + String(repeating: "0", count: 4 - port.count) + port
        try await eventually("something unread at the client") {
            // sl, local_address, rem_address, st, tx_queue:rx_queue …
            let table = try FileHandle(forReadingAtPath: "/proc/net/tcp")?.readToEnd() ?? Data()
            return String(decoding: table, as: UTF8.self).split(separator: "\n").contains { row in
                let fields = row.split(separator: " ")
                return fields.count > 4 && fields[2].hasSuffix(suffix) && !fields[4].hasSuffix(":00000000")
            }
        }
        await killNow()
    }
}
