// The secrets that mails need: made once, read by their owner alone, and told when they are not what they should be.

import Foundation
import SangdamCore
import SangdamMail
import Testing

@testable import SangdamServer

@Suite("What mails need")
struct MailOfficeTests {
    private func settings(passwordFile: String? = nil) -> MailSettings {
        var settings = MailSettings()
        settings.server = MailServer("smtp://127.0.0.1:25")
        settings.from = EmailAddress("desk@example.com")
        settings.replyTo = EmailAddress("replies@example.com")
        if let passwordFile { (settings.user, settings.passwordFile) = ("desk", passwordFile) }
        return settings
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    /// What it says, and the exit code.
    private func fault(_ settings: MailSettings, in folder: TemporaryFolder) -> (String, Int32)? {
        do throws(StartFailure) {
            _ = try MailOffice(settings, dataDirectory: folder.path)
            return nil
        } catch { return (error.description, error.exitCode) }
    }

    @Test("Without a mail server there is nothing, and no key either")
    func none() throws {
        let folder = try TemporaryFolder()
        #expect(try MailOffice(MailSettings(), dataDirectory: folder.path) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/mail.key"))
    }

    @Test("The key is made once, for its owner alone, and is the same from then on")
    func key() throws {
        let folder = try TemporaryFolder()
        // What an interrupted start left.
        _ = try folder.write("half", to: "mail.key.new")
        let first = try #require(try MailOffice(settings(), dataDirectory: folder.path)).key
        let second = try #require(try MailOffice(settings(), dataDirectory: folder.path)).key
        let inquiry = ChatID(high: 1, low: 2)
        #expect(first.token(of: inquiry) == second.token(of: inquiry))
        #expect(try mode(folder.path + "/mail.key") == 0o600)
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/mail.key.new"))
        let other = try TemporaryFolder()
        let stranger = try #require(try MailOffice(settings(), dataDirectory: other.path)).key
        #expect(stranger.inquiry(of: first.token(of: inquiry)) == nil)
    }

    @Test("A key that is damaged, or that others can read, is none")
    func badKey() throws {
        let folder = try TemporaryFolder()
        let key = try folder.write("short", to: "mail.key")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
        let damaged = try #require(fault(settings(), in: folder))
        #expect(damaged.0 == "\(key) is damaged: it has 5 bytes instead of 32." && damaged.1 == 65)
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: key)
        let open = try #require(fault(settings(), in: folder))
        #expect(open.0 == "\(key) can be read by others. Make it its owner's alone: chmod 600 \(key)" && open.1 == 77)
    }

    @Test(
        "The password is the file's first line",
        arguments: [
            ("geheim\n", 0o600, nil), ("geheim\r\nmore", 0o600, nil), ("", 0o600, 78), ("\n", 0o600, 78),
            ("geheim\n", 0o604, 77), (nil, 0, 78),
        ] as [(String?, Int, Int32?)])
    func password(_ row: (text: String?, mode: Int, exitCode: Int32?)) throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/password"
        if let text = row.text {
            _ = try folder.write(text, to: "password")
            try FileManager.default.setAttributes([.posixPermissions: row.mode], ofItemAtPath: file)
        }
        let fault = fault(settings(passwordFile: file), in: folder)
        #expect(fault?.1 == row.exitCode, "\(fault as Any)")
        #expect(fault?.0.contains("geheim") != true)
    }
}
