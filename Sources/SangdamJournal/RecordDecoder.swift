// The fields of each kind of record, in: the inverse of `RecordFields`. Each function reads from behind the envelope to
// the end of the line's object and throws `LineFault` or `JSONFault`.

internal import SangdamCore
internal import SangdamJSON

extension JSONReader {
    /// `kind` is one of a chat's events; `isSalted` says whether the line has its `s`, and with it somebody's words.
    mutating func chatRecord(_ kind: LineKind, isSalted: Bool) throws -> ChatRecord {
        switch kind {
        case .opened: return .opened(try opened())
        case .intake: return .intake(try intakeRecord(isSalted: isSalted))
        case .queued: return .queued(try queued())
        case .offered: return .offered(try offered())
        case .offerClosed: return try offerClosed()
        case .started: return .started(try started())
        case .message: return .message(try message(isSalted: isSalted))
        case .note: return try note(isSalted: isSalted)
        case .transferred: return try transferred()
        case .away: return .away(try party())
        case .back: return .back(try party())
        case .delayed: return try delayed()
        case .language: return .language(try languageRecord())
        case .ended: return try ended()
        case .wrappedUp: return try wrappedUp()
        case .rated: return try rated()
        case .reminded:
            try skipFields()
            return .reminded
        case .closed:
            try skipFields()
            return .closed
        case .inquired, .inquiryTaken, .inquiryReleased, .inquiryReopened, .inquiryReminded, .inquiryClosed,
            .mailReceived, .mailed, .mailBounced:
            return .inquiry(try inquiryRecord(kind, isSalted: isSalted))
        case .agentStatus, .agentForgotten, .account, .configured, .hours, .restarted, .erased, .checkpoint,
            .checkpointQueue, .checkpointAgent, .checkpointChat, .checkpointInquiry:
            throw LineFault.badEnvelope
        }
    }

    private mutating func opened() throws -> Opened {
        var topic: TopicID?
        var language: Language?
        var name: Text?
        var token: TokenDigest?
        var receipt: Receipt?
        var consent: NoticeVersion?
        while let key = try nextKey() {
            switch key {
            case "topic": topic = try self.name("topic")
            case "lang": language = try word("lang")
            case "name": name = try text()
            case "token": token = try self.token("token")
            case "receipt": receipt = try self.receipt("receipt")
            case "consent": consent = try self.name("consent")
            default: try skipValue()
            }
        }
        return Opened(
            topic: try required(topic, "topic"), language: try required(language, "lang"), name: name,
            token: try required(token, "token"), receipt: try required(receipt, "receipt"),
            consent: consent)
    }

    private mutating func intakeRecord(isSalted: Bool) throws -> Intake {
        var intake: Intake?
        while let key = try nextKey() {
            switch key {
            case "intake": intake = try intakeValue()
            default: try skipValue()
            }
        }
        return try words(intake, "intake", isSalted: isSalted) ?? Intake()
    }

    private mutating func queued() throws -> Queued {
        var queue: QueueID?
        var cause: QueuedCause?
        var rank: Rank?
        while let key = try nextKey() {
            switch key {
            case "queue": queue = try name("queue")
            case "cause": cause = try word("cause")
            case "rank": rank = try self.rank()
            default: try skipValue()
            }
        }
        return Queued(queue: try required(queue, "queue"), cause: try required(cause, "cause"), rank: rank)
    }

    private mutating func offered() throws -> Offered {
        var offer: OfferID?
        var agent: AgentName?
        var expires: Instant?
        var isTransfer: Bool?
        var why: RoutingReason?
        while let key = try nextKey() {
            switch key {
            case "offer": offer = try id("offer")
            case "agent": agent = try name("agent")
            case "expires": expires = try instant("expires")
            case "transfer": isTransfer = try bool()
            case "why": why = try self.why()
            default: try skipValue()
            }
        }
        return Offered(
            offer: try required(offer, "offer"), agent: try required(agent, "agent"),
            expires: try required(expires, "expires"), isTransfer: try required(isTransfer, "transfer"), why: why)
    }

    private mutating func offerClosed() throws -> ChatRecord {
        var offer: OfferID?
        var agent: AgentName?
        var outcome: OfferOutcome?
        var reason: Text?
        var outcomes = OutcomeFields()
        while let key = try nextKey() {
            switch key {
            case "offer": offer = try id("offer")
            case "agent": agent = try name("agent")
            case "outcome": outcome = try word("outcome")
            case "reason": reason = try text()
            default: try outcomes.read(key, &self)
            }
        }
        return .offerClosed(
            OfferClosed(
                try required(offer, "offer"), try required(agent, "agent"), try required(outcome, "outcome"),
                reason: reason, tally: try outcomes.tally(), pause: try outcomes.pause()))
    }

