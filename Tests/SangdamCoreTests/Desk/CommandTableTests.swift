// Who may ask for what, and when: every command, said by each party in each phase of a chat, and what must follow from
// the command's row.

import Testing

@testable import SangdamCore
@testable import SimulationSupport

@Suite struct CommandTableTests {
    /// c1's chat with kim; lee is a colleague who has nothing to do with it.
    enum Phase: Int, CaseIterable {
        case none, waiting, offered, active, wrapUp, ended
    }

    struct Cell: CustomStringConvertible {
        let phase: Phase
        let step: String
        /// The code of the refusal; nil when there is none.
        let refusal: String?

        var description: String { "\(phase): \(step) | \(refusal ?? "·")" }
    }

    /// Columns as in `Phase`; a cell is the refusal's code, or `·` for none. One word stands for all six.
    private static let table = """
        asks topics              | ·
        enters pay               | · already_in_chat already_in_chat already_in_chat · ·
        tells what=card          | no_chat · · · no_chat no_chat
        hangs up                 | ·
        leaves                   | no_chat · · · no_chat no_chat
        rates 5                  | nothing_to_rate nothing_to_rate nothing_to_rate nothing_to_rate · ·
        asks position               | no_chat · · · no_chat no_chat
        asks transcript          | no_chat · · · · ·
        speaks en                | ·
        searches refund          | ·
        was helped               | ·
        says Hello               | no_chat · · · chat_not_active chat_not_active
        types on                 | no_chat · · · no_chat no_chat
        saw 1                    | no_chat · · · no_chat no_chat
        inquires pay             | · · · already_in_chat · ·
        looks i1                 | ·
        adds i1 #1 More          | ·
        """

    /// Whoever holds the chat: nobody, nobody, nobody, kim, kim, nobody.
    private static let agentsTable = """
        asks topics              | ·
        searches refund          | ·
        was helped               | ·
        says c1 Hello            | unknown_chat unknown_chat unknown_chat · chat_not_active unknown_chat
        types c1 on              | unknown_chat unknown_chat unknown_chat · · unknown_chat
        saw c1 1                 | unknown_chat unknown_chat unknown_chat · · unknown_chat
        notes c1 calm            | unknown_chat unknown_chat unknown_chat · · unknown_chat
        transfers c1 to queue refund | unknown_chat unknown_chat unknown_chat · chat_not_active unknown_chat
        ends c1                  | unknown_chat unknown_chat unknown_chat · chat_not_active unknown_chat
        wraps c1                 | unknown_chat unknown_chat unknown_chat chat_not_active · unknown_chat
        accepts c1               | unknown_offer unknown_offer · unknown_offer unknown_offer unknown_offer
        declines c1              | unknown_offer unknown_offer · unknown_offer unknown_offer unknown_offer
        is break                 | ·
        lists                    | ·
        takes i1                 | ·
        answers i1 #1 Soon       | inquiry_not_taken
        answers i2 #1 Soon       | ·
        releases i2              | ·
        closes i2                | ·
        """

    private static let supervisorsTable = """
        overrides pay closed     | ·
        """

    /// The cells of a table, each said by `party`.
    private static func cells(_ table: String, by party: String) -> [Cell] {
        table.split(separator: "\n").flatMap { row -> [Cell] in
            let halves = row.split(separator: "|").map { $0.split(separator: " ").joined(separator: " ") }
            let codes = halves[1].split(separator: " ").map(String.init)
            return Phase.allCases.map { phase in
                let code = codes.count == 1 ? codes[0] : codes[phase.rawValue]
                return Cell(phase: phase, step: "\(party) \(halves[0])", refusal: code == "·" ? nil : code)
            }
        }
    }

    private static let own =
        cells(table, by: "c1") + cells(agentsTable, by: "kim")
        + cells(supervisorsTable, by: "sue")

    /// What the other role says is not allowed in any phase; what nobody but the holder may say of a chat is a chat
    /// that a colleague does not know.
    private static var strangers: [Cell] {
        let shared = ["asks topics", "searches", "was", "says", "types", "saw"]
        func isShared(_ cell: Cell) -> Bool { shared.contains { cell.step.contains(" \($0)") } }
        let others =
            cells(agentsTable, by: "c1") + cells(table, by: "kim") + cells(supervisorsTable, by: "c1")
            + cells(supervisorsTable, by: "kim")
        let colleague = cells(agentsTable, by: "lee").filter { $0.step.contains("c1") }
        return others.filter { !isShared($0) }.map { Cell(phase: $0.phase, step: $0.step, refusal: "not_allowed") }
            + colleague.map { cell in
                let isOffer = cell.step.contains("accepts") || cell.step.contains("declines")
                return Cell(phase: cell.phase, step: cell.step, refusal: isOffer ? "unknown_offer" : "unknown_chat")
            }
    }

