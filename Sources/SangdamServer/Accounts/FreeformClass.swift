// Which characters a new password may have: those that a person sees and every system writes alike. At a login nobody
// is asked; what was good once stays good.

/// Why a character cannot be part of a new password.
///
/// Source: RFC 8264 §4.3 (FreeformClass), with §9 for the categories. It is asked of the prepared form, so Hangul in
/// single letters has become syllables before. Two decisions of ours where the RFC asks for context:
/// - CONTEXTJ (U+200C, U+200D): allowed after a virama (RFC 5892 A.1, A.2) and nowhere else. So an emoji that is
///   several joined by U+200D is refused, as one with a variation selector is by the RFC: they look like one character,
///   and systems differ in what they type and delete. Emoji of one character, flags and skin tones are fine.
/// - CONTEXTO (the middle dots, the Hebrew marks, the two rows of Arabic digits): allowed everywhere. Each is one
///   visible key; their contexts keep names from being mistaken for others, and a password is not read.
package enum FreeformFault: Sendable, Equatable, CaseIterable {
    case control
    /// Nothing is seen of it: joiners, selectors, zero-width spaces, fillers (`PrecisIgnorableProperties`).
    case invisible
    /// Letters of Hangul that make no syllable of today.
    case oldHangul
    /// No character of this Unicode, and noncharacters.
    case unassigned
    /// Private use, line and paragraph separators, format characters, and RFC 5892's exceptions.
    case disallowed

    /// Nil when a new password may have `scalar`.
    /// - Parameter previous: the one before it.
    init?(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) {
        let properties = scalar.properties
        switch scalar.value {
        // RFC 8264 §9.6, those that are not allowed.
        case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031...0x3035, 0x303B:
            self = .disallowed
        case 0x200C, 0x200D:
            if previous?.properties.canonicalCombiningClass == .virama { return nil }
            self = .invisible
        // RFC 8264 §9.9: Hangul_Syllable_Type L, V and T.
        case 0x1100...0x11FF, 0xA960...0xA97C, 0xD7B0...0xD7C6, 0xD7CB...0xD7FB:
            self = .oldHangul
        default:
            switch properties.generalCategory {
            case .unassigned: self = .unassigned
            case .control: self = .control
            case _ where properties.isDefaultIgnorableCodePoint: self = .invisible
            case .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: self = .disallowed
            default: return nil
            }
        }
    }

    /// The first fault of a prepared password, and which of its characters it is in as a person counts them, from 1.
    static func first(in text: String) -> (fault: FreeformFault, character: Int)? {
        var previous: Unicode.Scalar?
        for (index, character) in text.enumerated() {
            for scalar in character.unicodeScalars {
                if let fault = FreeformFault(scalar, after: previous) { return (fault, index + 1) }
                previous = scalar
            }
        }
        return nil
    }
}
