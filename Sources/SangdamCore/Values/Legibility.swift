// What people can see of somebody's words, and which characters deceive them: those that turn the reading direction,
// and those that nobody sees, with which a name or an address is made to look like another one.
//
// One rule for all modes. By hand and in the console SangdamWire's TerminalText follows it, on the page reading.js;
// Tests/Corpora/reading.txt is the table that both are tested with. What was said is kept as it was said: the rule is
// about reading, and about refusing words that have nothing to see at all.

extension Unicode.Scalar {
    /// Whether a reader sees nothing of it, not even a space: controls but TAB, LF and CR; formats but the signs that
    /// Arabic and others put around numbers; what Unicode holds ignorable; noncharacters; and the few that are drawn as
    /// nothing though they are symbols or letters: the blanks of Braille and of hieroglyphs, the null notehead, and
    /// what stands for an object that is not there.
    ///
    /// Source: Unicode Standard 5.21 (Default_Ignorable_Code_Point) and 9.2 (Prepended_Concatenation_Mark).
    package var isInvisible: Bool {
        switch value {
        case 0x09, 0x0A, 0x0D: return false
        case 0x20..<0x7F: return false
        // Above, the letters that nearly everything consists of: Hangul, ideographs, kana.
        case 0xAC00...0xD7A3, 0x4E00...0x9FFF, 0x3041...0x3096, 0x30A0...0x30FF: return false
        case 0x0600...0x0605, 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD: return false
        case 0x2800, 0xFFFC, 0x13441, 0x13442, 0x1D159: return true
        default: break
        }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
        }
    }

    /// Whether words of such characters alone are none: blanks, what is invisible, marks without a letter to stand on.
    fileprivate var isNothingByItself: Bool {
        properties.isWhitespace || isInvisible || isMark
    }

    fileprivate var isMark: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }
}

extension Text {
    /// Whether a reader would see an empty line: such words are refused with `empty`.
    package var hasNothingToSee: Bool {
        switch utf8.first ?? 0 {
        // Nearly always the first byte tells: ASCII but its blanks and controls, the ideographs from U+4000 on, and all
        // Hangul syllables from U+B000 on.
        case 0x21..<0x7F, 0xE4...0xE9, 0xEB, 0xEC: return false
        default: break
        }
        // Scalar by scalar out of the bytes: every message passes here, and a String would be a copy of it.
        var bytes = utf8.makeIterator()
        var decoder = UTF8()
        while case .scalarValue(let scalar) = decoder.decode(&bytes) {
            if !scalar.isNothingByItself { return false }
        }
        return true
    }
}

