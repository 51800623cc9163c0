// Mails as the control socket carries them, and what is none.

import SangdamCore
import SangdamMail
import Testing

@testable import SangdamServer

@Suite("Mails over the control socket")
struct MailRequestTests {
    private static let key = ReplyKey(Array(0..<32))!
    private static let inquiry = ChatID(high: 1, low: 2)

    private static func received(
        _ body: String, to token: String, type: String = "text/plain; charset=utf-8"
    ) throws -> ReceivedMail {
        try ReceivedMail(
            Array(
                """
                From: hong@example.com\r
                To: replies+\(token)@desk.example\r
                Message-ID: <a@example.com>\r
                Content-Type: \(type)\r
                \r
                \(body)
                """.utf8))
    }

    private static func read(_ mail: ReceivedMail, textBytes: Int = 100) throws -> Order {
        try MailRequest.read(try #require(MailRequest(mail)).body(), key: key, textBytes: textBytes)
    }

    @Test("What was taken apart arrives whole, led to its inquiry by the first token that is right")
    func roundTrip() throws {
        let token = Self.key.token(of: Self.inquiry)
        guard case .mail(let mail) = try Self.read(Self.received("네\n\n> 뭐요\n", to: token)) else {
            Issue.record("no mail")
            return
        }
        #expect(mail.inquiry == Self.inquiry)
        #expect(mail.texts == ["네"] && mail.quoted == "> 뭐요")
        #expect(mail.from == EmailAddress("hong@example.com") && mail.reference == MailReference("a@example.com"))
        #expect(mail.attachments.isEmpty)
    }

    @Test("A token of another key leads nowhere; what a program sent is not passed on at all")
    func strangers() throws {
        let other = ReplyKey(Array(1...32))!.token(of: Self.inquiry)
        #expect(throws: MailRequest.Fault.unknown) { try Self.read(Self.received("x", to: other)) }
        #expect(throws: MailRequest.Fault.unknown) { try Self.read(Self.received("x", to: "none")) }
        #expect(MailRequest(try ReceivedMail(Array("Auto-Submitted: auto-replied\r\n\r\nx".utf8))) == nil)
    }

    @Test("A picture alone says that it is one")
    func attachment() throws {
        let token = Self.key.token(of: Self.inquiry)
        let mail = try Self.received("x", to: token, type: "image/png; name=\"사진.png\"")
        guard case .mail(let read) = try Self.read(mail) else {
            Issue.record("no mail")
            return
        }
        #expect(read.texts == ["사진.png"] && read.attachments == ["사진.png"])
    }

    @Test(
        "Whoever writes to the socket keeps to the bounds, too",
        arguments: [
            #"{"tokens":["T"],"words":{"id":"","text":"x","attachments":[]}}"#,
            #"{"tokens":["T"],"words":{"id":"a","text":"","attachments":[]}}"#,
            #"{"tokens":["T"],"words":{"id":"a","text":"LONG","attachments":[]}}"#,
            #"{"tokens":["T"],"words":{"id":"a","text":"x","quoted":"LONG","attachments":[]}}"#,
            #"{"tokens":["T"],"words":{"id":"a","text":"x","attachments":[""]}}"#,
            #"{"tokens":["T"],"words":{"id":"a","text":"x","attachments":[MANY]}}"#,
            #"{"tokens":["T"],"bounce":{"status":"0123456789012345678901234567890.3"}}"#, #"{"tokens":["T"]}"#, "{}",
            "",
        ])
    func bounds(body: String) {
        let text = body.replacing("\"T\"", with: "\"\(Self.key.token(of: Self.inquiry))\"")
            .replacing("LONG", with: String(repeating: "x", count: 65_537))
            .replacing("MANY", with: Array(repeating: "\"a\"", count: 21).joined(separator: ","))
        #expect(throws: MailRequest.Fault.noMail) {
            try MailRequest.read(Array(text.utf8), key: Self.key, textBytes: 100)
        }
    }

    @Test(
        "Long words go in pieces, between lines where that is possible, and nothing but blanks is left out",
        arguments: [
            ("abc", ["abc"]), ("abcdefghij\nkl", ["abcdefghij", "kl"]), ("abcde\nfghijklmn", ["abcde", "fghijklmn"]),
            ("가나다라마", ["가나다", "라마"]), ("abcdefghijklm", ["abcdefghij", "klm"]),
            ("\n\nabcdefghijk", ["\n", "abcdefghij", "k"]),
            ("👩‍👩‍👧x", ["👩\u{200D}", "👩\u{200D}", "👧x"]),
        ])
    func inPieces(text: String, expected: [String]) {
        let found = pieces(of: text, bytes: 10)
        #expect(found.allSatisfy { $0.utf8.count <= 10 })
        #expect(found == expected.filter { $0.contains { !$0.isWhitespace } }, "\(found)")
    }
}
