// What the auditor remembers of chats, agents and sessions: as little as its judgements need.

import SangdamCore

struct AuditedChat {
    enum Phase: Equatable {
        case opened, waiting
        case offered(AgentName, OfferID)
        case active(AgentName)
        case wrapUp(AgentName)
        case over
    }

    let token: TokenDigest
    let openedAt: Instant
    var topic: TopicID = ""
    /// Questions that were answered.
    var answered: Set<QuestionID> = []
    var queue: QueueID = ""
    var queuedAt = Instant(milliseconds: 0)
    var offeredAt = Instant(milliseconds: 0)
    var rank = AuditedRank(group: 0, since: Instant(milliseconds: 0), ordinal: 0)
    var phase = Phase.opened
    var seq: UInt64 = 0
    var words: [AuditedWord] = []
    var isAway = false
    var isRated = false
    var isToldOfClosing = false
    var isToldOfUnstaffed = false
    var isToldOfWait = false
    var wasAccepted = false
    var transferTarget: AgentName?
    /// Who is not asked again and until when; the oldest first.
    var paused: [(agent: AgentName, until: Instant)] = []

    init(token: TokenDigest, openedAt: Instant) {
        self.token = token
        self.openedAt = openedAt
    }

    /// In a queue, on offer or not.
    var isWaiting: Bool {
        switch phase {
        case .waiting, .offered: true
        case .opened, .active, .wrapUp, .over: false
        }
    }

    var isOpen: Bool {
        switch phase {
        case .waiting, .offered, .active: true
        case .opened, .wrapUp, .over: false
        }
    }

    func isPaused(_ name: AgentName, at now: Instant) -> Bool {
        paused.contains { $0.agent == name && $0.until > now }
    }

    /// Who holds it; an offer does not count.
    var agent: AgentName? {
        switch phase {
        case .active(let agent), .wrapUp(let agent): agent
        case .opened, .waiting, .offered, .over: nil
        }
    }
}

struct AuditedRank: Comparable {
    /// 0 for requeued chats, which go first.
    let group: Int64
    let since: Instant
    let ordinal: Int64

    static func < (left: AuditedRank, right: AuditedRank) -> Bool {
        (left.group, left.since.milliseconds, left.ordinal) < (right.group, right.since.milliseconds, right.ordinal)
    }
}

struct AuditedWord {
    let seq: UInt64
    let sender: MessageSender
    let id: ClientMessageID?
    let text: Text
    let isNote: Bool
}

struct AuditedAgent {
    let profile: AgentProfile
    let status: AgentStatus
    let isOnDuty: Bool
    /// Nil while the agent is connected.
    var awaySince: Instant?
    let capacity: Int
    var tally: AgentTally
    /// Offers, chats and wrap-ups: all that takes a slot.
    var held: Set<ChatID>

    var isPresent: Bool { awaySince == nil }
}

struct AuditedSession {
    enum Owner: Hashable {
        case customer(TokenDigest)
        case agent(AgentName)
    }

    let owner: Owner
    /// An agent's: of the accounts that let the agent in.
    var generation: UInt64 = 0
    /// The last word of each chat that was shown here.
    var lastSeq: [ChatID: UInt64] = [:]
    /// The position in a queue that was last told here.
    var told: (chat: ChatID, position: Int)?
    var isInTranscript = false
}

struct WordKey: Hashable {
    let chat: ChatID
    let seq: UInt64
}
