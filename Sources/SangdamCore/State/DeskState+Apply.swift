// Carries out what a record says. Nothing here decides, reads a limit or looks at a clock: whatever the desk decided is
// in the record. Where a record of an older format left it unsaid, OlderRecords.swift says what it meant.

extension DeskState {
    package mutating func apply(_ record: Record) throws(Inconsistency) {
        switch record.body {
        case .chat(let id, let seq, let event):
            if case .opened(let opened) = event { return try open(id, seq: seq, opened, at: record.at) }
            if case .inquiry(.inquired(let inquired)) = event {
                return try inquire(id, seq: seq, inquired, at: record.at)
            }
            if let index = chats.index(of: id) {
                try apply(event, toChatAt: index, seq: seq, at: record.at)
            } else if inquiries.contains(id) {
                try apply(event, toInquiry: id, seq: seq, at: record.at)
            } else {
                throw Inconsistency("no chat \(id)")
            }
        case .agent(let agent):
            try apply(agent, at: record.at)
        case .agentForgotten(let name):
            try forget(name)
        case .account(let account):
            try apply(account)
        case .configured(let configured):
            configuration = configured
        case .hours(let hours):
            apply(hours)
        case .restarted:
            restart(at: record.at)
        }
    }

    /// The same for an event of the chat at this index of the table, which must be known already.
    mutating func apply(
        _ event: ChatRecord, toChatAt index: Int, seq: UInt64, at now: Instant
    ) throws(Inconsistency) {
        let expected = chats.entries[index].lastSeq + 1
        guard seq == expected else {
            throw Inconsistency("chat \(chats.keys[index]) has seq \(seq) where \(expected) must come")
        }
        chats.entries[index].lastSeq = seq
        try apply(event, to: index, seq: seq, at: now)
    }

    private mutating func open(
        _ id: ChatID, seq: UInt64, _ opened: Opened, at now: Instant
    ) throws(Inconsistency) {
        guard chats[id] == nil, !inquiries.contains(id), seq == 1 else {
            throw Inconsistency("chat \(id) is opened twice")
        }
        chats[id] = Chat(id: id, opened: opened, at: now, lastSeq: seq, queue: "", phase: .opened)
        tokens[opened.token] = id
    }

    private mutating func apply(
        _ event: ChatRecord, to index: Int, seq: UInt64, at now: Instant
    ) throws(Inconsistency) {
        switch event {
        case .opened:
            throw Inconsistency("chat \(chats.entries[index].id) is opened twice")
        case .inquiry:
            throw Inconsistency("what is said of chat \(chats.entries[index].id) can only be said of an inquiry")
        case .message(let message):
            store(message, in: &chats.entries[index], seq: seq, at: now)
        case .note(let agent, let id, _):
            if let id { chats.entries[index].acked.remember(id, from: .notes(agent), seq: seq) }
        case .intake(let intake):
            chats.entries[index].intake = chats.entries[index].intake.merging(intake)
        case .language(let language):
            chats.entries[index].language = language
        case .queued(let queued):
            try enqueue(index, queued, at: now)
        case .offered(let offered):
            try offer(index, offered, at: now)
        case .offerClosed(let closed):
            try closeOffer(index, closed, at: now)
        case .started(let started):
            try start(index, started, seq: seq, at: now)
        case .transferred(let transferred):
            try transfer(index, transferred, at: now)
        case .away(let party):
            if party == .customer {
                chats.entries[index].customerAwaySince = now
                settleReadiness(of: index)
            }
        case .back(let party):
            if party == .customer {
                comeBack(&chats.entries[index], at: now)
                settleReadiness(of: index)
            }
        case .reminded:
            chats.entries[index].isReminded = true
        case .delayed(let reason, let isUnstaffed):
            try tell(index, of: reason, isUnstaffed: isUnstaffed)
        case .ended(let reason, _, _, _, _):
            try end(index, reason, at: now)
        case .wrappedUp(let agent, _, _, let tally):
            try wrapUp(index, agent, tally, at: now)
        case .rated:
            chats.entries[index].isRated = true
        case .closed:
            try close(index)
        }
    }

