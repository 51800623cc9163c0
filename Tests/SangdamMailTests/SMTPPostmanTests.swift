// What becomes of a mail, by what a mail server says at each step, or when it says nothing.

import Dispatch
import SangdamCore
import SangdamMail
import SangdamProtocol
import Testing

@Suite("The way to a mail server", .timeLimit(.minutes(2)))
struct SMTPPostmanTests {
    struct Row: CustomTestStringConvertible {
        let testDescription: String
        /// What the server says to the first line that begins so.
        let says: [String: ScriptedMailServer.Reply]
        let result: String

        init(_ description: String, _ says: [String: ScriptedMailServer.Reply], _ result: String) {
            (testDescription, self.says, self.result) = (description, says, result)
        }
    }

    private static func mail(_ number: UInt64 = 2) -> OutgoingMail {
        OutgoingMail(
            inquiry: ChatID(high: 1, low: 2), number: number, to: EmailAddress("hong@example.com")!,
            content: .answer(".\r\n..\nQUIT\n.", by: AgentName(validating: "kim")!), language: .english,
            receipt: Receipt("7K2M-Q9XC-04TD")!, desk: Localised([.english: "Desk"]),
            topic: Localised([.english: "Payment"]), date: Instant(milliseconds: 0), inReplyTo: nil, firstNumber: 2)
    }

    private static func postman(
        port: Int, startTLS: MailSettings.StartTLS = .off, login: SMTPAccount.Login? = nil
    ) -> SMTPPostman {
        var patience = SMTPPatience()
        (patience.connectSeconds, patience.answerSeconds, patience.mailSeconds) = (2, 1, 3)
        return SMTPPostman(
            SMTPAccount(server: MailServer("smtp://127.0.0.1:\(port)")!, startTLS: startTLS, login: login),
            composer: MailComposer(
                from: EmailAddress("desk@desk.example")!, replyTo: EmailAddress("replies@desk.example")!,
                key: ReplyKey(Array(0..<32))!),
            helloName: "desk.example", patience: patience)
    }

    private static func result(of mail: OutgoingMail, by postman: SMTPPostman) async -> String {
        let result = await withCheckedContinuation { done in postman.send(mail) { done.resume(returning: $0) } }
        return switch result {
        case .sent: "sent"
        case .refused(let why): "refused: \(why)"
        case .deferred(let why): "deferred: \(why)"
        case .unreachable(let why): "unreachable: \(why)"
        }
    }

    @Test(
        "What becomes of a mail",
        arguments: [
            Row("taken", [:], "sent"),
            Row("no such receiver", ["RCPT": .line("550 5.1.1 nobody")], "refused: 550 5.1.1 nobody"),
            Row("greylisted", ["RCPT": .line("450 4.2.0 later")], "deferred: 450 4.2.0 later"),
            Row("we may not send there", ["RCPT": .line("554 5.7.1 relay denied")], "deferred: 554 5.7.1 relay denied"),
            Row("no such sender", ["MAIL": .line("550 5.1.8 who?")], "unreachable: 550 5.1.8 who?"),
            Row("full", ["MAIL": .line("452 4.3.1 full")], "unreachable: 452 4.3.1 full"),
            Row("no content wanted", ["DATA": .line("554 no")], "refused: 554 no"),
            Row("bad content", [".": .line("554 5.6.0 no")], "refused: 554 5.6.0 no"),
            Row("bad content, not for good", [".": .line("451 4.3.0 no")], "deferred: 451 4.3.0 no"),
            Row(
                "a long answer", ["RCPT": .line("550-5.1.1 one\r\n550 5.1.1 two\u{1B}[2J\u{E9}")],
                "refused: 550 5.1.1 two?[2J??"),
            Row("turned away", ["": .line("554 go away")], "unreachable: 554 go away"),
            Row("no greeting", ["": .silence], "unreachable: greeting: Timeout was reached"),
            Row("silent at the receiver", ["RCPT": .silence], "deferred: recipient: Timeout was reached"),
            Row("silent at the end", [".": .silence], "deferred: content: Timeout was reached"),
            Row("gone at the end", [".": .close], "deferred: content: Failure when receiving data from the peer"),
            Row("gone at once", ["": .close], "unreachable: greeting: "),
        ])
    func results(_ row: Row) async throws {
        let server = try ScriptedMailServer(row.says)
        defer { server.stop() }
        let result = await Self.result(of: Self.mail(), by: Self.postman(port: server.port))
        let isRight = row.result.hasSuffix(": ") ? result.hasPrefix(row.result) : result == row.result
        #expect(isRight, "\(result): \(server.heard)")
    }

    @Test("Nobody listens")
    func nobody() async throws {
        let server = try ScriptedMailServer([:])
        server.stop()
        let result = await Self.result(of: Self.mail(), by: Self.postman(port: server.port))
        #expect(result.hasPrefix("unreachable: greeting: "))
    }

    @Test("The envelope, the dots, and that a connection is used for the next mail")
    func envelope() async throws {
        let server = try ScriptedMailServer([:])
        defer { server.stop() }
        let postman = Self.postman(port: server.port)
        #expect(await Self.result(of: Self.mail(), by: postman) == "sent")
        #expect(await Self.result(of: Self.mail(5), by: postman) == "sent")
        let token = ReplyKey(Array(0..<32))!.token(of: ChatID(high: 1, low: 2))
        let heard = server.heard
        #expect(heard.first == "EHLO desk.example")
        #expect(heard.count { $0.hasPrefix("EHLO") } == 1)
        #expect(heard.count { $0.hasPrefix("MAIL FROM:<replies+\(token)@desk.example>") } == 2)
        #expect(heard.count { $0 == "RCPT TO:<hong@example.com>" } == 2)
        #expect(heard.count { $0 == "." } == 2, "\(heard)")
        #expect(heard.contains("Message-ID: <\(token).5@desk.example>"))
    }

    @Test("A postman who goes says farewell, and keeps nobody waiting who does not answer", arguments: [false, true])
    func farewell(isSilent: Bool) async throws {
        let server = try ScriptedMailServer(isSilent ? ["QUIT": .silence] : [:])
        defer { server.stop() }
        var postman: SMTPPostman? = Self.postman(port: server.port)
        if let postman { #expect(await Self.result(of: Self.mail(), by: postman) == "sent") }
        postman = nil
        let end = ContinuousClock.now + .seconds(10)
        while !server.heard.contains("QUIT"), ContinuousClock.now < end { await Task.yield() }
        #expect(server.heard.last == "QUIT")
    }

    @Test("Without encryption where it is required, nothing is said: no mail, no password")
    func encryption() async throws {
        let server = try ScriptedMailServer([:])
        defer { server.stop() }
        let postman = Self.postman(
            port: server.port, startTLS: .required, login: SMTPAccount.Login(user: "desk", password: "geheim"))
        #expect(await Self.result(of: Self.mail(), by: postman).hasPrefix("unreachable: greeting: "))
        #expect(server.heard.allSatisfy { $0.hasPrefix("EHLO") || $0 == "QUIT" }, "\(server.heard)")
    }
}
