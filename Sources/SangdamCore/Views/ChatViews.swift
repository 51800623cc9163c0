// A chat as its parties are shown it: on offer, with its customer's card, with its words.

/// A chat held out to an agent, with all that is known of it.
package struct OfferNotice: Sendable {
    package let offer: OfferID
    package let chat: ChatID
    package let queue: QueueID
    package let topic: TopicID
    package let language: Language
    package let waited: Interval
    package let intake: Intake
    package let expires: Instant

    package init(
        offer: OfferID, chat: ChatID, queue: QueueID, topic: TopicID, language: Language, waited: Interval,
        intake: Intake, expires: Instant
    ) {
        self.offer = offer
        self.chat = chat
        self.queue = queue
        self.topic = topic
        self.language = language
        self.waited = waited
        self.intake = intake
        self.expires = expires
    }
}

/// An agent and a customer are together; each side is told about the other.
package struct StartedNotice: Sendable {
    package enum Other: Sendable {
        case agent(AgentName)
        case customer(CustomerCard)
    }

    package let chat: ChatID
    package let other: Other
    package let seq: UInt64

    package init(chat: ChatID, other: Other, seq: UInt64) {
        self.chat = chat
        self.other = other
        self.seq = seq
    }
}

/// What an agent sees of a customer.
package struct CustomerCard: Sendable, Equatable {
    package let name: Text?
    package let queue: QueueID
    package let topic: TopicID
    package let language: Language
    package let waited: Interval
    package let intake: Intake
    /// The chat is over and only wrap-up is left.
    package let isWrappingUp: Bool
    package let isAway: Bool

    package init(
        name: Text?, queue: QueueID, topic: TopicID, language: Language, waited: Interval, intake: Intake,
        isWrappingUp: Bool, isAway: Bool
    ) {
        self.name = name
        self.queue = queue
        self.topic = topic
        self.language = language
        self.waited = waited
        self.intake = intake
        self.isWrappingUp = isWrappingUp
        self.isAway = isAway
    }
}

extension OfferNotice {
    /// Nil when the chat is not on offer.
    init?(_ chat: Chat, at now: Instant) {
        guard case .offered(let offer, _) = chat.phase else { return nil }
        self.init(
            offer: offer.id, chat: chat.id, queue: chat.queue, topic: chat.topic, language: chat.language,
            waited: now - chat.queuedAt, intake: chat.intake, expires: offer.expires)
    }
}

extension CustomerCard {
    init(_ chat: Chat) {
        self.init(
            name: chat.name, queue: chat.queue, topic: chat.topic, language: chat.language, waited: chat.waited,
            intake: chat.intake, isWrappingUp: !chat.phase.isOpen, isAway: chat.customerAwaySince != nil)
    }
}

extension ServerMessage {
    /// The chat has begun, as its agent is told.
    static func started(_ chat: Chat) -> ServerMessage {
        .started(StartedNotice(chat: chat.id, other: .customer(CustomerCard(chat)), seq: chat.startedSeq))
    }

    /// The chat has begun, as its customer is told.
    static func started(_ chat: Chat, with agent: AgentName) -> ServerMessage {
        .started(StartedNotice(chat: chat.id, other: .agent(agent), seq: chat.startedSeq))
    }
}

extension MessageNotice {
    /// - Parameter customer: the customer's name, which the words do not have.
    init(_ message: StoredMessage, in chat: ChatID, as customer: Text?, seq: UInt64, at instant: Instant) {
        self.init(
            chat: chat, seq: seq, from: message.from,
            name: message.name.map { Text($0.text) } ?? (message.from == .customer ? customer : nil), id: message.id,
            body: message.text.map { .words($0) } ?? .erased, at: instant)
    }
}
