// An entry as the pieces of its words in one language.

internal import SangdamCore

struct SearchedEntry {
    /// What stands in an answer alone is less of a sign that the entry is about it.
    private static let answerShare = 0.5

    let question: [Gram]
    let words: [Gram]
    let answer: [Gram]

    /// What the entry lacks in this language is empty: it is not shown in its stead.
    init(_ entry: FAQEntry, in language: Language) {
        func grams(_ words: Localised) -> [Gram] { words.byLanguage[language].map(Gram.grams) ?? [] }
        (question, words, answer) = (grams(entry.question), grams(entry.words), grams(entry.answer))
    }

    /// How much of what is asked the entry has: 0 nothing, 1 all of it.
    /// - Parameter asked: pieces, and how much each says.
    func share(of asked: [(gram: Gram, weight: Double)]) -> Double {
        let (names, explanation) = (Set((question + words).map(\.text)), Set(answer.map(\.text)))
        var (found, all) = (0.0, 0.0)
        for (gram, weight) in asked {
            all += weight
            if gram.isFound(in: names) {
                found += weight
            } else if gram.isFound(in: explanation) {
                found += weight * Self.answerShare
            }
        }
        return all > 0 ? found / all : 0
    }
}

extension Gram {
    fileprivate func isFound(in texts: Set<String>) -> Bool {
        isPrefix ? texts.contains { $0.hasPrefix(text) } : texts.contains(text)
    }
}
