// Where the server is: `HOST:PORT` as people write it.

/// A host, by name or address, and a port.
package struct ServerAddress: Sendable, Equatable, CustomStringConvertible {
    package let host: String
    /// 1 to 65535.
    package let port: Int

    /// Reads `desk.example:8443`, `127.0.0.1:8443` or `[::1]:8443`; nil for anything else.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        let digits = String(text[text.index(after: colon)...])
        guard !host.isEmpty, !host.contains(where: \.isWhitespace), digits.isNumber, let port = Int(digits),
            (1...65_535).contains(port)
        else { return nil }
        self.host = String(host)
        self.port = port
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
