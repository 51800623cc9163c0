// What records of formats 1 and 2 mean. Their lines left outcomes unsaid that `apply` worked out then; these are those
// rules and their numbers, frozen: whatever the desk decides by now, an old journal leads to the state that it led to.

/// The numbers of formats 1 and 2.
private enum Older {
    static let pause = Interval.seconds(30)
    /// Pauses that were kept of one chat.
    static let pauses = 8
    /// An agent who had been offline and away for longer was forgotten with the next agent's line.
    static let agentMemory = Interval.seconds(30 * 86_400)
}

extension DeskState {
    /// New chats stood at the end, requeued ones at the head.
    func olderRank(of cause: QueuedCause, at now: Instant) -> Rank {
        Rank(isHead: cause != .entered, since: now, ordinal: nextOrdinal)
    }

    /// Who was transferred had waited once: by age, not at the end.
    func olderRank(ofTransferred chat: Chat) -> Rank {
        Rank(isHead: false, since: chat.openedAt, ordinal: nextOrdinal)
    }

    /// After a decline or a transfer.
    func olderPause(of name: AgentName, about chat: Chat, at now: Instant) -> Pause {
        let others = chat.declines.filter { $0.agent != name }
        return Pause(
            until: now + Older.pause, displaced: others.count >= Older.pauses ? others.first?.agent : nil)
    }

    /// Whoever had left long ago was forgotten as soon as an agent's line was read.
    mutating func forgetAgentsAsOlder(at now: Instant, except name: AgentName) {
        let gone = agents.values.filter { agent in
            guard agent.name != name, agent.status == .offline, agent.usedSlots == 0, let away = agent.awaySince else {
                return false
            }
            return now - away > Older.agentMemory
        }
        for agent in gone { agents[agent.name] = nil }
    }

    /// A removed account took the agent with it, unless somebody was there or something was held.
    func forgetsAgentAsOlder(_ name: AgentName) -> Bool {
        agents[name].map { $0.awaySince != nil && $0.usedSlots == 0 } ?? false
    }
}

extension Agent {
    func olderTally(after outcome: OfferOutcome, of offer: Offer, at now: Instant) -> AgentTally {
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

    func olderTallyAtStart(at now: Instant) -> AgentTally {
        AgentTally(unansweredAt: unansweredAt, restingSince: now)
    }

    func olderTallyAfterWrapUp(at now: Instant) -> AgentTally {
        AgentTally(unansweredInARow: unansweredInARow, unansweredAt: unansweredAt, restingSince: now)
    }

    func olderTally(after record: AgentRecord, at now: Instant) -> AgentTally {
        var tally = tally
        if record.status == .available, status != .available { tally.restingSince = now }
        if record.cause != .asked || record.status == .available { tally.unansweredInARow = 0 }
        return tally
    }
}

extension Chat {
    /// Formats 1 and 2 had no phase for a chat whose `queued` a crash had cut off: it stood as ended, without a reason.
    var asOlder: Chat {
        guard case .ended = phase, endReason == nil else { return self }
        var chat = self
        chat.phase = .opened
        return chat
    }
}
