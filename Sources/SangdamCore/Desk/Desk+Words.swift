// Words on their way: said, noted, acknowledged, shown again. The only path that runs for every message.

/// What passes between the parties without being stored.
enum Signal {
    case typing(Bool)
    case seen(UInt64)
}

extension Desk {
    // MARK: Customers

    mutating func say(
        _ named: ChatID?, _ id: ClientMessageID?, _ text: Text, from handle: SessionHandle, of digest: TokenDigest,
        _ turn: inout Turn
    ) {
        guard let (chatID, index) = openChatIndex(of: digest), named == nil || named == chatID else {
            return refuse(
                handle, Refusal(customers[digest]?.chat == nil ? .noChat : .chatNotActive, messageID: id), &turn)
        }
        guard isFitting(text) else { return refuse(handle, Refusal(.tooLong, messageID: id, subject: "text"), &turn) }
        let (said, seq) = record(StoredMessage(from: .customer, name: nil, id: id, text: text), in: index, &turn)
        turn.observe(.message(.customer))
        if case .active(let agent, _) = state.chats.entries[index].phase { tellAgent(agent, said, &turn) }
        tellCustomer(digest, of: chatID, said, except: handle, &turn)
        turn.deliver(handle, .ack(chat: chatID, id: id, seq: seq))
    }

    /// A message that was stored before gets its `ack` again and costs nothing; true when it was one. Words for another
    /// chat than the present one are none of its words, whatever their id.
    mutating func acknowledgeAgain(
        _ named: ChatID?, _ id: ClientMessageID, from handle: SessionHandle, of digest: TokenDigest,
        _ turn: inout Turn
    ) -> Bool {
        guard let seat = customers.index(of: digest), let chat = customers.entries[seat].chat,
            named == nil || named == chat,
            let index = state.chats.index(of: chat),
            let seq = state.chats.entries[index].acked.seq(of: id, from: .customer)
        else { return false }
        turn.observe(.deduplicated)
        turn.deliver(handle, .ack(chat: chat, id: id, seq: seq))
        return true
    }

    mutating func passOn(
        _ signal: Signal, from handle: SessionHandle, of digest: TokenDigest, _ turn: inout Turn
    ) {
        guard let id = openChat(of: digest), let chat = state.chats[id] else {
            return refuse(handle, Refusal(.noChat), &turn)
        }
        // While waiting there is nobody to tell; that is no fault of the customer's.
        guard case .active(let agent, _) = chat.phase else { return }
        if case .seen(let seq) = signal {
            // Told once, so that `seen`, which costs nothing, cannot flood the agent.
            let seq = min(seq, chat.lastSeq)
            guard let seat = customers[digest], seq > seat.seen else { return }
            customers[digest]?.seen = seq
        }
        guard isNews(signal, of: .customer, in: id, turn) else { return }
        tellAgent(agent, outbound(signal, in: chat, by: .customer), &turn)
    }

    // MARK: Agents

    mutating func say(
        _ chatID: ChatID?, _ id: ClientMessageID?, _ text: Text, from handle: SessionHandle, by name: AgentName,
        _ turn: inout Turn
    ) {
        guard let chatID else { return refuse(handle, Refusal(.badField, messageID: id, subject: "chat"), &turn) }
        if acknowledgeAgain(id, of: .agent(name), in: chatID, to: handle, &turn) { return }
        guard let index = state.chats.index(of: chatID), state.chats.entries[index].phase.agent == name else {
            return refuse(handle, Refusal(.unknownChat, messageID: id), &turn)
        }
        guard case .active(_, let since) = state.chats.entries[index].phase else {
            return refuse(handle, Refusal(.chatNotActive, messageID: id), &turn)
        }
        guard isFitting(text) else { return refuse(handle, Refusal(.tooLong, messageID: id, subject: "text"), &turn) }
        let isFirst = !state.chats.entries[index].hasFirstResponse
        let (said, seq) = record(StoredMessage(from: .agent, name: name, id: id, text: text), in: index, &turn)
        turn.observe(.message(.agent))
        if isFirst { turn.observe(.firstResponse(state.chats.entries[index].queue, turn.now - since)) }
        arm(.silence, of: chatID)
        tellCustomer(state.chats.entries[index].token, of: chatID, said, &turn)
        tellAgent(name, said, except: handle, &turn)
        turn.deliver(handle, .ack(chat: chatID, id: id, seq: seq))
    }

