// What can never be. The simulation asks after every event; a sentence that comes back is a bug of ours.

extension Desk {
    /// Every violated invariant in words; empty when all hold.
    package func violations() -> [String] {
        var found: [String] = []
        for chat in state.chats.values { check(chat, &found) }
        for agent in state.agents.values { check(agent, &found) }
        for (id, queue) in state.queues { check(queue, id, &found) }
        checkSessions(&found)
        return found.sorted()
    }

    private func check(_ chat: Chat, _ found: inout [String]) {
        let holders = state.agents.values.filter { $0.chats.contains(chat.id) }.map(\.name)
        let expected = chat.phase.agent.map { [$0] } ?? []
        if holders != expected { found.append("chat \(chat.id) is \(chat.phase) but held by \(holders)") }
        let offered = state.agents.values.filter { $0.offers.contains(chat.id) }.map(\.name)
        var reserved: [AgentName] = []
        if case .offered(let offer, _) = chat.phase { reserved = [offer.agent] }
        if offered != reserved { found.append("chat \(chat.id) is \(chat.phase) but reserved by \(offered)") }
        if let rank = chat.phase.rank {
            let entries = state.queues[chat.queue]?.waiting.entries ?? []
            if !entries.contains(WaitQueue.Entry(rank: rank, chat: chat.id)) {
                found.append("chat \(chat.id) waits in no queue")
            }
        }
        if chat.phase == .opened { found.append("chat \(chat.id) is in no queue") }
        if !conversations.hasTail(of: chat.id) { found.append("chat \(chat.id) has no tail") }
    }

    private func check(_ agent: Agent, _ found: inout [String]) {
        // Capacity may be lowered below what is held; nothing new may come then, which `hasFreeSlot` sees to.
        if agent.status == .offline, agent.chats.contains(where: { state.chats[$0]?.phase.isOpen == true }) {
            found.append("agent \(agent.name) is offline with an open chat")
        }
        if !agent.offers.isEmpty, !agent.isOnDuty { found.append("agent \(agent.name) has an offer off duty") }
        if Set(agent.chats).count != agent.chats.count { found.append("agent \(agent.name) holds a chat twice") }
        for id in agent.chats where state.chats[id] == nil {
            found.append("agent \(agent.name) holds a lost chat \(id)")
        }
    }

    private func check(_ queue: QueueState, _ id: QueueID, _ found: inout [String]) {
        let entries = queue.waiting.entries
        for (entry, next) in zip(entries, entries.dropFirst()) where entry.rank >= next.rank {
            found.append("queue \(id) is out of order at \(next.chat)")
        }
        let ready = entries.filter { state.chats[$0.chat]?.isReady == true }
        if queue.ready.entries != ready { found.append("queue \(id) is wrong about who is ready") }
        for entry in entries {
            let chat = state.chats[entry.chat]
            if chat?.queue != id || chat?.phase.rank != entry.rank {
                found.append("queue \(id) holds \(entry.chat), which does not wait there")
            }
        }
    }

    private func checkSessions(_ found: inout [String]) {
        for (handle, session) in presence.sessions where !presence.sessions(of: session.who).contains(handle) {
            found.append("session \(handle) is not among those of \(session.who)")
        }
        for (token, customer) in presence.customers {
            if customer.sessions.isEmpty, customer.chat == nil { found.append("nothing is left of customer \(token)") }
            guard let id = customer.chat else { continue }
            guard let chat = state.chats[id] else {
                found.append("customer \(token) has a lost chat")
                continue
            }
            if chat.phase.isOpen, customer.sessions.isEmpty != (chat.customerAwaySince != nil) {
                found.append("chat \(id) is wrong about its customer being away")
            }
        }
    }
}
