// Which mode a connection gets: from ALPN, from its first bytes in any pieces, and from its silence.

import SangdamCore
import SangdamWire
import Testing

@Suite struct LatchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let mode: WireMode
        var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }

        init(_ text: String, _ mode: WireMode) {
            bytes = Array(text.utf8)
            self.mode = mode
        }

        init(_ bytes: [UInt8], _ mode: WireMode) {
            self.bytes = bytes
            self.mode = mode
        }
    }

    static let rows: [Row] = [
        Row("{\"type\":\"ping\",\"n\":1}\n", .jsonLines), Row("{", .jsonLines),
        Row("GET / HTTP/1.1\r\n", .http), Row("HEAD /", .http), Row("POST /x", .http), Row("OPTIONS * ", .http),
        Row("PUT /", .http), Row("DELETE /", .http), Row("PATCH /", .http), Row("CONNECT a:1", .http),
        Row("TRACE /", .http), Row("PRI * HTTP/2.0\r\n", .http),
        Row("CAP LS 302\r\n", .refused), Row("NICK kim\r\n", .refused), Row("SSH-2.0-OpenSSH\r\n", .refused),
        Row([0x16, 0x03, 0x01, 0x02], .refused), Row([0x05, 0x01, 0x00], .refused), Row([0x00], .refused),
        Row([0xFF, 0xFD, 0x01], .refused),
        Row("1\n", .byHand), Row("\n", .byHand), Row("\r\n", .byHand), Row("안녕하세요\n", .byHand), Row("/help\n", .byHand),
        Row("GETTING started\n", .byHand), Row("get / http\n", .byHand), Row("Hello\n", .byHand),
        Row("NICKNAME\n", .byHand), Row("CAPS LOCK\n", .byHand), Row("SSH-3\n", .byHand), Row("P\n", .byHand),
        Row(" {\n", .byHand), Row("[1]\n", .byHand), Row([0xC8, 0xAF, 0x0A], .byHand), Row("\u{1B}[A\n", .byHand),
    ]

    @Test(arguments: rows) func latchesFromTheFirstBytes(_ row: Row) {
        var whole = SessionHarness()
        whole.receive(row.bytes)
        #expect(whole.session.mode == row.mode)
        var dripped = SessionHarness()
        for byte in row.bytes { dripped.receive([byte]) }
        #expect(dripped.session.mode == row.mode)
        #expect(dripped.takeInputs() == whole.takeInputs())
        #expect(dripped.takeOutput() == whole.takeOutput())
    }

    @Test func staysOpenWhileTheBytesMayBecomeAnything() {
        var harness = SessionHarness()
        for piece in ["P", "O", "S"] {
            harness.receive(piece)
            #expect(harness.session.mode == .undecided)
        }
        // A person may type that, too: 300 ms decide.
        harness.wait(milliseconds: 299)
        #expect(harness.session.mode == .undecided)
        harness.wait(milliseconds: 1)
        #expect(harness.session.mode == .byHand)
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        // The beginning was kept.
        harness.deliver(Sample.welcome())
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.deliver(Sample.started("kim"))
        harness.receive("T 안녕\n")
        #expect(harness.takeInputs() == ["say POST 안녕"])
    }

    @Test func silenceMeansAPerson() {
        var harness = SessionHarness()
        #expect(harness.session.nextDeadline == harness.now + Interval(milliseconds: 300))
        harness.wait(milliseconds: 300)
        #expect(harness.session.mode == .byHand)
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        #expect(harness.session.nextDeadline == nil)
    }

    @Test func applicationProtocolDecidesAtOnce() {
        #expect(SessionHarness(applicationProtocol: "sangdam/1").session.mode == .jsonLines)
        #expect(SessionHarness(applicationProtocol: "http/1.1").session.mode == .http)
        #expect(SessionHarness(applicationProtocol: "other").session.mode == .undecided)
        var harness = SessionHarness(applicationProtocol: "http/1.1")
        harness.receive("GET / HTTP/1.1\r\n\r\n")
        #expect(harness.takeInputs() == ["refused http 400", "close http_ended"])
    }

    @Test(arguments: ["sangdam/1", nil]) func aProgramMustSayHelloInTime(_ applicationProtocol: String?) {
        var harness = SessionHarness(applicationProtocol: applicationProtocol)
        if applicationProtocol == nil { harness.receive("{\"type\":") }
        harness.receive("{\"type\":\"hello\",\"ro")
        harness.wait(milliseconds: 9999)
        #expect(harness.takeInputs() == [])
        harness.wait(milliseconds: 1)
        #expect(harness.takeInputs() == ["close hello_timeout"])
        #expect(harness.takeOutput().hasPrefix(#"{"type":"bye","code":"hello_timeout","message":""#))
        harness.receive("{\"type\":\"ping\",\"n\":1}\n")
        #expect(harness.takeOutput() == "")
        #expect(harness.session.nextDeadline == nil)
    }

    @Test func helloStopsTheClockAndItsRefusalStartsItAnew() {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        harness.wait(milliseconds: 9000)
        harness.receive(#"{"type":"hello","role":"agent","user":"kim","password":"x"}"# + "\n")
        #expect(harness.session.nextDeadline == nil)
        harness.deliver(.error(Refusal(.wrongPassword)))
        #expect(harness.session.nextDeadline == harness.now + .seconds(10))
        harness.receive(#"{"type":"hello","role":"agent","user":"kim","password":"y"}"# + "\n")
        #expect(harness.takeInputs() == ["agent kim x ko", "agent kim y ko"])
    }

    @Test func othersAreToldWhereTheyAre() {
        var other = SessionHarness()
        other.receive("SSH-2.0-x\r\nNICK x\r\n")
        #expect(other.takeOutput().contains("ncat --ssl"))
        #expect(other.takeInputs() == ["refused unsupported", "close other_protocol"])
        other.deliver(.bye(.shuttingDown))
        #expect(other.takeOutput() == "")
    }
}
