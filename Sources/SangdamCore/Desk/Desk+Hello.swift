// Coming and going: who says hello, who comes back, whose connection is lost.

extension Desk {
    // MARK: Customers

    mutating func welcome(_ hello: CustomerHello, on handle: SessionHandle, _ turn: inout Turn) {
        guard isWelcome(handle, &turn) else { return }
        if let resume = hello.resume {
            comeBack(hello, resume, on: handle, &turn)
        } else if sessions[handle] != nil {
            refuse(handle, Refusal(.alreadyWelcome), &turn)
        } else {
            attach(handle, at: hello.token, hello, chat: nil, &turn)
        }
    }

    private mutating func comeBack(
        _ hello: CustomerHello, _ resume: CustomerHello.Resume, on handle: SessionHandle, _ turn: inout Turn
    ) {
        let digest = resume.token.digest
        guard customers[digest] != nil || state.tokens[digest] != nil else {
            turn.observe(.resumed(.customer, .unknown))
            refuse(handle, Refusal(.unknownToken), &turn)
            return
        }
        if let session = sessions[handle] {
            // By hand a customer has said hello before `/resume`: fine as long as nothing has begun.
            guard case .customer(let old) = session.party, old != digest, openChat(of: old) == nil else {
                refuse(handle, Refusal(.alreadyWelcome), &turn)
                return
            }
            detach(handle, from: old)
        }
        turn.observe(.resumed(.customer, .resumed))
        let chat = customers[digest]?.chat ?? state.tokens[digest]
        attach(handle, at: resume.token, hello, chat: chat, &turn)
        if let chat { showAgain(chat, to: handle, after: resume.after, &turn) }
    }

    private mutating func attach(
        _ handle: SessionHandle, at token: IssuedToken, _ hello: CustomerHello, chat: ChatID?, _ turn: inout Turn
    ) {
        var seat =
            customers[token.digest]
            ?? CustomerPresence(
                name: hello.name ?? chat.flatMap { state.chats[$0]?.name }, chat: chat,
                allowance: Allowance(full: configuration.limits.messageBurst, at: turn.now))
        seat.sessions = makeRoom(among: seat.sessions, &turn) + [handle]
        customers[token.digest] = seat
        sessions[handle] = AttachedSession(
            id: hello.session, party: .customer(token.digest), language: hello.language, lastActive: turn.now)
        arm(.idleSession(handle))
        turn.deliver(
            handle,
            .welcome(
                Welcome(
                    session: hello.session, token: token.secret, language: hello.language, at: turn.now,
                    textBytes: configuration.limits.textBytes, desk: configuration.name, agent: nil)))
    }

    /// One party's connections are bounded: the oldest gives way.
    private mutating func makeRoom(among handles: [SessionHandle], _ turn: inout Turn) -> [SessionHandle] {
        let surplus = max(0, handles.count + 1 - max(1, configuration.limits.sessionsPerParty))
        for oldest in handles.prefix(surplus) { dismiss(oldest, .replaced, &turn) }
        return Array(handles.dropFirst(surplus))
    }

    private mutating func showAgain(
        _ id: ChatID, to handle: SessionHandle, after seq: UInt64, _ turn: inout Turn
    ) {
        guard let chat = state.chats[id] else { return }
        // A seq that this chat has not reached is one of an earlier chat: nothing of this one was seen.
        let seq = seq > chat.lastSeq ? 0 : seq
        if chat.customerAwaySince != nil, chat.phase.isOpen { record(id, .back(.customer), &turn) }
        switch chat.phase {
        case .waiting, .offered:
            needsRouting = true
            tellPosition(of: chat, to: handle, &turn)
        case .active(let agent, _):
            turn.deliver(handle, .started(StartedNotice(chat: id, other: .agent(agent), seq: chat.startedSeq)))
            if chat.customerAwaySince != nil {
                tellAgent(agent, .party(chat: id, who: .customer, .back), &turn)
            }
            arm(.silence, of: id)
        case .wrapUp, .ended:
            break
        }
        deliverWords(of: id, to: handle, after: seq, includingNotes: false, isTranscript: false, &turn)
        if !chat.phase.isOpen, let reason = chat.endReason {
            turn.deliver(handle, .ended(chat: id, reason, receipt: chat.receipt))
        }
    }

