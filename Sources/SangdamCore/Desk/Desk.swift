// The desk: what happened goes in with the time it happened, what must be done comes out. It reads no clock, draws no
// randomness but from the generator it was given, touches no file and no socket.
//
// Order of things in `handle`: the event, then routing if a slot or a chat became free, then notices to those who wait.

package struct Desk: Sendable {
    package internal(set) var configuration: DeskConfiguration
    package internal(set) var state = DeskState()
    package internal(set) var isDraining = false
    package var policy: RoutingPolicy

    var sessions = Table<SessionHandle, AttachedSession>()
    var customers = Table<TokenDigest, CustomerPresence>()
    var agentSessions = Table<AgentName, [SessionHandle]>()
    var tails = Table<ChatID, MessageTail>()
    /// Of active chats whose parties have typed.
    var typing: [ChatID: [Party: Typing]] = [:]
    var deadlines = Deadlines()
    var notices: [QueueID: QueueNotices] = [:]
    /// Whose customers are to be told at the end of this event.
    var changedQueues: Set<QueueID> = []
    var topicsByID: [TopicID: Topic] = [:]
    var queuesByID: [QueueID: Queue] = [:]
    /// As the desk last heard of them; nil until then.
    var accounts: Accounts?
    /// Told to go; what still comes from them is not answered. Each stays until its connection is gone.
    var dismissed: Set<SessionHandle> = []
    /// When this life began: before that, nobody could have come back.
    var began: Instant?
    /// A slot or a chat became free during this event.
    var needsRouting = false
    /// When the rules may give a chat to somebody whom they kept it from; as of the last routing.
    var routingDue: Instant?
    private var random: any RandomNumberGenerator & Sendable

    /// `random` makes the ids of chats and offers and the receipts; in production it must be unpredictable.
    package init(
        configuration: DeskConfiguration, random: any RandomNumberGenerator & Sendable,
        policy: RoutingPolicy = .standard
    ) {
        self.configuration = configuration
        self.random = random
        self.policy = policy
        index(configuration)
    }

    /// When something becomes due: send `.tick` then.
    package var nextDeadline: Instant? { deadlines.next }

    package mutating func handle(_ event: Event, at now: Instant, into effects: inout Effects) {
        var turn = Turn(now: now, effects: effects)
        effects = Effects()
        defer { effects = turn.effects }
        switch event {
        case .customerHello(let handle, let hello): welcome(hello, on: handle, &turn)
        case .agentHello(let handle, let hello): welcome(hello, on: handle, &turn)
        case .command(let handle, let command): perform(command, from: handle, &turn)
        case .disconnected(let handle, let departure): disconnect(handle, departure, &turn)
        case .tick: runDeadlines(&turn)
        case .configured(let configuration): configure(configuration)
        case .accounts(let accounts): learn(accounts, &turn)
        case .drain: drain(&turn)
        case .restarted: restart(&turn)
        }
        if needsRouting {
            needsRouting = false
            route(&turn)
        }
        tellQueues(&turn)
    }

    // MARK: Recovery

    /// Replays one recovered part; after the last, `handle(.restarted)` begins the new life.
    package mutating func recover(_ part: CheckpointPart) throws(Inconsistency) {
        try state.restore(part)
        switch part {
        case .desk: tails = Table()
        case .chat(let chat): tails[chat.id] = MessageTail(after: chat.lastSeq)
        case .queue, .agent: break
        }
    }

    package mutating func recover(_ record: Record) throws(Inconsistency) {
        try state.apply(record)
        remember(record)
    }

    private mutating func restart(_ turn: inout Turn) {
        began = turn.now
        record(Record(at: turn.now, body: .restarted), &turn)
        for id in state.chats.keys.sorted() { armAll(id) }
        for agent in state.agents.values.sorted(by: { $0.name < $1.name }) where due(.agentHold(agent.name)) != nil {
            arm(.agentHold(agent.name))
        }
    }

    // MARK: Configuration

    private mutating func configure(_ configuration: DeskConfiguration) {
        self.configuration = configuration
        index(configuration)
        for id in state.queues.keys { markQueue(id) }
        needsRouting = true
    }

    private mutating func index(_ configuration: DeskConfiguration) {
        topicsByID = Dictionary(configuration.topics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        queuesByID = Dictionary(configuration.queues.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// A queue that the configuration no longer names still serves those who stand in it.
    func queue(_ id: QueueID) -> Queue {
        queuesByID[id] ?? Queue(id: id, labels: Localised([:]))
    }

    // MARK: Small tools of every handler

    mutating func newID<Kind>(_ turn: Turn) -> ID<Kind> {
        ID(at: turn.now, random: &random)
    }

    mutating func newReceipt() -> Receipt {
        Receipt(random: &random)
    }

    /// Writes a chat event under the chat's next seq, carries it out, and returns the seq.
    @discardableResult
    mutating func record(_ chat: ChatID, _ event: ChatRecord, _ turn: inout Turn) -> UInt64 {
        let last = state.chats.index(of: chat).map { state.chats.values[$0].lastSeq } ?? 0
        record(Record(at: turn.now, body: .chat(chat, seq: last + 1, event)), &turn)
        return last + 1
    }

    /// The same for words, in the chat at this index; returns them as the parties are to be told, too.
    mutating func record(
        _ message: StoredMessage, in index: Int, _ turn: inout Turn
    ) -> (ServerMessage, seq: UInt64) {
        let chat = state.chats.keys[index]
        let seq = state.chats.entries[index].lastSeq + 1
        let record = Record(at: turn.now, body: .chat(chat, seq: seq, .message(message)))
        carryOut(record)
        turn.effects.write(record)
        return (remember(message, in: chat, seq: seq, at: turn.now), seq)
    }

    mutating func record(_ record: Record, _ turn: inout Turn) {
        carryOut(record)
        remember(record)
        turn.effects.write(record)
    }

    private mutating func carryOut(_ record: Record) {
        do {
            try state.apply(record)
        } catch {
            preconditionFailure("the desk decided what its state does not allow: \(error)")
        }
    }

    /// Keeps the words of open chats at hand.
    private mutating func remember(_ record: Record) {
        guard case .chat(let id, let seq, let event) = record.body else { return }
        switch event {
        case .opened:
            tails[id] = MessageTail(after: 0)
        case .message(let message):
            _ = remember(message, in: id, seq: seq, at: record.at)
        case .note(let agent, _, let text):
            tails[id]?.append(.note(NoteNotice(chat: id, seq: seq, by: agent, text: text, at: record.at)))
        case .started, .queued, .transferred, .ended:
            typing[id] = nil
        case .closed:
            tails[id] = nil
        case .intake, .offered, .offerClosed, .away, .back, .reminded, .language, .wrappedUp, .rated:
            break
        }
    }

    private mutating func remember(
        _ message: StoredMessage, in chat: ChatID, seq: UInt64, at instant: Instant
    ) -> ServerMessage {
        let said = ServerMessage.message(
            MessageNotice(
                chat: chat, seq: seq, from: message.from, name: displayName(of: message, in: chat), id: message.id,
                body: message.text.map { .words($0) } ?? .erased, at: instant))
        if let index = tails.index(of: chat) { tails.entries[index].append(said) }
        if !typing.isEmpty { typing[chat]?[message.from]?.end() }
        return said
    }

    func displayName(of message: StoredMessage, in chat: ChatID) -> Text? {
        if let name = message.name { return Text(name.text) }
        guard message.from == .customer, let index = state.chats.index(of: chat) else { return nil }
        return state.chats.entries[index].name
    }

    func refuse(_ handle: SessionHandle, _ refusal: Refusal, _ turn: inout Turn) {
        turn.observe(.refused(refusal.code))
        turn.deliver(handle, .error(refusal))
    }

    func tellCustomer(
        of chat: Chat, _ outbound: ServerMessage, except: SessionHandle? = nil, _ turn: inout Turn
    ) {
        tellCustomer(chat.token, of: chat.id, outbound, except: except, &turn)
    }

    /// Tells the customer with this token, as long as it is this chat that the customer has.
    func tellCustomer(
        _ token: TokenDigest, of chat: ChatID, _ outbound: ServerMessage, except: SessionHandle? = nil,
        _ turn: inout Turn
    ) {
        guard let seat = customers.index(of: token), customers.entries[seat].chat == chat else { return }
        for session in customers.entries[seat].sessions where session != except {
            turn.deliver(session, outbound)
        }
    }

    func tellAgent(
        _ name: AgentName, _ outbound: ServerMessage, except: SessionHandle? = nil, _ turn: inout Turn
    ) {
        for session in agentSessions[name] ?? [] where session != except {
            turn.deliver(session, outbound)
        }
    }
}

/// One event's time and what it leads to.
struct Turn {
    /// Words from memory that one event shows at most, as bytes on the wire; well below what may wait for one peer.
    private static let replayLimitBytes = 32 * 1024

    let now: Instant
    var effects: Effects
    private var replayedBytes = 0

    init(now: Instant, effects: Effects) {
        self.now = now
        self.effects = effects
    }

    /// Counts words from memory; false, and not counted, when they are too many.
    mutating func replay(_ bytes: Int) -> Bool {
        guard replayedBytes + bytes <= Self.replayLimitBytes else { return false }
        replayedBytes += bytes
        return true
    }

    mutating func observe(_ observation: Observation) {
        effects.observe(observation)
    }

    mutating func deliver(_ handle: SessionHandle, _ outbound: ServerMessage) {
        effects.deliver(.say(outbound), to: handle)
    }
}
