// What the desk tells a session: the messages of Protocol.md#What-the-server-says as values. The session's own mode and
// language make bytes of them; the desk knows neither.

/// One message to one session. The large ones are boxed: a message goes to several sessions and into the chat's memory,
/// and is copied on the way.
package enum ServerMessage: Sendable {
    indirect case welcome(Welcome)
    case ok(about: String, chat: ChatID?)
    /// The same of an `override`, with what it has led to.
    indirect case overridden(OverrideNotice)
    indirect case topics(TopicsNotice)
    indirect case queued(QueuedNotice)
    /// It takes longer than a waiting customer may have thought.
    indirect case delayed(DelayNotice)
    indirect case offer(OfferNotice)
    case offerClosed(OfferID, OfferOutcome)
    indirect case started(StartedNotice)
    indirect case message(MessageNotice)
    /// A colleague's or one's own note; agents only.
    indirect case note(NoteNotice)
    case ack(chat: ChatID, id: ClientMessageID?, seq: UInt64)
    case typing(chat: ChatID, who: Party, isOn: Bool)
    case seen(chat: ChatID, who: Party, seq: UInt64)
    case party(chat: ChatID, who: Party, PartyState)
    case ended(chat: ChatID, EndReason, receipt: Receipt)
    indirect case status(AgentNotice)
    /// An inquiry as it is now; an agent's says all that is known of it. What was said follows as messages.
    indirect case inquiry(InquiryNotice)
    indirect case inquiries(InquiryList)
    /// Something happened to an inquiry that an agent may have to do with.
    indirect case inquiryNews(InquiryNews)
    /// What a search of the frequent questions found, the best first; `isUnasked` as in the query.
    case faq([FAQAnswer], isUnasked: Bool = false)
    /// Frames the words of a requested transcript for people who read by hand.
    case transcript(TranscriptMark)
    indirect case error(Refusal)
    case bye(Farewell)
}

/// Whose words or whose presence a message is about.
package enum Party: String, Sendable {
    case customer
    case agent
    case system
}

/// What became of a party of a chat.
package enum PartyState: String, Sendable {
    case left, away, back
}

/// Where a requested transcript begins and ends.
package enum TranscriptMark: Sendable {
    case begins, ends
}

/// A secret that lets a customer come back: shown once, kept nowhere. `digest` is what the desk keeps.
package struct IssuedToken: Sendable {
    package let secret: Text
    package let digest: TokenDigest

    package init(secret: Text, digest: TokenDigest) {
        self.secret = secret
        self.digest = digest
    }
}

/// The answer to `hello`.
package struct Welcome: Sendable {
    package let session: SessionID
    /// Nil for agents, whose password is their way back.
    package let token: Text?
    package let language: Language
    /// The server's time, for clients whose clock is wrong.
    package let at: Instant
    /// What one text may hold, in bytes of UTF-8.
    package let textBytes: Int
    /// The organisation's name for the desk.
    package let desk: Localised
    /// For agents only.
    package let agent: AgentNotice?

    package init(
        session: SessionID, token: Text?, language: Language, at: Instant, textBytes: Int,
        desk: Localised = Localised([:]), agent: AgentNotice?
    ) {
        self.at = at
        self.textBytes = textBytes
        self.desk = desk
        self.session = session
        self.token = token
        self.language = language
        self.agent = agent
    }
}

/// Why an agent's status is what it is.
package enum StatusCause: String, Sendable {
    case asked
    case signedIn = "signed_in"
    case unanswered
    case chatsDone = "chats_done"
    case lost
    case accountChanged = "account_changed"
}

/// How an offer came to its end.
package enum OfferOutcome: String, Sendable, CaseIterable {
    case accepted
    case declined
    case expired
    /// Taken back: the customer left or the agent's connection was lost.
    case rescinded
}

/// Words of a chat as one of its parties gets them.
package struct MessageNotice: Sendable {
    package let chat: ChatID
    package let seq: UInt64
    package let from: Party
    package let name: Text?
    package let id: ClientMessageID?
    package let body: MessageBody
    package let at: Instant

    package init(
        chat: ChatID, seq: UInt64, from: Party, name: Text?, id: ClientMessageID?, body: MessageBody, at: Instant
    ) {
        self.chat = chat
        self.seq = seq
        self.from = from
        self.name = name
        self.id = id
        self.body = body
        self.at = at
    }
}

/// Somebody's words, or the desk's own, which each session reads in its language.
package enum MessageBody: Sendable, Equatable {
    case words(Text)
    /// Somebody's words that are gone from the journal.
    case erased
    case system(SystemMessage)
}

/// Words of the desk's own; each session reads them in its language.
package enum SystemMessage: Sendable, Equatable {
    /// The customer has been silent; the chat ends after this much more silence.
    case idleReminder(endsIn: Interval)
}

/// A note as the chat's agents get it.
package struct NoteNotice: Sendable {
    package let chat: ChatID
    package let seq: UInt64
    package let by: AgentName
    /// Nil once it has been erased.
    package let text: Text?
    package let at: Instant

    package init(chat: ChatID, seq: UInt64, by: AgentName, text: Text?, at: Instant) {
        self.chat = chat
        self.seq = seq
        self.by = by
        self.text = text
        self.at = at
    }
}

/// Why a chat ended; a label of `sangdam_chats_ended_total`.
package enum EndReason: String, Sendable, CaseIterable {
    case customerLeft = "customer_left"
    case customerLost = "customer_lost"
    case agentEnded = "agent_ended"
    case idle
    /// The customer left an inquiry instead.
    case inquired
}

/// The code that a customer keeps as proof of a chat: 60 random bits as 12 characters in three groups.
package struct Receipt: Hashable, Sendable, CustomStringConvertible {
    package let bits: UInt64

    package init(bits: UInt64) {
        self.bits = bits & 0x0FFF_FFFF_FFFF_FFFF
    }

    package init(random: inout some RandomNumberGenerator) {
        self.init(bits: random.next())
    }

    private static let alphabet: [Character] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// `7K2M-Q9XC-04TD`.
    package var description: String {
        var text = ""
        for digit in 0..<12 {
            if digit > 0, digit % 4 == 0 { text.append("-") }
            text.append(Self.alphabet[Int(bits >> UInt64(55 - digit * 5)) & 31])
        }
        return text
    }

    /// Reads it as people write it (`WrittenCode`); nil when it is none.
    package init?(_ text: String) {
        guard let code = WrittenCode(text), let receipt = Receipt(code) else { return nil }
        self = receipt
    }

    /// Nil when the code is none of twelve characters.
    package init?(_ code: WrittenCode) {
        guard code.digits.count == 12 else { return nil }
        self.init(bits: code.digits.reduce(0) { $0 << 5 | UInt64($1) })
    }
}
