// What records say beside the event: the auditor works each outcome out for itself and compares.

import SangdamCore

extension Auditor {
    // MARK: Agents

    mutating func check(
        _ recorded: AgentTally?, of name: AgentName, expected: (AgentTally, Instant) -> AgentTally
    ) {
        guard let agent = agents[name] else { return complain("a tally of the unknown \(name)") }
        let tally = expected(agent.tally, now)
        if recorded != tally { complain("\(name) has the tally \(String(describing: recorded)), not \(tally)") }
        agents[name]?.tally = tally
    }

    func expectedTally(after record: AgentRecord) -> AgentTally {
        guard let agent = agents[record.profile.name] else { return AgentTally(restingSince: now) }
        let isAnswer = record.cause != .asked || record.status == .available
        let begins = record.status == .available && agent.status != .available
        return AgentTally(
            unansweredInARow: isAnswer ? 0 : agent.tally.unansweredInARow, unansweredAt: agent.tally.unansweredAt,
            restingSince: begins ? now : agent.tally.restingSince)
    }

    private func isOverdue(_ agent: AuditedAgent) -> Bool {
        guard agent.status == .offline, agent.held.isEmpty, let away = agent.awaySince else { return false }
        return now - away > configuration.limits.agentMemory
    }

    mutating func checkNobodyIsOverdue(except name: AgentName) {
        for (other, agent) in agents where other != name && isOverdue(agent) {
            complain("\(other) should have been forgotten")
        }
    }

    mutating func forget(_ name: AgentName) {
        if agents[name].map(isOverdue) != true { complain("\(name) is forgotten too early") }
        agents[name] = nil
    }

    // MARK: Offers

    /// The offer's end, while the chat is still on offer.
    mutating func check(_ closed: OfferClosed, _ chat: inout AuditedChat) {
        let offeredAt = chat.offeredAt
        check(closed.tally, of: closed.agent) { tally, now in
            var tally = tally
            switch closed.outcome {
            case .rescinded: break
            case .accepted: tally.unansweredInARow = 0
            case .declined: tally = AgentTally(unansweredAt: tally.unansweredAt, restingSince: now)
            case .expired:
                tally.restingSince = now
                // An offer that was open already when another one expired counts with that one.
                if let last = tally.unansweredAt, offeredAt < last { break }
                tally.unansweredInARow += 1
                tally.unansweredAt = now
            }
            return tally
        }
        if closed.outcome == .declined {
            check(closed.pause, of: closed.agent, nil, &chat)
        } else if closed.pause != nil {
            complain("\(closed.agent) is paused without a decline")
        }
    }

    mutating func check(_ pause: Pause?, of name: AgentName, _ id: ChatID?, _ chat: inout AuditedChat) {
        var others = chat.paused.filter { $0.agent != name }
        var displaced: AgentName?
        if others.count >= configuration.limits.pausesPerChat, !others.isEmpty {
            displaced = others.removeFirst().agent
        }
        let until = now + configuration.limits.declinePause
        if pause != Pause(until: until, displaced: displaced) {
            complain("\(name) gets the pause \(String(describing: pause))")
        }
        chat.paused = others + [(name, until)]
    }

    // MARK: Reasons

    /// Whoever was passed over could not have got the chat, and the runner-up is no better than the one who gets it.
    mutating func check(
        _ why: RoutingReason?, of name: AgentName, for id: ChatID, _ chat: AuditedChat, isNamed: Bool
    ) {
        guard let why else {
            if !isNamed { complain("nobody knows why \(id) goes to \(name)") }
            return
        }
        if isNamed { return complain("\(id) goes to \(name) for two reasons") }
        let free = agents.values.count { $0.isPresent && $0.isOnDuty && $0.held.count < $0.capacity }
        if why.candidates != free { complain("\(id) has \(why.candidates) candidates, not \(free)") }
        for passed in why.passedOver {
            guard let agent = agents[passed.agent] else { return complain("\(id) passes over a stranger") }
            if mayGo(chat, to: passed.agent, agent) { complain("\(id) passes over \(passed.agent), who may have it") }
        }
        let eligible = agents.filter { other, agent in
            agent.isPresent && agent.isOnDuty && agent.held.count < agent.capacity && mayGo(chat, to: other, agent)
        }
        if (why.runnerUp == nil) != (eligible.count == 1) {
            complain("\(id) has the runner-up \(String(describing: why.runnerUp))")
        }
        if let runnerUp = why.runnerUp {
            let isWorse = why.scores.map(\.score).lexicographicallyPrecedes(runnerUp.scores.map(\.score))
            if isWorse || runnerUp.agent == name { complain("\(id) goes to \(name) in front of \(runnerUp.agent)") }
        }
    }

    // MARK: Configuration

    mutating func check(_ record: ConfigurationRecord) {
        if record.fingerprint == configured { complain("the configuration is written again") }
        configured = record.fingerprint
        let priorities = record.queues.map { "\($0.queue) \($0.priority) \($0.needsSpecialist)" }
        let expected = configuration.queues.map { "\($0.id) \($0.priority) \($0.needsSpecialist)" }
        if priorities != expected || record.declinePause != configuration.limits.declinePause {
            complain("another configuration is written than the one in force")
        }
    }

    mutating func checkConfiguration() {
        switch event {
        case .restarted, .configured:
            if configured != configuration.fingerprint { complain("the configuration is not written") }
        case .customerHello, .agentHello, .command, .disconnected, .tick, .timetable, .order, .mailed, .accounts,
            .drain:
            break
        }
    }
}
