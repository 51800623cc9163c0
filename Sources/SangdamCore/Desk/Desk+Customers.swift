// What customers ask for: entering, telling, leaving, rating. And the door that every command passes.

extension Desk {
    /// The command table's questions first, then the handler.
    mutating func perform(_ command: Command, from handle: SessionHandle, _ turn: inout Turn) {
        guard let index = sessions.index(of: handle) else {
            if !dismissed.contains(handle) { refuse(handle, Refusal(.helloFirst, messageID: command.messageID), &turn) }
            return
        }
        sessions.entries[index].lastActive = turn.now
        switch sessions.entries[index].party {
        case .customer(let digest): perform(command, from: handle, of: digest, &turn)
        case .agent(let name): perform(command, from: handle, by: name, &turn)
        }
    }

    private mutating func perform(
        _ command: Command, from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn
    ) {
        let rule = command.rule
        guard rule.allows(.customer) else {
            refuse(handle, Refusal(.notAllowed, subject: rule.name), &turn)
            return
        }
        if case .say(let chat, let id?, _) = command, acknowledgeAgain(chat, id, from: handle, of: digest, &turn) {
            return
        }
        if rule.cost == .message, let wait = takeAllowance(of: digest, at: turn.now) {
            refuse(handle, Refusal(.rateLimited, messageID: command.messageID, retryAfter: wait), &turn)
            return
        }
        switch command {
        case .topics: turn.deliver(handle, .topics(topicsNotice(at: turn.now)))
        case .enter(let topic, let intake): enter(topic, intake, from: handle, of: digest, &turn)
        case .intake(let intake): tell(intake, from: handle, of: digest, &turn)
        case .leave: leave(from: handle, of: digest, &turn)
        case .hangUp: hangUp(from: handle, of: digest, &turn)
        case .rate(let score, let comment): rate(score, comment, from: handle, of: digest, &turn)
        case .position: showPosition(to: handle, of: digest, &turn)
        case .transcript: showTranscript(to: handle, of: digest, &turn)
        case .language(let language): change(to: language, from: handle, of: digest, &turn)
        case .say(let chat, let id, let text): say(chat, id, text, from: handle, of: digest, &turn)
        case .typing(_, let isOn): passOn(.typing(isOn), from: handle, of: digest, &turn)
        case .seen(_, let seq): passOn(.seen(seq), from: handle, of: digest, &turn)
        case .status, .accept, .decline, .note, .transfer, .end, .wrapUp:
            preconditionFailure("the command table lets \(rule.name) through to customers")
        }
    }

    private mutating func takeAllowance(of digest: TokenDigest, at now: Instant) -> Interval? {
        guard let seat = customers.index(of: digest) else { return nil }
        return customers.entries[seat].allowance.take(
            burst: configuration.limits.messageBurst, perSecond: configuration.limits.messagesPerSecond, at: now)
    }

    // MARK: Entering

    private mutating func enter(
        _ topicID: TopicID, _ intake: Intake?, from handle: SessionHandle, of digest: TokenDigest,
        _ turn: inout Turn
    ) {
        guard !isDraining else { return refuse(handle, Refusal(.draining), &turn) }
        guard openChat(of: digest) == nil else { return refuse(handle, Refusal(.alreadyInChat), &turn) }
        guard let topic = topicsByID[topicID] else {
            return refuse(handle, Refusal(.unknownTopic, subject: "topic"), &turn)
        }
        guard hasRoom(topic.queue) else {
            let open = configuration.topics.filter { hasRoom($0.queue) }.map(\.id)
            return refuse(handle, Refusal(.queueFull, openTopics: open), &turn)
        }
        let id = newChatID(after: state.tokens[digest], turn)
        let opened = Opened(
            topic: topic.id, language: sessions[handle]?.language ?? .korean, name: customers[digest]?.name,
            token: digest, receipt: newReceipt())
        customers[digest]?.chat = id
        customers[digest]?.told = nil
        customers[digest]?.seen = 0
        record(id, .opened(opened), &turn)
        if let intake, !intake.isEmpty { record(id, .intake(intake), &turn) }
        record(id, .queued(Queued(queue: topic.queue, cause: .entered)), &turn)
        turn.observe(.offered(topic.queue))
        if let chat = state.chats[id] { tellPosition(of: chat, &turn) }
        needsRouting = true
    }

