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
            A password comes from a prompt or, when stdin is no terminal, from one line of stdin; never from a flag. A \
            running server sees changes at the next login; an agent who is logged in stays so.
            """,
        subcommands: [Add.self, List.self, Remove.self, Password.self])

    struct Data: ParsableArguments {
        @Option(help: "The data folder. Default: SANGDAM_DATA, the file that SANGDAM_CONFIG names, or ./data.")
        var data: String?

        func store() throws -> AccountStore {
            do {
                let configuration = try ServerConfiguration.load(
                    file: nil, flags: ServerFlags(data: data), environment: ProcessInfo.processInfo.environment)
                return AccountStore(directory: configuration.dataDirectory)
            } catch {
                writeError(error.description)
                throw ExitCode(error.exitCode)
            }
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an account.")

        @Argument(help: "1 to 64 of A-Z a-z 0-9 . _ -", transform: agentName)
        var name: AgentName

        @Option(help: "agent or supervisor.")
        var role: Account.AccountRole

        @Option(
            help: "Queues that the agent serves, with commas. Default: every queue that asks for no specialist.",
            transform: skillList)
        var skills: [QueueID] = []

        @Option(help: "Languages of ko, en, ja, zh, with commas. Default: any.", transform: languageList)
        var languages: [Language] = []

        @Option(help: "Chats at once, 1 to 100.")
        var capacity = Account.defaultCapacity

        @OptionGroup var data: Data

        func validate() throws {
            guard Account.capacityRange.contains(capacity) else {
                throw ValidationError("--capacity is a number from 1 to 100.")
            }
        }

        func run() throws {
            let store = try data.store()
            try reporting {
                // Asking for a password that then cannot be used would be unkind.
                guard try !store.list().contains(where: { $0.name == name }) else { throw AccountError.exists(name) }
                let account = Account(
                    name: name, role: role, skills: skills, languages: languages, capacity: capacity,
                    password: try PasswordHash(readNewPassword(for: name.text)), created: now())
                try store.add(account)
            }
            writeError("Account \(name) (\(role.rawValue)) is made.")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say who has an account.")

        @Flag(help: "Print a JSON array.")
        var json = false

        @OptionGroup var data: Data

        func run() throws {
            let store = try data.store()
            let accounts = try reporting { try store.list() }
            if json {
                print(jsonList(of: accounts))
                return
            }
            for account in accounts {
                let skills = account.skills.isEmpty ? "*" : account.skills.map(\.text).joined(separator: ",")
                let languages =
                    account.languages.isEmpty ? "*" : account.languages.map(\.rawValue).joined(separator: ",")
                print(
                    account.name.text, account.role.rawValue, "skills=\(skills)", "languages=\(languages)",
                    "capacity=\(account.capacity)", account.created.rfc3339, separator: "\t")
            }
            if accounts.isEmpty { writeError("No accounts in \(store.directory).") }
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

        @OptionGroup var data: Data

        func run() throws {
            let store = try data.store()
            try reporting { try store.remove(name) }
            writeError("Account \(name) is removed.")
        }
    }

    struct Password: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give an account a new password.")

        @Argument(transform: agentName)
        var name: AgentName

        @OptionGroup var data: Data

        func run() throws {
            let store = try data.store()
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