    private func store(_ message: StoredMessage, in chat: inout Chat, seq: UInt64, at now: Instant) {
        if let id = message.id {
            chat.acked.remember(id, from: message.name.map { .agent($0) } ?? .customer, seq: seq)
        }
        chat.isReminded = false
        switch message.from {
        case .customer:
            chat.silentSince = nil
        case .agent:
            chat.silentSince = now
            chat.hasFirstResponse = true
        case .system:
            break
        }
    }

    /// The clock of silence stood still while the customer was away.
    private func comeBack(_ chat: inout Chat, at now: Instant) {
        if let away = chat.customerAwaySince, let silent = chat.silentSince {
            chat.silentSince = silent + (now - max(away, silent))
        }
        chat.customerAwaySince = nil
    }

    // MARK: Queue and offers

    private mutating func enqueue(
        _ index: Int, _ queued: Queued, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        switch chat.phase {
        case .active(let agent, _): try release(index, from: agent, at: now)
        case .waiting(let rank): _ = queues[chat.queue]?.leave(rank)
        case .opened: break
        case .ended, .offered, .wrapUp:
            throw Inconsistency("chat \(chat.id) cannot be queued from \(chat.phase)")
        }
        // A transfer that nobody answered belongs to the same visit to the queue, so the wait goes on: that is what
        // this cause means, in records of every format.
        let since = queued.cause == .transferUnanswered ? chat.queuedAt : nil
        try wait(
            index, in: queued.queue, queued.rank ?? olderRank(of: queued.cause, at: now), since: since, at: now)
    }

    private mutating func transfer(
        _ index: Int, _ transferred: Transferred, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        try release(index, from: transferred.from, at: now)
        let queue: QueueID
        switch transferred.target {
        case .queue(let other): queue = other
        case .agent: queue = chat.queue
        }
        // Not straight back to who just let go.
        let pause = transferred.pause ?? olderPause(of: transferred.from, about: chat, at: now)
        try self.pause(index, transferred.from, pause, at: now)
        try wait(index, in: queue, transferred.rank ?? olderRank(ofTransferred: chat), since: nil, at: now)
    }

    /// - Parameter since: when this visit to the queue began; nil when it begins now.
    private mutating func wait(
        _ index: Int, in queue: QueueID, _ rank: Rank, since: Instant?, at now: Instant
    ) throws(Inconsistency) {
        // No two ranks are alike, so that a queue finds each chat by its own.
        guard rank.ordinal >= nextOrdinal, rank.ordinal < Rank.ordinalLimit, rank.since <= now else {
            throw Inconsistency("chat \(chats.entries[index].id) cannot get the rank \(rank)")
        }
        nextOrdinal = rank.ordinal + 1
        chats.entries[index].queue = queue
        chats.entries[index].queuedAt = since ?? now
        chats.entries[index].phase = .waiting(rank)
        chats.entries[index].silentSince = nil
        if since == nil {
            chats.entries[index].isToldOfClosing = false
            chats.entries[index].isToldOfUnstaffed = false
            chats.entries[index].isToldOfWait = false
        }
        queues[queue, default: QueueState()].enter(
            chats.entries[index].id, at: rank, isReady: chats.entries[index].isReady)
    }

    private mutating func tell(_ index: Int, of reason: DelayReason, isUnstaffed: Bool) throws(Inconsistency) {
        guard chats.entries[index].phase.rank != nil else {
            throw Inconsistency("chat \(chats.entries[index].id) is told of a delay while it does not wait")
        }
        switch reason {
        case .closed:
            chats.entries[index].isToldOfClosing = true
            chats.entries[index].isToldOfUnstaffed = chats.entries[index].isToldOfUnstaffed || isUnstaffed
        case .waited: chats.entries[index].isToldOfWait = true
        }
    }

    /// After every change of a chat's phase or of its customer's presence that leaves its rank.
    private mutating func settleReadiness(of index: Int) {
        let chat = chats.entries[index]
        guard let rank = chat.phase.rank else { return }
        queues[chat.queue]?.setReady(chat.isReady, chat.id, at: rank)
    }

