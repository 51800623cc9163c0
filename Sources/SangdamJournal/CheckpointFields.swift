// The fields of each part of a checkpoint, out. `CheckpointDecoder` is the exact inverse.

internal import SangdamCore
internal import SangdamJSON

extension JSONWriter {
    /// In front of the desk's own part.
    mutating func fields(of head: SegmentHead) {
        field("format", number: head.format)
        field("epoch", head.epoch)
    }

    mutating func fields(of desk: DeskCheckpoint) {
        field("next_ordinal", number: desk.nextOrdinal)
        if let edit = desk.lastAccountEdit { fields(of: edit) }
        field("entries", number: desk.entries)
        if let configuration = desk.configuration {
            key("configured")
            beginObject()
            fields(of: configuration)
            endObject()
        }
        field("hours", desk.hours)
        field("totals", desk.totals)
    }

    mutating func fields(of queue: QueueCheckpoint) {
        field("queue", queue.queue)
        key("releases")
        beginArray()
        for release in queue.releases { string(release) }
        endArray()
        key("handling")
        beginArray()
        for length in queue.handling { seconds(length) }
        endArray()
    }

    mutating func fields(of agent: Agent) {
        field("agent", agent.profile.name)
        field("status", agent.status)
        field("after_chats", agent.statusAfterChats)
        field("capacity", number: agent.capacity)
        field("auto_accept", agent.autoAccept)
        field("away_since", agent.awaySince)
        field("resting_since", agent.restingSince)
        field("unanswered", number: agent.unansweredInARow)
        field("unanswered_at", agent.unansweredAt)
        field("chats", agent.chats)
        field("offers", agent.offers)
        field("profile", agent.profile)
    }

    /// The chat's id and last seq stand in the envelope.
    mutating func fields(of chat: Chat) {
        field("topic", chat.topic)
        field("lang", chat.language)
        field("name", chat.name)
        field("token", chat.token)
        field("receipt", chat.receipt)
        field("opened_at", chat.openedAt)
        field("queue", chat.queue)
        field("queued_at", chat.queuedAt)
        field("waited", chat.waited)
        field("started_at", chat.startedAt)
        field("started_seq", number: chat.startedSeq)
        field("away_since", chat.customerAwaySince)
        field("silent_since", chat.silentSince)
        field("reminded", chat.isReminded)
        // None is there as long as nothing was told.
        field("told_closed", chat.isToldOfClosing ? true : nil)
        field("told_unstaffed", chat.isToldOfUnstaffed ? true : nil)
        field("told_wait", chat.isToldOfWait ? true : nil)
        field("first_response", chat.hasFirstResponse)
        field("end_reason", chat.endReason)
        field("rated", chat.isRated)
        field("phase", chat.phase)
        field("intake", chat.intake)
        key("declines")
        beginArray()
        for decline in chat.declines {
            beginObject()
            field("agent", decline.agent)
            field("until", decline.until)
            endObject()
        }
        endArray()
        field("acked", chat.acked)
    }

    private mutating func field(_ key: StaticString, _ chats: [ChatID]) {
        self.key(key)
        beginArray()
        for chat in chats { string(chat) }
        endArray()
    }

    /// Each sender's ids and seqs in turn, oldest first:
    /// `{"customer":["c-1",7],"agents":{"kim":["a-1",8]},"notes":{"kim":["n-1",9]}}`.
    mutating func field(_ key: StaticString, _ window: AckWindow) {
        self.key(key)
        beginObject()
        self.key("customer")
        array(window.entries(of: .customer))
        self.key("agents")
        beginObject()
        for agent in window.agentNames {
            self.key(named: agent.text)
            array(window.entries(of: .agent(agent)))
        }
        endObject()
        self.key("notes")
        beginObject()
        for agent in window.noteNames {
            self.key(named: agent.text)
            array(window.entries(of: .notes(agent)))
        }
        endObject()
        endObject()
    }

    private mutating func array(_ entries: [AckWindow.Entry]) {
        beginArray()
        for entry in entries {
            string(entry.id)
            number(entry.seq)
        }
        endArray()
    }

    private mutating func field(_ key: StaticString, _ phase: ChatPhase) {
        self.key(key)
        beginObject()
        self.key("is")
        switch phase {
        case .opened:
            string("opened")
        case .waiting(let rank):
            string("waiting")
            fields(of: rank)
        case .offered(let offer, let rank):
            string("offered")
            fields(of: rank)
            field("offer", offer.id)
            field("agent", offer.agent)
            field("made", offer.made)
            field("expires", offer.expires)
            field("transfer", offer.isTransfer)
        case .active(let agent, let since):
            string("active")
            field("since", since)
            field("agent", agent)
        case .wrapUp(let agent, let since):
            string("wrap_up")
            field("since", since)
            field("agent", agent)
        case .ended(let since):
            string("ended")
            field("since", since)
        }
        endObject()
    }
}
