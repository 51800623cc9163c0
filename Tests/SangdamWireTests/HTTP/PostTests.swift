// Requests with a body, where the rules allow one: however they are split, up to their length, and by the right method.

import SangdamCore
import SangdamWire
import Testing

@Suite struct PostTests {
    private static let rules = {
        var rules = HTTPRules()
        rules.bodyLimitBytes = 100
        return rules
    }()

    private static func post(_ path: String, _ fields: String, _ body: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: localhost\r\n\(fields)\r\n\(body)"
    }

    private static let routes = HTTPRoutes(
        [
            "/echo": .post { head in { $0(HTTPResponse(status: .ok, text: String(decoding: head.body, as: UTF8.self))) }
            },
            "/page": .get { _ in HTTPResponse(status: .ok, text: "page") },
        ],
        unknown: HTTPResponse(status: .notFound, text: "nothing"),
        refusal: { HTTPResponse(status: $0, text: $0.reason) }, areDated: false)

    /// Everything that is answered to `text`, which comes in pieces; questions are answered at once.
    private func answers(to text: String, piece: Int = .max, endsLate: Bool = false) -> String {
        var session = HTTPSession(Self.routes, rules: Self.rules, at: Instant(milliseconds: 0))
        var output: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let part = Array(bytes.prefix(piece))
            bytes = bytes.dropFirst(part.count)
            part.withUnsafeBytes { buffer in
                var rest = buffer
                _ = session.receive(&rest, at: Instant(milliseconds: 0), output: &output)
            }
            while let question = session.takeQuestion() {
                let answered = Answered()
                question { answered.take($0) }
                guard let response = answered.response else { continue }
                _ = session.answer(response, at: Instant(milliseconds: 0), output: &output)
            }
        }
        if endsLate { _ = session.deadlinePassed(at: Instant(milliseconds: 60_000), output: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [1, 2, 7, 1000]) func bodiesAreReadHoweverTheyAreSplit(_ piece: Int) {
        let one = Self.post("/echo", "Content-Length: 5\r\n", "hallo")
        let text = answers(to: one + Self.post("/echo", "Content-Length: 6\r\n", "세계"), piece: piece)
        #expect(text.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(text.contains("\r\n\r\nhallo\n") && text.hasSuffix("\r\n\r\n세계\n"), "\(text)")
    }

    @Test(
        arguments: [
            (post("/echo", "Content-Length: 100\r\n", String(repeating: "a", count: 100)), 200, nil),
            (post("/echo", "Content-Length: 101\r\n"), 413, nil),
            (post("/echo", "Content-Length: 99999999999999999999\r\n"), 413, nil),
            (post("/echo", "Content-Length: 000\r\n"), 200, nil), (post("/echo", ""), 200, nil),
            (post("/echo", "Content-Length: 1\r\nContent-Length: 1\r\n", "a"), 400, nil),
            (post("/echo", "Content-Length: -1\r\n"), 400, nil),
            (post("/echo", "Transfer-Encoding: chunked\r\n"), 400, nil),
            (post("/page", "Content-Length: 1\r\n", "a"), 405, "GET, HEAD"),
            (post("/nothing", "Content-Length: 1\r\n", "a"), 404, nil),
            ("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", 405, "POST"),
            ("GET /page HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", 400, nil),
            ("PUT /echo HTTP/1.1\r\nHost: a\r\n\r\n", 405, "GET, HEAD"),
        ] as [(String, Int, String?)])
    func methodsAndLengths(_ request: String, _ status: Int, _ allowed: String?) {
        let text = answers(to: request)
        #expect(text.hasPrefix("HTTP/1.1 \(status) "), "\(text)")
        #expect(text.contains("Allow: ") == (allowed != nil))
        if let allowed { #expect(text.contains("\r\nAllow: \(allowed)\r\n"), "\(text)") }
    }

    @Test func aBodyThatDoesNotComeIsNotWaitedForForEver() {
        let text = answers(to: Self.post("/echo", "Content-Length: 5\r\n", "hall"), endsLate: true)
        #expect(text.hasPrefix("HTTP/1.1 408 "), "\(text)")
    }
}
