// What is remembered of inquiries beside their words, which are `message` lines like a chat's, and their intake.

/// What happened to an inquiry. The journal's kinds are `inquired`, `inquiry_taken`, `inquiry_released`,
/// `inquiry_reopened`, `inquiry_reminded`, `inquiry_closed`, `mail_received`, `mailed` and `mail_bounced`.
package enum InquiryRecord: Sendable, Equatable {
    /// It begins; its first words follow in the same batch.
    case inquired(Inquired)
    case taken(AgentName)
    case released(AgentName, InquiryReleaseCause)
    /// The words before it were the customer's, and wait for an answer again.
    case reopened(InquiryClock, by: AgentName?)
    /// So much of the time has passed, in percent.
    case reminded(percent: Int)
    /// `by` is nil when time closed it.
    case closed(by: AgentName?, WrapUpReport)
    /// The words behind it came by mail.
    case mailReceived(ReceivedMailRecord)
    /// The mail about the line `number` is done with.
    case mailed(number: UInt64, MailEnd)
    /// A mail came back: status as in RFC 3463.
    case mailBounced(status: Text?)
}

/// An inquiry begins.
package struct Inquired: Sendable, Equatable {
    package var topic: TopicID
    package var queue: QueueID
    package var language: Language
    package var name: Text?
    package var email: EmailAddress?
    package var isMailed: Bool
    package var token: TokenDigest
    package var receipt: Receipt
    package var clock: InquiryClock
    package var of: ChatID?
    package var clientID: ClientMessageID?
    package var consent: NoticeVersion?

    package init(
        topic: TopicID, queue: QueueID, language: Language, name: Text?, email: EmailAddress?, isMailed: Bool,
        token: TokenDigest, receipt: Receipt, clock: InquiryClock, of: ChatID? = nil,
        clientID: ClientMessageID? = nil, consent: NoticeVersion? = nil
    ) {
        self.topic = topic
        self.queue = queue
        self.language = language
        self.name = name
        self.email = email
        self.isMailed = isMailed
        self.token = token
        self.receipt = receipt
        self.clock = clock
        self.of = of
        self.clientID = clientID
        self.consent = consent
    }
}

/// Why an agent no longer holds an inquiry that is not answered.
package enum InquiryReleaseCause: String, Sendable, CaseIterable {
    case agent
    case agentLost = "agent_lost"
    case accountChanged = "account_changed"
    case agentOffline = "agent_offline"
}

/// What came with a customer's mail beside its words.
package struct ReceivedMailRecord: Sendable, Equatable {
    package var reference: MailReference?
    /// The sender's address where it is another one than the inquiry's: anybody who has the mail can answer it.
    package var from: EmailAddress?
    package var attachments: [Text]
    package var quoted: Text?

    package init(
        reference: MailReference?, from: EmailAddress?, attachments: [Text] = [], quoted: Text? = nil
    ) {
        self.reference = reference
        self.from = from
        self.attachments = attachments
        self.quoted = quoted
    }

    /// Whether words of somebody's are in it, which may have to be erased one day.
    package var holdsWords: Bool { from != nil || !attachments.isEmpty || quoted != nil }
}

/// How a mail came to its end.
package enum MailEnd: Sendable, Equatable {
    case sent
    /// The other server's words or the system's, at most 200 bytes; nil once they are erased.
    case failed(Text?)
}
