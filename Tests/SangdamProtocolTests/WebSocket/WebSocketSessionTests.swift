// What a session answers by itself, how it ends, and the frames that it writes.

import SangdamCore
import SangdamProtocol
import Testing

@Suite struct WebSocketSessionTests {
    /// One row: what comes in, what is handed on, and what goes out.
    struct Dialogue: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stream: [UInt8]
        let events: [WebSocketEvent]
        let frames: [String]

        init(_ name: String, _ stream: [UInt8], _ events: [WebSocketEvent], _ frames: [String]) {
            (testDescription, self.stream, self.events, self.frames) = (name, stream, events, frames)
        }
    }

    static let dialogues = [
        Dialogue("text", textFrame("a") + textFrame("b"), [text("a"), text("b")], []),
        Dialogue("a ping is answered with its words", pingFrame("p1") + textFrame("a"), [text("a")], ["pong p1"]),
        Dialogue("a pong that nobody asked for", frame(0xA, [1]) + textFrame("a"), [text("a")], []),
        Dialogue("close", closeFrame(1000), [closed(1000)], ["close 1000"]),
        Dialogue("close with words", closeFrame(3000, Array("bye".utf8)), [closed(3000)], ["close 3000"]),
        Dialogue("close without a code", frame(0x8), [.ended(.closed(nil))], ["close"]),
        Dialogue(
            "nothing behind a close", closeFrame(1001) + textFrame("a") + closeFrame(1000), [closed(1001)],
            ["close 1001"]),
        Dialogue(
            "a bad code", closeFrame(1005), [.ended(.fault(.badCloseCode))],
            ["close 1002 a close code that nobody may send"]),
        Dialogue("bad words", closeFrame(1000, [0xFF]), [.ended(.fault(.badUTF8))], ["close 1007 not UTF-8"]),
        Dialogue(
            "nothing behind a fault", textFrame("a") + frame(0x2) + textFrame("b"),
            [text("a"), .ended(.fault(.binary))], ["close 1003 text messages only"]
        ),
        Dialogue(
            "a flood of pings", (0..<20).flatMap { _ in pingFrame() }, [.ended(.fault(.tooManyControlFrames))],
            Array(repeating: "pong", count: 10) + ["close 1008 too many pings and pongs"]
        ),
    ]

    static func text(_ text: String) -> WebSocketEvent { .text(Array(text.utf8)) }
    static func closed(_ code: UInt16) -> WebSocketEvent { .ended(.closed(WebSocketCloseCode(rawValue: code))) }

    @Test(arguments: dialogues) func answers(_ row: Dialogue) {
        let stream = row.stream
        for size in [stream.count, 1] {
            var harness = WebSocketHarness()
            for start in stride(from: 0, to: stream.count, by: size) {
                harness.receive(Array(stream[start..<min(start + size, stream.count)]))
            }
            #expect(harness.takeEvents() == row.events)
            #expect(harness.takeFrames() == row.frames)
        }
    }

    @Test func ourCloseAwaitsThePeers() {
        var harness = WebSocketHarness()
        harness.session.close(.goingAway, reason: "restart", output: &harness.output)
        harness.session.close(.normal, output: &harness.output)
        #expect(harness.takeFrames() == ["close 1001 restart"])
        #expect(!harness.session.isOpen)
        harness.receive(textFrame("late") + pingFrame())
        #expect(harness.takeEvents().isEmpty)
        harness.receive(closeFrame(1001))
        #expect(harness.takeEvents() == [Self.closed(1001)])
        #expect(harness.takeFrames()?.isEmpty == true)
    }

    @Test func aFaultBehindOurCloseIsNotAnswered() {
        var harness = WebSocketHarness()
        harness.session.close(.normal, output: &harness.output)
        harness.output = []
        harness.receive(frame(0x3))
        #expect(harness.takeEvents() == [.ended(.fault(.unknownOpcode))])
        #expect(harness.output.isEmpty)
    }

    /// The header's bytes in front of payloads around every border.
    @Test(
        arguments: [
            (0, [0x81, 0]), (1, [0x81, 1]), (125, [0x81, 125]), (126, [0x81, 126, 0, 126]), (127, [0x81, 126, 0, 127]),
            (4000, [0x81, 126, 0x0F, 0xA0]), (65_535, [0x81, 126, 0xFF, 0xFF]),
            (65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]), (70_000, [0x81, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70]),
        ] as [(Int, [UInt8])])
    func writesHeaders(_ length: Int, _ header: [UInt8]) {
        let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        // Something stands before it, as when several messages go out at once.
        var output: [UInt8] = [9, 9, 9]
        let start = WebSocketWriter.begin(&output)
        output += payload
        WebSocketWriter.end(start, .text, in: &output)
        #expect(output == [9, 9, 9] + header + payload)
    }

    @Test func writesFrames() {
        var output: [UInt8] = []
        WebSocketWriter.write(.ping, Array("k".utf8), into: &output)
        WebSocketWriter.writeClose(nil, into: &output)
        #expect(output == [0x89, 1, 0x6B, 0x88, 0])
        for (reason, written) in [("a", 123), ("가", 41)] {
            output = []
            WebSocketWriter.writeClose(.tooBig, reason: String(repeating: reason, count: 200), into: &output)
            #expect(serverFrames(output) == ["close 1009 " + String(repeating: reason, count: written)])
        }
    }
}