    // MARK: Agents

    mutating func welcome(_ hello: AgentHello, on handle: SessionHandle, _ turn: inout Turn) {
        guard isWelcome(handle, &turn) else { return }
        guard sessions[handle] == nil else {
            refuse(handle, Refusal(.alreadyWelcome), &turn)
            return
        }
        guard let profile = admitted(hello) else { return dismiss(handle, .accountChanged, &turn) }
        let name = profile.name
        agentSessions[name] = makeRoom(among: agentSessions[name] ?? [], &turn) + [handle]
        sessions[handle] = AttachedSession(
            id: hello.session, party: .agent(name), generation: hello.generation, language: hello.language,
            lastActive: turn.now)
        let known = state.agents[name]
        signIn(profile, &turn)
        guard let agent = state.agents[name] else { return }
        turn.deliver(
            handle,
            .welcome(
                Welcome(
                    session: hello.session, token: nil, language: hello.language, at: turn.now,
                    textBytes: configuration.limits.textBytes, desk: configuration.name,
                    agent: notice(of: agent, cause: .signedIn))))
        if let known, known.awaySince != nil, known.status != .offline {
            turn.observe(.resumed(hello.profile.role, .resumed))
            tellCustomersAgentIs(.back, agent, &turn)
        }
        for id in agent.chats { showChat(id, to: handle, &turn) }
        for id in agent.offers { showOffer(id, to: handle, &turn) }
        needsRouting = true
        if agent.isOnDuty { markQueues(of: name) }
    }

    private mutating func signIn(_ profile: AgentProfile, _ turn: inout Turn) {
        let known = state.agents[profile.name]
        if let known, known.profile == profile, known.awaySince == nil, known.status != .offline { return }
        let status = known.map { $0.status == .offline ? .onBreak : $0.status } ?? .onBreak
        let entry = AgentRecord(
            profile: profile, status: status, statusAfterChats: known?.statusAfterChats,
            capacity: known?.capacity(under: profile) ?? profile.capacity, autoAccept: known?.autoAccept ?? false,
            isPresent: true,
            cause: .signedIn)
        record(Record(at: turn.now, body: .agent(entry)), &turn)
    }

    /// A chat with its whole context for one session of its agent.
    mutating func showChat(_ id: ChatID, to handle: SessionHandle, _ turn: inout Turn) {
        guard let chat = state.chats[id] else { return }
        turn.deliver(handle, .started(StartedNotice(chat: id, other: .customer(card(of: chat)), seq: chat.startedSeq)))
        deliverWords(of: id, to: handle, after: 0, includingNotes: true, isTranscript: false, &turn)
    }

    func card(of chat: Chat) -> CustomerCard {
        CustomerCard(
            name: chat.name, queue: chat.queue, topic: chat.topic, language: chat.language, waited: chat.waited,
            intake: chat.intake, isWrappingUp: !chat.phase.isOpen, isAway: chat.customerAwaySince != nil)
    }

    func notice(of agent: Agent, cause: StatusCause) -> AgentNotice {
        AgentNotice(
            name: agent.name, role: agent.profile.role, status: agent.status,
            statusAfterChats: agent.statusAfterChats, capacity: agent.capacity, autoAccept: agent.autoAccept,
            cause: cause)
    }

    /// The agent's connection was lost or is back: chat by chat, in the transcript and to the customers.
    private mutating func tellCustomersAgentIs(_ presence: PartyState, _ agent: Agent, _ turn: inout Turn) {
        for id in agent.chats {
            guard let chat = state.chats[id], case .active = chat.phase else { continue }
            record(id, presence == .back ? .back(.agent) : .away(.agent), &turn)
            tellCustomer(of: chat, .party(chat: id, who: .agent, presence), &turn)
        }
    }

    // MARK: Gone

    /// False when `handle` was told to go or is told so now.
    private mutating func isWelcome(_ handle: SessionHandle, _ turn: inout Turn) -> Bool {
        guard !dismissed.contains(handle) else { return false }
        if isDraining { dismiss(handle, .shuttingDown, &turn) }
        return !isDraining
    }

