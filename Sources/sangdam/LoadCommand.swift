// `sangdam load`: how much this server on this machine can do. What each kind of load measures is in its own file; here
// is what they share.

import ArgumentParser
import Glibc
import SangdamConsole
import SangdamLoad
import SangdamProtocol

/// The load generator.
struct LoadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "The load generator, for those who size a machine.",
        discussion: """
            It talks only to the server that --connect names: put a desk of its own there, with test accounts and \
            its limits raised, never the one that serves customers. The report goes to stdout, as a table or with \
            --json as one JSON object; what went wrong goes to stderr. Exit codes: 0 good, 1 something was lost, \
            doubled, out of order or damaged, or handshakes were not resumed, 64 usage, 69 cannot connect or nothing \
            moves, 76 not the protocol, 77 refused, with the server's words.
            """,
        subcommands: [LoadRelayCommand.self, LoadHandshakesCommand.self, LoadIdleCommand.self])
}

/// What every kind of load asks for.
struct LoadOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's chat port.", valueName: "host:port"))
    var connect = "127.0.0.1:8443"

    @Option(
        help: ArgumentHelp(
            "The CA (PEM) of the server's certificate. Default: Certs/ca.pem if there is one, or the system's.",
            valueName: "file"))
    var caFile: String?

    @Option(
        help: ArgumentHelp(
            "The server's process on this machine, to report its processor time and memory.", valueName: "number"))
    var pid: Int32?

    @Option(help: ArgumentHelp("Measured time.", valueName: "seconds"))
    var duration = 10.0

    @Option(
        help: ArgumentHelp("Time in front of it; with idle, to let the server come to rest.", valueName: "seconds"))
    var warmUp = 2.0

    @Option(
        help: ArgumentHelp(
            "Limit of the whole run. Default: a minute, the times above and what setting up may take.",
            valueName: "seconds"))
    var timeout: Double?

    @Flag(help: "Speak WebSocket, as browsers do, instead of JSON lines.")
    var websocket = false

    @Flag(help: "One JSON object instead of the table.")
    var json = false

    func validate() throws {
        guard HostPort(toConnect: connect) != nil else {
            throw ValidationError("--connect wants HOST:PORT, such as desk.example:8443 or [::1]:8443.")
        }
        try check(duration, in: 0.1...86_400, "--duration", "seconds")
        try check(warmUp, in: 0...3_600, "--warm-up", "seconds")
        if let timeout { try check(timeout, in: 1...864_000, "--timeout", "seconds") }
        if let pid, pid < 1 { throw ValidationError("--pid wants a process's number.") }
    }

    /// Runs the plan and says what it found; throws the exit code unless all is good.
    func run(_ plan: LoadPlan) throws {
        guard let address = HostPort(toConnect: connect) else { throw ValidationError("--connect wants HOST:PORT.") }
        let usualFile = "Certs/ca.pem"
        let target = LoadTarget(
            server: address, caFile: caFile ?? (access(usualFile, F_OK) == 0 ? usualFile : nil),
            speaks: websocket ? .webSocket : .jsonLines, serverProcess: pid, measuredSeconds: duration,
            warmUpSeconds: warmUp, timeoutSeconds: timeout)
        var progress = ProgressLine()
        let outcome = LoadRunner.run(plan, against: target) { progress.show($0) }
        progress.clear()
        switch outcome {
        case .success(let report):
            print(json ? String(decoding: report.json, as: UTF8.self) : report.table, terminator: json ? "\n" : "")
            if let complaint = report.complaint { writeError("sangdam load: \(complaint)") }
            throw ExitCode(report.exitCode)
        case .failure(let failure):
            writeError("sangdam load: \(failure.sentence)")
            throw ExitCode(failure.exitCode)
        }
    }
}

/// A usage error unless the value is in the range.
func check<Value>(_ value: Value, in range: ClosedRange<Value>, _ name: String, _ unit: String) throws {
    guard range.contains(value) else {
        throw ValidationError("\(name) wants \(range.lowerBound) to \(range.upperBound) \(unit).")
    }
}

/// One line on the terminal that is written over and over; nothing unless stderr is a terminal.
private struct ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var width = 0

    mutating func show(_ text: String) {
        guard isTerminal, !text.isEmpty else { return }
        // Blanks instead of a control sequence: that works on every terminal.
        write("\r" + text + String(repeating: " ", count: max(0, width - text.count)))
        width = text.count
    }

    mutating func clear() {
        guard isTerminal, width > 0 else { return }
        write("\r" + String(repeating: " ", count: width) + "\r")
        width = 0
    }

    private func write(_ text: String) {
        _ = text.withCString { Glibc.write(STDERR_FILENO, $0, strlen($0)) }
    }
}
