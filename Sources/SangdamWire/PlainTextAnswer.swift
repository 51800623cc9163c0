// What somebody hears who speaks to a port of TLS without it.

/// Words for people and, where it is a browser that asks, a response that it can show.
package enum PlainTextAnswer {
    /// - Parameter first: what came first; empty when nothing came.
    package static func bytes(to first: UnsafeRawBufferPointer) -> [UInt8] {
        guard Latch.decide(first) == .http else { return Array(sentence.utf8) }
        let head = """
            HTTP/1.1 400 Bad Request\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(sentence.utf8.count)\r
            Connection: close\r
            \r

            """
        return Array((head + sentence).utf8)
    }

    private static let sentence = """
        *** 이 포트는 TLS로만 접속할 수 있어요: 브라우저에서는 https://HOST:PORT/ 로, 터미널에서는
        *** openssl s_client -brief -nocommands -connect HOST:PORT 로 접속해 주세요.
        *** This port speaks TLS only: https://HOST:PORT/ in a browser, or in a terminal
        *** openssl s_client -brief -nocommands -connect HOST:PORT

        """
}
