// What the desk decided and a record therefore says: ranks, pauses, tallies, reasons, the configuration. `apply` takes
// them as they are. Lines of formats 1 and 2 say none of them; what those mean is in State/OlderRecords.swift.

/// An agent is not asked again about one chat until an instant.
package struct Pause: Sendable, Equatable {
    package let until: Instant
    /// Whose pause about this chat ends for it, because no more than a few are kept.
    package let displaced: AgentName?

    package init(until: Instant, displaced: AgentName? = nil) {
        self.until = until
        self.displaced = displaced
    }
}

/// What routing remembers of an agent, as it is from a record on.
package struct AgentTally: Sendable, Equatable {
    package var unansweredInARow: Int
    package var unansweredAt: Instant?
    package var restingSince: Instant

    package init(unansweredInARow: Int = 0, unansweredAt: Instant? = nil, restingSince: Instant) {
        self.unansweredInARow = unansweredInARow
        self.unansweredAt = unansweredAt
        self.restingSince = restingSince
    }
}

/// Why the rules gave a chat to this agent and to nobody else.
package struct RoutingReason: Sendable, Equatable {
    /// What one rule thought of an agent.
    package struct Score: Sendable, Equatable {
        package let rule: String
        package let score: Int64

        package init(rule: String, score: Int64) {
            self.rule = rule
            self.score = score
        }
    }

    /// Who would have got the chat otherwise.
    package struct RunnerUp: Sendable, Equatable {
        package let agent: AgentName
        package let scores: [Score]

        package init(agent: AgentName, scores: [Score]) {
            self.agent = agent
            self.scores = scores
        }
    }

    /// Somebody with a free slot who might not get the chat, and the first rule that said so.
    package struct PassedOver: Sendable, Equatable {
        package let agent: AgentName
        package let rule: String

        package init(agent: AgentName, rule: String) {
            self.agent = agent
            self.rule = rule
        }
    }

    /// Agents who are named as passed over; further ones count among the candidates only.
    package static let passedOverLimit = 8
    /// Scores of one agent that a line can have, and bytes of a rule's name.
    package static let scoreLimit = 16
    package static let ruleLimitBytes = 64

    /// How many agents were looked at.
    package let candidates: Int
    /// Of the agent who gets the chat, in the order of the rules.
    package let scores: [Score]
    package let runnerUp: RunnerUp?
    package let passedOver: [PassedOver]

    package init(candidates: Int, scores: [Score], runnerUp: RunnerUp?, passedOver: [PassedOver]) {
        self.candidates = candidates
        self.scores = scores
        self.runnerUp = runnerUp
        self.passedOver = passedOver
    }
}

/// Which configuration the desk goes by from here on, and what routing needs of it.
package struct ConfigurationRecord: Sendable, Equatable {
    package struct RoutedQueue: Sendable, Equatable {
        package let queue: QueueID
        package let priority: Int
        package let needsSpecialist: Bool

        package init(queue: QueueID, priority: Int, needsSpecialist: Bool) {
            self.queue = queue
            self.priority = priority
            self.needsSpecialist = needsSpecialist
        }
    }

    /// Queues that a record lists; above what a configuration can have.
    package static let queueLimit = 64

    /// Of the whole configuration: another one has another fingerprint.
    package let fingerprint: UInt64
    package let queues: [RoutedQueue]
    package let offerTimeout: Interval
    package let unansweredUntilBreak: Int
    package let declinePause: Interval
    package let queueLength: Int

    package init(
        fingerprint: UInt64, queues: [RoutedQueue], offerTimeout: Interval, unansweredUntilBreak: Int,
        declinePause: Interval, queueLength: Int
    ) {
        self.fingerprint = fingerprint
        self.queues = queues
        self.offerTimeout = offerTimeout
        self.unansweredUntilBreak = unansweredUntilBreak
        self.declinePause = declinePause
        self.queueLength = queueLength
    }
}
