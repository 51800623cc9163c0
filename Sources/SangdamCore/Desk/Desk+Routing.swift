// Chats to agents: who is next, who gets them, offers and what becomes of them, ends.

extension Desk {
    // MARK: Routing

    /// A queue in the race for free slots, and how far it has been gone through.
    private struct Line {
        let queue: Queue
        var next: WaitQueue.Entry
    }

    /// Gives waiting chats to free slots until one or the other is used up: queues of higher priority first, within a
    /// priority the longest wait first, and a chat that nobody may take just now does not hold up the ones behind it.
    ///
    /// Costs as many steps as there are queues when no chat is ready, and looks at each ready chat once at most.
    mutating func route(_ turn: inout Turn) {
        routingDue = nil
        let queues = state.queues.compactMap { $0.value.ready.isEmpty ? nil : queue($0.key) }
        if queues.isEmpty { return }
        var free = state.agents.values.filter(\.hasFreeSlot)
        for priority in Set(queues.map(\.priority)).sorted(by: >) where !free.isEmpty {
            route(queues.filter { $0.priority == priority }, to: &free, &turn)
        }
    }

    private mutating func route(_ queues: [Queue], to free: inout [Agent], _ turn: inout Turn) {
        var lines = queues.compactMap { queue in nextReady(in: queue, after: nil).map { Line(queue: queue, next: $0) } }
        drop(&lines, unservedBy: free)
        while let index = lines.indices.min(by: { lines[$0].next.rank < lines[$1].next.rank }) {
            let (queue, entry) = (lines[index].queue, lines[index].next)
            if let next = nextReady(in: queue, after: entry.rank) {
                lines[index].next = next
            } else {
                lines.remove(at: index)
            }
            guard let chat = state.chats[entry.chat] else { continue }
            switch policy.choice(of: free, for: chat, in: queue, at: turn.now) {
            case .agent(let agent):
                offer(chat.id, to: agent.name, isTransfer: false, &turn)
                if refresh(agent.name, among: &free) { drop(&lines, unservedBy: free) }
            case .nobody(let next):
                routeAgain(at: next)
            }
        }
    }

    /// Time alone may give a chat to somebody who is free: the earliest such moment is looked at. Who is not free makes
    /// the desk route when that changes.
    private mutating func routeAgain(at instant: Instant?) {
        guard let instant else { return }
        routingDue = min(routingDue ?? instant, instant)
        arm(.routing)
    }

    private func nextReady(in queue: Queue, after rank: Rank?) -> WaitQueue.Entry? {
        state.queues[queue.id]?.ready.next(after: rank)
    }

    /// A queue that no free slot serves is out of the race.
    private func drop(_ lines: inout [Line], unservedBy free: [Agent]) {
        lines.removeAll { line in !free.contains { $0.serves(line.queue) } }
    }

    /// The agent has one chat more; true when that was the last free slot.
    private func refresh(_ name: AgentName, among free: inout [Agent]) -> Bool {
        guard let index = free.firstIndex(where: { $0.name == name }) else { return false }
        if let agent = state.agents[name], agent.hasFreeSlot {
            free[index] = agent
            return false
        }
        free.remove(at: index)
        return true
    }

    // MARK: Offers

    mutating func offer(_ id: ChatID, to name: AgentName, isTransfer: Bool, _ turn: inout Turn) {
        guard let agent = state.agents[name], let chat = state.chats[id] else { return }
        if agent.autoAccept {
            turn.observe(.offer(chat.queue, .autoAccepted))
            start(id, with: name, offer: nil, &turn)
            return
        }
        let offered = Offered(
            offer: newID(turn), agent: name, expires: turn.now + configuration.limits.offerTimeout,
            isTransfer: isTransfer)
        record(id, .offered(offered), &turn)
        arm(.offer, of: id)
        showOffer(id, to: agentSessions[name] ?? [], &turn)
    }

    func showOffer(_ id: ChatID, to handle: SessionHandle, _ turn: inout Turn) {
        showOffer(id, to: [handle], &turn)
    }

    func showOffer(_ id: ChatID, to handles: [SessionHandle], _ turn: inout Turn) {
        guard let chat = state.chats[id], case .offered(let offer, _) = chat.phase else { return }
        let notice = OfferNotice(
            offer: offer.id, chat: id, queue: chat.queue, topic: chat.topic, language: chat.language,
            waited: turn.now - chat.queuedAt, intake: chat.intake, expires: offer.expires)
        for handle in handles { turn.deliver(handle, .offer(notice)) }
    }

