// The fields of each kind of record, out. `RecordDecoder` is the exact inverse; a test sends random records through
// both.

internal import SangdamCore
internal import SangdamJSON

extension ChatRecord {
    var kind: LineKind {
        switch self {
        case .opened: .opened
        case .intake: .intake
        case .queued: .queued
        case .offered: .offered
        case .offerClosed: .offerClosed
        case .started: .started
        case .message: .message
        case .note: .note
        case .transferred: .transferred
        case .away: .away
        case .back: .back
        case .reminded: .reminded
        case .delayed: .delayed
        case .language: .language
        case .ended: .ended
        case .wrappedUp: .wrappedUp
        case .rated: .rated
        case .closed: .closed
        case .inquiry(let record): record.kind
        }
    }

    /// Whether words are in it that a line without `s` cannot have.
    var mayOnlyBeSalted: Bool {
        switch self {
        // Their decoders have seen to it: without `s` these have no words.
        case .message, .note, .intake: false
        case .opened, .offerClosed, .rated, .queued, .offered, .started, .transferred, .away, .back, .reminded,
            .delayed, .language, .ended, .wrappedUp, .closed, .inquiry:
            holdsWords
        }
    }

    /// Whether the line holds what somebody wrote, which may have to be erased one day.
    var holdsWords: Bool {
        switch self {
        case .message, .note, .intake: true
        case .opened(let opened): opened.name != nil
        case .offerClosed(let closed): closed.reason != nil
        case .rated(_, let comment): comment != nil
        case .inquiry(let record): record.holdsWords
        case .queued, .offered, .started, .transferred, .away, .back, .reminded, .delayed, .language, .ended,
            .wrappedUp, .closed:
            false
        }
    }
}

extension JSONWriter {
    mutating func fields(of event: ChatRecord) {
        switch event {
        case .opened(let opened):
            field("topic", opened.topic)
            field("lang", opened.language)
            field("name", opened.name)
            field("token", opened.token)
            field("receipt", opened.receipt)
            field("consent", opened.consent)
        case .intake(let intake):
            field("intake", intake)
        case .queued(let queued):
            field("queue", queued.queue)
            field("cause", queued.cause)
            field("rank", queued.rank)
        case .offered(let offered):
            field("offer", offered.offer)
            field("agent", offered.agent)
            field("expires", offered.expires)
            field("transfer", offered.isTransfer)
            field("why", offered.why)
        case .offerClosed(let closed):
            field("offer", closed.offer)
            field("agent", closed.agent)
            field("outcome", closed.outcome)
            field("reason", closed.reason)
            fields(of: closed.tally)
            fields(of: closed.pause)
        case .started(let started):
            field("agent", started.agent)
            field("offer", started.offer)
            field("waited", started.waited)
            fields(of: started.tally)
            field("why", started.why)
        case .message(let message):
            field("from", message.from)
            field("name", message.name)
            field("id", message.id)
            field("text", message.text)
        case .note(let by, let id, let text):
            field("by", by)
            field("id", id)
            field("text", text)
        case .transferred(let transferred):
            field("from", transferred.from)
            field("to", transferred.target)
            field("kind", transferred.kind)
            field("rank", transferred.rank)
            fields(of: transferred.pause)
        case .away(let party), .back(let party):
            field("who", party)
        case .delayed(let reason, let isUnstaffed):
            field("reason", reason)
            field("on_duty", isUnstaffed ? false : nil)
        case .language(let language):
            field("lang", language)
        case .ended(let reason, let by, let abandonedAt, let isShort, let isHelped):
            field("reason", reason)
            field("by", by)
            field("abandoned_at", abandonedAt)
            field("short", isShort)
            if isHelped { field("helped", true) }
        case .wrappedUp(let agent, let cause, let report, let tally):
            field("agent", agent)
            field("cause", cause)
            fields(of: report)
            fields(of: tally)
        case .rated(let score, let comment):
            field("score", number: Int(score))
            field("comment", comment)
        case .inquiry(let record): fields(of: record)
        case .reminded, .closed:
            break
        }
    }

