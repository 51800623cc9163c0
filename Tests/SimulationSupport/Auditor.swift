// An independent judge of the desk: it sees only what went in and what came out, keeps a simpler model of its own, and
// complains when the two cannot both be right. It never looks at the desk's state.
//
// This file holds the model and what each record may do to it. Auditor+Deliveries.swift judges what parties are told,
// Auditor+Rest.swift what must hold once an event has been dealt with.

import SangdamCore

struct Auditor {
    var complaints: [String] = []
    var configuration: DeskConfiguration
    var now = Instant(milliseconds: 0)

    var chats: [ChatID: AuditedChat] = [:]
    var inquiries: [ChatID: AuditedInquiry] = [:]
    /// The inquiry that the mail under way is about.
    var mailUnderWay: ChatID?
    var agents: [AgentName: AuditedAgent] = [:]
    /// As they were told last; nil in a life that has not heard of any.
    var accounts: Accounts?
    /// The edits of accounts that stand in the journal.
    var editsWritten: Set<UInt64> = []
    /// The newest chat of each customer.
    var newest: [TokenDigest: ChatID] = [:]
    var timetable = Timetable()
    /// As the journal has them: queues that are closed, or open by somebody's decision.
    var hours: [QueueID: HoursRecord] = [:]
    /// Which configuration the journal knows.
    var configured: UInt64?
    private var ordinals: Int64 = 0
    private var lastOrdinal: UInt64?

    // Per connection
    var sessions: [SessionHandle: AuditedSession] = [:]
    /// Told to go, or gone: they must hear nothing more.
    var silenced: Set<SessionHandle> = []

    // Per event
    var event = Event.tick
    var wordsWritten: [(chat: ChatID, seq: UInt64)] = []
    var wordsHeard: [WordKey: [SessionHandle]] = [:]
    var shown: [(handle: SessionHandle, chat: ChatID, after: UInt64)] = []
    var historiesRead: [(handle: SessionHandle, request: HistoryRequest)] = []
    var written: [String: Int] = [:]
    var counted: [String: Int] = [:]
    var delaysWritten: [ChatID] = []
    var delaysHeard: [ChatID: Set<SessionHandle>] = [:]

    /// What customers said in this life whose chat was waiting: whether a frequent question helped. Forgotten with the
    /// next chat and with an agent.
    var helped: [TokenDigest: Bool] = [:]

    /// Per queue and server life: who was there at the beginning + offered − answered − abandoned − helped and gone.
    var balance: [QueueID: Int] = [:]
    /// Queues for which somebody was on duty before the event.
    var staffedBefore: Set<QueueID> = []

    init(_ configuration: DeskConfiguration) {
        self.configuration = configuration
    }

    mutating func complain(_ complaint: String) {
        complaints.append(complaint)
    }

    // MARK: What happened

    /// `isCut`: the server died before it could run all effects, so only what was run can be judged.
    mutating func audit(_ event: Event, _ effects: [Effect], at now: Instant, isCut: Bool) {
        self.event = event
        self.now = now
        staffedBefore = Set(configuration.queues.map(\.id).filter(isStaffed))
        if case .configured(let new, let newTimetable) = event {
            configuration = new
            timetable = newTimetable ?? timetable
        }
        if case .accounts(let new) = event { accounts = new }
        if case .timetable(let new) = event { timetable = new }
        if case .mailed = event { mailUnderWay = nil }
        if case .disconnected(let handle, _) = event {
            sessions[handle] = nil
            silenced.insert(handle)
        }
        wordsWritten = []
        wordsHeard = [:]
        shown = []
        historiesRead = []
        written = [:]
        counted = [:]
        delaysWritten = []
        delaysHeard = [:]
        for effect in effects {
            switch effect {
            case .record(let record): check(record)
            case .deliver(let handle, let message): check(message, to: handle)
            case .history(let handle, let request): check(request, for: handle)
            case .search(let handle, _, _):
                if sessions[handle] == nil { complain("\(handle) searches before hello or after its end") }
            case .close(let handle, _):
                if silenced.contains(handle) { complain("\(handle) is closed twice") }
                sessions[handle] = nil
                silenced.insert(handle)
            case .mail(let mail): check(mail)
            case .observe(let observation): check(observation)
            }
        }
        if !isCut { checkRest() }
    }

    /// A new life: nobody is connected, and its counts begin with who waits.
    mutating func beginLife() {
        silenced.formUnion(sessions.keys)
        sessions = [:]
        accounts = nil
        mailUnderWay = nil
        helped = [:]
        balance = [:]
        for chat in chats.values where chat.isWaiting { balance[chat.queue, default: 0] += 1 }
    }

