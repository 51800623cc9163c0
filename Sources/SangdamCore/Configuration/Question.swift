// What customers of a topic are asked before and while they wait, and what counts as an answer.

/// One question of a topic's.
package struct Question: Sendable, Equatable {
    /// What kind of answer it wants.
    package enum Kind: Sendable, Equatable {
        case text
        /// A day, as people write it (`isWrittenDay`).
        case date
        /// A sum of money, as people write it (`isWrittenAmount`).
        case amount
        /// One of these; the answer is its id.
        case choice([Choice])

        /// The protocol's word.
        package var name: String {
            switch self {
            case .text: "text"
            case .date: "date"
            case .amount: "amount"
            case .choice: "choice"
            }
        }
    }

    package struct Choice: Sendable, Equatable {
        package let id: Name<Choice>
        package let labels: Localised

        package init(id: Name<Choice>, labels: Localised) {
            (self.id, self.labels) = (id, labels)
        }
    }

    package let id: QuestionID
    /// The question as it is asked; no words at all for a standard one (`IntakeField`), which has the phrases' own.
    package let labels: Localised
    /// Without an answer nobody enters the topic's queue.
    package let isRequired: Bool
    package let kind: Kind

    package init(id: QuestionID, labels: Localised = Localised([:]), isRequired: Bool = false, kind: Kind = .text) {
        (self.id, self.labels, self.isRequired, self.kind) = (id, labels, isRequired, kind)
    }

    /// The questions of a topic that names none: each may be left out, and is answered with any words.
    package static let standard = IntakeField.allCases.map { Question(id: $0.id) }

    /// The question in words.
    /// - Parameter standard: those of a standard question, which are asked for where the configuration has none.
    package func label(in language: Language, standard: (IntakeField) -> String) -> String {
        let label = labels.text(in: language)
        guard label.isEmpty else { return label }
        return IntakeField(rawValue: id.text).map(standard) ?? id.text
    }

    package func isAnswered(by answer: Text) -> Bool {
        switch kind {
        case .text: true
        case .date: isWrittenDay(answer.string)
        case .amount: isWrittenAmount(answer.string)
        case .choice(let choices): choices.contains { $0.id.text == answer.string }
        }
    }
}

/// Names a question within its topic.
package typealias QuestionID = Name<Question>

extension Topic {
    package var questions: [Question] { intake ?? Question.standard }

    /// The answers that it asks for; others are passed over, as unknown fields are. Refuses one that is not of its
    /// question's kind.
    func answers(in intake: Intake) throws(Refusal) -> Intake {
        var answers = Intake()
        for question in questions {
            guard let answer = intake[question.id] else { continue }
            guard question.isAnswered(by: answer) else { throw Refusal(.badField, subject: question.id.text) }
            answers[question.id] = answer
        }
        return answers
    }

    /// The required questions that are not answered.
    func missing(in intake: Intake) -> [QuestionID] {
        questions.filter { $0.isRequired && intake[$0.id] == nil }.map(\.id)
    }
}
