// Which of the senders' own message ids a chat has stored: the memory that makes `say` safe to repeat after a lost
// connection or a restart.

internal import DequeModule

/// Whose ids they are: two agents may both count from 1, and neither's words may pass for the other's.
package enum MessageSender: Sendable, Hashable {
    case customer
    case agent(AgentName)
}

/// The last `limit` ids of each sender of a chat with the seq that each got.
///
/// Past the bound the oldest id is forgotten, and past `agentLimit` the agent who came first; a client repeats only what
/// was not acknowledged, far less than this.
package struct AckWindow: Sendable, Equatable {
    /// Ids kept for each sender.
    package static let limit = 1024
    /// Agents of one chat whose ids are kept.
    package static let agentLimit = 4

    /// One id and the seq that its message got.
    package struct Entry: Sendable, Hashable {
        package let id: ClientMessageID
        package let seq: UInt64

        package init(id: ClientMessageID, seq: UInt64) {
            self.id = id
            self.seq = seq
        }
    }

    private var customer = Ids()
    private var agents: [AgentIds] = []

    package init() {}

    package func seq(of id: ClientMessageID, from sender: MessageSender) -> UInt64? {
        switch sender {
        case .customer: customer.seqs[id]
        case .agent(let name): agents.first { $0.name == name }?.ids.seqs[id]
        }
    }

    package mutating func remember(_ id: ClientMessageID, from sender: MessageSender, seq: UInt64) {
        switch sender {
        case .customer:
            customer.remember(id, seq: seq)
        case .agent(let name):
            if let index = agents.firstIndex(where: { $0.name == name }) {
                agents[index].ids.remember(id, seq: seq)
                return
            }
            if agents.count == Self.agentLimit { agents.removeFirst() }
            var ids = Ids()
            ids.remember(id, seq: seq)
            agents.append(AgentIds(name: name, ids: ids))
        }
    }

    /// The agents whose ids are kept, in the order in which they came.
    package var agentNames: [AgentName] { agents.map(\.name) }

    /// What is kept of one sender, oldest first; for checkpoints.
    package func entries(of sender: MessageSender) -> [Entry] {
        switch sender {
        case .customer: customer.entries
        case .agent(let name): agents.first { $0.name == name }?.ids.entries ?? []
        }
    }

    private struct AgentIds: Sendable, Equatable {
        let name: AgentName
        var ids: Ids
    }

    private struct Ids: Sendable, Equatable {
        var order = Deque<ClientMessageID>()
        var seqs: [ClientMessageID: UInt64] = [:]

        var entries: [Entry] { order.map { Entry(id: $0, seq: seqs[$0] ?? 0) } }

        mutating func remember(_ id: ClientMessageID, seq: UInt64) {
            guard seqs.updateValue(seq, forKey: id) == nil else { return }
            order.append(id)
            if order.count > AckWindow.limit {
                seqs[order.removeFirst()] = nil
            }
        }
    }
}