    func isTransferOffer(_ id: ChatID) -> Bool {
        if case .offered(let offer, _) = state.chats[id]?.phase { offer.isTransfer } else { false }
    }

    /// The chat keeps its rank; what becomes of it is the caller's affair.
    mutating func closeOffer(of id: ChatID, _ outcome: OfferOutcome, reason: Text? = nil, _ turn: inout Turn) {
        guard let chat = state.chats[id], case .offered(let offer, _) = chat.phase else { return }
        record(id, .offerClosed(offer.id, offer.agent, outcome, reason: reason), &turn)
        turn.observe(.offer(chat.queue, OfferResult(outcome)))
        tellAgent(offer.agent, .offerClosed(offer.id, outcome), &turn)
    }

    /// Takes an offer back because one of the two is gone.
    mutating func rescindOffer(of id: ChatID, _ turn: inout Turn) {
        guard case .offered = state.chats[id]?.phase else { return }
        let wasTransfer = isTransferOffer(id)
        closeOffer(of: id, .rescinded, &turn)
        if wasTransfer { requeue(id, .transferUnanswered, &turn) }
        needsRouting = true
    }

    mutating func rescindOffers(to name: AgentName, _ turn: inout Turn) {
        for id in state.agents[name]?.offers ?? [] { rescindOffer(of: id, &turn) }
    }

    mutating func expireOffer(of id: ChatID, _ turn: inout Turn) {
        guard case .offered(let offer, _) = state.chats[id]?.phase else { return }
        closeOffer(of: id, .expired, &turn)
        if offer.isTransfer { requeue(id, .transferUnanswered, &turn) }
        if let agent = state.agents[offer.agent], agent.status == .available,
            agent.unansweredInARow >= configuration.limits.unansweredUntilBreak
        {
            rescindOffers(to: offer.agent, &turn)
            changeAgent(offer.agent, status: .onBreak, cause: .unanswered, &turn)
            tellStatus(of: offer.agent, .unanswered, &turn)
        }
        needsRouting = true
    }

    /// Back to the head of its queue.
    mutating func requeue(_ id: ChatID, _ reason: RequeueReason, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        let wasActive = chat.phase.agent != nil
        record(id, .queued(Queued(queue: chat.queue, cause: reason.queuedCause)), &turn)
        turn.observe(.requeued(reason))
        // A transfer that nobody answered still stands in the same visit to the queue.
        if wasActive { turn.observe(.offered(chat.queue)) }
        customers[chat.token]?.told = nil
        if let waiting = state.chats[id] { tellPosition(of: waiting, &turn) }
        needsRouting = true
    }

    // MARK: Beginning and end

    mutating func start(_ id: ChatID, with name: AgentName, offer: OfferID?, _ turn: inout Turn) {
        guard let waiting = state.chats[id] else { return }
        let waited = turn.now - waiting.queuedAt
        let seq = record(id, .started(Started(agent: name, offer: offer, waited: waited)), &turn)
        turn.observe(.answered(waiting.queue, waited: waited))
        markQueue(waiting.queue)
        customers[waiting.token]?.told = nil
        tellCustomer(of: waiting, .started(StartedNotice(chat: id, other: .agent(name), seq: seq)), &turn)
        for handle in agentSessions[name] ?? [] { showChat(id, to: handle, &turn) }
        // A colleague may have handed over the chat of an absent customer, who as one who waits was held for longer.
        arm(.hold, of: id)
    }

    mutating func end(
        _ id: ChatID, _ reason: EndReason, by party: Party, abandonedAt: Instant? = nil, _ turn: inout Turn
    ) {
        if case .offered = state.chats[id]?.phase { closeOffer(of: id, .rescinded, &turn) }
        guard let chat = state.chats[id] else { return }
        let waited = (abandonedAt ?? turn.now) - chat.queuedAt
        let isShort = chat.phase.agent == nil ? waited < configuration.limits.shortAbandonment : nil
        record(id, .ended(reason, by: party, abandonedAt: abandonedAt, isShort: isShort), &turn)
        turn.observe(.ended(chat.queue, reason))
        if let agent = chat.phase.agent {
            tellAgent(agent, .ended(chat: id, reason, receipt: chat.receipt), &turn)
            arm(.wrapUp, of: id)
        } else {
            turn.observe(.abandoned(chat.queue, waited: waited, isShort: isShort == true))
            markQueue(chat.queue)
            arm(.forget, of: id)
        }
        tellCustomer(of: chat, .ended(chat: id, reason, receipt: chat.receipt), &turn)
        needsRouting = true
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
