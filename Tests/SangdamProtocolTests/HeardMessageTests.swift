// Reading the server's messages: every type, fields in any order, unknown ones, wrong kinds, bytes cut anywhere.

import SangdamCore
import Testing

@testable import SangdamProtocol

@Suite struct HeardMessageTests {
    static let chat = ChatID(high: 1, low: 1)
    static let offer = OfferID(high: 1, low: 2)
    static let at = Instant(milliseconds: 1_795_343_460_123)

    /// Messages as flat lists of fields, so that they can be shuffled.
    static let table: [(fields: [String], message: HeardMessage)] = [
        (
            [
                #""type":"welcome""#, #""session":"x""#,
                #""agent":{"cause":"lost","name":"kim","status":"break","capacity":3,"auto_accept":true,"after_chats":"offline","new":[{}]}"#,
            ],
            .welcome(
                AgentState(
                    name: "kim", status: "break", statusAfterChats: "offline", capacity: 3, autoAccept: true,
                    cause: "lost"))
        ),
        ([#""type":"ok""#, #""for":"wrapup""#, "\"chat\":\"\(chat)\""], .ok(about: "wrapup", chat: chat)),
        (
            [
                #""type":"topics""#,
                #""topics":[{"label":"환불","id":"refund","queue":"money","open":true},7,{"label":"x"},{"id":"y"}]"#,
                #""contacts":[{"id":"c"}]"#,
            ],
            .topics([TopicLabel(id: "refund", label: "환불", queue: "money"), TopicLabel(id: "y", label: "y", queue: "")])
        ),
        (
            [
                #""type":"offer""#, "\"offer\":\"\(offer)\"", "\"chat\":\"\(chat)\"", #""queue":"q""#, #""topic":"t""#,
                #""lang":"ko""#, #""waited":72.5"#, #""intake":{"goal":"g","colour":"red","what":3}"#,
                #""expires":"2026-11-22T10:31:00.123Z""#,
            ],
            .offer(
                OfferMessage(
                    offer: offer, chat: chat, queue: "q", topic: "t", language: "ko",
                    waited: Interval(milliseconds: 72_500),
                    intake: IntakeMessage([
                        .init(question: "goal", text: "g"), .init(question: "colour", text: "red"),
                    ]), expires: at))
        ),
        (
            [#""type":"offer_closed""#, "\"offer\":\"\(offer)\"", #""reason":"expired""#],
            .offerClosed(offer, reason: "expired")
        ),
        (
            [
                #""type":"started""#, "\"chat\":\"\(chat)\"", #""customer":null"#, #""seq":4"#, #""waited":1"#,
                #""wrapping_up":true"#, #""away":true"#,
            ],
            .started(
                StartedMessage(
                    chat: chat, customer: nil, queue: "", topic: "", language: "", waited: .seconds(1),
                    intake: IntakeMessage(), isWrappingUp: true, isAway: true))
        ),
        (
            [
                #""type":"message""#, "\"chat\":\"\(chat)\"", #""seq":18446744073709551615"#, #""from":"customer""#,
                #""name":"이""#, #""id":"c-1""#, #""text":"a\u0000b""#, #""at":"2026-11-22T10:31:00.123Z""#,
            ],
            .words(
                WordsMessage(
                    chat: chat, seq: .max, from: "customer", name: "이", id: "c-1", text: "a\u{0}b", at: at))
        ),
        (
            [
                #""type":"note""#, "\"chat\":\"\(chat)\"", #""seq":2"#, #""by":"lee""#, #""text":"t""#,
                #""at":"yesterday""#,
            ],
            .note(NoteMessage(chat: chat, seq: 2, by: "lee", id: nil, text: "t", at: nil))
        ),
        ([#""type":"ack""#, "\"chat\":\"\(chat)\"", #""id":"m""#, #""seq":9"#], .ack(chat: chat, id: "m", seq: 9)),
        (
            [#""type":"typing""#, "\"chat\":\"\(chat)\"", #""who":"customer""#, #""on":false"#],
            .typing(chat: chat, who: "customer", isOn: false)
        ),
        (
            [#""type":"party""#, "\"chat\":\"\(chat)\"", #""who":"customer""#, #""state":"away""#],
            .party(chat: chat, who: "customer", state: "away")
        ),
        (
            [#""type":"ended""#, "\"chat\":\"\(chat)\"", #""reason":"idle""#, #""receipt":"R""#],
            .ended(chat: chat, reason: "idle", receipt: "R")
        ),
        (
            [
                #""type":"status""#, #""status":"available""#, #""capacity":99999999999999999999"#,
                #""after_chats":null"#,
            ],
            .status(AgentState(name: nil, status: "available", capacity: nil, autoAccept: nil, cause: nil))
        ),
        ([#""type":"pong""#, #""n":3"#], .pong),
        (
            [
                #""type":"error""#, #""code":"locked""#, #""message":"m""#, #""id":"m-1""#, #""field":"f""#,
                #""retry_after":0.25"#,
            ],
            .error(
                ErrorMessage(
                    code: "locked", message: "m", id: "m-1", field: "f", retryAfter: Interval(milliseconds: 250)))
        ),
        (
            [#""type":"bye""#, #""code":"left""#, #""message":"m""#, #""reconnect":false"#],
            .bye(code: "left", message: "m", reconnect: false)
        ),
        ([#""type":"weather""#, #""chat":5"#, #""text":{"x":[]}"#], .other("weather")),
    ]

    private func read(_ line: String) throws -> HeardMessage {
        try read(Array(line.utf8))
    }

    private func read(_ line: [UInt8]) throws -> HeardMessage {
        try line.withUnsafeBytes { try HeardMessage(line: $0) }
    }

    @Test(arguments: table.indices) func everyTypeInAnyOrderWithUnknownFields(_ row: Int) throws {
        let (fields, message) = Self.table[row]
        var generator = Seeded(announcedSeed())
        let unknown = [#""zz":{"a":[1,{"b":null}]}"#, #""yy":-1.5e3"#]
        for order in [fields, fields.reversed(), (fields + unknown).shuffled(using: &generator)] {
            let line = "{" + order.joined(separator: ",") + "}"
            let isSame = try read(line) == message
            #expect(isSame, "\(line)")
        }
    }

    @Test(arguments: table.indices) func aLineCutAnywhereIsRefusedNotMisread(_ row: Int) {
        let line = Array(("{" + Self.table[row].fields.joined(separator: ",") + "}").utf8)
        for length in 0..<line.count {
            #expect(throws: ServerMessageFault.notJSON) { try read(Array(line[..<length])) }
        }
    }

    @Test(arguments: [
        (#"{"type":"message","chat":"short","seq":1,"text":"x"}"#, ServerMessageFault.incomplete(type: "message")),
        ("{\"type\":\"message\",\"chat\":\"\(chat)\",\"text\":\"x\"}", .incomplete(type: "message")),
        ("{\"type\":\"message\",\"chat\":\"\(chat)\",\"seq\":-1,\"text\":\"x\"}", .incomplete(type: "message")),
        (#"{"type":"offer"}"#, .incomplete(type: "offer")),
        (#"{"type":"ack","id":"x","seq":1}"#, .incomplete(type: "ack")),
        (#"{"type":7}"#, .notJSON),
        ("[]", .notJSON),
        ("", .notJSON),
        (#"{"type":"pong"} {"#, .notJSON),
    ])
    func whatLacksTheNecessaryIsRefused(_ line: String, _ fault: ServerMessageFault) {
        #expect(throws: fault) { try read(line) }
    }
}
