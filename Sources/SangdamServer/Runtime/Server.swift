// One server's life: everything is opened in the order in which it depends on each other, and closed in the opposite
// one. What it does in between is written elsewhere; this file only wires.

internal import Dispatch
internal import Glibc
package import Logging
internal import SangdamCore
internal import SangdamFAQ
internal import SangdamHours
internal import SangdamJournal
internal import SangdamMetrics
internal import SangdamNet
internal import SangdamProtocol
internal import SangdamWire
internal import Synchronization

/// A running server.
package final class Server: Sendable {
    /// What a reload reads: flags and environment stay as they were at start.
    package typealias Reload = @Sendable () throws(ConfigurationErrors) -> ServerConfiguration

    /// Where it listens, once it does.
    package let listenAddress: String
    package let adminAddress: String

    /// SIGTERM to exit is ten seconds at most (CommandLine.md#Signals): so much for the desk's last words to become
    /// durable, and so much for them to leave.
    private static let drainMilliseconds = 1_500
    private static let shutDownMilliseconds = 3_000
    /// For the mail under way: one that has gone and is not known to have gone, goes twice.
    private static let mailMilliseconds = 1_500

    private let log: Logger
    private let journal: Journal
    private let mailbox: DeskMailbox
    private let accounts: AccountDirectory
    private let authenticator: Authenticator
    private let outbox: Outbox
    private let post: Post
    private let edge: ChatEdge
    private let reactors: ReactorGroup
    private let adminReactors: ReactorGroup
    private let listener: Listener
    private let adminListener: Listener
    private let adminHosts: AdminHosts
    private let control: ControlCommands
    /// Nil where there could be no socket.
    private let controlListener: Listener?
    private let controlPath: String
    private let certificate: CertificateWatch
    private let timetable: TimetableWatch
    private let readiness: Readiness
    private let configuration: Mutex<ServerConfiguration>
    private let shutdown: Shutdown

    /// Opens everything and begins to serve.
    ///
    /// A start that fails leaves no line in the journal, however often it is tried: all that can fail comes before the
    /// first one. The ports are taken before the journal is read, so that one that is in use is told at once, and begin
    /// to listen behind that: who comes during a long recovery is refused, and can try again or elsewhere, instead of
    /// hanging in a connection that nobody accepts.
    package init(_ configuration: ServerConfiguration, log: Logger) throws(StartFailure) {
        ignoreBrokenPipeSignals()
        // A file size limit is a full disk to us (EFBIG), not the end of the process.
        signal(SIGXFSZ, SIG_IGN)
        raiseDescriptorLimit()
        self.log = log
        self.configuration = Mutex(configuration)
        if let fault = configuration.descriptorFault(descriptorLimit()) {
            throw StartFailure(fault, exitCode: ExitStatus.configuration)
        }
        Self.logWarnings(of: configuration, log)
        let readiness = Readiness()
        let shutdown = Shutdown()
        let (tls, chain) = try Self.tlsContext(configuration)
        let registry = MetricsRegistry(for: configuration.desk)
        certificate = CertificateWatch(
            chain, file: configuration.certificateFile, host: configuration.listen.host, registry: registry, log: log)
        certificate.tell()
        let questions = try Self.frequentQuestions(of: configuration)
        let chatSocket = try Self.bind(configuration.listen)
        let adminSocket = try Self.bind(configuration.adminListen)

        let relay = ProgressRelay()
        var opened = try Self.openDesk(configuration, registry: registry, relay: relay)
        let (journal, totals) = (opened.journal, opened.totals)
        let clock = DeskClock(notBefore: opened.report.lastAt)
        let timetable = configuration.hours.timetable(by: clock)
        opened.desk.timetable = timetable
        if clock.lead > .seconds(1) {
            log.warning(
                """
                the machine's clock is \(Int(clock.lead.seconds)) s behind the journal's last line; time stamps go on \
                from there and approach the clock by 3 s a minute; opening hours follow the clock
                """)
        }
        let (reactors, adminReactors): (ReactorGroup, ReactorGroup)
        do {
            (reactors, adminReactors) = try Self.makeReactors(configuration)
            try chatSocket.listen()
            try adminSocket.listen()
        } catch {
            journal.close()
            throw StartFailure(error)
        }
        let office: MailOffice?
        do throws(StartFailure) {
            office = try MailOffice(configuration.mail, dataDirectory: configuration.dataDirectory)
        } catch {
            journal.close()
            throw error
        }
        // From here on nothing fails.
        let post = Post(office?.postman, log: log)
        let outbox = Outbox(reactors: reactors.reactors, send: post.send)
        let mailbox = DeskMailbox(
            desk: opened.desk, clock: clock, journal: journal, outbox: outbox,
            metrics: DeskMetrics(registry, from: totals))
        post.begin { [weak mailbox] in mailbox?.submitLater([.event($0)]) }
        let journalListener = JournalListener(
            mailbox: mailbox, outbox: outbox, readiness: readiness, shutdown: shutdown, log: log)
        relay.begin { journalListener.hear($0) }
        let store = AccountStore(directory: configuration.dataDirectory)
        let accounts = AccountDirectory(
            store: store,
            changed: { mailbox.submitLater([.event(.accounts($0))]) },
            failed: { Self.tell($0, log) })
        let authenticator = Authenticator(
            directory: accounts, settings: configuration.login, warn: { log.warning("\($0)") })
        let edge = ChatEdge(
            wire: configuration.wireConfiguration, passwords: authenticator,
            history: HistoryFetcher(
                journal: journal, dataDirectory: configuration.dataDirectory,
                unsentBytes: configuration.net.unsentBytes, log: log),
            faq: FAQSearcher(questions, registry, log: log), metrics: EdgeMetrics(registry, refusals: RefusalLog(log)),
            log: log)
        for reactor in reactors.reactors {
            reactor.post { ReactorSessions.attach(to: $0, edge: edge, mailbox: mailbox, clock: clock) }
        }
        Self.logRecovery(opened.report, log)
        mailbox.submit([.event(.restarted)])
        accounts.watch()
        let timetableWatch = TimetableWatch(configuration.hours, given: timetable, clock: clock) { events in
            mailbox.submitLater(events.map { .event($0) })
        }
        timetableWatch.watch()

        let adminHosts = AdminHosts(configuration.adminHosts, listen: configuration.adminListen)
        let scrape = Scrape(registry: registry, mailbox: mailbox, journal: journal, totals: totals)
        let shared = sharedRoutes(scrape: scrape, readiness: readiness)
        let routes = adminRoutes(shared, hosts: adminHosts, metrics: edge.metrics)
        let control = ControlCommands(
            configuration, replyKey: office?.key, accounts: accounts, store: store, mailbox: mailbox, journal: journal,
            clock: clock)
        controlPath = ControlSocket.path(in: configuration.dataDirectory)
        controlListener = Self.controlListener(
            at: controlPath, routes: controlRoutes(shared, commands: control), clock: clock, metrics: edge.metrics,
            on: adminReactors, log)
        listener = Listener(
            Self.chatListener(configuration, tls: tls, metrics: edge.metrics), on: reactors, taking: chatSocket)
        adminListener = Listener(
            Self.adminListener(configuration) { AdminSession($0, routes: routes, clock: clock) }, on: adminReactors,
            taking: adminSocket)
        (self.journal, self.mailbox, self.outbox, self.post) = (journal, mailbox, outbox, post)
        self.edge = edge
        (self.accounts, self.authenticator, self.timetable) = (accounts, authenticator, timetableWatch)
        (self.reactors, self.adminReactors) = (reactors, adminReactors)
        (self.adminHosts, self.readiness, self.shutdown, self.control) = (adminHosts, readiness, shutdown, control)
        listenAddress = listener.addressDescription
        adminAddress = adminListener.addressDescription
        readiness.set(.starting, false)
    }

    // MARK: The end

    /// Blocks until somebody asked for the end or the disk forced it, ends in order, and returns the exit code.
    package func waitForEnd() -> Int32 {
        switch shutdown.wait() {
        case .asked:
            return drain()
        case .journalFailed:
            // Nothing that was not acknowledged may be shown any more, and nothing can be acknowledged.
            readiness.set(.journalFailed, true)
            listener.close()
            reactors.shutDown(withinMilliseconds: 1000)
            adminReactors.shutDown(withinMilliseconds: 0)
            return ExitStatus.disk
        }
    }

    /// Ends the server in order; `waitForEnd` returns then.
    package func stop() {
        shutdown.ask()
    }

    private func drain() -> Int32 {
        log.notice("draining: no new chats, everybody is told")
        readiness.set(.draining, true)
        listener.close()
        post.stop(milliseconds: Self.mailMilliseconds)
        let drained = DispatchSemaphore(value: 0)
        mailbox.submit([.event(.drain), .barrier { drained.signal() }])
        _ = drained.wait(timeout: .now() + .milliseconds(Self.drainMilliseconds))
        outbox.waitUntilEmpty(milliseconds: Self.drainMilliseconds)
        reactors.shutDown(withinMilliseconds: Self.shutDownMilliseconds)
        closeControlSocket()
        accounts.stop()
        timetable.stop()
        mailbox.finish()
        let failure = journal.close()
        adminListener.close()
        adminReactors.shutDown(withinMilliseconds: 0)
        if let failure {
            log.critical("\(failure.description) What was not acknowledged is lost.")
            return ExitStatus.disk
        }
        log.notice("everything is on disk; goodbye")
        return 0
    }

    /// The folder is still ours: nobody else's socket can lie there.
    private func closeControlSocket() {
        control.stop()
        guard let controlListener else { return }
        controlListener.close()
        unlink(controlPath)
    }

    // MARK: Reloading

    /// Reads configuration and certificate again; what is bad changes nothing and is logged.
    package func reload(_ read: Reload) {
        let old = configuration.withLock { $0 }
        let new: ServerConfiguration
        let (tls, chain): (TLSContext, CertificateChain)
        let questions: FAQIndex
        let office: MailOffice?
        do {
            new = try read()
        } catch {
            for fault in error.faults { log.error("configuration not reloaded: \(fault.description)") }
            return
        }
        do {
            (tls, chain) = try Self.tlsContext(new)
            questions = try Self.frequentQuestions(of: new)
            office = try MailOffice(new.mail, dataDirectory: old.dataDirectory)
        } catch {
            log.error("configuration not reloaded: \(error.description)")
            return
        }
        if let objection = certificate.objection(to: chain, file: new.certificateFile) {
            log.error("configuration not reloaded: \(objection). The one in service stays.")
            return
        }
        for setting in new.settingsThatNeedRestart(comparedTo: old) {
            log.warning("\(setting) has changed, but only a restart can change it")
        }
        configuration.withLock { $0 = new }
        listener.replaceTLS(tls)
        listener.replaceLimits(new.connectionLimits)
        adminHosts.replace(new.adminHosts)
        certificate.replace(chain, file: new.certificateFile)
        edge.wireConfiguration = new.wireConfiguration
        edge.faq.replace(questions)
        authenticator.configure(new.login)
        control.replace(new, replyKey: office?.key)
        post.replace(office?.postman)
        timetable.replace(new.hours, with: new.desk)
        Self.logWarnings(of: new, log)
        certificate.tell()
        log.notice("configuration and certificate reloaded")
    }
}