/// Which characters of a text are to be shown as their code, such as `<U+202E>`.
package struct InvisibleCharacters {
    private let scalars: [Unicode.Scalar]
    /// A flag's tags end before this index.
    private var tagsEnd = 0
    private lazy var holdsRightToLeft = scalars.contains(where: \.isRightToLeft)
    private lazy var insideWords = Self.indicesInsideWords(scalars)

    private init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    /// The text's scalars in their order, each with whether it is to be shown as its code: an invisible one whose
    /// context does not need it. Emoji sequences, ideographs' variants and scripts that are written with joiners or
    /// from right to left need theirs.
    package static func marked(in scalars: [Unicode.Scalar]) -> [Bool] {
        var reader = InvisibleCharacters(scalars)
        return scalars.indices.map { reader.isMarked($0) }
    }

    private mutating func isMarked(_ index: Int) -> Bool {
        let scalar = scalars[index]
        if scalar.value == 0x1F3F4 { tagsEnd = endOfTags(after: index) }
        guard scalar.isInvisible else { return false }
        switch scalar.value {
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return !isVariant(index)
        case 0x180B...0x180F: return !(before(index)?.isMongolianLetter ?? false)
        case 0x200D: return !joinsEmoji(index) && !followsJoiningScript(index)
        case 0x200C: return !followsJoiningScript(index)
        case 0x200E, 0x200F, 0x061C: return !holdsRightToLeft || insideWords[index]
        case 0xE0020...0xE007F: return index >= tagsEnd
        case 0x2800: return !(before(index).map { (0x2801...0x28FF).contains($0.value) } ?? false)
        default: return true
        }
    }

    private func before(_ index: Int) -> Unicode.Scalar? {
        index > 0 ? scalars[index - 1] : nil
    }

    private func after(_ index: Int) -> Unicode.Scalar? {
        index + 1 < scalars.count ? scalars[index + 1] : nil
    }

    /// A variation selector behind a character that has variants (Unicode Standard 23.4; UTS #51 for emoji, UTS #37 for
    /// ideographs). Behind a digit it makes a keycap, or nothing that anybody could see.
    private func isVariant(_ index: Int) -> Bool {
        guard let base = before(index) else { return false }
        let selector = scalars[index].value
        let isPresentation = selector == 0xFE0E || selector == 0xFE0F
        if base.value < 0x80 { return isPresentation && base.properties.isEmoji && after(index)?.value == 0x20E3 }
        if base.properties.isEmoji, isPresentation { return true }
        if base.properties.isIdeographic { return true }
        switch base.properties.generalCategory {
        case .mathSymbol, .otherSymbol: return true
        default: return selector == 0xFE00 && base.hasStandardVariants
        }
    }

    /// A zero-width joiner between two emoji, the first perhaps with its variation selector.
    private func joinsEmoji(_ index: Int) -> Bool {
        guard let next = after(index), next.isEmojiProper, let last = before(index) else { return false }
        if last.isEmojiProper { return true }
        return last.value == 0xFE0F && (before(index - 1)?.isEmojiProper ?? false)
    }

    /// Where a mark of direction has nothing to do: between the first and the last letter or digit that runs from left
    /// to right, within a stretch without white space or a letter that runs the other way. One pass for all marks of a
    /// text.
    private static func indicesInsideWords(_ scalars: [Unicode.Scalar]) -> [Bool] {
        var inside = [Bool](repeating: false, count: scalars.count)
        var last: Int?
        for (index, scalar) in scalars.enumerated() {
            if scalar.properties.isWhitespace || scalar.isRightToLeft {
                last = nil
            } else if scalar.isLeftToRight {
                // What lies between is inside only now that the word is known to go on.
                if let last { for between in last + 1..<index { inside[between] = true } }
                last = index
            }
        }
        return inside
    }

    private func followsJoiningScript(_ index: Int) -> Bool {
        before(index).map { $0.isOfJoiningScript && !$0.isInvisible } ?? false
    }

    /// A flag of a part of a country: three to six tags of letters and digits, and the one that ends them (UTS #51,
    /// ED-14a). Otherwise `flag + 1`.
    private func endOfTags(after flag: Int) -> Int {
        var index = flag + 1
        while index < scalars.count, scalars[index].isTagOfLetterOrDigit { index += 1 }
        let isWhole = (3...6).contains(index - flag - 1) && index < scalars.count && scalars[index].value == 0xE007F
        return isWhole ? index + 1 : flag + 1
    }
}

extension Unicode.Scalar {
    /// An emoji that is no digit.
    fileprivate var isEmojiProper: Bool { value > 0x7F && properties.isEmoji }

    fileprivate var isMongolianLetter: Bool { (0x1800...0x18AF).contains(value) && isLetter }

    /// Myanmar's dotted forms and Phags-pa's reversed ones.
    fileprivate var hasStandardVariants: Bool {
        isLetter && ((0x1000...0x109F).contains(value) || (0xA840...0xA87F).contains(value))
    }

    fileprivate var isTagOfLetterOrDigit: Bool {
        (0xE0030...0xE0039).contains(value) || (0xE0061...0xE007A).contains(value)
    }

    /// Arabic and its neighbours, the Brahmic scripts of India and South-East Asia, Mongolian: written with joiners.
    fileprivate var isOfJoiningScript: Bool {
        switch value {
        case 0x0600...0x109F, 0x1780...0x18AF, 0x1900...0x1AAF, 0x1B00...0x1C4F, 0xA800...0xA95F, 0xA980...0xAAFF,
            0xABC0...0xABFF, 0xFB50...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x11FFF:
            isLetter || isMark
        default: false
        }
    }

    private var isLetter: Bool {
        switch properties.generalCategory {
        case .otherLetter, .modifierLetter, .lowercaseLetter, .uppercaseLetter, .titlecaseLetter: true
        default: false
        }
    }

    /// A letter or a digit, but of the scripts below.
    fileprivate var isLeftToRight: Bool {
        (isLetter || properties.generalCategory == .decimalNumber) && !isRightToLeft
    }

    /// A letter of Hebrew, Arabic and the other scripts that run from right to left (UAX #9, R and AL).
    fileprivate var isRightToLeft: Bool {
        switch value {
        case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
            isLetter
        default: false
        }
    }
}
