// The peer's faults: each has a stable code that programs may rely on. People read the message that the wire makes of
// it in their language.

/// Why something was refused. The raw value is the protocol's `code` and a label of `sangdam_refusals_total`: never
/// change one.
package enum RefusalCode: String, Sendable, CaseIterable, Error {
    // What the bytes were
    case badJSON = "bad_json"
    case badUTF8 = "bad_utf8"
    case badField = "bad_field"
    case tooLong = "too_long"
    /// Words with nothing to see.
    case empty
    case unknownType = "unknown_type"
    case unknownVerb = "unknown_verb"
    // Who asks
    case helloFirst = "hello_first"
    case alreadyWelcome = "already_welcome"
    case notAllowed = "not_allowed"
    case wrongPassword = "wrong_password"
    case locked = "locked"
    case unknownToken = "unknown_token"
    // What it is about
    case unknownTopic = "unknown_topic"
    case intakeRequired = "intake_required"
    case unknownQueue = "unknown_queue"
    case unknownAgent = "unknown_agent"
    case unknownChat = "unknown_chat"
    case unknownOffer = "unknown_offer"
    case alreadyInChat = "already_in_chat"
    case noChat = "no_chat"
    case chatNotActive = "chat_not_active"
    case chatsOpen = "chats_open"
    case agentUnavailable = "agent_unavailable"
    case unsupported
    case nothingToRate = "nothing_to_rate"
    /// The present privacy notice was not agreed to.
    case consentRequired = "consent_required"
    case unknownInquiry = "unknown_inquiry"
    /// A colleague has it.
    case inquiryTaken = "inquiry_taken"
    /// To be answered, released or closed it must be taken first.
    case inquiryNotTaken = "inquiry_not_taken"
    case inquiryClosed = "inquiry_closed"
    // What there is no room for
    case rateLimited = "rate_limited"
    case queueFull = "queue_full"
    /// The agent holds as many inquiries as one may, or more mails of one wait than may.
    case capacityFull = "capacity_full"
    /// The queue is outside its hours, or nobody is on duty for it, and takes no chat then.
    case closed
    case unstaffed
    case storageFull = "storage_full"
    case draining
    case busy
}

/// A refusal on its way to whoever caused it.
package struct Refusal: Sendable, Equatable, Error {
    package var code: RefusalCode
    /// The refused message's own id, so that its sender can tell which it was.
    package var messageID: ClientMessageID?
    /// For `rate_limited` and `locked`: after how long another try can succeed; nil for an account that somebody has
    /// locked, until somebody unlocks it.
    package var retryAfter: Interval?
    /// The field at fault, or for `not_allowed` the type: a name of the protocol's or a question's, never words.
    package var subject: String?
    /// For `queue_full`, `closed` and `unstaffed`: topics that are still open.
    package var openTopics: [TopicID]
    /// For `intake_required`: the questions that must be answered first and are not.
    package var missing: [QuestionID]
    /// For `closed` and `unstaffed`: what else there is.
    package var alternatives: Alternatives?
    /// It is the `hello` that is refused with a code that commands can get too: its sender may say it again.
    package var answersHello: Bool

    package init(
        _ code: RefusalCode, messageID: ClientMessageID? = nil, retryAfter: Interval? = nil, subject: String? = nil,
        openTopics: [TopicID] = [], missing: [QuestionID] = [], alternatives: Alternatives? = nil,
        answersHello: Bool = false
    ) {
        self.alternatives = alternatives
        self.answersHello = answersHello
        self.code = code
        self.messageID = messageID
        self.retryAfter = retryAfter
        self.subject = subject
        self.openTopics = openTopics
        self.missing = missing
    }
}

/// Why the server closes a connection, told in `bye`. The raw value is the protocol's `code` and a label of
/// `sangdam_disconnects_total`.
package enum Farewell: String, Sendable, CaseIterable {
    case shuttingDown = "shutting_down"
    case tooSlow = "too_slow"
    case idle
    case left
    case replaced
    /// The agent's account was removed, locked or cut, or has another password.
    case accountChanged = "account_changed"
    case helloTimeout = "hello_timeout"
    case otherProtocol = "other_protocol"
    /// Earlier words of the chat cannot be read back just now.
    case historyUnavailable = "history_unavailable"

    /// Whether the client should come back by itself.
    package var reconnect: Bool {
        switch self {
        case .shuttingDown, .tooSlow, .historyUnavailable: true
        case .idle, .left, .replaced, .accountChanged, .helloTimeout, .otherProtocol: false
        }
    }
}
