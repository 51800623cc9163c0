// Mails of ours: read back by the reader of mails, and looked at for what must never be in them.

import Foundation
import SangdamCore
import SangdamMail
import Testing

@Suite("Mails of ours")
struct MailComposerTests {
    private static let key = ReplyKey(Array(0..<32))!
    private static let inquiry = ChatID(high: 0x0193_8000_0000_1234, low: 0x0123_4567_89AB_CDEF)
    private static let composer = MailComposer(
        from: EmailAddress("desk@desk.example")!, replyTo: EmailAddress("replies@in.desk.example")!, key: key)

    private static func mail(
        _ content: OutgoingMail.Content, in language: Language = .korean, number: UInt64 = 2,
        inReplyTo: MailReference? = nil
    ) -> OutgoingMail {
        OutgoingMail(
            inquiry: inquiry, number: number, to: EmailAddress("hong@example.com")!, content: content,
            language: language, receipt: Receipt("7K2M-Q9XC-04TD")!,
            desk: Localised([.korean: "상담 데스크", .english: "Consultation \"desk\", the"]),
            topic: Localised([.korean: "결제", .english: "Payment"]), date: Instant(milliseconds: 1_796_000_000_000),
            inReplyTo: inReplyTo, firstNumber: 2)
    }

    private static let acknowledgement = OutgoingMail.Content.acknowledgement(
        due: LocalTime(
            Instant(milliseconds: 1_796_086_400_000), seenAt: Instant(milliseconds: 1_796_000_000_000), Timetable()))

    private func head(_ mail: ComposedMail) -> [String] {
        let text = String(decoding: mail.bytes, as: UTF8.self)
        let head = text[..<(text.range(of: "\r\n\r\n")?.lowerBound ?? text.endIndex)]
        return head.replacingOccurrences(of: "\r\n ", with: " ").replacingOccurrences(of: "\r\n\t", with: " ")
            .components(separatedBy: "\r\n")
    }

    private func field(_ name: String, _ mail: ComposedMail) -> String? {
        head(mail).first { $0.hasPrefix(name + ": ") }.map { String($0.dropFirst(name.count + 2)) }
    }

    @Test("The acknowledgement's head: who, whose, which, and that a program wrote it")
    func acknowledged() {
        let mail = Self.composer.compose(Self.mail(Self.acknowledgement))
        let token = Self.key.token(of: Self.inquiry)
        #expect(mail.sender == "replies+\(token)@in.desk.example")
        #expect(field("From", mail)?.hasSuffix("<desk@desk.example>") == true)
        #expect(field("Reply-To", mail) == mail.sender)
        #expect(field("To", mail) == "hong@example.com")
        #expect(field("Message-ID", mail) == "<\(token).2@desk.example>")
        #expect(field("Auto-Submitted", mail) == "auto-generated")
        #expect(field("Content-Language", mail) == "ko")
        #expect(field("Date", mail) == "Mon, 30 Nov 2026 00:53:20 +0000")
        #expect(field("References", mail) == nil && field("In-Reply-To", mail) == nil)
        #expect(mail.bytes.allSatisfy { $0 < 0x80 })
        #expect(Self.composer.compose(Self.mail(Self.acknowledgement)) == mail)
    }

    @Test("An answer goes on where the acknowledgement began, and after the customer's mail")
    func answered() {
        let agent = AgentName(validating: "kim")!
        let token = Self.key.token(of: Self.inquiry)
        let plain = Self.composer.compose(Self.mail(.answer("네.", by: agent), number: 5))
        #expect(field("In-Reply-To", plain) == "<\(token).2@desk.example>")
        #expect(field("References", plain) == "<\(token).2@desk.example>")
        #expect(field("Auto-Submitted", plain) == nil)
        let theirs = MailReference("abc@example.com")
        let behind = Self.composer.compose(Self.mail(.answer("네.", by: agent), number: 5, inReplyTo: theirs))
        #expect(field("In-Reply-To", behind) == "<abc@example.com>")
        #expect(field("References", behind) == "<\(token).2@desk.example> <abc@example.com>")
    }

    @Test("Whatever an agent wrote, it is text: lines end in CR LF, and the head has no line more")
    func hostile() throws {
        let agent = AgentName(validating: "kim")!
        let count = head(Self.composer.compose(Self.mail(.answer("x", by: agent), number: 5))).count
        let texts = [
            "Bcc: x@example.com\n\nx", ".\r\n.\r\nQUIT\r\n", "\r\n\r\n", "From nobody\n.\n..", "a\rb\nc",
            String(repeating: "가", count: 2600), String(repeating: "x", count: 8000), "x\0y",
        ]
        for text in texts {
            let mail = Self.composer.compose(Self.mail(.answer(Text(text), by: agent), in: .english, number: 5))
            #expect(head(mail).count == count, "\(text.prefix(20))")
            #expect(mail.bytes.allSatisfy { $0 < 0x80 })
            let lines = mail.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { $0.count <= 998 })
            #expect(lines.dropLast().allSatisfy { $0.last == 0x0D }, "\(text.prefix(20))")
        }
    }

    @Test("A NUL ends no mail")
    func nul() throws {
        let mail = Self.composer.compose(Self.mail(.answer("x\0yz", by: AgentName(validating: "kim")!), number: 5))
        guard case .words(let words) = try ReceivedMail(mail.bytes).content else {
            Issue.record("no words")
            return
        }
        #expect(words.text.contains("x\u{FFFD}yz"))
    }

    @Test("What it says in each language, and that a reply with all of it quoted is cut", arguments: Language.allCases)
    func words(language: Language) throws {
        for content in [Self.acknowledgement, .answer("답 = answer\n둘째 줄", by: AgentName(validating: "kim")!)] {
            let mail = Self.composer.compose(Self.mail(content, in: language))
            // As if somebody had sent it: our own are automatic.
            let bytes = Array(
                String(decoding: mail.bytes, as: UTF8.self)
                    .replacingOccurrences(of: "Auto-Submitted: auto-generated\r\n", with: "").utf8)
            let read = try ReceivedMail(bytes)
            guard case .words(let words) = read.content else {
                Issue.record("no words")
                continue
            }
            // Nothing stands above the mark, so that everything counts.
            #expect(words.text.contains("7K2M-Q9XC-04TD") && !words.text.contains("{"), "\(words.text)")
            #expect(QuotedText("고마워요\n\n" + words.text).own == "고마워요")
            #expect(QuotedText("> " + words.text.replacing("\n", with: "\n> ") + "\n\nbelow").own == "below")
        }
    }

    @Test("The acknowledgement repeats nothing that a stranger chose but the address")
    func noEcho() {
        let mail = Self.composer.compose(Self.mail(Self.acknowledgement))
        let text = String(decoding: mail.bytes, as: UTF8.self)
        #expect(text.components(separatedBy: "hong@example.com").count == 2)
    }
}
