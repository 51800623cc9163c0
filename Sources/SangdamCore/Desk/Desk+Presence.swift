// Coming and going: who says hello, who comes back, whose connection is lost.

extension Desk {
    // MARK: Customers

    mutating func welcome(_ hello: CustomerHello, on session: SessionHandle, _ turn: inout Turn) {
        guard isWelcome(session, &turn) else { return }
        if let resume = hello.resume {
            comeBack(hello, resume, on: session, &turn)
        } else if presence.sessions[session] != nil {
            turn.refuse(session, Refusal(.alreadyWelcome))
        } else {
            attach(session, at: hello.token, hello, chat: nil, &turn)
        }
    }

    private mutating func comeBack(
        _ hello: CustomerHello, _ resume: CustomerHello.Resume, on session: SessionHandle, _ turn: inout Turn
    ) {
        let token = resume.token.digest
        guard presence.customers[token] != nil || state.tokens[token] != nil || state.inquiries.knows(token) else {
            turn.observe(.resumed(.customer, .unknown))
            return turn.refuse(session, Refusal(.unknownToken))
        }
        if let attached = presence.sessions[session] {
            // By hand a customer has said hello before `/resume`: fine as long as nothing has begun.
            guard case .customer(let old) = attached.who, old != token, openChat(of: old) == nil else {
                return turn.refuse(session, Refusal(.alreadyWelcome))
            }
            presence.detach(session)
        }
        turn.observe(.resumed(.customer, .resumed))
        let chat = presence.chat(of: token) ?? state.tokens[token]
        attach(session, at: resume.token, hello, chat: chat, &turn)
        if let chat { showAgain(chat, to: session, after: resume.after, &turn) }
    }

    private mutating func attach(
        _ session: SessionHandle, at token: IssuedToken, _ hello: CustomerHello, chat: ChatID?, _ turn: inout Turn
    ) {
        let who = Identity.customer(token.digest)
        if presence.customers[token.digest] == nil {
            presence.customers[token.digest] = CustomerPresence(
                name: hello.name ?? chat.flatMap { state.chats[$0]?.name }, chat: chat,
                allowance: Allowance(full: limits.messageBurst, at: turn.now))
        }
        presence.attach(
            session,
            AttachedSession(
                id: hello.session, who: who, origin: hello.origin, language: hello.language, lastActive: turn.now))
        dismissSurplus(of: who, &turn)
        arm(.idleSession(session))
        turn.deliver(
            session,
            .welcome(
                Welcome(
                    session: hello.session, token: token.secret, language: hello.language, at: turn.now,
                    textBytes: limits.textBytes, desk: configuration.name, agent: nil)))
    }

    /// One party's connections are bounded: the oldest gives way.
    private mutating func dismissSurplus(of who: Identity, _ turn: inout Turn) {
        for oldest in presence.surplus(of: who, limit: limits.sessionsPerParty) {
            dismiss(oldest, .replaced, &turn)
        }
    }

    private mutating func showAgain(
        _ id: ChatID, to session: SessionHandle, after seq: UInt64, _ turn: inout Turn
    ) {
        guard let index = state.chats.index(of: id) else { return }
        let chat = state.chats.entries[index]
        // A seq that this chat has not reached is one of an earlier chat: nothing of this one was seen.
        let seq = seq > chat.lastSeq ? 0 : seq
        let wasAway = chat.customerAwaySince != nil && chat.phase.isOpen
        if wasAway { record(id, .back(.customer), &turn) }
        switch chat.phase {
        case .waiting, .offered:
            turn.needsRouting = true
            tellPosition(of: id, to: session, &turn)
            beginWait(of: id, &turn)
        case .active(let agent, _):
            turn.deliver(session, .started(chat, with: agent))
            if wasAway { tell(index, .party(chat: id, who: .customer, .back), to: .holder, &turn) }
            arm(.silence, of: id)
        case .opened, .wrapUp, .ended:
            break
        }
        showWords(of: id, to: session, after: seq, includingNotes: false, isTranscript: false, &turn)
        if !chat.phase.isOpen, let reason = chat.endReason {
            turn.deliver(session, .ended(chat: id, reason, receipt: chat.receipt))
        }
    }

    func openChat(of token: TokenDigest) -> ChatID? {
        guard let id = presence.chat(of: token), let index = state.chats.index(of: id),
            state.chats.entries[index].phase.isOpen
        else { return nil }
        return id
    }

    // MARK: Agents

