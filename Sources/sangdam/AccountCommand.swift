// `sangdam account …`: who may log in as an agent. Works on the account file, with or without a running server; the
// server notices a change at the next login.

import ArgumentParser
import Foundation
import SangdamCore
import SangdamServer

/// Commands about accounts.
struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Agents' accounts.",
        discussion: """
            A password comes from a prompt or, when stdin is no terminal, from one line of stdin; never from a flag. The \
            line's end and a byte order mark are no part of it, and it is the same however a system writes its Hangul, \
            accents and spaces; it has at least 8 bytes and nothing invisible. A running server sees changes at the \
            next login; an agent who is logged in stays so.
            """,
        subcommands: [Add.self, List.self, Remove.self, Password.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account.")

        @Argument(help: "1 to 64 of A-Z a-z 0-9 . _ -", transform: agentName)
        var name: AgentName

        @Option(help: "agent or supervisor. A supervisor may do what an agent may, and nothing more so far.")
        var role: Account.AccountRole

        @Option(
            help: "Queues that the agent serves, with commas. Default: every queue that asks for no specialist.",
            transform: skillList)
        var skills: [QueueID] = []

        @Option(help: "Languages of ko, en, ja, zh, with commas. Default: any.", transform: languageList)
        var languages: [Language] = []

        @Option(help: "Chats at once, 1 to 100.")
        var capacity = Account.defaultCapacity

        @OptionGroup var data: DataOptions

        func validate() throws {
            guard Account.capacityRange.contains(capacity) else {
                throw ValidationError("--capacity is a number from 1 to 100.")
            }
        }

        func run() throws {
            let configuration = try data.configuration()
            let store = AccountStore(directory: configuration.dataDirectory)
            try reporting {
                // Asking for a password that then cannot be used would be unkind.
                guard try !store.list().contains(where: { $0.name == name }) else { throw AccountError.exists(name) }
                let account = Account(
                    name: name, role: role, skills: skills, languages: languages, capacity: capacity,
                    password: try PasswordHash(readNewPassword(for: name.text)), created: now())
                try store.add(account)
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

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete an account.")

        @Argument(transform: agentName)
        var name: AgentName

        @OptionGroup var data: DataOptions

        func run() throws {
            let store = try presentStore(data)
            try reporting { try store.remove(name) }
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
                try store.setPassword(PasswordHash(readNewPassword(for: name.text)), of: name)
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

private func now() -> Instant {
    Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
}

private func agentName(_ text: String) throws -> AgentName {
    guard let name = AgentName(validating: text) else {
        throw ValidationError("A name is 1 to 64 of A-Z a-z 0-9 . _ -")
    }
    return name
}

private func skillList(_ text: String) throws -> [QueueID] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        guard let name = QueueID(validating: String(part)) else {
            throw ValidationError("`\(part)` is no queue's name: 1 to 64 of A-Z a-z 0-9 . _ -")
        }
        return name
    }
}

private func languageList(_ text: String) throws -> [Language] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        guard let language = Language(rawValue: String(part)) else {
            throw ValidationError("`\(part)` is none of ko, en, ja, zh")
        }
        return language
    }
}
