// A seed is a working day for the whole server but TLS and sockets: the real mailbox, driver, outbox, journal and
// sessions, with bytes of JSON lines in and out; a disk that is slow, full, failing or torn; threads whose order is
// drawn; peers who stall, read slowly, vanish and flood; and crashes. This file lets the day pass;
// ServerDay+Choices.swift says what happens, ServerDay+Judgement.swift what must hold.

import SangdamCore
import SangdamJournal
import SangdamNet

@testable import SangdamServer
@testable import SimulationSupport

/// What a day is like.
struct ServerDayPlan {
    var desk: DeskConfiguration
    var profiles: [AgentProfile]
    var reactors: Int
    var unsentBytes: Int
    var heldLimit: Int
    var segmentBytes: Int
}

final class ServerDay {
    let seed: UInt64
    let plan: ServerDayPlan
    let machine: Machine
    let disk: SimulatedDisk
    private let folder: TemporaryFolder
    private var lives = 0
    /// Nil after a crash, until the next life.
    private(set) var life: SimulatedLife?
    var durable: DurableJournal

    let mails = MailLedger()
    var customers: [CustomerLedger] = []
    var agents: [AgentLedger]
    var peers: [SimulatedPeer] = []
    /// Of connections that have ended: nobody may keep them, not even for a while.
    var endedSessions: [WeakPart] = []
    /// What a life is made of, and the sessions that are there at its end.
    private var parts: [WeakPart] = []

    private(set) var complaints: [String] = []
    /// What happened, newest last.
    private var log: [String] = []

    /// Of each chat: how many transfers were confirmed.
    var shownTransfers: [String: Int] = [:]
    /// How often.
    private(set) var happenings: [Happening: Int] = [:]

    struct WeakPart {
        weak var object: AnyObject?
    }

    init(seed: UInt64) throws {
        self.seed = seed
        machine = Machine(seed: seed)
        disk = SimulatedDisk(on: machine)
        folder = try TemporaryFolder()
        plan = Self.plan(&machine.random)
        durable = DurableJournal(plan.desk)
        agents = plan.profiles.map { AgentLedger(name: $0.name.text) }
        disk.onSync = { [unowned self] in readDurable() }
        mails.onSend = { [unowned self] in checkFoundation(of: $0) }
    }

    private static func plan(_ random: inout Seeded) -> ServerDayPlan {
        var desk = DeskConfiguration(
            name: Localised([.english: "Day"]),
            topics: ["pay", "refund"].map {
                Topic(id: $0, labels: Localised([.english: "Topic"]), queue: .init("\($0)"))
            },
            queues: ["pay", "refund"].map { Queue(id: $0, labels: Localised([.english: "Queue"])) })
        desk.topics[1].intake = [
            Question(id: "when", isRequired: true, kind: .date),
            Question(id: "shop", labels: Localised([.english: "Which shop?"])),
        ]
        desk.inquiry.isMailed = true
        desk.inquiry.perHour = 1_000
        desk.inquiry.repliesPerHour = 1_000
        desk.limits.sessionsPerParty = Int.random(in: 1...3, using: &random)
        desk.limits.messageBurst = Int.random(in: 10...100, using: &random)
        let profiles = ["kim", "lee", "han"].map { name in
            AgentProfile(
                name: AgentName(name), role: .agent, skills: [], languages: [.korean, .english],
                capacity: Int.random(in: 1...3, using: &random))
        }
        return ServerDayPlan(
            desk: desk, profiles: profiles, reactors: Int.random(in: 1...3, using: &random),
            unsentBytes: [16_384, 32_768, 98_304].randomElement(using: &random) ?? 16_384,
            heldLimit: [20, 200_000].randomElement(using: &random) ?? 20,
            segmentBytes: [16 << 10, 64 << 10, 1 << 20].randomElement(using: &random) ?? 65_536)
    }

    // MARK: Living through it

    /// Nil when the day went well; otherwise what was wrong.
    func run(actions: Int) -> String? {
        begin()
        for _ in 0..<actions where complaints.isEmpty {
            act()
            for _ in 0..<machine.number(0...8) where !machine.step() { break }
            letTimePass()
            peersRead()
            judge()
            if life?.hasFailed == true, machine.chance(30) { crash("the journal failed") }
        }
        if complaints.isEmpty { endInOrder() }
        guard let complaint = complaints.first else { return nil }
        return "seed \(seed): \(complaint)\n" + log.suffix(25).joined(separator: "\n")
    }

    func complain(_ complaint: String) {
        complaints.append(complaint)
    }

    func count(_ happening: Happening) {
        happenings[happening, default: 0] += 1
    }

    func note(_ what: @autoclosure () -> String) {
        log.append("\(machine.now): \(what())")
        if log.count > 200 { log.removeFirst(100) }
    }

