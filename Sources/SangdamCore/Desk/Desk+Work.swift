// Agents at work: their status, and what becomes of what they hold when they go.

extension Desk {
    mutating func setStatus(_ change: StatusChange, from sender: Sender, _ turn: inout Turn) {
        let name = sender.agent
        guard let agent = state.agents[name] else { return }
        if let capacity = change.capacity, !(1...100).contains(capacity) {
            return turn.refuse(sender.session, Refusal(.badField, subject: "capacity"))
        }
        var entry = AgentRecord(agent, cause: .asked)
        entry.capacity = change.capacity ?? agent.capacity
        entry.autoAccept = change.autoAccept ?? agent.autoAccept
        if let status = change.status {
            if status != .available, change.afterChats, !agent.chats.isEmpty {
                entry.statusAfterChats = status
            } else if status == .offline, hasActiveChat(agent) {
                return turn.refuse(sender.session, Refusal(.chatsOpen))
            } else {
                entry.status = status
                entry.statusAfterChats = nil
            }
        }
        if entry.status == .offline {
            closeWrapUps(of: agent, .agentOffline, &turn)
            releaseInquiries(of: name, .agentOffline, &turn)
        }
        if entry.status != .available || entry.statusAfterChats != nil { rescindOffers(to: name, &turn) }
        record(entry, &turn)
        tellStatus(of: name, .asked, &turn)
        turn.needsRouting = true
        markQueues(of: name, &turn)
    }

    private func hasActiveChat(_ agent: Agent) -> Bool {
        agent.chats.contains { id in
            if case .active = state.chats[id]?.phase { true } else { false }
        }
    }

    func tellStatus(of name: AgentName, _ cause: StatusCause, _ turn: inout Turn) {
        guard let agent = state.agents[name] else { return }
        tell(name, .status(AgentNotice(agent, cause: cause)), &turn)
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
        record(entry, &turn)
        markQueues(of: name, &turn)
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
            guard let index = state.chats.index(of: id), case .active(_, let since) = state.chats.entries[index].phase
            else { continue }
            turn.observe(.handled(state.chats.entries[index].queue, turn.now - since))
            tell(index, .party(chat: id, who: .agent, .left), to: .customer, &turn)
            requeue(id, loss.requeueReason, &turn)
        }
        closeWrapUps(of: agent, loss.wrapUpCause, &turn)
        releaseInquiries(of: name, loss.inquiryCause, &turn)
        if state.agents[name]?.status != .offline {
            changeAgent(name, status: .offline, cause: loss.statusCause, &turn)
        }
    }

    /// The status that was to come when the chats are done.
    mutating func settleStatus(of name: AgentName, _ turn: inout Turn) {
        guard let agent = state.agents[name], let status = agent.statusAfterChats, agent.chats.isEmpty else { return }
        if status == .offline { releaseInquiries(of: name, .agentOffline, &turn) }
        changeAgent(name, status: status, cause: .chatsDone, &turn)
        tellStatus(of: name, .chatsDone, &turn)
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
    var inquiryCause: InquiryReleaseCause { self == .lost ? .agentLost : .accountChanged }
    var statusCause: StatusCause { self == .lost ? .lost : .accountChanged }
}

extension AgentRecord {
    /// The agent as it is, to be changed and written.
    init(_ agent: Agent, cause: StatusCause) {
        self.init(
            profile: agent.profile, status: agent.status, statusAfterChats: agent.statusAfterChats,
            capacity: agent.capacity, autoAccept: agent.autoAccept, isPresent: agent.awaySince == nil, cause: cause)
    }
}
