// Carries out what a record says. Nothing here decides, reads a limit or looks at a clock: whatever the desk decided is
// in the record.

extension DeskState {
    package mutating func apply(_ record: Record) throws(Inconsistency) {
        switch record.body {
        case .chat(let id, let seq, .opened(let opened)):
            try open(id, seq: seq, opened, at: record.at)
        case .chat(let id, let seq, let event):
            guard let index = chats.index(of: id) else { throw Inconsistency("no chat \(id)") }
            let expected = chats.entries[index].lastSeq + 1
            guard seq == expected else {
                throw Inconsistency("chat \(id) has seq \(seq) where \(expected) must come")
            }
            chats.entries[index].lastSeq = seq
            try apply(event, to: index, seq: seq, at: record.at)
        case .agent(let agent):
            apply(agent, at: record.at)
        case .account(let account):
            apply(account)
        case .restarted:
            restart(at: record.at)
        }
    }

    private mutating func open(
        _ id: ChatID, seq: UInt64, _ opened: Opened, at now: Instant
    ) throws(Inconsistency) {
        guard chats[id] == nil, seq == 1 else { throw Inconsistency("chat \(id) is opened twice") }
        // `queued` follows and gives it its queue and rank; should a crash cut that off, nothing of it was promised.
        chats[id] = Chat(id: id, opened: opened, at: now, lastSeq: seq, queue: "", phase: .ended(since: now))
        tokens[opened.token] = id
    }

    private mutating func apply(
        _ event: ChatRecord, to index: Int, seq: UInt64, at now: Instant
    ) throws(Inconsistency) {
        switch event {
        case .opened:
            throw Inconsistency("chat \(chats.entries[index].id) is opened twice")
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
        case .offerClosed(let offer, let agent, let outcome, _):
            try closeOffer(index, offer, agent, outcome, at: now)
        case .started(let started):
            try start(index, started, seq: seq, at: now)
        case .transferred(let agent, let target, _):
            try transfer(index, from: agent, to: target, at: now)
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
        case .ended(let reason, _, _, _):
            try end(index, reason, at: now)
        case .wrappedUp(let agent, _, _):
            try wrapUp(index, agent, at: now)
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
        case .agent, .supervisor:
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
        case .ended where chat.endReason == nil: break
        case .ended, .offered, .wrapUp:
            throw Inconsistency("chat \(chat.id) cannot be queued from \(chat.phase)")
        }
        switch queued.cause {
        case .entered: wait(index, in: queued.queue, isHead: false, since: now, at: now)
        case .agentLost, .accountChanged: wait(index, in: queued.queue, isHead: true, since: now, at: now)
        // Still the same visit to the queue, so the wait goes on.
        case .transferUnanswered: wait(index, in: queued.queue, isHead: true, since: now, at: chat.queuedAt)
        }
    }

    private mutating func transfer(
        _ index: Int, from name: AgentName, to target: TransferTarget, at now: Instant
    ) throws(Inconsistency) {
        try release(index, from: name, at: now)
        let queue: QueueID
        switch target {
        case .queue(let other): queue = other
        case .agent: queue = chats.entries[index].queue
        }
        // Not straight back to who just let go.
        pause(&chats.entries[index], name, at: now)
        // Who was transferred has waited once: by age, not at the end.
        wait(index, in: queue, isHead: false, since: chats.entries[index].openedAt, at: now)
    }

    private mutating func wait(
        _ index: Int, in queue: QueueID, isHead: Bool, since: Instant, at now: Instant
    ) {
        let rank = Rank(isHead: isHead, since: since, ordinal: nextOrdinal)
        nextOrdinal += 1
        chats.entries[index].queue = queue
        chats.entries[index].queuedAt = now
        chats.entries[index].phase = .waiting(rank)
        chats.entries[index].silentSince = nil
        queues[queue, default: QueueState()].enter(
            chats.entries[index].id, at: rank, isReady: chats.entries[index].isReady)
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
        _ index: Int, _ id: OfferID, _ name: AgentName, _ outcome: OfferOutcome,
        at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        guard case .offered(let offer, let rank) = chat.phase, offer.id == id, offer.agent == name else {
            throw Inconsistency("chat \(chat.id) has no offer \(id) to \(name)")
        }
        chats.entries[index].phase = .waiting(rank)
        settleReadiness(of: index)
        agents[name]?.offers.removeAll { $0 == chat.id }
        switch outcome {
        case .accepted:
            agents[name]?.unansweredInARow = 0
        case .declined:
            agents[name]?.unansweredInARow = 0
            agents[name]?.restingSince = now
            pause(&chats.entries[index], name, at: now)
        case .expired:
            if agents[name]?.unansweredAt.map({ offer.made >= $0 }) ?? true {
                agents[name]?.unansweredInARow += 1
                agents[name]?.unansweredAt = now
            }
            agents[name]?.restingSince = now
        case .rescinded:
            break
        }
    }