    private func day(in phase: Phase, messageBurst: Int = 20) throws -> DeskScenario {
        var day = DeskScenario(agents: [
            AgentProfile("kim"), AgentProfile("lee"), AgentProfile("sue", role: .supervisor),
        ]) { $0.messageBurst = messageBurst }
        let course = [
            [
                "c1 arrives", "kim signs in", "lee signs in", "sue signs in", "c9 arrives", "c9 inquires pay",
                "c9 inquires pay", "kim takes i2",
            ], ["c1 enters pay"], ["kim is available"],
            ["kim accepts c1"],
            ["kim ends c1"], ["kim wraps c1"],
        ]
        for step in course[...phase.rawValue].joined() { _ = try day.perform(step) }
        return day
    }

    @Test(arguments: own + strangers) func refusedAsThePhaseSays(_ cell: Cell) throws {
        var day = try day(in: cell.phase)
        let party = String(cell.step.prefix { $0 != " " })
        let effects = try day.perform(cell.step)
        let refusals = effects.compactMap { effect -> String? in
            guard case .deliver(let session, .error(let refusal)) = effect else { return nil }
            #expect(session == day.handles[party], "whoever asked is told")
            return refusal.code.rawValue
        }
        #expect(refusals == (cell.refusal.map { [$0] } ?? []))
        guard cell.refusal != nil else { return }
        for effect in effects {
            switch effect {
            case .record: Issue.record("a refused command writes")
            case .deliver(_, .error), .observe(.refused): break
            case .deliver, .history, .search, .close, .mail, .observe:
                Issue.record("a refused command does something: \(effect)")
            }
        }
    }

    /// The row says whether a command writes and what it costs; here is what it does.
    @Test func theRowsSayWhatTheCommandsDo() throws {
        var writing: [String: Set<Bool>] = [:]
        for cell in Self.own {
            var day = try day(in: cell.phase)
            let words = cell.step.split(separator: " ").map(String.init)
            let command = try #require(try day.command(words[1], Array(words.dropFirst(2)), of: words[0]))
            let effects = try day.perform(cell.step)
            let hasWritten = effects.contains { if case .record = $0 { true } else { false } }
            #expect(command.rule.writes || !hasWritten, "\(cell) writes")
            if command.rule.writes { writing[words[1], default: []].insert(hasWritten) }
        }
        // None is said to write without ever doing so.
        for (verb, found) in writing { #expect(found.contains(true), "\(verb) never writes") }
    }

    /// Each row's name, cost, and whether it writes.
    private static let rows = """
        c1  asks topics               | topics message
        c1  enters pay                | enter message writes
        c1  tells what=card           | intake message writes
        c1  hangs up                  | leave free writes
        c1  leaves                    | leave free writes
        c1  rates 5                   | rate message writes
        c1  asks position             | queue message
        c1  asks transcript           | transcript message
        c1  speaks en                 | lang message writes
        c1  searches refund           | faq message
        c1  was helped                | faq_helped message
        c1  says Hello                | say message writes
        c1  types on                  | typing free
        c1  saw 1                     | seen free
        kim is break                  | status free writes
        kim accepts c1                | accept free writes
        kim declines c1               | decline free writes
        kim notes c1 calm             | note free writes
        kim transfers c1 to queue pay | transfer free writes
        kim ends c1                   | end free writes
        kim wraps c1                  | wrapup free writes
        c1  inquires pay              | inquire message writes
        c1  looks i9                  | inquiry message
        c1  adds i9 #1 More           | reply message writes
        kim lists                     | inquiries free
        kim takes i9                  | take free writes
        kim answers i9 #1 Soon        | answer free writes
        kim releases i9               | release free writes
        kim closes i9                 | close free writes
        """

    @Test(arguments: rows.split(separator: "\n")) func theRowIs(row: Substring) throws {
        let halves = row.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
        let (step, expected) = (halves[0], halves[1])
        let command = try #require(try day(in: .none).command(step[1], Array(step.dropFirst(2)), of: step[0]))
        let rule = command.rule
        #expect([rule.name, "\(rule.cost)"] + (rule.writes ? ["writes"] : []) == expected)
    }

    /// Whoever has used up the allowance is refused what costs something, and nothing else.
    @Test(arguments: own) func whatCostsIsRefusedWhenTheAllowanceIsUsedUp(_ cell: Cell) throws {
        var day = try day(in: cell.phase, messageBurst: cell.phase == .none ? 1 : 2)
        _ = try day.perform("c1 asks topics")
        let words = cell.step.split(separator: " ").map(String.init)
        let command = try #require(try day.command(words[1], Array(words.dropFirst(2)), of: words[0]))
        let codes = try day.perform(cell.step).compactMap { effect -> RefusalCode? in
            if case .deliver(_, .error(let refusal)) = effect { refusal.code } else { nil }
        }
        // What the phase refuses is refused by the phase, and an answer that nothing is there costs, too.
        let isPaid = words[0] == "c1" && command.rule.cost == .message
        if isPaid, cell.refusal == nil || words[2] == "position" {
            #expect(codes == [.rateLimited])
        } else {
            #expect(!codes.contains(.rateLimited))
        }
    }
}
