// What names a mail in the headers of another: somebody else's text that we repeat, and so checked like an address.

/// A `Message-ID` without its angle brackets (RFC 5322, 3.6.4): 3 to 250 bytes of printable ASCII with one `@`, none of
/// which could end the header or begin another id.
package struct MailReference: Hashable, Sendable, CustomStringConvertible {
    package static let limitBytes = 250

    package let text: String

    /// Nil when it is none.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (3...Self.limitBytes).contains(bytes.count), bytes.allSatisfy({ (0x21...0x7E).contains($0) }),
            !bytes.contains(where: { "<>()\"\\,;".utf8.contains($0) }),
            bytes.count(where: { $0 == UInt8(ascii: "@") }) == 1,
            bytes.first != UInt8(ascii: "@"), bytes.last != UInt8(ascii: "@")
        else { return nil }
        self.text = text
    }

    package var description: String { text }
}
