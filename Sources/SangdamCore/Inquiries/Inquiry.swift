// A question that is answered later, as far as it must survive a restart. Its words are in the journal alone, under the
// inquiry's id, as a chat's are; only what is still to be mailed is here. Changed by `DeskState.apply` only.

/// An inquiry's durable state. Its id is of the kind that chats have: both are conversations of one record.
package struct Inquiry: Sendable, Equatable {
    package let id: ChatID
    package let topic: TopicID
    package let queue: QueueID
    package let language: Language
    package let token: TokenDigest
    package let receipt: Receipt
    package let name: Text?
    package let email: EmailAddress?
    /// Mails are sent to that address.
    package let isMailed: Bool
    /// The chat that it came out of, or the customer's last one before it.
    package let of: ChatID?
    /// The customer's own id for it: the same wish said again is the same inquiry.
    package let clientID: ClientMessageID?
    package let arrivedAt: Instant
    package var intake = Intake()
    /// The seq of its last journal line.
    package var lastSeq: UInt64 = 1
    package var phase = InquiryPhase.arriving
    /// Since when the customer waits for an answer: since the arrival, or the last reopening.
    package var askedAt: Instant
    package var clock: InquiryClock
    /// How many of the reminders were given.
    package var remindersGiven = 0
    /// Who answered last.
    package var lastAgent: AgentName?
    /// The ids of what was stored lately.
    package var acked = AckWindow()
    /// The address takes no mail, another server says.
    package var isBounced = false
    /// Not sent yet, oldest first.
    package var mails: [PendingMail] = []
    /// Which mail was the first of all.
    package var firstMail: UInt64?
    /// What the customer's last words came in, if they came by mail.
    package var lastReference: MailReference?

    package init(id: ChatID, _ inquired: Inquired, at instant: Instant) {
        self.id = id
        topic = inquired.topic
        queue = inquired.queue
        language = inquired.language
        token = inquired.token
        receipt = inquired.receipt
        name = inquired.name
        email = inquired.email
        isMailed = inquired.isMailed
        of = inquired.of
        clientID = inquired.clientID
        arrivedAt = instant
        askedAt = instant
        clock = inquired.clock
    }

    /// The part of the time that has passed when agents are reminded for the `index`th time, in percent.
    package static let reminderPercents = [50, 80, 100]

    /// What is not sent yet for one inquiry, at most: an agent who answers more often has to wait for the mails.
    package static let pendingMailLimit = 20
}

/// Where an inquiry stands.
///
/// arriving → open → taken → answered → closed, and from the last two to reopened, which is answered like an open one.
package enum InquiryPhase: Sendable, Equatable {
    /// Without words yet: within the event that brings it, or where a crash cut the rest of that event off.
    case arriving
    case open
    case taken(AgentName)
    case answered(AgentName, since: Instant)
    /// The customer said more; with the agent who answered before, if that one was there.
    case reopened(AgentName?)
    case closed(since: Instant)

    /// The agent whose turn it is.
    package var holder: AgentName? {
        switch self {
        case .taken(let agent): agent
        case .reopened(let agent): agent
        case .arriving, .open, .answered, .closed: nil
        }
    }

    /// The customer waits for an answer.
    package var isDue: Bool {
        switch self {
        case .open, .taken, .reopened: true
        case .arriving, .answered, .closed: false
        }
    }
}

/// Until when an answer is due, and when agents are reminded of it: as decided when the customer asked, so that no
/// later clock and no other configuration moves it.
package struct InquiryClock: Sendable, Equatable {
    package let due: Instant
    /// When each of `Inquiry.reminderPercents` has passed, rising; the last is `due`.
    package let reminders: [Instant]

    package init(due: Instant, reminders: [Instant]) {
        self.due = due
        self.reminders = reminders
    }
}

/// A mail that is not sent yet.
package struct PendingMail: Sendable, Equatable {
    /// The seq of the line that it is about.
    package let number: UInt64
    package let since: Instant
    package let content: Content

    package enum Content: Sendable, Equatable {
        case acknowledgement
        /// The text is nil once it has been erased: nothing is sent of it.
        case answer(Text?, by: AgentName)
    }

    package init(number: UInt64, since: Instant, _ content: Content) {
        self.number = number
        self.since = since
        self.content = content
    }
}
