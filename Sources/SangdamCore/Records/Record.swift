// What is remembered: one record is one line of the journal. Everything durable about the desk changes through records
// alone: the desk decides, writes a record, and `DeskState.apply` carries it out, live and on replay by the same code.

/// One line of the journal, before it has its number and its hash.
package struct Record: Sendable, Equatable {
    package let at: Instant
    package let body: Body

    package enum Body: Sendable, Equatable {
        /// An event of one chat; `seq` is dense and begins with 1 in each chat.
        case chat(ChatID, seq: UInt64, ChatRecord)
        indirect case agent(AgentRecord)
        /// Away for so long that nothing is kept of the agent.
        case agentForgotten(AgentName)
        indirect case account(AccountRecord)
        indirect case configured(ConfigurationRecord)
        /// A queue opens or closes, or somebody decides that it does.
        indirect case hours(HoursRecord)
        /// A server's life begins: no party is connected any more.
        case restarted
    }

    package init(at: Instant, body: Body) {
        self.at = at
        self.body = body
    }
}

/// What happened in a chat. The case names are the journal's kinds in lowerCamelCase. Words that were erased later are
/// nil, and an intake without answers. Ranks, tallies, and the pauses after a decline and a transfer are nil in records
/// of formats 1 and 2 only; an offer that is closed otherwise has no pause in any.
///
/// What has much to say stands beside the enum, so that a message, the commonest record, is moved with no more than it
/// needs.
package enum ChatRecord: Sendable, Equatable {
    case opened(Opened)
    case intake(Intake)
    case queued(Queued)
    indirect case offered(Offered)
    indirect case offerClosed(OfferClosed)
    indirect case started(Started)
    case message(StoredMessage)
    case note(by: AgentName, id: ClientMessageID?, text: Text?)
    /// The agent lets go; the chat waits again, by its age, in the queue it was given or in its own.
    indirect case transferred(Transferred)
    /// A party's last connection is gone, or the first is back.
    case away(Party)
    case back(Party)
    /// The customer was reminded of the silence.
    case reminded
    /// The waiting customer was told that it takes longer, and what else there is. Lines of before this was kept don't
    /// say that nobody was on duty.
    case delayed(DelayReason, isUnstaffed: Bool = false)
    case language(Language)
    /// `by` is system for ends that nobody asked for. `abandonedAt` is the disconnect of a customer who never came
    /// back to the queue. `isShort` is there for chats that were given up in a queue: whether that was sooner than
    /// `shortAbandonment` at that time. Older records do not say it. `isHelped`: a frequent question answered it, so that
    /// the queue was not given up.
    case ended(EndReason, by: Party, abandonedAt: Instant?, isShort: Bool? = nil, isHelped: Bool = false)
    indirect case wrappedUp(AgentName, WrapUpCause, WrapUpReport, AgentTally? = nil)
    case rated(score: UInt8, comment: Text?)
    /// Nothing more can happen to the chat, or the inquiry: the desk forgets it.
    case closed
    /// What can be said of an inquiry alone. Its words are a `message` like a chat's, and its answers an `intake`.
    indirect case inquiry(InquiryRecord)
}

/// A chat begins; `queued` follows in the same batch.
package struct Opened: Sendable, Equatable {
    package var topic: TopicID
    package var language: Language
    package var name: Text?
    package var token: TokenDigest
    package var receipt: Receipt
    /// The version of the privacy notice that the customer agreed to; nil when there was none, or nobody had to.
    package var consent: NoticeVersion?

    package init(
        topic: TopicID, language: Language, name: Text?, token: TokenDigest, receipt: Receipt,
        consent: NoticeVersion? = nil
    ) {
        self.topic = topic
        self.language = language
        self.name = name
        self.token = token
        self.receipt = receipt
        self.consent = consent
    }
}

/// A chat gets its rank in a queue.
package struct Queued: Sendable, Equatable {
    package var queue: QueueID
    package var cause: QueuedCause
    package var rank: Rank?

    package init(queue: QueueID, cause: QueuedCause, rank: Rank? = nil) {
        self.queue = queue
        self.cause = cause
        self.rank = rank
    }
}

/// Why a chat stands in a queue.
package enum QueuedCause: String, Sendable, CaseIterable {
    case entered
    case agentLost = "agent_lost"
    case accountChanged = "account_changed"
    case transferUnanswered = "transfer_unanswered"
}

/// A chat is held out to one agent.
package struct Offered: Sendable, Equatable {
    package var offer: OfferID
    package var agent: AgentName
    package var expires: Instant
    /// A cold transfer to this very agent: unanswered, it goes back to the queue and not to a colleague.
    package var isTransfer: Bool
    /// Nil where a colleague chose the agent.
    package var why: RoutingReason?

    package init(
        offer: OfferID, agent: AgentName, expires: Instant, isTransfer: Bool, why: RoutingReason? = nil
    ) {
        self.offer = offer
        self.agent = agent
        self.expires = expires
        self.isTransfer = isTransfer
        self.why = why
    }
}

