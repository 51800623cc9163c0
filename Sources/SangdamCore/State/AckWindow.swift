// Which of the senders' own message ids a chat has stored: the memory that makes `say` safe to repeat after a lost
// connection or a restart.

/// Whose ids they are: two agents may both count from 1, and so may an agent's words and notes; none of them may pass
/// for another.
package enum MessageSender: Sendable, Hashable {
    case customer
    case agent(AgentName)
    /// An agent's notes.
    case notes(AgentName)
}

/// The last `limit` ids of each sender of a chat with the seq that each got.
///
/// Past the bound the oldest id is forgotten, and past `agentLimit` the agent who came first; a client repeats only
/// what was not acknowledged, far less than this.
package struct AckWindow: Sendable, Equatable {
    /// Ids kept for each sender: all of them are written with every checkpoint.
    package static let limit = 256
    /// Agents of one chat whose ids are kept, those of their words and those of their notes.
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

    private var customer = MessageIDRing()
    private var words = AgentIDs()
    private var notes = AgentIDs()

    package init() {}

    package func seq(of id: ClientMessageID, from sender: MessageSender) -> UInt64? {
        switch sender {
        case .customer: customer.seq(of: id)
        case .agent(let name): words.seq(of: id, from: name)
        case .notes(let name): notes.seq(of: id, from: name)
        }
    }

    /// The id must not be here already: whoever stores a message has looked.
    package mutating func remember(_ id: ClientMessageID, from sender: MessageSender, seq: UInt64) {
        switch sender {
        case .customer: customer.remember(id, seq: seq)
        case .agent(let name): words.remember(id, from: name, seq: seq)
        case .notes(let name): notes.remember(id, from: name, seq: seq)
        }
    }

    /// The agents the ids of whose words are kept, in the order in which they came.
    package var agentNames: [AgentName] { words.list.map(\.name) }
    /// The agents the ids of whose notes are kept, in the order in which they came.
    package var noteNames: [AgentName] { notes.list.map(\.name) }

    /// What is kept of one sender, oldest first; for checkpoints.
    package func entries(of sender: MessageSender) -> [Entry] {
        switch sender {
        case .customer: customer.entries
        case .agent(let name): words.entries(of: name)
        case .notes(let name): notes.entries(of: name)
        }
    }

    private struct AgentIDs: Sendable, Equatable {
        struct Item: Sendable, Equatable {
            let name: AgentName
            var ids = MessageIDRing()
        }

        var list: [Item] = []

        func seq(of id: ClientMessageID, from name: AgentName) -> UInt64? {
            list.firstIndex { $0.name == name }.flatMap { list[$0].ids.seq(of: id) }
        }

        func entries(of name: AgentName) -> [Entry] {
            list.first { $0.name == name }?.ids.entries ?? []
        }

        mutating func remember(_ id: ClientMessageID, from name: AgentName, seq: UInt64) {
            if let index = list.firstIndex(where: { $0.name == name }) {
                list[index].ids.remember(id, seq: seq)
                return
            }
            if list.count == AckWindow.agentLimit { list.removeFirst() }
            var item = Item(name: name)
            item.ids.remember(id, seq: seq)
            list.append(item)
        }
    }
}
