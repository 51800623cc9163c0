// `sangdam serve`: reads flags, environment and file, starts the server, tells signals to it, ends with its exit code.

import ArgumentParser
import Dispatch
import Foundation
import Logging
import SangdamCore
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
    @Option(
        help: ArgumentHelp("Where customers and agents connect (TLS). Default: 127.0.0.1:8443.", valueName: "host:port")
    )
    var listen: String?
    @Option(
        help: ArgumentHelp("Metrics and health, plain HTTP. Default: 127.0.0.1:9464.", valueName: "host:port"))
    var adminListen: String?
    @Option(help: ArgumentHelp("Journal and accounts. Default: ./data.", valueName: "dir"))
    var data: String?
    @Option(help: ArgumentHelp("The certificate and its chain, PEM.", valueName: "file"))
    var certificate: String?
    @Option(help: ArgumentHelp("Its private key, PEM, readable by its owner only.", valueName: "file"))
    var privateKey: String?
    @Option(
        help: ArgumentHelp(
            "Keys of TLS session tickets, readable by their owner only. Default: tickets end with the process.",
            valueName: "file"))
    var ticketKeys: String?
    @Option(help: "Event loops. Default: one for each core.")
    var reactors: Int?
    @Option(
        help: """
            commit: what is acknowledged is on disk; interval: synced every 100 ms; none: left to the kernel. \
            Default: commit.
            """)
    var durability: String?
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
        let flags = ServerFlags(
            listen: listen, adminListen: adminListen, data: data, certificate: certificate, privateKey: privateKey,
            ticketKeys: ticketKeys, reactors: reactors, durability: durability)
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
