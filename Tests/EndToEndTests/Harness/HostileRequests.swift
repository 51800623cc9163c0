// The table of hostile requests (Tests/Corpora/hostile-http.txt), read.

import Foundation
import Testing

/// A connection's bytes and the one response that they get.
struct HostileRequest: Sendable, CustomTestStringConvertible {
    let status: Int
    let name: String
    let bytes: [UInt8]

    var testDescription: String { "\(status) \(name)" }

    /// All rows; their names differ.
    static let all: [HostileRequest] = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Corpora/hostile-http.txt")
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap(HostileRequest.init)
    }()

    /// Nil for a line that is no row.
    init?(_ line: Substring) {
        let columns = line.split(separator: " | ", maxSplits: 2)
        guard columns.count == 3, let status = Int(columns[0]) else { return nil }
        var rest = Array(columns[2].utf8)[...]
        self.status = status
        name = String(columns[1])
        bytes = Self.bytes(&rest)
    }

    private static let fields = [
        "get": "GET / HTTP/1.1\r\n", "chat": "GET /chat HTTP/1.1\r\n", "host": "Host: chat.example\r\n",
        "upgrade": "Upgrade: websocket\r\n", "connection": "Connection: Upgrade\r\n",
        "version": "Sec-WebSocket-Version: 13\r\n", "key": "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        "protocol": "Sec-WebSocket-Protocol: sangdam.v1\r\n",
    ]

    /// Reads up to the end or to the brace that closes a repetition.
    private static func bytes(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "}") {
            switch byte {
            case UInt8(ascii: "\\"): result.append(escaped(&rest))
            case UInt8(ascii: "{"): result += braced(&rest)
            default: result.append(byte)
            }
        }
        return result
    }

    private static func escaped(_ rest: inout ArraySlice<UInt8>) -> UInt8 {
        switch rest.popFirst() {
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "x"):
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            rest = rest.dropFirst(2)
            return UInt8(digits, radix: 16) ?? 0
        case let other: return other ?? 0
        }
    }

    /// A field's name, a number and what is repeated, or a brace as it is: JSON's.
    private static func braced(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let word = String(decoding: rest.prefix { $0 != UInt8(ascii: "*") && $0 != UInt8(ascii: "}") }, as: UTF8.self)
        if let field = fields[word] {
            rest = rest.dropFirst(word.utf8.count + 1)
            return Array(field.utf8)
        }
        if let count = Int(word) {
            rest = rest.dropFirst(word.utf8.count + 1)
            let repeated = bytes(&rest)
            return (0..<count).flatMap { _ in repeated }
        }
        return [UInt8(ascii: "{")]
    }
}
