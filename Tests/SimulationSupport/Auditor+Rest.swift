// What must hold when an event has been dealt with: nobody forgotten, nothing missed, every count right.

import SangdamCore

extension Auditor {
    mutating func checkRest() {
        checkWords()
        checkShown()
        checkCounts()
        checkNobodyIsForgotten()
        checkAgents()
        checkAccounts()
        checkConfiguration()
        checkHours()
        checkInquiries()
    }

    /// Whatever was written now has reached every session of both parties, once each.
    private mutating func checkWords() {
        for (id, seq) in wordsWritten {
            guard let chat = chats[id], let word = chat.words.first(where: { $0.seq == seq }) else { continue }
            let audience = sessions.filter { _, session in
                switch session.owner {
                case .customer(let token): !word.isNote && token == chat.token && newest[token] == id
                case .agent(let name): chat.agent == name
                }
            }
            let heard = wordsHeard[WordKey(chat: id, seq: seq)] ?? []
            if heard.count != audience.count || Set(heard) != Set(audience.keys) {
                complain(
                    "\(id) \(seq) was heard by \(heard), not by \(audience.keys.sorted { $0.rawValue < $1.rawValue })")
            }
        }
    }

    /// Whoever was shown a chat has got every word of it that was asked for, from memory or from the journal.
    private mutating func checkShown() {
        for (handle, id, after) in shown {
            guard let chat = chats[id], let session = sessions[handle] else { continue }
            var isAgents = false
            if case .agent = session.owner { isAgents = true }
            let isRead = historiesRead.contains {
                $0.handle == handle && $0.request.chat == id && $0.request.after <= after
                    && $0.request.through >= chat.words.last?.seq ?? 0 && $0.request.includesNotes == isAgents
            }
            if isRead { continue }
            for word in chat.words where word.seq > after && (isAgents || !word.isNote) {
                if wordsHeard[WordKey(chat: id, seq: word.seq)]?.contains(handle) != true {
                    complain("\(handle) misses \(word.seq) of \(id)")
                }
            }
        }
    }

    private mutating func checkCounts() {
        if written != counted { complain("written \(written), counted \(counted)") }
        var waiting: [QueueID: Int] = [:]
        for chat in chats.values where chat.isWaiting { waiting[chat.queue, default: 0] += 1 }
        for queue in Set(waiting.keys).union(balance.keys)
        where waiting[queue, default: 0] != balance[queue, default: 0] {
            complain(
                "\(queue): offered − answered − abandoned − helped is \(balance[queue] ?? 0), but \(waiting[queue] ?? 0) wait"
            )
        }
    }

    /// No free slot beside a waiting customer whom its agent may serve.
    private mutating func checkNobodyIsForgotten() {
        for (name, agent) in agents where agent.isPresent && agent.isOnDuty && agent.held.count < agent.capacity {
            for (id, chat) in chats where mayGo(chat, to: name, agent) {
                complain("\(id) waits while \(name) is free")
            }
        }
    }

    /// Nobody is let in, or stays, whose account is gone or locked, or who knows an old password only; and nobody works
    /// with more than the account has.
    private mutating func checkAccounts() {
        guard let accounts else { return }
        for edit in accounts.edits where !editsWritten.contains(edit.mark.number) {
            complain("edit \(edit.mark.number) of an account is not written")
        }
        for (handle, session) in sessions {
            guard case .agent(let name) = session.owner else { continue }
            guard let standing = accounts.standings[name], !standing.isLocked,
                session.generation >= standing.passwordSince
            else {
                complain("\(handle) of \(name) stays without an account")
                continue
            }
            if agents[name]?.profile != standing.profile { complain("\(name) works with another profile") }
        }
    }

    private mutating func checkAgents() {
        for (name, agent) in agents {
            let isConnected = sessions.values.contains { $0.owner == .agent(name) }
            if isConnected != agent.isPresent {
                complain("\(name) is \(isConnected ? "connected" : "gone"), not noticed")
            }
        }
        for (id, chat) in chats where chat.isOpen && newest[chat.token] == id {
            let isConnected = sessions.values.contains { $0.owner == .customer(chat.token) }
            if isConnected == chat.isAway {
                complain("\(id): customer is \(isConnected ? "there" : "away"), not noticed")
            }
        }
    }

    /// Everybody who moved up has been told, or will be within a second.
    mutating func checkPositionsAreTold(by nextDeadline: Instant?) {
        for (handle, session) in sessions {
            guard let told = session.told, let position = position(of: told.chat), position < told.position else {
                continue
            }
            if let nextDeadline, nextDeadline <= now + .seconds(1) { continue }
            complain("\(handle) was told position \(told.position), is \(position) and will not hear of it")
        }
    }
}
