// WebSocket's framing, the client's side: what goes out byte by byte, what may come in, and what may not.

import Testing

@testable import SangdamLoad

@Suite("WebSocket framing")
struct FramingTests {
    private func frame(_ payload: [UInt8], seed: Int = 1) -> [UInt8] {
        var frames = ClientFrames(seed: seed)
        var output: [UInt8] = []
        payload.withUnsafeBytes { frames.write(.text, $0, into: &output) }
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
        var frames = ClientFrames(seed: 7)
        var output: [UInt8] = []
        for _ in 0..<100 { [UInt8](repeating: 0, count: 4).withUnsafeBytes { frames.write(.text, $0, into: &output) } }
        // Two bytes of header, four of the key, four of the payload.
        let keys = Set(stride(from: 0, to: output.count, by: 10).map { Array(output[($0 + 2)..<($0 + 6)]) })
        #expect(keys.count == 100)
        #expect(frame([], seed: 1) != frame([], seed: 2))
        // The probe's number.
        #expect(frame([], seed: -1).count == 6)
    }

    private static let zeros = [UInt8](repeating: 0, count: 65_536)

    @Test(
        "Frames of the server, complete at the last byte and not before",
        arguments: [
            ([0x81, 2, 0x7B, 0x7D], .text, 2), ([0x81, 0], .text, 0), ([0x89, 1, 0x3F], .ping, 1),
            ([0x8A, 0], .pong, 0), ([0x88, 0], .close(code: nil), 0),
            ([0x88, 4, 0x03, 0xF1, 0x6E, 0x6F], .close(code: 1009), 2),
            ([0x81, 126, 0, 126] + zeros.prefix(126), .text, 126),
            ([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0] + zeros, .text, 65_536),
        ] as [([UInt8], ServerFrame.Kind, Int)])
    func read(bytes: [UInt8], kind: ServerFrame.Kind, payload: Int) throws {
        for count in Set(0..<min(bytes.count, 20)).union([bytes.count - 1]) {
            let isComplete = try bytes[..<count].withUnsafeBytes { try ServerFrame.first(in: $0) != nil }
            #expect(!isComplete)
        }
        try (bytes + [0x81]).withUnsafeBytes { all in
            let frame = try #require(try ServerFrame.first(in: all))
            #expect(frame.kind == kind && frame.payload.count == payload && frame.byteCount == bytes.count)
            let isSame = frame.payload.elementsEqual(bytes.suffix(payload))
            #expect(isSame)
        }
    }

    @Test(
        "What this server never sends is a fault",
        arguments: [
            ([0xC1, 0], "an extension's bits"), ([0x01, 0], "a message in fragments"),
            ([0x81, 0x80], "a masked frame from a server"), ([0x82, 0], "a frame that is no text"),
            ([0x80, 0], "a frame that is no text"), ([0x83, 0], "a frame that is no text"),
            ([0x89, 126, 0, 126], "a long control frame"), ([0x88, 1, 3], "half a close code"),
            ([0x81, 126, 0, 125], "a length in more bytes than it needs"),
            ([0x81, 127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], "a length in more bytes than it needs"),
            ([0x81, 127, 0, 0, 0, 0, 0, 1, 0, 1], "a message of more than 64 KiB"),
            ([0x81, 127] + Array(repeating: 0xFF, count: 8), "a message of more than 64 KiB"),
        ] as [([UInt8], String)])
    func faults(bytes: [UInt8], rule: String) {
        #expect(throws: ServerFrame.Fault(rule: rule)) {
            try bytes.withUnsafeBytes { _ = try ServerFrame.first(in: $0) }
        }
    }

    private static let yes = "HTTP/1.1 101 Switching Protocols\r\n"
    private static let accept = "sec-websocket-accept:s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
    private static let subprotocol = "Sec-WebSocket-Protocol: sangdam.v1\r\n"

    @Test("An answer that says yes ends with its empty line")
    func upgraded() throws {
        let bytes = Array((Self.yes + "Upgrade: websocket\r\n" + Self.accept + Self.subprotocol + "\r\n").utf8)
        for count in 0..<bytes.count {
            let end = try bytes[..<count].withUnsafeBytes { try Upgrade.byteCount(ofAnswerIn: $0) }
            #expect(end == nil)
        }
        let end = try (bytes + [0x81, 0]).withUnsafeBytes { try Upgrade.byteCount(ofAnswerIn: $0) }
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
        ] as [(String, Upgrade.Fault)])
    func notUpgraded(answer: String, fault: Upgrade.Fault) {
        #expect(throws: fault) {
            try Array(answer.utf8).withUnsafeBytes { _ = try Upgrade.byteCount(ofAnswerIn: $0) }
        }
    }

    @Test("The request names the server", arguments: [("desk.example", "desk.example"), ("::1", "[::1]")])
    func request(host: String, name: String) {
        let request = String(decoding: Upgrade.request(host: host, port: 8443), as: UTF8.self)
        #expect(request.contains("\r\nHost: \(name):8443\r\n") && request.hasSuffix("\r\n\r\n"))
    }
}
