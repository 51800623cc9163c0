// A clone of the repository for its scripts, in which everything is built and installed already.

import Foundation

struct Clone: Sendable {
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    let folder = Folder(named: "clone")
    var certs: String { folder.path + "/Certs" }

    /// With a compiler in front that has nothing to do.
    var path: String { "\(folder.path)/bin:" + (ProcessInfo.processInfo.environment["PATH"] ?? "") }

    init() throws {
        let manager = FileManager.default
        for name in ["deploy", "Certs/openssl.cnf"] {
            let target = "\(folder.path)/\(name)"
            try manager.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            let source = URL(fileURLWithPath: "\(Self.repository)/\(name)").resolvingSymlinksInPath().path
            try manager.copyItem(atPath: source, toPath: target)
        }
        try manager.createDirectory(atPath: "\(folder.path)/.build/release", withIntermediateDirectories: true)
        try manager.createSymbolicLink(
            atPath: "\(folder.path)/.build/release/sangdam", withDestinationPath: Sangdam.binary)
        try manager.createDirectory(atPath: "\(folder.path)/bin", withIntermediateDirectories: true)
        for (name, text) in [("swift", "Swift version 6.3"), ("dpkg-query", "installed")] {
            let file = "\(folder.path)/bin/\(name)"
            try "#!/bin/sh\nprintf '\(text)'\n".write(toFile: file, atomically: true, encoding: .utf8)
            try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
        }
    }

    /// `deploy/certificates.sh`.
    func makeCertificates() async throws -> (status: Int32, output: String, errors: String) {
        try await run("\(folder.path)/deploy/certificates.sh", [])
    }

    /// Has the CA sign the server's key once more, for another number of days from now.
    func sign(days: Int) async throws {
        let request = ["req", "-new", "-config", "openssl.cnf", "-subj", "/CN=localhost", "-key", "server-key.pem"]
        let signing = [
            "x509", "-req", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-set_serial", "7", "-days", String(days),
        ]
        for arguments in [request + ["-out", "new.csr.pem"], signing + ["-in", "new.csr.pem", "-out", "server.pem"]] {
            let done = try await run("openssl", arguments, in: certs)
            guard done.status == 0 else { throw TestFailure("openssl \(arguments[0]): \(done.errors)") }
        }
    }

    /// Of the server's certificate.
    func dates() async throws -> (serial: String, lifetimeDays: Int) {
        let shown = try await run(
            "openssl",
            ["x509", "-in", "server.pem", "-noout", "-serial", "-startdate", "-enddate", "-dateopt", "iso_8601"],
            in: certs)
        let values = shown.output.split(separator: "\n").compactMap { $0.split(separator: "=").last }
        guard values.count == 3 else { throw TestFailure("openssl x509: \(shown)") }
        let times = try values[1...].map {
            try Date(String($0).replacingOccurrences(of: " ", with: "T"), strategy: .iso8601).timeIntervalSince1970
        }
        return (String(values[0]), Int((times[1] - times[0]) / 86_400))
    }
}
