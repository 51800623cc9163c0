// A server that plays a script over real TLS, and the console's shell run against it through pipes.

import Foundation
import SangdamConsole
import SangdamCore
import SangdamNet
import SangdamProtocol
import Synchronization

/// What the script does about one line of the console's.
enum Reply: Sendable {
    case say(String)
    /// Cuts the connection off with a reset.
    case drop
}

/// A listener on a free port of 127.0.0.1. `script` gets the number of the connection, from 1, and one line.
final class FakeDesk: Sendable {
    typealias Script = @Sendable (Int, String) -> [Reply]

    let group: ReactorGroup
    let port: Int
    private let listener: Listener
    let heard: Heard

    init(certificates: ConsoleCertificates, script: @escaping Script) throws {
        let tls = try TLSContext.server(
            certificateFile: certificates.file("server.pem"), privateKeyFile: certificates.file("server.key"),
            applicationProtocols: ["sangdam/1"])
        let heard = Heard()
        group = try ReactorGroup(count: 1)
        listener = try Listener(
            ListenerConfiguration(host: "127.0.0.1", port: 0, tls: tls) { _ in
                FakeSession(number: heard.nextConnection(), heard: heard, script: script)
            }, on: group)
        port = listener.port
        self.heard = heard
    }

    func stop() { group.shutDown(withinMilliseconds: 1_000) }

    /// The lines of all connections, in order.
    final class Heard: Sendable {
        private let lines = Mutex<[String]>([])
        private let connections = Mutex(0)

        func nextConnection() -> Int {
            connections.withLock {
                $0 += 1
                return $0
            }
        }

        func add(_ line: String) { lines.withLock { $0.append(line) } }
        var all: [String] { lines.withLock { $0 } }
    }
}

private final class FakeSession: ConnectionHandler {
    private let number: Int
    private let heard: FakeDesk.Heard
    private let script: FakeDesk.Script
    private var lines = LineCutter(limitBytes: 1 << 20)

    init(number: Int, heard: FakeDesk.Heard, script: @escaping FakeDesk.Script) {
        self.number = number
        self.heard = heard
        self.script = script
    }

    func connectionOpened(_ connection: Connection) {}

    func connection(_ connection: Connection, received bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while let line = lines.next(&rest) {
            switch line {
            case .inPlace(let bytes): heard(String(decoding: bytes, as: UTF8.self), connection)
            case .gathered(let bytes): heard(String(decoding: bytes, as: UTF8.self), connection)
            case .tooLong: break
            }
        }
    }

    private func heard(_ line: String, _ connection: Connection) {
        heard.add(line)
        for reply in script(number, line) {
            switch reply {
            case .say(let text): connection.send(Array((text + "\n").utf8))
            case .drop: connection.abort()
            }
        }
    }

    func connectionDeadline(_ connection: Connection) {}
    func connectionClosed(_ connection: Connection, _ reason: CloseReason) {}
}

/// Made once for a test run with the openssl command: a CA, a server certificate for 127.0.0.1, and another CA.
struct ConsoleCertificates: Sendable {
    static let shared = Result { try ConsoleCertificates() }
    private let directory: String

    func file(_ name: String) -> String { directory + "/" + name }

    private init() throws {
        directory = NSTemporaryDirectory() + "sangdam-console-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        for name in ["ca", "other"] {
            try openssl(
                ["req", "-x509"] + key + [
                    "-days", "2", "-subj", "/CN=\(name)", "-keyout", "\(name).key", "-out", "\(name).pem",
                ])
        }
        try "subjectAltName=IP:127.0.0.1\n".write(toFile: file("names"), atomically: true, encoding: .utf8)
        try openssl(["req"] + key + ["-subj", "/CN=server", "-keyout", "server.key", "-out", "server.csr"])
        try openssl(
            [
                "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "7", "-days",
                "2",
            ]
                + ["-extfile", "names", "-out", "server.pem"])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file("server.key"))
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}

/// The shell on a thread of its own, with pipes for its three descriptors.
final class ShellRun: Sendable {
    private let input = Pipe()
    private let output = Captured()
    private let faults = Captured()
    private let ended = DispatchSemaphore(value: 0)
    private let result = Mutex<Int32?>(nil)

    init(host: String = "127.0.0.1", port: Int, caFile: String?) {
        var configuration = ConsoleShellConfiguration(
            server: HostPort("\(host):\(port)") ?? ConsoleTestAddress.none, caFile: caFile,
            settings: ConsoleSettings(user: "kim", password: "secret", language: .english), ringsBell: true)
        configuration.input = input.fileHandleForReading.fileDescriptor
        configuration.output = output.descriptor
        configuration.faults = faults.descriptor
        Thread { [self, configuration] in
            let code: Int32
            do throws(ConsoleStartFault) {
                code = try ConsoleShell.run(configuration)
            } catch {
                code = error.exitCode
            }
            result.withLock { $0 = code }
            ended.signal()
        }.start()
    }

    func type(_ text: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
    }

    func endInput() throws { try input.fileHandleForWriting.close() }

    /// The exit code; nil when it did not end within 20 s.
    func wait() -> Int32? {
        guard ended.wait(timeout: .now() + 20) == .success else { return nil }
        output.finish()
        faults.finish()
        return result.withLock { $0 }
    }

    var printed: String { output.text }
    var complained: String { faults.text }

    /// Whether the console prints `text` within 20 s.
    func prints(_ text: String) -> Bool {
        for _ in 0..<2_000 {
            if printed.contains(text) { return true }
            usleep(10_000)
        }
        return false
    }
}

enum ConsoleTestAddress {
    /// The discard port: nobody listens there.
    static var none: HostPort {
        guard let address = HostPort("127.0.0.1:9") else { preconditionFailure("a plain address") }
        return address
    }
}

/// One of the shell's outputs, gathered as it comes.
private final class Captured: Sendable {
    private let pipe = Pipe()
    private let bytes = Mutex<[UInt8]>([])
    private let isComplete = DispatchSemaphore(value: 0)

    init() {
        pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
            let data = handle.availableData
            self?.bytes.withLock { $0.append(contentsOf: data) }
            guard data.isEmpty else { return }
            handle.readabilityHandler = nil
            self?.isComplete.signal()
        }
    }

    /// Nothing more is written: waits until all of it is here.
    func finish() {
        try? pipe.fileHandleForWriting.close()
        _ = isComplete.wait(timeout: .now() + 5)
    }

    var descriptor: Int32 { pipe.fileHandleForWriting.fileDescriptor }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
