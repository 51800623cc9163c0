// From HTTP to WebSocket, the client's side (RFC 6455 §4.1): the request, and whether the answer agrees to it.

/// The opening of a WebSocket connection.
package enum Upgrade {
    /// Why a connection does not come to speak WebSocket.
    package enum Fault: Error, Equatable {
        /// HTTP, but no yes: its first line.
        case refused(String)
        /// No answer to this request: how it begins.
        case notUnderstood(String)
    }

    /// The standard's own example (§1.3). A key that never changes proves as much here, where nobody stands between who
    /// could have kept an answer, and needs no SHA-1.
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    private static let accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    private static let subprotocol = "sangdam.v1"
    /// No server of ours says more before its first message.
    private static let headLimitBytes = 8 * 1024

    package static func request(host: String, port: Int) -> [UInt8] {
        let name = host.contains(":") ? "[\(host)]" : host
        let lines = [
            "GET /chat HTTP/1.1", "Host: \(name):\(port)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: \(subprotocol)",
        ]
        return Array(lines.map { $0 + "\r\n" }.joined().utf8) + Array("\r\n".utf8)
    }

    /// How many bytes the answer has that says yes; nil while it is not complete.
    package static func byteCount(ofAnswerIn bytes: UnsafeRawBufferPointer) throws(Fault) -> Int? {
        // Whoever speaks another protocol may never send an empty line.
        let opening = bytes.prefix(5)
        guard opening.elementsEqual("HTTP/".utf8.prefix(opening.count)) else {
            throw .notUnderstood(excerpt(of: bytes))
        }
        guard let end = endOfHead(bytes) else {
            guard bytes.count <= headLimitBytes else { throw .notUnderstood(excerpt(of: bytes)) }
            return nil
        }
        let lines = bytes[..<end].split(separator: UInt8(ascii: "\n")).map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
        let status = lines.first ?? ""
        guard status.hasPrefix("HTTP/1.1 101") else { throw .refused(status) }
        guard lines.contains(where: { isField($0, "sec-websocket-accept", accept) }),
            lines.contains(where: { isField($0, "sec-websocket-protocol", subprotocol) })
        else { throw .notUnderstood(excerpt(of: bytes)) }
        return end
    }

    private static func isField(_ line: String, _ name: String, _ value: String) -> Bool {
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == name && parts[1].drop { $0 == " " } == value
    }

    /// Behind the empty line.
    private static func endOfHead(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual("\r\n\r\n".utf8) }
    }

    private static func excerpt(of bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix(120), as: UTF8.self)
    }
}
