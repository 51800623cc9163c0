// What can be wrong with bytes that should be JSON, and what kinds of values there are.

/// Why bytes were refused. Offsets count bytes from the beginning of the input. Public as the reader is (see
/// JSONReader).
public enum JSONFault: Error, Hashable, Sendable {
    /// The input breaks RFC 8259's grammar at this offset, or ends too early there.
    case notJSON(at: Int)
    /// The string that begins at this offset is no Unicode text: bad UTF-8 (RFC 3629) or a lone surrogate.
    case badUTF8(at: Int)
    case tooDeep
    /// A key occurred for the second time in its object.
    case duplicateKey
    /// A value of another kind than was asked for.
    case wrongKind
    /// A string of more than `limitBytes` bytes, escapes resolved.
    case tooLong(limitBytes: Int)
    /// A number that the asked type cannot hold exactly: too large, negative, or with a fraction or exponent.
    case outOfRange
    case tooManyFields
}

/// What kind of value comes next.
package enum JSONKind: Hashable, Sendable {
    case object, array, string, number, bool, null
}
