// A mail that somebody sent about an inquiry, as far as it concerns the desk: read, checked and found out about outside.

/// A customer's answer by mail.
package struct IncomingMail: Sendable, Equatable {
    /// Attachments that are named; further ones are counted with the last.
    package static let attachmentLimit = 20

    package let inquiry: ChatID
    /// What tells it from other mails: made of its `Message-ID`, or of the whole of it if it has none. The same mail
    /// comes again when a mail server has not heard that it was taken.
    package let id: ClientMessageID
    /// Its `Message-ID`; nil when it has none that can be repeated.
    package let reference: MailReference?
    /// Who sent it, as far as a mail says that; nil when its `From` is no address of ours.
    package let from: EmailAddress?
    /// What was written, without what was quoted, in pieces that a message can hold: at least one, each not empty.
    package let texts: [Text]
    /// What was cut off as quoted, at most 64 KiB.
    package let quoted: Text?
    /// Names of attachments, each at most 255 bytes: what is in them is not kept.
    package let attachments: [Text]

    package init(
        inquiry: ChatID, id: ClientMessageID, reference: MailReference?, from: EmailAddress?, texts: [Text],
        quoted: Text?, attachments: [Text]
    ) {
        self.inquiry = inquiry
        self.id = id
        self.reference = reference
        self.from = from
        self.texts = texts
        self.quoted = quoted
        self.attachments = attachments
    }
}

/// A mail server says that a mail of ours could not be delivered, for good (RFC 3464).
package struct MailBounce: Sendable, Equatable {
    package static let statusLimitBytes = 32

    package let inquiry: ChatID
    /// Such as `5.1.1` (RFC 3463); nil when it does not say.
    package let status: Text?

    package init(inquiry: ChatID, status: Text?) {
        self.inquiry = inquiry
        self.status = status
    }
}

/// What became of a mail that came in.
package enum IncomingMailOutcome: String, Sendable, CaseIterable {
    /// It stands in the inquiry.
    case stored
    /// It stood there already.
    case duplicate
    /// The address is marked.
    case bounced
    /// There is no such inquiry, or not any more.
    case unknown
    /// Too many mails about one inquiry in an hour: to be tried again later.
    case limited
}
