// A certificate authority and what it signed, made with the openssl command once for a test run.

import Foundation

struct Certificates: Sendable {
    private static let folder = Folder(named: "certificates")
    private static let task = Task { try await Certificates(in: folder.path) }

    /// The same for all tests of a run.
    static var shared: Certificates {
        get async throws { try await task.value }
    }

    let folder: String
    var ca: String { folder + "/ca.pem" }
    var server: String { folder + "/server.pem" }
    var serverKey: String { folder + "/server-key.pem" }
    /// For the same names, with another serial number: a renewed certificate.
    var renewed: String { folder + "/renewed.pem" }
    var renewedKey: String { folder + "/renewed-key.pem" }

    /// Signed by the CA, for these names and from one time to the other, in days from now.
    struct Dated: Sendable {
        let certificate: String
        let key: String
    }

    private init(in folder: String) async throws {
        self.folder = folder
        try await openssl(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "60",
            "-subj", "/CN=Test CA", "-keyout", "ca-key.pem", "-out", "ca.pem")
        try await makeServer("server", serial: "0x11")
        try await makeServer("renewed", serial: "0x22")
    }

    private func makeServer(_ name: String, serial: String) async throws {
        try "subjectAltName=DNS:localhost,IP:127.0.0.1\n"
            .write(toFile: "\(folder)/\(name).ext", atomically: true, encoding: .utf8)
        try await openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-keyout", "\(name)-key.pem", "-out", "\(name).csr")
        try await openssl(
            "x509", "-req", "-in", "\(name).csr", "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-set_serial", serial,
            "-days", "30", "-extfile", "\(name).ext", "-out", "\(name).pem")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: "\(folder)/\(name)-key.pem")
    }

    /// A certificate and its key, made in `target`. By `openssl ca`, since `openssl x509` knows no dates before 3.4.
    func make(
        from first: Double, until last: Double, names: String = "DNS:localhost,IP:127.0.0.1", in target: Folder
    ) async throws -> Dated {
        let name = "\(target.path)/\(UUID().uuidString)"
        let dated = Dated(certificate: name + ".pem", key: name + "-key.pem")
        try "subjectAltName=\(names)\n".write(toFile: name + ".ext", atomically: true, encoding: .utf8)
        try "".write(toFile: target.path + "/index.txt", atomically: true, encoding: .utf8)
        try """
        [ca]
        default_ca = made
        [made]
        database = \(target.path)/index.txt
        new_certs_dir = \(target.path)
        rand_serial = yes
        default_md = sha256
        policy = any
        [any]
        commonName = supplied
        """.write(toFile: target.path + "/ca.cnf", atomically: true, encoding: .utf8)
        try await openssl(
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=localhost",
            "-keyout", dated.key, "-out", name + ".csr")
        try await openssl(
            "ca", "-config", target.path + "/ca.cnf", "-batch", "-notext", "-in", name + ".csr", "-out",
            dated.certificate, "-cert", "ca.pem", "-keyfile", "ca-key.pem", "-startdate", time(first), "-enddate",
            time(last), "-extfile", name + ".ext")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: dated.key)
        return dated
    }

    /// As OpenSSL reads it: `20261122080000Z`.
    private func time(_ days: Double) -> String {
        let style = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted)
        return (Date() + days * 86_400).formatted(style).filter { $0 != "T" }
    }

    private func openssl(_ arguments: String...) async throws {
        let result = try await run("openssl", arguments, in: folder)
        guard result.status == 0 else { throw TestFailure("openssl \(arguments[0]): \(result.errors)") }
    }
}