    // MARK: Records

    private mutating func check(_ record: Record) {
        if record.at != now { complain("a record of another time") }
        switch record.body {
        case .restarted: restart()
        case .agent(let agent): check(agent)
        case .agentForgotten(let name): forget(name)
        case .account(let account): check(account)
        case .configured(let configured): check(configured)
        case .hours(let hours): check(hours)
        case .chat(let id, let seq, let event):
            if case .opened(let opened) = event {
                if seq != 1 || chats[id] != nil { complain("\(id) is opened twice") }
                chats[id] = AuditedChat(token: opened.token, openedAt: now)
                helped[opened.token] = nil
                if let older = newest[opened.token], older >= id { complain("\(id) sorts before an older chat") }
                newest[opened.token] = id
            }
            if case .inquiry(.inquired(let inquired)) = event { return check(inquired, id, seq: seq) }
            if inquiries[id] != nil { return check(event, ofInquiry: id, seq: seq) }
            guard var chat = chats[id] else { return complain("\(id) is written to but not open") }
            if seq != chat.seq + 1 { complain("\(id) has seq \(seq) after \(chat.seq)") }
            chat.seq = seq
            check(event, id, &chat)
            chats[id] = chat
            if case .closed = event {
                chats[id] = nil
                if newest[chat.token] == id {
                    let isUnqueued = chat.phase == .opened
                    newest[chat.token] = isUnqueued ? chats.filter { $0.value.token == chat.token }.keys.max() : nil
                }
            }
        }
    }

    private mutating func check(_ event: ChatRecord, _ id: ChatID, _ chat: inout AuditedChat) {
        switch event {
        case .opened(let opened): chat.topic = opened.topic
        case .intake(let intake): learn(intake, id, &chat)
        case .reminded, .language: break
        case .inquiry: complain("\(id), a chat, is written to as an inquiry")
        case .queued(let queued): enqueue(queued, id, &chat)
        case .delayed(let reason, let isUnstaffed): check(reason, isUnstaffed: isUnstaffed, id, &chat)
        case .offered(let offered):
            checkChoice(of: offered.agent, for: id, chat, isNamed: offered.isTransfer)
            check(offered.why, of: offered.agent, for: id, chat, isNamed: offered.isTransfer)
            chat.phase = .offered(offered.agent, offered.offer)
            chat.offeredAt = now
            agents[offered.agent]?.held.insert(id)
        case .offerClosed(let closed):
            if chat.phase != .offered(closed.agent, closed.offer) { complain("\(id) has no offer to close") }
            check(closed, &chat)
            chat.phase = .waiting
            chat.wasAccepted = closed.outcome == .accepted
            agents[closed.agent]?.held.remove(id)
        case .started(let started):
            helped[chat.token] = nil
            let isNamed = started.offer != nil || chat.transferTarget == started.agent
            check(started.why, of: started.agent, for: id, chat, isNamed: isNamed)
            written["started", default: 0] += 1
            if started.offer == nil {
                checkChoice(of: started.agent, for: id, chat, isNamed: chat.transferTarget == started.agent)
            } else if !chat.wasAccepted {
                complain("\(id) starts without an accepted offer")
            }
            if started.waited < .zero { complain("\(id) waited a negative time") }
            chat.phase = .active(started.agent)
            chat.paused = []
            agents[started.agent]?.held.insert(id)
            check(started.tally, of: started.agent) { AgentTally(unansweredAt: $0.unansweredAt, restingSince: $1) }
        case .message(let message):
            write(message.name.map { .agent($0) } ?? .customer, message.id, message.text, isNote: false, &chat, id)
        case .note(let agent, let noteID, let text):
            write(.notes(agent), noteID, text, isNote: true, &chat, id)
        case .transferred(let transferred):
            written["transferred", default: 0] += 1
            if chat.phase != .active(transferred.from) { complain("\(id) is transferred by a stranger") }
            agents[transferred.from]?.held.remove(id)
            check(transferred.pause, of: transferred.from, id, &chat)
            if case .queue(let queue) = transferred.target { chat.queue = queue }
            wait(&chat, group: 1, since: chat.openedAt, transferred.rank)
        case .away(.customer):
            if chat.isAway || !chat.isOpen { complain("\(id): away though \(chat.isAway ? "away" : "over")") }
            chat.isAway = true
        case .back(.customer):
            if !chat.isAway || !chat.isOpen { complain("\(id): back though \(chat.isAway ? "over" : "there")") }
            chat.isAway = false
        case .away, .back: break
        case .ended(let reason, let party, let abandonedAt, let isShort, let isHelped):
            written["ended", default: 0] += 1
            let isInquired = reason == .inquired
            if isInquired, !inquiries.values.contains(where: { $0.inquired.of == id }) || !chat.isWaiting {
                complain("\(id) ends as if an inquiry had been left")
            }
            if isHelped != (chat.isWaiting && helped[chat.token] == true) {
                complain("\(id) ends \(isHelped ? "" : "not ")helped, which is not what the customer said")
            }
            if (isShort != nil) != (chat.isWaiting && !isHelped && !isInquired) {
                complain("\(id) is wrongly an abandonment")
            }
            if isHelped || isInquired { balance[chat.queue, default: 0] -= 1 }
            if let abandonedAt, abandonedAt > now || abandonedAt < chat.queuedAt {
                complain("\(id) was abandoned outside its wait")
            }
            switch chat.phase {
            case .waiting:
                // Nobody who is there loses a rank to the clock.
                if party == .system, !chat.isAway { complain("\(id) is dropped from its queue") }
                chat.phase = .over
            case .active(let agent): chat.phase = .wrapUp(agent)
            case .opened, .offered, .wrapUp, .over: complain("\(id) ends from \(chat.phase)")
            }
        case .wrappedUp(let agent, _, _, let tally):
            if chat.phase != .wrapUp(agent) { complain("\(id) is wrapped up from \(chat.phase)") }
            agents[agent]?.held.remove(id)
            check(tally, of: agent) { tally, now in
                AgentTally(
                    unansweredInARow: tally.unansweredInARow, unansweredAt: tally.unansweredAt, restingSince: now)
            }
            chat.phase = .over
        case .rated:
            written["rated", default: 0] += 1
            if chat.isOpen || chat.isRated { complain("\(id) is rated out of turn") }
            chat.isRated = true
        case .closed:
            if chat.phase != .over, chat.phase != .opened { complain("\(id) is closed from \(chat.phase)") }
        }
        chat.transferTarget = nil
        if case .transferred(let transferred) = event, case .agent(let name) = transferred.target {
            chat.transferTarget = name
        }
    }

