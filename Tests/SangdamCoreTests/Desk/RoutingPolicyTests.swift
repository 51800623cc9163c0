// Rules of routing as the pure functions that they are.

import SangdamCore
import Testing

@Suite struct RoutingPolicyTests {
    private func agent(
        _ name: AgentName, status: AgentStatus = .available, then: AgentStatus? = nil, isAway: Bool = false,
        capacity: Int = 2, held: Int = 0, offers: Int = 0, skills: [QueueID] = [], languages: [Language] = [.korean],
        resting: Double = 0
    ) -> Agent {
        var agent = Agent(
            profile: AgentProfile(name, skills: skills, languages: languages), status: status,
            statusAfterChats: then, capacity: capacity, autoAccept: false,
            awaySince: isAway ? .opening : nil, restingSince: .opening(plus: resting))
        agent.chats = (0..<held).map { ChatID(high: 1, low: UInt64($0)) }
        agent.offers = (0..<offers).map { ChatID(high: 2, low: UInt64($0)) }
        return agent
    }

    private func chat(_ language: Language = .korean, declines: [Chat.Decline] = []) -> Chat {
        let opened = Opened(
            topic: "pay", language: language, name: nil, token: TokenDigest(high: 0, low: 1),
            receipt: Receipt(bits: 1))
        var chat = Chat(
            id: ChatID(high: 0, low: 1), opened: opened, at: .opening, lastSeq: 1, queue: "pay",
            phase: .waiting(Rank(isHead: false, since: .opening, ordinal: 0)))
        chat.declines = declines
        return chat
    }

    private let open = Queue(id: "pay", labels: Localised([:]))
    private let special = Queue(id: "pay", labels: Localised([:]), needsSpecialist: true)
    private let now = Instant.opening(plus: 100)

    @Test func whoIsEligible() {
        let policy = RoutingPolicy.standard
        let cases: [(String, Agent, Queue, Bool)] = [
            ("free", agent("kim"), open, true),
            ("one slot left", agent("kim", held: 1), open, true),
            ("full of chats", agent("kim", held: 2), open, false),
            ("full with offers", agent("kim", held: 1, offers: 1), open, false),
            ("more than full", agent("kim", capacity: 1, held: 2), open, false),
            ("on break", agent("kim", status: .onBreak), open, false),
            ("offline", agent("kim", status: .offline), open, false),
            ("on the way out", agent("kim", then: .offline), open, false),
            ("away", agent("kim", isAway: true), open, false),
            ("skilled for it", agent("kim", skills: ["pay"]), open, true),
            ("skilled for something else", agent("kim", skills: ["refund"]), open, false),
            ("no specialist", agent("kim"), special, false),
            ("specialist", agent("kim", skills: ["refund", "pay"]), special, true),
        ]
        for (name, agent, queue, expected) in cases {
            #expect(policy.verdict(agent, for: chat(), in: queue, at: now) == Verdict(isAllowed: expected), "\(name)")
        }
    }

    @Test func aDeclineHoldsUntilItsInstant() {
        let declined = chat(declines: [Chat.Decline(agent: "kim", until: now)])
        let policy = RoutingPolicy.standard
        func verdict(_ agent: Agent, at instant: Instant) -> Verdict {
            policy.verdict(agent, for: declined, in: open, at: instant)
        }
        #expect(verdict(agent("lee"), at: .opening) == Verdict(isAllowed: true))
        #expect(verdict(agent("kim"), at: .opening(plus: 99.999)) == Verdict(isAllowed: false, changesAt: now))
        #expect(verdict(agent("kim"), at: now) == Verdict(isAllowed: true))
        // No time gives it to whoever has no free slot.
        #expect(verdict(agent("kim", held: 2), at: .opening) == Verdict(isAllowed: false))
    }

