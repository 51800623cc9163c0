// One round of routing over the state: which chat is next, and which agent gets it. Queues of higher priority first,
// within a priority the longest wait first, and a chat that nobody may take just now does not hold up the ones behind
// it.
//
// Costs as many steps as there are queues when no chat is ready, and looks at each ready chat once at most.

struct RoutingRound {
    /// A queue in the race for free slots, and how far it has been gone through.
    private struct Line {
        let queue: Queue
        var next: WaitQueue.Entry
    }

    private let policy: RoutingPolicy
    /// Of the priorities that are still to come, the lowest first.
    private var classes: [[Queue]]
    private var lines: [Line] = []
    private var free: [Agent]
    /// Time alone may give a chat to somebody who is free: the earliest such moment. Who is not free makes the desk
    /// route when that changes.
    private(set) var changesAt: Instant?

    init(_ policy: RoutingPolicy, _ directory: Directory, _ state: DeskState) {
        self.policy = policy
        let queues = state.queues.compactMap { $0.value.ready.isEmpty ? nil : directory.queue($0.key) }
        classes = Set(queues.map(\.priority)).sorted().map { priority in queues.filter { $0.priority == priority } }
        free = queues.isEmpty ? [] : state.agents.entries.filter(\.hasFreeSlot)
    }

    /// The next chat and its agent by the state as it is now; nil when no slot or no chat is left. Whoever carries it
    /// out says so by `refresh`.
    mutating func next(
        _ state: DeskState, at now: Instant
    ) -> (chat: ChatID, agent: AgentName, why: RoutingReason)? {
        while advance(state) {
            guard let index = lines.indices.min(by: { lines[$0].next.rank < lines[$1].next.rank }) else { continue }
            let (queue, entry) = (lines[index].queue, lines[index].next)
            if let next = nextReady(in: queue, after: entry.rank, state) {
                lines[index].next = next
            } else {
                lines.remove(at: index)
            }
            guard let chat = state.chats[entry.chat] else { continue }
            switch policy.choice(of: free, for: chat, in: queue, at: now) {
            case .agent(let agent, let why): return (chat.id, agent.name, why)
            case .nobody(let instant):
                if let instant { changesAt = min(changesAt ?? instant, instant) }
            }
        }
        return nil
    }

    /// The agent has one chat more.
    mutating func refresh(_ name: AgentName, _ state: DeskState) {
        guard let index = free.firstIndex(where: { $0.name == name }) else { return }
        if let agent = state.agents[name], agent.hasFreeSlot {
            free[index] = agent
        } else {
            free.remove(at: index)
            dropUnserved()
        }
    }

    /// Makes sure that lines are there; false when nothing is left to give, or nobody to get it.
    private mutating func advance(_ state: DeskState) -> Bool {
        while lines.isEmpty {
            guard !free.isEmpty, let queues = classes.popLast() else { return false }
            lines = queues.compactMap { queue in
                nextReady(in: queue, after: nil, state).map { Line(queue: queue, next: $0) }
            }
            dropUnserved()
        }
        return true
    }

    private func nextReady(in queue: Queue, after rank: Rank?, _ state: DeskState) -> WaitQueue.Entry? {
        state.queues[queue.id]?.ready.next(after: rank)
    }

    /// A queue that no free slot serves is out of the race.
    private mutating func dropUnserved() {
        lines.removeAll { line in !free.contains { $0.serves(line.queue) } }
    }
}
