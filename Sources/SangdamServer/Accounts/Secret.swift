// A password while it waits for its hash: a copy that is wiped. No more than that is promised. What it was copied from
// (a line that was read, a message that was decoded from it) is ordinary memory, and wiped only where a caller does it.

internal import COpenSSL

/// A copy of secret bytes that is overwritten when its last owner lets go of it.
///
/// Sendable unchecked: the bytes are written in `init` and in `deinit` only, and nobody else can see the object then.
package final class Secret: @unchecked Sendable {
    private let bytes: UnsafeMutableRawBufferPointer

    package init(copying source: [UInt8]) {
        // At least one byte, so that the address is one.
        bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, source.count), alignment: 1)
        bytes.copyBytes(from: source)
        count = source.count
    }

    deinit {
        OPENSSL_cleanse(bytes.baseAddress, bytes.count)
        bytes.deallocate()
    }

    package let count: Int

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
    }
}

/// Overwrites bytes that are no longer needed, as far as they have no other owner.
package func wipe(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
    bytes.removeAll()
}
