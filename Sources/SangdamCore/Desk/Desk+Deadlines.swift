// What time brings: each kind of deadline has one row that says when it is due and one that says what then happens.

extension Desk {
    /// When `kind` is due by the state as it is now; nil when it no longer matters.
    func due(_ kind: DeadlineKind) -> Instant? {
        let limits = configuration.limits
        switch kind {
        case .offer(let id):
            guard case .offered(let offer, _) = state.chats[id]?.phase else { return nil }
            return offer.expires
        case .wrapUp(let id):
            guard case .wrapUp(_, let since) = state.chats[id]?.phase else { return nil }
            return since + limits.wrapUp
        case .customerHold(let id):
            guard let chat = state.chats[id], chat.phase.isOpen else { return nil }
            // What a queue must not take away is the place: it is kept longer than a conversation that has begun.
            let hold = chat.phase.place == nil ? limits.customerHold : limits.waitingHold
            return heldSince(chat.customerAwaySince).map { $0 + hold }
        case .agentHold(let name):
            guard let agent = state.agents[name], agent.status != .offline || !agent.chats.isEmpty else { return nil }
            return heldSince(agent.awaySince).map { $0 + limits.agentHold }
        case .silence(let id):
            // An absent customer is not silent but away, and has a deadline for that.
            guard let chat = state.chats[id], chat.customerAwaySince == nil, let since = chat.silentSince else {
                return nil
            }
            return since + (chat.isReminded ? limits.idleEnd : limits.idleReminder)
        case .declined(let id):
            return state.chats[id]?.declines.map(\.until).min()
        case .forget(let id):
            guard let chat = state.chats[id], case .ended(let since) = chat.phase else { return nil }
            return since + limits.rating
        case .notices(let id):
            return notices[id]?.due
        case .idleSession(let handle):
            return sessions[handle].map { $0.lastActive + limits.idleSession }
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

    /// After a restart: everything that can come due of one chat.
    mutating func armAll(_ chat: Chat) {
        for kind in [
            DeadlineKind.wrapUp(chat.id), .customerHold(chat.id), .silence(chat.id), .declined(chat.id),
            .forget(chat.id),
        ] {
            arm(kind)
        }
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
        case .offer(let id): expireOffer(of: id, &turn)
        case .wrapUp(let id): endWrapUp(id, &turn)
        case .customerHold(let id): loseHeld(id, &turn)
        case .agentHold(let name): release(name, .lost, &turn)
        case .silence(let id): breakSilence(id, &turn)
        case .declined(let id): endPause(of: id, &turn)
        case .forget(let id): forget(id, &turn)
        case .notices(let id): markQueue(id)
        case .idleSession(let handle): closeIdle(handle, &turn)
        }
    }

    /// The chat may be offered to that agent again; the other agents' pauses go on.
    private mutating func endPause(of id: ChatID, _ turn: inout Turn) {
        needsRouting = true
        guard let next = state.chats[id]?.declines.map(\.until).filter({ $0 > turn.now }).min() else { return }
        deadlines.arm(.declined(id), at: next)
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
        arm(.silence(id))
    }

    private mutating func forget(_ id: ChatID, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        record(id, .closed, &turn)
        guard let seat = seats[chat.token], seat.chat == id else { return }
        seats[chat.token]?.chat = nil
        if seat.sessions.isEmpty { seats[chat.token] = nil }
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
