// Which agent gets which chat: who is eligible, then who is best; the name breaks the last tie. Rules are pure
// functions, so that every assignment can be explained afterwards.

/// Says whether an agent may get a chat at all.
package protocol EligibilityRule: Sendable {
    func allows(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Bool
}

/// Says how well an agent fits; of two scores the higher wins, equal ones leave it to the next rule.
package protocol RoutingRule: Sendable {
    func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64
}

/// The rules in force: all of `eligibility` must allow, then `preferences` decide in their order.
package struct RoutingPolicy: Sendable {
    package var eligibility: [any EligibilityRule]
    package var preferences: [any RoutingRule]

    package init(eligibility: [any EligibilityRule], preferences: [any RoutingRule]) {
        self.eligibility = eligibility
        self.preferences = preferences
    }

    package static let standard = RoutingPolicy(
        eligibility: [HasFreeSlot(), ServesQueue(), HasNotDeclined()],
        preferences: [SpeaksLanguage(), HasFewestChats(), HasRestedLongest()])

    package func isEligible(_ agent: Agent, for chat: Chat, in queue: Queue, at now: Instant) -> Bool {
        eligibility.allSatisfy { $0.allows(chat, agent, in: queue, at: now) }
    }

    /// The best of `candidates` that is eligible; nil when none is.
    package func best(
        of candidates: some Sequence<Agent>, for chat: Chat, in queue: Queue, at now: Instant
    ) -> Agent? {
        var best: Agent?
        for agent in candidates where isEligible(agent, for: chat, in: queue, at: now) {
            guard let other = best else {
                best = agent
                continue
            }
            if isBetter(agent, than: other, for: chat, at: now) { best = agent }
        }
        return best
    }

    private func isBetter(_ agent: Agent, than other: Agent, for chat: Chat, at now: Instant) -> Bool {
        for rule in preferences {
            let (score, otherScore) = (rule.score(chat, agent, at: now), rule.score(chat, other, at: now))
            if score != otherScore { return score > otherScore }
        }
        return agent.name < other.name
    }
}

/// On duty and below capacity.
package struct HasFreeSlot: EligibilityRule {
    package func allows(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Bool {
        agent.hasFreeSlot
    }
}

/// By the skills of the account; see `Agent.serves`.
package struct ServesQueue: EligibilityRule {
    package func allows(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Bool {
        agent.serves(queue)
    }
}

/// Not within the pause after declining this very chat.
package struct HasNotDeclined: EligibilityRule {
    package func allows(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Bool {
        !chat.declines.contains { $0.agent == agent.name && $0.until > now }
    }
}

/// 1 for agents whose account names the customer's language.
package struct SpeaksLanguage: RoutingRule {
    package func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64 {
        agent.profile.languages.contains(chat.language) ? 1 : 0
    }
}

/// Fewer held slots score higher.
package struct HasFewestChats: RoutingRule {
    package func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64 {
        -Int64(agent.usedSlots)
    }
}

/// Milliseconds since the agent last got or missed a chat.
package struct HasRestedLongest: RoutingRule {
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
