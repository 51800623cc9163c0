// What a client writes is what the server reads: random messages of every kind, there and back, and the exact bytes of
// some, so that writer and reader cannot be wrong together.

import SangdamCore
import SangdamProtocol
import Testing

@Suite struct ClientRoundTripTests {
    private static let limits = ClientMessageLimits(textBytes: 4000, inquiryBytes: 8000)

    /// The line without its end.
    private func read(_ line: [UInt8]) throws -> (message: ClientMessage, id: ClientMessageID?) {
        try line.dropLast().withUnsafeBytes { try ClientMessage.read($0, within: Self.limits) }
    }

    private func readOnce(_ line: [UInt8]) -> ClientMessage? {
        line.dropLast().withUnsafeBytes { ClientMessage.readOnce($0, within: Self.limits) }
    }

    @Test func everyMessageIsReadAsItWasMeant() throws {
        let seed = announcedSeed()
        var values = RandomValues(seed: seed)
        for round in 0..<4000 {
            let message = values.clientMessage()
            let line = message.line
            let (read, id) = try read(line)
            #expect(read == message.asRead, "seed \(seed), round \(round): \(String(decoding: line, as: UTF8.self))")
            #expect(readOnce(line) == read, "seed \(seed), round \(round)")
            if case .command(.say(_, let said, _)) = message { #expect(id == said, "seed \(seed), round \(round)") }
        }
    }

    @Test func everyKindComesUp() {
        var values = RandomValues(seed: 1)
        let kinds = Set((0..<4000).map { _ in values.clientMessage().kind })
        #expect(kinds == Set(0..<ClientMessage.kinds))
    }

    @Test("What programs rely on, byte by byte") func exactLines() {
        let chat = ChatID(high: 0, low: 0)
        let zeros = "00000000000000000000000000"
        let rows: [(ClientMessage, String)] = [
            (
                .customerHello(language: .english, name: nil, resume: nil),
                #"{"type":"hello","role":"customer","lang":"en"}"#
            ),
            (
                .customerHello(language: .korean, name: "이", resume: ResumeRequest(token: "t", after: 7)),
                #"{"type":"hello","role":"customer","lang":"ko","name":"이","resume":"t","after":7}"#
            ),
            (
                .agentHello(user: "load1", password: Array(#"a"b"#.utf8), language: .english),
                #"{"type":"hello","role":"agent","user":"load1","password":"a\"b","lang":"en"}"#
            ),
            (.ping(3), #"{"type":"ping","n":3}"#),
            (.language(.korean), #"{"type":"lang","lang":"ko"}"#),
            (
                .command(.say(chat: nil, id: ClientMessageID("m-1"), text: "a\nb")),
                #"{"type":"say","id":"m-1","text":"a\nb"}"#
            ),
            (
                .command(.note(chat: chat, id: nil, text: "x")),
                #"{"type":"note","chat":"\#(zeros)","text":"x"}"#
            ),
            (
                .command(.status(StatusChange(status: .available, capacity: 3, autoAccept: true))),
                #"{"type":"status","status":"available","capacity":3,"auto_accept":true}"#
            ),
            (
                .command(.status(StatusChange(status: .onBreak, afterChats: true))),
                #"{"type":"status","status":"break","after_chats":true}"#
            ),
            (.command(.enter(topic: "general", intake: nil)), #"{"type":"enter","topic":"general"}"#),
            (
                .command(.enter(topic: "general", intake: nil, consent: "0f3a")),
                #"{"type":"enter","topic":"general","consent":"0f3a"}"#
            ),
            (
                .command(.transfer(chat: chat, to: .queue("q"), kind: .cold)),
                #"{"type":"transfer","chat":"\#(zeros)","to":{"queue":"q"},"kind":"cold"}"#
            ),
            (
                .command(.wrapUp(chat: chat, WrapUpReport(disposition: "d", isResolved: true, tags: ["a", "b"]))),
                #"{"type":"wrapup","chat":"\#(zeros)","disposition":"d","resolved":true,"tags":["a","b"]}"#
            ),
            (.command(.wrapUp(chat: chat, WrapUpReport())), #"{"type":"wrapup","chat":"\#(zeros)"}"#),
            (.command(.leave), #"{"type":"leave"}"#),
            (
                .command(.override(OverrideOrder(queue: "q", state: .closed, until: Instant(milliseconds: 0)))),
                #"{"type":"override","queue":"q","state":"closed","until":"1970-01-01T00:00:00.000Z"}"#
            ),
            (
                .command(.override(OverrideOrder(queue: "q", state: .auto))),
                #"{"type":"override","queue":"q","state":"auto"}"#
            ),
            (.command(.faq(FAQQuery("환불"))), #"{"type":"faq","q":"환불"}"#),
            (
                .command(.faq(FAQQuery("x", topic: "refund", language: .japanese))),
                #"{"type":"faq","q":"x","topic":"refund","lang":"ja"}"#
            ),
            (.command(.faqHelped(false)), #"{"type":"faq_helped","helped":false}"#),
            (
                .command(
                    .inquire(
                        InquiryWish(
                            topic: "refund", text: "언제요?", email: EmailAddress("a@example.com"), name: "이",
                            id: ClientMessageID("i-1")))),
                #"{"type":"inquire","topic":"refund","id":"i-1","email":"a@example.com","name":"이","text":"언제요?"}"#
            ),
            (.command(.inquiry(Receipt(bits: 0))), #"{"type":"inquiry","receipt":"0000-0000-0000"}"#),
            (
                .command(.reply(Receipt(bits: 0), id: ClientMessageID("r"), text: "x")),
                #"{"type":"reply","receipt":"0000-0000-0000","id":"r","text":"x"}"#
            ),
            (.command(.inquiries(queue: nil, state: nil)), #"{"type":"inquiries"}"#),
            (
                .command(.inquiries(queue: "q", state: .reopened)),
                #"{"type":"inquiries","queue":"q","state":"reopened"}"#
            ),
            (.command(.take(inquiry: nil, queue: nil)), #"{"type":"take"}"#),
            (.command(.take(inquiry: chat, queue: "q")), #"{"type":"take","inquiry":"\#(zeros)","queue":"q"}"#),
            (
                .command(.answer(inquiry: chat, id: ClientMessageID("a"), text: "x")),
                #"{"type":"answer","inquiry":"\#(zeros)","id":"a","text":"x"}"#
            ),
            (.command(.release(inquiry: chat)), #"{"type":"release","inquiry":"\#(zeros)"}"#),
            (
                .command(.close(inquiry: chat, WrapUpReport(disposition: "d", isResolved: false))),
                #"{"type":"close","inquiry":"\#(zeros)","disposition":"d","resolved":false}"#
            ),
        ]
        for (message, expected) in rows {
            #expect(String(decoding: message.line, as: UTF8.self) == expected + "\n")
        }
    }
}

extension ClientMessage {
    /// The end of an input is no message: a client that writes it says that it leaves.
    fileprivate var asRead: ClientMessage {
        self == .command(.hangUp) ? .command(.leave) : self
    }

    fileprivate static let kinds = 33

    /// Each has a number, so that the compiler asks for a new one here, and the test for random values of it.
    fileprivate var kind: Int {
        switch self {
        case .customerHello: 0
        case .agentHello: 1
        case .ping: 2
        case .language, .command(.language): 3
        case .command(.topics): 4
        case .command(.enter): 5
        case .command(.intake): 6
        case .command(.leave): 7
        case .command(.hangUp): 8
        case .command(.rate): 9
        case .command(.position): 10
        case .command(.transcript): 11
        case .command(.say): 12
        case .command(.typing): 13
        case .command(.seen): 14
        case .command(.status): 15
        case .command(.accept): 16
        case .command(.decline): 17
        case .command(.note): 18
        case .command(.transfer): 19
        case .command(.end): 20
        case .command(.wrapUp): 21
        case .command(.override): 22
        case .command(.faq): 24
        case .command(.faqHelped): 23
        case .command(.inquire): 25
        case .command(.inquiry): 26
        case .command(.reply): 27
        case .command(.inquiries): 28
        case .command(.take): 29
        case .command(.answer): 30
        case .command(.release): 31
        case .command(.close): 32
        }
    }
}
