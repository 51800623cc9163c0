// The details that spare a customer from repeating them: answers to a topic's questions.

/// Answers by their question's id, each at most 1,000 bytes, each may be missing.
package struct Intake: Sendable, Equatable {
    package struct Answer: Sendable, Equatable {
        package let question: QuestionID
        package let text: Text

        package init(question: QuestionID, text: Text) {
            (self.question, self.text) = (question, text)
        }
    }

    package static let answerLimitBytes = 1000
    /// Questions of one topic, and with it answers of one chat.
    package static let limit = 12

    /// Those to the standard questions first, in their order; then the others in the order in which they were given.
    package private(set) var answers: [Answer] = []

    package init() {}

    /// The questions that `newer` answers, from `newer`; the others as they are.
    package func merging(_ newer: Intake) -> Intake {
        var merged = self
        for answer in newer.answers { merged[answer.question] = answer.text }
        return merged
    }

    package var isEmpty: Bool { answers.isEmpty }

    package subscript(question: QuestionID) -> Text? {
        get { answers.first { $0.question == question }?.text }
        set {
            let known = answers.firstIndex { $0.question == question }
            guard let newValue else {
                if let known { answers.remove(at: known) }
                return
            }
            let answer = Answer(question: question, text: newValue)
            if let known {
                answers[known] = answer
            } else {
                let rank = Self.rank(of: question)
                answers.insert(answer, at: answers.firstIndex { Self.rank(of: $0.question) > rank } ?? answers.endIndex)
            }
        }
    }

    private static func rank(of question: QuestionID) -> Int {
        IntakeField.allCases.firstIndex { $0.rawValue == question.text } ?? IntakeField.allCases.count
    }
}

/// The standard questions, in the order in which they are asked: those of a topic that names none.
package enum IntakeField: String, Sendable, CaseIterable {
    case what, when, account, payment, device, goal

    package var id: QuestionID { QuestionID(rawValue) }
}
