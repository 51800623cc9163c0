// Accounts that change while the desk is open. Whoever was sent away is gone at once: no grace, and the chats go to the
// head of their queues with all that was said. A change that takes nothing away keeps the session.

extension Desk {
    mutating func learn(_ accounts: Accounts, _ turn: inout Turn) {
        let before = self.accounts?.standings
        self.accounts = accounts
        let names = Set(accounts.standings.keys).union(before?.keys ?? [:].keys).union(state.agents.keys)
        for name in names.sorted() {
            let after = accounts.standings[name]
            settle(name, from: before.map { $0[name] } ?? remembered(name, after), to: after, accounts.authors, &turn)
        }
    }

    /// Whether an agent who was let in by the account file of `hello` may still come: the desk may know a newer one.
    /// Returns the profile that counts; nil when the account is gone, locked, or has another password since.
    func admitted(_ hello: AgentHello) -> AgentProfile? {
        guard let accounts, accounts.generation > hello.generation else { return hello.profile }
        guard let standing = accounts.standings[hello.profile.name], !standing.isLocked,
            standing.passwordSince <= hello.generation
        else { return nil }
        return standing.profile
    }

    /// How the account stood before this life, as far as the journal tells: the profile of an agent whom it knows. What
    /// it does not tell has not changed.
    private func remembered(_ name: AgentName, _ after: AccountStanding?) -> AccountStanding? {
        guard let agent = state.agents[name] else { return after }
        let isOut = agent.status == .offline && agent.usedSlots == 0
        return AccountStanding(
            profile: agent.profile, isLocked: isOut && after?.isLocked == true,
            passwordSince: after?.passwordSince ?? 0)
    }

    private mutating func settle(
        _ name: AgentName, from before: AccountStanding?, to after: AccountStanding?, _ authors: [AccountAuthor],
        _ turn: inout Turn
    ) {
        let changes = AccountChange.all(from: before, to: after)
        if changes.isEmpty { return }
        if let before, changes.contains(where: { takesAway($0, from: before.profile, to: after?.profile) }) {
            sendAway(name, &turn)
        }
        if let after { adopt(after.profile, &turn) }
        for change in changes {
            let author = authors.last { $0.account == name && $0.change == change }
            let profile = change == .added || change == .edited ? after?.profile : nil
            record(
                Record(at: turn.now, body: .account(AccountRecord(name, change, by: author?.by, profile: profile))),
                &turn)
        }
    }

    private func takesAway(_ change: AccountChange, from old: AgentProfile, to new: AgentProfile?) -> Bool {
        switch change {
        case .removed, .password, .locked: true
        case .added, .unlocked: false
        case .edited: new.map { takesAway(from: old, to: $0) } ?? true
        }
    }

    /// A lower role, a queue or a language less, fewer chats at once.
    private func takesAway(from old: AgentProfile, to new: AgentProfile) -> Bool {
        if old.role == .supervisor, new.role != .supervisor { return true }
        if new.capacity < old.capacity { return true }
        if !new.spokenLanguages.isSuperset(of: old.spokenLanguages) { return true }
        return Set(queuesByID.keys).union(state.queues.keys).contains { id in
            old.serves(queue(id)) && !new.serves(queue(id))
        }
    }

    /// Ends the agent's sessions and gives back all that the agent holds; an absent agent is not waited for either.
    private mutating func sendAway(_ name: AgentName, _ turn: inout Turn) {
        let present = agentSessions[name] ?? []
        // These very accounts may have let somebody in before the desk heard of them: who knows the new password and
        // works with what is left stays, and keeps the chats.
        let welcome = present.filter { sessions[$0]?.generation ?? 0 >= accounts?.generation ?? 0 }
        for handle in present where !welcome.contains(handle) { dismiss(handle, .accountChanged, &turn) }
        if welcome.isEmpty { release(name, .accountChanged, &turn) }
    }

    /// The desk's picture of the agent follows the account; the agent hears of it where a session is left.
    private mutating func adopt(_ profile: AgentProfile, _ turn: inout Turn) {
        guard let agent = state.agents[profile.name], agent.profile != profile else { return }
        var entry = AgentRecord(agent, cause: .accountChanged)
        entry.profile = profile
        if agent.profile.capacity != profile.capacity { entry.capacity = profile.capacity }
        record(Record(at: turn.now, body: .agent(entry)), &turn)
        tellStatus(of: profile.name, .accountChanged, &turn)
        markQueues(of: profile.name)
        needsRouting = true
    }
}

extension AgentProfile {
    /// No list is every one.
    fileprivate var spokenLanguages: Set<Language> { Set(languages.isEmpty ? Language.allCases : languages) }
}
