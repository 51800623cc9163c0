// What the server says to an agent, as the console understands it. Codes and names stay strings, because a newer server
// may know more of them than we do; whoever shows them sanitises them.

package import SangdamCore

/// One message of the server, heard.
package enum HeardMessage: Sendable, Equatable {
    case welcome(AgentState?)
    /// A command was carried out; `about` is its name.
    case ok(about: String, chat: ChatID?)
    /// The same of an `override`: when it ends, by the desk's own clock; nil for good.
    case overridden(until: String?)
    case topics([TopicLabel])
    case offer(OfferMessage)
    case offerClosed(OfferID, reason: String)
    case started(StartedMessage)
    case words(WordsMessage)
    case note(NoteMessage)
    case ack(chat: ChatID, id: String?, seq: UInt64)
    case typing(chat: ChatID, who: String?, isOn: Bool)
    case party(chat: ChatID, who: String, state: String)
    case ended(chat: ChatID, reason: String, receipt: String?)
    case status(AgentState)
    /// What a search of the frequent questions found, the best first.
    case faq([FAQAnswer])
    case inquiry(InquiryMessage)
    case inquiries([InquiryMessage], total: UInt64)
    case inquiryNews(InquiryNewsMessage)
    case pong
    case error(ErrorMessage)
    case bye(code: String, message: String, reconnect: Bool)
    /// Of a type that the console has no use for.
    case other(String)
}

/// How the agent stands with the desk, as far as the message says.
package struct AgentState: Sendable, Equatable {
    package var name: String?
    package var status: String
    /// The status that comes once the open chats are done.
    package var statusAfterChats: String?
    package var capacity: Int?
    package var autoAccept: Bool?
    package var cause: String?
}

/// A topic under the name that people read.
package struct TopicLabel: Sendable, Equatable {
    package var id: String
    package var label: String
    package var queue: String
    /// Nil: the standard ones.
    package var questions: [QuestionLabel]?

    package init(id: String, label: String, queue: String, questions: [QuestionLabel]? = nil) {
        (self.id, self.label, self.queue, self.questions) = (id, label, queue, questions)
    }
}

/// A topic's question, or one of a question's choices, under the name that people read.
package struct QuestionLabel: Sendable, Equatable {
    package var id: String
    package var label: String
    package var choices: [QuestionLabel]

    package init(id: String, label: String, choices: [QuestionLabel] = []) {
        (self.id, self.label, self.choices) = (id, label, choices)
    }
}

/// The details that the customer gave, in the order in which they came.
package struct IntakeMessage: Sendable, Equatable {
    package struct Answer: Sendable, Equatable {
        package var question: String
        package var text: String

        package init(question: String, text: String) {
            (self.question, self.text) = (question, text)
        }
    }

    package var answers: [Answer] = []

    package init(_ answers: [Answer] = []) {
        self.answers = answers
    }
}

/// A chat held out to this agent.
package struct OfferMessage: Sendable, Equatable {
    package var offer: OfferID
    package var chat: ChatID
    package var queue: String
    package var topic: String
    package var language: String
    package var waited: Interval
    package var intake: IntakeMessage
    package var expires: Instant?
}

/// This agent's chat with a customer, new or again after a reconnect.
package struct StartedMessage: Sendable, Equatable {
    package var chat: ChatID
    package var customer: String?
    package var queue: String
    package var topic: String
    package var language: String
    package var waited: Interval?
    package var intake: IntakeMessage
    package var isWrappingUp: Bool
    package var isAway: Bool
}

/// Something that was said in a chat.
package struct WordsMessage: Sendable, Equatable {
    package var chat: ChatID
    package var seq: UInt64
    package var from: String
    package var name: String?
    package var id: String?
    package var text: String
    package var at: Instant?
}

/// Something for agents only.
package struct NoteMessage: Sendable, Equatable {
    package var chat: ChatID
    package var seq: UInt64
    package var by: String?
    package var id: String?
    package var text: String
    package var at: Instant?
}

/// An inquiry, or a line of the list of them.
package struct InquiryMessage: Sendable, Equatable {
    package var inquiry: ChatID
    package var state: String
    package var queue: String
    package var topic: String
    package var language: String
    package var arrived: Instant?
    /// By the desk's own clock.
    package var dueLocal: String
    package var isOverdue: Bool
    package var agent: String?
    /// The rest stands in no list.
    package var receipt: String?
    package var customer: String?
    package var email: String?
    package var isMailed: Bool
    package var isBounced: Bool
    package var intake: IntakeMessage
    package var of: ChatID?
}

/// Something that happened to an inquiry.
package struct InquiryNewsMessage: Sendable, Equatable {
    package var news: String
    package var inquiry: ChatID
    package var queue: String
    package var topic: String
    package var dueLocal: String
    package var percent: UInt64?
    package var agent: String?
    package var open: UInt64
}

/// A refusal; `id` is that of the words it is about.
package struct ErrorMessage: Sendable, Equatable {
    package var code: String
    package var message: String
    package var id: String?
    /// What `bad_field` is about.
    package var field: String?
    package var retryAfter: Interval?
}
