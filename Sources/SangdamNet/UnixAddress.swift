// The address of a UNIX socket: a path, for which the system has little room.

internal import Glibc

/// A path as bind(2) and connect(2) take it.
package struct UnixAddress: Sendable {
    private var storage = sockaddr_un()

    package init(path: String) throws(NetError) {
        let bytes = Array(path.utf8)
        // The byte behind the path is 0.
        let limit = MemoryLayout.size(ofValue: storage.sun_path) - 1
        guard bytes.count <= limit else { throw .pathTooLong(path, limitBytes: limit) }
        storage.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &storage.sun_path) { $0.copyBytes(from: bytes) }
    }

    /// As connect(2) does, which says in `errno` why it did not.
    /// - Returns: whether the socket is connected.
    package func connect(_ descriptor: Int32) -> Bool {
        withPointer { Glibc.connect(descriptor, $0, $1) == 0 }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
