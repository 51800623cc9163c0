// Accounts that change while the desk is open. Whoever was sent away is gone at once: no grace, and the chats go to the
// head of their queues with all that was said. A change that takes nothing away keeps the session.

/// What one account's change means for its agent.
private struct AccountSettlement {
    let name: AgentName
    let after: AccountStanding?
    /// What lies between the two standings.
    let changes: [AccountChange]
    let takesAway: Bool
    /// The sessions that end by it.
    let leaving: [SessionHandle]
    /// A session is left that these very accounts let in: it knows of the change, and keeps the chats.
    let isWelcomeStill: Bool
}

extension Desk {
    mutating func learn(_ accounts: Accounts, _ turn: inout Turn) {
        let settlements = settlements(under: accounts)
        let news = accounts.edits.filter { $0.mark.isNews(after: state.lastAccountEdit) }
        self.accounts = accounts
        let losers = settlements.filter { $0.takesAway && !$0.isWelcomeStill }.map(\.name)
        for settlement in settlements {
            for handle in settlement.leaving { dismiss(handle, .accountChanged, &turn) }
        }
        // All of them are gone before the first customer is told anything: nobody is promised the next one.
        for name in losers { becomeAbsent(name, .accountChanged, &turn) }
        for name in losers { release(name, .accountChanged, &turn) }
        for settlement in settlements { if let after = settlement.after { adopt(after.profile, &turn) } }
        for edit in news { write(edit, accounts.standings[edit.account]?.profile, &turn) }
        for settlement in settlements { writeUnexplained(settlement, by: news, &turn) }
    }

    /// Whom these accounts send away, while they cannot be carried out.
    package func sessionsThatEnd(under accounts: Accounts) -> [SessionHandle] {
        settlements(under: accounts).flatMap(\.leaving)
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

    // MARK: Finding out

    /// What the accounts change, by name; nothing for those that are as they were.
    private func settlements(under accounts: Accounts) -> [AccountSettlement] {
        let before = self.accounts?.standings
        let names = Set(accounts.standings.keys).union(before?.keys ?? [:].keys).union(state.agents.keys)
        return names.sorted().compactMap { name in
            let after = accounts.standings[name]
            return settlement(of: name, from: before.map { $0[name] } ?? remembered(name, after), to: after, accounts)
        }
    }

    private func settlement(
        of name: AgentName, from before: AccountStanding?, to after: AccountStanding?, _ accounts: Accounts
    ) -> AccountSettlement? {
        let news = accounts.edits.filter { $0.account == name && $0.mark.isNews(after: state.lastAccountEdit) }
        // Removed and made anew between two looks, or a password of before this life: the standings alone hide it.
        let hidden = news.map(\.change).filter { $0 == .removed || $0 == .password }
        let changes = AccountChange.all(from: before, to: after)
        guard let before, !changes.isEmpty || !hidden.isEmpty else {
            return changes.isEmpty
                ? nil
                : AccountSettlement(
                    name: name, after: after, changes: changes, takesAway: false, leaving: [], isWelcomeStill: false)
        }
        let isLoss = (changes + hidden).contains { takesAway($0, from: before.profile, to: after?.profile) }
        let present = presence.sessions(of: name)
        let staying = present.filter { !isLoss || presence.sessions[$0]?.generation ?? 0 >= accounts.generation }
        return AccountSettlement(
            name: name, after: after, changes: changes, takesAway: isLoss,
            leaving: present.filter { !staying.contains($0) }, isWelcomeStill: !staying.isEmpty)
    }

    /// How the account was before this life, as far as the journal tells: the profile of an agent whom it knows. What
    /// it does not tell has not changed.
    private func remembered(_ name: AgentName, _ after: AccountStanding?) -> AccountStanding? {
        guard let agent = state.agents[name] else { return after }
        let isOut = agent.status == .offline && agent.usedSlots == 0
        return AccountStanding(
            profile: agent.profile, isLocked: isOut && after?.isLocked == true,
            passwordSince: after?.passwordSince ?? 0)
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
        return Set(directory.queueIDs).union(state.queues.keys).contains { id in
            old.serves(directory.queue(id)) && !new.serves(directory.queue(id))
        }
    }

    // MARK: Carrying out

    /// The desk's picture of the agent follows the account; the agent hears of it where a session is left.
    private mutating func adopt(_ profile: AgentProfile, _ turn: inout Turn) {
        guard let agent = state.agents[profile.name], agent.profile != profile else { return }
        var entry = AgentRecord(agent, cause: .accountChanged)
        entry.profile = profile
        entry.capacity = agent.capacity(under: profile)
        record(entry, &turn)
        tellStatus(of: profile.name, .accountChanged, &turn)
        markQueues(of: profile.name, &turn)
        turn.needsRouting = true
    }

    private mutating func write(_ edit: AccountEdit, _ profile: AgentProfile?, _ turn: inout Turn) {
        let record = AccountRecord(
            edit.account, edit.change, by: edit.by, edit: edit.mark,
            profile: edit.change == .added || edit.change == .edited ? profile : nil,
            forgetsAgent: edit.change == .removed ? forgets(edit.account) : nil)
        self.record(Record(at: turn.now, body: .account(record)), &turn)
    }

    /// What no command says it did: somebody changed the file by other means.
    private mutating func writeUnexplained(
        _ settlement: AccountSettlement, by news: [AccountEdit], _ turn: inout Turn
    ) {
        let explained = news.filter { $0.account == settlement.name }.map(\.change)
        // Between a removal and an addition everything may have changed.
        if explained.contains(.removed) || explained.contains(.added) { return }
        for change in settlement.changes where !explained.contains(change) {
            let profile = change == .added || change == .edited ? settlement.after?.profile : nil
            let record = AccountRecord(
                settlement.name, change, by: nil, edit: nil, profile: profile,
                forgetsAgent: change == .removed ? forgets(settlement.name) : nil)
            self.record(Record(at: turn.now, body: .account(record)), &turn)
        }
    }
}

extension AgentProfile {
    /// No list is every one.
    fileprivate var spokenLanguages: Set<Language> { Set(languages.isEmpty ? Language.allCases : languages) }
}

extension Agent {
    /// What an agent has chosen stays, as far as it is no more than the account has lost; whoever chose nothing follows
    /// the account.
    func capacity(under new: AgentProfile) -> Int {
        if capacity == profile.capacity { return new.capacity }
        return new.capacity < profile.capacity ? min(capacity, new.capacity) : capacity
    }
}