    /// What nobody asks for is kept from the journal, and so is what can be no answer.
    private mutating func learn(_ intake: Intake, _ id: ChatID, _ chat: inout AuditedChat) {
        let topic = configuration.topics.first { $0.id == chat.topic }
        for answer in intake.answers {
            let question = (topic?.questions ?? Question.standard).first { $0.id == answer.question }
            if question?.isAnswered(by: answer.text) != true { complain("\(id) has an answer to nothing") }
            chat.answered.insert(answer.question)
        }
    }

    private mutating func enqueue(_ queued: Queued, _ id: ChatID, _ chat: inout AuditedChat) {
        switch (queued.cause, chat.phase) {
        case (.entered, .opened):
            let asked = configuration.topics.first { $0.id == chat.topic }?.questions ?? []
            if asked.contains(where: { $0.isRequired && !chat.answered.contains($0.id) }) {
                complain("\(id) is queued without a required answer")
            }
            if offering(of: queued.queue) != .chat { complain("\(id) enters \(queued.queue), which takes no chat") }
            wait(&chat, group: 1, since: now, queued.rank)
        case (.agentLost, .active(let agent)), (.accountChanged, .active(let agent)):
            agents[agent]?.held.remove(id)
            wait(&chat, group: 0, since: now, queued.rank)
        case (.transferUnanswered, .waiting):
            let before = chat
            wait(&chat, group: 0, since: now, queued.rank)
            chat.queuedAt = before.queuedAt
            (chat.isToldOfClosing, chat.isToldOfWait) = (before.isToldOfClosing, before.isToldOfWait)
            chat.isToldOfUnstaffed = before.isToldOfUnstaffed
        default: complain("\(id) is queued (\(queued.cause.rawValue)) from \(chat.phase)")
        }
        chat.queue = queued.queue
    }

    private mutating func wait(_ chat: inout AuditedChat, group: Int64, since: Instant, _ recorded: Rank?) {
        if recorded?.isHead != (group == 0) || recorded?.since != since {
            complain("a wrong rank \(String(describing: recorded))")
        }
        if let recorded, let lastOrdinal, recorded.ordinal <= lastOrdinal { complain("a rank is given twice") }
        lastOrdinal = recorded?.ordinal
        ordinals += 1
        chat.rank = AuditedRank(group: group, since: since, ordinal: ordinals)
        chat.queuedAt = now
        (chat.isToldOfClosing, chat.isToldOfUnstaffed, chat.isToldOfWait) = (false, false, false)
        chat.phase = .waiting
    }

