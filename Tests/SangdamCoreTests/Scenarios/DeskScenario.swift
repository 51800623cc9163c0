// A day at the desk as a table that a person can read. Each line is
//
//     seconds  who does what  | what comes of it · in this order
//
// and a line that begins with `|` goes on with what comes of the line above. Before a step the deadlines that are due
// by then are run, each at its own time, so their effects stand in front of the step's own; the step `time` does
// nothing else. Deliveries and closings must be complete and in order; what was written and counted is asked for after
// the table (`lines(of:)`, `counted`).
//
// Customers are c1, c2, …; whoever else acts is an agent. `c1/2` is a second connection of c1. A chat goes by its
// customer: `c1`, and `c1#2` for the second one. The words of the steps are in DeskScenario+Steps.swift, those of the
// effects in DeskScenario+Rendering.swift.

import SangdamCore
import Testing

@testable import SimulationSupport

struct DeskScenario {
    var desk: Desk
    var configuration: DeskConfiguration
    let timetable: Timetable
    var accounts: [AgentName: AccountStanding]
    var edits: [AccountEdit] = []
    /// Of the accounts; 0 until the desk hears of any.
    var generation: UInt64 = 0
    /// Everything that was written so far, as the journal has it.
    var journal: [Record] = []
    /// Everything that was counted since the last `forgetCounts`.
    var observed: [Observation] = []
    var now = Instant.opening

    // What the table's names stand for.
    var handles: [String: SessionHandle] = [:]
    var sessionNames: [SessionHandle: String] = [:]
    var chatNames: [ChatID: String] = [:]
    var chats: [String: ChatID] = [:]
    var chatCounts: [String: Int] = [:]
    var offers: [OfferID: ChatID] = [:]
    /// The newest offer of a chat to an agent, also when it is over.
    var lastOffers: [String: OfferID] = [:]
    /// What became of orders from outside, in words.
    var outcomes: [String] = []
    var receipts: [ChatID: Receipt] = [:]
    private var inquiryCount = 0
    /// Given out, and nobody has said yet how that went.
    var mailUnderWay: OutgoingMail?
    private var lives: UInt64 = 1

    init(
        _ configuration: DeskConfiguration = .sample, agents: [AgentProfile] = [], timetable: Timetable = Timetable(),
        adjust: (inout DeskLimits) -> Void = { _ in }
    ) {
        var configuration = configuration
        adjust(&configuration.limits)
        self.configuration = configuration
        self.timetable = timetable
        accounts = Dictionary(
            agents.map { ($0.name, AccountStanding(profile: $0)) }, uniquingKeysWith: { first, _ in first })
        desk = Desk(configuration: configuration, random: Seeded(1))
        if !timetable.schedules.isEmpty { _ = handle(.timetable(timetable)) }
    }

    /// Plays the table and compares every line.
    mutating func play(_ table: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        for row in try ScenarioRow.rows(of: table) {
            now = max(now, .opening(plus: row.seconds))
            // A server that is down looks at no deadline.
            var effects = row.step.hasPrefix("restart") ? [] : runDueDeadlines()
            effects += try perform(row.step)
            let violations = desk.violations()
            #expect(violations == [], "after: \(row.line)", sourceLocation: sourceLocation)
            let actual = render(effects)
            #expect(
                actual == row.expected, "\(row.line)\n  came: \(actual.joined(separator: " · "))",
                sourceLocation: sourceLocation)
        }
    }

    /// Plays a table of steps alone, whatever comes of them.
    mutating func live(through table: String) throws {
        for row in try ScenarioRow.rows(of: table) {
            now = max(now, .opening(plus: row.seconds))
            _ = runDueDeadlines()
            _ = try perform(row.step)
        }
    }

    /// What is due before `now` happens at its own time.
    private mutating func runDueDeadlines() -> [Effect] {
        let target = now
        var effects: [Effect] = []
        var ticks = 0
        while let due = desk.nextDeadline, due <= target, ticks < 10_000 {
            now = max(due, .opening)
            effects += handle(.tick)
            ticks += 1
        }
        #expect(ticks < 10_000, "deadlines never come to an end")
        now = target
        return effects
    }

    mutating func handle(_ event: Event) -> [Effect] {
        var effects = Effects()
        desk.handle(event, at: now, into: &effects)
        if let outcome = effects.takeOrderOutcome() { outcomes.append(render(outcome)) }
        for effect in effects.list { note(effect) }
        return effects.list
    }

    /// Learns the names of what the desk made.
    private mutating func note(_ effect: Effect) {
        if case .observe(let observation) = effect { observed.append(observation) }
        if case .mail(let mail) = effect { mailUnderWay = mail }
        guard case .record(let record) = effect else { return }
        journal.append(record)
        guard case .chat(let id, _, let event) = record.body else { return }
        switch event {
        case .opened(let opened):
            let customer = "c\(opened.token.low)"
            let count = chatCounts[customer, default: 0] + 1
            chatCounts[customer] = count
            let name = count == 1 ? customer : "\(customer)#\(count)"
            chatNames[id] = name
            chats[name] = id
            receipts[id] = opened.receipt
        case .inquiry(.inquired(let inquired)):
            inquiryCount += 1
            chatNames[id] = "i\(inquiryCount)"
            chats["i\(inquiryCount)"] = id
            receipts[id] = inquired.receipt
        case .offered(let offered):
            offers[offered.offer] = id
            lastOffers["\(offered.agent) \(chatNames[id] ?? "")"] = offered.offer
        default:
            break
        }
    }

    // MARK: Dying and living again

    /// The server dies and a new one reads the journal; nobody is connected any more.
    mutating func restart(fromCheckpoint: Bool) throws -> [Effect] {
        lives += 1
        var next = Desk(configuration: configuration, random: Seeded(lives), timetable: timetable)
        if fromCheckpoint {
            for part in desk.state.checkpoint() { try next.recover(part) }
        } else {
            for record in journal { try next.recover(record) }
        }
        #expect(next.state == desk.state, "the journal leads to another state")
        desk = next
        (handles, mailUnderWay) = ([:], nil)
        generation = 0
        return handle(.restarted)
    }
}

/// One line of a table.
struct ScenarioRow {
    let line: String
    let seconds: Double
    let step: String
    var expected: [String]

    struct Malformed: Error, CustomStringConvertible {
        let description: String
    }

    static func rows(of table: String) throws -> [ScenarioRow] {
        var rows: [ScenarioRow] = []
        for raw in table.split(separator: "\n") {
            let line = trimmed(raw)
            if line.isEmpty || line.hasPrefix("//") { continue }
            let halves = line.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
            let expected =
                halves.count < 2 ? [] : halves[1].split(separator: "·").map { trimmed($0) }.filter { !$0.isEmpty }
            if line.hasPrefix("|") {
                guard !rows.isEmpty else { throw Malformed(description: line) }
                rows[rows.count - 1].expected += expected
                continue
            }
            let words = halves[0].split(separator: " ", maxSplits: 1)
            guard words.count == 2, let seconds = Double(words[0]) else { throw Malformed(description: line) }
            rows.append(ScenarioRow(line: line, seconds: seconds, step: trimmed(words[1]), expected: expected))
        }
        return rows
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
