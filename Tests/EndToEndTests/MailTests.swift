// Mails about inquiries, out to aiosmtpd and in through `sangdam mail-in`: the night that the guide promises, and what can
// go wrong on the way.

import Foundation
import Testing

extension EndToEnd {
    @Suite struct Mails {
        @Test("The night: left, acknowledged, answered, replied to by mail, reopened, solved, and told in order")
        func night() async throws {
            try await withMailDesk { desk, mailbox in
                let (id, receipt) = try await desk.leaveInquiry("환불은 언제 되나요?")
                let acknowledgement = try await mailbox.next()
                #expect(acknowledgement.recipients == ["hong@example.com"])
                #expect(acknowledgement.field("Auto-Submitted") == "auto-generated")
                #expect(acknowledgement.text.contains(receipt) && !acknowledgement.text.contains("환불은"))

                try await desk.stop()
                try await desk.start()
                let kim = try await Client.agent("kim", at: desk)
                try await kim.ask(["type": "take"], for: "inquiry")
                try await kim.ask(
                    [
                        "type": "answer", "inquiry": .string(id), "id": "k-1",
                        "text": "사흘 안에요.\r\n.\r\nBcc: x@example.com",
                    ],
                    for: "ack")
                let answer = try await mailbox.next()
                #expect(answer.text.contains("사흘 안에요.\r\n.\r\nBcc: x@example.com"))
                #expect(answer.field("In-Reply-To") == acknowledgement.field("Message-ID"))
                #expect(answer.field("Auto-Submitted") == nil && answer.field("Bcc") == nil)
                #expect(answer.sender == answer.field("Reply-To"))

                let told = try await desk.mailIn(answer.reply("아직 안 왔어요."))
                #expect(told.status == 0 && told.output == "{\"result\":\"stored\"}\n", "\(told)")
                let reopened = try await kim.next("inquiry") { $0["state"] == "reopened" }
                #expect(reopened["agent"] == "kim")
                try await kim.ask(
                    ["type": "answer", "inquiry": .string(id), "id": "k-2", "text": "오늘 보냈습니다."], for: "ack")
                let second = try await mailbox.next()
                #expect(second.field("References")?.hasPrefix(acknowledgement.field("Message-ID") ?? "?") == true)
                #expect(second.field("In-Reply-To")?.hasSuffix("@example.com>") == true)
                try await kim.ask(["type": "close", "inquiry": .string(id), "resolved": true], for: "ok")

                let shown = try await desk.transcript("show", receipt).output
                let order = ["환불은 언제", "taken by kim", "사흘 안에요", "아직 안 왔어요", "오늘 보냈습니다", "closed by kim: resolved"]
                let places = order.compactMap { shown.range(of: $0)?.lowerBound }
                #expect(places.count == order.count && places == places.sorted(), "\(shown)")
                let metrics = try await desk.metrics()
                // Tries of this life.
                #expect(metrics.sum("sangdam_mail_total", "result=\"sent\"") == 2)
                #expect(metrics.sum("sangdam_mail_waiting") == 0)
                #expect(try await desk.transcript("verify").status == 0)
            }
        }

        @Test("Nobody listens: it waits and the log says so once; a reload tries again at once")
        func away() async throws {
            let mailbox = try await Mailbox()
            await mailbox.end()
            try await withDesk(starts: false) { desk in
                try desk.configure(limits: [:], more: Desk.mail(port: mailbox.port))
                try await desk.start()
                _ = try await desk.leaveInquiry("하나")
                _ = try await desk.leaveInquiry("둘", email: "kim@example.com")
                try await eventually("said") { desk.log.contains("no mail gets through") }
                #expect(try await desk.metrics().sum("sangdam_mail_waiting") == 2)
                try await desk.kill()
                let back = try await Mailbox(port: mailbox.port)
                try await desk.start()
                let mails = [try await back.next(), try await back.next()]
                #expect(Set(mails.flatMap(\.recipients)) == ["hong@example.com", "kim@example.com"])
                try await eventually("gone") { try await desk.metrics().sum("sangdam_mail_waiting") == 0 }
                await back.end()
                _ = try await desk.leaveInquiry("셋", email: "lee@example.com")
                try await eventually("said again") {
                    desk.log.components(separatedBy: "no mail gets through").count == 3
                }
                let third = try await Mailbox(port: mailbox.port)
                try desk.process.signal(SIGHUP)
                #expect(try await third.next().recipients == ["lee@example.com"])
                try await eventually("over") { desk.log.contains("mails get through again") }
                await third.end()
            }
        }

