// A certificate authority and what it signed, made with the openssl command once for a test run, in a folder that goes
// with it.

import Foundation
import SangdamNet

struct LoadCertificates: Sendable {
    static let shared = Result { try LoadCertificates() }

    let folder: String
    var ca: String { folder + "/ca.pem" }
    var server: String { folder + "/server.pem" }
    var serverKey: String { folder + "/server-key.pem" }

    private init() throws {
        folder = try temporaryFolder("certificates")
        try openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj",
            "/CN=Test CA", "-keyout", "ca-key.pem", "-out", "ca.pem")
        try "subjectAltName=DNS:localhost,IP:127.0.0.1\n"
            .write(toFile: folder + "/server.ext", atomically: true, encoding: .utf8)
        try openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-keyout",
            "server-key.pem", "-out", "server.csr")
        try openssl(
            "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-set_serial", "0x11",
            "-days",
            "2", "-extfile", "server.ext", "-out", "server.pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: serverKey)
    }

    private func openssl(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["-C", folder, "openssl"] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw LoadTestFailure("openssl \(arguments[0]) failed") }
    }
}

/// A folder that is removed at the end of the test run.
func temporaryFolder(_ name: String) throws -> String {
    let number = ProcessInfo.processInfo.processIdentifier
    let path = NSTemporaryDirectory() + "sangdam-load-\(number)-\(name)-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    Leftovers.shared.add(path)
    return path
}

/// Why a test cannot go on.
struct LoadTestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
