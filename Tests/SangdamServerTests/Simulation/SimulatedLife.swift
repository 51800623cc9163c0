// One life of the server: what `Server.init` wires, with queues that are stepped, a disk that can fail and reactors
// without sockets. Configuration, TLS, listeners and accounts are left out.

import Logging
import SangdamCore
import SangdamFAQ
import SangdamJournal
import SangdamMetrics
import SangdamWire
import Synchronization

@testable import SangdamServer
@testable import SimulationSupport

/// Lets everybody in whose password is `right`, after a while.
private final class SimulatedPasswords: PasswordCheck {
    private let queue: SteppedQueue
    private let profiles: [AgentProfile]
    private unowned let machine: Machine

    init(_ profiles: [AgentProfile], on queue: SteppedQueue, of machine: Machine) {
        (self.profiles, self.queue, self.machine) = (profiles, queue, machine)
    }

    func authenticate(
        user: String, password: [UInt8], address: String, at now: Instant,
        completion: @escaping @Sendable (AuthenticationResult) -> Void
    ) {
        let profile = profiles.first { $0.name.text == user && password == Array("right".utf8) }
        // Long enough for the connection to go meanwhile.
        if machine.chance(40) { queue.busyUntil = machine.now + Int64(machine.number(1...3_000)) }
        queue.async { completion(profile.map { .accepted($0, generation: 1) } ?? .wrongPassword) }
    }
}

final class SimulatedLife {
    let reactors: [SimulatedReactor]
    let outbox: Outbox
    let mailbox: DeskMailbox
    let readiness = Readiness()
    let journalQueue: SteppedQueue
    let historyQueue: SteppedQueue
    let report: RecoveryReport
    private let journal: Journal
    private let relay = ProgressRelay()
    private let hasFailedFlag = Flag()

    /// Set on the journal's queue, read by the test: both are the same thread.
    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    private static let questions = [
        FAQEntry(id: "refund", question: Localised([.korean: "환불"]), answer: Localised([.korean: "사흘"]))
    ]

    /// The journal has failed: nothing may be shown any more, and the process is to end.
    var hasFailed: Bool { hasFailedFlag.isSet.load(ordering: .relaxed) }

    init(
        _ day: ServerDayPlan, folder: String, disk: SimulatedDisk, on machine: Machine, mails: MailLedger,
        seed: UInt64
    ) throws {
        let journalQueue = SteppedQueue(on: machine)
        let deskQueue = SteppedQueue(on: machine)
        let historyQueue = SteppedQueue(on: machine)
        let passwordQueue = SteppedQueue(on: machine)
        let faqQueue = SteppedQueue(on: machine)
        (self.journalQueue, self.historyQueue) = (journalQueue, historyQueue)
        reactors = (0..<day.reactors).map { SimulatedReactor(index: $0, on: machine) }

        var settings = JournalConfiguration(dataDirectory: folder)
        settings.segmentBytes = day.segmentBytes
        settings.pendingLimitBytes = 256 << 10
        settings.disk = disk
        settings.makeQueue = { journalQueue }
        let opened = try OpenedDesk(
            settings, desk: day.desk, random: Seeded(seed),
            progress: { [relay] in
                // Between what is durable and the news of it, others run.
                machine.preempt()
                relay.pass($0)
            })
        (journal, report) = (opened.journal, opened.report)

        let clock = DeskClock(
            notBefore: report.lastAt, wall: { machine.now + machine.wallOffset }, monotonic: { machine.now })
        let registry = MetricsRegistry()
        registry.declare(MetricFamily.all)
        let log = Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }
        let post = Post(SimulatedPostman(on: machine, mails), log: log)
        outbox = Outbox(reactors: reactors, heldLimit: day.heldLimit, send: post.send)
        mailbox = DeskMailbox(
            desk: opened.desk, clock: clock, journal: journal, outbox: outbox,
            metrics: DeskMetrics(registry, from: opened.totals), queue: deskQueue)
        post.begin { [weak mailbox] in mailbox?.submitLater([.event($0)]) }
        let listener = JournalListener(
            mailbox: mailbox, outbox: outbox, readiness: readiness, shutdown: Shutdown(), log: log)
        relay.begin { [hasFailedFlag] progress in
            listener.hear(progress)
            if case .failed = progress { hasFailedFlag.isSet.store(true, ordering: .relaxed) }
        }
        let edge = ChatEdge(
            wire: WireConfiguration(deskName: day.desk.name),
            passwords: SimulatedPasswords(day.profiles, on: passwordQueue, of: machine),
            history: HistoryFetcher(
                journal: journal, dataDirectory: folder, unsentBytes: day.unsentBytes, log: log, queue: historyQueue),
            faq: FAQSearcher(try FAQIndex(Self.questions, fallback: .korean), registry, log: log, queue: faqQueue),
            metrics: EdgeMetrics(registry, refusals: RefusalLog(log)), log: log)
        for reactor in reactors { reactor.attach(edge: edge, mailbox: mailbox, clock: clock) }
        machine.hasStarted = true
        mailbox.submit([.event(.restarted)])
        let standings = day.profiles.map { ($0.name, AccountStanding(profile: $0)) }
        mailbox.submitLater([
            .event(.accounts(Accounts(generation: 1, standings: Dictionary(uniqueKeysWithValues: standings))))
        ])
        readiness.set(.starting, false)
    }

    /// The process is gone. What a real one leaves to the kernel is taken apart here: the journal and whoever hears it
    /// know each other.
    func die() {
        relay.begin { _ in }
    }

    /// As `Server.drain`, up to the point at which connections are closed. The disk is well: nothing may be left
    /// waiting. Returns what is.
    func drain(on machine: Machine) -> String? {
        readiness.set(.draining, true)
        let drained = Flag()
        mailbox.submit([.event(.drain), .barrier { drained.isSet.store(true, ordering: .relaxed) }])
        machine.settle()
        if !drained.isSet.load(ordering: .relaxed) { return "the desk's mailbox does not come to the drain" }
        machine.pass(milliseconds: 1_500)
        if outbox.heldCount > 0 { return "the outbox holds \(outbox.heldCount) deliveries after the drain" }
        // Nobody could end a wait here but this thread: it must not begin one.
        outbox.waitUntilEmpty(milliseconds: .max)
        return nil
    }

    /// The end in order, when everybody is gone. Nil when everything is on the disk.
    func close() -> JournalError? {
        mailbox.finish()
        return journal.close()
    }
}
