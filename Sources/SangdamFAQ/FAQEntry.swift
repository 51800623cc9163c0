// A frequent question with its answer, as the organisation writes them, and what a search finds of it.

package import SangdamCore

/// One question that is asked often.
package struct FAQEntry: Sendable, Equatable {
    package let id: FAQEntryID
    /// The topics that it belongs to; none: all of them.
    package let topics: [TopicID]
    package let question: Localised
    package let answer: Localised
    /// Further words that people use for it, seen by nobody: synonyms, and what they mistype.
    package let words: Localised

    package init(
        id: FAQEntryID, topics: [TopicID] = [], question: Localised, answer: Localised,
        words: Localised = Localised([:])
    ) {
        self.id = id
        self.topics = topics
        self.question = question
        self.answer = answer
        self.words = words
    }

    /// As it is shown: what it lacks in `language` is in the default one.
    package func answer(in language: Language) -> FAQAnswer {
        FAQAnswer(id: id, question: question.text(in: language), answer: answer.text(in: language))
    }

    /// Whether a search within this topic may find it.
    func belongs(to topic: TopicID?) -> Bool {
        guard let topic, !topics.isEmpty else { return true }
        return topics.contains(topic)
    }
}

/// An entry that was found.
package struct FAQMatch: Sendable, Equatable {
    package let entry: FAQEntry
    /// How well it fits; comparable within one search only.
    package let score: Double
}
