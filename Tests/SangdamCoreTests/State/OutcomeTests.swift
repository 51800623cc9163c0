// What the desk decides stands in its records, so that whoever has the records needs nothing else: no limit, no rule,
// no version. And what records of formats 1 and 2 leave unsaid leads to what it led to then.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct OutcomeTests {
    /// Everything that is decided beside the event: pauses, one that displaces another, unanswered offers, transfers,
    /// the head of the queue, a removed account, and agents who left for good.
    private static let day = """
        0    kim signs in
        0    lee signs in
        0    mia signs in
        0    kim is available
        0    c1 arrives
        1    c1 enters pay
        2    kim declines c1
        3    lee is available
        24   time
        25   lee accepts c1
        26   lee transfers c1 to queue refund
        27   lee is break
        60   c2 arrives
        61   c2 enters pay
        62   mia is available
        70   kim lost
        80   mia accepts c1
        90   mia lost
        200  kim signs in
        200  accounts read
        201  account lee removed
        210  kim is available
        215  kim accepts c2
        216  kim ends c2
        217  kim wraps c2
        300  kim leaves by hand
        900  mia signs in
        950  mia leaves by hand
        """

    private func lived(
        _ adjust: (inout DeskLimits) -> Void = { _ in }, through more: String = ""
    ) throws -> DeskScenario {
        var scenario = DeskScenario(
            agents: [AgentProfile("kim"), AgentProfile("lee"), AgentProfile("mia")], adjust: adjust)
        try scenario.live(through: Self.day + "\n" + more)
        return scenario
    }

    private func replay(_ records: [Record]) throws -> DeskState {
        var state = DeskState()
        for record in records { try state.apply(record) }
        return state
    }

    /// As formats 1 and 2 had it.
    private func asOlder(_ record: Record) -> Record? {
        switch record.body {
        case .agentForgotten, .configured, .hours: return nil
        case .restarted: return record
        case .agent(var agent):
            agent.tally = nil
            return Record(at: record.at, body: .agent(agent))
        case .account(var account):
            account.forgetsAgent = nil
            return Record(at: record.at, body: .account(account))
        case .chat(let id, let seq, let event):
            return Record(at: record.at, body: .chat(id, seq: seq, asOlder(event)))
        }
    }

    private func asOlder(_ event: ChatRecord) -> ChatRecord {
        switch event {
        case .queued(let queued): return .queued(Queued(queue: queued.queue, cause: queued.cause))
        case .offered(var offered):
            offered.why = nil
            return .offered(offered)
        case .offerClosed(let closed):
            return .offerClosed(OfferClosed(closed.offer, closed.agent, closed.outcome, reason: closed.reason))
        case .started(let started):
            return .started(Started(agent: started.agent, offer: started.offer, waited: started.waited))
        case .transferred(let transferred):
            return .transferred(
                Transferred(from: transferred.from, to: transferred.target, kind: transferred.kind))
        case .wrappedUp(let agent, let cause, let report, _): return .wrappedUp(agent, cause, report)
        case .opened, .intake, .message, .note, .away, .back, .reminded, .delayed, .language, .ended, .rated, .closed,
            .inquiry:
            return event
        }
    }

    @Test func theRecordsAloneLeadToTheStateWhateverTheLimitsWere() throws {
        let usual = try lived()
        let unusual = try lived {
            $0.declinePause = .seconds(7)
            $0.pausesPerChat = 1
            $0.agentMemory = .seconds(100)
            $0.unansweredUntilBreak = 5
        }
        for scenario in [usual, unusual] { #expect(try replay(scenario.journal) == scenario.desk.state) }
        #expect(unusual.desk.state.agents.keys.sorted() == ["mia"])
    }

    @Test func pastTheBoundTheOldestPauseEnds() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee")]) { $0.pausesPerChat = 1 }
        try day.play(
            """
            0    kim signs in       | kim ← welcome break
            0    kim is available   | kim ← status available
            1    lee signs in       | lee ← welcome break
            1    lee is available   | lee ← status available
            2    c1 arrives         | c1 ← welcome ko
            2    c1 enters pay      | c1 ← queued pay 1 ~0-30 · kim ← offer c1 pay
            3    kim declines c1    | kim ← offer closed c1 declined · lee ← offer c1 pay
            4    lee declines c1    | lee ← offer closed c1 declined · kim ← offer c1 pay
            """)
        #expect(try replay(day.journal) == day.desk.state)
    }

    @Test func whatOlderRecordsLeaveUnsaidIsWhatItWas() throws {
        let month = "\(31 * 86_400)  kim signs in\n\(31 * 86_400)  kim is available"
        let usual = try lived(through: month)
        #expect(usual.desk.state.agents.keys.sorted() == ["kim"])
        var expected = usual.desk.state.checkpoint()
        let found = try replay(usual.journal.compactMap(asOlder)).checkpoint()
        // Nobody wrote which configuration was in force.
        if case .desk(let head) = expected[0] {
            expected[0] = .desk(
                DeskCheckpoint(
                    nextOrdinal: head.nextOrdinal, lastAccountEdit: head.lastAccountEdit, entries: head.entries))
        }
        #expect(found == expected)
        // It is the numbers of then that count, not those of now.
        let unusual = try lived { $0.declinePause = .seconds(7) }
        #expect(try replay(unusual.journal.compactMap(asOlder)) != unusual.desk.state)
    }

    /// A message is copied at this size from the desk to the journal.
    @Test func whatIsDecidedMakesNoMessageLarger() {
        #expect(MemoryLayout<ChatRecord>.size <= MemoryLayout<StoredMessage>.size + 1)
    }

    // MARK: Configuration

    private func configurations(_ scenario: DeskScenario) -> [ConfigurationRecord] {
        scenario.journal.compactMap { if case .configured(let configured) = $0.body { configured } else { nil } }
    }

    @Test func theConfigurationIsWrittenWhereTheJournalKnowsAnother() throws {
        var scenario = DeskScenario()
        #expect(configurations(scenario) == [])
        _ = scenario.handle(.restarted)
        #expect(configurations(scenario).count == 1)
        for fromCheckpoint in [false, true] { _ = try scenario.restart(fromCheckpoint: fromCheckpoint) }
        _ = scenario.handle(.configured(scenario.configuration))
        #expect(configurations(scenario).count == 1)
        var other = scenario.configuration
        other.queues[0].priority = 3
        other.limits.offerTimeout = .seconds(11)
        other.limits.unansweredUntilBreak = 7
        other.limits.declinePause = .seconds(5)
        other.limits.queueLength = 13
        _ = scenario.handle(.configured(other))
        _ = scenario.handle(.configured(other))
        let written = configurations(scenario)
        #expect(written.count == 2)
        #expect(written[0].queues.map(\.priority) == [0, 0, 10, 0])
        #expect(
            written[1]
                == ConfigurationRecord(
                    fingerprint: other.fingerprint,
                    queues: [
                        .init(queue: "pay", priority: 3, needsSpecialist: false),
                        .init(queue: "refund", priority: 0, needsSpecialist: false),
                        .init(queue: "fraud", priority: 10, needsSpecialist: false),
                        .init(queue: "tech", priority: 0, needsSpecialist: true),
                    ], offerTimeout: .seconds(11), unansweredUntilBreak: 7, declinePause: .seconds(5), queueLength: 13))
        #expect(scenario.desk.state.configuration == written[1])
    }

    // MARK: A chat whose `queued` a crash cut off

    @Test(arguments: [1, 2])
    func whatACrashLeftWithoutAQueueIsClosed(lines: Int) throws {
        var scenario = DeskScenario()
        try scenario.play(
            """
            0    c1 arrives              | c1 ← welcome ko
            1    c1 enters pay what=lost | c1 ← queued pay 1 nobody
            """)
        let chat = try #require(scenario.chats["c1"])
        #expect(scenario.lines(of: "c1") == ["opened pay ko", "intake", "queued pay entered"])
        for fromCheckpoint in [false, true] {
            var cut = Desk(configuration: .sample, random: Seeded(2))
            let records = scenario.journal.prefix(lines)
            if fromCheckpoint {
                for part in try replay(Array(records)).checkpoint() { try cut.recover(part) }
            } else {
                for record in records { try cut.recover(record) }
            }
            #expect(cut.state.chats[chat]?.phase == .opened)
            var effects = Effects()
            cut.handle(.restarted, at: .opening(plus: 2), into: &effects)
            #expect(cut.violations() == [])
            #expect(cut.state.chats.isEmpty && cut.state.tokens.isEmpty)
            let written = effects.list.compactMap { effect -> ChatRecord? in
                guard case .record(let record) = effect, case .chat(chat, _, let event) = record.body else {
                    return nil
                }
                return event
            }
            #expect(written == [.closed])
        }
    }

    @Test func theChatBeforeIsTheCustomersAgain() throws {
        var day = DeskScenario()
        try day.play(
            """
            0    c1 arrives    | c1 ← welcome ko
            1    c1 enters pay | c1 ← queued pay 1 nobody
            2    c1 leaves     | c1 ← ended c1 customer_left
            3    c1 enters pay | c1 ← queued pay 1 nobody
            """)
        // The last line is the second chat's `queued`.
        var state = try replay(day.journal.dropLast())
        let second = try #require(day.chats["c1#2"])
        try state.apply(Record(at: day.now, body: .chat(second, seq: 2, .closed)))
        #expect(state.tokens.map(\.value) == [try #require(day.chats["c1"])])
        var restored = DeskState()
        for part in state.checkpoint() { try restored.restore(part) }
        #expect(restored == state)
    }

    /// Formats 1 and 2 kept such a chat as ended without a reason.
    @Test func anOlderCheckpointsChatWithoutAQueueIsOneToo() throws {
        let opened = Opened(
            topic: "pay", language: .korean, name: nil, token: TokenDigest(high: 0, low: 1),
            receipt: Receipt(bits: 1))
        let chat = Chat(
            id: ChatID(high: 0, low: 1), opened: opened, at: .opening, lastSeq: 1, queue: "",
            phase: .ended(since: .opening))
        var state = DeskState()
        try state.restore(.chat(chat))
        #expect(state.chats[chat.id]?.phase == .opened)
    }
}