    private mutating func write(
        _ sender: MessageSender, _ wordID: ClientMessageID?, _ text: Text?, isNote: Bool, _ chat: inout AuditedChat,
        _ id: ChatID
    ) {
        guard let text else { return complain("\(id) stores words that are gone") }
        if !isNote { written["message", default: 0] += 1 }
        let word = AuditedWord(seq: chat.seq, sender: sender, id: wordID, text: text, isNote: isNote)
        if let wordID, chat.words.contains(where: { $0.id == wordID && $0.sender == sender }) {
            complain("\(id) stores an id twice")
        }
        chat.words.append(word)
        wordsWritten.append((id, chat.seq))
    }

    private mutating func restart() {
        for id in chats.keys {
            chats[id]?.isAway = true
            if case .offered = chats[id]?.phase { chats[id]?.phase = .waiting }
        }
        for name in agents.keys {
            if agents[name]?.isPresent == true { agents[name]?.awaySince = now }
            agents[name]?.held = Set(chats.filter { $0.value.agent == name }.keys)
        }
    }

    private mutating func check(_ record: AgentRecord) {
        let name = record.profile.name
        let held = agents[name]?.held ?? []
        if record.status == .offline, held.contains(where: { chats[$0]?.isOpen == true }) {
            complain("\(name) goes offline with an open chat")
        }
        checkNobodyIsOverdue(except: name)
        let tally = expectedTally(after: record)
        if record.tally != tally { complain("\(name) has the tally \(String(describing: record.tally)), not \(tally)") }
        agents[name] = AuditedAgent(
            profile: record.profile, status: record.status,
            isOnDuty: record.status == .available && record.statusAfterChats == nil,
            awaySince: record.isPresent ? nil : agents[name]?.awaySince ?? now, capacity: record.capacity, tally: tally,
            held: held)
    }

    private mutating func check(_ record: AccountRecord) {
        if let edit = record.edit, !editsWritten.insert(edit.number).inserted {
            complain("edit \(edit.number) of an account is written twice")
        }
        let isGone = record.change == .removed && agents[record.account]?.isPresent == false
        if record.forgetsAgent != (record.change == .removed ? isGone : nil) {
            complain(
                "\(record.account) is \(record.change.rawValue) and forgotten: \(String(describing: record.forgetsAgent))"
            )
        }
        guard isGone else { return }
        if agents[record.account]?.held.isEmpty == false { complain("\(record.account) is removed while it has chats") }
        agents[record.account] = nil
    }

    // MARK: Choices

    /// A chat goes to an agent: may it, and is nobody passed over? `isNamed`: a colleague chose the agent.
    private mutating func checkChoice(of name: AgentName, for id: ChatID, _ chat: AuditedChat, isNamed: Bool) {
        if chat.phase != .waiting { complain("\(id) is given away while \(chat.phase)") }
        guard let agent = agents[name] else { return complain("\(id) goes to the unknown \(name)") }
        if !agent.isPresent || !agent.isOnDuty { complain("\(id) goes to \(name), who is off duty") }
        if agent.held.count >= agent.capacity { complain("\(id) is more than \(name) can take") }
        if isNamed { return }
        if chat.isAway { complain("\(id) goes to \(name) while its customer is away") }
        if chat.isPaused(name, at: now) { complain("\(id) goes to \(name) again too early") }
        if !serves(agent, chat.queue) { complain("\(id) goes to \(name), who does not serve \(chat.queue)") }
        for (otherID, other) in chats where otherID != id && isAhead(other, of: chat) {
            if mayGo(other, to: name, agent) { complain("\(id) is served by \(name) in front of \(otherID)") }
        }
    }

    /// Whether the chat could go to the agent, a free slot apart.
    func mayGo(_ chat: AuditedChat, to name: AgentName, _ agent: AuditedAgent) -> Bool {
        chat.phase == .waiting && !chat.isAway && serves(agent, chat.queue)
            && !chat.isPaused(name, at: now)
    }

    func serves(_ agent: AuditedAgent, _ id: QueueID) -> Bool {
        if !agent.profile.skills.isEmpty { return agent.profile.skills.contains(id) }
        return configuration.queues.first { $0.id == id }?.needsSpecialist != true
    }

    private func isAhead(_ chat: AuditedChat, of other: AuditedChat) -> Bool {
        let (priority, otherPriority) = (priority(chat.queue), priority(other.queue))
        return priority > otherPriority || (priority == otherPriority && chat.rank < other.rank)
    }

    private func priority(_ id: QueueID) -> Int {
        configuration.queues.first { $0.id == id }?.priority ?? 0
    }
}
