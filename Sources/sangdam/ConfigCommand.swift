// `sangdam config`: `check` says what a start would say of the configuration, without starting.

import ArgumentParser
import Foundation
import SangdamCore
import SangdamJSON
import SangdamServer

/// Commands about the configuration.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the configuration.", subcommands: [Check.self, HoursCommand.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say every fault in the configuration with its line.",
            discussion: """
                Exits with 0 when it is fine and with 78 when it is not. What a server would start with, but probably \
                should not, and files that are not there, are warnings.
                """)

        @Option(help: "The YAML file. Default: SANGDAM_CONFIG, or no file.")
        var config: String?

        @Flag(help: "Print the faults as JSON on stdout.")
        var json = false

        func run() throws {
            do {
                let configuration = try ServerConfiguration.load(
                    file: config, environment: ProcessInfo.processInfo.environment)
                if json { print("[]") }
                for warning in configuration.warningsOfAStart(at: DeskClock.wallClock() / 1000) {
                    writeError("warning: \(warning)")
                }
                writeError(
                    configuration.file.map { "\($0): fine" }
                        ?? "No file was named: the built-in defaults are fine. Name yours with --config FILE.")
            } catch {
                if json {
                    print(jsonList(of: error))
                } else {
                    writeError(error.description)
                }
                let count = error.faults.count
                writeError(count == 1 ? "1 fault" : "\(count) faults")
                throw ExitCode(error.exitCode)
            }
        }

        private func jsonList(of errors: ConfigurationErrors) -> String {
            var writer = JSONWriter()
            writer.beginArray()
            for fault in errors.faults {
                writer.beginObject()
                if let file = fault.file {
                    writer.key("file")
                    writer.string(file)
                }
                if let line = fault.line {
                    writer.key("line")
                    writer.number(line)
                }
                if let column = fault.column {
                    writer.key("column")
                    writer.number(column)
                }
                writer.key("message")
                writer.string(fault.file == nil ? fault.description : fault.message)
                writer.endObject()
            }
            writer.endArray()
            return String(decoding: writer.bytes, as: UTF8.self)
        }
    }
}
