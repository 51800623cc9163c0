// WebSocket as its standard describes it (RFC 6455), written for the tests alone: a mistake that reader and writer of
// ours share is to be seen here.

import Foundation

/// What the server sends.
enum ServerFrame: Sendable, Equatable {
    case text([UInt8])
    case close(Int, String)
    case pong([UInt8])
    /// Nothing that it may send.
    case broken(String)
}

/// A frame of a client's: masked, unless a test wants it otherwise.
func clientFrame(
    _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, isMasked: Bool = true
) -> [UInt8] {
    var bytes = [(isFinal ? 0x80 : 0) | opcode]
    let mask: UInt8 = isMasked ? 0x80 : 0
    switch payload.count {
    case ..<126: bytes.append(mask | UInt8(payload.count))
    case ..<65_536: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
    default:
        bytes.append(mask | 127)
        for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(payload.count >> shift & 0xFF)) }
    }
    guard isMasked else { return bytes + payload }
    let key = (0..<4).map { _ in UInt8.random(in: 0...255) }
    return bytes + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
}

func closeFrame(_ code: Int) -> [UInt8] {
    clientFrame(0x8, [UInt8(code >> 8), UInt8(code & 0xFF)])
}

/// Takes the first whole frame out of what was received; nil when there is none yet.
func takeFrame(_ received: inout [UInt8]) -> ServerFrame? {
    guard received.count >= 2 else { return nil }
    let (first, short) = (received[0], Int(received[1]))
    var (start, length) = (2, short)
    if short == 126 || short == 127 {
        start += short == 126 ? 2 : 8
        guard received.count >= start else { return nil }
        length = received[2..<start].reduce(0) { $0 << 8 | Int($1) }
    }
    guard received.count >= start + length else { return nil }
    let payload = Array(received[start..<(start + length)])
    received.removeFirst(start + length)
    switch first {
    case 0x81: return .text(payload)
    case 0x8A: return .pong(payload)
    case 0x88 where payload.count >= 2:
        return .close(Int(payload[0]) << 8 | Int(payload[1]), String(decoding: payload[2...], as: UTF8.self))
    default: return .broken("a frame that begins with \(first) and \(short)")
    }
}

/// The request for WebSocket.
/// - Parameter origin: the page's, as browsers say; programs say none.
func upgradeRequest(origin: String? = nil) -> [UInt8] {
    Array(
        """
        GET /chat HTTP/1.1\r\nHost: desk.example:8443\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n\
        Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
        Sec-WebSocket-Protocol: other, sangdam.v1\r\n\(origin.map { "Origin: \($0)\r\n" } ?? "")\r\n
        """.utf8)
}

extension Peer {
    /// The head of the next response, without its last empty line.
    func responseHead(within seconds: Double = 10) async throws -> String {
        let end = Array("\r\n\r\n".utf8)
        let head: [UInt8]? = await state.take(within: seconds) { state in
            guard let range = state.received.firstRange(of: end) else { return nil }
            let head = Array(state.received[..<range.lowerBound])
            state.received.removeSubrange(..<range.upperBound)
            return head
        }
        guard let head else {
            throw TestFailure("no response: \(String(decoding: state.value.received, as: UTF8.self))")
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// So many bytes, as a body is.
    func body(_ count: Int, within seconds: Double = 10) async throws -> [UInt8] {
        let body: [UInt8]? = await state.take(within: seconds) { state in
            guard state.received.count >= count else { return nil }
            defer { state.received.removeFirst(count) }
            return Array(state.received[..<count])
        }
        guard let body else { throw TestFailure("no body of \(count) bytes") }
        return body
    }

    /// The next frame, however long it takes; nil at the end.
    func nextFrame() async -> ServerFrame? {
        let frame: ServerFrame?? = await state.take(within: 3_600) { state in
            if let frame = takeFrame(&state.received) { return .some(frame) }
            return state.ending == nil ? nil : .some(nil)
        }
        return frame ?? nil
    }
}
