// What the port of TLS says to those who come without it.

import Testing

@testable import SangdamWire

@Suite struct PlainTextAnswerTests {
    @Test(arguments: [
        ("", "*** "), ("hello\n", "*** "), ("SSH-2.0-x\r\n", "*** "), ("GET", "*** "),
        ("GET / HTTP/1.1\r\nHost: desk\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"),
        ("HEAD /widget.js HTTP/1.0\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n"),
    ])
    func browsersGetAResponse(first: String, opening: String) {
        let answer = Array(first.utf8).withUnsafeBytes { PlainTextAnswer.bytes(to: $0) }
        let text = String(decoding: answer, as: UTF8.self)
        #expect(text.hasPrefix(opening))
        #expect(text.contains("https://HOST:PORT/") && text.contains("openssl s_client"))
        guard opening.hasPrefix("HTTP") else { return }
        let halves = text.split(separator: "\r\n\r\n", maxSplits: 1)
        #expect(halves.count == 2 && halves[0].contains("\r\nContent-Length: \(halves[1].utf8.count)"))
        #expect(!halves[0].split(separator: "\r\n").contains { $0.contains("\n") }, "CR LF between the fields")
    }
}
