// What the desk decides beyond who gets which chat, so that records can say it and `apply` need not work it out: ranks,
// pauses, what is remembered of agents, who is forgotten, and by which configuration all that happened.

extension Desk {
    // MARK: Ranks and pauses

    /// Behind all of its class that entered a queue before.
    func rank(isHead: Bool, since: Instant) -> Rank {
        Rank(isHead: isHead, since: since, ordinal: state.nextOrdinal)
    }

    /// For an agent who declined the chat or let it go. Past the bound the oldest pause ends.
    func pause(of name: AgentName, about chat: Chat, at now: Instant) -> Pause {
        let others = chat.declines.filter { $0.agent != name }
        return Pause(
            until: now + limits.declinePause,
            displaced: others.count >= limits.pausesPerChat ? others.first?.agent : nil)
    }

    // MARK: Agents

    /// Writes an agent's line; whoever left long ago is unknown again.
    mutating func record(_ record: AgentRecord, _ turn: inout Turn) {
        forgetAgents(except: record.profile.name, &turn)
        var record = record
        record.tally = tally(after: record, at: turn.now)
        self.record(Record(at: turn.now, body: .agent(record)), &turn)
    }

    private func tally(after record: AgentRecord, at now: Instant) -> AgentTally {
        guard let agent = state.agents[record.profile.name] else { return AgentTally(restingSince: now) }
        var tally = agent.tally
        if record.status == .available, agent.status != .available { tally.restingSince = now }
        // Whoever asks for a break, or for another capacity in it, has not answered by that.
        if record.cause != .asked || record.status == .available { tally.unansweredInARow = 0 }
        return tally
    }

    private mutating func forgetAgents(except name: AgentName, _ turn: inout Turn) {
        let gone = state.agents.values.filter { agent in
            guard agent.name != name, agent.status == .offline, agent.usedSlots == 0, let away = agent.awaySince else {
                return false
            }
            return turn.now - away > limits.agentMemory
        }
        for name in gone.map(\.name).sorted() {
            record(Record(at: turn.now, body: .agentForgotten(name)), &turn)
        }
    }

    /// Whether nothing is kept of an agent whose account is removed: not while the next one of that name is there.
    func forgets(_ name: AgentName) -> Bool {
        state.agents[name].map { $0.awaySince != nil && $0.usedSlots == 0 } ?? false
    }

    // MARK: Configuration

    /// Writes which configuration is in force, if the journal does not know it.
    mutating func recordConfiguration(_ turn: inout Turn) {
        let fingerprint = configuration.fingerprint
        guard state.configuration?.fingerprint != fingerprint else { return }
        let queues = configuration.queues.prefix(ConfigurationRecord.queueLimit).map {
            ConfigurationRecord.RoutedQueue(queue: $0.id, priority: $0.priority, needsSpecialist: $0.needsSpecialist)
        }
        let configured = ConfigurationRecord(
            fingerprint: fingerprint, queues: queues, offerTimeout: limits.offerTimeout,
            unansweredUntilBreak: limits.unansweredUntilBreak, declinePause: limits.declinePause,
            queueLength: limits.queueLength)
        record(Record(at: turn.now, body: .configured(configured)), &turn)
    }
}

extension Agent {
    /// An offer to the agent is over. One that was open when another expired has not been missed a second time.
    func tally(after outcome: OfferOutcome, of offer: Offer, at now: Instant) -> AgentTally {
        var tally = tally
        switch outcome {
        case .accepted:
            tally.unansweredInARow = 0
        case .declined:
            tally.unansweredInARow = 0
            tally.restingSince = now
        case .expired:
            if unansweredAt.map({ offer.made >= $0 }) ?? true {
                tally.unansweredInARow += 1
                tally.unansweredAt = now
            }
            tally.restingSince = now
        case .rescinded:
            break
        }
        return tally
    }

    /// The agent got a chat.
    func tallyAtStart(at now: Instant) -> AgentTally {
        AgentTally(unansweredAt: unansweredAt, restingSince: now)
    }

    /// The agent is done with a chat.
    func tallyAfterWrapUp(at now: Instant) -> AgentTally {
        AgentTally(unansweredInARow: unansweredInARow, unansweredAt: unansweredAt, restingSince: now)
    }
}
