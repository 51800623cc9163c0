// Session tickets: who resumes, whose keys open what, and what is wrong with a file of keys.

import Foundation
import Testing

@testable import SangdamNet

@Suite(.serialized, .timeLimit(.minutes(2))) struct TicketTests {
    let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates.shared.get()
        ignoreBrokenPipeSignals()
    }

    private static let a = Data(repeating: 1, count: 48).base64EncodedString()
    private static let b = Data(repeating: 2, count: 48).base64EncodedString()

    private func keyFile(_ lines: String...) throws -> String {
        try certificates.write("ticket.keys", lines.map { $0 + "\n" }.joined())
    }

    private func context(ticketKeyFile: String?) throws -> TLSContext {
        try .server(
            certificateFile: certificates.certificate, privateKeyFile: certificates.key, ticketKeyFile: ticketKeyFile)
    }

    /// As a process that knows nothing of this one's keys would make it.
    private func contextOfAnotherProcess() throws -> TLSContext {
        try .server(
            certificateFile: certificates.certificate, privateKeyFile: certificates.key,
            ticketKeys: TicketKeys([], changesAfterMilliseconds: TicketKeys.lifeMilliseconds))
    }

    /// Visits the server with the session of the last visit, keeps the new one for the next: resumed or not? `key` is
    /// the first byte of the name of the key that the ticket we then have is sealed with.
    private func visit(_ server: TestServer, version: String, key: String = "") throws -> Bool {
        let file = certificates.directory + "/session\(version).pem"
        let old = FileManager.default.fileExists(atPath: file) ? ["-sess_in", file] : []
        let result = try run(
            "openssl",
            ["s_client", "-nocommands", version, "-CAfile", certificates.ca, "-sess_out", file] + old
                + ["-connect", server.listener.addressDescription], keepsInputOpen: true)
        #expect(result.output.contains("hello"), "\(result.output) \(result.errors)")
        #expect(result.output.contains("Reused, TLSv1") != result.output.contains("New, TLSv1"))
        #expect(result.output.contains("    0000 - \(key)"), "\(result.output)")
        return result.output.contains("Reused, TLSv1")
    }

    private func forgetSession(_ version: String) {
        try? FileManager.default.removeItem(atPath: certificates.directory + "/session\(version).pem")
    }

    private func greetingServer(_ context: TLSContext) throws -> TestServer {
        try TestServer(tls: context) { _, record in
            let probe = Probe(record)
            probe.onOpen = { connection in
                connection.send(Array("hello\n".utf8))
                connection.close()
            }
            return probe
        }
    }

    // MARK: who resumes

    @Test(arguments: ["-tls1_3", "-tls1_2"]) func withoutAFileForAsLongAsTheProcessLives(version: String) throws {
        forgetSession(version)
        let server = try greetingServer(context(ticketKeyFile: nil))
        defer { server.stop() }
        #expect(try !visit(server, version: version))
        #expect(try visit(server, version: version))
        #expect(try visit(server, version: version))
        server.listener.replaceTLS(try context(ticketKeyFile: nil))  // a new certificate by SIGHUP
        #expect(try visit(server, version: version))
        server.listener.replaceTLS(try contextOfAnotherProcess())
        #expect(try !visit(server, version: version))
        #expect(server.observer.count(.resumed) == 3)
    }

    @Test(arguments: ["-tls1_3", "-tls1_2"]) func withAFileForAsLongAsOneKeyStays(version: String) throws {
        forgetSession(version)
        let server = try greetingServer(context(ticketKeyFile: try keyFile(Self.a)))
        defer { server.stop() }
        #expect(try !visit(server, version: version, key: "01 01"))
        for (lines, resumes, key) in [
            ([Self.a], true, "01 01"),  // a restart
            (["# newest first", Self.b, "", Self.a], true, "02 02"),  // renewed: another key seals, this one opens
            ([Self.b], version == "-tls1_3", "02 02"),  // of TLS 1.2, s_client does not keep renewed tickets
            ([Self.a], false, "01 01"),
        ] {
            let file = try certificates.write("ticket.keys", lines.map { $0 + "\n" }.joined())
            server.listener.replaceTLS(try context(ticketKeyFile: file))
            #expect(try visit(server, version: version, key: key) == resumes, "\(lines)")
        }
    }

    /// RFC 8446, C.4: a client uses a ticket once. It must be able to go on for ever from one full handshake.
    @Test func whoUsedATicketGetsAnother() throws {
        let server = try greetingServer(context(ticketKeyFile: try keyFile(Self.a)))
        defer { server.stop() }
        let client = try certificates.clientContext()
        var session: TLSSession?
        for number in 0..<4 {
            let visit = server.connect(tls: client, session: session)
            #expect(visit.wait { $0.text == "hello\n" })
            #expect(visit.now.isResumed == (number > 0))
            session = visit.now.session
            #expect(session != nil)
        }
    }

    // MARK: keys by themselves

    @Test func ownKeysChangeTwiceADay() throws {
        let keys = TicketKeys([], changesAfterMilliseconds: 1_000)
        func isOpened(_ key: TicketKeys.Key) -> Bool? {
            key.name.withUnsafeBufferPointer { keys.key(named: $0) }.map(\.isFirst)
        }
        let first = try #require(keys.keyToSeal(atMilliseconds: 500))
        #expect(keys.keyToSeal(atMilliseconds: 1_499) == first)
        let second = try #require(keys.keyToSeal(atMilliseconds: 1_500))
        #expect(second != first && second.name != first.name)
        #expect(isOpened(second) == true && isOpened(first) == false)
        let third = try #require(keys.keyToSeal(atMilliseconds: 10_000))
        #expect(isOpened(third) == true && isOpened(second) == false && isOpened(first) == nil)
        #expect(keys.keyToSeal(atMilliseconds: 400) == third)  // a thread that read the clock before
    }

    @Test func aFilesKeysDoNotChange() throws {
        let keys = try TicketKeys.read(try keyFile(Self.b, Self.a))
        let first = try #require(keys.keyToSeal(atMilliseconds: 0))
        #expect(keys.keyToSeal(atMilliseconds: .max) == first)
        #expect(first.name == [UInt8](repeating: 2, count: 16))
    }

    // MARK: what is wrong with a file

    @Test func namesWhatIsWrongWithTicketKeys() throws {
        let many = (1...9).map { Data(repeating: $0, count: 48).base64EncodedString() + "\n" }.joined()
        for (text, line) in [
            ("no key\n", 1), ("\(Self.a)\n\n# fine\n\(Self.b)x\n", 4), ("\(Self.a.dropLast())\n", 1),
            ("\(Self.a.dropLast())!\n", 1), ("\(Self.a)\r\n", 1), ("\(Self.a.dropLast(4))QUI=\n", 1),
            (" \(Self.a)\n", 1), (Data(repeating: 1, count: 80).base64EncodedString(), 1),
        ] {
            let file = try certificates.write("broken.keys", text)
            #expect(throws: TLSContextError.noTicketKey(file, line: line), "\(text)") {
                try context(ticketKeyFile: file)
            }
        }
        for (text, reason) in [
            ("", "it holds no key"), ("# none\n\n", "it holds no key"), (many, "it holds more than 8 keys"),
            ("\(Self.a)\n\(Self.b)\n\(Self.a)\n", "line 3 holds a key a second time"),
            (String(repeating: "#", count: 8_192), "it is longer than 8192 bytes"),
        ] {
            let file = try certificates.write("broken.keys", text)
            #expect(throws: TLSContextError.refused(file, reason: reason)) { try context(ticketKeyFile: file) }
        }
        let missing = certificates.directory + "/missing.keys"
        #expect(throws: TLSContextError.fileMissing(missing)) { try context(ticketKeyFile: missing) }
    }

    @Test func refusesTicketKeysThatOthersCanRead() throws {
        for mode in [0o644, 0o640, 0o604] {
            let file = try certificates.write("open.keys", Self.a + "\n", mode: mode)
            let fault = TLSContextError.keyReadableByOthers(file, mode: UInt32(mode))
            #expect(fault.isPermissionProblem)
            #expect(throws: fault) { try context(ticketKeyFile: file) }
        }
    }
}
