// Strangers' words on somebody's terminal. Whatever could move the cursor, colour, overwrite, reorder or hide text is
// shown as its code instead, such as `<U+202E>`, so that no direction reaches from one run of words into the next. What
// remains is printed as it is.

package import SangdamCore

package enum TerminalText {
    /// One line of text, made harmless: whatever moves the cursor, turns the reading direction or cannot be seen
    /// becomes `<U+XXXX>` by the rule of `InvisibleCharacters`; a TAB becomes four spaces.
    ///
    /// A line feed counts as a control character: split the text into lines first.
    package static func sanitised(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.isInvisible || isControl($0) }) else { return text }
        let scalars = Array(text.unicodeScalars)
        let marked = InvisibleCharacters.marked(in: scalars)
        var result = String.UnicodeScalarView()
        for (scalar, isMarked) in zip(scalars, marked) {
            if scalar == "\t" {
                result.append(contentsOf: "    ".unicodeScalars)
            } else if isMarked || isControl(scalar) {
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

    /// TAB, LF and CR among them, which move a terminal's cursor.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20
    }

    private static func code(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
    }
}
