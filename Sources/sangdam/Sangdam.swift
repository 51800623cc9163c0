// The one executable: subcommands only. What each does lives in a library target, where tests can reach it.

import ArgumentParser
import Foundation

/// The root command.
@main
struct Sangdam: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sangdam",
        abstract: "A chat-consultation desk that an organisation runs itself.",
        discussion: """
            Settings come from flags, from the environment (SANGDAM_…), from a YAML file (--config or SANGDAM_CONFIG) \
            and from defaults, in this order.
            """,
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, AccountCommand.self, AgentCommand.self, TranscriptCommand.self, ConfigCommand.self,
            OverrideCommand.self, MailInCommand.self, LoadCommand.self,
        ])
}

/// A line for people; stdout is for programs.
func writeError(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
}
