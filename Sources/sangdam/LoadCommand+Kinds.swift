// The three kinds of load: `relay`, `handshakes`, `idle`.

import ArgumentParser
import SangdamConsole
import SangdamLoad

/// `sangdam load relay`.
struct LoadRelayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relay", abstract: "Customers talk to agents, and every message is checked.",
        discussion: """
            Each customer has a chat with one agent and sends messages that are checked one by one: lost, doubled, \
            out of order, damaged, to the wrong receiver, and the same for acks. Latency is `say` to the agent's \
            `message`, and `say` to its `ack`.

            --window keeps so many messages under way in each chat: the most that the server can do (a closed loop). \
            --rate sends so many a second, whatever the answers do; latency counts from the scheduled time, so that a \
            pause costs every message that it delays (an open loop). It keeps one core busy.

            Agents are PREFIX1, PREFIX2 … with one password; they and nobody else serve the topic. The server's \
            limit for each customer (limits.messages_per_second, limits.message_burst) must be raised. At the end \
            customers leave and agents go offline, so that the same server can be measured again.
            """)

    @OptionGroup var options: LoadOptions

    @Option(help: ArgumentHelp("Customers, each in a chat of its own.", valueName: "number"))
    var pairs = 10

    @Option(help: ArgumentHelp("Closed loop: messages under way in each chat. Default: 1.", valueName: "number"))
    var window: Int?

    @Option(help: ArgumentHelp("Open loop: messages a second over all chats.", valueName: "number"))
    var rate: Double?

    @Option(help: ArgumentHelp("Length of a message's text.", valueName: "bytes"))
    var textBytes = 100

    @Option(help: ArgumentHelp("Agent accounts are this with 1, 2, 3 … behind it.", valueName: "name"))
    var prefix = "load"

    @Option(
        help: ArgumentHelp(
            "A file with the agents' password in its first line, readable by its owner only.", valueName: "file"))
    var passwordFile: String

    @Option(help: ArgumentHelp("Chats of one agent at once.", valueName: "number"))
    var chatsPerAgent = 1

    @Option(help: ArgumentHelp("What the customers enter.", valueName: "id"))
    var topic = "general"

    func validate() throws {
        if window != nil, rate != nil {
            throw ValidationError("--window and --rate are two kinds of load: choose one.")
        }
        if let window { try check(window, in: RelayPlan.windowRange, "--window", "messages") }
        if let rate { try check(rate, in: RelayPlan.rateRange, "--rate", "messages a second") }
        try check(pairs, in: RelayPlan.pairRange, "--pairs", "customers")
        try check(textBytes, in: RelayPlan.textBytesRange, "--text-bytes", "bytes")
        try check(chatsPerAgent, in: RelayPlan.chatsPerAgentRange, "--chats-per-agent", "chats")
        if prefix.isEmpty || topic.isEmpty { throw ValidationError("--prefix and --topic cannot be empty.") }
    }

    func run() throws {
        do {
            let pace = rate.map { RelayPlan.Pace.rate($0) } ?? .window(window ?? 1)
            try options.run(
                .relay(
                    RelayPlan(
                        pairs: pairs, pace: pace, textBytes: textBytes, agentPrefix: prefix,
                        password: try PasswordSource.file(passwordFile, in: .english), chatsPerAgent: chatsPerAgent,
                        topic: topic)))
        } catch let fault as ConsoleStartFault {
            writeError("sangdam load: \(fault.phrase)")
            throw ExitCode(fault.exitCode)
        }
    }
}

/// `sangdam load handshakes`.
struct LoadHandshakesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handshakes", abstract: "Connect, say hello, be welcomed, leave, again and again.",
        discussion: """
            Says how many customers can come in at once, such as after a break in the network. The server's limit \
            for each address (limits.connections_per_address_per_minute) must be raised unless this runs on the same \
            machine.
            """)

    @OptionGroup var options: LoadOptions

    @Flag(help: "Resume TLS sessions by ticket; fails unless 99 % were.")
    var resumed = false

    @Option(help: ArgumentHelp("Handshakes under way at once.", valueName: "number"))
    var concurrency = 32

    func validate() throws {
        try check(concurrency, in: HandshakePlan.concurrencyRange, "--concurrency", "connections")
    }

    func run() throws {
        try options.run(.handshakes(HandshakePlan(resumes: resumed, concurrency: concurrency)))
    }
}

/// `sangdam load idle`.
struct LoadIdleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "idle", abstract: "Many customers who say nothing: memory of each, processor for all.",
        discussion: """
            With --pid, on the server's machine: KiB of resident memory for each connection and the processor time \
            while nothing happens. A server that has served before has memory to spare: start it afresh for figures \
            that can be compared.
            """)

    @OptionGroup var options: LoadOptions

    @Option(help: ArgumentHelp("How many.", valueName: "number"))
    var connections = 1_000

    @Flag(help: "They also enter the queue of --topic, which no agent must serve meanwhile.")
    var waiting = false

    @Option(help: ArgumentHelp("What they enter with --waiting.", valueName: "id"))
    var topic = "general"

    func validate() throws {
        try check(connections, in: IdlePlan.connectionRange, "--connections", "customers")
    }

    func run() throws {
        try options.run(.idle(IdlePlan(connections: connections, waitsFor: waiting ? topic : nil)))
    }
}
