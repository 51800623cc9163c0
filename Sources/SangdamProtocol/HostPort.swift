// Where to listen or to connect: the one written form that flags, environment, file and logs share.

/// A host and a port, written `HOST:PORT`; an IPv6 address stands in brackets (`[::1]:8443`).
package struct HostPort: Sendable, Hashable, CustomStringConvertible {
    /// A name or an address, without brackets.
    package var host: String
    /// 0 takes a free port.
    package var port: UInt16

    package init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads the written form; nil when it is none.
    package init?(_ text: String) {
        guard let (written, port) = Self.parts(text) else { return nil }
        var host = written
        if host.hasPrefix("[") {
            guard host.hasSuffix("]") else { return nil }
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            // `::1:8443` could be read in two ways.
            return nil
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return nil
        }
        self.init(host: String(host), port: port)
    }

    /// Reads where to connect to: there is no port 0, whatever stands in brackets is the host, and only the system that
    /// looks a name up can say that there is no such name.
    package init?(toConnect text: String) {
        guard let (written, port) = Self.parts(text), port > 0 else { return nil }
        var host = written
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
        self.init(host: String(host), port: port)
    }

    /// What stands before the last colon, and the port behind it.
    private static func parts(_ text: String) -> (host: Substring, port: UInt16)? {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt16(digits)
        else { return nil }
        return (text[..<colon], port)
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