    /// The last word to a session. What its going means for chats is the caller's affair.
    mutating func dismiss(_ handle: SessionHandle, _ farewell: Farewell, _ turn: inout Turn) {
        switch sessions[handle]?.party {
        case .customer(let digest): detach(handle, from: digest)
        case .agent(let name): detach(handle, from: name)
        case nil: break
        }
        dismissed.insert(handle)
        turn.effects.deliver(.close(farewell), to: handle)
    }

    /// Everybody is sent away first, and only then lost, so that nobody is told of the others' going.
    mutating func drain(_ turn: inout Turn) {
        isDraining = true
        let present = state.chats.values.filter { $0.phase.isOpen && $0.customerAwaySince == nil }.map(\.id).sorted()
        let agents = agentSessions.keys.sorted()
        for handle in sessions.keys.sorted(by: { $0.rawValue < $1.rawValue }) { dismiss(handle, .shuttingDown, &turn) }
        for id in present { loseCustomer(of: id, &turn) }
        for name in agents { loseAgent(name, &turn) }
    }

    mutating func disconnect(_ handle: SessionHandle, _ departure: Departure, _ turn: inout Turn) {
        dismissed.remove(handle)
        guard let session = sessions[handle] else { return }
        switch session.party {
        case .customer(let digest):
            detach(handle, from: digest)
            guard customers[digest]?.sessions.isEmpty == true, let id = openChat(of: digest) else { return }
            switch departure {
            case .left: end(id, .customerLeft, by: .customer, &turn)
            case .lost: loseCustomer(of: id, &turn)
            }
        case .agent(let name):
            detach(handle, from: name)
            if agentSessions[name] == nil { loseAgent(name, &turn) }
        }
    }

    /// Whether `.disconnected(handle, …)` would lead to journal lines: whose last session it is, and whom that leaves
    /// waiting. Two look-ups, so that it can be asked while nothing can be written.
    package func writes(onDisconnectOf handle: SessionHandle) -> Bool {
        switch sessions[handle]?.party {
        case .customer(let digest): customers[digest]?.sessions == [handle] && openChat(of: digest) != nil
        case .agent(let name): agentSessions[name] == [handle]
        case nil: false
        }
    }

    /// Removes the session; a seat that nothing holds any more goes with it.
    private mutating func detach(_ handle: SessionHandle, from digest: TokenDigest) {
        sessions[handle] = nil
        customers[digest]?.sessions.removeAll { $0 == handle }
        if let seat = customers[digest], seat.sessions.isEmpty, seat.chat == nil { customers[digest] = nil }
    }

    private mutating func detach(_ handle: SessionHandle, from name: AgentName) {
        sessions[handle] = nil
        agentSessions[name]?.removeAll { $0 == handle }
        if agentSessions[name]?.isEmpty == true { agentSessions[name] = nil }
    }

    private mutating func loseCustomer(of id: ChatID, _ turn: inout Turn) {
        rescindOffer(of: id, &turn)
        record(id, .away(.customer), &turn)
        arm(.hold, of: id)
        if let chat = state.chats[id], case .active(let agent, _) = chat.phase {
            tellAgent(agent, .party(chat: id, who: .customer, .away), &turn)
        }
    }

    private mutating func loseAgent(_ name: AgentName, _ turn: inout Turn) {
        rescindOffers(to: name, &turn)
        guard let agent = state.agents[name] else { return }
        changeAgent(name, cause: .lost, isPresent: false, &turn)
        tellCustomersAgentIs(.away, agent, &turn)
        arm(.agentHold(name))
    }

    func openChat(of digest: TokenDigest) -> ChatID? {
        openChatIndex(of: digest)?.id
    }

    /// The same with the chat's index in the table, where it can be looked at without being copied.
    func openChatIndex(of digest: TokenDigest) -> (id: ChatID, index: Int)? {
        guard let seat = customers.index(of: digest), let id = customers.entries[seat].chat,
            let index = state.chats.index(of: id), state.chats.entries[index].phase.isOpen
        else { return nil }
        return (id, index)
    }
}
