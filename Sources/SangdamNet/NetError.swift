// What can go wrong when a listener or a reactor is made: faults of the world that an operator can act on.

internal import Glibc

/// Why a listener or a reactor could not be made. `description` is one sentence for a person.
package enum NetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process listens there; `host:port`.
    case addressInUse(String)
    /// The port needs privileges that the process does not have; `host:port`.
    case permissionDenied(String)
    /// No interface of this machine has the address, or the port is out of range; `host:port`.
    case badAddress(String)
    /// The host name has no address; the name and the resolver's reason.
    case cannotResolve(String, reason: String)
    /// A UNIX socket's path is longer than the system has room for; the path and the room in bytes.
    case pathTooLong(String, limitBytes: Int)
    /// Something that is no socket lies where one is to be made; its path.
    case inTheWay(String)
    /// Another fault of the system: what was being done, and errno.
    case other(operation: String, errno: Int32)

    package var description: String {
        switch self {
        case .addressInUse(let address): "\(address) is already in use by another program."
        case .permissionDenied(let address): "No permission to listen on \(address): ports below 1024 need privileges."
        case .badAddress(let address): "\(address) is not an address of this machine with a port from 0 to 65535."
        case .cannotResolve(let host, let reason): "The host name \(host) cannot be resolved: \(reason)."
        case .pathTooLong(let path, let limit):
            "\(path) is \(path.utf8.count) bytes long, and a socket's path has at most \(limit)."
        case .inTheWay(let path): "\(path) is in the way: it is no socket."
        case .other(let operation, let number): "\(operation) failed: \(systemErrorText(number))."
        }
    }
}

/// The system's text for an errno, such as "Connection refused".
package func systemErrorText(_ number: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
    return buffer.withUnsafeBufferPointer { text in
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
