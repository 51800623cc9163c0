// A server of its own for a test: a temporary data folder, short limits, free ports. It can be stopped, killed and
// started again on the same data; `withDesk` leaves nothing of it behind.

import Foundation
import Synchronization
import Testing

final class Desk: Sendable {
    struct Address: Sendable {
        let host: String
        let port: Int

        init(_ text: String) {
            let parts = text.split(separator: ":")
            host = parts.first.map(String.init) ?? ""
            port = parts.last.flatMap { Int($0) } ?? 0
        }

        var text: String { "\(host):\(port)" }
    }

    private struct Running: Sendable {
        var process: ChildProcess?
        var chat = Address("")
        var admin = Address("")
        var log = ""
    }

    let folder = Folder(named: "desk")
    let certificates: Certificates
    private let running = Mutex(Running())

    var data: String { folder.path + "/data" }
    var configurationFile: String { folder.path + "/sangdam.yaml" }
    var passwordFile: String { folder.path + "/password" }
    /// The server's own copies, which a test may replace.
    var certificateFile: String { folder.path + "/server.pem" }
    var privateKeyFile: String { folder.path + "/server-key.pem" }

    var chat: Address { running.withLock { $0.chat } }
    var admin: Address { running.withLock { $0.admin } }
    /// What the server writes for people, of all its lives.
    var log: String { running.withLock { $0.log + ($0.process?.errors ?? "") } }

    init(limits: [String: String] = [:], accounts: Accounts = .few) async throws {
        certificates = try await Certificates.shared
        let manager = FileManager.default
        try manager.createDirectory(
            atPath: data, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        try manager.copyItem(atPath: certificates.server, toPath: certificateFile)
        try manager.copyItem(atPath: certificates.serverKey, toPath: privateKeyFile)
        try "\(Accounts.password)\n".write(toFile: passwordFile, atomically: true, encoding: .utf8)
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: passwordFile)
        try configure(limits: limits)
        try await accounts.copy(to: data)
    }

    /// Writes the configuration: three queues, of which `fraud` is urgent and for specialists, and these limits.
    /// - Parameter more: lines of the file itself.
    func configure(name: String = "시험 상담소", limits: [String: String], more: String = "") throws {
        var yaml = """
            \(more)
            name: {ko: \(name), en: Test desk}
            topics:
              - {id: payment, labels: {ko: 결제, en: Payment}, queue: payment}
              - {id: refund, labels: {ko: 환불, en: Refund}, queue: payment}
              - {id: general, labels: {ko: 기타 문의, en: Something else}, queue: general, contact: centre}
              - {id: fraud, labels: {ko: 도용 신고, en: Report fraud}, queue: fraud}
            queues:
              - {id: payment, labels: {ko: 결제, en: Payment}}
              - {id: general, labels: {ko: 일반, en: General}}
              - {id: fraud, labels: {ko: 긴급, en: Urgent}, priority: 10, specialists: true}
            contacts:
              - {id: centre, labels: {ko: 고객센터, en: Customer centre}, phone: 1588-0000, hours: {ko: 평일, en: Weekdays}}

            """
        if !limits.isEmpty {
            yaml += "limits:\n"
            for (name, value) in limits.sorted(by: { $0.key < $1.key }) { yaml += "  \(name): \(value)\n" }
        }
        try yaml.write(toFile: configurationFile, atomically: true, encoding: .utf8)
    }

    // MARK: Its lives

    var arguments: [String] {
        [
            "serve", "--config", configurationFile, "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0",
            "--data", data, "--certificate", certificateFile, "--private-key", privateKeyFile, "--ready-json",
        ]
    }