    /// A customer's chats sort by age, also within a millisecond: the token leads to the newest.
    private mutating func newChatID(after last: ChatID?, _ turn: Turn) -> ChatID {
        let id: ChatID = newID(turn)
        guard let last, id <= last else { return id }
        return ChatID(high: last.high, low: last.low &+ 1)
    }

    func hasRoom(_ queue: QueueID) -> Bool {
        (state.queues[queue]?.waiting.count ?? 0) < configuration.limits.queueLength
    }

    func topicsNotice(at now: Instant) -> TopicsNotice {
        let topics = configuration.topics.map { topic in
            TopicStatus(
                id: topic.id, labels: topic.labels, queue: topic.queue, isOpen: isOnDuty(topic.queue),
                waiting: state.queues[topic.queue]?.waiting.count ?? 0)
        }
        return TopicsNotice(
            desk: configuration.name, topics: topics,
            contacts: configuration.contacts.map { ContactStatus($0, at: now) })
    }

    private mutating func tell(
        _ intake: Intake, from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn
    ) {
        guard let id = openChat(of: digest) else { return refuse(handle, Refusal(.noChat), &turn) }
        guard !intake.isEmpty else { return refuse(handle, Refusal(.badField, subject: "intake"), &turn) }
        record(id, .intake(intake), &turn)
        turn.deliver(handle, .ok(about: "intake", chat: id))
        guard let chat = state.chats[id] else { return }
        switch chat.phase {
        case .offered(let offer, _): showOffer(id, to: agentSessions[offer.agent] ?? [], &turn)
        case .active(let agent, _):
            tellAgent(
                agent, .started(StartedNotice(chat: id, other: .customer(card(of: chat)), seq: chat.startedSeq)), &turn)
        case .waiting, .wrapUp, .ended: break
        }
    }

    // MARK: Leaving and rating

    private mutating func leave(from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn) {
        guard let id = openChat(of: digest) else { return refuse(handle, Refusal(.noChat), &turn) }
        end(id, .customerLeft, by: .customer, &turn)
    }

    private mutating func hangUp(from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn) {
        let isLast = (customers[digest]?.sessions.count ?? 0) <= 1
        if isLast, let id = openChat(of: digest) {
            end(id, .customerLeft, by: .customer, &turn)
        } else {
            dismiss(handle, .left, &turn)
        }
    }

    private mutating func rate(
        _ score: UInt8, _ comment: Text?, from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn
    ) {
        guard let id = customers[digest]?.chat, let chat = state.chats[id], !chat.phase.isOpen, chat.endReason != nil,
            !chat.isRated
        else { return refuse(handle, Refusal(.nothingToRate), &turn) }
        guard (1...5).contains(score) else { return refuse(handle, Refusal(.badField, subject: "score"), &turn) }
        record(id, .rated(score: score, comment: comment), &turn)
        turn.observe(.rated(chat.queue, score: score))
        turn.deliver(handle, .ok(about: "rate", chat: id))
    }

    // MARK: Asking

    private mutating func showPosition(to handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn) {
        guard let id = openChat(of: digest), let chat = state.chats[id] else {
            return refuse(handle, Refusal(.noChat), &turn)
        }
        if case .active(let agent, _) = chat.phase {
            turn.deliver(handle, .started(StartedNotice(chat: id, other: .agent(agent), seq: chat.startedSeq)))
        } else {
            tellPosition(of: chat, to: handle, &turn)
        }
    }

    private mutating func showTranscript(to handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn) {
        guard let id = customers[digest]?.chat, state.chats[id] != nil else {
            return refuse(handle, Refusal(.noChat), &turn)
        }
        deliverWords(of: id, to: handle, after: 0, includingNotes: false, isTranscript: true, &turn)
    }

    private mutating func change(
        to language: Language, from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn
    ) {
        sessions[handle]?.language = language
        if let id = openChat(of: digest), state.chats[id]?.language != language {
            record(id, .language(language), &turn)
        }
        turn.deliver(handle, .ok(about: "lang", chat: nil))
    }
}

extension Command {
    /// The sender's own id of the message, so that a refusal can name it.
    package var messageID: ClientMessageID? {
        switch self {
        case .say(_, let id, _), .note(_, let id, _): id
        case .topics, .enter, .intake, .leave, .hangUp, .rate, .position, .transcript, .language, .typing, .seen,
            .status,
            .accept, .decline, .transfer, .end, .wrapUp:
            nil
        }
    }
}
