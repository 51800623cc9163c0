// What a start goes on with, and yet says.

import Testing

@testable import SangdamServer

@Suite("Warnings about a configuration")
struct ConfigurationWarningsTests {
    @Test(
        "The admin port belongs on loopback",
        arguments: [
            ("127.0.0.1", false), ("127.0.0.53", false), ("::1", false), ("localhost", false), ("0.0.0.0", true),
            ("::", true), ("192.168.0.2", true), ("desk.example", true),
        ])
    func adminPort(host: String, warns: Bool) throws {
        var configuration = ServerConfiguration()
        configuration.adminListen.host = host
        #expect(configuration.warnings.count == (warns ? 1 : 0))
        let said = try configuration.warnings.first ?? #require(warns ? nil : "")
        #expect(said.isEmpty || said.hasPrefix("admin_listen is \(configuration.adminListen): "), "\(said)")
    }

    struct Row: Sendable {
        let connections: Int
        let descriptors: Int
        let says: String?
    }

    @Test(
        "A limit of file descriptors below the connections is told with both numbers",
        arguments: [
            Row(
                connections: 20_000, descriptors: 1024,
                says: """
                    limits.connections is 20000, but the system allows 1024 file descriptors: 704 connections at most. \
                    Raise LimitNOFILE or `ulimit -Hn`.
                    """),
            Row(connections: 20_000, descriptors: 20_319, says: "19999 connections at most"),
            Row(connections: 20_000, descriptors: 20_320, says: nil),
            Row(connections: 20_000, descriptors: .max, says: nil),
            Row(connections: 500, descriptors: 1024, says: nil),
            Row(connections: 5, descriptors: 100, says: " 1 connections at most"),
        ])
    func descriptors(row: Row) {
        var configuration = ServerConfiguration()
        configuration.net.connections = row.connections
        let said = configuration.descriptorWarning(row.descriptors)
        if let says = row.says {
            #expect(said?.contains(says) == true, "\(said ?? "nothing")")
        } else {
            #expect(said == nil)
        }
    }

    @Test("Files that are not there are named with what to do, files that are there are not")
    func missingFiles() throws {
        let folder = try TemporaryFolder()
        var configuration = ServerConfiguration()
        configuration.certificateFile = try folder.write("", to: "server.pem")
        configuration.privateKeyFile = folder.path + "/key.pem"
        #expect(
            configuration.missingFiles == [
                "private_key: \(folder.path)/key.pem does not exist. \(ServerConfiguration.certificateAdvice)"
            ])
        configuration.privateKeyFile = configuration.certificateFile
        configuration.ticketKeyFile = folder.path + "/tickets"
        #expect(configuration.missingFiles == ["ticket_keys: \(folder.path)/tickets does not exist."])
        configuration.ticketKeyFile = nil
        #expect(configuration.missingFiles.isEmpty)
    }
}
