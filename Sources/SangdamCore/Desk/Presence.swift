// Who is connected right now, and what is remembered of a party as long as it is. Nothing here survives a restart: what
// must survive is in `DeskState`.

/// One connection that has said hello.
struct AttachedSession: Sendable {
    let id: SessionID
    let who: Identity
    /// An agent's: of the accounts that the password was compared with.
    var generation: UInt64 = 0
    /// A customer's: where the connection came from.
    var origin: UInt64?
    var language: Language
    var lastActive: Instant
}

/// A customer as long as a connection or a chat of theirs is there; the token's digest is the key to it.
struct CustomerPresence: Sendable {
    fileprivate(set) var sessions: [SessionHandle] = []
    var name: Text?
    var chat: ChatID?
    var allowance: Allowance
    /// What the customer was last told about the queue, so that only improvements are told again.
    var told: QueuedNotice?
    /// The highest seq of the chat that the customer has said to have seen.
    var seen: UInt64 = 0
    /// Whether a frequent question answered it, as the customer said while the chat was waiting; nil: not said, or an
    /// agent came since.
    var isHelped: Bool?

    init(name: Text?, chat: ChatID?, allowance: Allowance) {
        self.name = name
        self.chat = chat
        self.allowance = allowance
    }

    /// Another chat: what was told and seen was of the last one.
    mutating func begin(_ chat: ChatID) {
        self.chat = chat
        told = nil
        seen = 0
        isHelped = nil
    }
}

/// All sessions, by handle and by party.
struct Presence: Sendable {
    private(set) var sessions = Table<SessionHandle, AttachedSession>()
    var customers = Table<TokenDigest, CustomerPresence>()
    /// An agent's sessions, oldest first; agents without one are not here.
    private(set) var agents = Table<AgentName, [SessionHandle]>()
    /// Told to go; what still comes from them is not answered. Each stays until its connection is gone.
    private(set) var dismissed: Set<SessionHandle> = []

    // MARK: Looking

    func sessions(of name: AgentName) -> [SessionHandle] {
        agents.index(of: name).map { agents.entries[$0] } ?? []
    }

    func sessions(of who: Identity) -> [SessionHandle] {
        switch who {
        case .agent(let name): sessions(of: name)
        case .customer(let token): customers.index(of: token).map { customers.entries[$0].sessions } ?? []
        }
    }

    /// The sessions that hear of this chat: a customer who has begun another one hears of that alone.
    func sessions(of who: Identity, in chat: ChatID) -> [SessionHandle] {
        if case .customer(let token) = who {
            guard let index = customers.index(of: token), customers.entries[index].chat == chat else { return [] }
            return customers.entries[index].sessions
        }
        return sessions(of: who)
    }

    /// The chat that a customer has now, or had last.
    func chat(of token: TokenDigest) -> ChatID? {
        customers.index(of: token).flatMap { customers.entries[$0].chat }
    }

    // MARK: Coming and going

    /// The sessions of a party that are more than it may have: the oldest.
    func surplus(of who: Identity, limit: Int) -> ArraySlice<SessionHandle> {
        let present = sessions(of: who)
        return present.prefix(max(0, present.count - max(1, limit)))
    }

    /// A customer's presence must be there already.
    mutating func attach(_ handle: SessionHandle, _ session: AttachedSession) {
        sessions[handle] = session
        switch session.who {
        case .customer(let token): customers[token]?.sessions.append(handle)
        case .agent(let name): agents[name] = sessions(of: name) + [handle]
        }
    }

    /// The session is no longer anybody's; a customer of whom nothing else is left is forgotten with it.
    mutating func detach(_ handle: SessionHandle) {
        guard let session = sessions[handle] else { return }
        sessions[handle] = nil
        switch session.who {
        case .customer(let token):
            customers[token]?.sessions.removeAll { $0 == handle }
            forgetIfGone(token)
        case .agent(let name):
            agents[name]?.removeAll { $0 == handle }
            if agents[name]?.isEmpty == true { agents[name] = nil }
        }
    }

    /// Detached, and deaf until its connection is gone.
    mutating func dismiss(_ handle: SessionHandle) {
        detach(handle)
        dismissed.insert(handle)
    }

    mutating func connectionIsGone(_ handle: SessionHandle) {
        dismissed.remove(handle)
        detach(handle)
    }

    /// The chat is no longer there.
    mutating func release(_ token: TokenDigest, from chat: ChatID) {
        guard self.chat(of: token) == chat else { return }
        customers[token]?.chat = nil
        forgetIfGone(token)
    }

    private mutating func forgetIfGone(_ token: TokenDigest) {
        if let customer = customers[token], customer.sessions.isEmpty, customer.chat == nil { customers[token] = nil }
    }

    // MARK: What a session does

    /// Who sends something on this session, which is active by that; nil when it has not said hello.
    mutating func sender(on handle: SessionHandle, at now: Instant) -> Identity? {
        guard let index = sessions.index(of: handle) else { return nil }
        sessions.entries[index].lastActive = now
        return sessions.entries[index].who
    }

    mutating func change(_ handle: SessionHandle, to language: Language) {
        sessions[handle]?.language = language
    }

    /// False when the customer has said before to have seen as much.
    mutating func sees(through seq: UInt64, _ token: TokenDigest) -> Bool {
        guard let index = customers.index(of: token), seq > customers.entries[index].seen else { return false }
        customers.entries[index].seen = seq
        return true
    }

    /// Takes one message from the customer's allowance; else how long until there is one. Agents have no such bound.
    mutating func takeAllowance(of who: Identity, burst: Int, perSecond: Double, at now: Instant) -> Interval? {
        guard case .customer(let token) = who, let index = customers.index(of: token) else { return nil }
        return customers.entries[index].allowance.take(burst: burst, perSecond: perSecond, at: now)
    }
}
