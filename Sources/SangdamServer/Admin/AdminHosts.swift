// By which names the admin port may be called. A web page that an attacker serves can have its own name point to
// 127.0.0.1 a moment later (DNS rebinding): the browser then takes this port for that page's own server and lets the
// page read it. Such a request names the page's host, and browsers let nobody choose another one.

internal import Glibc
internal import SangdamProtocol
internal import SangdamWire
internal import Synchronization

/// The admin port's own names.
final class AdminHosts: Sendable {
    /// For whoever called it by another one.
    static let refusal =
        "This port answers to addresses, localhost and its own names only; admin_hosts lists more of them."

    /// What the port was opened by; nil for an address of IPv6, which is answered whatever stands here.
    private let own: HostName?
    private let listed: Mutex<Set<HostName>>

    init(_ listed: [HostName], listen: HostPort) {
        own = HostName(listen.host)
        self.listed = Mutex(Set(listed))
    }

    /// For requests from now on.
    func replace(_ new: [HostName]) {
        listed.withLock { $0 = Set(new) }
    }

    /// The host that a request is for, when it is none of ours; nil when it is.
    ///
    /// - An address is: a page that rebinds a name always comes by that name.
    /// - `localhost` and every name below it are (RFC 6761 §6.3): nobody can register one.
    /// - So is none at all: that is HTTP/1.0, which no browser speaks and simple health checks do.
    func foreignHost(in authority: HTTPAuthority?) -> String? {
        guard let authority else { return nil }
        let host = HostName(authority)
        guard !Self.isAddress(host.text), host.text != "localhost", !host.text.hasSuffix(".localhost"),
            host != own, !listed.withLock({ $0.contains(host) })
        else { return nil }
        return host.text
    }

    /// Four numbers with dots between, or IPv6 in brackets: the only forms that browsers send, whatever was typed.
    private static func isAddress(_ host: String) -> Bool {
        var address = in6_addr()
        guard host.hasPrefix("["), host.hasSuffix("]") else { return inet_pton(AF_INET, host, &address) == 1 }
        return inet_pton(AF_INET6, String(host.dropFirst().dropLast()), &address) == 1
    }
}
