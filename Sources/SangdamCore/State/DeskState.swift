// Everything durable about the desk. It changes by `apply(_:)` alone, so that a replayed journal leads to the very
// state that wrote it; the simulation compares the two.

/// A record does not fit the state it is applied to: live a bug of ours, on replay a damaged journal.
package struct Inconsistency: Error, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Chats, agents, queues and the ways back, at one moment.
package struct DeskState: Sendable, Equatable {
    package internal(set) var chats = Table<ChatID, Chat>()
    package internal(set) var inquiries = InquiryBook()
    package internal(set) var agents = Table<AgentName, Agent>()
    package internal(set) var queues: [QueueID: QueueState] = [:]
    /// The latest chat of each customer who may come back.
    package internal(set) var tokens: [TokenDigest: ChatID] = [:]
    /// The last edit of an account that stands in the journal.
    package internal(set) var lastAccountEdit: AccountEditMark?
    /// The last that stands in the journal.
    package internal(set) var configuration: ConfigurationRecord?
    /// Queues that are closed, or open by somebody's decision; all others are open.
    package internal(set) var hours: [QueueID: HoursRecord] = [:]
    var nextOrdinal: UInt64 = 0

    package init() {}

    /// The chat's position in its queue, 1 is next; nil when it does not wait.
    package func position(of chat: Chat) -> Int? {
        guard let rank = chat.phase.rank else { return nil }
        return queues[chat.queue]?.waiting.position(of: rank)
    }
}

// MARK: - Checkpoints

extension DeskState {
    /// The whole state as journal lines, with what was counted beside it; `restore` is the inverse.
    package func checkpoint(_ totals: Totals? = nil) -> [CheckpointPart] {
        var parts: [CheckpointPart] = []
        parts.reserveCapacity(1 + queues.count + agents.count + chats.count + inquiries.count)
        parts.append(
            .desk(
                DeskCheckpoint(
                    nextOrdinal: nextOrdinal, lastAccountEdit: lastAccountEdit, configuration: configuration,
                    hours: hours.values.sorted { $0.queue < $1.queue },
                    entries: queues.count + agents.count + chats.count + inquiries.count, totals: totals)))
        for (id, queue) in queues.sorted(by: { $0.key < $1.key }) {
            parts.append(
                .queue(QueueCheckpoint(queue: id, releases: queue.releases, handling: queue.handling)))
        }
        for agent in agents.values.sorted(by: { $0.name < $1.name }) { parts.append(.agent(agent)) }
        for chat in chats.values.sorted(by: { $0.id < $1.id }) { parts.append(.chat(chat)) }
        for inquiry in inquiries.all { parts.append(.inquiry(inquiry)) }
        return parts
    }

    /// Takes one part of a checkpoint; the first, `desk`, empties the state.
    package mutating func restore(_ part: CheckpointPart) throws(Inconsistency) {
        switch part {
        case .desk(let desk):
            self = DeskState()
            nextOrdinal = desk.nextOrdinal
            lastAccountEdit = desk.lastAccountEdit
            configuration = desk.configuration
            for entry in desk.hours { hours[entry.queue] = entry }
        case .queue(let queue):
            // One is forgotten with the other.
            guard queue.releases.count == queue.handling.count else {
                throw Inconsistency("the queue \(queue.queue) has releases without handling times, or the reverse")
            }
            queues[queue.queue] = QueueState(checkpoint: queue)
        case .agent(let agent):
            agents[agent.name] = agent
        case .inquiry(let inquiry):
            guard !inquiries.contains(inquiry.id), inquiries[inquiry.receipt] == nil else {
                throw Inconsistency("inquiry \(inquiry.id) stands twice in the checkpoint")
            }
            inquiries.insert(inquiry)
        case .chat(let chat):
            guard chats.index(of: chat.id) == nil else {
                throw Inconsistency("chat \(chat.id) stands twice in the checkpoint")
            }
            // A queue finds each chat by its rank.
            if let rank = chat.phase.rank,
                rank.ordinal >= nextOrdinal || queues[chat.queue]?.waiting.holds(rank) == true
            {
                throw Inconsistency("chat \(chat.id) cannot have the rank \(rank)")
            }
            let chat = chat.asOlder
            chats[chat.id] = chat
            // A customer's newest chat is the one that the token leads to; ids sort by age.
            if let other = tokens[chat.token], other > chat.id {} else { tokens[chat.token] = chat.id }
            guard let rank = chat.phase.rank else { return }
            queues[chat.queue, default: QueueState()].enter(chat.id, at: rank, isReady: chat.isReady)
        }
    }
}
