// Names to addresses. Blocks for names that are not numbers: only where that is allowed.

internal import COpenSSL
internal import Glibc

/// An address that connect(2) and bind(2) take.
struct ResolvedAddress: Sendable {
    private let storage: sockaddr_storage
    private let length: socklen_t

    var family: Int32 { Int32(storage.ss_family) }
    var socketAddress: SocketAddress { SocketAddress(storage) }

    fileprivate init?(_ info: addrinfo) {
        guard let address = info.ai_addr, Int(info.ai_addrlen) <= MemoryLayout<sockaddr_storage>.size else {
            return nil
        }
        var storage = sockaddr_storage()
        memcpy(&storage, address, Int(info.ai_addrlen))
        self.storage = storage
        length = info.ai_addrlen
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }
}

enum Resolution: Sendable {
    case addresses([ResolvedAddress])
    case failed(String)
}

/// All stream addresses of a host in the system's order (RFC 6724). `flags`: AI_PASSIVE, AI_NUMERICHOST.
func resolve(host: String, port: Int, flags: Int32) -> Resolution {
    var hints = addrinfo()
    hints.ai_flags = flags | AI_NUMERICSERV
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var list: UnsafeMutablePointer<addrinfo>?
    let result = getaddrinfo(host, String(port), &hints, &list)
    guard result == 0 else { return .failed(String(cString: gai_strerror(result))) }
    defer { freeaddrinfo(list) }
    var addresses: [ResolvedAddress] = []
    var next = list
    while let info = next {
        if let address = ResolvedAddress(info.pointee) { addresses.append(address) }
        next = info.pointee.ai_next
    }
    return addresses.isEmpty ? .failed("it has no address") : .addresses(addresses)
}

/// The address that `host` writes, in its usual form ("::1" for "0:0::1"); nil when it is a name. Never blocks.
package func addressText(_ host: String) -> String? {
    guard case .addresses(let found) = resolve(host: host, port: 0, flags: AI_NUMERICHOST) else { return nil }
    return found.first?.socketAddress.host
}
