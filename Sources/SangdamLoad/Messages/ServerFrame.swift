// Frames from the server (RFC 6455 §5), read where they lie. Narrower than the standard: this server sends text, whole
// and without extensions, so anything else is a fault that a load generator had better report than bear.

/// One frame of the server; it points into the bytes that it was read from.
package struct ServerFrame {
    package enum Kind: Equatable {
        case text, ping, pong
        /// With the server's code, if it gave one.
        case close(code: UInt16?)
    }

    /// Bytes that are no frame of this server's: which rule they break.
    package struct Fault: Error, Equatable {
        package let rule: String
    }

    package let kind: Kind
    /// Of `close` the reason behind the code.
    package let payload: UnsafeRawBufferPointer
    /// With its header.
    package let byteCount: Int

    /// A message of the server that is longer is none of this protocol.
    private static let payloadLimitBytes = 65_536

    /// The first frame; nil while it is not complete.
    package static func first(in bytes: UnsafeRawBufferPointer) throws(Fault) -> ServerFrame? {
        guard bytes.count >= 2 else { return nil }
        let (first, second) = (bytes[0], bytes[1])
        guard first & 0x70 == 0 else { throw Fault(rule: "an extension's bits") }
        guard first & 0x80 != 0 else { throw Fault(rule: "a message in fragments") }
        guard second & 0x80 == 0 else { throw Fault(rule: "a masked frame from a server") }
        let lengthBytes = second < 126 ? 0 : second == 126 ? 2 : 8
        let headerBytes = 2 + lengthBytes
        guard bytes.count >= headerBytes else { return nil }
        let length = bytes[2..<headerBytes].reduce(lengthBytes == 0 ? UInt64(second) : 0) { $0 << 8 | UInt64($1) }
        guard lengthBytes == 0 || length > (lengthBytes == 2 ? 125 : 65_535) else {
            throw Fault(rule: "a length in more bytes than it needs")
        }
        guard length <= UInt64(payloadLimitBytes) else { throw Fault(rule: "a message of more than 64 KiB") }
        let end = headerBytes + Int(length)
        guard first & 0x08 == 0 || lengthBytes == 0 else { throw Fault(rule: "a long control frame") }
        guard bytes.count >= end else { return nil }
        let payload = UnsafeRawBufferPointer(rebasing: bytes[headerBytes..<end])
        switch first & 0x0F {
        case 0x1: return ServerFrame(kind: .text, payload: payload, byteCount: end)
        case 0x8: return try close(payload, end)
        case 0x9: return ServerFrame(kind: .ping, payload: payload, byteCount: end)
        case 0xA: return ServerFrame(kind: .pong, payload: payload, byteCount: end)
        default: throw Fault(rule: "a frame that is no text")
        }
    }

    private static func close(_ payload: UnsafeRawBufferPointer, _ byteCount: Int) throws(Fault) -> ServerFrame {
        guard payload.count != 1 else { throw Fault(rule: "half a close code") }
        let code = payload.isEmpty ? nil : UInt16(payload[0]) << 8 | UInt16(payload[1])
        let reason = UnsafeRawBufferPointer(rebasing: payload.dropFirst(2))
        return ServerFrame(kind: .close(code: code), payload: reason, byteCount: byteCount)
    }
}