    private func letTimePass() {
        switch machine.number(0...99) {
        case 0..<45: break
        case 45..<75: machine.stall(milliseconds: Int64(machine.number(1...30)))
        case 75..<93: machine.pass(milliseconds: Int64(machine.number(1...3_000)))
        default: pass(seconds: machine.number(5...120))
        }
    }

    /// A longer time, in which peers go on reading.
    func pass(seconds: Int) {
        for _ in 0..<min(seconds, 20) where complaints.isEmpty {
            machine.pass(milliseconds: Int64(max(1_000, seconds * 1_000 / 20)))
            peersRead()
        }
    }

    private func readDurable() {
        durable.read(dataFolder) { disk.safeBytes(of: $0) }
        for complaint in durable.takeComplaints() { complain(complaint) }
    }

    var dataFolder: String { "\(folder.path)/life-\(lives)" }

    // MARK: Lives

    private func begin() {
        let number = seed &* 1_000 &+ UInt64(lives)
        let safeNumber = durable.lastNumber
        do {
            let life = try SimulatedLife(plan, folder: dataFolder, disk: disk, on: machine, mails: mails, seed: number)
            self.life = life
            let made: [AnyObject] = [life, life.outbox, life.mailbox]
            parts += made.map { WeakPart(object: $0) }
            if life.report.lastNumber < safeNumber {
                complain("line \(safeNumber) was safe, and \(life.report.lastNumber) is the last one found")
            }
            for reactor in life.reactors {
                reactor.onPost = { [unowned self, unowned life] in
                    if life.hasFailed { complain("something is shown after the journal failed") }
                }
            }
            readDurable()
            note("life \(lives) begins behind line \(life.report.lastNumber)")
        } catch {
            complain("life \(lives) does not begin: \(error)")
        }
    }

    /// The process dies where it stands, and the machine with it.
    func crash(_ why: String) {
        note("crash: \(why)")
        count(life?.hasFailed == true ? .journalFailed : .crashed)
        countReads()
        rememberSessions()
        life?.die()
        life = nil
        machine.removeThreads()
        checkThatLifeIsGone()
        leaveAll()
        machine.stall(milliseconds: Int64(machine.number(100...60_000)))
        moveOn()
    }

    /// Everybody is told, goes, and the journal is closed.
    func restartInOrder() {
        if life?.hasFailed == true { return crash("the journal failed") }
        note("restart in order")
        count(.restarted)
        disk.heal()
        life?.journalQueue.busyUntil = 0
        if let obstacle = life?.drain(on: machine) { complain(obstacle) }
        sayGoodbye()
        guard complaints.isEmpty else { return }
        moveOn()
    }

    /// The next life begins with what survives of this one's files.
    private func moveOn() {
        let old = dataFolder
        lives += 1
        disk.crash(from: old, to: dataFolder, files: DurableJournal.segments(in: old))
        begin()
    }

    private func endInOrder() {
        guard life != nil else { return }
        note("evening")
        if life?.hasFailed == true || disk.failsNextSync { crash("before the evening") }
        checkThatServiceIsBack()
        guard complaints.isEmpty else { return }
        sayGoodbye()
        checkLedgers()
    }

    /// Everybody goes, one way or another; then nothing may be held any more.
    private func sayGoodbye() {
        countReads()
        rememberSessions()
        partWith(life)
        life = nil
        machine.removeThreads()
        checkThatLifeIsGone()
    }

    private func partWith(_ life: SimulatedLife?) {
        guard let life else { return }
        for peer in peers {
            if machine.chance(50) { peer.connection.endInput() } else { peer.connection.reset() }
        }
        pass(seconds: 10)
        leaveAll()
        let left = life.reactors.reduce(0) { $0 + $1.connections.count + $1.sessionCount }
        if left > 0 { complain("\(left) connections and sessions are left when everybody is gone") }
        if life.outbox.heldCount > 0 { complain("the outbox holds \(life.outbox.heldCount) deliveries for ever") }
        if !life.mailbox.isEmpty { complain("the desk's mailbox is not drained") }
        if let failure = life.close() { complain("the journal did not close: \(failure)") }
        life.die()
    }

    private func leaveAll() {
        for peer in peers { leave(peer) }
        peers = []
    }

    private func countReads() {
        if let life { happenings[.filesRead, default: 0] += life.historyQueue.ranCount }
    }

    private func rememberSessions() {
        for reactor in life?.reactors ?? [] {
            parts += reactor.connections.compactMap { $0.session.map { WeakPart(object: $0) } }
        }
    }

    /// Memory returns: no session, and nothing of the server, is kept by anybody.
    private func checkThatLifeIsGone() {
        let kept = parts.compactMap(\.object)
        if !kept.isEmpty { complain("these outlive the server: \(kept)") }
        parts = []
        checkThatEndedSessionsAreGone()
    }

    func checkThatEndedSessionsAreGone() {
        let kept = endedSessions.compactMap(\.object)
        if !kept.isEmpty { complain("these outlive their connection: \(kept)") }
        endedSessions = []
    }
}