    private func pause(_ chat: inout Chat, _ name: AgentName, at now: Instant) {
        chat.declines.removeAll { $0.agent == name }
        if chat.declines.count >= Chat.declineLimit { chat.declines.removeFirst() }
        chat.declines.append(Chat.Decline(agent: name, until: now + Chat.declinePause))
    }

    // MARK: With an agent

    private mutating func start(
        _ index: Int, _ started: Started, seq: UInt64, at now: Instant
    ) throws(Inconsistency) {
        let id = chats.entries[index].id
        guard case .waiting(let rank) = chats.entries[index].phase, agents[started.agent] != nil,
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
        agents[started.agent]?.restingSince = now
        agents[started.agent]?.unansweredInARow = 0
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
        case .offered, .wrapUp, .ended:
            throw Inconsistency("chat \(chat.id) cannot end from \(chat.phase)")
        }
        chats.entries[index].endReason = reason
        chats.entries[index].silentSince = nil
    }

    private mutating func wrapUp(
        _ index: Int, _ name: AgentName, at now: Instant
    ) throws(Inconsistency) {
        let chat = chats.entries[index]
        guard case .wrapUp(let agent, let since) = chat.phase, agent == name else {
            throw Inconsistency("chat \(chat.id) is not being wrapped up by \(name)")
        }
        agents[name]?.chats.removeAll { $0 == chat.id }
        agents[name]?.restingSince = now
        queues[chat.queue, default: QueueState()].release(at: now, handling: now - (chat.startedAt ?? since))
        chats.entries[index].phase = .ended(since: since)
    }

    private mutating func close(_ index: Int) throws(Inconsistency) {
        let chat = chats.entries[index]
        guard case .ended = chat.phase else {
            throw Inconsistency("chat \(chat.id) is closed while \(chat.phase)")
        }
        if tokens[chat.token] == chat.id { tokens[chat.token] = nil }
        chats.remove(at: index)
    }

    // MARK: Agents and restarts

    private mutating func apply(_ record: AgentRecord, at now: Instant) {
        let name = record.profile.name
        forgetAgents(longGoneAt: now, except: name)
        var agent =
            agents[name]
            ?? Agent(
                profile: record.profile, status: record.status, statusAfterChats: nil, capacity: record.capacity,
                autoAccept: record.autoAccept, awaySince: nil, restingSince: now)
        if record.status == .available, agent.status != .available { agent.restingSince = now }
        if record.cause != .asked || record.status == .available { agent.unansweredInARow = 0 }
        agent.profile = record.profile
        agent.status = record.status
        agent.statusAfterChats = record.statusAfterChats
        agent.capacity = record.capacity
        agent.autoAccept = record.autoAccept
        agent.awaySince = record.isPresent ? nil : agent.awaySince ?? now
        agents[name] = agent
    }

    /// Whoever has no account is unknown again, since another person may be given the name; unless that one is there
    /// already.
    private mutating func apply(_ record: AccountRecord) {
        if let edit = record.edit, edit.isNews(after: lastAccountEdit) { lastAccountEdit = edit }
        guard record.change == .removed, let agent = agents[record.account], agent.awaySince != nil,
            agent.usedSlots == 0
        else { return }
        agents[record.account] = nil
    }

    /// Whoever left long ago is unknown again: on replay at the same record.
    private mutating func forgetAgents(longGoneAt now: Instant, except name: AgentName) {
        let gone = agents.values.filter { agent in
            guard agent.name != name, agent.status == .offline, agent.usedSlots == 0, let away = agent.awaySince else {
                return false
            }
            return now - away > Agent.memory
        }
        for agent in gone { agents[agent.name] = nil }
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
