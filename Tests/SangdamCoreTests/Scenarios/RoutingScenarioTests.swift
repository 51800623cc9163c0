// Which agent is asked: skills, specialists, languages, load and rest.

import SangdamCore
import Testing

@Suite struct RoutingScenarioTests {
    @Test func specialistsAndSkills() throws {
        var day = DeskScenario(agents: [AgentProfile("kim"), AgentProfile("lee", skills: ["tech", "refund"])])
        try day.play(
            """
            0  kim signs in      | kim ← welcome break
            0  lee signs in      | lee ← welcome break
            0  c1 arrives        | c1 ← welcome ko
            0  c2 arrives        | c2 ← welcome ko
            0  c3 arrives        | c3 ← welcome ko
            1  kim is available  | kim ← status available
            // Asks for a specialist: kim has no skill of that name.
            2  c1 enters tech    | c1 ← queued tech 1 nobody
            // Who comes later for something that kim does is not held up.
            3  c2 enters pay     | c2 ← queued pay 1 ~0-30 · kim ← offer c2 pay
            4  lee is available  | lee ← status available · lee ← offer c1 tech · c1 ← queued tech 1 ~251-540
            // lee's skills do not name `pay`.
            5  kim declines c2   | kim ← offer closed c2 declined
            6  lee declines c1   | lee ← offer closed c1 declined
            7  c3 enters refund  | c3 ← queued refund 1 ~0-30 · kim ← offer c3 refund
            """)
    }

    @Test func languageThenLoadThenRestThenName() throws {
        var day = DeskScenario(agents: [
            AgentProfile("han", languages: [.korean], capacity: 3),
            AgentProfile("kim", languages: [.korean], capacity: 3),
            AgentProfile("lee", languages: [.korean, .english], capacity: 3),
        ])
        try day.play(
            """
            0  kim signs in           | kim ← welcome break
            0  lee signs in           | lee ← welcome break
            0  han signs in           | han ← welcome break
            1  kim is auto available  | kim ← status available
            2  lee is auto available  | lee ← status available
            2  han is auto available  | han ← status available
            3  c1 arrives en          | c1 ← welcome en
            3  c2 arrives             | c2 ← welcome ko
            3  c3 arrives             | c3 ← welcome ko
            3  c4 arrives             | c4 ← welcome ko
            3  c5 arrives en          | c5 ← welcome en
            // The language goes before everything else.
            4  c1 enters pay          | c1 ← queued pay 1 ~0-30 · c1 ← started lee · lee ← started c1
            // kim has rested longest of those without a chat.
            5  c2 enters pay          | c2 ← queued pay 1 ~0-30 · c2 ← started kim · kim ← started c2
            6  c3 enters pay          | c3 ← queued pay 1 ~0-30 · c3 ← started han · han ← started c3
            // All have one chat: lee's is the oldest.
            7  c4 enters pay          | c4 ← queued pay 1 ~0-30 · c4 ← started lee · lee ← started c4
            8  c5 enters pay          | c5 ← queued pay 1 ~0-30 · c5 ← started lee · lee ← started c5
            """)
    }

    @Test func theNameBreaksTheLastTie() throws {
        var day = DeskScenario()
        try day.play(
            """
            0  zoe signs in      | zoe ← welcome break
            0  bob signs in      | bob ← welcome break
            0  zoe is available  | zoe ← status available
            0  bob is available  | bob ← status available
            0  c1 arrives        | c1 ← welcome ko
            1  c1 enters pay     | c1 ← queued pay 1 ~0-30 · bob ← offer c1 pay
            """)
    }

    /// A rule about time is in force by being written: nobody arms a deadline for it.
    private struct NotBefore: EligibilityRule {
        let name = "not_before"
        let instant: Instant
        func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
            Verdict(isAllowed: now >= instant, changesAt: now >= instant ? nil : instant)
        }
    }

    @Test func aRuleWithATimeNeedsNoDeadlineOfItsOwn() throws {
        var day = DeskScenario(agents: [AgentProfile("kim")])
        let standard = RoutingPolicy.standard
        day.desk.policy = RoutingPolicy(
            eligibility: standard.eligibility + [NotBefore(instant: .opening(plus: 100))],
            preferences: standard.preferences)
        try day.play(
            """
            0     kim signs in     | kim ← welcome break
            0     kim is available | kim ← status available
            0     c1 arrives       | c1 ← welcome ko
            1     c1 enters pay    | c1 ← queued pay 1 ~0-30
            99.9  time             |
            100   time             | kim ← offer c1 pay
            """)
    }
}
