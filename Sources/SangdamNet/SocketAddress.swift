// The address of a peer or a listener as a value, read out of the kernel's structures once.

internal import COpenSSL
internal import Glibc

/// An IPv4 or IPv6 address with its port. An IPv4 address that came through an IPv6 socket is shown as IPv4. Small, as
/// every connection has one: text is made when it is asked for.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    private enum Host: Hashable, Sendable {
        case ipv4(UInt32)
        case ipv6(high: UInt64, low: UInt64)
        /// Only a name as yet.
        case unresolved(String)
    }

    private let name: Host
    private let number: UInt16

    /// The address as text, without brackets: "192.0.2.7", "2001:db8::1". Before a dialled name is resolved: the
    /// name.
    package var host: String {
        switch name {
        case .ipv4(let address):
            "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
        case .ipv6(let high, let low): Self.text(high: high, low: low)
        case .unresolved(let name): name
        }
    }

    /// 0 to 65,535.
    package var port: Int { Int(number) }

    /// 127.0.0.0/8 or ::1.
    package var isLoopback: Bool {
        switch name {
        case .ipv4(let address): address >> 24 == 127
        case .ipv6(let high, let low): high == 0 && low == 1
        case .unresolved: false
        }
    }

    /// Whom the limits of connections count.
    var addressKey: AddressKey {
        switch name {
        case .ipv4(let address): AddressKey(high: 0, low: 0xFFFF_0000_0000 | UInt64(address))
        case .ipv6(let high, _): AddressKey(high: high, low: 0)
        case .unresolved: AddressKey(high: 0, low: 0)
        }
    }

    /// A number for whom limits by address count; nil for this machine itself.
    package var limitNumber: UInt64? {
        guard !isLoopback else { return nil }
        let key = addressKey
        return key.high == 0 ? key.low : key.high
    }

    /// Whom limits by address count, as text: "192.0.2.7" for IPv4, also when it came as IPv6 ("::ffff:192.0.2.7"), and
    /// "2001:db8:0:1::/64" for IPv6, where one subscriber has a whole /64 and could come from another address each
    /// time. The same text for all addresses that a `Listener`'s limits count as one. A key, not to be shown as an
    /// address.
    package var limitKey: String {
        guard case .ipv6(let network, _) = name else { return host }
        let groups = [network >> 48, network >> 32 & 0xFFFF, network >> 16 & 0xFFFF, network & 0xFFFF]
        return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// "127.0.0.1:8443", "[::1]:8443".
    package var description: String { Self.description(host: host, port: port) }

    static func description(host: String, port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// An address that is only a name as yet; a port that is none becomes 0.
    init(unresolvedHost host: String, port: Int) {
        name = .unresolved(host)
        number = UInt16(exactly: port) ?? 0
    }

    /// From what accept(2) or getsockname(2) gave. Families other than IPv4 and IPv6 become "unknown".
    init(_ storage: sockaddr_storage) {
        var storage = storage
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in.self) }
            name = .ipv4(UInt32(bigEndian: address.sin_addr.s_addr))
            number = UInt16(bigEndian: address.sin_port)
        case AF_INET6:
            var address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in6.self) }
            var high: UInt64 = 0
            var low: UInt64 = 0
            sangdam_ipv6_bytes(&address, &high, &low)
            let isMapped = high == 0 && low >> 32 == 0xFFFF  // RFC 4291, 2.5.5.2
            name = isMapped ? .ipv4(UInt32(truncatingIfNeeded: low)) : .ipv6(high: high, low: low)
            number = UInt16(bigEndian: address.sin6_port)
        default:
            name = .unresolved("unknown")
            number = 0
        }
    }

    private static func text(high: UInt64, low: UInt64) -> String {
        var address = (high.bigEndian, low.bigEndian)
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return "unknown" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// What limits count connections by: the IPv4 address, or the first 64 bits of the IPv6 address.
struct AddressKey: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
}