/// An offer is over.
package struct OfferClosed: Sendable, Equatable {
    package var offer: OfferID
    package var agent: AgentName
    package var outcome: OfferOutcome
    package var reason: Text?
    package var tally: AgentTally?
    /// Nil where the agent may be asked again at once.
    package var pause: Pause?

    package init(
        _ offer: OfferID, _ agent: AgentName, _ outcome: OfferOutcome, reason: Text? = nil, tally: AgentTally? = nil,
        pause: Pause? = nil
    ) {
        self.offer = offer
        self.agent = agent
        self.outcome = outcome
        self.reason = reason
        self.tally = tally
        self.pause = pause
    }
}

/// An agent gives a chat away.
package struct Transferred: Sendable, Equatable {
    package var from: AgentName
    package var target: TransferTarget
    package var kind: TransferKind
    package var rank: Rank?
    package var pause: Pause?

    package init(
        from: AgentName, to target: TransferTarget, kind: TransferKind, rank: Rank? = nil, pause: Pause? = nil
    ) {
        self.from = from
        self.target = target
        self.kind = kind
        self.rank = rank
        self.pause = pause
    }
}

/// An agent takes a chat.
package struct Started: Sendable, Equatable {
    package var agent: AgentName
    /// Nil when the agent takes chats automatically.
    package var offer: OfferID?
    /// How long the customer stood in the queue this time.
    package var waited: Interval
    package var tally: AgentTally?
    /// Nil where an offer came first, which says it.
    package var why: RoutingReason?

    package init(
        agent: AgentName, offer: OfferID?, waited: Interval, tally: AgentTally? = nil, why: RoutingReason? = nil
    ) {
        self.agent = agent
        self.offer = offer
        self.waited = waited
        self.tally = tally
        self.why = why
    }
}

/// Somebody's words as they are kept.
package struct StoredMessage: Sendable, Equatable {
    package var from: Party
    /// The agent's name; nil for customers.
    package var name: AgentName?
    package var id: ClientMessageID?
    /// Nil once it has been erased: never when it is written.
    package var text: Text?

    package init(from: Party, name: AgentName?, id: ClientMessageID?, text: Text?) {
        self.from = from
        self.name = name
        self.id = id
        self.text = text
    }
}

/// Why a waiting customer was told that it takes longer; a word of the protocol and of the journal.
package enum DelayReason: String, Sendable, CaseIterable {
    /// The queue is outside its hours.
    case closed
    /// The wait is as long as the queue's `max_wait_seconds`.
    case waited
}

/// Whether a queue is open from here on: kind `hours`. By the clock, if nobody has decided it.
package struct HoursRecord: Sendable, Equatable {
    package let queue: QueueID
    package let isOpen: Bool
    package let override: HoursOverride?

    package init(queue: QueueID, isOpen: Bool, override: HoursOverride? = nil) {
        self.queue = queue
        self.isOpen = isOpen
        self.override = override
    }

    /// The same decision until then.
    func ending(_ until: Instant?) -> HoursRecord {
        HoursRecord(queue: queue, isOpen: isOpen, override: override.map { HoursOverride(until: until, by: $0.by) })
    }
}

/// Somebody's decision that counts instead of the clock.
package struct HoursOverride: Sendable, Equatable {
    /// When the clock counts again; nil when somebody has to say so.
    package let until: Instant?
    /// The supervisor's name, or the system's of the person who gave the command.
    package let by: Text

    package init(until: Instant?, by: Text) {
        self.until = until
        self.by = by
    }
}

/// Why a wrap-up ended.
package enum WrapUpCause: String, Sendable {
    case agent
    case timeout
    case agentLost = "agent_lost"
    case accountChanged = "account_changed"
    case agentOffline = "agent_offline"
}

/// What happened to an agent: kinds `agent_status`, and `away` and `back` without a chat.
package struct AgentRecord: Sendable, Equatable {
    package var profile: AgentProfile
    package var status: AgentStatus
    package var statusAfterChats: AgentStatus?
    package var capacity: Int
    package var autoAccept: Bool
    /// Whether a connection is there.
    package var isPresent: Bool
    package var cause: StatusCause
    package var tally: AgentTally?

    package init(
        profile: AgentProfile, status: AgentStatus, statusAfterChats: AgentStatus?, capacity: Int, autoAccept: Bool,
        isPresent: Bool, cause: StatusCause, tally: AgentTally? = nil
    ) {
        self.profile = profile
        self.status = status
        self.statusAfterChats = statusAfterChats
        self.capacity = capacity
        self.autoAccept = autoAccept
        self.isPresent = isPresent
        self.cause = cause
        self.tally = tally
    }
}

/// What became of an account: kind `account`. What it means for its agent stands in lines of the agent's own.
package struct AccountRecord: Sendable, Equatable {
    package var account: AgentName
    package var change: AccountChange
    /// Who gave the command, and which it was; nil when the file was changed by other means.
    package var by: Text?
    package var edit: AccountEditMark?
    /// As it is from now on, of `added` and `edited`.
    package var profile: AgentProfile?
    /// Of `removed`: whether nothing is kept of the agent, since another person may be given the name.
    package var forgetsAgent: Bool?

    package init(
        _ account: AgentName, _ change: AccountChange, by: Text?, edit: AccountEditMark?, profile: AgentProfile?,
        forgetsAgent: Bool? = nil
    ) {
        self.forgetsAgent = forgetsAgent
        self.edit = edit
        self.account = account
        self.change = change
        self.by = by
        self.profile = profile
    }
}
