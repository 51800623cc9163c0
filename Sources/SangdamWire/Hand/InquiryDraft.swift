// Words by hand that go out only once they are whole: a question that is answered later, or what is added to one.
// A draft grows a line at a time, never past the limit of one message, and lives until the desk has taken it or its
// writer gives it up.

internal import SangdamCore

/// What somebody is writing.
struct InquiryDraft {
    enum Goal: Equatable {
        /// A new inquiry.
        case inquiry
        /// More words for the one of this receipt.
        case reply(Receipt)
    }

    /// What is known of the address that answers are to be mailed to.
    enum Email: Equatable {
        case notAsked, none
        case address(EmailAddress)
    }

    var goal: Goal
    /// The same over all tries, so that the desk takes it once.
    let id: ClientMessageID?
    /// Topic, answers and name are those of the customer's chat, which the desk knows.
    var takesOverChat = false
    var topic: TopicStatus?
    /// Answers to what the topic must know.
    var intake = Intake()
    var email = Email.notAsked
    /// No further line is wanted.
    var isWhole = false
    private var lines: [UInt8] = []

    init(_ goal: Goal, id: ClientMessageID?) {
        self.goal = goal
        self.id = id
    }

    /// Without the blank lines around.
    var text: Text { Text(Text(validated: lines).string.trimmedOfBlanks) }
    var hasWords: Bool { !text.hasNothingToSee }

    /// Which topic it is about nobody knows yet.
    var needsTopic: Bool { goal == .inquiry && topic == nil && !takesOverChat }

    /// Required questions that are not answered yet.
    var openQuestions: [Question] {
        topic?.questions.filter { $0.isRequired && intake[$0.id] == nil } ?? []
    }

    /// How many bytes of a further line there is room for.
    func room(within limitBytes: Int) -> Int { max(0, limitBytes - lines.count - (lines.isEmpty ? 0 : 1)) }

    /// The caller has seen to it that there is room.
    mutating func append(_ line: Text) {
        if !lines.isEmpty { lines.append(UInt8(ascii: "\n")) }
        lines += line.utf8
    }
}
