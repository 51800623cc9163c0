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
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        var host = text[..<colon]
        if host.hasPrefix("[") {
            guard host.hasSuffix("]") else { return nil }
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            // `::1:8443` could be read in two ways.
            return nil
        }
        guard !host.isEmpty, host.utf8.count <= 253, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt16(digits)
        else { return nil }
        self.init(host: String(host), port: port)
    }

    /// Reads where to connect to: there is no port 0.
    package init?(toConnect text: String) {
        guard let server = HostPort(text), server.port > 0 else { return nil }
        self = server
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool {
        host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