    /// Starts the server and waits until it says that it is ready.
    /// - Parameter wrapper: a program and its arguments that runs the server, such as strace.
    /// - Parameter listen: the chat port of an earlier life.
    func start(under wrapper: [String] = [], listen: Address? = nil) async throws {
        var arguments = arguments
        if let listen { arguments[4] = listen.text }
        let command = wrapper + [Sangdam.binary] + arguments
        let process = try ChildProcess(command[0], Array(command.dropFirst()))
        running.withLock { $0.process = process }
        let line = try await process.expect("\"ready\"", within: 30)
        let ready = try JSON(parsing: line.utf8)
        running.withLock {
            $0.chat = Address(ready["listen"].text)
            $0.admin = Address(ready["admin"].text)
        }
    }

    var process: ChildProcess {
        get throws {
            guard let process = running.withLock({ $0.process }) else { throw TestFailure("the server does not run") }
            return process
        }
    }

    /// `kill -9`.
    func kill() async throws {
        let process = try process
        await process.killNow()
        forget(process)
    }

    /// SIGTERM; the server must end with 0 within ten seconds.
    func stop() async throws {
        let process = try process
        process.signal(SIGTERM)
        let status = try await process.exitStatus(within: 10)
        forget(process)
        guard status == 0 else { throw TestFailure("the server ended with \(status). \(process.record)") }
    }

    /// Waits for the server to end by itself.
    func exitStatus(within seconds: Double = 10) async throws -> Int32 {
        let process = try process
        let status = try await process.exitStatus(within: seconds)
        forget(process)
        return status
    }

    private func forget(_ process: ChildProcess) {
        running.withLock {
            $0.log += process.errors
            $0.process = nil
        }
    }

    /// The end of a test, however it went.
    func end() async {
        guard let process = running.withLock({ $0.process }) else { return }
        if let status = process.state.value.exitStatus {
            running.withLock { $0.log += "[the server had ended with \(status)]\n" }
        }
        await process.killNow()
        forget(process)
    }

    // MARK: Its files and its counters

    /// Every line of the journal so far, in its order. A line that is still being written is left out.
    func journal() throws -> [JSON] {
        let folder = data + "/journal"
        var lines: [JSON] = []
        for file in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where file.hasSuffix(".jsonl")
        {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") else { continue }
            let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { bytes[...$0] } ?? Data()
            for line in whole.split(separator: UInt8(ascii: "\n")) { lines.append(try JSON(parsing: line)) }
        }
        return lines
    }

    /// `sangdam transcript …` on the desk's data.
    func transcript(_ arguments: String...) async throws -> (status: Int32, output: String, errors: String) {
        try await run(Sangdam.binary, ["transcript"] + arguments + ["--data", data])
    }

    /// `GET` of the admin port.
    func get(_ path: String) async throws -> (status: Int, body: String) {
        let peer = try await Peer(connectingTo: admin, tls: nil)
        defer { peer.abort() }
        peer.send(Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
        let text = try await peer.everything(within: 10)
        let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
        guard let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
            throw TestFailure("no HTTP answer to GET \(path): \(text)")
        }
        return (status, parts.count == 2 ? String(parts[1]) : "")
    }

    /// The value of every series of `/metrics`, by its name with its labels as they are written.
    func metrics() async throws -> Metrics {
        Metrics(try await get("/metrics").body)
    }
}

/// Runs a desk for a test. When the test fails, what the server had said is part of the failure.
func withDesk(
    limits: [String: String] = [:], accounts: Accounts = .few, starts: Bool = true,
    _ body: (Desk) async throws -> Void
) async throws {
    let desk = try await Desk(limits: limits, accounts: accounts)
    do {
        if starts { try await desk.start() }
        try await body(desk)
        await desk.end()
    } catch {
        await desk.end()
        Issue.record(error, "The server said:\n\(desk.log.suffix(4_000))")
    }
    // What a sanitizer or the runtime has to say about the server counts, also when the test was content.
    for complaint in ["ThreadSanitizer", "AddressSanitizer", "Fatal error"] where desk.log.contains(complaint) {
        Issue.record("\(complaint) in the server:\n\(desk.log.prefix(8_000))")
    }
}
