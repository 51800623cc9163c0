// Words on their way: said, noted, shown again; and the hints that pass beside them. `say` is the only path that runs
// for every message.

extension Desk {
    /// Stores the words, tells them to the others and to the sender's other connections, and acknowledges them.
    mutating func say(_ id: ClientMessageID?, _ text: Text, from sender: Sender, _ turn: inout Turn) {
        guard isFitting(text) else { return refuseTooLong(id, from: sender, &turn) }
        let (chat, who) = (sender.chat, sender.who)
        let isFirst = !state.chats.entries[chat].hasFirstResponse
        let (said, seq) = record(
            StoredMessage(from: who.kind, name: who.agent, id: id, text: text), in: chat, &turn)
        turn.observe(.message(who.kind))
        if case .agent = who { countAnswer(in: chat, isFirst: isFirst, &turn) }
        tell(chat, said, to: .others(than: who), &turn)
        tell(chat, said, to: .otherSessions(of: who, than: sender.session), &turn)
        turn.deliver(sender.session, .ack(chat: state.chats.keys[chat], id: id, seq: seq))
    }

    /// From here on the customer is to answer.
    private mutating func countAnswer(in chat: Int, isFirst: Bool, _ turn: inout Turn) {
        if isFirst, let since = state.chats.entries[chat].startedAt {
            turn.observe(.firstResponse(state.chats.entries[chat].queue, turn.now - since))
        }
        arm(.silence, of: state.chats.keys[chat])
    }

    mutating func note(_ id: ClientMessageID?, _ text: Text, from sender: Sender, _ turn: inout Turn) {
        guard isFitting(text) else { return refuseTooLong(id, from: sender, &turn) }
        let chat = state.chats.keys[sender.chat]
        let seq = record(chat, .note(by: sender.agent, id: id, text: text), &turn)
        let notice = NoteNotice(chat: chat, seq: seq, by: sender.agent, text: text, at: turn.now)
        tell(sender.chat, .note(notice), to: .agents(but: sender.session), &turn)
        turn.deliver(sender.session, .ack(chat: chat, id: id, seq: seq))
    }

    private func isFitting(_ text: Text) -> Bool {
        text.count <= limits.textBytes
    }

    private func refuseTooLong(_ id: ClientMessageID?, from sender: Sender, _ turn: inout Turn) {
        turn.refuse(sender.session, Refusal(.tooLong, messageID: id, subject: "text"))
    }

    // MARK: Hints

    mutating func passTyping(_ isOn: Bool, from sender: Sender, _ turn: inout Turn) {
        let (chat, kind) = (state.chats.keys[sender.chat], sender.who.kind)
        // While waiting there is nobody to tell; that is no fault of the customer's.
        guard case .active = state.chats.entries[sender.chat].phase,
            conversations.isNews(isOn, of: kind, in: chat, at: turn.now)
        else { return }
        tell(sender.chat, .typing(chat: chat, who: kind, isOn: isOn), to: .others(than: sender.who), &turn)
    }

    mutating func passSeen(_ seq: UInt64, from sender: Sender, _ turn: inout Turn) {
        let chat = state.chats.keys[sender.chat]
        let seq = min(seq, state.chats.entries[sender.chat].lastSeq)
        guard case .active = state.chats.entries[sender.chat].phase else { return }
        // Told once, so that `seen`, which costs nothing, cannot flood the agent.
        if case .customer(let token) = sender.who, !presence.sees(through: seq, token) { return }
        tell(sender.chat, .seen(chat: chat, who: sender.who.kind, seq: seq), to: .others(than: sender.who), &turn)
    }

    // MARK: Showing again

    /// A chat with its whole context for one session of its agent.
    mutating func showChat(_ id: ChatID, to session: SessionHandle, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id) else { return }
        turn.deliver(session, .started(state.chats.entries[index]))
        showWords(of: id, to: session, after: 0, includingNotes: true, isTranscript: false, &turn)
    }

    /// Shows the chat's words after `seq`: from memory if they are all there and this event has not shown much already,
    /// else from the journal, which goes at the peer's pace: all chats of an agent who comes back would be more at once
    /// than may be held for one peer.
    func showWords(
        of id: ChatID, to session: SessionHandle, after seq: UInt64, includingNotes: Bool, isTranscript: Bool,
        _ turn: inout Turn
    ) {
        guard let index = state.chats.index(of: id) else { return }
        guard let (words, bytes) = conversations.words(of: id, after: seq, includingNotes: includingNotes),
            turn.mayReshow(bytes)
        else {
            let chat = state.chats.entries[index]
            let request = HistoryRequest(
                chat: id, after: seq, through: chat.lastSeq, includesNotes: includingNotes, isTranscript: isTranscript,
                customerName: chat.name)
            return turn.effects.deliver(.history(request), to: session)
        }
        if isTranscript { turn.deliver(session, .transcript(.begins)) }
        for word in words { turn.deliver(session, word) }
        if isTranscript { turn.deliver(session, .transcript(.ends)) }
    }
}
