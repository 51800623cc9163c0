// `--config` and `--data`: the same for every command that looks into the data folder, so that what is right for the
// server is right for them.

import ArgumentParser
import Foundation
import SangdamServer

/// Where the data folder is.
struct DataOptions: ParsableArguments {
    /// What to do about a folder that is not the right one.
    static let advice = "Name the data folder with --data, or the configuration with --config or SANGDAM_CONFIG."

    @Option(help: ArgumentHelp("The YAML file. Default: SANGDAM_CONFIG, or no file.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp("The data folder. Default: SANGDAM_DATA, the file's `data`, or ./data.", valueName: "dir"))
    var data: String?

    /// A folder that was named is taken as it is: what else a file says, right or wrong, does not matter then.
    func directory() throws -> String {
        if let data, !data.isEmpty, config == nil { return data }
        return try configuration().dataDirectory
    }

    /// What a server would read that was started with the same.
    func configuration() throws -> ServerConfiguration {
        do {
            return try ServerConfiguration.load(
                file: config, flags: data.map { ["data": .text($0)] } ?? [:],
                environment: ProcessInfo.processInfo.environment)
        } catch {
            writeError(error.description)
            throw ExitCode(error.exitCode)
        }
    }
}
