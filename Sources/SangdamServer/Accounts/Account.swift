// Who may log in as an agent, as the account file keeps it.

package import SangdamCore

/// One agent's or supervisor's account.
package struct Account: Sendable, Equatable {
    /// Roles that can log in; customers have no account.
    package enum AccountRole: String, Sendable, CaseIterable, Codable {
        case agent, supervisor
    }

    package static let capacityRange = 1...100
    package static let defaultCapacity = 3

    package var name: AgentName
    package var role: AccountRole
    /// The queues that the agent serves; empty means every queue that asks for no specialist.
    package var skills: [QueueID]
    /// Empty means any.
    package var languages: [Language]
    /// Chats at once.
    package var capacity: Int
    package var password: PasswordHash
    package var created: Instant
    /// Nobody may log in with it until it is unlocked.
    package var isLocked: Bool

    package init(
        name: AgentName, role: AccountRole, skills: [QueueID], languages: [Language], capacity: Int,
        password: PasswordHash, created: Instant, isLocked: Bool = false
    ) {
        self.isLocked = isLocked
        self.name = name
        self.role = role
        self.skills = skills
        self.languages = languages
        self.capacity = capacity
        self.password = password
        self.created = created
    }

    /// What the desk needs to know of the account.
    package var profile: AgentProfile {
        AgentProfile(
            name: name, role: role == .supervisor ? .supervisor : .agent, skills: skills, languages: languages,
            capacity: capacity)
    }
}

/// Why an account command or a look into the account file failed.
package enum AccountError: Error, Sendable, Equatable, CustomStringConvertible {
    case exists(AgentName)
    case unknown(String)
    /// Others can read or write the file.
    case unsafeMode(path: String, mode: UInt32)
    /// The file's content is not what we wrote.
    case damaged(path: String, String)
    /// Another program holds the lock, and did for as long as a change waits.
    case busy(path: String)
    /// The system refused; `code` is its error number.
    case system(path: String, code: Int32, String)
    case hashing(String)

    /// By sysexits: EX_CANTCREAT, EX_NOUSER, EX_NOPERM, EX_DATAERR, EX_TEMPFAIL, EX_IOERR, EX_SOFTWARE.
    package var exitCode: Int32 {
        switch self {
        case .exists: 73
        case .unknown: 67
        case .unsafeMode: 77
        case .damaged: 65
        case .busy: 75
        case .system(_, let code, _): isPermissionError(code) ? 77 : 74
        case .hashing: 70
        }
    }

    package var description: String {
        switch self {
        case .exists(let name): "There is an account \(name) already."
        case .unknown(let name): "There is no account \(name)."
        case .unsafeMode(let path, let mode):
            "\(path) has mode \(String(mode, radix: 8)), so that others can read it: chmod 600 \(path)"
        case .damaged(let path, let problem): "\(path): \(problem)"
        case .busy(let path): "The accounts are locked by another program, and nothing was changed: \(path)"
        case .system(let path, _, let problem): "\(path): \(problem)"
        case .hashing(let problem): "The password could not be hashed: \(problem)."
        }
    }
}
