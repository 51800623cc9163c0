// What the desk knows of accounts: who may work here, with what, and since when with which password. It never sees a
// password, nor its hash.

/// All accounts as they stand, whole: the desk finds out by itself what became of whom.
package struct Accounts: Sendable, Equatable {
    /// Counts up with every change that the server has seen in this life; from 1.
    package let generation: UInt64
    package let standings: [AgentName: AccountStanding]
    /// Who made the changes since the generation before, as far as the account file says so; newest last.
    package let authors: [AccountAuthor]

    package init(generation: UInt64, standings: [AgentName: AccountStanding], authors: [AccountAuthor] = []) {
        self.generation = generation
        self.standings = standings
        self.authors = authors
    }
}

/// One account as it stands.
package struct AccountStanding: Sendable, Equatable {
    package var profile: AgentProfile
    /// Nobody may log in with it until it is unlocked.
    package var isLocked: Bool
    /// The generation that brought the present password: whoever was let in by an earlier one is to go.
    package var passwordSince: UInt64

    package init(profile: AgentProfile, isLocked: Bool = false, passwordSince: UInt64 = 1) {
        self.profile = profile
        self.isLocked = isLocked
        self.passwordSince = passwordSince
    }
}

/// Whose doing one change was.
package struct AccountAuthor: Sendable, Equatable {
    package let account: AgentName
    package let change: AccountChange
    /// The system's name of the person who gave the command.
    package let by: Text

    package init(account: AgentName, change: AccountChange, by: Text) {
        self.account = account
        self.change = change
        self.by = by
    }
}

/// What became of an account. The raw value stands in the journal and in the account file: never change one.
package enum AccountChange: String, Sendable, CaseIterable {
    case added, removed, password, locked, unlocked
    /// Role, skills, languages or capacity.
    case edited

    /// What lies between two standings, in the order in which it is written.
    static func all(from before: AccountStanding?, to after: AccountStanding?) -> [AccountChange] {
        guard let after else { return before == nil ? [] : [.removed] }
        guard let before else { return after.isLocked ? [.added, .locked] : [.added] }
        var changes: [AccountChange] = []
        if before.passwordSince != after.passwordSince { changes.append(.password) }
        if before.profile != after.profile { changes.append(.edited) }
        if before.isLocked != after.isLocked { changes.append(after.isLocked ? .locked : .unlocked) }
        return changes
    }
}
