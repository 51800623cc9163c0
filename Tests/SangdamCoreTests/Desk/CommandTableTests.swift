// The command table, row by row: who may say what, what it costs, whether it writes.

import SangdamCore
import Testing

@testable import SimulationSupport

@Suite struct CommandTableTests {
    private struct Row: Equatable {
        let name: String
        let roles: String
        let cost: String
        let writes: Bool
    }

    private let chat = ChatID(high: 0, low: 1)

    /// c: customers, a: agents and supervisors.
    private var table: [(Command, Row)] {
        [
            (.topics, Row(name: "topics", roles: "ca", cost: "message", writes: false)),
            (.enter(topic: "pay", intake: nil), Row(name: "enter", roles: "c", cost: "message", writes: true)),
            (.intake(Intake()), Row(name: "intake", roles: "c", cost: "message", writes: true)),
            (.hangUp, Row(name: "leave", roles: "c", cost: "free", writes: true)),
            (.leave, Row(name: "leave", roles: "c", cost: "free", writes: true)),
            (.rate(score: 5, comment: nil), Row(name: "rate", roles: "c", cost: "message", writes: true)),
            (.position, Row(name: "queue", roles: "c", cost: "message", writes: false)),
            (.transcript, Row(name: "transcript", roles: "c", cost: "message", writes: false)),
            (.language(.english), Row(name: "lang", roles: "c", cost: "message", writes: true)),
            (.say(chat: chat, id: nil, text: "x"), Row(name: "say", roles: "ca", cost: "message", writes: true)),
            (.typing(chat: chat, isOn: true), Row(name: "typing", roles: "ca", cost: "free", writes: false)),
            (.seen(chat: chat, seq: 1), Row(name: "seen", roles: "ca", cost: "free", writes: false)),
            (.status(StatusChange()), Row(name: "status", roles: "a", cost: "free", writes: true)),
            (.accept(OfferID(high: 0, low: 1)), Row(name: "accept", roles: "a", cost: "free", writes: true)),
            (
                .decline(OfferID(high: 0, low: 1), reason: nil),
                Row(name: "decline", roles: "a", cost: "free", writes: true)
            ),
            (.note(chat: chat, id: nil, text: "x"), Row(name: "note", roles: "a", cost: "free", writes: true)),
            (
                .transfer(chat: chat, to: .queue("pay"), kind: .cold),
                Row(name: "transfer", roles: "a", cost: "free", writes: true)
            ),
            (.end(chat: chat), Row(name: "end", roles: "a", cost: "free", writes: true)),
            (.wrapUp(chat: chat, WrapUpReport()), Row(name: "wrapup", roles: "a", cost: "free", writes: true)),
        ]
    }

    @Test func everyRow() {
        for (command, expected) in table {
            let rule = command.rule
            let roles = (rule.allows(.customer) ? "c" : "") + (rule.allows(.agent) ? "a" : "")
            let row = Row(name: rule.name, roles: roles, cost: "\(rule.cost)", writes: rule.writes)
            #expect(row == expected)
            #expect(rule.allows(.supervisor) == rule.allows(.agent), "\(rule.name)")
        }
    }

    /// Whoever may not is told so, and the command goes no further; whoever may is told anything else.
    @Test func theDeskAsksTheTable() {
        for (command, row) in table {
            var desk = Desk(configuration: .sample, random: Seeded(1))
            var effects = Effects()
            let (customer, agent) = (SessionHandle(rawValue: 1), SessionHandle(rawValue: 2))
            let hello = CustomerHello(
                session: SessionID(high: 0, low: 1), language: .korean, name: nil,
                token: IssuedToken(secret: "secret", digest: TokenDigest(high: 0, low: 1)), resume: nil)
            desk.handle(.customerHello(customer, hello), at: .opening, into: &effects)
            let agentHello = AgentHello(
                session: SessionID(high: 0, low: 2), profile: AgentProfile("kim"), generation: 0, language: .korean)
            desk.handle(.agentHello(agent, agentHello), at: .opening, into: &effects)
            for (handle, role) in [(customer, "c"), (agent, "a")] {
                var effects = Effects()
                desk.handle(.command(handle, command), at: .opening, into: &effects)
                let isRefused = effects.list.contains { effect in
                    if case .deliver(_, .error(let refusal)) = effect { refusal.code == .notAllowed } else { false }
                }
                #expect(isRefused == !row.roles.contains(role), "\(row.name) by \(role)")
            }
        }
    }
}
