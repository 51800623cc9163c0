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
    func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict
}

/// Says how well an agent fits; of two scores the higher wins, equal ones leave it to the next rule.
package protocol RoutingRule: Sendable {
    func score(_ chat: Chat, _ agent: Agent, at now: Instant) -> Int64
}

/// Who gets a chat.
package enum RoutingChoice: Sendable, Equatable {
    case agent(Agent)
    /// Nobody whom it was looked at for; nil when no time changes that.
    case nobody(until: Instant?)
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

    /// All rules together. A no changes when the last of the rules that say it does, and never by itself when one of
    /// them does not.
    package func verdict(_ agent: Agent, for chat: Chat, in queue: Queue, at now: Instant) -> Verdict {
        var last: Instant?
        var isAllowed = true
        for rule in eligibility {
            let verdict = rule.verdict(chat, agent, in: queue, at: now)
            if verdict.isAllowed { continue }
            guard let instant = verdict.changesAt else { return Verdict(isAllowed: false) }
            isAllowed = false
            last = max(last ?? instant, instant)
        }
        return Verdict(isAllowed: isAllowed, changesAt: last)
    }

    /// The best of `candidates`; when none may have the chat, when that changes by time alone.
    package func choice(
        of candidates: some Sequence<Agent>, for chat: Chat, in queue: Queue, at now: Instant
    ) -> RoutingChoice {
        var best: Agent?
        var next: Instant?
        for agent in candidates {
            let verdict = verdict(agent, for: chat, in: queue, at: now)
            guard verdict.isAllowed else {
                if let instant = verdict.changesAt { next = min(next ?? instant, instant) }
                continue
            }
            guard let other = best else {
                best = agent
                continue
            }
            if isBetter(agent, than: other, for: chat, at: now) { best = agent }
        }
        return best.map { .agent($0) } ?? .nobody(until: next)
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
    package func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
        Verdict(isAllowed: agent.hasFreeSlot)
    }
}

/// By the skills of the account; see `Agent.serves`.
package struct ServesQueue: EligibilityRule {
    package func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
        Verdict(isAllowed: agent.serves(queue))
    }
}

/// Not within the pause after declining this very chat.
package struct HasNotDeclined: EligibilityRule {
    package func verdict(_ chat: Chat, _ agent: Agent, in queue: Queue, at now: Instant) -> Verdict {
        let pause = chat.declines.first { $0.agent == agent.name && $0.until > now }
        return Verdict(isAllowed: pause == nil, changesAt: pause?.until)
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
