// WebSocket's framing, the client's side: what goes out byte by byte, what may come in, and what may not.

import SangdamCore
import SangdamProtocol
import Testing

@Suite("WebSocket framing of a client")
struct ClientFramingTests {
    private func frame(_ payload: [UInt8], seed: Int = 1) -> [UInt8] {
        var keys = WebSocketKeys(seed: seed)
        var output: [UInt8] = []
        payload.withUnsafeBytes { WebSocketWriter.write(.text, $0, maskedBy: keys.next(), into: &output) }
        return output
    }

    @Test(
        "A length is written in as few bytes as it needs, and the payload is masked",
        arguments: [
            (0, [0x81, 0x80]), (125, [0x81, 0xFD]), (126, [0x81, 0xFE, 0, 126]), (65_535, [0x81, 0xFE, 0xFF, 0xFF]),
            (65_536, [0x81, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0]),
        ] as [(Int, [UInt8])])
    func written(count: Int, header: [UInt8]) {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let bytes = frame(payload)
        #expect(bytes.count == header.count + 4 + count)
        #expect(Array(bytes.prefix(header.count)) == header)
        let mask = Array(bytes[header.count..<header.count + 4])
        let unmasked = bytes[(header.count + 4)...].enumerated().map { $0.element ^ mask[$0.offset % 4] }
        // A Bool: what differs in 65,536 elements would take minutes to tell.
        let isSame = unmasked == payload
        #expect(isSame)
    }

    @Test("Every frame has a key of its own, and every connection its own keys")
    func keys() {
        var keys = WebSocketKeys(seed: 7)
        var output: [UInt8] = []
        for _ in 0..<100 {
            [UInt8](repeating: 0, count: 4).withUnsafeBytes {
                WebSocketWriter.write(.text, $0, maskedBy: keys.next(), into: &output)
            }
        }
        // Two bytes of header, four of the key, four of the payload.
        let seen = Set(stride(from: 0, to: output.count, by: 10).map { Array(output[($0 + 2)..<($0 + 6)]) })
        #expect(seen.count == 100)
        #expect(frame([], seed: 1) != frame([], seed: 2))
        // The probe's number.
        #expect(frame([], seed: -1).count == 6)
    }

    private static let zeros = [UInt8](repeating: 0, count: 65_536)

    /// What a client makes of the server's bytes, and how many it took.
    private func read(_ bytes: [UInt8]) throws -> (input: WebSocketInput?, taken: Int) {
        var rules = WebSocketRules()
        rules.messageLimitBytes = 65_536
        var reader = WebSocketReader(rules: rules, as: .client)
        return try bytes.withUnsafeBytes { bytes in
            var rest = bytes
            let input = try reader.next(&rest, at: Instant(milliseconds: 0))
            return (input, bytes.count - rest.count)
        }
    }

    @Test(
        "Frames of the server, complete at the last byte and not before",
        arguments: [
            ([0x81, 2, 0x7B, 0x7D], .text([0x7B, 0x7D])), ([0x81, 0], .text([])), ([0x89, 1, 0x3F], .ping([0x3F])),
            ([0x8A, 0], .pong), ([0x88, 0], .close(nil)), ([0x88, 4, 0x03, 0xF1, 0x6E, 0x6F], .close(.tooBig)),
            ([0x81, 126, 0, 126] + zeros.prefix(126), .text(Array(zeros.prefix(126)))),
            ([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0] + zeros, .text(zeros)),
        ] as [([UInt8], WebSocketInput)])
    func read(bytes: [UInt8], expected: WebSocketInput) throws {
        for count in Set(0..<min(bytes.count, 20)).union([bytes.count - 1]) {
            let isComplete = try read(Array(bytes[..<count])).input != nil
            #expect(!isComplete)
        }
        let (input, taken) = try read(bytes + [0x81])
        let isSame = input == expected
        #expect(isSame && taken == bytes.count)
    }

    @Test("What the server's close says besides its code is kept")
    func closeReason() throws {
        var reader = WebSocketReader(rules: WebSocketRules(), as: .client)
        let bytes: [UInt8] = [0x88, 4, 0x03, 0xF1, 0x6E, 0x6F]
        _ = try bytes.withUnsafeBytes { bytes in
            var rest = bytes
            return try reader.next(&rest, at: Instant(milliseconds: 0))
        }
        #expect(reader.closeReason == "no")
    }

    @Test(
        "What no server may send is a fault",
        arguments: [
            ([0xC1, 0], .reservedBits), ([0x81, 0x80], .masked), ([0x82, 0], .binary),
            ([0x80, 0], .unexpectedContinuation), ([0x83, 0], .unknownOpcode), ([0x89, 126, 0, 126], .controlTooLong),
            ([0x88, 1, 3], .badCloseLength), ([0x81, 126, 0, 125], .lengthNotMinimal),
            ([0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .lengthNotMinimal),
            ([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 1], .messageTooBig),
            ([0x81, 127] + Array(repeating: 0xFF, count: 8), .badLength),
        ] as [([UInt8], WebSocketFault)])
    func faults(bytes: [UInt8], fault: WebSocketFault) {
        #expect(throws: fault) { try read(bytes) }
    }

    private static let yes = "HTTP/1.1 101 Switching Protocols\r\n"
    private static let accept = "sec-websocket-accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
    private static let subprotocol = "Sec-WebSocket-Protocol: sangdam.v1\r\n"

    @Test("An answer that says yes ends with its empty line")
    func upgraded() throws {
        let bytes = Array((Self.yes + "Upgrade: websocket\r\n" + Self.accept + Self.subprotocol + "\r\n").utf8)
        for count in 0..<bytes.count {
            let end = try WebSocketOpening.byteCount(ofAnswerIn: Array(bytes[..<count]))
            #expect(end == nil)
        }
        let end = try WebSocketOpening.byteCount(ofAnswerIn: bytes + [0x81, 0])
        #expect(end == bytes.count)
    }

    @Test(
        "Every other answer is a fault: a no with its first line, the rest with how it begins",
        arguments: [
            ("HTTP/1.1 404 Not Found\r\nA: b\r\n\r\n", .refused("HTTP/1.1 404 Not Found")),
            ("HTTP/1.0 101 Yes\r\n\r\n", .refused("HTTP/1.0 101 Yes")),
            ("*** WebSocket", .notUnderstood("*** WebSocket")), ("HTTQ", .notUnderstood("HTTQ")),
            (yes + accept + "\r\n", .notUnderstood(yes + accept + "\r\n")),
            (yes + subprotocol + "\r\n", .notUnderstood(yes + subprotocol + "\r\n")),
            (yes + String(repeating: "x", count: 9_000), .notUnderstood(yes + String(repeating: "x", count: 86))),
        ] as [(String, WebSocketOpening.Fault)])
    func notUpgraded(answer: String, fault: WebSocketOpening.Fault) {
        #expect(throws: fault) {
            _ = try WebSocketOpening.byteCount(ofAnswerIn: Array(answer.utf8))
        }
    }

    @Test("The request names the server", arguments: ["desk.example:8443", "[::1]:8443"])
    func request(server: String) throws {
        let server = try #require(HostPort(server))
        let request = String(decoding: WebSocketOpening.request(to: server), as: UTF8.self)
        #expect(request.contains("\r\nHost: \(server)\r\n") && request.hasSuffix("\r\n\r\n"))
    }
}
