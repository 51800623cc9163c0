// Frames as a client writes them, right or wrong, and streams of them read in pieces.

import SangdamCore
import SangdamProtocol

/// A frame; every part can be made wrong.
func frame(
    _ opcode: UInt8, _ payload: [UInt8] = [], isFinal: Bool = true, reserved: UInt8 = 0, isMasked: Bool = true,
    key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D], lengthBytes: Int? = nil
) -> [UInt8] {
    let count = payload.count
    let lengthBytes = lengthBytes ?? (count < 126 ? 0 : count < 65_536 ? 2 : 8)
    let short = lengthBytes == 0 ? UInt8(count) : lengthBytes == 2 ? 126 : 127
    var bytes = [(isFinal ? 0x80 : 0) | reserved << 4 | opcode, (isMasked ? 0x80 : 0) | short]
    bytes += (0..<lengthBytes).map { UInt8(truncatingIfNeeded: count >> (8 * (lengthBytes - 1 - $0))) }
    guard isMasked else { return bytes + payload }
    return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
}

func textFrame(_ text: String, isFinal: Bool = true) -> [UInt8] { frame(0x1, Array(text.utf8), isFinal: isFinal) }
func moreFrame(_ text: String, isFinal: Bool = true) -> [UInt8] { frame(0x0, Array(text.utf8), isFinal: isFinal) }
func pingFrame(_ text: String = "") -> [UInt8] { frame(0x9, Array(text.utf8)) }

func closeFrame(_ code: UInt16, _ reason: [UInt8] = []) -> [UInt8] {
    frame(0x8, [UInt8(code >> 8), UInt8(code & 0xFF)] + reason)
}

/// What a reader makes of a stream that comes in pieces of the given sizes, the last of them repeated.
struct Reading: Equatable {
    var inputs: [WebSocketInput] = []
    var fault: WebSocketFault?

    init(_ stream: [UInt8], sizes: [Int] = [.max], rules: WebSocketRules = WebSocketRules()) {
        var reader = WebSocketReader(rules: rules)
        var left = stream[...]
        var turn = 0
        while !left.isEmpty, fault == nil {
            let piece = Array(left.prefix(sizes[min(turn, sizes.count - 1)]))
            left = left.dropFirst(piece.count)
            turn += 1
            piece.withUnsafeBytes { bytes in
                var rest = bytes
                do throws(WebSocketFault) {
                    while let input = try reader.next(&rest, at: Instant(milliseconds: 0)) { inputs.append(input) }
                } catch {
                    fault = error
                }
            }
        }
    }
}

/// A session whose events and output can be read as lines.
struct WebSocketHarness {
    var session: WebSocketSession
    var now = Instant(milliseconds: 1_000_000)
    var output: [UInt8] = []
    private(set) var events: [WebSocketEvent] = []

    init(rules: WebSocketRules = WebSocketRules()) {
        session = WebSocketSession(rules: rules)
    }

    mutating func receive(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer
            while let event = session.next(&rest, at: now, output: &output) { events.append(event) }
        }
    }

    mutating func takeEvents() -> [WebSocketEvent] {
        defer { events = [] }
        return events
    }

    /// What was sent since the last call, one line a frame; nil when it is no row of whole frames.
    mutating func takeFrames() -> [String]? {
        defer { output = [] }
        return serverFrames(output)
    }
}

/// A server's frames, one line each, such as `text {"a":1}` or `close 1000 reason`.
func serverFrames(_ bytes: [UInt8]) -> [String]? {
    var lines: [String] = []
    var rest = bytes[...]
    while let first = rest.popFirst() {
        guard let opcode = WebSocketOpcode(rawValue: first & 0x0F), first & 0xF0 == 0x80, let short = rest.popFirst(),
            short & 0x80 == 0
        else { return nil }
        var length = Int(short)
        if short > 125 {
            length = 0
            for _ in 0..<(short == 126 ? 2 : 8) {
                guard let byte = rest.popFirst() else { return nil }
                length = length << 8 | Int(byte)
            }
            guard length > (short == 126 ? 125 : 65_535) else { return nil }
        }
        guard rest.count >= length else { return nil }
        var payload = rest.prefix(length)
        rest = rest.dropFirst(length)
        var line = "\(opcode)"
        if opcode == .close, let high = payload.popFirst(), let low = payload.popFirst() {
            line += " \(Int(high) << 8 | Int(low))"
        }
        lines.append(payload.isEmpty ? line : line + " " + String(decoding: payload, as: UTF8.self))
    }
    return lines
}