// MARK: - What start is made of

extension Server {
    /// What newcomers get, and the certificates in it.
    private static func tlsContext(
        _ configuration: ServerConfiguration
    ) throws(StartFailure) -> (TLSContext, CertificateChain) {
        do throws(TLSContextError) {
            let context = try TLSContext.server(
                certificateFile: configuration.certificateFile, privateKeyFile: configuration.privateKeyFile,
                ticketKeyFile: configuration.ticketKeyFile,
                applicationProtocols: [ApplicationProtocol.jsonLines, "http/1.1"])
            guard let chain = context.certificates else { throw .notPEM(configuration.certificateFile) }
            return (context, chain)
        } catch .fileMissing(let file) where file != configuration.ticketKeyFile {
            throw StartFailure(
                "\(TLSContextError.fileMissing(file)) \(ServerConfiguration.certificateAdvice)",
                exitCode: ExitStatus.configuration)
        } catch {
            throw StartFailure(error)
        }
    }

    private static func frequentQuestions(of configuration: ServerConfiguration) throws(StartFailure) -> FAQIndex {
        do {
            return try FAQIndex(configuration.faq, fallback: WireConfiguration.defaultLanguage)
        } catch {
            throw StartFailure("the frequent questions cannot be indexed: \(error)", exitCode: ExitStatus.configuration)
        }
    }

