// The built binary as a child with files for its output, and the real server for a test.

import Foundation

/// What a program did.
struct Finished: Sendable {
    let status: Int32
    let output: String
    let errors: String
}

/// A running `sangdam`. Whoever starts one ends it.
final class Program: Sendable {
    let processID: pid_t
    private let folder: String
    private let ended: AsyncStream<Int32>

    /// The binary that was built with the tests, beside the test bundle.
    private static let binary: String = {
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/sangdam"
    }()

    init(_ arguments: [String], input: String = "") throws {
        folder = try temporaryFolder("program")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.binary)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        for name in environment.keys where name.hasPrefix("SANGDAM_") { environment[name] = nil }
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        try input.write(toFile: folder + "/in", atomically: false, encoding: .utf8)
        process.standardInput = FileHandle(forReadingAtPath: folder + "/in")
        process.standardOutput = try Self.file(folder + "/out")
        process.standardError = try Self.file(folder + "/err")
        let (ended, continuation) = AsyncStream<Int32>.makeStream()
        self.ended = ended
        process.terminationHandler = { process in
            Leftovers.shared.remove(process: process.processIdentifier)
            continuation.yield(process.terminationStatus)
            continuation.finish()
        }
        try process.run()
        processID = process.processIdentifier
        Leftovers.shared.add(process: processID)
    }

    private static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw LoadTestFailure("no \(path)") }
        return handle
    }

    var output: String { (try? String(contentsOfFile: folder + "/out", encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: folder + "/err", encoding: .utf8)) ?? "" }

    /// Waits for its end.
    func finished() async throws -> Finished {
        for await status in ended { return Finished(status: status, output: output, errors: errors) }
        throw LoadTestFailure("nobody can wait twice")
    }

    func end() {
        kill(processID, SIGKILL)
    }
}

/// Runs the binary to its end.
func sangdam(_ arguments: [String], input: String = "") async throws -> Finished {
    try await Program(arguments, input: input).finished()
}

/// A real server with two agents, load1 and load2, whose message limits are raised.
struct RealServer: Sendable {
    static let password = "load-password"
    let program: Program
    let address: String
    let passwordFile: String

    init() async throws {
        let certificates = try LoadCertificates.shared.get()
        let folder = try temporaryFolder("server")
        let data = folder + "/data"
        passwordFile = folder + "/password"
        try "\(Self.password)\n".write(toFile: passwordFile, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passwordFile)
        for name in ["load1", "load2"] {
            let made = try await sangdam(
                ["account", "add", name, "--role", "agent", "--data", data], input: "\(Self.password)\n")
            guard made.status == 0 else { throw LoadTestFailure("no account: \(made.errors)") }
        }
        try "limits:\n  message_burst: 10000\n  messages_per_second: 10000\n"
            .write(toFile: folder + "/load.yaml", atomically: true, encoding: .utf8)
        program = try Program([
            "serve", "--config", folder + "/load.yaml", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0",
            "--data", data, "--certificate", certificates.server, "--private-key", certificates.serverKey,
            "--ready-json",
        ])
        address = try await Self.readyAddress(of: program)
    }

    private static func readyAddress(of program: Program) async throws -> String {
        for _ in 0..<600 {
            if let line = program.output.split(separator: "\n").first,
                let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
                let address = object["listen"] as? String
            {
                return address
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        program.end()
        throw LoadTestFailure("the server is not ready: \(program.errors)")
    }

    /// `sangdam load` against it.
    func load(_ arguments: [String]) async throws -> Finished {
        let certificates = try LoadCertificates.shared.get()
        return try await sangdam(
            ["load"] + arguments + [
                "--connect", address, "--ca-file", certificates.ca, "--pid", String(program.processID), "--warm-up",
                "0.2",
                "--duration", "1",
            ])
    }
}
