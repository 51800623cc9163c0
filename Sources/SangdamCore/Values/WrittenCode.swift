// Codes as people write them: read off a screen, noted on paper, dictated, typed with an input method on, copied out of
// a chat. One reader for receipts, ways back and chat ids, wherever one is read; what is compared, looked up or hashed
// is the canonical form alone.
//
// Rules that it keeps
// - A code that was issued is read as itself.
// - Capital, small and full-width letters are the same, and full-width digits are digits.
// - I, L and O, which no code has, are the 1 and the 0 that they look like. U has no digit to be taken for.
// - What is neither a letter nor a digit stands between characters or around them and says nothing: blanks, hyphens and
//   other punctuation, brackets, quotes, symbols, what cannot be seen. So do letters that are typed for a dash.
// - Any other letter, digit or mark makes the whole no code: to pass it over would be to guess.

/// A code in Crockford's base 32, as somebody wrote it.
///
/// Source of the alphabet and of the letters that are taken for digits: Douglas Crockford, Base 32.
package struct WrittenCode: Hashable, Sendable {
    /// Bytes of UTF-8 that are read: 26 full-width letters of three bytes with two full-width marks between any two.
    /// What is longer is no code.
    package static let limitBytes = 256

    /// The values of its characters, each below 32; at least one.
    package let digits: [UInt8]

    /// Nil when `text` is longer than `limitBytes`, has none of the alphabet's characters, or one that is foreign to
    /// it.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.limitBytes else { return nil }
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch Sign(scalar) {
            case .digit(let digit): digits.append(digit)
            case .nothing: break
            case .foreign: return nil
            }
        }
        guard !digits.isEmpty else { return nil }
        self.digits = digits
    }

    /// The characters alone, in lower case, as ids are written.
    package var text: String {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        return String(decoding: digits.map { alphabet[Int($0)] }, as: UTF8.self)
    }
}

extension ID {
    /// Nil when the code is none of 26 characters, or its first holds more than the three bits that are left for it.
    package init?(_ code: WrittenCode) {
        self.init(code.text)
    }
}

/// What one character means in a code.
private enum Sign {
    case digit(UInt8)
    /// It stands beside characters and is none.
    case nothing
    case foreign

    init(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<0x80: self = Self.ascii(UInt8(scalar.value))
        // The full-width forms stand in ASCII's order.
        case 0xFF01...0xFF5E: self = Self.ascii(UInt8(scalar.value - 0xFF00 + 0x20))
        // Letters by their category, strokes by their look: the long vowel mark of kana, wide and half-width, and the
        // Hangul vowel EU as a key types it, as it is conjoined and as half-width.
        case 0x30FC, 0xFF70, 0x3161, 0x1173, 0xFFDA: self = .nothing
        default: self = Self.passedOver(scalar.properties) ? .nothing : .foreign
        }
    }

    private static func ascii(_ byte: UInt8) -> Sign {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return .digit(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): break
        default: return .nothing
        }
        switch byte | 0x20 {
        case UInt8(ascii: "i"), UInt8(ascii: "l"): return .digit(1)
        case UInt8(ascii: "o"): return .digit(0)
        case let letter:
            let digit = idDigit(letter)
            return digit < 32 ? .digit(UInt8(digit)) : .foreign
        }
    }

    private static func passedOver(_ properties: Unicode.Scalar.Properties) -> Bool {
        if properties.isDefaultIgnorableCodePoint { return true }
        return switch properties.generalCategory {
        case .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format, .connectorPunctuation,
            .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
            true
        default: false
        }
    }
}