    private mutating func offer(
        _ index: Int, _ offered: Offered, at now: Instant
    ) throws(Inconsistency) {
        guard case .waiting(let rank) = chats.entries[index].phase, agents[offered.agent] != nil else {
            throw Inconsistency("chat \(chats.entries[index].id) cannot be offered to \(offered.agent)")
        }
        let offer = Offer(
            id: offered.offer, agent: offered.agent, made: now, expires: offered.expires,
            isTransfer: offered.isTransfer)
        chats.entries[index].phase = .offered(offer, rank)
        settleReadiness(of: index)
        agents[offered.agent]?.offers.append(chats.entries[index].id)
    }

    private mutating func closeOffer(
        _ index: Int, _ closed: OfferClosed, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        let name = closed.agent
        guard case .offered(let offer, let rank) = chat.phase, offer.id == closed.offer, offer.agent == name,
            let agent = agents[name]
        else { throw Inconsistency("chat \(chat.id) has no offer \(closed.offer) to \(name)") }
        chats.entries[index].phase = .waiting(rank)
        settleReadiness(of: index)
        agents[name]?.offers.removeAll { $0 == chat.id }
        try note(closed.tally ?? agent.olderTally(after: closed.outcome, of: offer, at: now), of: name, at: now)
        if let pause = closed.pause {
            try self.pause(index, name, pause, at: now)
        } else if closed.tally == nil, closed.outcome == .declined {
            try pause(index, name, olderPause(of: name, about: chat, at: now), at: now)
        }
    }

    private mutating func pause(
        _ index: Int, _ name: AgentName, _ pause: Pause, at now: Instant
    ) throws(Inconsistency) {
        guard pause.until >= now else {
            throw Inconsistency("chat \(chats.entries[index].id): a pause of \(name) is over before it begins")
        }
        chats.entries[index].declines.removeAll { $0.agent == name || $0.agent == pause.displaced }
        chats.entries[index].declines.append(Chat.Decline(agent: name, until: pause.until))
    }

    private mutating func note(_ tally: AgentTally, of name: AgentName, at now: Instant) throws(Inconsistency) {
        guard tally.unansweredInARow >= 0, tally.restingSince <= now, tally.unansweredAt ?? now <= now else {
            throw Inconsistency("agent \(name) cannot have the tally \(tally)")
        }
        agents[name]?.tally = tally
    }

    // MARK: With an agent

    private mutating func start(
        _ index: Int, _ started: Started, seq: UInt64, at now: Instant
    ) throws(Inconsistency) {
        let id = chats.entries[index].id
        guard case .waiting(let rank) = chats.entries[index].phase, let agent = agents[started.agent],
            queues[chats.entries[index].queue]?.leave(rank) == true
        else { throw Inconsistency("chat \(id) cannot start with \(started.agent)") }
        chats.entries[index].phase = .active(started.agent, since: now)
        chats.entries[index].waited = started.waited
        chats.entries[index].startedAt = now
        chats.entries[index].startedSeq = seq
        // The customer has waited for an agent's word: the clock of silence begins with it.
        chats.entries[index].silentSince = nil
        chats.entries[index].hasFirstResponse = false
        chats.entries[index].declines = []
        agents[started.agent]?.chats.append(id)
        try note(started.tally ?? agent.olderTallyAtStart(at: now), of: started.agent, at: now)
    }

    /// The agent lets go of an active chat without an end.
    private mutating func release(
        _ index: Int, from name: AgentName, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        guard case .active(let agent, let since) = chat.phase, agent == name else {
            throw Inconsistency("chat \(chat.id) is not with \(name)")
        }
        agents[name]?.chats.removeAll { $0 == chat.id }
        queues[chat.queue, default: QueueState()].release(at: now, handling: now - since)
    }

    private mutating func end(
        _ index: Int, _ reason: EndReason, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        switch chat.phase {
        case .waiting(let rank):
            _ = queues[chat.queue]?.leave(rank)
            chats.entries[index].phase = .ended(since: now)
        case .active(let agent, _):
            chats.entries[index].phase = .wrapUp(agent, since: now)
        case .opened, .offered, .wrapUp, .ended:
            throw Inconsistency("chat \(chat.id) cannot end from \(chat.phase)")
        }
        chats.entries[index].endReason = reason
        chats.entries[index].silentSince = nil
    }

