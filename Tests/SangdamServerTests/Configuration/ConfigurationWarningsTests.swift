// What a start goes on with, and yet says.

import SangdamMail
import SangdamProtocol
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

    @Test(
        "Mails in the clear belong on this machine",
        arguments: [
            ("smtp://127.0.0.1:25", MailSettings.StartTLS.off, false), ("smtp://mail.example.com:25", .off, true),
            ("smtp://mail.example.com:587", .required, false), ("smtps://mail.example.com:465", .off, false),
        ])
    func mailInTheClear(server: String, startTLS: MailSettings.StartTLS, warns: Bool) {
        var configuration = ServerConfiguration()
        (configuration.mail.server, configuration.mail.startTLS) = (MailServer(server), startTLS)
        #expect(configuration.warnings.count == (warns ? 1 : 0), "\(configuration.warnings)")
        #expect(configuration.warnings.allSatisfy { $0.contains("in the clear") })
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
        configuration.mail.passwordFile = folder.path + "/password"
        configuration.mail.authorityFile = folder.path + "/ca.pem"
        #expect(
            configuration.missingFiles == [
                "mail.password_file: \(folder.path)/password does not exist.",
                "mail.ca_file: \(folder.path)/ca.pem does not exist.",
            ])
    }
}
