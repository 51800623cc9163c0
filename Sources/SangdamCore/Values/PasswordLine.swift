// A password as bytes on their way to the server, which alone knows what of them counts: clients send what was typed or
// what stands in a file, so that an old account, whose hash was made of just that, stays open.

/// One line that is a password.
package struct PasswordLine: Hashable, Sendable {
    /// Bytes that a password may have as it is typed, kept in a file or sent. What is longer is refused, and a new one
    /// already when another system's form of it is.
    package static let limitBytes = 1024

    /// What some editors put before the first line: U+FEFF, in UTF-8.
    package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The first line without its end, with the byte order mark if there is one.
    package let bytes: [UInt8]

    /// Takes the first line of a file or a pipe: up to LF, CRLF, a lone CR, or the end.
    package init(firstOf content: some Sequence<UInt8>) {
        bytes = Array(content.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
    }

    /// Whether nothing stands in it but perhaps a byte order mark.
    package var isEmpty: Bool { bytes.isEmpty || bytes == Self.byteOrderMark }
}
