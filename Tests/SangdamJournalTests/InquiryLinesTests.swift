// The lines of inquiries: byte for byte as they stand in files for ever, back as they were, and without the words that
// were taken out.

import SangdamCore
import Testing

@testable import SangdamJournal

@Suite struct InquiryLinesTests {
    private static let id = ChatID(high: UInt64(morning.milliseconds) << 16, low: 1)
    private static let chat = ChatID(high: UInt64(morning.milliseconds) << 16, low: 2)
    private static let clock = InquiryClock(
        due: morning + .seconds(4), reminders: [morning + .seconds(2), morning + .seconds(3), morning + .seconds(4)])
    private static let times =
        #""due":"2026-11-22T08:00:04.000Z","reminders":["2026-11-22T08:00:02.000Z","2026-11-22T08:00:03.000Z","#
        + #""2026-11-22T08:00:04.000Z"]"#

    private static let inquired = Inquired(
        topic: "refund", queue: "pay", language: .korean, name: "김철수", email: EmailAddress("a@example.com"),
        isMailed: true, token: TokenDigest(high: 0, low: 1), receipt: Receipt(bits: 1), clock: clock, of: chat,
        clientID: ClientMessageID("i-1"), consent: "0f")

    private static let head = #""topic":"refund","queue":"pay","lang":"ko","#
    private static let token = #""token":"00000000000000000000000000000001","receipt":"0000-0000-0001","#

