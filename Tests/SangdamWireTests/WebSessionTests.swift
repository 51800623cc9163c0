// A browser's connection from its first byte to its end, through the session that all modes share: the page, the
// upgrade, the same messages as JSON lines, and every way to part.

import SangdamCore
import SangdamWire
import Testing

/// A session that has been upgraded, and what it sends as frames.
private struct BrowserHarness {
    static let upgrade = """
        GET /chat HTTP/1.1\r\nHost: chat.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Protocol: sangdam.v1\r\n\r\n
        """

    var harness: SessionHarness

    /// - Parameter behind: what the client sends without waiting for the answer.
    init(_ applicationProtocol: String? = "http/1.1", pieces: Int = .max, behind: [UInt8] = []) {
        harness = SessionHarness(applicationProtocol: applicationProtocol)
        var left = (Array(Self.upgrade.utf8) + behind)[...]
        while !left.isEmpty {
            harness.receive(Array(left.prefix(pieces)))
            left = left.dropFirst(pieces)
        }
    }

    mutating func say(_ text: String) {
        harness.receive(textFrame(text))
    }

    /// One line a frame since the last call, such as `text {"a":1}` or `close 1000 reason`.
    mutating func takeFrames() -> [String]? {
        serverFrames(harness.takeBytes())
    }
}

@Suite struct WebSessionTests {
    private static let hello = #"{"type":"hello","role":"customer","lang":"en"}"#

    @Test(arguments: [.max, 1, 7]) func upgradesHoweverTheBytesCome(pieces: Int) {
        for applicationProtocol in ["http/1.1", nil] {
            var browser = BrowserHarness(applicationProtocol, pieces: pieces, behind: textFrame(Self.hello))
            let response = String(decoding: browser.harness.takeBytes(), as: UTF8.self)
            #expect(response.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
            #expect(response.contains("Sec-WebSocket-Protocol: sangdam.v1\r\n"))
            #expect(browser.harness.session.mode == .webSocket)
            #expect(browser.harness.takeInputs() == ["hello en"])
        }
    }

    /// What one mode says, the other says too: only the frame around it differs.
    @Test func speaksTheMessagesOfJSONLines() {
        var browser = BrowserHarness()
        _ = browser.harness.takeOutput()
        var lines = SessionHarness(applicationProtocol: "sangdam/1")
        let said = [
            Self.hello, #"{"type":"enter","topic":"payment"}"#, #"{"type":"say","id":"c-1","text":"안녕"}"#, "", " ",
            #"{"type":"ping","n":7}"#, "{}", "no", #"{"type":"dance","id":"c-2"}"#, "{\"type\":\n\"leave\"\n}",
        ]
        for text in said {
            browser.say(text)
            lines.receive(text.split(separator: "\n").joined() + "\n")
        }
        let heard: [ServerMessage] = [
            Sample.welcome(.english), .topics(Sample.topics, contacts: Sample.contacts), Sample.queued(2, (60, 120)),
            Sample.started("kim"), Sample.message(.agent, "네, 확인해 보겠습니다", name: "kim"),
            .ack(chat: Sample.chat, id: ClientMessageID(Array("c-1".utf8)), seq: 4),
            .ended(chat: Sample.chat, .customerLeft, receipt: Sample.receipt),
        ]
        for message in heard {
            browser.harness.deliver(message)
            lines.deliver(message)
        }
        #expect(browser.harness.takeInputs() == lines.takeInputs())
        let frames = browser.takeFrames() ?? []
        #expect(frames == lines.takeOutput().split(separator: "\n").map { "text \($0)" })
        #expect(frames.count == heard.count + 4)
    }

    @Test func messagesOfEveryLengthHaveTheirFrame() {
        for count in [1, 60, 125, 300, 4_000, 65_000, 66_000] {
            var browser = BrowserHarness()
            _ = browser.harness.takeOutput()
            browser.harness.deliver(Sample.message(.agent, Text(String(repeating: "#", count: count))))
            let bytes = browser.harness.takeBytes()
            let header = bytes[1] == 127 ? 10 : bytes[1] == 126 ? 4 : 2
            #expect(bytes[0] == 0x81)
            #expect(bytes[header] == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}"))
            #expect(bytes.dropFirst(header).filter { $0 == UInt8(ascii: "#") }.count == count)
        }
    }

    struct ByeRow: Sendable {
        let farewell: Farewell
        let code: Int
    }

    static let byes = [
        ByeRow(farewell: .left, code: 1000), ByeRow(farewell: .idle, code: 1001),
        ByeRow(farewell: .shuttingDown, code: 1012), ByeRow(farewell: .replaced, code: 1008),
        ByeRow(farewell: .historyUnavailable, code: 1013), ByeRow(farewell: .tooSlow, code: 1013),
    ]

