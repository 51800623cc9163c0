// What time brings: each kind of deadline has one row that says when it is due and one that says what then happens.

extension Desk {
    /// When `kind` is due by the state as it is now; nil when it no longer matters.
    func due(_ kind: DeadlineKind) -> Instant? {
        switch kind {
        case .chat(let deadline, let id): return state.chats[id].flatMap { due(deadline, of: $0) }
        case .agentHold(let name):
            guard let agent = state.agents[name], agent.status != .offline || !agent.chats.isEmpty else { return nil }
            return heldSince(agent.awaySince).map { $0 + configuration.limits.agentHold }
        case .notices(let id): return notices[id]?.due
        case .idleSession(let handle): return sessions[handle].map { $0.lastActive + configuration.limits.idleSession }
        case .routing: return routingDue
        }
    }

    private func due(_ deadline: ChatDeadline, of chat: Chat) -> Instant? {
        let limits = configuration.limits
        switch deadline {
        case .offer:
            guard case .offered(let offer, _) = chat.phase else { return nil }
            return offer.expires
        case .wrapUp:
            guard case .wrapUp(_, let since) = chat.phase else { return nil }
            return since + limits.wrapUp
        case .hold:
            guard chat.phase.isOpen else { return nil }
            // What a queue must not take away is the rank: it is kept longer than a conversation that has begun.
            let hold = chat.phase.rank == nil ? limits.customerHold : limits.waitingHold
            return heldSince(chat.customerAwaySince).map { $0 + hold }
        case .silence:
            // An absent customer is not silent but away, and has a deadline for that.
            guard chat.customerAwaySince == nil, let since = chat.silentSince else { return nil }
            return since + (chat.isReminded ? limits.idleEnd : limits.idleReminder)
        case .forget:
            guard case .ended(let since) = chat.phase else { return nil }
            return since + limits.rating
        }
    }

    /// While the server was down nobody could come back: that time counts against nobody.
    private func heldSince(_ awaySince: Instant?) -> Instant? {
        awaySince.map { max($0, began ?? $0) }
    }

    /// Looks at `kind` when it is due; does nothing when it does not matter.
    mutating func arm(_ kind: DeadlineKind) {
        if let instant = due(kind) { deadlines.arm(kind, at: instant) }
    }

    mutating func arm(_ deadline: ChatDeadline, of chat: ChatID) {
        arm(.chat(deadline, chat))
    }

    /// After a restart: everything that can come due of one chat.
    mutating func armAll(_ chat: ChatID) {
        for deadline in ChatDeadline.allCases { arm(deadline, of: chat) }
    }

    mutating func runDeadlines(_ turn: inout Turn) {
        while let kind = deadlines.popDue(at: turn.now) {
            guard let instant = due(kind) else { continue }
            if instant > turn.now {
                deadlines.arm(kind, at: instant)
            } else {
                run(kind, &turn)
            }
        }
    }

    private mutating func run(_ kind: DeadlineKind, _ turn: inout Turn) {
        switch kind {
        case .chat(.offer, let id): expireOffer(of: id, &turn)
        case .chat(.wrapUp, let id): endWrapUp(id, &turn)
        case .chat(.hold, let id): loseHeld(id, &turn)
        case .chat(.silence, let id): breakSilence(id, &turn)
        case .chat(.forget, let id): forget(id, &turn)
        case .agentHold(let name): release(name, .lost, &turn)
        case .notices(let id): markQueue(id)
        case .idleSession(let handle): closeIdle(handle, &turn)
        case .routing: needsRouting = true
        }
    }

    private mutating func endWrapUp(_ id: ChatID, _ turn: inout Turn) {
        guard let chat = state.chats[id], let name = chat.phase.agent else { return }
        finishWrapUp(chat, name, .timeout, WrapUpReport(), &turn)
        tellAgent(name, .ok(about: "wrapup", chat: id), &turn)
    }

    private mutating func loseHeld(_ id: ChatID, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        // An absent customer's chat may have come to the queue only after the disconnect.
        let abandonedAt = chat.phase.agent == nil ? chat.customerAwaySince.map { max($0, chat.queuedAt) } : nil
        end(id, .customerLost, by: .system, abandonedAt: abandonedAt, &turn)
    }

    private mutating func breakSilence(_ id: ChatID, _ turn: inout Turn) {
        guard let chat = state.chats[id], case .active = chat.phase else { return }
        if chat.isReminded {
            end(id, .idle, by: .system, &turn)
            return
        }
        let seq = record(id, .reminded, &turn)
        let endsIn = Interval(
            milliseconds: configuration.limits.idleEnd.milliseconds - configuration.limits.idleReminder.milliseconds)
        tellCustomer(
            of: chat,
            .message(
                MessageNotice(
                    chat: id, seq: seq, from: .system, name: nil, id: nil, body: .system(.idleReminder(endsIn: endsIn)),
                    at: turn.now)), &turn)
        arm(.silence, of: id)
    }

    private mutating func forget(_ id: ChatID, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        record(id, .closed, &turn)
        guard let seat = customers[chat.token], seat.chat == id else { return }
        customers[chat.token]?.chat = nil
        if seat.sessions.isEmpty { customers[chat.token] = nil }
    }

    private mutating func closeIdle(_ handle: SessionHandle, _ turn: inout Turn) {
        guard let session = sessions[handle] else { return }
        guard case .customer(let digest) = session.party, openChat(of: digest) == nil else {
            // Agents, and customers in a chat, may be quiet; look again later.
            deadlines.arm(.idleSession(handle), at: turn.now + configuration.limits.idleSession)
            return
        }
        dismiss(handle, .idle, &turn)
    }
}
