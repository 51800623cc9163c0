// The plain console as a program: standard input, the connection and the clock go into the model, its effects come out
// as lines, bytes and connections. It decides nothing itself; everything runs on one reactor.

internal import Dispatch
internal import Glibc
internal import SangdamCore
internal import SangdamNet
internal import SangdamProtocol
internal import Synchronization

/// One run of the plain console.
// @unchecked: every stored property that changes is touched on the reactor only, which each method checks.
package final class ConsoleShell: @unchecked Sendable {
    private let configuration: ConsoleShellConfiguration
    private let tls: TLSContext
    private let reactor: Reactor
    private let reader: InputReader
    private let done = DispatchSemaphore(value: 0)
    private let exitCode = Atomic<Int32>(0)

    private var model: ConsoleModel
    private var connection: Connection?
    /// The connection that is listened to: what older ones still say is of no interest.
    private var link: ServerLink?
    private var typedLines = LineCutter(limitBytes: ConsoleBounds.lineBytes)
    private var isReadPending = false
    private var isInputOver = false
    private var isDone = false

    private init(_ configuration: ConsoleShellConfiguration, tls: TLSContext, reactor: Reactor) {
        self.configuration = configuration
        self.tls = tls
        self.reactor = reactor
        reader = InputReader(descriptor: configuration.input)
        var random = SystemRandomNumberGenerator()
        model = ConsoleModel(settings: configuration.settings, seed: random.next())
    }

    /// Runs until the agent leaves or nothing more can be done; the program's exit code. Blocks.
    package static func run(_ configuration: ConsoleShellConfiguration) throws(ConsoleStartFault) -> Int32 {
        ignoreBrokenPipeSignals()
        tzset()
        let tls: TLSContext
        do {
            tls = try TLSContext.client(
                caFile: configuration.caFile, applicationProtocols: [ApplicationProtocol.jsonLines])
        } catch {
            throw ConsoleStartFault(
                error.description,
                exitCode: error.isPermissionProblem ? ConsoleExit.permission : ConsoleExit.unavailable)
        }
        let group: ReactorGroup
        do {
            group = try ReactorGroup(count: 1)
        } catch {
            throw ConsoleStartFault(error.description, exitCode: ConsoleExit.unavailable)
        }
        let shell = ConsoleShell(configuration, tls: tls, reactor: group.reactors[0])
        return shell.runUntilDone(group)
    }

    private func runUntilDone(_ group: ReactorGroup) -> Int32 {
        reader.start { [self] bytes in reactor.post { _ in self.typed(bytes) } }
        let clock = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "sangdam.console.clock"))
        clock.schedule(deadline: .now() + .milliseconds(500), repeating: .milliseconds(500), leeway: .milliseconds(50))
        clock.setEventHandler { [self] in reactor.post { _ in self.tick() } }
        reactor.post { _ in self.perform(self.model.start(at: SystemTime.now())) }
        clock.activate()
        done.wait()
        clock.cancel()
        reader.stop()
        group.shutDown(withinMilliseconds: 2_000)
        return exitCode.load(ordering: .relaxed)
    }

    // MARK: What happens

    private func tick() {
        reactor.preconditionOnReactor()
        perform(model.tick(at: SystemTime.now()))
    }

    /// A piece of standard input; empty at its end.
    private func typed(_ bytes: [UInt8]) {
        reactor.preconditionOnReactor()
        isReadPending = false
        let now = SystemTime.now()
        bytes.withUnsafeBytes { bytes in
            var rest = bytes
            while let line = typedLines.next(&rest) { typedLine(line, at: now) }
        }
        if bytes.isEmpty {
            isInputOver = true
            if let line = typedLines.finish() { typedLine(line, at: now) }
            perform(model.inputEnded(at: now))
        } else {
            readMore()
        }
    }

    private func typedLine(_ line: LineCutter.Line, at now: Moment) {
        let bytes: [UInt8]
        switch line {
        case .inPlace(let line): bytes = Array(line)
        case .gathered(let line): bytes = line
        case .tooLong: return perform(model.typedUnreadable(.tooLong, at: now))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            perform(model.typedUnreadable(.notUTF8, at: now))
            return
        }
        perform(model.typed(text, at: now))
    }

    func opened(_ connection: Connection, _ link: ServerLink) {
        reactor.preconditionOnReactor()
        guard link === self.link else { return connection.close() }
        self.connection = connection
        perform(model.connected(at: SystemTime.now()))
    }

    func received(_ line: UnsafeRawBufferPointer, from link: ServerLink) {
        guard link === self.link, !line.isEmpty else { return }
        let now = SystemTime.now()
        do {
            perform(model.received(try HeardMessage(line: line), at: now))
        } catch {
            perform(model.receivedUnreadable(error, at: now))
        }
    }

    func receivedTooLong(from link: ServerLink) {
        guard link === self.link else { return }
        perform(model.receivedTooLong(at: SystemTime.now()))
    }

    func lost(_ link: ServerLink, _ reason: String?) {
        guard link === self.link else { return }
        letGo()
        perform(model.connectionLost(reason, at: SystemTime.now()))
    }

    func failed(_ link: ServerLink, _ fault: ConnectFault) {
        guard link === self.link else { return }
        letGo()
        perform(
            model.connectionFailed(
                fault, address: configuration.server.description, caFile: configuration.caFile, at: SystemTime.now()))
    }

    private func letGo() {
        link = nil
        connection = nil
    }

    // MARK: What is to be done

    private func perform(_ effects: [ConsoleEffect]) {
        for effect in effects where !isDone {
            switch effect {
            case .connect: connect()
            case .send(let bytes): connection?.send(bytes)
            case .print(let line): show(line)
            case .close:
                connection?.close()
                letGo()
            case .quit(let code): finish(code)
            }
        }
        readMore()
    }

    private func connect() {
        var limits = ConnectionLimits()
        // All unsaved words at once, each at its longest and escaped at its worst.
        limits.unsentBytes = ConsoleBounds.unsaved * (ConsoleBounds.textBytes * 6 + 256)
        let link = ServerLink(shell: self)
        self.link = link
        let handler = LinkBox(link)
        Connector.connect(
            host: configuration.server.host, port: Int(configuration.server.port), tls: tls, on: reactor, limits: limits
        ) { _ in handler.link }
    }

    private func show(_ line: ConsoleLine) {
        let bytes = Array((line.rendered(timeOfDay: SystemTime.timeOfDay) + "\n").utf8)
        switch line.channel {
        case .conversation:
            // Nobody reads any more: there is nobody left to talk for.
            if !writeAll(bytes, to: configuration.output) { return finish(ConsoleExit.io) }
        case .fault:
            writeAll(bytes, to: configuration.faults)
        }
        guard line.rings, configuration.ringsBell else { return }
        for descriptor in [configuration.output, configuration.faults] where isatty(descriptor) == 1 {
            writeAll([0x07], to: descriptor)
            break
        }
    }

    private func finish(_ code: Int32) {
        guard !isDone else { return }
        isDone = true
        exitCode.store(code, ordering: .relaxed)
        done.signal()
    }

    private func readMore() {
        guard !isReadPending, !isInputOver, !isDone, model.wantsInput else { return }
        isReadPending = true
        reader.next()
    }
}

/// Carries a link into the closure that makes a connection's handler.
// @unchecked: made on the reactor, opened on the same reactor, and by nobody else.
private final class LinkBox: @unchecked Sendable {
    let link: ServerLink

    init(_ link: ServerLink) {
        self.link = link
    }
}
