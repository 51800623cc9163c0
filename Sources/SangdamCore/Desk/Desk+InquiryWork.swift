// What agents do with inquiries: list them, take one, answer it, let it go, close it.

extension Desk {
    // MARK: Who

    /// Whether the agent may have to do with inquiries of the queue.
    private func mayServe(_ agent: Agent, _ queue: QueueID) -> Bool {
        agent.profile.role == .supervisor || agent.serves(directory.queue(queue))
    }

    /// Whether the agent is at work and may answer inquiries of the queue: also on a break from chats.
    func isThere(_ agent: Agent, for queue: QueueID) -> Bool {
        agent.awaySince == nil && agent.status != .offline && mayServe(agent, queue)
    }

    // MARK: Listing

    func listInquiries(_ queue: QueueID?, _ wanted: InquiryState?, from sender: Sender, _ turn: inout Turn) {
        guard let agent = state.agents[sender.agent] else { return }
        if let queue, !directory.hasQueue(queue), !state.inquiries.listedQueues.contains(queue) {
            return turn.refuse(sender.session, Refusal(.unknownQueue, subject: "queue"))
        }
        let queues = (queue.map { [$0] } ?? state.inquiries.listedQueues).filter { mayServe(agent, $0) }
        let lists = queues.map { state.inquiries.listed(in: $0, wanted) }
        let entries: [InquiryBook.Due]
        switch wanted {
        case nil, .open, .taken, .reopened: entries = lists.flatMap { $0.prefix(InquiryList.limit) }.sorted()
        // What is settled is looked for among the latest.
        case .answered, .closed: entries = lists.flatMap { $0.suffix(InquiryList.limit) }.sorted(by: >)
        }
        let rows = entries.prefix(InquiryList.limit).compactMap { state.inquiries[$0.inquiry] }.map { row($0, turn) }
        let total = lists.reduce(0) { $0 + $1.count }
        turn.deliver(sender.session, .inquiries(InquiryList(rows: rows, total: total)))
    }

    private func row(_ inquiry: Inquiry, _ turn: borrowing Turn) -> InquiryRow {
        InquiryRow(
            inquiry: inquiry.id, state: inquiry.phase.state ?? .open, queue: inquiry.queue, topic: inquiry.topic,
            language: inquiry.language, arrived: inquiry.arrivedAt, due: dueTime(of: inquiry, turn),
            isOverdue: inquiry.phase.isDue && inquiry.clock.due <= turn.now,
            agent: inquiry.phase.holder ?? inquiry.lastAgent)
    }

    // MARK: Taking and showing

    mutating func take(_ named: ChatID?, _ queue: QueueID?, from sender: Sender, _ turn: inout Turn) {
        let name = sender.agent
        guard let agent = state.agents[name] else { return }
        guard let id = named ?? firstDue(of: queue, for: agent), let inquiry = state.inquiries[id],
            inquiry.phase.state != nil
        else {
            return turn.refuse(sender.session, Refusal(.unknownInquiry, subject: "inquiry"))
        }
        // Once more for one's own: it is shown again.
        if inquiry.phase.holder == name { return showInquiry(id, to: sender.session, &turn) }
        guard mayServe(agent, inquiry.queue) else {
            return turn.refuse(sender.session, Refusal(.notAllowed, subject: "take"))
        }
        switch inquiry.phase {
        case .open, .reopened(nil), .answered, .arriving: break
        case .taken, .reopened: return turn.refuse(sender.session, Refusal(.inquiryTaken, subject: "inquiry"))
        case .closed: return turn.refuse(sender.session, Refusal(.inquiryClosed, subject: "inquiry"))
        }
        guard agent.status != .offline else { return turn.refuse(sender.session, Refusal(.agentUnavailable)) }
        guard state.inquiries.held(by: name).count < inquiryRules.capacity else {
            return turn.refuse(sender.session, Refusal(.capacityFull))
        }
        record(id, .inquiry(.taken(name)), &turn)
        showInquiry(id, toAgent: name, &turn)
        tellCustomer(of: id, &turn)
    }

    /// Nobody chooses who need not: the one that is due first and that nobody has.
    private func firstDue(of queue: QueueID?, for agent: Agent) -> ChatID? {
        let queues = queue.map { [$0] } ?? state.inquiries.queues
        let firsts = queues.filter { mayServe(agent, $0) }.compactMap { queue in
            state.inquiries.due(in: queue).first { state.inquiries[$0.inquiry]?.phase.holder == nil }
        }
        return firsts.min()?.inquiry
    }

    mutating func showInquiry(_ id: ChatID, toAgent name: AgentName, _ turn: inout Turn) {
        for session in presence.sessions(of: name) { showInquiry(id, to: session, &turn) }
    }

    /// With all that was said, also in the chat before it.
    mutating func showInquiry(_ id: ChatID, to session: SessionHandle, _ turn: inout Turn) {
        guard let inquiry = state.inquiries[id] else { return }
        turn.deliver(session, .inquiry(notice(of: inquiry, isForAgent: true, turn)))
        if let chat = inquiry.of {
            // The chat may be forgotten: whatever it came to stands in the journal.
            let request = HistoryRequest(
                chat: chat, after: 0, through: state.chats[chat]?.lastSeq ?? .max, includesNotes: true,
                isTranscript: false, customerName: inquiry.name)
            turn.effects.deliver(.history(request), to: session)
        }
        showWords(of: inquiry, to: session, includingNotes: true, &turn)
    }

