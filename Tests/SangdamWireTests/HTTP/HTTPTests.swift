// Request heads as RFC 9112 has them, and as others would like them; responses byte by byte.

import SangdamWire
import Testing

@Suite struct HTTPTests {
    /// Reads all heads of a stream, given in pieces of `size` bytes.
    static func read(_ bytes: [UInt8], size: Int = .max) -> Result<[HTTPRequestHead], HTTPFault> {
        var reader = HTTPRequestReader()
        var heads: [HTTPRequestHead] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(size))
            rest = rest.dropFirst(piece.count)
            let fault = piece.withUnsafeBytes { buffer -> HTTPFault? in
                var unread = buffer
                do throws(HTTPFault) {
                    while let head = try reader.next(&unread) { heads.append(head) }
                    return nil
                } catch {
                    return error
                }
            }
            if let fault { return .failure(fault) }
        }
        return .success(heads)
    }

    static let fields64 = (0..<63).map { "X-\($0): \($0)\r\n" }.joined()
    /// A head that is refused.
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let fault: HTTPFault
        let status: Int

        init(_ text: String, _ fault: HTTPFault, _ status: Int) {
            (self.text, self.fault, self.status) = (text, fault, status)
        }

        var testDescription: String { String(text.prefix(80)).debugDescription }
    }

    static let faults = [
        Row("GET / HTTP/1.1\nHost: a\n\n", .badLineEnd, 400), Row("GET / HTTP/1.1\r\nHost: a\n\r\n", .badLineEnd, 400),
        Row("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", .badLineEnd, 400), Row("GET  / HTTP/1.1\r\n", .badRequestLine, 400),
        Row(" GET / HTTP/1.1\r\n", .badRequestLine, 400), Row("GET /\r\n", .badRequestLine, 400),
        Row("GET / HTTP/1.1 \r\n", .badRequestLine, 400), Row("GET\t/ HTTP/1.1\r\n", .badRequestLine, 400),
        Row("GET / http/1.1\r\n", .badRequestLine, 400), Row("GET / HTTP/11\r\n", .badRequestLine, 400),
        Row("GET x HTTP/1.1\r\n", .badRequestLine, 400), Row("GET * HTTP/1.1\r\n", .badRequestLine, 400),
        Row("GET /\u{0} HTTP/1.1\r\n", .badRequestLine, 400), Row("GET /가 HTTP/1.1\r\n", .badRequestLine, 400),
        Row("GET /#a HTTP/1.1\r\n", .badRequestLine, 400), Row("G(T / HTTP/1.1\r\n", .badRequestLine, 400),
        Row("GET http:///x HTTP/1.1\r\n", .badRequestLine, 400),
        Row("\r\n\r\nGET / HTTP/1.1\r\n", .badRequestLine, 400),
        Row("POST / HTTP/1.1\r\n", .methodNotAllowed, 405), Row("get / HTTP/1.1\r\n", .methodNotAllowed, 405),
        Row("OPTIONS * HTTP/1.1\r\n", .methodNotAllowed, 405),
        Row("GET / HTTP/2.0\r\n", .versionNotSupported, 505), Row("GET / HTTP/1.2\r\n", .versionNotSupported, 505),
        Row("GET /\(String(repeating: "a", count: 2048)) HTTP/1.1\r\n", .targetTooLong, 414),
        Row(String(repeating: "a", count: 8193), .targetTooLong, 414),
        Row("GET / HTTP/1.1\r\nHost: \(String(repeating: "a", count: 8192))", .headTooLarge, 431),
        Row("GET / HTTP/1.1\r\nHost: a\r\n\(fields64)X: 1\r\n\r\n", .tooManyFields, 431),
        Row("GET / HTTP/1.1\r\n Host: a\r\n\r\n", .foldedField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n", .foldedField, 400),
        Row("GET / HTTP/1.1\r\nHost : a\r\n\r\n", .badField, 400), Row("GET / HTTP/1.1\r\n: a\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\u{0}\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\u{7F}\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHö: a\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\n\r\n", .missingHost, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", .repeatedHost, 400),
        Row("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", .repeatedHost, 400),
        Row("GET / HTTP/1.1\r\nHost:\r\n\r\n", .badHost, 400),
        Row("GET / HTTP/1.0\r\nHost: a/b\r\n\r\n", .badHost, 400),
        Row("GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", .badHost, 400),
        Row("GET https://a:80/ HTTP/1.1\r\nHost: a\r\n\r\n", .badHost, 400),
        Row("GET http://a:443/ HTTP/1.1\r\nHost: a\r\n\r\n", .badHost, 400),
        Row("GET https://a@b/ HTTP/1.0\r\n\r\n", .badHost, 400),
        Row("GET https://a:x/ HTTP/1.0\r\n\r\n", .badHost, 400),
        Row("GET / HTTP/1.1\r\nHost: \u{212A}\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nConnection: \u{212A}eep-alive\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: webSoc\u{212A}et\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://\u{212A}\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"\u{212A}\"\r\n\r\n", .badField, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n", .badContentLength, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n\r\n", .badContentLength, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", .badContentLength, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", .badContentLength, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", .bodyRefused, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", .transferEncoding, 400),
        Row("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n", .transferEncoding, 400),
    ]

    @Test(arguments: faults) func refuses(_ row: Row) {
        let bytes = Array(row.text.utf8)
        #expect(Self.read(bytes) == .failure(row.fault))
        #expect(Self.read(bytes, size: 1) == .failure(row.fault))
        #expect(row.fault.status.rawValue == row.status)
    }

    @Test func readsHeadsInAnyPieces() throws {
        let stream = Array(
            ("\r\nGET /metrics?a=1?b HTTP/1.1\r\nHost: localhost:9464\r\nUser-Agent: \t curl 8 \t\r\nX:\r\n\r\n"
                + "HEAD /healthz HTTP/1.0\r\n\r\n" + "GET https://HOST:1/readyz HTTP/1.1\r\nHost: host:1\r\n"
                + "Connection: Keep-Alive, Close\r\nContent-Length: 00\r\n\r\n"
                + "GET HTTP://host?q HTTP/1.0\r\nConnection: keep-alive\r\n\(Self.fields64)\r\n"
                + "GET https://a:443/443 HTTP/1.1\r\nHost: a\r\nUser-Agent: 가\r\n\r\n"
                + "GET http://a/80 HTTP/1.1\r\nHost: A:80\r\n\r\n").utf8)
        for size in [Int.max, 1, 3, 50] {
            let heads = try Self.read(stream, size: size).get()
            #expect(heads.map(\.path) == ["/metrics", "/healthz", "/readyz", "/", "/443", "/80"])
            #expect(heads.map(\.query) == ["a=1?b", nil, nil, "q", nil, nil])
            #expect(heads.map(\.isHead) == [false, true, false, false, false, false])
            #expect(heads.map(\.keepsAlive) == [true, false, false, true, true, true])
            let hosts = heads.map(\.authority?.host)
            #expect(hosts == ["localhost", nil, "host", "host", "a", "a"])
            #expect(heads.map(\.authority?.port) == [9464, nil, 1, nil, 443, nil])
            #expect(heads[0].value(of: "user-agent") == "curl 8" && heads[0].value(of: "x") == "")
            #expect(heads[4].value(of: "user-agent") == "가")
            #expect(heads[0].value(of: "y") == nil && heads[3].fields.count == 64)
        }
    }

    @Test func writesResponses() {
        var output: [UInt8] = []
        HTTPResponse(status: .ok, text: "alive").write(into: &output, isHead: false, keepsAlive: true)
        #expect(
            String(decoding: output, as: UTF8.self)
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\n"
                + "Connection: keep-alive\r\n\r\nalive\n")
        output = []
        HTTPResponse(status: .methodNotAllowed, text: "no").write(into: &output, isHead: true, keepsAlive: false)
        #expect(
            String(decoding: output, as: UTF8.self)
                == "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: 3\r\nConnection: close\r\n\r\n")
        output = []
        var split = HTTPResponse(status: .ok)
        split.setField("X", "a\r\nY: b")
        split.write(into: &output, isHead: false, keepsAlive: false)
        #expect(String(decoding: output, as: UTF8.self).contains("X: a  Y: b\r\n"))
    }

    @Test func inventedBytesNeverTrap() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        let pieces = [
            "GET ", "/", " HTTP/1.1", "\r\n", "Host: a", "\r\n\r\n", "\n", ":", " ", "\u{0}", "x", "Content-Length: 1",
        ]
        for _ in 0..<5000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                bytes += Array((pieces.randomElement(using: &random) ?? "").utf8)
                if Bool.random(using: &random) { bytes.append(.random(in: 0...255, using: &random)) }
            }
            #expect(Self.read(bytes) == Self.read(bytes, size: 1), "seed \(seed)")
        }
    }
}
