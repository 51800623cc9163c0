// Mails as they come, from people, programs and those who mean harm.

import Foundation
import SangdamCore
import SangdamMail
import Testing

@Suite("Received mails")
struct ReceivedMailTests {
    static let token = "01jdy0000000000000000000000123456789abcdef"
    static let other = "01jdy0000000000000000000010123456789abcdef"

    private static func mail(_ head: String, _ body: String = "Hello\n") -> [UInt8] {
        Array((head + "\n\n" + body).replacing("\n", with: "\r\n").utf8)
    }

    private static let plain = """
        From: Hong <hong@example.com>
        To: replies+\(token)@desk.example
        Message-ID: <abc@example.com>
        """

    // MARK: Whose it is

    struct Head: CustomTestStringConvertible {
        let testDescription: String
        let head: String
        let tokens: [String]
    }

    @Test(
        "Where a token stands",
        arguments: [
            Head(testDescription: "the address", head: "To: a+\(token)@b.example", tokens: [token]),
            Head(testDescription: "in capitals", head: "To: A+\(token.uppercased())@b.example", tokens: [token]),
            Head(
                testDescription: "with a name", head: "To: \"x, y\" <a+\(token)@b.example>, z@b.example",
                tokens: [token]),
            Head(
                testDescription: "the envelope's", head: "Delivered-To: a+\(token)@b.example\nTo: a@b.example",
                tokens: [token]),
            Head(
                testDescription: "references", head: "To: a@b.example\nReferences: <\(token).1@b.example> <x@y.z>",
                tokens: [token]),
            Head(
                testDescription: "the address before references",
                head: "In-Reply-To: <\(other).3@b.example>\nTo: a+\(token)@b.example", tokens: [token, other]),
            Head(testDescription: "nowhere", head: "To: a@b.example\nSubject: +\(token)@x", tokens: []),
            Head(testDescription: "too short", head: "To: a+\(token.dropLast())@b.example", tokens: []),
        ])
    func tokens(_ head: Head) throws {
        #expect(try ReceivedMail(Self.mail("From: x@y.example\n" + head.head)).tokens == head.tokens)
    }

    @Test("The envelope's address is first, and no more than twenty are looked at")
    func recipient() throws {
        let many = (0..<40).map { "<\(Self.other.dropLast(2))\(10 + $0).1@b>" }.joined(separator: " ")
        let mail = try ReceivedMail(
            Self.mail("From: x@y.example\nReferences: \(many)"), recipient: "replies+\(Self.token)@desk.example")
        #expect(mail.tokens.first == Self.token)
        #expect(mail.tokens.count == ReceivedMail.tokenLimit)
    }

    // MARK: What it is

    struct Kind: CustomTestStringConvertible {
        let testDescription: String
        let head: String
        let content: String
    }

    @Test(
        "Who has written it",
        arguments: [
            Kind(testDescription: "a person", head: "", content: "words"),
            Kind(testDescription: "a person, said so", head: "Auto-Submitted: no", content: "words"),
            Kind(testDescription: "an absence", head: "Auto-Submitted: auto-replied", content: "automatic"),
            Kind(testDescription: "with a comment", head: "Auto-Submitted: Auto-Generated (x)", content: "automatic"),
            Kind(testDescription: "nobody's envelope", head: "Return-Path: <>", content: "automatic"),
            Kind(testDescription: "an old absence", head: "X-Autoreply: yes", content: "automatic"),
            Kind(testDescription: "junk", head: "Precedence: junk", content: "automatic"),
            Kind(testDescription: "bulk", head: "Precedence: bulk", content: "list"),
            Kind(testDescription: "a list", head: "List-Id: <a.b>", content: "list"),
            Kind(testDescription: "a newsletter", head: "List-Unsubscribe: <mailto:a@b>", content: "list"),
        ])
    func kinds(_ kind: Kind) throws {
        let mail = try ReceivedMail(Self.mail([Self.plain, kind.head].filter { !$0.isEmpty }.joined(separator: "\n")))
        switch mail.content {
        case .words: #expect(kind.content == "words")
        case .ignored(let reason): #expect(kind.content == reason.rawValue)
        case .bounce: Issue.record("a bounce")
        }
    }

    private static func report(_ action: String, _ status: String, kind: String = "delivery-status") -> [UInt8] {
        mail(
            """
            From: MAILER-DAEMON@mx.example
            To: replies@desk.example
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=\(kind); boundary="b"
            """,
            """
            --b
            Content-Type: text/plain

            Sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; hong@example.com
            Action: \(action)
            Status: \(status)

            --b
            Content-Type: message/rfc822

            From: desk@desk.example
            Message-ID: <\(token).2@desk.example>
            Subject: x

            y
            --b--

            """)
    }