    /// Says no until an instant.
    private struct ClosedUntil: EligibilityRule {
        let name = "closed"
        let instant: Instant
        func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
            Verdict(isAllowed: now >= instant, changesAt: now >= instant ? nil : instant)
        }
    }

    @Test func aNoLastsAsLongAsTheLastRuleThatSaysIt() {
        let standard = RoutingPolicy.standard
        let closed = [50, 70].map { ClosedUntil(instant: .opening(plus: $0)) }
        let policy = RoutingPolicy(eligibility: standard.eligibility + closed, preferences: standard.preferences)
        func choice(_ agents: [Agent], declines: [Chat.Decline] = [], at seconds: Double) -> RoutingChoice {
            policy.choice(of: agents, for: chat(declines: declines), in: open, at: .opening(plus: seconds))
        }
        #expect(choice([agent("kim")], at: 10) == .nobody(until: .opening(plus: 70)))
        #expect(choice([agent("kim")], at: 60) == .nobody(until: .opening(plus: 70)))
        if case .agent(let kim, _) = choice([agent("kim")], at: 70) {
            #expect(kim.name == "kim")
        } else {
            Issue.record("nobody gets it")
        }
        // Of several the first whom time makes eligible counts.
        let pause = [Chat.Decline(agent: "kim", until: now)]
        #expect(choice([agent("kim")], declines: pause, at: 10) == .nobody(until: now))
        #expect(choice([agent("kim"), agent("lee")], declines: pause, at: 10) == .nobody(until: .opening(plus: 70)))
        #expect(choice([agent("kim", held: 2)], at: 10) == .nobody(until: nil))
    }

    @Test func theReasonNamesWinnerRunnerUpAndWhoWasPassedOver() throws {
        let agents = [
            agent("kim"), agent("lee", languages: [.english], resting: 40), agent("han", skills: ["tech"]),
            agent("mia", held: 1, languages: [.english]), agent("bob"),
        ]
        let declined = chat(.english, declines: [Chat.Decline(agent: "bob", until: .opening(plus: 200))])
        let expected = RoutingReason(
            candidates: 5,
            scores: [
                .init(rule: "speaks_language", score: 1), .init(rule: "fewest_chats", score: 0),
                .init(rule: "longest_rest", score: 60_000),
            ],
            runnerUp: .init(
                agent: "mia",
                scores: [
                    .init(rule: "speaks_language", score: 1), .init(rule: "fewest_chats", score: -1),
                    .init(rule: "longest_rest", score: 100_000),
                ]),
            passedOver: [
                .init(agent: "han", rule: "serves_queue"), .init(agent: "bob", rule: "not_declined"),
            ])
        let choice = RoutingPolicy.standard.choice(of: agents, for: declined, in: open, at: now)
        guard case .agent(let best, let why) = choice else {
            Issue.record("nobody gets it")
            return
        }
        #expect(best.name == "lee")
        #expect(why == expected)
        // In whatever order they are looked at.
        for order in [agents.reversed(), agents.sorted { $0.name < $1.name }] {
            let choice = RoutingPolicy.standard.choice(of: order, for: declined, in: open, at: now)
            guard case .agent(let best, let why) = choice else {
                Issue.record("nobody gets it")
                return
            }
            #expect(best.name == "lee")
            #expect(why.runnerUp == expected.runnerUp)
        }
    }

    @Test func noMoreThanEightWhoWerePassedOverAreNamed() {
        let strangers = (1...20).map { agent(AgentName("agent-\($0)"), skills: ["tech"]) }
        let choice = RoutingPolicy.standard.choice(of: strangers + [agent("kim")], for: chat(), in: open, at: now)
        guard case .agent(_, let why) = choice else {
            Issue.record("nobody gets it")
            return
        }
        #expect(why.candidates == 21)
        #expect(why.passedOver.map(\.agent) == strangers.prefix(8).map(\.name))
        #expect(why.runnerUp == nil)
    }

    @Test func whoIsBest() {
        let cases: [(String, [Agent], Language, AgentName?)] = [
            ("nobody", [], .korean, nil),
            ("nobody eligible", [agent("kim", status: .onBreak)], .korean, nil),
            ("the language first", [agent("kim"), agent("lee", held: 1, languages: [.english])], .english, "lee"),
            ("better without it than nobody", [agent("kim")], .japanese, "kim"),
            ("then the fewest chats", [agent("kim", held: 1), agent("lee", resting: 50)], .korean, "lee"),
            ("offers count", [agent("kim", offers: 1), agent("lee", resting: 50)], .korean, "lee"),
            ("then the longest rest", [agent("kim", resting: 5), agent("lee", resting: 4)], .korean, "lee"),
            ("then the name", [agent("lee"), agent("kim"), agent("mia")], .korean, "kim"),
        ]
        for (name, agents, language, expected) in cases {
            for order in [agents, agents.reversed()] {
                let choice = RoutingPolicy.standard.choice(of: order, for: chat(language), in: open, at: now)
                var best: AgentName?
                if case .agent(let agent, _) = choice { best = agent.name }
                #expect(best == expected, "\(name)")
            }
        }
    }
}