        @Test("The one possible double: the process, or the connection, dies behind the mail and before we know")
        func double() async throws {
            try await withMailDesk { desk, mailbox in
                try await mailbox.will("hold")
                let (_, receipt) = try await desk.leaveInquiry("하나")
                let first = try await mailbox.next()
                try await desk.kill()
                try await mailbox.will("lose")
                try await desk.start()
                let second = try await mailbox.next()
                #expect(second.field("Message-ID") == first.field("Message-ID"))
                try await eventually("counted") {
                    try await desk.metrics().sum("sangdam_mail_total", "result=\"deferred\"") == 1
                }
                try await mailbox.will("take")
                try desk.process.signal(SIGHUP)
                #expect(try await mailbox.next().field("Message-ID") == first.field("Message-ID"))
                try await eventually("told") { try desk.journal().count { $0["type"] == "mailed" } == 1 }
                #expect(mailbox.count == 3)
                #expect(try await desk.transcript("show", receipt).output.components(separatedBy: "하나").count == 2)
            }
        }

        @Test("An end in order waits for the mail under way, which then does not go twice")
        func end() async throws {
            try await withMailDesk { desk, mailbox in
                try await mailbox.will("hold")
                _ = try await desk.leaveInquiry("하나")
                _ = try await mailbox.next()
                try desk.process.signal(SIGTERM)
                try await eventually("draining") { desk.log.contains("draining") }
                try await mailbox.will("take")
                #expect(try await desk.exitStatus() == 0)
                #expect(try desk.journal().count { $0["type"] == "mailed" } == 1)
            }
        }

        @Test("What will never be taken is given up and told; what bounces marks the address")
        func refused() async throws {
            try await withMailDesk { desk, mailbox in
                let kim = try await Client.agent("kim", at: desk)
                try await mailbox.will("refuse")
                let (id, _) = try await desk.leaveInquiry("하나", email: "nobody@example.com")
                #expect(try await kim.next("inquiry_news") { $0["news"] == "mail_failed" }["inquiry"].text == id)
                try await mailbox.will("take")
                let (second, _) = try await desk.leaveInquiry("둘")
                let mail = try await mailbox.next()
                let bounce = """
                    Return-Path: <>
                    From: MAILER-DAEMON@mx.example
                    To: \(mail.sender)
                    Auto-Submitted: auto-replied
                    MIME-Version: 1.0
                    Content-Type: multipart/report; report-type=delivery-status; boundary=b

                    --b
                    Content-Type: message/delivery-status

                    Reporting-MTA: dns; mx.example

                    Final-Recipient: rfc822; hong@example.com
                    Action: failed
                    Status: 5.1.1

                    --b--

                    """
                #expect(try await desk.mailIn(bounce).output == "{\"result\":\"bounced\"}\n")
                #expect(try await desk.mailIn(bounce).output == "{\"result\":\"duplicate\"}\n")
                let lost = bounce.replacingOccurrences(of: mail.sender, with: "replies@desk.example")
                let told = try await desk.mailIn(lost)
                #expect(told.output == "{\"result\":\"unknown\"}\n" && told.status == 0, "\(told)")
                #expect(try await kim.next("inquiry_news") { $0["news"] == "mail_bounced" }["inquiry"].text == second)
                let card = try await kim.ask(["type": "take", "inquiry": .string(second)], for: "inquiry")
                #expect(card["bounced"] == true)
                try await kim.ask(["type": "answer", "inquiry": .string(second), "id": "k-1", "text": "네"], for: "ack")
                // The next mail is another inquiry's.
                _ = try await desk.leaveInquiry("셋", email: "lee@example.com")
                #expect(try await mailbox.next().recipients == ["lee@example.com"])
            }
        }

