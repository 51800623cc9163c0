// A mail that the desk wants sent, as values. What it looks like on the wire, and how it gets there, is not the desk's
// affair; what became of it is.

/// One mail about an inquiry.
package struct OutgoingMail: Sendable, Equatable {
    /// Why it is sent.
    package enum Content: Sendable, Equatable {
        /// The inquiry has come. It repeats nothing that its sender wrote: whoever gave another person's address could
        /// send that person words of ours only.
        case acknowledgement(due: LocalTime)
        case answer(Text, by: AgentName)
    }

    package let inquiry: ChatID
    /// The seq of the line of the inquiry that it is about. With the inquiry's id it makes the `Message-ID`, so that the
    /// same mail sent twice is known to be the same.
    package let number: UInt64
    package let to: EmailAddress
    package let content: Content
    package let language: Language
    package let receipt: Receipt
    package let desk: Localised
    package let topic: Localised
    /// When the desk wanted it.
    package let date: Instant
    /// The customer's last mail, if the last words came by mail.
    package let inReplyTo: MailReference?
    /// The number of the mail that began the conversation; the same as `number` in that one itself.
    package let firstNumber: UInt64

    package init(
        inquiry: ChatID, number: UInt64, to: EmailAddress, content: Content, language: Language, receipt: Receipt,
        desk: Localised, topic: Localised, date: Instant, inReplyTo: MailReference?, firstNumber: UInt64
    ) {
        self.inquiry = inquiry
        self.number = number
        self.to = to
        self.content = content
        self.language = language
        self.receipt = receipt
        self.desk = desk
        self.topic = topic
        self.date = date
        self.inReplyTo = inReplyTo
        self.firstNumber = firstNumber
    }
}

/// How one try to send a mail ended. The words are the other server's or the system's, for operators: at most 200 bytes,
/// printable.
package enum MailResult: Sendable, Equatable {
    /// The next server has taken it.
    case sent
    /// The next server will never take it for this receiver.
    case refused(Text)
    /// Not now: this mail.
    case deferred(Text)
    /// Not now: no mail at all, the next server cannot be reached or does not let us in.
    case unreachable(Text)
}
