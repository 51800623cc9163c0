// Lines to the server and from it.

import SangdamCore
import Testing

@testable import SangdamLoad

@Suite("Lines")
struct MessageTests {
    private func text(of template: SayTemplate) -> String { String(decoding: template.line, as: UTF8.self) }

    @Test("A counted message is one line whose text says whose it is")
    func template() {
        var template = SayTemplate(textBytes: 20)
        template.fill(AuditLedger.Mark(pair: 0xAB, number: 0xFFFF_FFFF))
        #expect(text(of: template) == #"{"type":"say","id":"ffffffff","text":"000000abffffffffqrst"}"# + "\n")
        template.fill(AuditLedger.Mark(pair: 0, number: 1))
        #expect(text(of: template) == #"{"type":"say","id":"00000001","text":"0000000000000001qrst"}"# + "\n")
    }

    @Test(
        "Every changed byte of a text is seen",
        arguments: [
            ("000000ab00000007qrst", 0xAB), ("000000ab00000007qrsT", nil), ("000000ab00000007qrs", nil),
            ("000000ab00000007qrstu", nil), ("000000aB00000007qrst", nil), ("000000 b00000007qrst", nil), ("", nil),
        ] as [(String, UInt32?)])
    func recognised(text: String, pair: UInt32?) {
        let expected = pair.map { AuditLedger.Mark(pair: $0, number: 7) }
        #expect(SayTemplate(textBytes: 20).mark(of: Array(text.utf8)) == expected)
    }

    @Test("The shortest text is all digits")
    func shortest() {
        let mark = SayTemplate(textBytes: 16).mark(of: Array("0000000100000002".utf8))
        #expect(mark == AuditLedger.Mark(pair: 1, number: 2))
    }

    private func read(_ line: String) -> ServerLine? {
        var read = ServerLine()
        let isRead = Array(line.utf8).withUnsafeBytes { read.read($0) }
        return isRead ? read : nil
    }

    private static let chat = "01k00000000000000000000000"

    @Test("The server's lines")
    func lines() throws {
        let message = try #require(
            read(
                #"{"type":"message","chat":"\#(Self.chat)","seq":7,"from":"customer","id":"0000000f","text":"a\nb"}"#
            ))
        #expect(message.kind == .message && message.seq == 7 && message.isFromCustomer && message.number == 15)
        #expect(message.text == Array("a\nb".utf8) && message.chat == ChatID(Self.chat))
        let ack = try #require(read(#"{"seq":9,"id":"c-1","chat":"x","type":"ack"}"#))
        #expect(ack.kind == .ack && ack.seq == 9 && ack.number == nil && ack.chat == nil && ack.text.isEmpty)
        let refusal = try #require(read(#"{"type":"error","code":"locked","message":"Too often.","retry_after":1.5}"#))
        #expect(refusal.kind == .error && refusal.code == "locked" && refusal.sentence == "Too often.")
        let started = try #require(read(#"{"type":"started","chat":"\#(Self.chat)","agent":"load1","seq":1}"#))
        #expect(started.kind == .started && started.agent == "load1" && !started.isWrappingUp)
        let welcome = try #require(read(#"{"type":"welcome","agent":{"name":"load1","status":"break"}}"#))
        #expect(welcome.kind == .welcome && welcome.agent == nil)
        #expect(try #require(read(#"{"type":"weather"}"#)).kind == .other)
        #expect(try #require(read(#"{"type":"ok","for":"wrapup"}"#)).about == "wrapup")
    }

    @Test(
        "What the server never says",
        arguments: [
            "", "{}", "[]", "HTTP/1.1 400 Bad Request", #"{"type":7}"#, #"{"type":"ack","seq":-1}"#, #"{"type":"ack""#,
        ])
    func strange(line: String) {
        #expect(read(line) == nil)
    }

    @Test("A line leaves nothing behind for the next")
    func reuse() {
        var line = ServerLine()
        for text in [
            #"{"type":"message","seq":3,"id":"00000001","text":"abc","from":"customer","code":"x"}"#, #"{"type":"ok"}"#,
        ] {
            _ = Array(text.utf8).withUnsafeBytes { line.read($0) }
        }
        #expect(line.kind == .ok && line.seq == 0 && line.number == nil && line.text.isEmpty && !line.isFromCustomer)
        #expect(line.code == nil)
    }

    @Test("What the generator says besides")
    func said() {
        let chat = ChatID(high: 0, low: 0)
        let rows: [(ClientLine, String)] = [
            (.customerHello, #"{"type":"hello","role":"customer","lang":"en"}"#),
            (
                .agentHello(user: "load1", password: Text(#"a"b"#)),
                #"{"type":"hello","role":"agent","user":"load1","password":"a\"b","lang":"en"}"#
            ),
            (.enter(topic: "general"), #"{"type":"enter","topic":"general"}"#),
            (.available(capacity: 3), #"{"type":"status","status":"available","capacity":3,"auto_accept":true}"#),
            (.offline, #"{"type":"status","status":"offline"}"#),
            (.end(chat), #"{"type":"end","chat":"00000000000000000000000000"}"#),
            (.wrapUp(chat), #"{"type":"wrapup","chat":"00000000000000000000000000"}"#),
            (.leave, #"{"type":"leave"}"#),
        ]
        for (line, expected) in rows { #expect(String(decoding: line.bytes, as: UTF8.self) == expected + "\n") }
    }
}
