// What the desk knows of accounts: who may work here, with what, and since when with which password. It never sees a
// password, nor its hash.

/// All accounts as they are, whole: the desk finds out by itself what became of whom.
package struct Accounts: Sendable, Equatable {
    /// Counts up with every change that the server has seen in this life; from 1.
    package let generation: UInt64
    package let standings: [AgentName: AccountStanding]
    /// The last changes that commands made, oldest first, as far as the account file still has them.
    package let edits: [AccountEdit]

    package init(generation: UInt64, standings: [AgentName: AccountStanding], edits: [AccountEdit] = []) {
        self.generation = generation
        self.standings = standings
        self.edits = edits
    }
}

/// One account as it is.
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

/// One change that a command made.
package struct AccountEdit: Sendable, Equatable {
    /// Bytes that `by` may have.
    package static let authorLimitBytes = 64

    package let mark: AccountEditMark
    package let account: AgentName
    package let change: AccountChange
    /// The system's name of the person who gave the command.
    package let by: Text

    package init(mark: AccountEditMark, account: AgentName, change: AccountChange, by: Text) {
        self.mark = mark
        self.account = account
        self.change = change
        self.by = by
    }
}

/// Which of all edits it is.
package struct AccountEditMark: Sendable, Hashable {
    /// Counts up with the edits of one account file, from 1.
    package let number: UInt64
    package let given: Instant

    package init(number: UInt64, given: Instant) {
        self.number = number
        self.given = given
    }

    /// Whether the edit came after `other`. The number tells; but a file that was put back from a backup counts from
    /// where it was, and then the time tells.
    func isNews(after other: AccountEditMark?) -> Bool {
        guard let other else { return true }
        return number > other.number || given > other.given
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