    private static func bind(_ address: HostPort) throws(StartFailure) -> BoundSocket {
        do {
            return try BoundSocket(host: address.host, port: Int(address.port))
        } catch {
            throw StartFailure(error)
        }
    }

    private static func openDesk(
        _ configuration: ServerConfiguration, registry: MetricsRegistry, relay: ProgressRelay
    ) throws(StartFailure) -> OpenedDesk {
        let durability = Durability(configuration.durability)
        var settings = JournalConfiguration(dataDirectory: configuration.dataDirectory)
        settings.durability = durability
        settings.observer = JournalMetrics(registry, durability: durability)
        do {
            return try OpenedDesk(
                settings, desk: configuration.desk, random: SystemRandomNumberGenerator(),
                progress: { relay.pass($0) })
        } catch {
            throw StartFailure(error)
        }
    }

    private static func makeReactors(
        _ configuration: ServerConfiguration
    ) throws(NetError) -> (chat: ReactorGroup, admin: ReactorGroup) {
        var admin = ReactorConfiguration()
        admin.label = "sangdam.admin"
        let count = configuration.reactors == 0 ? processorCount() : configuration.reactors
        return (try ReactorGroup(count: count), try ReactorGroup(count: 1, configuration: admin))
    }

    private static func chatListener(
        _ configuration: ServerConfiguration, tls: TLSContext, metrics: EdgeMetrics
    ) -> ListenerConfiguration {
        var listener = ListenerConfiguration(
            host: configuration.listen.host, port: Int(configuration.listen.port), tls: tls
        ) { connection in
            guard let sessions = ReactorSessions.of(connection.reactor) else {
                preconditionFailure("a connection came before its reactor was made ready")
            }
            return ChatSession(connection, on: sessions)
        }
        listener.limits = configuration.connectionLimits
        listener.observer = metrics
        listener.plainTextAnswer = { PlainTextAnswer.bytes(to: $0) }
        return listener
    }

