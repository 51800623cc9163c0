// What agents and customers of the relay say and hear.

internal import SangdamCore
internal import SangdamJSON
internal import SangdamNet
internal import SangdamProtocol

extension RelayWorkload {
    func opened(_ client: LoadClient) {
        client.phase = .hello
        switch client.role {
        case .agent:
            client.send(.agentHello(user: agentName(client.index), password: plan.password.utf8, language: .english))
        case .customer, .probe: client.send(.stranger)
        }
    }

    /// Only leaving explains the end of a connection.
    func closed(_ client: LoadClient, _ reason: CloseReason) -> Bool { part == .leaving }

    func received(_ line: ServerFields, from client: LoadClient, at now: UInt64) {
        switch client.role {
        case .agent: agent(client, heard: line, at: now)
        case .customer: customer(client, heard: line, at: now)
        case .probe: break
        }
    }

    private func agentName(_ index: Int) -> String { "\(plan.agentPrefix)\(index + 1)" }

    /// nil: no agent of this run.
    private func agentIndex(_ name: String) -> Int? {
        guard name.hasPrefix(plan.agentPrefix), let number = Int(name.dropFirst(plan.agentPrefix.count)),
            (1...plan.agents).contains(number)
        else { return nil }
        return number - 1
    }

    // MARK: agents

    private func agent(_ client: LoadClient, heard line: ServerFields, at now: UInt64) {
        switch line.type {
        case .message: delivered(line, to: client, at: now)
        case .welcome:
            client.phase = .setUp
            client.send(.status(StatusChange(status: .available, capacity: plan.chatsPerAgent, autoAccept: true)))
        case .status: agentStatus(client)
        case .started:
            guard let chat = line.chatID else { return }
            chats[client.index].insert(chat)
            // What a run that was killed has left takes a slot that a pair of this run needs.
            if part == .signIn {
                client.send(line.isWrappingUp == true ? .wrapUp(chat: chat, WrapUpReport()) : .end(chat: chat))
            }
        case .ended:
            if let chat = line.chatID { client.send(.wrapUp(chat: chat, WrapUpReport())) }
        case .ok:
            guard line.about?.string == "wrapup", let chat = line.chatID else { return }
            chats[client.index].remove(chat)
            if client.phase == .setUp, part == .signIn { becomeReady(client) }
            goOfflineIfDone(client)
        case .error where isAboutLeftover(line, client): break
        case .error, .bye:
            if part != .leaving { stage.refused(client, line) }
        default: break
        }
    }

    private func delivered(_ line: ServerFields, to client: LoadClient, at now: UInt64) {
        guard line.from?.string == Party.customer.rawValue, part != .signIn, part != .enter, part != .leaving else {
            return
        }
        let mark = line.text.flatMap { $0.withUTF8 { template.mark(of: $0) } }
        if let latency = ledger.delivered(mark, chat: line.chatID, to: client.index, seq: line.seq ?? 0, at: now),
            part == .measure
        {
            messages.record(latency)
        }
        if let pair = mark.flatMap({ Int(exactly: $0.pair) }), pair < plan.pairs { list(pair) }
    }

    private func agentStatus(_ client: LoadClient) {
        switch client.phase {
        case .setUp:
            hasStatus.insert(client.index)
            becomeReady(client)
        case .leaving: client.close()
        case .closed, .connecting, .hello, .queued, .ready: break
        }
    }

    /// Once it is available and rid of what an earlier run has left to it.
    private func becomeReady(_ client: LoadClient) {
        guard hasStatus.contains(client.index), chats[client.index].isEmpty else { return }
        client.phase = .ready
        signedIn += 1
        stage.settled()
        if signedIn == plan.agents { agentsAreReady() }
    }

    /// An earlier run's chat can end by itself at the moment at which it is to be ended.
    private func isAboutLeftover(_ line: ServerFields, _ client: LoadClient) -> Bool {
        part == .signIn && client.phase == .setUp && ["chat_not_active", "unknown_chat"].contains(line.code?.string)
    }

    func goOfflineIfDone(_ client: LoadClient) {
        guard part == .leaving, client.phase == .ready, chats[client.index].isEmpty else { return }
        client.phase = .leaving
        client.send(.status(StatusChange(status: .offline)))
    }

    // MARK: customers

    private func customer(_ client: LoadClient, heard line: ServerFields, at now: UInt64) {
        switch line.type {
        case .ack:
            guard part != .leaving else { return }
            if let latency = ledger.acked(
                line.id.flatMap { $0.withUTF8 { SayTemplate.number($0) } }, pair: client.index, chat: line.chatID,
                seq: line.seq ?? 0, at: now),
                part == .measure
            {
                acks.record(latency)
            }
            list(client.index)
        case .welcome:
            client.phase = .queued
            client.send(.enter(topic: TopicID(plan.topic), intake: nil))
        case .started:
            if client.phase == .queued { taken(client, line) }
        case .ended:
            if part == .leaving {
                client.close()
            } else {
                stage.finish(
                    .failure(
                        .unavailable("\(client.name): the chat ended during the run: \(line.reason?.string ?? "")")))
            }
        case .error, .bye:
            if part != .leaving { stage.refused(client, line) }
        default: break
        }
    }

    private func taken(_ client: LoadClient, _ line: ServerFields) {
        guard let chat = line.chatID, let agent = line.agent.flatMap({ agentIndex($0.string) }) else {
            let sentence =
                "\(client.name) was taken by \(line.agent?.string ?? "somebody"), who is none of \(plan.agentPrefix)1 to "
                + "\(plan.agentPrefix)\(plan.agents): use a topic that nobody else serves"
            stage.finish(.failure(.unavailable(sentence)))
            return
        }
        ledger.bind(client.index, chat: chat, receiver: agent)
        client.phase = .ready
        started += 1
        stage.settled()
        if started == plan.pairs { pairsAreReady() }
    }
}
