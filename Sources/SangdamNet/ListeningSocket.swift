// Opening a listening socket, in two steps, and saying well why that did not work.

internal import COpenSSL
internal import Glibc

/// A non-blocking socket that has its address and does not listen yet: whoever connects is refused at once, as if
/// nobody were there. For a start that wants to know early whether it can have its port, and is long in getting ready.
///
/// Two programs can hold one address like this (SO_REUSEADDR, on Linux); the first that listens has it, and `listen`
/// says so to the other.
package struct BoundSocket: ~Copyable, Sendable {
    let address: SocketAddress
    /// -1 once it is somebody else's.
    private var descriptor: Int32

    /// - Parameters:
    ///   - host: a name or address of this machine: "127.0.0.1", "::", "localhost".
    ///   - port: 0 takes a free one.
    package init(host: String, port: Int) throws(NetError) {
        (descriptor, address) = try bindSocket(host: host, port: port)
    }

    /// A UNIX socket that nobody but its owner can connect to.
    /// - Parameter path: a socket that lies there already is what an earlier owner of the folder left: the caller sees to
    ///   it that there is no other one.
    package init(path: String) throws(NetError) {
        (descriptor, address) = try bindSocket(path: path)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// From now on the system takes connections; they wait until a `Listener` accepts them.
    package func listen() throws(NetError) {
        guard Glibc.listen(descriptor, 4_096) == 0 else { throw bindError(errno, address.description) }
    }

    /// The descriptor, which is the caller's to close.
    consuming func takeDescriptor() -> Int32 {
        defer { descriptor = -1 }
        return descriptor
    }
}

private func bindSocket(host: String, port: Int) throws(NetError) -> (descriptor: Int32, address: SocketAddress) {
    let name = SocketAddress.description(host: host, port: port)
    guard UInt16(exactly: port) != nil else { throw .badAddress(name) }
    let addresses: [ResolvedAddress]
    switch resolve(host: host, port: port, flags: AI_PASSIVE) {
    case .addresses(let found): addresses = found
    case .failed(let reason): throw .cannotResolve(host, reason: reason)
    }
    guard let first = addresses.first else { throw .badAddress(name) }
    let descriptor = socket(first.family, Int32(SOCK_STREAM.rawValue) | sangdam_socket_flags, 0)
    guard descriptor >= 0 else { throw .other(operation: "Opening a socket", errno: errno) }
    setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    setConnectionOptions(descriptor)  // accepted sockets inherit them
    guard first.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
        let number = errno
        close(descriptor)
        throw bindError(number, name)
    }
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    withUnsafeMutablePointer(to: &storage) { pointer in
        _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return (descriptor, SocketAddress(storage))
}

private func bindSocket(path: String) throws(NetError) -> (descriptor: Int32, address: SocketAddress) {
    let address = try UnixAddress(path: path)
    var status = stat()
    if lstat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .inTheWay(path) }
        guard unlink(path) == 0 else { throw .other(operation: "Removing \(path)", errno: errno) }
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | sangdam_socket_flags, 0)
    guard descriptor >= 0 else { throw .other(operation: "Opening a socket", errno: errno) }
    // On Linux the file gets the mode of its socket: it is never open to others, not even for a moment.
    guard fchmod(descriptor, 0o600) == 0, address.withPointer({ bind(descriptor, $0, $1) }) == 0 else {
        let number = errno
        close(descriptor)
        throw .other(operation: "Making \(path)", errno: number)
    }
    return (descriptor, SocketAddress(unresolvedHost: path, port: 0))
}

private func bindError(_ number: Int32, _ name: String) -> NetError {
    switch number {
    case EADDRINUSE: .addressInUse(name)
    case EACCES, EPERM: .permissionDenied(name)
    case EADDRNOTAVAIL: .badAddress(name)
    default: .other(operation: "Listening on \(name)", errno: number)
    }
}

/// No delay for small writes; a peer that vanished without a word is noticed after 60 + 6 × 10 s, and also when bytes
/// are on their way to it, for which keepalive does not count and the system would try a quarter of an hour.
///
/// The system takes 256 KiB at once for a peer that reads, from the connection's first word on: left to itself it
/// begins with a fifth of that, and a burst would look like slowness. And it holds no more than that unsent, not its
/// own 4 MiB, for a peer that does not read: `ConnectionLimits.unsentBytes` sees nothing of it.
func setConnectionOptions(_ descriptor: Int32) {
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 60)
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 10)
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 6)
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, 120_000)
    setOption(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 262_144)
    setOption(descriptor, SOL_SOCKET, SO_SNDBUF, 262_144)
}

private func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
}