    @Test("A report says that a mail cannot be delivered, or not yet, and names ours")
    func reports() throws {
        let failed = try ReceivedMail(Self.report("failed", "5.1.1"))
        #expect(failed.tokens == [Self.token])
        #expect(failed.content == .bounce(status: "5.1.1"))
        #expect(try ReceivedMail(Self.report("Failed", "no status")).content == .bounce(status: nil))
        #expect(try ReceivedMail(Self.report("delayed", "4.4.1")).content == .ignored(.report))
        #expect(
            try ReceivedMail(Self.report("failed", "5.1.1", kind: "disposition-notification")).content
                == .ignored(.automatic))
    }

    // MARK: What was written

    private func words(_ bytes: [UInt8]) throws -> ReceivedMail.Words {
        guard case .words(let words) = try ReceivedMail(bytes).content else {
            throw Unexpected()
        }
        return words
    }

    private struct Unexpected: Error {}

    @Test("Words, sender and name of a plain mail; the same mail has the same id")
    func plain() throws {
        let mail = Self.mail(Self.plain, "네, 됩니다.\n\n> 되나요?\n")
        let words = try words(mail)
        #expect(words.text == "네, 됩니다.")
        #expect(words.quoted == "> 되나요?")
        #expect(words.from == EmailAddress("hong@example.com"))
        #expect(words.reference == MailReference("abc@example.com"))
        #expect(try self.words(Self.mail(Self.plain, "other")).id == words.id)
        let nameless = Self.mail("From: x@y.example", "one")
        #expect(try self.words(nameless).id == self.words(nameless).id)
        #expect(try self.words(nameless).id != self.words(Self.mail("From: x@y.example", "two")).id)
    }

    struct Part: CustomTestStringConvertible {
        let testDescription: String
        let type: String
        let body: [UInt8]
        let text: String
    }

    private static let hangul: [UInt8] = [0xB0, 0xA1]
    /// 뷁, which is in CP949 and not in EUC-KR.
    private static let rareHangul: [UInt8] = [0x94, 0xEE]

    @Test(
        "Charsets, right and wrong",
        arguments: [
            Part(testDescription: "UTF-8", type: "text/plain; charset=utf-8", body: Array("가".utf8), text: "가"),
            Part(testDescription: "EUC-KR", type: "text/plain; charset=euc-kr", body: hangul, text: "가"),
            Part(
                testDescription: "EUC-KR that is CP949", type: "text/plain; charset=\"ks_c_5601-1987\"",
                body: rareHangul, text: "뷁"),
            Part(testDescription: "Shift JIS", type: "text/plain; charset=Shift_JIS", body: [0x82, 0xA0], text: "あ"),
            Part(testDescription: "GB2312", type: "text/plain; charset=gb2312", body: [0xC4, 0xE3], text: "你"),
            Part(
                testDescription: "broken UTF-8", type: "text/plain; charset=utf-8", body: [0x61, 0xFF, 0x62],
                text: "a\u{FFFD}b"),
            Part(
                testDescription: "broken EUC-KR", type: "text/plain; charset=euc-kr", body: hangul + [0xFF, 0x41],
                text: "가\u{FFFD}A"),
            Part(testDescription: "unknown", type: "text/plain; charset=klingon", body: Array("가".utf8), text: "가"),
            Part(testDescription: "unknown and no UTF-8", type: "text/plain; charset=klingon", body: [0xE9], text: "é"),
            Part(
                testDescription: "a name that is a command", type: "text/plain; charset=\"utf-8//IGNORE;x\"",
                body: Array("가".utf8), text: "가"),
            Part(testDescription: "no type", type: "", body: Array("x".utf8), text: "x"),
            Part(
                testDescription: "control characters", type: "text/plain", body: [0x61, 0x00, 0x1B, 0x5B, 0x62],
                text: "a[b"),
            Part(
                testDescription: "HTML", type: "text/html; charset=utf-8",
                body: Array(
                    "<html><head><style>p{}</style></head><body><p>안녕 &amp; <b>hi</b><br>둘</p><script>x()</script><div>셋</div></body>"
                        .utf8),
                text: "안녕 & hi\n둘\n\n셋"),
            Part(
                testDescription: "HTML that quotes", type: "text/html",
                body: Array("yes<blockquote>one<blockquote>two</blockquote></blockquote>".utf8), text: "yes"),
            Part(
                testDescription: "HTML in EUC-KR", type: "text/html; charset=euc-kr", body: Array("<p>".utf8) + hangul,
                text: "가"),
        ])
    func charsets(_ part: Part) throws {
        let type =
            part.type.isEmpty
            ? "" : "\r\nMIME-Version: 1.0\r\nContent-Type: \(part.type)\r\nContent-Transfer-Encoding: 8bit"
        #expect(try words(Array("From: x@y.example\(type)\r\n\r\n".utf8) + part.body).text == part.text)
    }

    private static func multipart(_ kind: String, _ parts: [String]) -> [UInt8] {
        mail(
            "From: x@y.example\nMIME-Version: 1.0\nContent-Type: multipart/\(kind); boundary=b",
            parts.map { "--b\n\($0)\n" }.joined() + "--b--\n")
    }

    @Test("Of several ways to say it the plain one counts; attachments are named, not kept")
    func parts() throws {
        let both = ["Content-Type: text/plain\n\nplain", "Content-Type: text/html\n\n<p>html"]
        #expect(try words(Self.multipart("alternative", both)).text == "plain")
        let empty = ["Content-Type: text/plain\n\n ", "Content-Type: text/html\n\n<p>html"]
        #expect(try words(Self.multipart("alternative", empty)).text == "html")
        let mixed = try words(
            Self.multipart(
                "mixed",
                [
                    "Content-Type: text/plain\n\nsee",
                    "Content-Type: image/png; name=\"=?utf-8?B?7IKs7KeELnBuZw==?=\"\nContent-Disposition: attachment\n\nx",
                    "Content-Type: text/plain\nContent-Disposition: attachment; filename=\"a.txt\"\n\nsecret",
                    "Content-Type: application/octet-stream\n\nx",
                    "Content-Type: message/rfc822\n\nFrom: a@b\n\nforwarded",
                ]))
        #expect(mixed.text == "see")
        #expect(mixed.attachments == ["사진.png", "a.txt", "application/octet-stream", "message/rfc822"])
        let only = try words(Self.multipart("mixed", ["Content-Type: image/png; name=a.png\n\nx"]))
        #expect(only.text == "" && only.attachments == ["a.png"])
        #expect(
            try ReceivedMail(Self.multipart("mixed", ["Content-Type: text/plain\n\n \n"])).content == .ignored(.empty))
        let many = (0..<30).map { "Content-Type: image/png; name=\($0).png\n\nx" }
        #expect(try words(Self.multipart("mixed", many)).attachments.count == IncomingMail.attachmentLimit)
        #expect(try words(Self.multipart("mixed", many)).attachments.last == "(+11)")
    }

    // MARK: What is not taken

    @Test("Too long, too deep, too many, or no mail at all")
    func faults() {
        func fault(_ bytes: [UInt8]) -> MailFault? {
            do throws(MailFault) {
                _ = try ReceivedMail(bytes)
                return nil
            } catch { return error }
        }
        #expect(fault(Self.mail(Self.plain, String(repeating: "x", count: 10 << 20))) == .tooLong)
        #expect(fault([]) == .noMail)
        #expect(fault(Array("\r\n\r\n".utf8)) == .noMail)
        #expect(fault(Self.mail(Self.plain, String(repeating: "x\n", count: 40_000))) == .textTooLong(bytes: 79_999))
        #expect(fault(Self.multipart("mixed", (0..<300).map { _ in "\n\nx" })) == .tooManyParts)
        // Parts in parts, as many as fit: GMime goes a thousand deep and we far less.
        let bomb = (0..<15_000).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }.joined()
        #expect(
            fault(Self.mail("From: x@y.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b0", bomb))
                == .tooManyParts)
        // Elements in elements.
        let tower = String(repeating: "<div>", count: 150_000)
        #expect(fault(Self.mail("From: x@y.example\nContent-Type: text/html", tower + "deep")) == nil)
    }

    @Test("Bytes that mean nothing, of any length")
    func noise() {
        var random = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &random)
        print("noise of mails: seed \(seed)")
        var state = seed
        for _ in 0..<300 {
            var bytes = Self.mail(Self.plain + "\nContent-Type: multipart/mixed; boundary=b", "--b\n\nx\n--b--\n")
            for _ in 0..<20 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let place = Int(state >> 33) % bytes.count
                bytes[place] = UInt8(truncatingIfNeeded: state >> 20)
            }
            _ = try? ReceivedMail(bytes)
        }
    }
}
