// Customers that talk to agents. The way of a run: agents sign in and become available, customers enter and are taken,
// then messages go (warm-up, measured time), late answers come in, and at last everybody leaves in order, so that the
// server can be measured again. What comes in at each of these is in RelayWorkload+Dialogue.swift.

internal import SangdamCore
internal import SangdamNet

/// The relay's load. Confined to the reactor.
final class RelayWorkload: Workload {
    enum Part {
        case signIn, enter, warmUp, measure, lateAnswers, leaving
    }

    /// Agents first, then customers: customer p of pair p is `clients[agents + p]`.
    let clients: [LoadClient]
    let plan: RelayPlan
    unowned let stage: LoadStage
    var part = Part.signIn
    var ledger: AuditLedger
    let template: SayTemplate
    /// Of each agent: chats that it has and has not wrapped up.
    var chats: [Set<ChatID>]
    /// Agents whose first `status` was answered.
    var hasStatus: Set<Int> = []
    var signedIn = 0
    var started = 0
    var messages = Latencies()
    var acks = Latencies()

    private var writing: SayTemplate
    /// Pairs that something has come for since their window was last filled.
    private var toRefill: [Int] = []
    private var isListed: [Bool]
    private var schedule: OpenLoopSchedule?
    private var beganAt: UInt64 = 0
    private var setupSeconds = 0.0
    private var partEnds: UInt64 = 0
    private var first: Snapshot?
    private var last: Snapshot?
    private var behindNanoseconds: UInt64 = 0
    private var residentKiB: Int?
    private var silence = StallWatch(limitSeconds: RelayWorkload.lateAnswerSeconds)
    private var shown = (delivered: UInt64(0), at: UInt64(0))

    /// A password costs the server a good part of a second of one core.
    private static let signInsAtOnce = 4
    private static let entersAtOnce = 64
    /// Open loop: even when late, look at what arrives now and then.
    private static let sendsPerPass = 256
    /// Open loop: who does not read gets no more than this.
    private static let unsentLimit = 65_536
    /// After the last message: no answer for so long means that it is lost.
    private static let lateAnswerSeconds = 2.0
    private static let leaveSeconds = 5.0

    init(_ plan: RelayPlan, on stage: LoadStage) {
        self.plan = plan
        self.stage = stage
        let agents = plan.agents
        clients = (0..<agents + plan.pairs).map { number in
            number < agents
                ? LoadClient(.agent, index: number, number: number, stage: stage)
                : LoadClient(.customer, index: number - agents, number: number, stage: stage)
        }
        ledger = AuditLedger(pairs: plan.pairs, slotsPerPair: plan.slotsPerPair)
        template = SayTemplate(textBytes: plan.textBytes)
        writing = template
        chats = Array(repeating: [], count: agents)
        isListed = Array(repeating: false, count: plan.pairs)
    }

    var agents: ArraySlice<LoadClient> { clients[..<plan.agents] }
    var customers: ArraySlice<LoadClient> { clients[plan.agents...] }

    // MARK: the parts of a run

    func start() {
        beganAt = Clock.nanoseconds()
        stage.open(Array(agents), atOnce: Self.signInsAtOnce)
    }

    /// All agents are there, and what an earlier run had left to them is ended.
    func agentsAreReady() {
        part = .enter
        stage.open(Array(customers), atOnce: Self.entersAtOnce)
    }

    /// All pairs stand.
    func pairsAreReady() {
        let now = Clock.nanoseconds()
        setupSeconds = Double(now - beganAt) / 1e9
        part = .warmUp
        partEnds = now + UInt64(stage.target.warmUpSeconds * 1e9)
        switch plan.pace {
        case .window:
            for pair in 0..<plan.pairs { list(pair) }
        case .rate(let rate):
            schedule = OpenLoopSchedule(startNanoseconds: now, ratePerSecond: rate, pairs: plan.pairs)
            stage.isSpinning = true
            stage.spin()
        }
    }

    func tick(at now: UInt64) {
        switch part {
        case .signIn, .enter: break
        case .warmUp where now >= partEnds:
            let snapshot = stage.snapshot(units: ledger.counts.delivered)
            first = snapshot
            part = .measure
            partEnds = snapshot.nanoseconds + UInt64(stage.target.measuredSeconds * 1e9)
        case .measure where now >= partEnds:
            last = stage.snapshot(units: ledger.counts.delivered)
            residentKiB = stage.server?.residentKiB()
            behindNanoseconds = schedule?.latenessNanoseconds(at: now) ?? 0
            stage.isSpinning = false
            part = .lateAnswers
        case .lateAnswers
        where ledger.isSettled || silence.isStalled(ledger.counts.delivered + ledger.counts.acked, at: now):
            leave(at: now)
        case .leaving where now >= partEnds || clients.allSatisfy({ $0.phase == .closed }):
            stage.finish(report)
        case .warmUp, .measure, .lateAnswers, .leaving: break
        }
    }