    // MARK: Answering

    mutating func answer(
        _ id: ChatID, _ messageID: ClientMessageID?, _ text: Text, from sender: Sender, _ turn: inout Turn
    ) {
        let name = sender.agent
        guard let inquiry = state.inquiries[id] else {
            return turn.refuse(sender.session, Refusal(.unknownInquiry, messageID: messageID, subject: "inquiry"))
        }
        if let messageID, let seq = inquiry.acked.seq(of: messageID, from: .agent(name)) {
            turn.observe(.deduplicated)
            return turn.deliver(sender.session, .ack(chat: id, id: messageID, seq: seq))
        }
        if let code = refusal(of: inquiry, to: name) ?? refusalToAnswer(inquiry) {
            return turn.refuse(sender.session, Refusal(code, messageID: messageID, subject: "inquiry"))
        }
        guard text.count <= inquiryRules.textBytes else {
            return turn.refuse(sender.session, Refusal(.tooLong, messageID: messageID, subject: "text"))
        }
        let message = StoredMessage(from: .agent, name: name, id: messageID, text: text)
        let seq = record(id, .message(message), &turn)
        turn.observe(.message(.agent))
        postMail(about: id, seq, &turn)
        if inquiry.phase.isDue {
            turn.observe(.inquiry(inquiry.queue, .answered))
            turn.observe(.inquiryAnswered(inquiry.queue, after: turn.now - inquiry.askedAt))
        }
        armInquiry(id)
        let said = ServerMessage.message(MessageNotice(message, in: id, as: nil, seq: seq, at: turn.now))
        for session in presence.sessions(of: name) where session != sender.session { turn.deliver(session, said) }
        tellCustomer(of: id, &turn)
        for session in presence.sessions(of: .customer(inquiry.token)) { turn.deliver(session, said) }
        turn.deliver(sender.session, .ack(chat: id, id: messageID, seq: seq))
        if let known = state.inquiries[id] {
            turn.deliver(sender.session, .inquiry(notice(of: known, isForAgent: true, turn)))
        }
    }

    /// Why the agent may not do anything with it; nil when it is the agent's turn, or the agent answered it last.
    private func refusal(of inquiry: Inquiry, to name: AgentName) -> RefusalCode? {
        switch inquiry.phase {
        case .taken(let holder), .reopened(.some(let holder)): holder == name ? nil : .inquiryTaken
        case .answered(let agent, _): agent == name ? nil : .inquiryNotTaken
        case .open, .reopened(nil): .inquiryNotTaken
        case .closed: .inquiryClosed
        case .arriving: .unknownInquiry
        }
    }

    private func refusalToAnswer(_ inquiry: Inquiry) -> RefusalCode? {
        inquiry.mails.count < Inquiry.pendingMailLimit ? nil : .capacityFull
    }

    // MARK: Letting go

    mutating func release(_ id: ChatID, from sender: Sender, _ turn: inout Turn) {
        let name = sender.agent
        guard let inquiry = state.inquiries[id] else {
            return turn.refuse(sender.session, Refusal(.unknownInquiry, subject: "inquiry"))
        }
        guard inquiry.phase.holder == name else {
            return turn.refuse(
                sender.session, Refusal(refusal(of: inquiry, to: name) ?? .inquiryNotTaken, subject: "inquiry"))
        }
        letGo(id, name, .agent, &turn)
        turn.deliver(sender.session, .ok(about: "release", chat: id))
    }

    /// Whatever the agent holds is for others from here on.
    mutating func releaseInquiries(of name: AgentName, _ cause: InquiryReleaseCause, _ turn: inout Turn) {
        for id in state.inquiries.held(by: name) { letGo(id, name, cause, &turn) }
    }

    private mutating func letGo(
        _ id: ChatID, _ name: AgentName, _ cause: InquiryReleaseCause, _ turn: inout Turn
    ) {
        record(id, .inquiry(.released(name, cause)), &turn)
        tell(.released, of: id, by: name, &turn)
        tellCustomer(of: id, &turn)
    }

    mutating func close(_ id: ChatID, _ report: WrapUpReport, from sender: Sender, _ turn: inout Turn) {
        let name = sender.agent
        guard let agent = state.agents[name], let inquiry = state.inquiries[id] else {
            return turn.refuse(sender.session, Refusal(.unknownInquiry, subject: "inquiry"))
        }
        // A supervisor may close what nobody will answer.
        let isSupervised = agent.profile.role == .supervisor && inquiry.phase.state != .closed
        if let code = refusal(of: inquiry, to: name), !isSupervised || inquiry.phase.state == nil {
            return turn.refuse(sender.session, Refusal(code, subject: "inquiry"))
        }
        closeInquiry(id, by: name, report, &turn)
        turn.deliver(sender.session, .ok(about: "close", chat: id))
    }

    /// - Parameter name: nil when time closes it.
    mutating func closeInquiry(
        _ id: ChatID, by name: AgentName?, _ report: WrapUpReport, _ turn: inout Turn
    ) {
        guard let inquiry = state.inquiries[id] else { return }
        record(id, .inquiry(.closed(by: name, report)), &turn)
        turn.observe(.inquiry(inquiry.queue, name == nil ? .lapsed : .closed))
        armInquiry(id)
        tellCustomer(of: id, &turn)
    }
}