    mutating func fields(of agent: AgentRecord) {
        field("agent", agent.profile.name)
        field("status", agent.status)
        field("after_chats", agent.statusAfterChats)
        field("capacity", number: agent.capacity)
        field("auto_accept", agent.autoAccept)
        field("present", agent.isPresent)
        field("cause", agent.cause)
        fields(of: agent.tally)
        field("profile", agent.profile)
    }

    mutating func fields(of account: AccountRecord) {
        field("account", account.account)
        field("change", account.change)
        field("by", account.by)
        field("forgets", account.forgetsAgent)
        if let edit = account.edit { fields(of: edit) }
        if let profile = account.profile { field("profile", profile) }
    }

    mutating func fields(of edit: AccountEditMark) {
        field("edit", number: edit.number)
        field("given", edit.given)
    }
}

// MARK: - One field: nothing is written for nil. Inlined, so that the keys are constants where they are written.

extension JSONWriter {
    @inline(__always)
    mutating func field<Kind>(_ key: StaticString, _ name: Name<Kind>?) {
        guard let name else { return }
        self.key(key)
        string(name.text)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ id: ChatID?) {
        guard let id else { return }
        self.key(key)
        string(id)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ id: OfferID?) {
        guard let id else { return }
        self.key(key)
        string(id)
    }

    mutating func field(_ key: StaticString, _ epoch: JournalEpoch?) {
        guard let epoch else { return }
        self.key(key)
        string(ofPlain: JournalEpoch.length) { epoch.write(to: $0) }
    }

    @inline(__always)
    mutating func field<Word: RawRepresentable<String>>(_ key: StaticString, _ word: Word?) {
        guard let word else { return }
        self.key(key)
        string(word.rawValue)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ party: Party) {
        self.key(key)
        string(party)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ text: Text?) {
        guard let text else { return }
        self.key(key)
        string(text)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ id: ClientMessageID?) {
        guard let id else { return }
        self.key(key)
        string(id)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, number value: Int) {
        self.key(key)
        number(value)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, number value: UInt64) {
        self.key(key)
        number(value)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ instant: Instant?) {
        guard let instant else { return }
        self.key(key)
        string(instant)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ interval: Interval) {
        self.key(key)
        seconds(interval)
    }

    @inline(__always)
    mutating func field(_ key: StaticString, _ value: Bool?) {
        guard let value else { return }
        self.key(key)
        bool(value)
    }

    mutating func field(_ key: StaticString, _ token: TokenDigest) {
        self.key(key)
        string(ofPlain: ChainLink.hexLength) { writeHex(hexDigits(token.high, token.low), to: $0) }
    }

    mutating func field(_ key: StaticString, _ receipt: Receipt) {
        self.key(key)
        string(receipt.description)
    }

    mutating func field(_ key: StaticString, _ intake: Intake) {
        self.key(key)
        beginObject()
        for answer in intake.answers {
            self.key(named: answer.question.text)
            string(answer.text)
        }
        endObject()
    }

    mutating func field(_ key: StaticString, _ target: TransferTarget) {
        self.key(key)
        beginObject()
        switch target {
        case .queue(let queue): field("queue", queue)
        case .agent(let agent): field("agent", agent)
        }
        endObject()
    }

    /// The agent's name stands outside.
    mutating func field(_ key: StaticString, _ profile: AgentProfile) {
        self.key(key)
        beginObject()
        field("role", profile.role)
        self.key("skills")
        beginArray()
        for skill in profile.skills { string(skill.text) }
        endArray()
        self.key("languages")
        beginArray()
        for language in profile.languages { string(language.rawValue) }
        endArray()
        field("capacity", number: profile.capacity)
        endObject()
    }
}

extension JSONWriter {
    mutating func fields(of report: WrapUpReport) {
        field("disposition", report.disposition)
        field("resolved", report.isResolved)
        key("tags")
        beginArray()
        for tag in report.tags { string(tag) }
        endArray()
    }
}
