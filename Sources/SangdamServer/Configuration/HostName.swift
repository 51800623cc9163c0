// The name of a machine as names are compared: in lower case, and without the dot that may end it.

package import SangdamWire

/// A host name or address without a port.
package struct HostName: Sendable, Hashable {
    package let text: String

    /// Nil when the text is no host, or has a port.
    package init?(_ text: String) {
        guard let authority = HTTPAuthority(text), authority.port == nil else { return nil }
        self.init(authority)
    }

    package init(_ authority: HTTPAuthority) {
        let host = authority.host
        text = host.count > 1 && host.hasSuffix(".") ? String(host.dropLast()) : host
    }
}