    @Test(arguments: byes) func byeIsFollowedByACloseThatThePeerAnswers(_ row: ByeRow) {
        var browser = BrowserHarness()
        browser.say(Self.hello)
        browser.harness.deliver(Sample.welcome())
        _ = browser.harness.takeBytes()
        _ = browser.harness.takeInputs()
        browser.harness.deliver(.bye(row.farewell))
        let frames = browser.takeFrames() ?? []
        #expect(frames.count == 2)
        #expect(frames.first?.hasPrefix(#"text {"type":"bye","code":"\#(row.farewell.rawValue)""#) == true)
        #expect(frames.last == "close \(row.code) \(row.farewell.rawValue)")
        #expect(browser.harness.session.awaitsClose)
        #expect(browser.harness.session.nextDeadline == browser.harness.now + .seconds(3))
        // Nothing is said or done any more.
        browser.harness.deliver(Sample.queued(1, nil))
        browser.say(#"{"type":"leave"}"#)
        browser.harness.receive(pingFrame("x"))
        #expect(browser.takeFrames() == [])
        #expect(browser.harness.takeInputs() == [])
        browser.harness.receive(closeFrame(1000))
        #expect(browser.harness.takeInputs() == ["close \(row.farewell.rawValue)"])
        #expect(browser.takeFrames() == [])
        #expect(browser.harness.session.nextDeadline == nil)
    }

    @Test func aPeerThatDoesNotAnswerTheCloseIsNotAwaitedForLong() {
        var browser = BrowserHarness()
        browser.harness.deliver(.bye(.idle))
        _ = browser.harness.takeInputs()
        browser.harness.wait(milliseconds: 2999)
        #expect(browser.harness.takeInputs() == [])
        browser.harness.wait(milliseconds: 1)
        #expect(browser.harness.takeInputs() == ["close idle"])
    }

    @Test func aCloseOfThePeersIsAnsweredAndIsNoFarewellOfOurs() {
        for code: UInt16 in [1000, 1001] {
            var browser = BrowserHarness(behind: closeFrame(code) + textFrame(Self.hello))
            #expect(browser.harness.takeInputs() == ["close websocket_closed"])
            #expect(browser.harness.takeBytes().suffix(4) == [0x88, 2, UInt8(code >> 8), UInt8(code & 0xFF)])
        }
    }

    struct FaultRow: Sendable {
        let bytes: [UInt8]
        let code: Int
    }

    static let faults = [
        FaultRow(bytes: frame(1, [0x7B], isMasked: false), code: 1002), FaultRow(bytes: frame(2, [1]), code: 1003),
        FaultRow(bytes: frame(1, [0xFF]), code: 1007),
        FaultRow(bytes: (0..<11).flatMap { _ in pingFrame() }, code: 1008),
        FaultRow(bytes: Array(frame(1, Array(repeating: 0x20, count: 16_385)).prefix(14)), code: 1009),
        FaultRow(
            bytes: textFrame("{", isFinal: false) + (0..<64).flatMap { _ in moreFrame(" ", isFinal: false) },
            code: 1009),
        FaultRow(bytes: Array(frame(1, [], lengthBytes: 8)), code: 1002),
    ]

    @Test(arguments: faults) func faultsEndItWithTheirCode(_ row: FaultRow) {
        var browser = BrowserHarness()
        _ = browser.harness.takeOutput()
        browser.harness.receive(row.bytes)
        #expect(browser.harness.takeInputs() == ["close websocket_\(row.code)"])
        #expect(browser.takeFrames()?.last?.hasPrefix("close \(row.code) ") == true)
        browser.say(Self.hello)
        browser.harness.deliver(.bye(.shuttingDown))
        #expect(browser.harness.takeInputs() == [])
        #expect(browser.takeFrames() == [])
    }

    @Test func pingsAreAnsweredBetweenFragments() {
        var browser = BrowserHarness()
        _ = browser.harness.takeOutput()
        browser.harness.receive(textFrame(#"{"type":"#, isFinal: false) + pingFrame("a") + moreFrame(#""ping","n":1}"#))
        #expect(browser.takeFrames() == ["pong a", #"text {"type":"pong","n":1}"#])
    }

    @Test func whoNeverSaysHelloIsToldAndClosed() {
        var browser = BrowserHarness()
        _ = browser.harness.takeOutput()
        browser.harness.wait(milliseconds: 9_999)
        #expect(browser.takeFrames() == [])
        browser.harness.wait(milliseconds: 1)
        let frames = browser.takeFrames() ?? []
        #expect(frames.first?.hasPrefix(#"text {"type":"bye","code":"hello_timeout""#) == true)
        #expect(frames.last == "close 1008 hello_timeout")
        browser.harness.wait(milliseconds: 3_000)
        #expect(browser.harness.takeInputs() == ["close hello_timeout"])
    }

    @Test func requestsAreAnsweredAndWhatGetsNoPageIsCounted() {
        var harness = SessionHarness()
        harness.receive("GET /none HTTP/1.1\r\nHost: a\r\n\r\nHEAD /chat HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(harness.takeInputs() == ["refused http 404", "refused http 426", "close http_ended"])
        let output = harness.takeOutput()
        #expect(output.hasPrefix("HTTP/1.1 404 Not Found\r\n") && output.contains("\nHTTP/1.1 426 "))
        harness.receive("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        harness.deliver(.bye(.shuttingDown))
        #expect(harness.takeOutput() == "")
    }

    @Test func aRequestThatDoesNotComeInTimeIsToldSo() {
        var slow = SessionHarness(applicationProtocol: "http/1.1")
        slow.receive("GET / HTTP/1.1\r\nHost:")
        slow.wait(milliseconds: 9_999)
        #expect(slow.takeInputs() == [])
        slow.wait(milliseconds: 1)
        #expect(slow.takeInputs() == ["refused http 408", "close http_ended"])
        #expect(slow.takeOutput().hasPrefix("HTTP/1.1 408 "))
        var silent = SessionHarness(applicationProtocol: "http/1.1")
        silent.wait(milliseconds: 10_000)
        #expect(silent.takeInputs() == ["close http_ended"])
        #expect(silent.takeOutput() == "")
    }

    @Test func theEndOfInputIsTheEnd() {
        var browser = BrowserHarness()
        browser.say(Self.hello)
        browser.harness.endInput()
        #expect(!browser.harness.staysForAnswers)
    }
}
