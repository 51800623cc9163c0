// `sangdam agent`: the agents' console, in its plain form.

import ArgumentParser
import Glibc
import SangdamConsole
import SangdamProtocol

/// The agents' console.
struct AgentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agent", abstract: "The agents' console: take offers, talk with customers.",
        discussion: """
            Logs in over TLS, shows offers and chats line by line, and comes back by itself when the connection is \
            lost. /help (/도움) lists the commands; other words go to the current chat. The conversation goes to \
            stdout, what went wrong to stderr; it can be scripted through a pipe:

              printf '/wait offer 60\\n/accept\\nHello!\\n' | sangdam agent --user kim --password-file kim.pass

            At the end of the input it waits until everything is saved and leaves; chats stay with the server. Exit \
            codes: 0 done, 64 usage, 69 cannot connect or words left unsaved, 77 wrong password, locked, or a \
            password file that others can read.
            """)

    @Option(help: ArgumentHelp("The server's chat port.", valueName: "host:port"))
    var connect = "127.0.0.1:8443"

    @Option(help: ArgumentHelp("The account's name. Default: SANGDAM_USER, or USER.", valueName: "name"))
    var user: String?

    @Option(
        help: ArgumentHelp(
            """
            A file with the password in its first line (LF or CRLF, a byte order mark or none), readable by its owner \
            only. Default: ask on the terminal.
            """,
            valueName: "file"))
    var passwordFile: String?

    @Option(
        help: ArgumentHelp(
            "The CA (PEM) of the server's certificate. Default: Certs/ca.pem if there is one, or the system's.",
            valueName: "file"))
    var caFile: String?

    @Option(
        help: ArgumentHelp("The console's language, ko or en. Default: by LANG.", valueName: "language"),
        transform: language)
    var lang: ConsoleLanguage?

    @Flag(help: "Line by line, without a full screen; today the only form.")
    var plain = false

    @Flag(help: "Stay on break after the login.")
    var onBreak = false

    @Flag(help: "No bell when an offer comes.")
    var quietBell = false

    func validate() throws {
        guard HostPort(toConnect: connect) != nil else {
            throw ValidationError("--connect wants HOST:PORT, such as desk.example:8443 or [::1]:8443.")
        }
    }

    func run() throws {
        let language = lang ?? ConsoleLanguage(locale: environment("LC_ALL", "LC_MESSAGES", "LANG"))
        guard let server = HostPort(toConnect: connect), let user = user ?? environment("SANGDAM_USER", "USER"),
            !user.isEmpty
        else {
            throw ValidationError("--user is needed: neither SANGDAM_USER nor USER is set.")
        }
        do {
            let password =
                if let passwordFile {
                    try PasswordSource.file(passwordFile, in: language)
                } else {
                    try PasswordSource.prompt(for: user, input: STDIN_FILENO, output: STDERR_FILENO, in: language)
                }
            let settings = ConsoleSettings(
                user: user, password: password, language: language, startsOnBreak: onBreak,
                isInteractive: isatty(STDIN_FILENO) == 1)
            let usualFile = "Certs/ca.pem"
            let configuration = ConsoleShellConfiguration(
                server: server, caFile: caFile ?? (access(usualFile, F_OK) == 0 ? usualFile : nil),
                settings: settings, ringsBell: !quietBell)
            throw ExitCode(try ConsoleShell.run(configuration))
        } catch let fault as ConsoleStartFault {
            fault.report()
            throw ExitCode(fault.exitCode)
        }
    }
}

/// The first of the variables that is set to something.
private func environment(_ names: String...) -> String? {
    names.lazy.compactMap { name in getenv(name).map { String(cString: $0) } }.first { !$0.isEmpty }
}

private func language(_ text: String) throws -> ConsoleLanguage {
    guard let language = ConsoleLanguage(code: text) else { throw ValidationError("--lang is ko or en.") }
    return language
}
