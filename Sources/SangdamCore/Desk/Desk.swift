// The desk: what happened goes in with the time it happened, what must be done comes out. It reads no clock, draws no
// randomness but from the generator it was given, touches no file and no socket.
//
// Order of things in `handle`: the event, then routing if a slot or a chat became free, then notices to those who wait.
// What parties ask for comes in through `perform`, which asks the command table; whatever is said of a chat goes out
// through `tell`, which knows who hears what.

package struct Desk: Sendable {
    // Given
    private(set) var directory: Directory
    /// Set from outside only before a life begins: later ones come as events.
    package var timetable: Timetable
    package var policy: RoutingPolicy
    private var random: any RandomNumberGenerator & Sendable

    // Durable: made of records alone
    package internal(set) var state = DeskState()

    // Of this life
    var presence = Presence()
    var conversations = Conversations()
    var pacing = QueuePacing()
    var deadlines = Deadlines()
    var postbox = Postbox()
    /// What customers have added to inquiries, and inquiries by where they came from.
    var additions = HourlyAllowances<ChatID>()
    var arrivalsByOrigin = HourlyAllowances<UInt64>()
    /// As the desk last heard of them; nil until then.
    var accounts: Accounts?
    /// When this life began: before that, nobody could have come back.
    private(set) var began: Instant?
    /// When the rules may give a chat to somebody whom they kept it from; as of the last routing.
    var routingDue: Instant?
    /// When a queue may open or close next; as of the last look at them.
    var hoursDue: Instant?
    package internal(set) var isDraining = false

    /// `random` makes the ids of chats and offers and the receipts; in production it must be unpredictable.
    package init(
        configuration: DeskConfiguration, random: any RandomNumberGenerator & Sendable,
        policy: RoutingPolicy = .standard, timetable: Timetable = Timetable()
    ) {
        directory = Directory(configuration)
        self.timetable = timetable
        self.random = random
        self.policy = policy
    }

    package var configuration: DeskConfiguration { directory.configuration }
    var limits: DeskLimits { directory.configuration.limits }

    /// When something becomes due: send `.tick` then.
    package var nextDeadline: Instant? { deadlines.next }

    package mutating func handle(_ event: Event, at now: Instant, into effects: inout Effects) {
        var turn = Turn(now: now, effects: effects)
        effects = Effects()
        defer { effects = turn.effects }
        switch event {
        case .customerHello(let session, let hello): welcome(hello, on: session, &turn)
        case .agentHello(let session, let hello): welcome(hello, on: session, &turn)
        case .command(let session, let command): perform(command, from: session, &turn)
        case .disconnected(let session, let departure): disconnect(session, departure, &turn)
        case .tick: runDeadlines(&turn)
        case .configured(let configuration, let timetable): configure(configuration, timetable, &turn)
        case .timetable(let timetable): learn(timetable, &turn)
        case .order(let order): turn.effects.orderOutcome = carryOut(order, &turn)
        case .mailed(let inquiry, let number, let result): learn(result, of: inquiry, number, &turn)
        case .accounts(let accounts): learn(accounts, &turn)
        case .drain: drain(&turn)
        case .restarted: restart(&turn)
        }
        if turn.needsRouting { route(&turn) }
        if !turn.delayed.isEmpty { tellDelayed(&turn) }
        if !turn.agentsBefore.isEmpty { tellLeftAlone(&turn) }
        tellQueues(&turn)
    }

    /// Whether the event may lead to journal lines: what needs room on the disk. Asked while none can be written, too.
    package func mayWrite(_ event: Event) -> Bool {
        switch event {
        case .customerHello(_, let hello): hello.resume != nil
        case .command(_, let command): command.rule.writes
        case .disconnected(let session, _): writes(onDisconnectOf: session)
        case .agentHello, .tick, .configured, .timetable, .order, .mailed, .accounts, .drain, .restarted: true
        }
    }

    private mutating func carryOut(_ order: Order, _ turn: inout Turn) -> OrderOutcome {
        switch order {
        case .override(let order, let by):
            switch override(order, by: by, &turn) {
            case .success(let notice): .overridden(notice)
            case .failure(let refusal): .refused(refusal)
            }
        case .mail(let mail): .mail(take(mail, &turn))
        case .bounce(let bounce): .mail(take(bounce, &turn))
        }
    }

    private mutating func configure(
        _ configuration: DeskConfiguration, _ timetable: Timetable?, _ turn: inout Turn
    ) {
        directory = Directory(configuration)
        self.timetable = timetable ?? self.timetable
        recordConfiguration(&turn)
        lookAtHours(&turn)
        for id in state.queues.keys.sorted() {
            markQueue(id, &turn)
            for entry in state.queues[id]?.waiting.entries ?? [] { arm(.wait, of: entry.chat) }
        }
        for inquiry in state.inquiries.all { armInquiry(inquiry.id) }
        postbox.hurry(at: turn.now)
        sendMail(&turn)
        turn.needsRouting = true
    }

    // MARK: Recovery

    /// Takes one part of a checkpoint; after the last record, `handle(.restarted)` begins the new life.
    package mutating func recover(_ part: CheckpointPart) throws(Inconsistency) {
        try state.restore(part)
        conversations.restore(part)
    }

    package mutating func recover(_ record: Record) throws(Inconsistency) {
        try state.apply(record)
        conversations.follow(record, state)
    }

    private mutating func restart(_ turn: inout Turn) {
        began = turn.now
        record(Record(at: turn.now, body: .restarted), &turn)
        recordConfiguration(&turn)
        closeUnqueued(&turn)
        lookAtHours(&turn)
        armAll()
        fillPostbox(at: turn.now)
        sendMail(&turn)
    }

    /// A crash may have cut an event off between the opening of a chat and its queue. Nothing was shown of it: who
    /// wanted the chat is served as if it had never been asked for.
    private mutating func closeUnqueued(_ turn: inout Turn) {
        let cut = state.chats.values.filter { $0.phase == .opened }.map(\.id).sorted()
        for id in cut { forget(id, &turn) }
        for inquiry in state.inquiries.all where inquiry.phase == .arriving { record(inquiry.id, .closed, &turn) }
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
        let last =
            state.chats.index(of: chat).map { state.chats.entries[$0].lastSeq } ?? state.inquiries[chat]?.lastSeq ?? 0
        record(Record(at: turn.now, body: .chat(chat, seq: last + 1, event)), &turn)
        return last + 1
    }

    /// The same for words, in the chat at this index; returns them as the parties are to be told, too.
    mutating func record(_ message: StoredMessage, in index: Int, _ turn: inout Turn) -> (ServerMessage, seq: UInt64) {
        let chat = state.chats.keys[index]
        let seq = state.chats.entries[index].lastSeq + 1
        let now = turn.now
        carryOut { state throws(Inconsistency) in
            try state.apply(.message(message), toChatAt: index, seq: seq, at: now)
        }
        turn.effects.write(Record(at: turn.now, body: .chat(chat, seq: seq, .message(message))))
        let name = state.chats.entries[index].name
        return (conversations.follow(message, in: chat, as: name, seq: seq, at: turn.now), seq)
    }

    mutating func record(_ record: Record, _ turn: inout Turn) {
        if case .agent(let agent) = record.body, let before = state.agents[agent.profile.name], before.isOnDuty {
            turn.agentsBefore.append(before)
        }
        carryOut { state throws(Inconsistency) in try state.apply(record) }
        conversations.follow(record, state)
        turn.effects.write(record)
    }

    private mutating func carryOut(_ change: (inout DeskState) throws(Inconsistency) -> Void) {
        do {
            try change(&state)
        } catch {
            preconditionFailure("the desk decided what its state does not allow: \(error)")
        }
    }
}
