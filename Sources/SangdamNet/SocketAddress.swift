// The address of a peer or a listener as a value, read out of the kernel's structures once.

internal import COpenSSL
internal import Glibc

/// An IPv4 or IPv6 address with its port. An IPv4 address that came through an IPv6 socket is shown as IPv4.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address as text, without brackets: "192.0.2.7", "2001:db8::1". Before an outbound name is resolved: the
    /// name.
    package let host: String
    /// 0 to 65,535.
    package let port: Int
    /// 127.0.0.0/8 or ::1.
    package let isLoopback: Bool
    /// Whom the limits of connections count.
    let addressKey: AddressKey

    /// Whom limits by address count, as text: "192.0.2.7" for IPv4, also when it came as IPv6 ("::ffff:192.0.2.7"), and
    /// "2001:db8:0:1::/64" for IPv6, where one subscriber has a whole /64 and could come from another address each time.
    /// The same text for all addresses that a `Listener`'s limits count as one. A key, not to be shown as an address.
    package var limitKey: String {
        guard host.contains(":") else { return host }
        let network = addressKey.high
        let groups = [network >> 48, network >> 32 & 0xFFFF, network >> 16 & 0xFFFF, network & 0xFFFF]
        return groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/64"
    }

    /// "127.0.0.1:8443", "[::1]:8443".
    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// An address that is only a name as yet.
    init(unresolvedHost host: String, port: Int) {
        self.host = host
        self.port = port
        isLoopback = false
        addressKey = AddressKey(high: 0, low: 0)
    }

    /// From what accept(2) or getsockname(2) gave. Families other than IPv4 and IPv6 become "unknown".
    init(_ storage: sockaddr_storage) {
        var storage = storage
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in.self) }
            self.init(ipv4: UInt32(bigEndian: address.sin_addr.s_addr), port: address.sin_port)
        case AF_INET6:
            var address = withUnsafeBytes(of: &storage) { $0.load(as: sockaddr_in6.self) }
            var high: UInt64 = 0
            var low: UInt64 = 0
            sangdam_ipv6_bytes(&address, &high, &low)
            self.init(high: high, low: low, source: &address)
        default:
            self.init(unresolvedHost: "unknown", port: 0)
        }
    }

    private init(ipv4 address: UInt32, port: in_port_t) {
        self.init(
            host: "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)",
            port: Int(UInt16(bigEndian: port)), isLoopback: address >> 24 == 127,
            addressKey: AddressKey(high: 0, low: 0xFFFF_0000_0000 | UInt64(address)))
    }

    private init(high: UInt64, low: UInt64, source address: inout sockaddr_in6) {
        if high == 0, low >> 32 == 0xFFFF {  // RFC 4291, 2.5.5.2: IPv4-mapped
            self.init(ipv4: UInt32(truncatingIfNeeded: low), port: address.sin6_port)
            return
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let isText = inet_ntop(AF_INET6, &address.sin6_addr, &text, socklen_t(text.count)) != nil
        let characters = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        self.init(
            host: isText ? String(decoding: characters, as: UTF8.self) : "unknown",
            port: Int(UInt16(bigEndian: address.sin6_port)), isLoopback: high == 0 && low == 1,
            addressKey: AddressKey(high: high, low: 0))
    }

    private init(host: String, port: Int, isLoopback: Bool, addressKey: AddressKey) {
        self.host = host
        self.port = port
        self.isLoopback = isLoopback
        self.addressKey = addressKey
    }
}

/// What limits count connections by: the IPv4 address, or the first 64 bits of the IPv6 address.
struct AddressKey: Hashable, Sendable {
    let high: UInt64
    let low: UInt64
}
