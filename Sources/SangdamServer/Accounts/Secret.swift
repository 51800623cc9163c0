// Bytes that must not linger: a password between the wire and the hash.

internal import COpenSSL

/// A copy of secret bytes that is overwritten when nobody needs it any more.
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
