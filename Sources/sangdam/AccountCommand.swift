// `sangdam account …`: who may log in as an agent. A server that runs on the data folder carries out a change itself;
// without one the command works on the account file. Both write the file alike, under the same lock.

import ArgumentParser
import Foundation
import SangdamCore
import SangdamJSON
import SangdamServer

/// Commands about accounts.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Agents' accounts.",
        discussion: """
            A password comes from a prompt or, when stdin is no terminal, from one line of stdin; never from a flag. The \
            line's end and a byte order mark are no part of it, and it is the same however a system writes its Hangul, \
            accents and spaces; it has at least 8 bytes and nothing invisible.

            A server that runs on the data folder carries the change out itself, and it is in force when the command \
            returns; otherwise the command changes the files, and the next start finds it. Whoever is logged in and loses something by it (the \
            account, a role, a queue, a language, chats at once; an old password, too) is logged out at once, and the \
            open chats go to the head of their queues.
            """,
        subcommands: [
            Add.self, List.self, Edit.self, Password.self, Lock.self, Unlock.self, Remove.self,
        ])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account.")

        @Argument(help: "1 to 64 of A-Z a-z 0-9 . _ -", transform: agentName)
        var name: AgentName

        @Option(help: ArgumentHelp(roleHelp))
        var role: Account.AccountRole

        @Option(help: ArgumentHelp(skillsHelp + " Default: *."), transform: skillList)
        var skills: [QueueID] = []

        @Option(help: ArgumentHelp(languagesHelp + " Default: *."), transform: languageList)
        var languages: [Language] = []

        @Option(
            help: "Chats at once, 1 to 100. Default: \(Account.defaultCapacity).", transform: capacityNumber)
        var capacity = Account.defaultCapacity

        @OptionGroup var data: DataOptions

        func run() throws {
            let configuration = try data.configuration()
            let store = AccountStore(directory: configuration.dataDirectory)
            try reporting {
                // Asking for a password that then cannot be used would be unkind.
                guard try !store.list().contains(where: { $0.name == name }) else { throw AccountError.exists(name) }
                let account = Account(
                    name: name, role: role, skills: skills, languages: languages, capacity: capacity,
                    password: try PasswordHash(readNewPassword(for: name.text)), created: now())
                _ = try carryOut(.add(account), on: store)
            }
            writeError("Account \(name) (\(role.rawValue)) is made.")
            if let remark = remark(on: skills, in: configuration) { writeError(remark) }
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say who has an account.")

        @Flag(help: "Print a JSON array.")
        var json = false

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try presentStore(data)
            let accounts = try reporting { try store.list() }
            if json {
                print(jsonList(of: accounts))
                return
            }
            guard !accounts.isEmpty else { return writeError("No accounts in \(store.directory).") }
            for line in AccountRow.table(of: accounts) { print(line) }
        }

        private func jsonList(of accounts: [Account]) -> String {
            var writer = JSONWriter()
            writer.beginArray()
            for account in accounts {
                writer.beginObject()
                account.writeDescription(into: &writer)
                writer.key("created")
                writer.string(account.created)
                writer.endObject()
            }
            writer.endArray()
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }

    struct Edit: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change what an account may do.", discussion: "What no option names stays as it is.")

        @Argument(transform: agentName)
        var name: AgentName

        @Option(help: ArgumentHelp(roleHelp))
        var role: Account.AccountRole?

        @Option(help: ArgumentHelp(skillsHelp), transform: skillList)
        var skills: [QueueID]?

        @Option(help: ArgumentHelp(languagesHelp), transform: languageList)
        var languages: [Language]?

        @Option(help: "Chats at once, 1 to 100.", transform: capacityNumber)
        var capacity: Int?

        @OptionGroup var data: DataOptions

        func validate() throws {
            guard role != nil || skills != nil || languages != nil || capacity != nil else {
                throw ValidationError("Say what to change: --role, --skills, --languages or --capacity.")
            }
        }

        func run() throws {
            let configuration = try data.configuration()
            let store = try presentStore(data)
            let account = try reporting {
                let order = AccountOrder.edit(
                    name, role: role, skills: skills, languages: languages, capacity: capacity)
                return try carryOut(order, on: store)
            }
            for line in AccountRow.table(of: account.map { [$0] } ?? []) { writeError(line) }
            if let remark = remark(on: skills ?? [], in: configuration) { writeError(remark) }
        }
    }

    struct Lock: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let nobody log in with an account until it is unlocked.")

        @Argument(transform: agentName)
        var name: AgentName

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try presentStore(data)
            _ = try reporting { try carryOut(.lock(name), on: store) }
            writeError("Account \(name) is locked.")
        }
    }

    struct Unlock: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a locked account log in again.")

        @Argument(transform: agentName)
        var name: AgentName

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try presentStore(data)
            _ = try reporting { try carryOut(.unlock(name), on: store) }
            writeError("Account \(name) is unlocked.")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete an account.")

        @Argument(transform: agentName)
        var name: AgentName

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try presentStore(data)
            _ = try reporting { try carryOut(.remove(name), on: store) }
            writeError("Account \(name) is removed.")
        }
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an account a new password.")

        @Argument(transform: agentName)
        var name: AgentName

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try presentStore(data)
            try reporting {
                guard try store.list().contains(where: { $0.name == name }) else {
                    throw AccountError.unknown(name.text)
                }
                let hash = try PasswordHash(readNewPassword(for: name.text))
                _ = try carryOut(.password(name, hash), on: store)
            }
            writeError("Account \(name) has a new password.")
        }
    }
}

