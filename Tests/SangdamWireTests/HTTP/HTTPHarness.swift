// An HTTP session with a small site and a clock of its own, whose responses can be taken apart.

import SangdamCore
import SangdamWire

/// A response as a client reads it.
struct ReceivedResponse: Equatable {
    let status: Int
    /// Names as they were written.
    let fields: [String: String]
    let body: String

    /// Reads the response to GET, or to HEAD, that the bytes begin with; nil when there is none.
    init?(_ rest: inout Substring.UTF8View, toHEAD: Bool = false) {
        let text = Substring(rest)
        guard let end = text.range("\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n", omittingEmptySubsequences: false)
        guard let line = lines.first, line.hasPrefix("HTTP/1.1 "), let status = Int(line.dropFirst(9).prefix(3)) else {
            return nil
        }
        self.status = status
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, fields[parts[0]] == nil else { return nil }
            fields[parts[0]] = String(parts[1].dropFirst())
        }
        self.fields = fields
        let bytes = text[end.upperBound...].utf8
        let length = toHEAD ? 0 : Int(fields["Content-Length"] ?? "0") ?? 0
        guard bytes.count >= length else { return nil }
        body = String(decoding: bytes.prefix(length), as: UTF8.self)
        rest = bytes.dropFirst(length)
    }
}

extension Substring {
    /// Where `text` first stands.
    fileprivate func range(_ text: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].utf8.starts(with: text.utf8) {
                return index..<utf8.index(index, offsetBy: text.utf8.count)
            }
            index = utf8.index(after: index)
        }
        return nil
    }
}

struct HTTPHarness {
    var session: HTTPSession
    var now = Instant(milliseconds: 784_111_777_000)
    var step = HTTPSession.Step.goesOn
    /// What came behind an upgrade.
    private(set) var behind: [UInt8] = []
    var output: [UInt8] = []

    static let page = StaticPart(Array("<!doctype html>".utf8), contentType: "text/html; charset=utf-8")
    static let script = StaticPart(
        Array("export {}".utf8), contentType: "text/javascript; charset=utf-8", lifetimeSeconds: 300)
    static let site = HTTPSite(
        parts: [
            "/": page, "/widget.js": script,
            "/large": StaticPart(Array(repeating: 0x61, count: 60_000), contentType: "text/plain"),
        ],
        handshake: WebSocketHandshake(
            subprotocol: "sangdam.v1", allowedOrigins: Set(["https://shop.example"].compactMap(WebOrigin.init))))

    init(site: HTTPSite = Self.site) {
        self.init(routes: site.routes())
    }

    init(routes: HTTPRoutes) {
        session = HTTPSession(routes, at: now)
    }

    mutating func receive(_ bytes: [UInt8], size: Int = .max) {
        var left = bytes[...]
        while !left.isEmpty {
            let piece = Array(left.prefix(size))
            left = left.dropFirst(piece.count)
            guard step != .upgraded else {
                behind += piece
                continue
            }
            piece.withUnsafeBytes { buffer in
                var rest = buffer
                step = session.receive(&rest, at: now, output: &output)
                if step == .upgraded { behind += rest }
            }
        }
    }

    mutating func receive(_ text: String, size: Int = .max) {
        receive(Array(text.utf8), size: size)
    }

    mutating func wait(seconds: Int64) {
        now = now + .seconds(seconds)
        if step != .upgraded { step = session.deadlinePassed(at: now, output: &output) }
    }

    /// The responses since the last call; nil when the output is no row of whole responses.
    mutating func takeResponses(toHEAD: Bool = false) -> [ReceivedResponse]? {
        defer { output = [] }
        let text = String(decoding: output, as: UTF8.self)
        var rest = text[...].utf8
        var responses: [ReceivedResponse] = []
        while !rest.isEmpty {
            guard let response = ReceivedResponse(&rest, toHEAD: toHEAD) else { return nil }
            responses.append(response)
        }
        return responses
    }
}
