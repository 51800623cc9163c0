// The desk as operators look at it: values at one moment, for gauges.

package struct DeskSnapshot: Sendable, Equatable {
    package struct QueueFigures: Sendable, Equatable {
        package let queue: QueueID
        package let length: Int
        /// Within its hours, or by somebody's decision; nil for a queue that the configuration no longer names.
        package let isOpen: Bool?
        package let oldestWait: Interval
        /// The middle of the estimate for a customer who enters now; nil when nobody is on duty.
        package let estimatedWaitSeconds: Double?
        /// Inquiries that wait for an answer, and those of them whose time is over.
        package let inquiriesOpen: Int
        package let inquiriesOverdue: Int
    }

    package let queues: [QueueFigures]
    package let agents: [AgentStatus: Int]
    /// Slots of agents on duty by what they hold.
    package let freeSlots: Int
    package let activeSlots: Int
    package let reservedSlots: Int
    package let wrapUpSlots: Int
    package let openChats: Int
    /// Mails that are not sent yet.
    package let mailsWaiting: Int
}

extension Desk {
    package func snapshot(at now: Instant) -> DeskSnapshot {
        let ids = Set(configuration.queues.map(\.id)).union(state.queues.keys).union(state.inquiries.queues).sorted()
        let queues = ids.map { id -> DeskSnapshot.QueueFigures in
            let entries = state.queues[id]?.waiting.entries ?? []
            let oldest = entries.lazy.compactMap { state.chats[$0.chat]?.queuedAt }.min()
            let estimate = outlook(of: id, at: now).pace?.estimate(position: entries.count + 1)
            let due = state.inquiries.due(in: id)
            return DeskSnapshot.QueueFigures(
                queue: id, length: entries.count, isOpen: directory.hasQueue(id) ? isOpen(id, at: now) : nil,
                oldestWait: oldest.map { now - $0 } ?? .zero,
                estimatedWaitSeconds: estimate.map { Double($0.lowSeconds) / 2 + Double($0.highSeconds) / 2 },
                inquiriesOpen: due.count, inquiriesOverdue: due.prefix { $0.at <= now }.count)
        }
        var (free, active, reserved, wrapUp) = (0, 0, 0, 0)
        var agents: [AgentStatus: Int] = [:]
        for agent in state.agents.values {
            agents[agent.awaySince == nil ? agent.status : .offline, default: 0] += 1
            reserved += agent.offers.count
            for id in agent.chats {
                if state.chats[id]?.phase.isOpen == true { active += 1 } else { wrapUp += 1 }
            }
            if agent.isOnDuty { free += max(0, agent.capacity - agent.usedSlots) }
        }
        return DeskSnapshot(
            queues: queues, agents: agents, freeSlots: free, activeSlots: active, reservedSlots: reserved,
            wrapUpSlots: wrapUp, openChats: state.chats.values.count { $0.phase.isOpen },
            mailsWaiting: state.inquiries.pendingMails)
    }
}
