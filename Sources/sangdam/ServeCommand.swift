// `sangdam serve`: reads flags, environment and file, starts the server, tells signals to it, ends with its exit code.

import ArgumentParser
import Dispatch
import Foundation
import Logging
import SangdamCore
import SangdamJSON
import SangdamProtocol
import SangdamServer

/// The server.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server.",
        discussion: """
            Flags win over the environment (SANGDAM_LISTEN, SANGDAM_DATA, …), the environment over the file, the file \
            over the defaults.

            SIGTERM or Ctrl-C ends the server in order: everybody is told, everything is on disk, exit 0. SIGHUP reads \
            configuration and certificate again; a bad file changes nothing.
            """)

    @Option(help: "The YAML file. Default: SANGDAM_CONFIG, or no file.")
    var config: String?
    @Option(help: .setting("listen")) var listen: String?
    @Option(help: .setting("admin_listen")) var adminListen: String?
    @Option(help: .setting("data")) var data: String?
    @Option(help: .setting("certificate")) var certificate: String?
    @Option(help: .setting("private_key")) var privateKey: String?
    @Option(help: .setting("ticket_keys")) var ticketKeys: String?
    @Option(help: .setting("reactors")) var reactors: Int?
    @Option(help: .setting("durability")) var durability: String?
    @Flag(
        name: .customLong("ready-json"), help: "Say on stdout, as JSON, when the server is ready and where it listens.")
    var readyJSON = false

    func run() throws {
        // A reload that comes while the journal is replayed has nothing to reload yet.
        signal(SIGHUP, SIG_IGN)
        let read = reader()
        let configuration: ServerConfiguration
        do {
            configuration = try read()
        } catch {
            writeError(error.description)
            throw ExitCode(error.exitCode)
        }
        let log = Logger(label: "sangdam") { StreamLogHandler.standardError(label: $0) }
        let server: Server
        do {
            server = try Server(configuration, log: log)
        } catch {
            writeError("sangdam: \(error.description)")
            throw ExitCode(error.exitCode)
        }
        let signals = Signals(end: { server.stop() }, reload: { server.reload(read) })
        sayReady(server, configuration)
        let code = withExtendedLifetime(signals) { server.waitForEnd() }
        throw ExitCode(code)
    }

    /// Reads the configuration as it is whenever it is called; flags and environment stay.
    private func reader() -> Server.Reload {
        let flags: [String: SettingValue] = [
            "listen": listen, "admin_listen": adminListen, "data": data, "certificate": certificate,
            "private_key": privateKey, "ticket_keys": ticketKeys, "durability": durability,
        ].compactMapValues { $0.map { .text($0) } }
            .merging(reactors.map { ["reactors": .whole($0)] } ?? [:]) { given, _ in given }
        let environment = ProcessInfo.processInfo.environment
        return { [config] () throws(ConfigurationErrors) in
            try ServerConfiguration.load(file: config, flags: flags, environment: environment)
        }
    }

    private func sayReady(_ server: Server, _ configuration: ServerConfiguration) {
        if readyJSON {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("ready")
            writer.bool(true)
            writer.key("listen")
            writer.string(server.listenAddress)
            writer.key("admin")
            writer.string(server.adminAddress)
            writer.endObject()
            writer.raw(UInt8(ascii: "\n"))
            FileHandle.standardOutput.write(Data(writer.bytes))
        }
        writeError(
            """
            sangdam is ready: chat on \(server.listenAddress) (TLS; in a browser \(pageAddress(server))), metrics on \
            http://\(server.adminAddress)/metrics, data in \(configuration.dataDirectory), durability \
            \(configuration.durability.rawValue).
            """)
        switch configuration.durability {
        case .commit:
            break
        case .interval:
            writeError(
                """
                sangdam: durability interval: a crash of the server loses up to the last 5 ms of acknowledged messages, \
                a power cut up to the last 100 ms.
                """)
        case .none:
            writeError(
                """
                sangdam: durability none: a crash of the server loses up to the last 5 ms of acknowledged messages, a \
                power cut more.
                """)
        }
    }
}

extension ArgumentHelp {
    /// What the table of settings says of the setting's flag. A test compares the flags with the table, both ways.
    fileprivate static func setting(_ name: String) -> ArgumentHelp {
        guard let flag = Setting.table.first(where: { $0.name == name })?.flag else {
            preconditionFailure("no setting with a flag is named \(name)")
        }
        return ArgumentHelp(flag.help, valueName: flag.valueName)
    }
}

/// Where a browser on this machine finds the page: who listens everywhere has no name of its own.
private func pageAddress(_ server: Server) -> String {
    guard let address = HostPort(server.listenAddress) else { return "https://\(server.listenAddress)/" }
    let isEverywhere = address.host == "0.0.0.0" || address.host == "::"
    return "https://\(HostPort(host: isEverywhere ? "localhost" : address.host, port: address.port))/"
}

/// SIGTERM, SIGINT and SIGHUP as calls on a queue of their own.
private final class Signals {
    private let sources: [any DispatchSourceSignal]

    init(end: @escaping @Sendable () -> Void, reload: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "sangdam.signals")
        // An ignored signal that comes before its source is in place is lost; so nobody is told "ready" before.
        let registered = DispatchGroup()
        sources = [(SIGTERM, end), (SIGINT, end), (SIGHUP, reload)].map { number, action in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: action)
            registered.enter()
            source.setRegistrationHandler { registered.leave() }
            source.activate()
            return source
        }
        registered.wait()
    }
}