    private mutating func started() throws -> Started {
        var agent: AgentName?
        var offer: OfferID?
        var waited: Interval?
        var outcomes = OutcomeFields()
        var why: RoutingReason?
        while let key = try nextKey() {
            switch key {
            case "agent": agent = try name("agent")
            case "offer": offer = try id("offer")
            case "waited": waited = try seconds()
            case "why": why = try self.why()
            default: try outcomes.read(key, &self)
            }
        }
        return Started(
            agent: try required(agent, "agent"), offer: offer, waited: try required(waited, "waited"),
            tally: try outcomes.tally(), why: why)
    }

    private mutating func message(isSalted: Bool) throws -> StoredMessage {
        var from: Party?
        var name: AgentName?
        var id: ClientMessageID?
        var said: Text?
        while let key = try nextKey() {
            switch key {
            case "from": from = try word("from")
            case "name": name = try self.name("name")
            case "id": id = try messageID("id")
            case "text": said = try text()
            default: try skipValue()
            }
        }
        return StoredMessage(
            from: try required(from, "from"), name: name, id: id,
            text: try words(said, "text", isSalted: isSalted))
    }

    private mutating func note(isSalted: Bool) throws -> ChatRecord {
        var by: AgentName?
        var id: ClientMessageID?
        var said: Text?
        while let key = try nextKey() {
            switch key {
            case "by": by = try name("by")
            case "id": id = try messageID("id")
            case "text": said = try text()
            default: try skipValue()
            }
        }
        return .note(by: try required(by, "by"), id: id, text: try words(said, "text", isSalted: isSalted))
    }

    private mutating func transferred() throws -> ChatRecord {
        var from: AgentName?
        var to: TransferTarget?
        var kind: TransferKind?
        var rank: Rank?
        var outcomes = OutcomeFields()
        while let key = try nextKey() {
            switch key {
            case "from": from = try name("from")
            case "to": to = try transferTarget()
            case "kind": kind = try word("kind")
            case "rank": rank = try self.rank()
            default: try outcomes.read(key, &self)
            }
        }
        return .transferred(
            Transferred(
                from: try required(from, "from"), to: try required(to, "to"), kind: try required(kind, "kind"),
                rank: rank, pause: try outcomes.pause()))
    }

    private mutating func transferTarget() throws -> TransferTarget {
        var target: TransferTarget?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "queue": target = .queue(try name("to"))
            case "agent": target = .agent(try name("to"))
            default: try skipValue()
            }
        }
        return try required(target, "to")
    }

    private mutating func party() throws -> Party {
        var party: Party?
        while let key = try nextKey() {
            switch key {
            case "who": party = try word("who")
            default: try skipValue()
            }
        }
        return try required(party, "who")
    }

    private mutating func languageRecord() throws -> Language {
        var language: Language?
        while let key = try nextKey() {
            switch key {
            case "lang": language = try word("lang")
            default: try skipValue()
            }
        }
        return try required(language, "lang")
    }

    private mutating func delayed() throws -> ChatRecord {
        var reason: DelayReason?
        var isOnDuty = true
        while let key = try nextKey() {
            switch key {
            case "reason": reason = try word("reason")
            case "on_duty": isOnDuty = try bool()
            default: try skipValue()
            }
        }
        return .delayed(try required(reason, "reason"), isUnstaffed: !isOnDuty)
    }

    private mutating func ended() throws -> ChatRecord {
        var reason: EndReason?
        var by: Party?
        var abandonedAt: Instant?
        var isShort: Bool?
        var isHelped = false
        while let key = try nextKey() {
            switch key {
            case "reason": reason = try word("reason")
            case "by": by = try word("by")
            case "abandoned_at": abandonedAt = try instant("abandoned_at")
            case "short": isShort = try bool()
            case "helped": isHelped = try bool()
            default: try skipValue()
            }
        }
        return .ended(
            try required(reason, "reason"), by: try required(by, "by"), abandonedAt: abandonedAt, isShort: isShort,
            isHelped: isHelped)
    }

    private mutating func wrappedUp() throws -> ChatRecord {
        var agent: AgentName?
        var cause: WrapUpCause?
        var report = WrapUpReport()
        var outcomes = OutcomeFields()
        while let key = try nextKey() {
            switch key {
            case "agent": agent = try name("agent")
            case "cause": cause = try word("cause")
            case "disposition": report.disposition = try text()
            case "resolved": report.isResolved = try bool()
            case "tags": report.tags = try list { try $0.text() }
            default: try outcomes.read(key, &self)
            }
        }
        return .wrappedUp(
            try required(agent, "agent"), try required(cause, "cause"), report, try outcomes.tally())
    }

    private mutating func rated() throws -> ChatRecord {
        var score: UInt8?
        var comment: Text?
        while let key = try nextKey() {
            switch key {
            case "score": score = try integer("score")
            case "comment": comment = try text()
            default: try skipValue()
            }
        }
        return .rated(score: try required(score, "score"), comment: comment)
    }
}
