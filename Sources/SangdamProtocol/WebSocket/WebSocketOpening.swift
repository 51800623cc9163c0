// From HTTP to WebSocket (RFC 6455 §4): what both sides must agree on, and the client's side, which is the request and
// whether the answer says yes. Whom a server lets in is the affair of WebSocketHandshake.

/// The opening of a WebSocket connection.
package enum WebSocketOpening {
    /// What both sides call the protocol that is spoken then.
    package static let subprotocol = "sangdam.v1"
    /// Where the chat is.
    private static let path = "/chat"

    /// Why a connection does not come to speak WebSocket.
    package enum Fault: Error, Equatable {
        /// HTTP, but no yes: its first line.
        case refused(String)
        /// No answer to this request: how it begins.
        case notUnderstood(String)
    }

    /// §4.2.2: what proves that a request with this key was understood.
    package static func accept(_ key: String) -> String {
        base64(sha1(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    /// The standard's own example (§1.3). A key that never changes proves as much for clients between whom and the
    /// server nobody stands who could have kept an answer.
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="
    /// No server of ours says more before its first message.
    private static let headLimitBytes = 8 * 1024

    /// The request of a client of this server.
    package static func request(to server: HostPort) -> [UInt8] {
        let lines = [
            "GET \(path) HTTP/1.1", "Host: \(server)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Protocol: \(subprotocol)",
        ]
        return Array(lines.map { $0 + "\r\n" }.joined().utf8) + Array("\r\n".utf8)
    }

    /// How many bytes the answer has that says yes; nil while it is not complete.
    package static func byteCount(ofAnswerIn bytes: [UInt8]) throws(Fault) -> Int? {
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
        guard lines.contains(where: { isField($0, "sec-websocket-accept", accept(key)) }),
            lines.contains(where: { isField($0, "sec-websocket-protocol", subprotocol) })
        else { throw .notUnderstood(excerpt(of: bytes)) }
        return end
    }

    private static func isField(_ line: String, _ name: String, _ value: String) -> Bool {
        let parts = line.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && parts[0].lowercased() == name && parts[1].drop { $0 == " " } == value
    }

    /// Behind the empty line.
    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual("\r\n\r\n".utf8) }
    }

    private static func excerpt(of bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(120), as: UTF8.self)
    }
}
