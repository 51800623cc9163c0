// A seed is a working day: customers and agents who come, talk, vanish and come back, a configuration that changes, and
// a server that is killed in the middle of what it does. The auditor judges every event.

@testable import SangdamCore
@testable import SangdamJournal
@testable import SimulationSupport

struct WorkingDay {
    let seed: UInt64
    private(set) var desk: Desk
    private(set) var auditor: Auditor
    /// What came of it, newest last, for whoever has to find out what happened.
    private(set) var log: [(at: Instant, event: Event)] = []
    private(set) var events = 0
    /// Kinds of events of which the desk said that they may write, and whether one of each has written.
    private(set) var written: [String: Bool] = [:]

    var random: Seeded
    var now = Instant.opening
    var configuration: DeskConfiguration
    private var timetable: Timetable
    var customers: [SimulatedCustomer] = []
    var agents: [SimulatedAgent]
    /// Of this life, oldest first: their generations count from 1.
    var accounts: [Accounts] = []
    /// What commands did to the account file, which outlives the server.
    var edits: [AccountEdit] = []
    var editNumber: UInt64 = 0
    /// Given out, and nobody knows yet how that went.
    var mailUnderWay: OutgoingMail?
    /// Told to go, not yet gone.
    var closing: [SessionHandle] = []
    private var nextCustomer: UInt64 = 0
    private var nextHandle: UInt64 = 0
    private var lives: UInt64 = 0

    // The journal: a checkpoint and what was written since.
    private var base: [CheckpointPart] = []
    private var journal: [Record] = []
    /// Another machine: it has the journal's lines and nothing else.
    private var replica = DeskState()
    /// What the desk observed, and what its records say: the same, but for what a crash cut off.
    private var observed = Totals()
    private var recorded = Totals()

    init(seed: UInt64) {
        self.seed = seed
        random = Seeded(seed)
        configuration = WorkingDay.configuration(&random)
        timetable = WorkingDay.timetable(from: now, &random)
        desk = Desk(configuration: configuration, random: Seeded(seed &* 31))
        auditor = Auditor(configuration)
        agents = [
            SimulatedAgent(AgentProfile("kim", capacity: 2)),
            SimulatedAgent(AgentProfile("lee", languages: [.korean, .english], capacity: 3)),
            SimulatedAgent(AgentProfile("han", skills: ["tech", "refund"], capacity: 1)),
            SimulatedAgent(AgentProfile("zoe", skills: ["fraud"], capacity: 2)),
            SimulatedAgent(AgentProfile("bob", capacity: 4, role: .supervisor)),
        ]
        happen(.timetable(timetable))
        for _ in 0..<24 { customers.append(newCustomer()) }
        hearOfAccounts(
            Dictionary(uniqueKeysWithValues: agents.map { ($0.profile.name, AccountStanding(profile: $0.profile)) }))
    }

    /// The sample desk with limits that a short day reaches.
    static func configuration(_ random: inout Seeded) -> DeskConfiguration {
        var configuration = DeskConfiguration.sample
        configuration.topics[2].intake = [Question].fraud
        for index in configuration.queues.indices {
            configuration.queues[index].priority = Int.random(in: 0...2, using: &random)
            configuration.queues[index].needsSpecialist = Int.random(in: 0..<4, using: &random) == 0
            // Nobody knows the spans of the last one.
            configuration.queues[index].hours =
                [nil, nil, "office", "night", "lost"].randomElement(using: &random) ?? nil
            configuration.queues[index].closed = offering(&random)
            configuration.queues[index].unstaffed = offering(&random)
            configuration.queues[index].maxWait =
                Bool.random(using: &random) ? .seconds(Int64.random(in: 10...600, using: &random)) : nil
        }
        configuration.inquiry = inquiryRules(&random)
        configuration.limits.queueLength = Int.random(in: 3...30, using: &random)
        configuration.limits.sessionsPerParty = Int.random(in: 1...3, using: &random)
        configuration.limits.idleSession = .seconds(Int64.random(in: 60...900, using: &random))
        configuration.limits.unansweredUntilBreak = Int.random(in: 1...3, using: &random)
        configuration.limits.declinePause = .seconds(Int64.random(in: 1...60, using: &random))
        configuration.limits.pausesPerChat = Int.random(in: 1...3, using: &random)
        configuration.limits.agentMemory = .seconds(Int64.random(in: 200...3000, using: &random))
        return configuration
    }

    private static func offering(_ random: inout Seeded) -> Offering {
        Int.random(in: 0..<2, using: &random) == 0 ? .chat : Offering.allCases.randomElement(using: &random) ?? .chat
    }