    mutating func note(
        _ chatID: ChatID, _ id: ClientMessageID?, _ text: Text, from handle: SessionHandle, by name: AgentName,
        _ turn: inout Turn
    ) {
        if acknowledgeAgain(id, of: .notes(name), in: chatID, to: handle, &turn) { return }
        guard chat(chatID, of: name) != nil else {
            return refuse(handle, Refusal(.unknownChat, messageID: id), &turn)
        }
        guard isFitting(text) else { return refuse(handle, Refusal(.tooLong, messageID: id, subject: "text"), &turn) }
        let seq = record(chatID, .note(by: name, id: id, text: text), &turn)
        let notice = NoteNotice(chat: chatID, seq: seq, by: name, text: text, at: turn.now)
        tellAgent(name, .note(notice), except: handle, &turn)
        turn.deliver(handle, .ack(chat: chatID, id: id, seq: seq))
    }

    mutating func passOn(
        _ signal: Signal, _ chatID: ChatID?, from handle: SessionHandle, by name: AgentName, _ turn: inout Turn
    ) {
        guard let chatID, let chat = chat(chatID, of: name) else {
            return refuse(handle, Refusal(.unknownChat), &turn)
        }
        guard case .active = chat.phase, isNews(signal, of: .agent, in: chatID, turn) else { return }
        tellCustomer(of: chat, outbound(signal, in: chat, by: .agent), &turn)
    }

    /// An agent's repeated message or note, also after the chat went to somebody else.
    private mutating func acknowledgeAgain(
        _ id: ClientMessageID?, of sender: MessageSender, in chatID: ChatID, to handle: SessionHandle,
        _ turn: inout Turn
    ) -> Bool {
        guard let id, let index = state.chats.index(of: chatID),
            let seq = state.chats.entries[index].acked.seq(of: id, from: sender)
        else { return false }
        turn.observe(.deduplicated)
        turn.deliver(handle, .ack(chat: chatID, id: id, seq: seq))
        return true
    }

    // MARK: Both

    /// The chat, if it holds one of the agent's slots.
    func chat(_ id: ChatID, of name: AgentName) -> Chat? {
        guard let chat = state.chats[id], chat.phase.agent == name else { return nil }
        return chat
    }

    /// Typing is a hint and costs its sender nothing: what would be too much of it is not passed on.
    private mutating func isNews(_ signal: Signal, of party: Party, in chat: ChatID, _ turn: Turn) -> Bool {
        guard case .typing(let isOn) = signal else { return true }
        return typing[chat, default: [:]][party, default: Typing()].turn(on: isOn, at: turn.now)
    }

    private func isFitting(_ text: Text) -> Bool {
        text.count <= configuration.limits.textBytes
    }

    private func outbound(_ signal: Signal, in chat: Chat, by party: Party) -> ServerMessage {
        switch signal {
        case .typing(let isOn): .typing(chat: chat.id, who: party, isOn: isOn)
        case .seen(let seq): .seen(chat: chat.id, who: party, seq: min(seq, chat.lastSeq))
        }
    }

    /// Shows the chat's words after `seq`: from memory if they are all there and this event has not shown much already,
    /// else from the journal, which goes at the peer's pace: all chats of an agent who comes back would be more at once
    /// than may be held for one peer.
    func deliverWords(
        of id: ChatID, to handle: SessionHandle, after seq: UInt64, includingNotes: Bool, isTranscript: Bool,
        _ turn: inout Turn
    ) {
        guard let chat = state.chats[id], let tail = tails[id] else { return }
        guard let words = tail.words(after: seq, includingNotes: includingNotes), turn.replay(tail.estimatedBytes)
        else {
            turn.effects.deliver(
                .history(
                    HistoryRequest(
                        chat: id, after: seq, through: chat.lastSeq, includesNotes: includingNotes,
                        isTranscript: isTranscript, customerName: chat.name)),
                to: handle)
            return
        }
        if isTranscript { turn.deliver(handle, .transcript(.begins)) }
        for word in words { turn.deliver(handle, word) }
        if isTranscript { turn.deliver(handle, .transcript(.ends)) }
    }
}
