// Throw-away certificates, made with the openssl command once for a test run.

import Foundation
import SangdamNet

/// A CA, a server certificate for localhost and 127.0.0.1 signed by it, a second one with another serial number, and
/// a CA that signed nothing.
struct TestCertificates: Sendable {
    let directory: String

    static let shared = Result { try TestCertificates() }

    var ca: String { directory + "/ca.pem" }
    var otherCA: String { directory + "/other-ca.pem" }
    var certificate: String { directory + "/server.pem" }
    var key: String { directory + "/server.key" }
    var secondCertificate: String { directory + "/second.pem" }
    var secondKey: String { directory + "/second.key" }

    private init() throws {
        directory = NSTemporaryDirectory() + "sangdam-net-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try makeCA("ca", subject: "/CN=Test CA")
        try makeCA("other-ca", subject: "/CN=Other CA")
        try makeServer("server", subject: "/CN=first", serial: "11")
        try makeServer("second", subject: "/CN=second", serial: "12")
    }

    func serverContext(protocols: [String] = []) throws -> TLSContext {
        try .server(certificateFile: certificate, privateKeyFile: key, applicationProtocols: protocols)
    }

    func clientContext(protocols: [String] = []) throws -> TLSContext {
        try .client(caFile: ca, applicationProtocols: protocols)
    }

    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let path = directory + "/" + name
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    func openssl(_ arguments: String) throws {
        let words = arguments.split(separator: " ").map { String($0).replacing("%", with: " ") }
        let result = try run("openssl", words, in: directory)
        guard result.status == 0 else { throw CommandFailed(text: result.errors) }
    }

    private func makeCA(_ name: String, subject: String) throws {
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                + "-subj \(subject.replacing(" ", with: "%")) -keyout \(name).key -out \(name).pem")
    }

    private func makeServer(_ name: String, subject: String, serial: String) throws {
        let names = try write("\(name).ext", "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                + "-subj \(subject) -keyout \(name).key -out \(name).csr")
        try openssl(
            "x509 -req -in \(name).csr -CA ca.pem -CAkey ca.key -set_serial \(serial) -days 2 -extfile \(names) "
                + "-out \(name).pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: directory + "/\(name).key")
    }
}

struct CommandFailed: Error {
    let text: String
}

/// Runs a command to its end. `input` is its standard input, which ends right after it, or, if `keepsInputOpen`, not
/// before the command ended its own output.
func run(
    _ command: String, _ arguments: [String], in directory: String? = nil, input: String = "",
    keepsInputOpen: Bool = false
) throws -> (status: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [command] + arguments
    if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
    let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
    process.standardInput = stdin
    process.standardOutput = stdout
    process.standardError = stderr
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    if !keepsInputOpen { try stdin.fileHandleForWriting.close() }
    let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
    let errors = try stderr.fileHandleForReading.readToEnd() ?? Data()
    if keepsInputOpen { try stdin.fileHandleForWriting.close() }
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self), String(decoding: errors, as: UTF8.self))
}
