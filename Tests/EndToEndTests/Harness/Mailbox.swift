// A mail server beside a desk (Tests/Mailbox/mailbox.py), the mails that it took, and mails that come back.

import Foundation
import Testing

/// A mail as it came.
struct CaughtMail: Sendable {
    let sender: String
    let recipients: [String]
    /// Folded lines are one.
    private let head: [String]
    private let body: String

    init(_ line: JSON) {
        sender = line["from"].text
        recipients = line["to"].items.map(\.text)
        let parts = line["data"].text.components(separatedBy: "\r\n\r\n")
        head = parts[0].replacingOccurrences(of: "\r\n ", with: " ").components(separatedBy: "\r\n")
        body = parts.dropFirst().joined(separator: "\r\n\r\n")
    }

    func field(_ name: String) -> String? {
        head.first { $0.lowercased().hasPrefix(name.lowercased() + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    var text: String {
        guard field("Content-Transfer-Encoding") == "base64",
            let data = Data(base64Encoded: body.replacingOccurrences(of: "\r\n", with: ""))
        else { return body }
        return String(decoding: data, as: UTF8.self)
    }

    /// A reply as a mail program writes it.
    func reply(_ text: String, id: String = UUID().uuidString, fields: [String] = []) -> String {
        let references = [field("References"), field("Message-ID")].compactMap { $0 }.joined(separator: " ")
        let quoted = self.text.components(separatedBy: "\r\n").map { "> \($0)" }.joined(separator: "\r\n")
        return
            ([
                "From: Hong <hong@example.com>", "To: \(field("Reply-To") ?? "")", "Message-ID: <\(id)@example.com>",
                "In-Reply-To: \(field("Message-ID") ?? "")", "References: \(references)", "MIME-Version: 1.0",
                "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit",
            ] + fields).joined(separator: "\r\n")
            + "\r\n\r\n\(text)\r\n\r\n2026년 12월 2일 (수) 오전 9:00, 상담소님이 작성:\r\n\(quoted)\r\n"
    }
}

/// The mail server, for as long as a test needs one.
final class Mailbox: Sendable {
    private let process: ChildProcess
    let port: Int

    init(port: Int = 0, _ arguments: String...) async throws {
        process = try ChildProcess(
            "/usr/bin/python3",
            ["-W", "ignore", Clone.repository + "/Tests/Mailbox/mailbox.py", "--port", "\(port)"] + arguments)
        self.port = try JSON(parsing: try await process.expect("\"port\"").utf8)["port"].int ?? 0
    }

    /// What it does with the next mails: a word of mailbox.py.
    func will(_ word: String) async throws {
        process.type(word)
        try await process.expect("\"will\": \"\(word)\"")
    }

    func next(within seconds: Double = 20) async throws -> CaughtMail {
        CaughtMail(try JSON(parsing: try await process.expect("\"data\"", within: seconds).utf8))
    }

    /// How many came so far.
    var count: Int { process.output.components(separatedBy: "\"data\"").count - 1 }

    func end() async { await process.killNow() }
}

extension Desk {
    /// Lines of the configuration for mails to go to that port.
    static func mail(port: Int, more: String = "starttls: \"off\"") -> String {
        """
        mail:
          smtp: smtp://127.0.0.1:\(port)
          from: desk@desk.example
          reply_to: replies@desk.example
          \(more)
        """
    }

    /// `sangdam mail-in`.
    func mailIn(_ mail: String, _ arguments: String...) async throws -> (status: Int32, output: String, errors: String)
    {
        try await run(
            Sangdam.binary, ["mail-in", "--json", "--data", data] + arguments, input: mail)
    }

    /// An inquiry of somebody who leaves an address.
    func leaveInquiry(_ text: String, email: String = "hong@example.com") async throws -> (id: String, receipt: String)
    {
        let customer = try await Client.customer("c", at: self).client
        let inquiry = try await customer.ask(
            ["type": "inquire", "topic": "payment", "text": .string(text), "email": .string(email)], for: "inquiry")
        return (inquiry["inquiry"].text, inquiry["receipt"].text)
    }
}

/// Runs a desk whose mails go to a mail server.
func withMailDesk(_ body: (Desk, Mailbox) async throws -> Void) async throws {
    let mailbox = try await Mailbox()
    try await withDesk(starts: false) { desk in
        try desk.configure(limits: [:], more: Desk.mail(port: mailbox.port))
        try await desk.start()
        try await body(desk, mailbox)
    }
    await mailbox.end()
}