    private static func adminListener(
        _ configuration: ServerConfiguration, makeHandler: @escaping @Sendable (Connection) -> any ConnectionHandler
    ) -> ListenerConfiguration {
        let address = configuration.adminListen
        var listener = ListenerConfiguration(
            host: address.host, port: Int(address.port), tls: nil, makeHandler: makeHandler)
        // A scrape of many queues is larger than what a customer may leave unread.
        listener.limits.unsentBytes = 8 << 20
        listener.limits.maximumConnections = 256
        return listener
    }

    /// Whoever cannot have its control socket serves customers all the same.
    private static func controlListener(
        at path: String, routes: HTTPRoutes, clock: DeskClock, metrics: EdgeMetrics, on reactors: ReactorGroup,
        _ log: Logger
    ) -> Listener? {
        var rules = HTTPRules()
        rules.bodyLimitBytes = ControlSocket.bodyLimitBytes
        do {
            let socket = try BoundSocket(path: path)
            try socket.listen()
            var listener = ListenerConfiguration(host: path, port: 0, tls: nil) { [rules] connection in
                AdminSession(
                    connection, routes: routes, rules: rules, clock: clock, refused: { metrics.refused($0) })
            }
            listener.limits.unsentBytes = 8 << 20
            listener.limits.maximumConnections = ControlSocket.connections
            // All who come have one address, which is none.
            listener.limits.connectionsPerAddress = ControlSocket.connections
            listener.limits.connectionsPerAddressMinute = .max
            return Listener(listener, on: reactors, taking: socket)
        } catch {
            log.warning(
                """
                there is no control socket: \(error.description) Commands about accounts work on the files, and \
                `sangdam override` cannot reach the desk.
                """)
            return nil
        }
    }

    private static func logWarnings(of configuration: ServerConfiguration, _ log: Logger) {
        let now = Instant(milliseconds: DeskClock.wallClock())
        for warning in configuration.warnings + configuration.hours.remarks(at: now) { log.warning("\(warning)") }
        if let warning = configuration.descriptorWarning(descriptorLimit()) { log.warning("\(warning)") }
    }

    private static func logRecovery(_ report: RecoveryReport, _ log: Logger) {
        if let cut = report.cut {
            log.warning(
                "cut an incomplete final record",
                metadata: ["file": "\(cut.file)", "bytes": "\(cut.bytes)", "why": "\(cut.why)"])
        }
        guard report.lastNumber > 0 else { return }
        let (lines, segments) = (report.linesReplayed, report.segmentsReplayed)
        log.notice(
            """
            journal read: \(lines) \(lines == 1 ? "line" : "lines") in \(segments) \
            \(segments == 1 ? "segment" : "segments"), the last is number \(report.lastNumber)
            """)
    }

    /// That the account file cannot be used, or can be again.
    private static func tell(_ failure: AccountError?, _ log: Logger) {
        if let failure {
            log.error("the account file cannot be used: nobody can log in", metadata: ["why": "\(failure)"])
        } else {
            log.notice("the account file can be used again")
        }
    }
}