        @Test("What is no customer's answer, and what cannot be taken")
        func notTaken() async throws {
            try await withMailDesk { desk, mailbox in
                let (_, receipt) = try await desk.leaveInquiry("하나")
                let mail = try await mailbox.next()
                let wrong = mail.reply("x").replacingOccurrences(of: mail.sender.suffix(18), with: "00@desk.example")
                    .replacingOccurrences(of: "In-Reply-To: <", with: "In-Reply-To: <x")
                    .replacingOccurrences(of: "References: <", with: "References: <x")
                let rows: [(what: String, mail: String, status: Int32, result: String)] = [
                    ("an absence", mail.reply("I am away", fields: ["Auto-Submitted: auto-replied"]), 0, "automatic"),
                    ("a list", mail.reply("digest", fields: ["List-Id: <a.example>"]), 0, "list"),
                    ("a wrong token", wrong, 67, "unknown"),
                    ("10 MB", mail.reply(String(repeating: "x\r\n", count: 3_400_000)), 65, "more than 1048576 bytes"),
                    ("no mail", "\r\n", 65, "no mail"),
                ]
                for row in rows {
                    let told = try await desk.mailIn(row.mail)
                    #expect(
                        told.status == row.status && (told.output + told.errors).contains(row.result),
                        "\(row.what): \(told)")
                }
                #expect(!(try await desk.transcript("show", receipt).output.contains("away")))
                // By its recipient alone, and the same mail twice.
                let reply = mail.reply("HTML", id: "same", fields: ["X: y"])
                    .replacingOccurrences(of: "To: \(mail.sender)", with: "To: undisclosed-recipients:;")
                    .replacingOccurrences(of: "References: ", with: "X-References: ")
                    .replacingOccurrences(of: "In-Reply-To: ", with: "X-In-Reply-To: ")
                #expect(try await desk.mailIn(reply).status == 67)
                #expect(try await desk.mailIn(reply, "--recipient", mail.sender).output.contains("stored"))
                #expect(try await desk.mailIn(reply, "--recipient", mail.sender).output.contains("duplicate"))
                for number in 1..<20 {
                    #expect(try await desk.mailIn(mail.reply("더 \(number)")).output.contains("stored"), "\(number)")
                }
                let limited = try await desk.mailIn(mail.reply("너무 많이"))
                #expect(limited.status == 75 && limited.output.contains("limited"))
                try await desk.stop()
                #expect(try await desk.mailIn(mail.reply("나중에")).status == 75)
            }
        }

        @Test("A reply to what is closed reopens it; two at once are two; kill -9 behind the answer loses none")
        func replies() async throws {
            try await withMailDesk { desk, mailbox in
                let (id, receipt) = try await desk.leaveInquiry("하나")
                let mail = try await mailbox.next()
                let kim = try await Client.agent("kim", at: desk)
                try await kim.ask(["type": "take"], for: "inquiry")
                try await kim.ask(["type": "answer", "inquiry": .string(id), "id": "k-1", "text": "네"], for: "ack")
                try await kim.ask(["type": "close", "inquiry": .string(id)], for: "ok")
                async let one = desk.mailIn(mail.reply("첫째"))
                async let two = desk.mailIn(mail.reply("둘째"))
                #expect(try await [one.status, two.status] == [0, 0])
                try await desk.kill()
                try await desk.start()
                let shown = try await desk.transcript("show", receipt).output
                #expect(shown.contains("첫째") && shown.contains("둘째") && shown.contains("reopened"), "\(shown)")
                let stranger = mail.reply("남의 말").replacingOccurrences(
                    of: "hong@example.com>\r\nTo", with: "eve@example.com>\r\nTo")
                #expect(try await desk.mailIn(stranger).status == 0)
                #expect(try await desk.transcript("show", receipt).output.contains("eve@example.com"))
            }
        }

