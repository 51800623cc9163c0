// Text as the pieces that the index holds and a search asks for. Korean is inflected, Japanese and Chinese have no
// blanks, and everybody mistypes: what two texts share is told by pieces of words, not by words.

internal import Foundation

/// A piece of a word.
struct Gram: Hashable {
    /// Two characters of Korean, Japanese or Chinese; three of other writing, where `_` stands before the word and
    /// behind it. A word that is shorter is itself a piece.
    let text: String
    /// Any piece that begins so is meant: a word of one character is the beginning of an inflected one.
    let isPrefix: Bool
    /// Of hiragana alone: endings and particles mostly, which say little about what is asked.
    let isGrammar: Bool

    /// The pieces of a text, in its order, some of them more than once.
    ///
    /// Characters are compared as NFKC and in lower case: `ＡＢＣ` is `abc`, and Hangul that comes as single letters is
    /// Hangul.
    static func grams(of text: String) -> [Gram] {
        var grams: [Gram] = []
        var word: [Unicode.Scalar] = []
        var writing = Writing.none
        func finish() {
            switch writing {
            case .none: break
            case .syllabic: pairs(of: word, into: &grams)
            case .alphabetic: triples(of: word, into: &grams)
            }
            word.removeAll(keepingCapacity: true)
        }
        for scalar in text.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars {
            let next = Writing(of: scalar)
            if next != writing {
                finish()
                writing = next
            }
            if next != .none { word.append(scalar) }
        }
        finish()
        return grams
    }

    private static func pairs(of word: [Unicode.Scalar], into grams: inout [Gram]) {
        guard word.count > 1 else {
            guard let only = word.first, !isHiragana(only) else { return }
            return grams.append(Gram(text: String(only), isPrefix: true, isGrammar: false))
        }
        guard !emptyWords.contains(text(word[...])) else { return }
        for (first, second) in zip(word, word.dropFirst()) {
            grams.append(
                Gram(
                    text: "\(first)\(second)", isPrefix: false, isGrammar: isHiragana(first) && isHiragana(second)))
        }
    }

    private static func triples(of word: [Unicode.Scalar], into grams: inout [Gram]) {
        // A single letter says nothing.
        guard word.count > 1 else { return }
        guard !emptyWords.contains(text(word[...])) else { return }
        let padded = ["_"] + word + ["_"]
        guard word.count > 2 else {
            return grams.append(Gram(text: text(padded[...]), isPrefix: false, isGrammar: false))
        }
        for start in 0...(padded.count - 3) {
            grams.append(Gram(text: text(padded[start..<(start + 3)]), isPrefix: false, isGrammar: false))
        }
    }

    /// They make up half of a question in English, and the end of a polite one in Korean, and say nothing about what it is
    /// about.
    private static let emptyWords: Set = [
        "the", "an", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "doesn", "didn", "don", "not",
        "no", "how", "what", "where", "when", "which", "who", "why", "my", "your", "our", "it", "its", "this", "that",
        "to", "of", "in", "on", "for", "from", "with", "by", "at", "and", "or", "if", "can", "could", "will", "would",
        "should", "may", "have", "has", "had", "haven", "me", "we", "you", "they", "there", "any", "some", "get", "got",
        "need", "want", "please",
        "안녕하세요", "궁금해요", "궁금합니다", "궁금해서요", "궁금한데요", "궁금하네요", "알려", "알려주세요", "알려줘요", "주세요", "싶어요",
        "싶습니다", "싶은데요", "문의드려요", "문의드립니다", "문의합니다", "문의해요", "있을까요", "부탁드려요", "부탁드립니다", "부탁해요",
    ]

    private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    private static func isHiragana(_ scalar: Unicode.Scalar) -> Bool { (0x3041...0x309F).contains(scalar.value) }
}

/// How a character's words are cut; a word ends where that changes.
private enum Writing {
    /// Between words.
    case none
    case syllabic
    case alphabetic

    init(of scalar: Unicode.Scalar) {
        switch scalar.value {
        // Hangul syllables and letters, kana with the sign for long vowels, ideographs and 々.
        case 0xAC00...0xD7A3, 0x1100...0x11FF, 0x3041...0x3096, 0x309D...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF,
            0x3131...0x318E, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0x3005, 0x20000...0x3FFFF:
            self = .syllabic
        default:
            self = scalar.properties.isAlphabetic || scalar.properties.numericType != nil ? .alphabetic : .none
        }
    }
}
