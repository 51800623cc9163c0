// What time brings: each kind of deadline has one row that says when it is due and one that says what then happens.
// When a chat's are due is said by `ChatDeadline.due`.

extension Desk {
    /// When `kind` is due by the state as it is now; nil when it no longer matters.
    func due(_ kind: DeadlineKind) -> Instant? {
        switch kind {
        case .chat(let deadline, let id):
            return state.chats.index(of: id).flatMap {
                deadline.due(of: state.chats.entries[$0], directory, began: began)
            }
        case .agentHold(let name):
            guard let agent = state.agents[name], agent.status != .offline || !agent.chats.isEmpty else { return nil }
            // While the server was down nobody could come back: that time counts against nobody.
            return agent.awaySince.map { max($0, began ?? $0) + limits.agentHold }
        case .notices(let id): return pacing.due(id)
        case .idleSession(let session): return presence.sessions[session].map { $0.lastActive + limits.idleSession }
        case .routing: return routingDue
        case .hours: return hoursDue
        case .inquiry(let deadline, let id): return due(deadline, of: id)
        case .mail: return postbox.next
        }
    }

    /// Looks at `kind` when it is due; does nothing when it does not matter.
    mutating func arm(_ kind: DeadlineKind) {
        if let instant = due(kind) { deadlines.arm(kind, at: instant) }
    }

    mutating func arm(_ deadline: ChatDeadline, of chat: ChatID) {
        arm(.chat(deadline, chat))
    }

    /// After a restart: everything that can come due.
    mutating func armAll() {
        for id in state.chats.keys.sorted() {
            for deadline in ChatDeadline.allCases { arm(deadline, of: id) }
        }
        for name in state.agents.keys.sorted() { arm(.agentHold(name)) }
        for inquiry in state.inquiries.all { armInquiry(inquiry.id) }
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
        case .chat(.wait, let id): tell(id, of: .waited, &turn)
        case .chat(.forget, let id): forget(id, &turn)
        case .agentHold(let name): release(name, .lost, &turn)
        case .notices(let id): markQueue(id, &turn)
        case .idleSession(let session): closeIdle(session, &turn)
        case .routing: turn.needsRouting = true
        case .hours: lookAtHours(&turn)
        case .inquiry(let deadline, let id): run(deadline, of: id, &turn)
        case .mail: sendMail(&turn)
        }
    }

    private mutating func loseHeld(_ id: ChatID, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        // An absent customer's chat may have come to the queue only after the disconnect.
        let abandonedAt = chat.phase.agent == nil ? chat.customerAwaySince.map { max($0, chat.queuedAt) } : nil
        end(id, .customerLost, by: .system, abandonedAt: abandonedAt, &turn)
    }

    /// Reminds the customer, and the next time ends the chat.
    private mutating func breakSilence(_ id: ChatID, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id), case .active = state.chats.entries[index].phase else { return }
        if state.chats.entries[index].isReminded { return end(id, .idle, by: .system, &turn) }
        let seq = record(id, .reminded, &turn)
        let endsIn = Interval(milliseconds: limits.idleEnd.milliseconds - limits.idleReminder.milliseconds)
        let reminder = MessageNotice(
            chat: id, seq: seq, from: .system, name: nil, id: nil, body: .system(.idleReminder(endsIn: endsIn)),
            at: turn.now)
        tell(index, .message(reminder), to: .customer, &turn)
        arm(.silence, of: id)
    }

    private mutating func closeIdle(_ session: SessionHandle, _ turn: inout Turn) {
        guard let who = presence.sessions[session]?.who else { return }
        guard case .customer(let token) = who, openChat(of: token) == nil else {
            // Agents, and customers in a chat, may be quiet; look again later.
            deadlines.arm(.idleSession(session), at: turn.now + limits.idleSession)
            return
        }
        dismiss(session, .idle, &turn)
    }
}
