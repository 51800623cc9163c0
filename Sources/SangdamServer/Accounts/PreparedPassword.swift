// One password, one form: what is hashed and compared is the prepared form, so that a password is the same whichever
// machine, keyboard or editor it comes from (RFC 8265 §4.2, OpaqueString). Not part of the message path: only the
// hashing threads and the account commands come here.

internal import Foundation
internal import SangdamCore

/// The form of a password by which it is compared; nil when the bytes are no UTF-8.
///
/// A leading byte order mark is dropped; each space that is not ASCII's (category Zs) becomes U+0020; all of it is
/// composed (NFC). Width and case stay, and nothing is refused.
func preparedPassword(_ bytes: some Collection<UInt8>) -> [UInt8]? {
    guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
    var scalars = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
        if index == 0, scalar == "\u{FEFF}" { continue }
        scalars.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
    }
    return Array(String(scalars).precomposedStringWithCanonicalMapping.utf8)
}

/// How long a prepared password can be where it is typed: in single letters (NFD) and with ideographic spaces, up to
/// three times as many bytes.
func longestTypedBytes(ofPrepared text: String) -> Int {
    text.decomposedStringWithCanonicalMapping.unicodeScalars.reduce(0) { bytes, scalar in
        bytes + (scalar == " " ? "\u{3000}" : scalar).utf8.count
    }
}

extension Secret {
    /// What to compare with a hash, in this order: the prepared form, then the bytes themselves where they differ, of
    /// which hashes were made before there was a prepared form. How many there are depends on the password alone, never
    /// on the account.
    var comparedForms: [Secret] {
        withBytes { bytes in
            guard var prepared = preparedPassword(bytes) else { return [self] }
            defer { wipe(&prepared) }
            return bytes.elementsEqual(prepared) ? [self] : [Secret(copying: prepared), self]
        }
    }
}
