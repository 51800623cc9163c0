// What an organisation decides about questions that are answered later.

/// How inquiries are dealt with.
package struct InquiryRules: Sendable, Equatable {
    /// Whose hours count until an answer is due; words of the configuration.
    package enum Clock: String, Sendable, CaseIterable {
        /// All of them.
        case wall
        /// Those in which the queue is open.
        case hours
    }

    package var due = Interval.seconds(86_400)
    package var clock = Clock.wall
    /// Inquiries that one agent may hold at once.
    package var capacity = 10
    /// An answered inquiry to which nothing more is said is closed after this long.
    package var lapse = Interval.seconds(7 * 86_400)
    /// A closed one can be reopened, and be read by its receipt, for this long.
    package var memory = Interval.seconds(30 * 86_400)
    /// Inquiries in an hour from one e-mail address, and from one customer.
    package var perHour = 5
    /// Inquiries in an hour from one network address, behind which there may be many customers.
    package var perOriginHour = 60
    /// Mails and messages in an hour that a customer may add to one inquiry.
    package var repliesPerHour = 20
    /// Inquiries that are neither answered nor closed.
    package var openLimit = 10_000
    /// Of a question, an answer or what is added, in bytes.
    package var textBytes = 8_000
    /// Whether mails can be sent: without it an e-mail address is kept for the agent alone.
    package var isMailed = false

    package init() {}
}