        @Test(
            "A full disk: the mail is to come again, and what went is known to have gone once there is room",
            .enabled(if: getuid() == 0, "mounting a small tmpfs takes root"))
        func fullDisk() async throws {
            let mailbox = try await Mailbox()
            try await withDesk(starts: false) { desk in
                try desk.configure(limits: [:], more: Desk.mail(port: mailbox.port))
                try await withSmallDisk(at: desk.data, of: desk) {
                    try await Accounts.few.copy(to: desk.data)
                    try await desk.start()
                    let (_, receipt) = try await desk.leaveInquiry("하나")
                    let first = try await mailbox.next()
                    var mail = first
                    try await eventually("told") { try desk.journal().contains { $0["type"] == "mailed" } }
                    let ballast = desk.data + "/ballast"
                    try fillDisk(with: ballast)
                    // Longer than any that people write, so that a few of them fill what the journal has kept for itself.
                    let text = String(repeating: "가", count: 20_000)
                    let quoted = "\r\n-----Original Message-----\r\n" + String(repeating: "나", count: 20_000)
                    var isFull = false
                    for number in 0..<60 where !isFull {
                        if number % 15 == 14 {
                            _ = try await desk.leaveInquiry("또", email: "h\(number)@example.com")
                            mail = try await mailbox.next()
                        }
                        let told = try await desk.mailIn(mail.reply("\(number) \(text)\(quoted)"))
                        isFull = told.status == 75
                        #expect(isFull || told.status == 0, "\(told)")
                    }
                    #expect(isFull)
                    try FileManager.default.removeItem(atPath: ballast)
                    try await eventually("ready again") { try await desk.get("/readyz").status == 200 }
                    #expect(try await desk.mailIn(first.reply("다시")).status == 0)
                    #expect(try await desk.transcript("show", receipt).output.contains("다시"))
                }
            }
            await mailbox.end()
        }

        @Test("STARTTLS and a password: with the right ones it goes, with others nothing does")
        func encrypted() async throws {
            let certificates = try await Certificates.shared
            let folder = Folder(named: "mail")
            let password = folder.path + "/password"
            try "geheim\n".write(toFile: password, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: password)
            let mailbox = try await Mailbox(
                port: 0, "--certificate", certificates.server, "--key", certificates.serverKey, "--user", "desk",
                "--password-file", password)
            try await withDesk(starts: false) { desk in
                func configure(_ more: String) throws {
                    try desk.configure(limits: [:], more: Desk.mail(port: mailbox.port, more: more))
                }
                let login = "user: desk\n  password_file: \(password)"
                try configure("\(login)\n  ca_file: \(certificates.ca)")
                try await desk.start()
                _ = try await desk.leaveInquiry("하나")
                #expect(try await mailbox.next().recipients == ["hong@example.com"])
                try await desk.stop()
                // An authority that nobody knows.
                try configure(login)
                try await desk.start()
                _ = try await desk.leaveInquiry("둘")
                try await eventually("said") { desk.log.contains("no mail gets through") }
                // A password that is wrong, and one that others can read.
                try "falsch\n".write(toFile: password, atomically: false, encoding: .utf8)
                try configure("\(login)\n  ca_file: \(certificates.ca)")
                try desk.process.signal(SIGHUP)
                try await eventually("counted") {
                    try await desk.metrics().sum("sangdam_mail_total", "result=\"unreachable\"") >= 2
                }
                #expect(mailbox.count == 1)
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: password)
                try desk.process.signal(SIGHUP)
                try await eventually("refused") { desk.log.contains("can be read by others") }
                #expect(!desk.log.contains("geheim") && !desk.log.contains("falsch"))
            }
            await mailbox.end()
        }
    }
}
