// What a party may ask of the desk: the messages of Protocol.md#Customers and Protocol.md#Agents, decoded and within
// their limits. Every mode of the chat port (JSON lines, by hand, WebSocket) turns its bytes into these and into
// nothing else.

/// One wish of one party.
///
/// `hello` is not among them: it makes the party and so arrives as an `Event` of its own. What is large and seldom is
/// boxed, so that a list of words is no longer than it must be.
package enum Command: Sendable, Equatable {
    // Customers
    case topics
    /// `consent`: the version of the privacy notice that the customer agreed to.
    indirect case enter(topic: TopicID, intake: Intake?, consent: NoticeVersion? = nil)
    /// What the customer tells before the first word; earlier answers stay unless they are answered again.
    indirect case intake(Intake)
    case leave
    /// The input of a connection by hand has ended: a leave, unless another connection of the customer's is there.
    case hangUp
    case rate(score: UInt8, comment: Text?)
    /// The customer's position: answered by `queued` (or `started`).
    case position
    /// The customer's own chat from its first word.
    case transcript
    case language(Language)
    indirect case inquire(InquiryWish)
    /// The inquiry of this receipt, with what was said.
    case inquiry(Receipt)
    /// More words for it.
    case reply(Receipt, id: ClientMessageID?, text: Text)

    // Both
    /// Customers, who have one at most, need not name the `chat`; `id` is nil by hand.
    case say(chat: ChatID?, id: ClientMessageID?, text: Text)
    indirect case faq(FAQQuery)
    /// Whether what was found of the frequent questions was enough.
    case faqHelped(Bool)
    case typing(chat: ChatID?, isOn: Bool)
    case seen(chat: ChatID?, seq: UInt64)

    // Agents
    indirect case status(StatusChange)
    case accept(OfferID)
    indirect case decline(OfferID, reason: Text?)
    case note(chat: ChatID, id: ClientMessageID?, text: Text)
    indirect case transfer(chat: ChatID, to: TransferTarget, kind: TransferKind)
    case end(chat: ChatID)
    indirect case wrapUp(chat: ChatID, WrapUpReport)
    /// Those that wait for an answer, or those in one state.
    indirect case inquiries(queue: QueueID?, state: InquiryState?)
    /// That one, or the one that is due first, of the queue or of all.
    indirect case take(inquiry: ChatID?, queue: QueueID?)
    case answer(inquiry: ChatID, id: ClientMessageID?, text: Text)
    case release(inquiry: ChatID)
    indirect case close(inquiry: ChatID, WrapUpReport)

    // Supervisors
    indirect case override(OverrideOrder)
}

extension Command {
    /// The chat that it names.
    package var chat: ChatID? {
        switch self {
        case .say(let chat, _, _), .typing(let chat, _), .seen(let chat, _): chat
        case .note(let chat, _, _), .transfer(let chat, _, _), .end(let chat), .wrapUp(let chat, _): chat
        case .topics, .enter, .intake, .leave, .hangUp, .rate, .position, .transcript, .language, .faq, .faqHelped,
            .inquire, .inquiry, .reply, .status, .accept, .decline, .inquiries, .take, .answer, .release, .close,
            .override:
            nil
        }
    }

    /// The sender's own id of the message, so that a refusal can name it.
    package var messageID: ClientMessageID? {
        switch self {
        case .say(_, let id, _), .note(_, let id, _), .reply(_, let id, _), .answer(_, let id, _): id
        case .inquire(let wish): wish.id
        case .topics, .enter, .intake, .leave, .hangUp, .rate, .position, .transcript, .language, .faq, .faqHelped,
            .inquiry, .typing, .seen, .status, .accept, .decline, .transfer, .end, .wrapUp, .inquiries, .take, .release,
            .close, .override:
            nil
        }
    }
}

/// A question that is to be answered later.
package struct InquiryWish: Sendable, Equatable {
    /// Nil for the topic of the chat that it comes out of.
    package var topic: TopicID?
    package var text: Text
    package var email: EmailAddress?
    /// Nil for the customer's name, if that was said.
    package var name: Text?
    package var intake: Intake?
    package var consent: NoticeVersion?
    /// The same wish with the same id is the same inquiry.
    package var id: ClientMessageID?

    package init(
        topic: TopicID?, text: Text, email: EmailAddress? = nil, name: Text? = nil, intake: Intake? = nil,
        consent: NoticeVersion? = nil, id: ClientMessageID? = nil
    ) {
        self.topic = topic
        self.text = text
        self.email = email
        self.name = name
        self.intake = intake
        self.consent = consent
        self.id = id
    }
}

/// What `status` changes; nil leaves a thing as it is.
package struct StatusChange: Sendable, Equatable {
    package var status: AgentStatus?
    package var capacity: Int?
    package var autoAccept: Bool?
    /// Finish the open chats first, take no new ones, and only then be `status`.
    package var afterChats: Bool

    package init(status: AgentStatus? = nil, capacity: Int? = nil, autoAccept: Bool? = nil, afterChats: Bool = false) {
        self.status = status
        self.capacity = capacity
        self.autoAccept = autoAccept
        self.afterChats = afterChats
    }
}

/// A queue is to be open or closed whatever the clock says, or is to go by the clock again.
package struct OverrideOrder: Sendable, Equatable {
    /// A word of the protocol.
    package enum State: String, Sendable, CaseIterable {
        case open, closed
        /// By the clock.
        case auto
    }

    package var queue: QueueID
    package var state: State
    /// Until then; nil for the next time that the clock opens or closes the queue, or for good where it never does.
    package var until: Instant?

    package init(queue: QueueID, state: State, until: Instant? = nil) {
        self.queue = queue
        self.state = state
        self.until = until
    }
}

/// What is given to the desk from the server's own machine.
package enum Order: Sendable {
    /// A command of somebody whom the system calls so.
    case override(OverrideOrder, by: Text)
    case mail(IncomingMail)
    case bounce(MailBounce)
}

/// What became of an order: true once what the event wrote is durable.
package enum OrderOutcome: Sendable {
    case overridden(OverrideNotice)
    case mail(IncomingMailOutcome)
    case refused(Refusal)
}

/// How a queue stands behind an order that was carried out.
package struct OverrideNotice: Sendable, Equatable {
    package let queue: QueueID
    package let state: OverrideOrder.State
    package let isOpen: Bool
    /// When the decision ends, named or computed; nil where there is none, or where it holds until somebody takes it
    /// back.
    package let until: LocalTime?

    package init(queue: QueueID, state: OverrideOrder.State, isOpen: Bool, until: LocalTime?) {
        self.queue = queue
        self.state = state
        self.isOpen = isOpen
        self.until = until
    }
}

/// What an agent wants to be given; the raw value is the protocol's.
package enum AgentStatus: String, Sendable, CaseIterable {
    case available
    case onBreak = "break"
    case offline
}

/// Where a chat is passed on to.
package enum TransferTarget: Sendable, Equatable {
    case queue(QueueID)
    case agent(AgentName)
}

/// Cold: the agent lets go at once. There is no other kind as yet.
package enum TransferKind: String, Sendable {
    case cold
}

/// What an agent says about a chat when wrapping up.
package struct WrapUpReport: Sendable, Equatable {
    /// 1 to 64 bytes, free within the organisation.
    package var disposition: Text?
    package var isResolved: Bool?
    /// At most 16 of at most 64 bytes.
    package var tags: [Text]

    package init(disposition: Text? = nil, isResolved: Bool? = nil, tags: [Text] = []) {
        self.disposition = disposition
        self.isResolved = isResolved
        self.tags = tags
    }
}