    private func leave(at now: UInt64) {
        part = .leaving
        partEnds = now + UInt64((Self.leaveSeconds + Double(plan.pairs) / 1_000) * 1e9)
        for customer in customers {
            customer.phase = .leaving
            customer.send(.leave)
        }
        for agent in agents { goOfflineIfDone(agent) }
    }

    private var report: Result<LoadReport, LoadFailure> {
        guard let first, let last, last.units > first.units else {
            return .failure(.unavailable("no message arrived in the measured time"))
        }
        return .success(
            .relay(
                RelayReport(
                    speaks: stage.target.speaks, pairs: plan.pairs, agents: plan.agents, pace: plan.pace,
                    textBytes: plan.textBytes,
                    setupSeconds: setupSeconds, interval: MeasuredInterval(from: first, to: last),
                    messages: messages.summary, acks: acks.summary,
                    behindMilliseconds: Double(behindNanoseconds) / 1e6, counts: ledger.counts,
                    firstFault: ledger.firstFault, serverResidentKiB: residentKiB,
                    chatsLeft: chats.reduce(0) { $0 + $1.count })))
    }

    // MARK: sending

    /// The pair's window may have room again.
    func list(_ pair: Int) {
        guard !isListed[pair] else { return }
        isListed[pair] = true
        toRefill.append(pair)
    }

    func passEnded() {
        guard part == .warmUp || part == .measure else { return }
        switch plan.pace {
        case .window(let window):
            let now = Clock.nanoseconds()
            for pair in toRefill {
                isListed[pair] = false
                let count = min(window - ledger.underWay(pair), ledger.room(pair))
                for _ in 0..<max(0, count) { say(pair, at: now) }
            }
            toRefill.removeAll(keepingCapacity: true)
        case .rate:
            sendWhatIsDue()
        }
    }

    /// The timetable does not skip a pair that has no room: all after it wait too, and their latencies say so.
    private func sendWhatIsDue() {
        let now = Clock.nanoseconds()
        for _ in 0..<Self.sendsPerPass {
            guard let (pair, scheduled) = schedule?.due(at: now), ledger.room(pair) > 0,
                customer(pair).connection?.unsentBytes ?? 0 < Self.unsentLimit
            else { return }
            say(pair, at: scheduled)
            schedule?.advance()
        }
    }

    private func say(_ pair: Int, at nanoseconds: UInt64) {
        let number = ledger.take(pair, at: nanoseconds)
        writing.fill(AuditLedger.Mark(pair: UInt32(pair), number: number))
        customer(pair).send(line: writing.line)
    }

    private func customer(_ pair: Int) -> LoadClient { clients[plan.agents + pair] }

    // MARK: how it goes

    /// While messages are under way, what counts is that they arrive.
    var progress: UInt64 {
        let counts = ledger.counts
        let moved = counts.delivered < counts.sent ? counts.delivered + counts.acked : 2 * counts.sent
        // The end of a run has watches of its own.
        let isEnding = part == .lateAnswers || part == .leaving
        return moved + UInt64(signedIn + started) + (isEnding ? Clock.nanoseconds() : 0)
    }

    var owed: String {
        let counts = ledger.counts
        return counts.lost + counts.unacked > 0
            ? "\(counts.lost) messages not delivered, \(counts.unacked) not acknowledged, " : ""
    }

    func progressText(at now: UInt64) -> String {
        switch part {
        case .signIn: return "\(signedIn) of \(plan.agents) agents signed in"
        case .enter: return "\(started) of \(plan.pairs) customers taken"
        case .lateAnswers: return "waiting for late answers"
        case .leaving: return "leaving"
        case .warmUp, .measure: break
        }
        let delivered = ledger.counts.delivered
        let seconds = Double(now - shown.at) / 1e9
        let rate = shown.at > 0 ? Double(delivered - shown.delivered) / seconds : 0
        shown = (delivered, now)
        let left = partEnds > now ? Double(partEnds - now) / 1e9 : 0
        let what = part == .warmUp ? "warm-up" : "p99 so far \(fixed(Double(messages.p99) / 1e6, decimals: 3)) ms"
        return "\(fixed(rate, decimals: 0)) messages/s, \(what), \(fixed(left, decimals: 0)) s left"
    }
}
