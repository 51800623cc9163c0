// Who a server is and where a page comes from: the authority of RFC 9110 §4.2 and the origin of RFC 6454. Strict: only
// what browsers write, which is ASCII, so that comparing is comparing values.

/// A host and a port if it was written, such as `chat.example.com:8443` or `[::1]`.
package struct HTTPAuthority: Hashable, Sendable {
    /// In lower case; an IPv6 address with its brackets.
    package let host: String
    package let port: UInt16?

    /// Nil when the text is no authority. One with a user name is none.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let lowercase = text.lowercased()
        let host: Substring
        let rest: Substring
        if lowercase.hasPrefix("[") {
            guard let end = lowercase.firstIndex(of: "]") else { return nil }
            let address = lowercase[lowercase.index(after: lowercase.startIndex)..<end]
            guard !address.isEmpty, address.utf8.allSatisfy(Self.isAddressByte) else { return nil }
            host = lowercase[...end]
            rest = lowercase[lowercase.index(after: end)...]
        } else {
            host = lowercase.prefix { $0 != ":" }
            guard !host.isEmpty, host.utf8.allSatisfy(Self.isNameByte) else { return nil }
            rest = lowercase[host.endIndex...]
        }
        self.host = String(host)
        guard !rest.isEmpty else {
            port = nil
            return
        }
        let digits = rest.dropFirst()
        guard rest.hasPrefix(":"), (1...5).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let port = UInt16(digits)
        else { return nil }
        self.port = port
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
            UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default:
            false
        }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: ":"),
            UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}

/// Where a page comes from, such as `https://shop.example.com`. Equal when scheme, host and port are, the scheme's own
/// port written or not.
package struct WebOrigin: Hashable, Sendable, CustomStringConvertible {
    private let scheme: String
    private let host: String
    private let port: UInt16

    /// Nil when the text is no origin of a web page: `null`, a path behind it, another scheme than http and https.
    package init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        let schemes: [(name: String, port: UInt16)] = [("https", 443), ("http", 80)]
        let lowercase = text.lowercased()
        guard let (name, port) = schemes.first(where: { lowercase.hasPrefix($0.name + "://") }),
            let authority = HTTPAuthority(String(text.dropFirst(name.utf8.count + 3)))
        else { return nil }
        scheme = name
        host = authority.host
        self.port = authority.port ?? port
    }

    /// As browsers write it.
    package var description: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return isUsual ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }
}