    private mutating func wrapUp(
        _ index: Int, _ name: AgentName, _ tally: AgentTally?, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        guard case .wrapUp(let holder, let since) = chat.phase, holder == name, let agent = agents[name] else {
            throw Inconsistency("chat \(chat.id) is not being wrapped up by \(name)")
        }
        agents[name]?.chats.removeAll { $0 == chat.id }
        try note(tally ?? agent.olderTallyAfterWrapUp(at: now), of: name, at: now)
        queues[chat.queue, default: QueueState()].release(at: now, handling: now - (chat.startedAt ?? since))
        chats.entries[index].phase = .ended(since: since)
    }

    private mutating func close(_ index: Int) throws(Inconsistency) {
        let chat = chats.entries[index]
        var previous: ChatID?
        switch chat.phase {
        // The customer is left with the chat before, as if this one had never been.
        case .opened: previous = chats.keys.filter { $0 != chat.id && chats[$0]?.token == chat.token }.max()
        case .ended: break
        case .waiting, .offered, .active, .wrapUp:
            throw Inconsistency("chat \(chat.id) is closed while \(chat.phase)")
        }
        if tokens[chat.token] == chat.id { tokens[chat.token] = previous }
        chats.remove(at: index)
    }

    // MARK: Hours

    /// With an opening, what was told of the last closing is over.
    private mutating func apply(_ record: HoursRecord) {
        hours[record.queue] = record.isOpen && record.override == nil ? nil : record
        guard record.isOpen else { return }
        for entry in queues[record.queue]?.waiting.entries ?? [] {
            guard let index = chats.index(of: entry.chat) else { continue }
            chats.entries[index].isToldOfClosing = false
            chats.entries[index].isToldOfUnstaffed = false
        }
    }

    // MARK: Agents and restarts

    private mutating func apply(_ record: AgentRecord, at now: Instant) throws(Inconsistency) {
        let name = record.profile.name
        if record.tally == nil { forgetAgentsAsOlder(at: now, except: name) }
        var agent =
            agents[name]
            ?? Agent(
                profile: record.profile, status: record.status, statusAfterChats: nil, capacity: record.capacity,
                autoAccept: record.autoAccept, awaySince: nil, restingSince: now)
        let tally = record.tally ?? agent.olderTally(after: record, at: now)
        agent.profile = record.profile
        agent.status = record.status
        agent.statusAfterChats = record.statusAfterChats
        agent.capacity = record.capacity
        agent.autoAccept = record.autoAccept
        agent.awaySince = record.isPresent ? nil : agent.awaySince ?? now
        agents[name] = agent
        try note(tally, of: name, at: now)
    }

    private mutating func apply(_ record: AccountRecord) throws(Inconsistency) {
        if let edit = record.edit, edit.isNews(after: lastAccountEdit) { lastAccountEdit = edit }
        guard record.change == .removed, record.forgetsAgent ?? forgetsAgentAsOlder(record.account) else { return }
        try forget(record.account)
    }

    private mutating func forget(_ name: AgentName) throws(Inconsistency) {
        guard let agent = agents[name], agent.awaySince != nil, agent.usedSlots == 0 else {
            throw Inconsistency("agent \(name) cannot be forgotten")
        }
        agents[name] = nil
    }

    /// Nobody is connected any more: every party is away, every offer is void, every chat keeps its rank.
    private mutating func restart(at now: Instant) {
        for index in chats.entries.indices {
            if case .offered(_, let rank) = chats.entries[index].phase {
                chats.entries[index].phase = .waiting(rank)
            }
            if chats.entries[index].customerAwaySince == nil {
                chats.entries[index].customerAwaySince = now
                // Nobody measured the silence while the server was down.
                if chats.entries[index].silentSince != nil { chats.entries[index].silentSince = now }
            }
        }
        for id in queues.keys { queues[id]?.setNoneReady() }
        for index in agents.entries.indices {
            agents.entries[index].offers = []
            if agents.entries[index].awaySince == nil { agents.entries[index].awaySince = now }
        }
    }
}
