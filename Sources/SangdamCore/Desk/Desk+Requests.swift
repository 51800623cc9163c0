// What customers ask for beside talking: entering, telling details, leaving, rating, and where they are.

extension Desk {
    // MARK: Entering

    mutating func enter(
        _ topicID: TopicID, _ intake: Intake?, _ consent: NoticeVersion?, from sender: Sender, _ turn: inout Turn
    ) {
        guard !isDraining else { return turn.refuse(sender.session, Refusal(.draining)) }
        guard let topic = directory.topic(topicID) else {
            return turn.refuse(sender.session, Refusal(.unknownTopic, subject: "topic"))
        }
        // The boundary may have passed, and its tick be on its way still.
        if let due = hoursDue, due <= turn.now { lookAtHours(&turn) }
        if let refusal = refusal(ofNewcomerTo: topic.queue, &turn) { return turn.refuse(sender.session, refusal) }
        // An agreement to other words is none to these.
        let agreed = consent.flatMap { $0 == configuration.privacy?.version ? $0 : nil }
        if let notice = configuration.privacy, notice.needsConsent, agreed == nil {
            return turn.refuse(sender.session, Refusal(.consentRequired))
        }
        let told: Intake
        do throws(Refusal) { told = try topic.answers(in: intake ?? Intake()) } catch {
            return turn.refuse(sender.session, error)
        }
        let missing = topic.missing(in: told)
        guard missing.isEmpty else {
            return turn.refuse(sender.session, Refusal(.intakeRequired, missing: missing))
        }
        let token = sender.token
        let id = newChatID(after: state.tokens[token], turn)
        let opened = Opened(
            topic: topic.id, language: presence.sessions[sender.session]?.language ?? .korean,
            name: presence.customers[token]?.name, token: token, receipt: newReceipt(), consent: agreed)
        presence.customers[token]?.begin(id)
        record(id, .opened(opened), &turn)
        if !told.isEmpty { record(id, .intake(told), &turn) }
        let rank = rank(isHead: false, since: turn.now)
        record(id, .queued(Queued(queue: topic.queue, cause: .entered, rank: rank)), &turn)
        turn.observe(.offered(topic.queue))
        tellPosition(of: id, &turn)
        beginWait(of: id, &turn)
        turn.needsRouting = true
    }

    /// A customer's chats sort by age, also within a millisecond: the token leads to the newest.
    mutating func newChatID(after last: ChatID?, _ turn: Turn) -> ChatID {
        let id: ChatID = newID(turn)
        guard let last, id <= last else { return id }
        return ChatID(high: last.high, low: last.low &+ 1)
    }

    func hasRoom(_ queue: QueueID) -> Bool {
        (state.queues[queue]?.waiting.count ?? 0) < limits.queueLength
    }

    /// Details that spare the customer from repeating them.
    mutating func add(_ intake: Intake, from sender: Sender, _ turn: inout Turn) {
        let (id, chat) = (state.chats.keys[sender.chat], state.chats.entries[sender.chat])
        // A topic that the configuration no longer names asks what every topic does that names no questions.
        let topic = directory.topic(chat.topic) ?? Topic(id: chat.topic, labels: Localised([:]), queue: chat.queue)
        let told: Intake
        do throws(Refusal) { told = try topic.answers(in: intake) } catch {
            return turn.refuse(sender.session, error)
        }
        guard !told.isEmpty else { return turn.refuse(sender.session, Refusal(.badField, subject: "intake")) }
        record(id, .intake(told), &turn)
        turn.deliver(sender.session, .ok(about: "intake", chat: id))
        showOffer(id, &turn)
        tell(sender.chat, .started(state.chats.entries[sender.chat]), to: .holder, &turn)
    }

    // MARK: Leaving and rating

    /// The input of a connection by hand has ended: a leave, unless another connection of the customer's is there.
    mutating func hangUp(_ sender: Sender, _ turn: inout Turn) {
        let isLast = presence.sessions(of: sender.who).count <= 1
        if isLast, let chat = sender.chatIfAny, state.chats.entries[chat].phase.isOpen {
            end(state.chats.keys[chat], .customerLeft, by: .customer, &turn)
        } else {
            dismiss(sender.session, .left, &turn)
        }
    }

    mutating func rate(_ score: UInt8, _ comment: Text?, from sender: Sender, _ turn: inout Turn) {
        let (id, chat) = (state.chats.keys[sender.chat], state.chats.entries[sender.chat])
        guard chat.endReason != nil, !chat.isRated else {
            return turn.refuse(sender.session, Refusal(.nothingToRate))
        }
        guard (1...5).contains(score) else { return turn.refuse(sender.session, Refusal(.badField, subject: "score")) }
        record(id, .rated(score: score, comment: comment), &turn)
        turn.observe(.rated(chat.queue, score: score))
        turn.deliver(sender.session, .ok(about: "rate", chat: id))
    }

    // MARK: Asking

    func showTopics(to sender: Sender, _ turn: inout Turn) {
        let topics = configuration.topics.map { topic in
            TopicStatus(
                id: topic.id, labels: topic.labels, queue: topic.queue,
                waiting: state.queues[topic.queue]?.waiting.count ?? 0, reception: reception(of: topic.queue, turn),
                intake: topic.intake)
        }
        turn.deliver(
            sender.session,
            .topics(
                TopicsNotice(
                    desk: configuration.name, topics: topics, contacts: contacts(at: turn.now),
                    privacy: configuration.privacy)))
    }

    mutating func showPosition(to sender: Sender, _ turn: inout Turn) {
        guard let index = sender.chatIfAny, state.chats.entries[index].phase.isOpen else {
            return turn.refuse(sender.session, Refusal(.noChat))
        }
        if let agent = state.chats.entries[index].phase.agent {
            turn.deliver(sender.session, .started(state.chats.entries[index], with: agent))
        } else {
            tellPosition(of: state.chats.keys[index], to: sender.session, &turn)
        }
    }

    func showTranscript(to sender: Sender, _ turn: inout Turn) {
        showWords(
            of: state.chats.keys[sender.chat], to: sender.session, after: 0, includingNotes: false, isTranscript: true,
            &turn)
    }

    /// The frequent questions are searched elsewhere: that takes longer than the desk may.
    func search(_ query: FAQQuery, for sender: Sender, _ turn: inout Turn) {
        let language = query.language ?? presence.sessions[sender.session]?.language ?? .korean
        turn.effects.deliver(.search(query, in: language), to: sender.session)
    }

    /// A customer who has the answer and goes has not given up waiting. What one says who waits counts once, until it
    /// changes: a client that heard no answer says it again.
    mutating func helped(_ isHelped: Bool, _ sender: Sender, _ turn: inout Turn) {
        defer { turn.deliver(sender.session, .ok(about: "faq_helped", chat: nil)) }
        if case .customer(let token) = sender.who, let index = sender.chatIfAny,
            state.chats.entries[index].phase.rank != nil
        {
            guard presence.customers[token]?.isHelped != isHelped else { return }
            presence.customers[token]?.isHelped = isHelped
        }
        turn.observe(.faqHelped(isHelped))
    }

    mutating func change(to language: Language, from sender: Sender, _ turn: inout Turn) {
        presence.change(sender.session, to: language)
        if let index = sender.chatIfAny, state.chats.entries[index].phase.isOpen,
            state.chats.entries[index].language != language
        {
            record(state.chats.keys[index], .language(language), &turn)
        }
        turn.deliver(sender.session, .ok(about: "lang", chat: nil))
    }
}
