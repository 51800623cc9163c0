// What waiting customers are told: their position whenever it improves, and an honest estimate.

extension Desk {
    /// Somebody left this queue or an agent came: positions or estimates may be better.
    func markQueue(_ id: QueueID, _ turn: inout Turn) {
        turn.changedQueues.insert(id)
    }

    func markQueues(of name: AgentName, _ turn: inout Turn) {
        guard let agent = state.agents[name] else { return }
        for (id, queue) in state.queues where !queue.waiting.isEmpty && agent.serves(directory.queue(id)) {
            markQueue(id, &turn)
        }
    }

    /// At the end of an event: tells every customer of a changed queue who has moved up.
    mutating func tellQueues(_ turn: inout Turn) {
        guard !turn.changedQueues.isEmpty else { return }
        for id in turn.changedQueues.sorted() {
            if pacing.mayTell(id, waiting: state.queues[id]?.waiting.count ?? 0, at: turn.now) {
                tellImproved(id, &turn)
            } else {
                arm(.notices(id))
            }
        }
        turn.changedQueues.removeAll()
    }

    private mutating func tellImproved(_ id: QueueID, _ turn: inout Turn) {
        guard let entries = state.queues[id]?.waiting.entries, !entries.isEmpty else { return }
        let outlook = outlook(of: id, at: turn.now)
        for (index, entry) in entries.enumerated() {
            guard let chat = state.chats.index(of: entry.chat),
                let customer = presence.customers.index(of: state.chats.entries[chat].token),
                !presence.customers.entries[customer].sessions.isEmpty,
                let told = presence.customers.entries[customer].told
            else { continue }
            let notice = QueuedNotice(entry.chat, at: index + 1, outlook, hold: limits.waitingHold)
            guard notice.position < told.position || (notice.onDuty && !told.onDuty) else { continue }
            presence.customers.entries[customer].told = notice
            tell(chat, .queued(notice), to: .customer, &turn)
        }
    }

    /// Tells the position now, to all of the customer's sessions or to one.
    mutating func tellPosition(of id: ChatID, to session: SessionHandle? = nil, _ turn: inout Turn) {
        guard let index = state.chats.index(of: id), let position = state.position(of: state.chats.entries[index]),
            let customer = presence.customers.index(of: state.chats.entries[index].token)
        else { return }
        let outlook = outlook(of: state.chats.entries[index].queue, at: turn.now)
        let notice = QueuedNotice(id, at: position, outlook, hold: limits.waitingHold)
        guard let session else {
            presence.customers.entries[customer].told = notice
            return tell(index, .queued(notice), to: .customer, &turn)
        }
        turn.deliver(session, .queued(notice))
        // What was told before is shown again: this session may be new.
        if state.chats.entries[index].isToldOfClosing {
            turn.deliver(session, .delayed(delay(of: index, .closed, turn)))
        }
        let others = presence.customers.entries[customer].sessions.count - 1
        presence.customers.entries[customer].told =
            presence.customers.entries[customer].told
            .map { others > 0 ? notice.noBetter(than: $0) : notice } ?? notice
    }

    /// What was told is void: the next position that is better than none is told.
    mutating func forgetTold(_ token: TokenDigest) {
        presence.customers[token]?.told = nil
    }

    func outlook(of id: QueueID, at now: Instant) -> Outlook {
        Outlook(directory.queue(id), state, expectedHandling: limits.expectedHandling, at: now)
    }
}
