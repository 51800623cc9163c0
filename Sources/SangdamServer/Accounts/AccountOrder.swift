// One change of accounts as a value, so that it is the same whoever carries it out: a command on the files, or the
// running server that it asked over the control socket.

internal import Foundation
package import SangdamCore
internal import SangdamJSON

/// What is to become of an account.
package enum AccountOrder: Sendable, Equatable {
    case add(Account)
    /// What is nil stays as it is.
    case edit(
        AgentName, role: Account.AccountRole?, skills: [QueueID]?, languages: [Language]?, capacity: Int?)
    case password(AgentName, PasswordHash)
    case lock(AgentName)
    case unlock(AgentName)
    case remove(AgentName)

    /// Carries it out on the files.
    /// - Returns: the account as it is now, where it was edited.
    package func carryOut(on store: AccountStore, by editor: AccountEditor) throws(AccountError) -> Account? {
        switch self {
        case .add(let account): try store.add(account, by: editor)
        case .edit(let name, let role, let skills, let languages, let capacity):
            return try store.edit(name, by: editor) { account in
                account.role = role ?? account.role
                account.skills = skills ?? account.skills
                account.languages = languages ?? account.languages
                account.capacity = capacity ?? account.capacity
            }
        case .password(let name, let hash): try store.setPassword(hash, of: name, by: editor)
        case .lock(let name): try store.setLocked(true, name, by: editor)
        case .unlock(let name): try store.setLocked(false, name, by: editor)
        case .remove(let name): try store.remove(name, by: editor)
        }
        return nil
    }
}

// MARK: - As the control socket has it

extension AccountOrder {
    /// The members of the object; which of them there are depends on `change`.
    private struct Members: Codable {
        enum Change: String, Codable {
            case add, edit, password, lock, unlock, remove
        }

        var change: Change
        var name: String
        var role: Account.AccountRole?
        var skills: [String]?
        var languages: [String]?
        var capacity: Int?
        /// A hash, never the password itself.
        var password: String?
        var created: String?
        var by: String
        var at: String
    }

    /// The body of a request.
    package func body(by editor: AccountEditor) throws -> [UInt8] {
        var members: Members
        func of(_ change: Members.Change, _ name: AgentName) -> Members {
            Members(change: change, name: name.text, by: editor.name.string, at: editor.now.rfc3339)
        }
        switch self {
        case .add(let account):
            members = of(.add, account.name)
            members.role = account.role
            members.skills = account.skills.map(\.text)
            members.languages = account.languages.map(\.rawValue)
            members.capacity = account.capacity
            members.password = account.password.description
            members.created = account.created.rfc3339
        case .edit(let name, let role, let skills, let languages, let capacity):
            members = of(.edit, name)
            members.role = role
            members.skills = skills?.map(\.text)
            members.languages = languages?.map(\.rawValue)
            members.capacity = capacity
        case .password(let name, let hash):
            members = of(.password, name)
            members.password = hash.description
        case .lock(let name): members = of(.lock, name)
        case .unlock(let name): members = of(.unlock, name)
        case .remove(let name): members = of(.remove, name)
        }
        return [UInt8](try JSONEncoder().encode(members))
    }

    /// Nil when the body is no order.
    static func read(_ body: [UInt8]) -> (order: AccountOrder, editor: AccountEditor)? {
        guard let members = try? JSONDecoder().decode(Members.self, from: Data(body)),
            let name = AgentName(validating: members.name), let at = Instant(rfc3339: members.at.utf8),
            (1...AccountEdit.authorLimitBytes).contains(members.by.utf8.count)
        else { return nil }
        let skills = members.skills?.compactMap { QueueID(validating: $0) }
        let languages = members.languages?.compactMap { Language(rawValue: $0) }
        guard skills?.count == members.skills?.count, languages?.count == members.languages?.count,
            members.capacity.map(Account.capacityRange.contains) ?? true
        else { return nil }
        let hash = members.password.flatMap { PasswordHash($0) }
        let order: AccountOrder
        switch members.change {
        case .add:
            guard let role = members.role, let skills, let languages, let capacity = members.capacity, let hash,
                let created = members.created.flatMap({ Instant(rfc3339: $0.utf8) })
            else { return nil }
            order = .add(
                Account(
                    name: name, role: role, skills: skills, languages: languages, capacity: capacity, password: hash,
                    created: created))
        case .edit:
            order = .edit(name, role: members.role, skills: skills, languages: languages, capacity: members.capacity)
        case .password:
            guard let hash else { return nil }
            order = .password(name, hash)
        case .lock: order = .lock(name)
        case .unlock: order = .unlock(name)
        case .remove: order = .remove(name)
        }
        return (order, AccountEditor(name: Text(members.by), now: at))
    }
}
