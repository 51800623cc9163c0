// Which agent gets which chat: who is eligible, then who is best; the name breaks the last tie. Rules are pure
// functions, so that every assignment can be explained afterwards.

/// What a rule says of a chat and an agent, and until when it says so.
package struct Verdict: Sendable, Equatable {
    package let isAllowed: Bool
    /// When time alone makes the answer another one; nil when only an event can. The desk asks again then: a rule about
    /// time is in force by being written, and needs no deadline of its own.
    package let changesAt: Instant?

    package init(isAllowed: Bool, changesAt: Instant? = nil) {
        self.isAllowed = isAllowed
        self.changesAt = changesAt
    }
}

/// Says whether an agent may get a chat at all.
package protocol EligibilityRule: Sendable {
    /// A short word for the reasons that records keep; it never changes.
    var name: String { get }
    func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict
}

/// Says how well an agent fits; of two scores the higher wins, equal ones leave it to the next rule.
package protocol RoutingRule: Sendable {
    /// A short word for the reasons that records keep; it never changes.
    var name: String { get }
    func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64
}

/// Who gets a chat.
package enum RoutingChoice: Sendable, Equatable {
    case agent(Agent, RoutingReason)
    /// Nobody whom it was looked at for; nil when no time changes that.
    case nobody(until: Instant?)
}

/// The rules in force: all of `eligibility` must allow, then `preferences` decide in their order.
package struct RoutingPolicy: Sendable {
    package let eligibility: [any EligibilityRule]
    package let preferences: [any RoutingRule]

    /// What a record keeps of them is bounded: how many preferences, and how long a rule's name is.
    package init(eligibility: [any EligibilityRule], preferences: [any RoutingRule]) {
        precondition(preferences.count <= RoutingReason.scoreLimit, "more preferences than a record keeps scores")
        for name in eligibility.map(\.name) + preferences.map(\.name) {
            precondition((1...RoutingReason.ruleLimitBytes).contains(name.utf8.count), "no name for a rule: \(name)")
        }
        self.eligibility = eligibility
        self.preferences = preferences
    }

    package static let standard = RoutingPolicy(
        eligibility: [HasFreeSlot(), ServesQueue(), HasNotDeclined()],
        preferences: [SpeaksLanguage(), HasFewestChats(), HasRestedLongest()])

    /// All rules together. A no changes when the last of the rules that say it does, and never by itself when one of
    /// them does not.
    package func verdict(_ agent: Agent, for chat: Chat, in queue: Queue, at now: Instant) -> Verdict {
        judge(agent, for: chat, in: queue, at: now).verdict
    }

    /// The verdict with the first rule that says no.
    private func judge(
        _ agent: Agent, for chat: Chat, in queue: Queue, at now: Instant
    ) -> (verdict: Verdict, refusing: Int?) {
        var last: Instant?
        var refusing: Int?
        for (index, rule) in eligibility.enumerated() {
            let verdict = rule.verdict(chat, agent, in: queue, at: now)
            if verdict.isAllowed { continue }
            refusing = refusing ?? index
            guard let instant = verdict.changesAt else { return (Verdict(isAllowed: false), refusing) }
            last = max(last ?? instant, instant)
        }
        return (Verdict(isAllowed: refusing == nil, changesAt: last), refusing)
    }

    /// The best of `candidates` and why; when none may have the chat, when that changes by time alone.
    package func choice(
        of candidates: [Agent], for chat: Chat, in queue: Queue, at now: Instant
    ) -> RoutingChoice {
        var (best, second): (Int?, Int?)
        var next: Instant?
        // Who was passed over, by index, and the rule: without a list, as most chats are looked at for nobody.
        var refused = InlineArray<8, (agent: Int, rule: Int)>(repeating: (0, 0))
        var refusedCount = 0
        for index in candidates.indices {
            let (verdict, refusing) = judge(candidates[index], for: chat, in: queue, at: now)
            if let refusing {
                if refusedCount < refused.count {
                    refused[refusedCount] = (index, refusing)
                    refusedCount += 1
                }
                if let instant = verdict.changesAt { next = min(next ?? instant, instant) }
            } else if best.map({ isBetter(candidates[index], than: candidates[$0], for: chat, at: now) }) ?? true {
                (best, second) = (index, best)
            } else if second.map({ isBetter(candidates[index], than: candidates[$0], for: chat, at: now) }) ?? true {
                second = index
            }
        }
        guard let best else { return .nobody(until: next) }
        let passedOver = (0..<refusedCount).map { number in
            RoutingReason.PassedOver(
                agent: candidates[refused[number].agent].name, rule: eligibility[refused[number].rule].name)
        }
        let reason = RoutingReason(
            candidates: candidates.count, scores: scores(candidates[best], for: chat, at: now),
            runnerUp: second.map {
                .init(agent: candidates[$0].name, scores: scores(candidates[$0], for: chat, at: now))
            },
            passedOver: passedOver)
        return .agent(candidates[best], reason)
    }

    private func isBetter(_ agent: Agent, than other: Agent, for chat: Chat, at now: Instant) -> Bool {
        for rule in preferences {
            let (score, otherScore) = (rule.score(chat, agent, at: now), rule.score(chat, other, at: now))
            if score != otherScore { return score > otherScore }
        }
        return agent.name < other.name
    }

    private func scores(_ agent: Agent, for chat: Chat, at now: Instant) -> [RoutingReason.Score] {
        preferences.map { .init(rule: $0.name, score: $0.score(chat, agent, at: now)) }
    }
}

/// On duty and below capacity.
package struct HasFreeSlot: EligibilityRule {
    package var name: String { "free_slot" }

    package func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
        Verdict(isAllowed: agent.hasFreeSlot)
    }
}

/// By the skills of the account; see `Agent.serves`.
package struct ServesQueue: EligibilityRule {
    package var name: String { "serves_queue" }

    package func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
        Verdict(isAllowed: agent.serves(queue))
    }
}

/// Not within the pause after declining this very chat.
package struct HasNotDeclined: EligibilityRule {
    package var name: String { "not_declined" }

    package func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
        let pause = chat.declines.first { $0.agent == agent.name && $0.until > now }
        return Verdict(isAllowed: pause == nil, changesAt: pause?.until)
    }
}

/// 1 for agents whose account names the customer's language.
package struct SpeaksLanguage: RoutingRule {
    package var name: String { "speaks_language" }

    package func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64 {
        agent.profile.languages.contains(chat.language) ? 1 : 0
    }
}

/// Fewer held slots score higher.
package struct HasFewestChats: RoutingRule {
    package var name: String { "fewest_chats" }

    package func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64 {
        -Int64(agent.usedSlots)
    }
}

/// Milliseconds since the agent last got or missed a chat.
package struct HasRestedLongest: RoutingRule {
    package var name: String { "longest_rest" }

    package func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64 {
        (now - agent.restingSince).milliseconds
    }
}

extension Agent {
    package func serves(_ queue: Queue) -> Bool { profile.serves(queue) }
}

extension AgentProfile {
    /// Without skills of their own, agents serve every queue that asks for no specialist.
    package func serves(_ queue: Queue) -> Bool {
        skills.isEmpty ? !queue.needsSpecialist : skills.contains(queue.id)
    }
}