extension Account.AccountRole: ExpressibleByArgument {}

/// The store of a folder that is there; accounts can only be looked for in one.
private func presentStore(_ data: DataOptions) throws -> AccountStore {
    let store = AccountStore(directory: try data.directory())
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: store.directory, isDirectory: &isFolder), isFolder.boolValue else {
        writeError("There is no folder \(store.directory). \(DataOptions.advice)")
        throw ExitCode(EX_NOINPUT)
    }
    return store
}

/// What is to be said of skills that lead nowhere, or that nobody compared with the desk's queues.
private func remark(on skills: [QueueID], in configuration: ServerConfiguration) -> String? {
    guard !skills.isEmpty else { return nil }
    guard let file = configuration.file else {
        return "The skills were not compared with the queues: name the configuration with --config or SANGDAM_CONFIG."
    }
    let queues = configuration.desk.queues.map(\.id)
    let unknown = skills.filter { !queues.contains($0) }.map { "`\($0)`" }
    guard !unknown.isEmpty else { return nil }
    return "warning: \(file) has no queue \(unknown.joined(separator: ", ")); it has "
        + queues.map { "`\($0)`" }.joined(separator: ", ") + "."
}

/// By the server that runs on the folder, or else on the files.
/// - Returns: the account as it is now, where it was edited.
private func carryOut(_ order: AccountOrder, on store: AccountStore) throws -> Account? {
    let editor = commandEditor()
    switch ControlClient(dataDirectory: store.directory).post("/accounts", try order.body(by: editor)) {
    case .done:
        guard case .edit(let name, _, _, _, _) = order else { return nil }
        return try store.list().first { $0.name == name }
    case .noServer: return try order.carryOut(on: store, by: editor)
    case .refused(let sentence, let code), .failed(let sentence, let code):
        writeError(sentence)
        throw ExitCode(code)
    }
}

/// Runs `body`; what fails is said on stderr and becomes the exit code.
private func reporting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as AccountError {
        writeError(error.description)
        throw ExitCode(error.exitCode)
    } catch let error as PasswordInputError {
        writeError(error.description)
        throw ExitCode(error.exitCode)
    }
}

private func now() -> Instant { Instant(milliseconds: DeskClock.wallClock()) }
