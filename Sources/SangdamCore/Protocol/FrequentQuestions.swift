// What is asked of the frequent questions, and what is found. The desk finds nothing itself: it says who may ask, and
// its driver has the search done, as it has old words read.

/// The name of a frequent question, from the configuration.
package typealias FAQEntryID = Name<FAQAnswer>

/// A search of the frequent questions.
package struct FAQQuery: Sendable, Equatable {
    package let words: Text
    /// Only questions of this topic, and those of none.
    package let topic: TopicID?
    /// In which language they are looked for first, and answered; nil: the session's.
    package let language: Language?
    /// Nobody asked: the server looks for what may spare somebody the wait. It costs no allowance and is never refused;
    /// what cannot be searched finds nothing.
    package let isUnasked: Bool

    package init(_ words: Text, topic: TopicID? = nil, language: Language? = nil, isUnasked: Bool = false) {
        self.words = words
        self.topic = topic
        self.language = language
        self.isUnasked = isUnasked
    }
}

/// A frequent question as somebody is shown it, in one language.
package struct FAQAnswer: Sendable, Equatable {
    package let id: FAQEntryID
    package let question: String
    package let answer: String

    package init(id: FAQEntryID, question: String, answer: String) {
        self.id = id
        self.question = question
        self.answer = answer
    }
}
