// An address that mail can be sent to: what a stranger wrote, checked at the door, so that no header and no command of
// SMTP can hold anything else.

/// A mailbox of RFC 5321, 4.1.2, in its plain form: a dot-string of ASCII, `@`, and a domain of two labels at least.
///
/// Quoted local parts, comments, address literals and what is not ASCII are none: they are rare, and each has been a
/// way to write a second header.
package struct EmailAddress: Hashable, Sendable, CustomStringConvertible {
    /// RFC 5321, 4.5.3.1.3, of which the angle brackets take two.
    package static let limitBytes = 254
    private static let localLimitBytes = 64
    private static let labelLimitBytes = 63

    /// As it was written.
    package let text: String

    /// Nil when it is none.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.limitBytes, let at = bytes.lastIndex(of: UInt8(ascii: "@")),
            Self.isLocalPart(bytes[..<at]), Self.isDomain(bytes[(at + 1)...])
        else { return nil }
        self.text = text
    }

    package var localPart: Substring { text.prefix { $0 != "@" } }
    package var domain: Substring { text.drop { $0 != "@" }.dropFirst() }
    package var description: String { text }

    /// What tells mailboxes apart. Strictly the local part is its host's affair (RFC 5321, 2.4); nobody gives two
    /// people addresses that differ in case alone.
    package var folded: String { text.lowercased() }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard (1...localLimitBytes).contains(bytes.count) else { return false }
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomText) }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let hyphen = UInt8(ascii: "-")
        return labels.count >= 2
            && labels.allSatisfy { label in
                (1...labelLimitBytes).contains(label.count) && label.first != hyphen && label.last != hyphen
                    && label.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
            }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// `atext` of RFC 5322, 3.2.3.
    private static func isAtomText(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
}
