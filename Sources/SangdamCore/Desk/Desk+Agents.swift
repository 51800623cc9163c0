// What agents ask for: their status, offers, handing over, ending and wrapping up.

extension Desk {
    mutating func perform(
        _ command: Command, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        let rule = command.rule
        guard rule.allows(.agent) else {
            refuse(handle, Refusal(.notAllowed, subject: rule.name), &turn)
            return
        }
        switch command {
        case .topics: turn.deliver(handle, .topics(topicsNotice(at: turn.now)))
        case .say(let chat, let id, let text): say(chat, id, text, from: handle, by: name, &turn)
        case .typing(let chat, let isOn): passOn(.typing(isOn), chat, from: handle, by: name, &turn)
        case .seen(let chat, let seq): passOn(.seen(seq), chat, from: handle, by: name, &turn)
        case .note(let chat, let id, let text): note(chat, id, text, from: handle, by: name, &turn)
        case .status(let change): setStatus(change, from: handle, by: name, &turn)
        case .accept(let offer): accept(offer, from: handle, by: name, &turn)
        case .decline(let offer, let reason): decline(offer, reason, from: handle, by: name, &turn)
        case .transfer(let chat, let target, let kind):
            transfer(chat, to: target, kind, from: handle, by: name, &turn)
        case .end(let chat): endByAgent(chat, from: handle, by: name, &turn)
        case .wrapUp(let chat, let report): wrapUp(chat, report, from: handle, by: name, &turn)
        case .enter, .intake, .leave, .hangUp, .rate, .position, .transcript, .language:
            preconditionFailure("the command table lets \(rule.name) through to agents")
        }
    }

    // MARK: Status

    private mutating func setStatus(
        _ change: StatusChange, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        guard let agent = state.agents[name] else { return }
        if let capacity = change.capacity, !(1...100).contains(capacity) {
            return refuse(handle, Refusal(.badField, subject: "capacity"), &turn)
        }
        var entry = AgentRecord(agent, cause: .asked)
        entry.capacity = change.capacity ?? agent.capacity
        entry.autoAccept = change.autoAccept ?? agent.autoAccept
        if let status = change.status {
            if status != .available, change.afterChats, !agent.chats.isEmpty {
                entry.statusAfterChats = status
            } else if status == .offline, hasActiveChat(agent) {
                return refuse(handle, Refusal(.chatsOpen), &turn)
            } else {
                entry.status = status
                entry.statusAfterChats = nil
            }
        }
        if entry.status == .offline { closeWrapUps(of: agent, .agentOffline, &turn) }
        if entry.status != .available || entry.statusAfterChats != nil { rescindOffers(to: name, &turn) }
        record(Record(at: turn.now, body: .agent(entry)), &turn)
        tellStatus(of: name, .asked, &turn)
        needsRouting = true
        markQueues(of: name)
    }

    private func hasActiveChat(_ agent: Agent) -> Bool {
        agent.chats.contains { id in
            if case .active = state.chats[id]?.phase { true } else { false }
        }
    }

    func tellStatus(of name: AgentName, _ cause: StatusCause, _ turn: inout Turn) {
        guard let agent = state.agents[name] else { return }
        tellAgent(name, .status(notice(of: agent, cause: cause)), &turn)
    }

    /// A change that nobody asked for.
    mutating func changeAgent(
        _ name: AgentName, status: AgentStatus? = nil, cause: StatusCause, isPresent: Bool? = nil,
        _ turn: inout Turn
    ) {
        guard let agent = state.agents[name] else { return }
        var entry = AgentRecord(agent, cause: cause)
        if let status {
            entry.status = status
            entry.statusAfterChats = nil
        }
        entry.isPresent = isPresent ?? entry.isPresent
        record(Record(at: turn.now, body: .agent(entry)), &turn)
        markQueues(of: name)
    }

    /// Off duty from here on, so that nobody who waits is promised this agent.
    mutating func becomeAbsent(_ name: AgentName, _ loss: AgentLoss, _ turn: inout Turn) {
        guard let agent = state.agents[name], agent.awaySince == nil else { return }
        changeAgent(name, cause: loss.statusCause, isPresent: false, &turn)
    }

    /// Takes back all that an absent agent holds who will not come back to it: offers, chats, wrap-ups, and the duty.
    mutating func release(_ name: AgentName, _ loss: AgentLoss, _ turn: inout Turn) {
        rescindOffers(to: name, &turn)
        guard let agent = state.agents[name] else { return }
        for id in agent.chats {
            guard let chat = state.chats[id], case .active(_, let since) = chat.phase else { continue }
            turn.observe(.handled(chat.queue, turn.now - since))
            tellCustomer(of: chat, .party(chat: id, who: .agent, .left), &turn)
            requeue(id, loss.requeueReason, &turn)
        }
        closeWrapUps(of: agent, loss.wrapUpCause, &turn)
        if state.agents[name]?.status != .offline {
            changeAgent(name, status: .offline, cause: loss.statusCause, &turn)
        }
    }

    /// The status that was to come when the chats are done.
    mutating func settleStatus(of name: AgentName, _ turn: inout Turn) {
        guard let agent = state.agents[name], let status = agent.statusAfterChats, agent.chats.isEmpty else { return }
        changeAgent(name, status: status, cause: .chatsDone, &turn)
        tellStatus(of: name, .chatsDone, &turn)
    }

    // MARK: Offers

