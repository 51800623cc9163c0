// Strangers' words on somebody's terminal. Whatever could move the cursor, colour, overwrite, reorder or hide text is
// shown as its code instead, such as `<U+202E>`. What remains is printed as it is.

package import SangdamCore

package enum TerminalText {
    /// One line of text, made harmless: control characters (C0, C1, DEL, with them ESC), bidirectional controls, line
    /// and paragraph separators and other invisible characters become `<U+XXXX>`; a TAB becomes four spaces.
    ///
    /// A line feed counts as a control character: split the text into lines first. The zero-width joiner stays, because
    /// emoji are made with it and it cannot hide anything by itself; so do variation selectors.
    package static func sanitised(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { isUnsafe($0) || $0 == "\t" }) else { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" {
                result.append(contentsOf: "    ".unicodeScalars)
            } else if isUnsafe(scalar) {
                result.append(contentsOf: code(of: scalar).unicodeScalars)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    package static func sanitised(_ text: Text) -> String {
        sanitised(text.string)
    }

    /// The lines of a text, each sanitised: LF, CRLF and CR end one. A line end at the very end makes no further line.
    package static func sanitisedLines(_ text: Text) -> [String] {
        var lines: [[UInt8]] = [[]]
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            previous = byte
        }
        if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { sanitised(String(decoding: $0, as: UTF8.self)) }
    }

    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F: false
        case 0x09: false
        case 0..<0x20, 0x7F..<0xA0: true
        // Above, the letters that nearly everything consists of.
        case 0xAC00...0xD7A3, 0x3040...0x30FF, 0x4E00...0x9FFF: false
        // Joiners, for emoji and for scripts that cannot be written without them.
        case 0x200C, 0x200D: false
        // Combining grapheme joiner, Hangul fillers, Braille blank: look like nothing or like a space.
        case 0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800: true
        default:
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
            default: scalar.properties.isNoncharacterCodePoint
            }
        }
    }

    private static func code(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
    }
}