    /// A record, its kind, its fields, whether words are in it, and what it is once they are gone.
    private static let rows: [(InquiryRecord, String, String, isSalted: Bool, erased: InquiryRecord?)] = [
        (
            .inquired(inquired), "inquired",
            head + #""name":"김철수","email":"a@example.com","mailed":true,"# + token + times
                + #","of":"\#(chat)","id":"i-1","consent":"0f""#, true,
            .inquired(
                Inquired(
                    topic: "refund", queue: "pay", language: .korean, name: nil, email: nil, isMailed: true,
                    token: TokenDigest(high: 0, low: 1), receipt: Receipt(bits: 1), clock: clock, of: chat,
                    clientID: ClientMessageID("i-1"), consent: "0f"))
        ),
        (.taken("kim"), "inquiry_taken", #""agent":"kim""#, false, nil),
        (.released("kim", .agentLost), "inquiry_released", #""agent":"kim","cause":"agent_lost""#, false, nil),
        (.reopened(clock, by: nil), "inquiry_reopened", times, false, nil),
        (.reopened(clock, by: "kim"), "inquiry_reopened", times + #","agent":"kim""#, false, nil),
        (.reminded(percent: 80), "inquiry_reminded", #""percent":80"#, false, nil),
        (.closed(by: nil, WrapUpReport()), "inquiry_closed", #""tags":[]"#, false, nil),
        (
            .closed(by: "kim", WrapUpReport(disposition: "환불", isResolved: true, tags: ["vip"])), "inquiry_closed",
            #""agent":"kim","disposition":"환불","resolved":true,"tags":["vip"]"#, false, nil
        ),
        (
            .mailReceived(ReceivedMailRecord(reference: MailReference("1@example.com"), from: nil)), "mail_received",
            #""message_id":"1@example.com""#, false, nil
        ),
        (
            .mailReceived(
                ReceivedMailRecord(
                    reference: nil, from: EmailAddress("b@example.com"), attachments: ["사진.jpg"], quoted: "> 언제")),
            "mail_received", #""from":"b@example.com","attachments":["사진.jpg"],"quoted":"> 언제""#, true,
            .mailReceived(ReceivedMailRecord(reference: nil, from: nil))
        ),
        (.mailed(number: 3, .sent), "mailed", #""mail":3,"result":"sent""#, false, nil),
        (
            .mailed(number: 3, .failed("550 no")), "mailed", #""mail":3,"result":"failed","why":"550 no""#, true,
            .mailed(number: 3, .failed(nil))
        ),
        (.mailBounced(status: "5.1.1"), "mail_bounced", #""status":"5.1.1""#, false, nil),
    ]

    private func line(_ record: InquiryRecord) -> String {
        var encoder = LineEncoder(nextNumber: 1, previous: .origin, epoch: nil)
        var bytes: [UInt8] = []
        encoder.append(Record(at: morning, body: .chat(Self.id, seq: 2, .inquiry(record))), to: &bytes)
        return String(decoding: bytes.dropLast(), as: UTF8.self)
    }

    private func read(_ line: String) throws -> DecodedLine.Content {
        try Array(line.utf8).withUnsafeBytes { try DecodedLine(line: $0) }.content
    }

    private func record(_ event: InquiryRecord) -> DecodedLine.Content {
        .record(Record(at: morning, body: .chat(Self.id, seq: 2, .inquiry(event))))
    }

    @Test func everyKindByteForByteAndBack() throws {
        for (event, kind, fields, isSalted, erased) in Self.rows {
            let line = line(event)
            let begins =
                #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"\#(kind)","chat":"\#(Self.id)","seq":2,"# + fields
                + (isSalted ? #","s":""# : #","h":""#)
            #expect(line.hasPrefix(begins), "\(line)\nshould begin with\n\(begins)")
            #expect(try read(line) == record(event))
            // Words are never without their salt, unless they are gone with it.
            let bare = line.replacing(#/,"s":"[^"]*"/#, with: "")
            if let erased {
                #expect(throws: LineFault.missing("s")) { try read(bare) }
                let gone = bare.replacing(
                    #/"(name|email|from|quoted|why)":"[^"]*",|,"(quoted|why)":"[^"]*"|"attachments":\[[^\]]*\],?/#,
                    with: "")
                #expect(try read(gone.replacing(#","from":"b@example.com""#, with: "")) == record(erased), "\(gone)")
            }
        }
        #expect(Set(Self.rows.map(\.1)).count == 9)
    }

    @Test(
        "A value that a field cannot have is damage",
        arguments: [
            ("mailed", #""mail":3,"result":"lost""#, LineFault.badValue("result")),
            ("mailed", #""result":"sent""#, .missing("mail")),
            ("mail_received", #""message_id":"<1@example.com>""#, .badValue("message_id")),
            ("mail_received", #""from":"nobody""#, .badValue("from")),
            ("inquiry_taken", "\"x\":1", .missing("agent")),
            ("inquiry_released", #""agent":"kim","cause":"mood""#, .badValue("cause")),
            ("inquiry_reopened", #""due":"2026-11-22T08:00:00.000Z""#, .missing("reminders")),
            ("inquiry_reminded", "\"x\":1", .missing("percent")),
        ])
    func damage(_ kind: String, _ fields: String, _ fault: LineFault) {
        let line =
            #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"\#(kind)","chat":"\#(Self.id)","seq":2,"# + fields
            + #","h":"00000000000000000000000000000000"}"#
        #expect(throws: fault) { try read(line) }
    }

    /// In every phase, with all that it can have.
    @Test func aCheckpointBringsItBack() throws {
        let phases: [InquiryPhase] = [
            .arriving, .open, .taken("kim"), .answered("kim", since: morning), .reopened(nil), .reopened("kim"),
            .closed(since: morning),
        ]
        for phase in phases {
            var inquiry = Inquiry(id: Self.id, Self.inquired, at: morning)
            (inquiry.lastSeq, inquiry.phase, inquiry.askedAt) = (9, phase, morning + .seconds(1))
            (inquiry.remindersGiven, inquiry.lastAgent, inquiry.isBounced) = (2, "lee", true)
            (inquiry.firstMail, inquiry.lastReference) = (3, MailReference("1@example.com"))
            inquiry.intake["what"] = "결제"
            inquiry.mails = [
                PendingMail(number: 3, since: morning, .acknowledgement),
                PendingMail(number: 5, since: morning, .answer("곧", by: "kim")),
            ]
            inquiry.acked.remember(try #require(ClientMessageID("r-1")), from: .customer, seq: 7)
            var encoder = LineEncoder(nextNumber: 1, previous: .origin, epoch: nil)
            var bytes: [UInt8] = []
            encoder.append(.inquiry(inquiry), at: morning, to: &bytes)
            #expect(try read(String(decoding: bytes.dropLast(), as: UTF8.self)) == .checkpoint(.inquiry(inquiry)))
        }
    }
}
