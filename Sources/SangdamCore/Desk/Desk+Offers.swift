// Chats to agents: routing at the end of an event, offers and what becomes of them.

extension Desk {
    /// Gives waiting chats to free slots until one or the other is used up.
    mutating func route(_ turn: inout Turn) {
        var round = RoutingRound(policy, directory, state)
        while let (chat, agent, why) = round.next(state, at: turn.now) {
            offer(chat, to: agent, isTransfer: false, why: why, &turn)
            round.refresh(agent, state)
        }
        routingDue = round.changesAt
        arm(.routing)
    }

    /// `why` is nil where a colleague chose the agent.
    mutating func offer(
        _ id: ChatID, to name: AgentName, isTransfer: Bool, why: RoutingReason?, _ turn: inout Turn
    ) {
        guard let agent = state.agents[name], let chat = state.chats[id] else { return }
        if agent.autoAccept {
            turn.observe(.offer(chat.queue, .autoAccepted))
            start(id, with: name, offer: nil, why: why, &turn)
            return
        }
        let offered = Offered(
            offer: newID(turn), agent: name, expires: turn.now + limits.offerTimeout, isTransfer: isTransfer,
            why: why)
        record(id, .offered(offered), &turn)
        arm(.offer, of: id)
        showOffer(id, &turn)
    }

    /// The offer of this chat for one session of its agent, or for all.
    mutating func showOffer(_ id: ChatID, to session: SessionHandle? = nil, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id), case .offered(let offer, _) = state.chats.entries[index].phase,
            let notice = OfferNotice(state.chats.entries[index], at: turn.now)
        else { return }
        if let session {
            turn.deliver(session, .offer(notice))
        } else {
            tell(index, .offer(notice), to: .agent(offer.agent), &turn)
        }
    }

    // MARK: Answers

    mutating func accept(_ offer: OfferID, from sender: Sender, _ turn: inout Turn) {
        guard let id = chat(offered: offer, to: sender.agent) else {
            return turn.refuse(sender.session, Refusal(.unknownOffer))
        }
        closeOffer(of: id, .accepted, &turn)
        start(id, with: sender.agent, offer: offer, &turn)
    }

    mutating func decline(_ offer: OfferID, _ reason: Text?, from sender: Sender, _ turn: inout Turn) {
        guard let id = chat(offered: offer, to: sender.agent) else {
            return turn.refuse(sender.session, Refusal(.unknownOffer))
        }
        letOfferGo(of: id, .declined, reason: reason, &turn)
    }

    private func chat(offered offer: OfferID, to name: AgentName) -> ChatID? {
        state.agents[name]?.offers.first { self.offer(of: $0)?.id == offer }
    }

    private func offer(of id: ChatID) -> Offer? {
        if case .offered(let offer, _) = state.chats[id]?.phase { offer } else { nil }
    }

    // MARK: The end of an offer

    /// The chat keeps its rank; what becomes of it is the caller's affair.
    mutating func closeOffer(of id: ChatID, _ outcome: OfferOutcome, reason: Text? = nil, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id), let offer = offer(of: id) else { return }
        let closed = OfferClosed(
            offer.id, offer.agent, outcome, reason: reason,
            tally: state.agents[offer.agent]?.tally(after: outcome, of: offer, at: turn.now),
            pause: outcome == .declined
                ? pause(of: offer.agent, about: state.chats.entries[index], at: turn.now) : nil)
        record(id, .offerClosed(closed), &turn)
        turn.observe(.offer(state.chats.entries[index].queue, OfferResult(outcome)))
        tell(index, .offerClosed(offer.id, outcome), to: .agent(offer.agent), &turn)
    }

    /// The chat looks for another agent. One that was to go to this very agent goes to the head of its queue.
    private mutating func letOfferGo(
        of id: ChatID, _ outcome: OfferOutcome, reason: Text? = nil, _ turn: inout Turn
    ) {
        guard let offer = offer(of: id) else { return }
        closeOffer(of: id, outcome, reason: reason, &turn)
        if offer.isTransfer { requeue(id, .transferUnanswered, &turn) } else { beginWait(of: id, &turn) }
        turn.needsRouting = true
    }

    /// Takes an offer back because one of the two is gone.
    mutating func rescindOffer(of id: ChatID, _ turn: inout Turn) {
        letOfferGo(of: id, .rescinded, &turn)
    }

    mutating func rescindOffers(to name: AgentName, _ turn: inout Turn) {
        for id in state.agents[name]?.offers ?? [] { rescindOffer(of: id, &turn) }
    }

    /// Too many unanswered ones in a row put the agent on break.
    mutating func expireOffer(of id: ChatID, _ turn: inout Turn) {
        guard let name = offer(of: id)?.agent else { return }
        letOfferGo(of: id, .expired, &turn)
        guard let agent = state.agents[name], agent.status == .available,
            agent.unansweredInARow >= limits.unansweredUntilBreak
        else { return }
        rescindOffers(to: name, &turn)
        changeAgent(name, status: .onBreak, cause: .unanswered, &turn)
        tellStatus(of: name, .unanswered, &turn)
    }
}

extension OfferResult {
    init(_ outcome: OfferOutcome) {
        switch outcome {
        case .accepted: self = .accepted
        case .declined: self = .declined
        case .expired: self = .expired
        case .rescinded: self = .rescinded
        }
    }
}
