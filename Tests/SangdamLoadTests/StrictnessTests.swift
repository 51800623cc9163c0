// What the generator does not bear from a server: it measures this one, and whatever this one never sends is a fault.

import SangdamCore
import SangdamProtocol
import Testing

@testable import SangdamLoad

@Suite("Strictness")
struct StrictnessTests {
    private static let chat = "01k00000000000000000000000"

    private func isHeard(_ line: String) -> Bool {
        Array(line.utf8).withUnsafeBytes { ServerFields(fromServer: $0) != nil }
    }

    @Test(
        "What the server never says",
        arguments: [
            "", "{}", "[]", "HTTP/1.1 400 Bad Request", #"{"type":7}"#, #"{"type":"ack","seq":-1}"#, #"{"type":"ack""#,
            #"{"type":"ack","seq":1.5}"#, #"{"type":"ack","seq":"1"}"#, #"{"type":"message","text":7}"#,
            #"{"type":"started","wrapping_up":1}"#, #"{"type":"started","agent":7}"#, #"{"type":"topics","topics":{}}"#,
            #"{"type":"queued","waited":"long"}"#,
        ])
    func strange(line: String) {
        #expect(!isHeard(line))
    }

    @Test(
        "What the server says, or may say one day",
        arguments: [
            #"{"type":"ack","chat":"\#(chat)","id":"00000001","seq":9}"#, #"{"type":"weather"}"#,
            #"{"type":"started","agent":null,"seq":1}"#, #"{"type":"welcome","agent":{"name":"load1"}}"#,
            #"{"type":"pong","n":-1}"#,
        ])
    func heard(line: String) {
        #expect(isHeard(line))
    }

    /// Two frames are one message; this server sends each message in one.
    private static let fragments: [UInt8] = [0x01, 1, 0x7B, 0x80, 1, 0x7D]

    @Test(
        "What this server's frames never are",
        arguments: [
            ([0xC1, 0], .reservedBits), (fragments, .tooManyFragments), ([0x81, 0x80], .masked), ([0x82, 0], .binary),
            ([0x80, 0], .unexpectedContinuation), ([0x83, 0], .unknownOpcode), ([0x89, 126, 0, 126], .controlTooLong),
            ([0x88, 1, 3], .badCloseLength), ([0x81, 126, 0, 125], .lengthNotMinimal),
            ([0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .lengthNotMinimal),
            ([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 1], .messageTooBig),
            ([0x81, 127] + Array(repeating: 0xFF, count: 8), .badLength),
        ] as [([UInt8], WebSocketFault)])
    func faults(bytes: [UInt8], fault: WebSocketFault) {
        var frames = WebSocketReader(rules: LoadClient.rules, as: .client)
        #expect(throws: fault) {
            try bytes.withUnsafeBytes { all in
                var rest = all
                while try frames.next(&rest, at: Instant(milliseconds: 0)) != nil {}
            }
        }
    }
}
