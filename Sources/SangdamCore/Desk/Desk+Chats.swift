// The course of a chat beside its words: it starts with an agent, is passed on, goes back to its queue, ends, is
// wrapped up, and is forgotten.

extension Desk {
    mutating func start(
        _ id: ChatID, with name: AgentName, offer: OfferID?, why: RoutingReason? = nil, _ turn: inout Turn
    ) {
        guard let index = state.chats.index(of: id), let agent = state.agents[name] else { return }
        let (queue, waited) = (state.chats.entries[index].queue, turn.now - state.chats.entries[index].queuedAt)
        let started = Started(
            agent: name, offer: offer, waited: waited, tally: agent.tallyAtStart(at: turn.now), why: why)
        record(id, .started(started), &turn)
        turn.observe(.answered(queue, waited: waited))
        markQueue(queue, &turn)
        forgetTold(state.chats.entries[index].token)
        presence.customers[state.chats.entries[index].token]?.isHelped = nil
        tell(index, .started(state.chats.entries[index], with: name), to: .customer, &turn)
        for session in presence.sessions(of: name) { showChat(id, to: session, &turn) }
        // A colleague may have given away the chat of an absent customer, who as one who waits was held for longer.
        arm(.hold, of: id)
    }

    /// Back to the head of its queue.
    mutating func requeue(_ id: ChatID, _ reason: RequeueReason, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        let rank = rank(isHead: true, since: turn.now)
        record(id, .queued(Queued(queue: chat.queue, cause: reason.queuedCause, rank: rank)), &turn)
        turn.observe(.requeued(reason))
        // A transfer that nobody answered is still the same visit to the queue.
        if chat.phase.agent != nil { turn.observe(.offered(chat.queue)) }
        forgetTold(chat.token)
        tellPosition(of: id, &turn)
        beginWait(of: id, &turn)
        turn.needsRouting = true
    }

    // MARK: Passing on

    mutating func transfer(to target: TransferTarget, _ kind: TransferKind, from sender: Sender, _ turn: inout Turn) {
        let name = sender.agent
        let chat = state.chats.entries[sender.chat]
        if let code = refusal(of: target, for: name) { return turn.refuse(sender.session, Refusal(code)) }
        let transferred = Transferred(
            from: name, to: target, kind: kind, rank: rank(isHead: false, since: chat.openedAt),
            pause: pause(of: name, about: chat, at: turn.now))
        record(chat.id, .transferred(transferred), &turn)
        turn.observe(.transferred(kind))
        turn.observe(.handled(chat.queue, turn.now - (chat.startedAt ?? turn.now)))
        turn.deliver(sender.session, .ok(about: "transfer", chat: chat.id))
        tell(sender.chat, .party(chat: chat.id, who: .agent, .left), to: .agent(name), &turn)
        tell(sender.chat, .party(chat: chat.id, who: .agent, .left), to: .customer, &turn)
        turn.observe(.offered(state.chats.entries[sender.chat].queue))
        forgetTold(chat.token)
        tellPosition(of: chat.id, &turn)
        beginWait(of: chat.id, &turn)
        if case .agent(let colleague) = target { offer(chat.id, to: colleague, isTransfer: true, why: nil, &turn) }
        settleStatus(of: name, &turn)
        turn.needsRouting = true
    }

    private func refusal(of target: TransferTarget, for name: AgentName) -> RefusalCode? {
        switch target {
        case .queue(let queue):
            if !directory.hasQueue(queue) { return .unknownQueue }
            return hasRoom(queue) ? nil : .queueFull
        case .agent(let colleague):
            guard let agent = state.agents[colleague] else { return .unknownAgent }
            return colleague != name && agent.hasFreeSlot ? nil : .agentUnavailable
        }
    }

    // MARK: The end

    mutating func end(
        _ id: ChatID, _ reason: EndReason, by party: Party, abandonedAt: Instant? = nil, _ turn: inout Turn
    ) {
        closeOffer(of: id, .rescinded, &turn)
        guard let index = state.chats.index(of: id) else { return }
        let chat = state.chats.entries[index]
        let waited = (abandonedAt ?? turn.now) - chat.queuedAt
        let isWaiting = chat.phase.agent == nil
        let isHelped = isWaiting && presence.customers[chat.token]?.isHelped == true
        // Whoever leaves an inquiry instead has not given up.
        let isShort = isWaiting && !isHelped && reason != .inquired ? waited < limits.shortAbandonment : nil
        record(id, .ended(reason, by: party, abandonedAt: abandonedAt, isShort: isShort, isHelped: isHelped), &turn)
        turn.observe(.ended(chat.queue, reason))
        if let isShort { turn.observe(.abandoned(chat.queue, waited: waited, isShort: isShort)) }
        if isWaiting { markQueue(chat.queue, &turn) }
        arm(chat.phase.agent == nil ? .forget : .wrapUp, of: id)
        tell(index, .ended(chat: id, reason, receipt: chat.receipt), to: .everybody, &turn)
        turn.needsRouting = true
    }

    /// What was said is in the journal; the desk knows the chat no longer.
    mutating func forget(_ id: ChatID, _ turn: inout Turn) {
        guard let token = state.chats[id]?.token else { return }
        record(id, .closed, &turn)
        presence.release(token, from: id)
    }

    // MARK: Wrap-up

    mutating func wrapUp(_ report: WrapUpReport, from sender: Sender, _ turn: inout Turn) {
        let id = state.chats.keys[sender.chat]
        finishWrapUp(id, .agent, report, &turn)
        turn.deliver(sender.session, .ok(about: "wrapup", chat: id))
    }

    /// The time for it is over.
    mutating func endWrapUp(_ id: ChatID, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id), let name = state.chats.entries[index].phase.agent else { return }
        finishWrapUp(id, .timeout, WrapUpReport(), &turn)
        tell(index, .ok(about: "wrapup", chat: id), to: .agent(name), &turn)
    }

    mutating func closeWrapUps(of agent: Agent, _ cause: WrapUpCause, _ turn: inout Turn) {
        for id in agent.chats { finishWrapUp(id, cause, WrapUpReport(), &turn) }
    }

    private mutating func finishWrapUp(
        _ id: ChatID, _ cause: WrapUpCause, _ report: WrapUpReport, _ turn: inout Turn
    ) {
        guard let chat = state.chats[id], case .wrapUp(let name, let since) = chat.phase,
            let agent = state.agents[name]
        else { return }
        record(id, .wrappedUp(name, cause, report, agent.tallyAfterWrapUp(at: turn.now)), &turn)
        turn.observe(.wrappedUp(chat.queue, turn.now - since))
        turn.observe(.handled(chat.queue, turn.now - (chat.startedAt ?? since)))
        arm(.forget, of: id)
        settleStatus(of: name, &turn)
        turn.needsRouting = true
    }
}

extension RequeueReason {
    fileprivate var queuedCause: QueuedCause {
        switch self {
        case .agentLost: .agentLost
        case .accountChanged: .accountChanged
        case .transferUnanswered: .transferUnanswered
        }
    }
}
