// The server's side of WebSocket (RFC 6455) for the fake server, written apart from what the real server is made of, so
// that the generator's framing is held against the standard and not against itself.

import Foundation

enum FakeFrames {
    enum Frame {
        case text(Data), pong(Data), close, fault
    }

    /// 101 for the request that the generator has to make; nil for any other.
    static func answer(to head: String) -> String? {
        let wanted = [
            "GET /chat HTTP/1.1", "Host: localhost:", "Upgrade: websocket\r\n", "Connection: Upgrade\r\n",
            "Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Protocol: sangdam.v1\r\n",
            // The standard's own example of a key and of what proves that it was understood (§1.3).
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        ]
        guard head.hasSuffix("\r\n\r\n"), wanted.allSatisfy({ ("\r\n" + head).contains("\r\n" + $0) }) else {
            return nil
        }
        return "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: sangdam.v1\r\n\r\n"
    }

    static func frame(_ opcode: UInt8, _ payload: some Collection<UInt8>) -> [UInt8] {
        let count = payload.count
        let length = count < 126 ? [UInt8(count)] : [126, UInt8(count >> 8), UInt8(count & 0xFF)]
        return [0x80 | opcode] + length + payload
    }

    /// The first frame, unmasked; nil while it is not complete.
    static func take(from bytes: inout [UInt8]) -> Frame? {
        guard bytes.count >= 2 else { return nil }
        guard bytes[1] & 0x80 != 0 else { return .fault }
        let maskStart = bytes[1] & 0x7F == 126 ? 4 : 2
        guard bytes.count >= maskStart + 4 else { return nil }
        let length = maskStart == 4 ? Int(bytes[2]) << 8 | Int(bytes[3]) : Int(bytes[1] & 0x7F)
        let start = maskStart + 4
        guard bytes.count >= start + length else { return nil }
        let mask = Array(bytes[maskStart..<start])
        let payload = Data(bytes[start..<start + length].enumerated().map { $0.element ^ mask[$0.offset % 4] })
        let first = bytes[0]
        bytes.removeFirst(start + length)
        switch first {
        case 0x81: return .text(payload)
        case 0x8A: return .pong(payload)
        case 0x88: return payload == Data([0x03, 0xE8]) ? .close : .fault
        default: return .fault
        }
    }
}