    private mutating func accept(
        _ offerID: OfferID, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        guard let id = chat(offered: offerID, to: name) else {
            return refuse(handle, Refusal(.unknownOffer), &turn)
        }
        closeOffer(of: id, .accepted, &turn)
        start(id, with: name, offer: offerID, &turn)
    }

    private mutating func decline(
        _ offerID: OfferID, _ reason: Text?, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        guard let id = chat(offered: offerID, to: name) else {
            return refuse(handle, Refusal(.unknownOffer), &turn)
        }
        let wasTransfer = isTransferOffer(id)
        closeOffer(of: id, .declined, reason: reason, &turn)
        if wasTransfer { requeue(id, .transferUnanswered, &turn) }
        needsRouting = true
    }

    private func chat(offered offerID: OfferID, to name: AgentName) -> ChatID? {
        state.agents[name]?.offers.first { id in
            if case .offered(let offer, _) = state.chats[id]?.phase { offer.id == offerID } else { false }
        }
    }

    // MARK: Handing over

    private mutating func transfer(
        _ id: ChatID, to target: TransferTarget, _ kind: TransferKind, from handle: SessionHandle,
        by name: AgentName, _ turn: inout Turn
    ) {
        guard kind == .cold else { return refuse(handle, Refusal(.unsupported, subject: "kind"), &turn) }
        guard let chat = chat(id, of: name) else { return refuse(handle, Refusal(.unknownChat), &turn) }
        guard case .active(_, let since) = chat.phase else {
            return refuse(handle, Refusal(.chatNotActive), &turn)
        }
        switch target {
        case .queue(let queue):
            guard queuesByID[queue] != nil else { return refuse(handle, Refusal(.unknownQueue), &turn) }
            guard hasRoom(queue) else { return refuse(handle, Refusal(.queueFull), &turn) }
        case .agent(let colleague):
            guard let agent = state.agents[colleague] else { return refuse(handle, Refusal(.unknownAgent), &turn) }
            guard colleague != name, agent.hasFreeSlot else {
                return refuse(handle, Refusal(.agentUnavailable), &turn)
            }
        }
        record(id, .transferred(from: name, to: target, kind: kind), &turn)
        turn.observe(.transferred(kind))
        turn.observe(.handled(chat.queue, turn.now - since))
        turn.deliver(handle, .ok(about: "transfer", chat: id))
        tellAgent(name, .party(chat: id, who: .agent, .left), &turn)
        tellCustomer(of: chat, .party(chat: id, who: .agent, .left), &turn)
        guard let waiting = state.chats[id] else { return }
        turn.observe(.offered(waiting.queue))
        customers[chat.token]?.told = nil
        tellPosition(of: waiting, &turn)
        if case .agent(let colleague) = target { offer(id, to: colleague, isTransfer: true, &turn) }
        settleStatus(of: name, &turn)
        needsRouting = true
    }

    // MARK: Ending and wrapping up

    private mutating func endByAgent(
        _ id: ChatID, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        guard let chat = chat(id, of: name) else { return refuse(handle, Refusal(.unknownChat), &turn) }
        guard case .active = chat.phase else { return refuse(handle, Refusal(.chatNotActive), &turn) }
        end(id, .agentEnded, by: .agent, &turn)
    }

    private mutating func wrapUp(
        _ id: ChatID, _ report: WrapUpReport, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        guard let chat = chat(id, of: name) else { return refuse(handle, Refusal(.unknownChat), &turn) }
        guard case .wrapUp = chat.phase else { return refuse(handle, Refusal(.chatNotActive), &turn) }
        finishWrapUp(chat, name, .agent, report, &turn)
        turn.deliver(handle, .ok(about: "wrapup", chat: id))
    }

    mutating func finishWrapUp(
        _ chat: Chat, _ name: AgentName, _ cause: WrapUpCause, _ report: WrapUpReport, _ turn: inout Turn
    ) {
        guard case .wrapUp(_, let since) = chat.phase else { return }
        record(chat.id, .wrappedUp(name, cause, report), &turn)
        turn.observe(.wrappedUp(chat.queue, turn.now - since))
        turn.observe(.handled(chat.queue, turn.now - (chat.startedAt ?? since)))
        arm(.forget, of: chat.id)
        settleStatus(of: name, &turn)
        needsRouting = true
    }

    mutating func closeWrapUps(of agent: Agent, _ cause: WrapUpCause, _ turn: inout Turn) {
        for id in agent.chats {
            guard let chat = state.chats[id] else { continue }
            finishWrapUp(chat, agent.name, cause, WrapUpReport(), &turn)
        }
    }
}

/// Why an agent's chats go on without the agent.
enum AgentLoss {
    /// The connection was lost, and the time to come back is over.
    case lost
    /// The account was taken away, or something of it.
    case accountChanged

    var requeueReason: RequeueReason { self == .lost ? .agentLost : .accountChanged }
    var wrapUpCause: WrapUpCause { self == .lost ? .agentLost : .accountChanged }
    var statusCause: StatusCause { self == .lost ? .lost : .accountChanged }
}

extension AgentRecord {
    /// The agent as it stands, to be changed and written.
    init(_ agent: Agent, cause: StatusCause) {
        self.init(
            profile: agent.profile, status: agent.status, statusAfterChats: agent.statusAfterChats,
            capacity: agent.capacity, autoAccept: agent.autoAccept, isPresent: agent.awaySince == nil, cause: cause)
    }
}