    mutating func welcome(_ hello: AgentHello, on session: SessionHandle, _ turn: inout Turn) {
        guard isWelcome(session, &turn) else { return }
        guard presence.sessions[session] == nil else { return turn.refuse(session, Refusal(.alreadyWelcome)) }
        guard let profile = admitted(hello) else { return dismiss(session, .accountChanged, &turn) }
        let name = profile.name
        presence.attach(
            session,
            AttachedSession(
                id: hello.session, who: .agent(name), generation: hello.generation, language: hello.language,
                lastActive: turn.now))
        dismissSurplus(of: .agent(name), &turn)
        let known = state.agents[name]
        signIn(profile, &turn)
        guard let agent = state.agents[name] else { return }
        turn.deliver(
            session,
            .welcome(
                Welcome(
                    session: hello.session, token: nil, language: hello.language, at: turn.now,
                    textBytes: limits.textBytes, desk: configuration.name,
                    agent: AgentNotice(agent, cause: .signedIn))))
        if let known, known.awaySince != nil, known.status != .offline {
            turn.observe(.resumed(hello.profile.role, .resumed))
            tellCustomersAgentIs(.back, agent, &turn)
        }
        for id in agent.chats { showChat(id, to: session, &turn) }
        for id in agent.offers { showOffer(id, to: session, &turn) }
        for id in state.inquiries.held(by: name) { showInquiry(id, to: session, &turn) }
        turn.needsRouting = true
        if agent.isOnDuty { markQueues(of: name, &turn) }
    }

    private mutating func signIn(_ profile: AgentProfile, _ turn: inout Turn) {
        let known = state.agents[profile.name]
        if let known, known.profile == profile, known.awaySince == nil, known.status != .offline { return }
        let status = known.map { $0.status == .offline ? .onBreak : $0.status } ?? .onBreak
        let entry = AgentRecord(
            profile: profile, status: status, statusAfterChats: known?.statusAfterChats,
            capacity: known?.capacity(under: profile) ?? profile.capacity, autoAccept: known?.autoAccept ?? false,
            isPresent: true, cause: .signedIn)
        record(entry, &turn)
    }

    /// The agent's connection was lost or is back: chat by chat, in the transcript and to the customers.
    private mutating func tellCustomersAgentIs(_ change: PartyState, _ agent: Agent, _ turn: inout Turn) {
        for id in agent.chats {
            guard let index = state.chats.index(of: id), case .active = state.chats.entries[index].phase else {
                continue
            }
            record(id, change == .back ? .back(.agent) : .away(.agent), &turn)
            tell(index, .party(chat: id, who: .agent, change), to: .customer, &turn)
        }
    }

    // MARK: Gone

    /// False when the session was told to go or is told so now.
    private mutating func isWelcome(_ session: SessionHandle, _ turn: inout Turn) -> Bool {
        guard !presence.dismissed.contains(session) else { return false }
        if isDraining { dismiss(session, .shuttingDown, &turn) }
        return !isDraining
    }

    /// The last word to a session. What its going means for chats is the caller's affair.
    mutating func dismiss(_ session: SessionHandle, _ farewell: Farewell, _ turn: inout Turn) {
        presence.dismiss(session)
        turn.effects.deliver(.close(farewell), to: session)
    }

    /// Everybody is sent away first, and only then lost, so that nobody is told of the others' going.
    mutating func drain(_ turn: inout Turn) {
        isDraining = true
        let present = state.chats.values.filter { $0.phase.isOpen && $0.customerAwaySince == nil }.map(\.id).sorted()
        let agents = presence.agents.keys.sorted()
        for session in presence.sessions.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
            dismiss(session, .shuttingDown, &turn)
        }
        for id in present { loseCustomer(of: id, &turn) }
        for name in agents { loseAgent(name, &turn) }
    }

    mutating func disconnect(_ session: SessionHandle, _ departure: Departure, _ turn: inout Turn) {
        let who = presence.sessions[session]?.who
        presence.connectionIsGone(session)
        guard let who, presence.sessions(of: who).isEmpty else { return }
        switch who {
        case .customer(let token):
            guard let id = openChat(of: token) else { return }
            switch departure {
            case .left: end(id, .customerLeft, by: .customer, &turn)
            case .lost: loseCustomer(of: id, &turn)
            }
        case .agent(let name):
            loseAgent(name, &turn)
        }
    }

    /// Whether `.disconnected(session, …)` would lead to journal lines: whose last session it is, and whom that leaves
    /// waiting. Two look-ups, so that it can be asked while nothing can be written.
    func writes(onDisconnectOf session: SessionHandle) -> Bool {
        guard let who = presence.sessions[session]?.who, presence.sessions(of: who) == [session] else { return false }
        switch who {
        case .customer(let token): return openChat(of: token) != nil
        case .agent: return true
        }
    }

    private mutating func loseCustomer(of id: ChatID, _ turn: inout Turn) {
        rescindOffer(of: id, &turn)
        guard let index = state.chats.index(of: id) else { return }
        record(id, .away(.customer), &turn)
        arm(.hold, of: id)
        if case .active = state.chats.entries[index].phase {
            tell(index, .party(chat: id, who: .customer, .away), to: .holder, &turn)
        }
    }

    private mutating func loseAgent(_ name: AgentName, _ turn: inout Turn) {
        rescindOffers(to: name, &turn)
        guard let agent = state.agents[name] else { return }
        changeAgent(name, cause: .lost, isPresent: false, &turn)
        tellCustomersAgentIs(.away, agent, &turn)
        arm(.agentHold(name))
    }
}