    /// Short days and nights from some time on, known for a while.
    private static func timetable(from now: Instant, _ random: inout Seeded) -> Timetable {
        var schedules: [String: Schedule] = [:]
        for name in ["office", "night"] {
            var spans: [Range<Instant>] = []
            var last = now + .seconds(Int64.random(in: -300...300, using: &random))
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                let end = last + .seconds(Int64.random(in: 5...900, using: &random))
                spans.append(last..<end)
                last = end + .seconds(Int64.random(in: 5...900, using: &random))
            }
            let known = now + .seconds(Int64.random(in: 60...20_000, using: &random))
            schedules[name] = Schedule(spans: spans, knownUntil: known)
        }
        // Now and then somebody sets the machine's clock.
        let lead = Int64.random(in: 0..<4, using: &random) == 0 ? Int64.random(in: -900...900, using: &random) : 0
        return Timetable(schedules: schedules, lead: .seconds(lead))
    }

    // MARK: Living through it

    /// Nil when the day went well; otherwise what was wrong.
    mutating func run(events limit: Int) -> String? {
        while events < limit {
            step()
            if let trouble { return trouble }
        }
        restore()
        return trouble
    }

    private var trouble: String? {
        guard let complaint = auditor.complaints.first else { return nil }
        let last = log.suffix(12).map { "\(($0.at - .opening).seconds) s: \($0.event)" }
        return "seed \(seed), event \(events): \(complaint)\n" + last.joined(separator: "\n")
    }

    private mutating func step() {
        let target = now + Interval(milliseconds: pause())
        var ticks = 0
        while let due = desk.nextDeadline, due <= target, auditor.complaints.isEmpty {
            ticks += due <= now ? 1 : 0
            if ticks > 50 { return auditor.complain("deadlines come without end") }
            now = max(now, due)
            happen(.tick)
        }
        now = target
        guard auditor.complaints.isEmpty else { return }
        switch Int.random(in: 0..<1000, using: &random) {
        case 0..<6: kill()
        case 6..<8: drainAndRestart()
        case 8..<14:
            configuration = WorkingDay.configuration(&random)
            guard Bool.random(using: &random) else { return happen(.configured(configuration)) }
            timetable = WorkingDay.timetable(from: now, &random)
            happen(.configured(configuration, timetable))
        case 14..<20: happen(.tick)
        case 20..<24: accountsChange()
        case 24..<28:
            timetable = WorkingDay.timetable(from: now, &random)
            happen(.timetable(timetable))
        case 28..<31: happen(.order(.override(order(), by: "root")))
        case 31..<70: if let event = mailEvent() { happen(event) }
        case 70..<420: agentActs()
        default: customerActs()
        }
        if !closing.isEmpty, Int.random(in: 0..<2, using: &random) == 0 { finishClosing() }
    }

    private mutating func pause() -> Int64 {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<20: 0
        case 20..<75: Int64.random(in: 1...1500, using: &random)
        case 75..<96: Int64.random(in: 1500...10_000, using: &random)
        case 96..<99: Int64.random(in: 10_000...60_000, using: &random)
        default: Int64.random(in: 60_000...700_000, using: &random)
        }
    }

    /// One event: handled, judged, remembered.
    mutating func happen(_ event: Event) {
        let mayWrite = desk.mayWrite(event)
        let effects = handle(event)
        let hasWritten = effects.contains { if case .record = $0 { true } else { false } }
        if hasWritten, !mayWrite { auditor.complain("the desk writes, though it said it would not") }
        if case .disconnected = event, mayWrite, !hasWritten {
            auditor.complain("the desk writes nothing, though it said it would")
        }
        if mayWrite { written[kind(of: event), default: false] = written[kind(of: event)] == true || hasWritten }
        judge(event, effects, isCut: false)
        auditor.checkPositionsAreTold(by: desk.nextDeadline)
        auditor.checkDelaysAreTold(by: desk.nextDeadline)
        for violation in desk.violations() { auditor.complain(violation) }
        if events % 64 == 0 { compareStates() }
    }

    private func kind(of event: Event) -> String {
        switch event {
        case .customerHello: "a customer's hello"
        case .agentHello: "an agent's hello"
        case .command(_, let command): command.rule.name
        case .disconnected: "a disconnect"
        case .tick: "a tick"
        case .configured: "a configuration"
        case .timetable: "a timetable"
        case .order(.override): "an order from outside"
        case .order(.mail): "a mail"
        case .order(.bounce): "a bounce"
        case .mailed: "the end of a mail"
        case .accounts: "accounts"
        case .drain: "a drain"
        case .restarted: "a restart"
        }
    }

    private mutating func handle(_ event: Event) -> [Effect] {
        events += 1
        var effects = Effects()
        desk.handle(event, at: now, into: &effects)
        log.append((now, event))
        if log.count > 64 { log.removeFirst(32) }
        return effects.list
    }

    private mutating func judge(_ event: Event, _ effects: [Effect], isCut: Bool) {
        auditor.audit(event, effects, at: now, isCut: isCut)
        for effect in effects {
            switch effect {
            case .record(let record): write(record)
            case .deliver(let handle, let message): learn(handle, message)
            case .close(let handle, _): closing.append(handle)
            case .history(let handle, let request): learn(handle, request)
            case .search: break
            case .mail(let mail): mailUnderWay = mail
            case .observe(let observation): observed.count(observation)
            }
        }
    }

    private mutating func write(_ record: Record) {
        let record = throughItsLine(record)
        journal.append(record)
        // As if the limit had been changed since: the records say what held then.
        recorded.count(record, in: replica, shortAbandonment: .seconds(0))
        do {
            try replica.apply(record)
        } catch {
            auditor.complain("the journal does not replay: \(error)")
        }
    }

    /// What the journal's line says of it.
    private mutating func throughItsLine(_ record: Record) -> Record {
        var encoder = LineEncoder(nextNumber: 1, previous: .origin, epoch: nil)
        var line: [UInt8] = []
        encoder.append(record, to: &line)
        do {
            let decoded = try line.dropLast().withUnsafeBytes { try DecodedLine(line: $0) }
            if case .record(let read) = decoded.content { return read }
            auditor.complain("the line of \(record) says something else")
        } catch {
            auditor.complain("the line of \(record) cannot be read: \(error)")
        }
        return record
    }

    private mutating func compareStates() {
        if observed != recorded { auditor.complain("the records count \(recorded), the desk observed \(observed)") }
        if replica != desk.state { auditor.complain("the journal leads to another state than the desk's") }
        restore()
    }

    /// A checkpoint of the state leads to the state.
    private mutating func restore() {
        var restored = DeskState()
        do {
            for part in replica.checkpoint() { try restored.restore(part) }
        } catch {
            auditor.complain("the checkpoint does not restore: \(error)")
        }
        if restored != replica { auditor.complain("the checkpoint leads to another state") }
    }

    // MARK: Dying

    /// Killed while the effects of an event are being run: some were, the rest never happened.
    private mutating func kill() {
        let event = randomEvent()
        let effects = handle(event)
        let cut = Int.random(in: 0...effects.count, using: &random)
        judge(event, Array(effects[..<cut]), isCut: true)
        // The next life counts what was written.
        observed = recorded
        live()
    }

    private mutating func drainAndRestart() {
        happen(.drain)
        for handle in closing {
            if Int.random(in: 0..<3, using: &random) == 0 { happen(.command(handle, .leave)) }
            happen(.disconnected(handle, Int.random(in: 0..<2, using: &random) == 0 ? .left : .lost))
        }
        if !desk.presence.sessions.isEmpty || !desk.presence.dismissed.isEmpty {
            auditor.complain("somebody is left after the drain")
        }
        now = now + Interval(milliseconds: Int64.random(in: 0...100_000, using: &random))
        live()
    }

    /// A new server reads the journal, sometimes one that begins with a fresh checkpoint.
    private mutating func live() {
        lives += 1
        if Int.random(in: 0..<2, using: &random) == 0 {
            base = replica.checkpoint()
            journal = []
        }
        desk = recovered(under: configuration)
        // What the journal leads to is no matter of the limits that the reader has.
        _ = recovered(under: WorkingDay.configuration(&random))
        (closing, mailUnderWay) = ([], nil)
        for index in customers.indices { customers[index].sessions = [] }
        for index in agents.indices { agents[index].sessions = [] }
        auditor.beginLife()
        happen(.restarted)
        // A new life knows of no password that changed.
        let standings = accounts.last?.standings ?? [:]
        accounts = []
        hearOfAccounts(standings.mapValues { AccountStanding(profile: $0.profile, isLocked: $0.isLocked) })
    }

    private mutating func recovered(under configuration: DeskConfiguration) -> Desk {
        var next = Desk(configuration: configuration, random: Seeded(seed &* 31 &+ lives), timetable: timetable)
        do {
            for part in base { try next.recover(part) }
            for record in journal { try next.recover(record) }
        } catch {
            auditor.complain("recovery fails: \(error)")
        }
        if next.state != replica { auditor.complain("recovery leads to another state") }
        return next
    }

    // MARK: Who there is

    mutating func newHandle() -> SessionHandle {
        nextHandle += 1
        return SessionHandle(rawValue: nextHandle)
    }

    mutating func newCustomer() -> SimulatedCustomer {
        nextCustomer += 1
        return SimulatedCustomer(number: nextCustomer)
    }
}
