// Which of the senders' own message ids a chat has stored: the memory that makes `say` safe to repeat after a lost
// connection or a restart.

internal import DequeModule

/// The last `limit` ids of each party of a chat with the seq that each got.
///
/// Past the bound the oldest id is forgotten; a client repeats only what was not acknowledged, far fewer than this.
package struct AckWindow: Sendable, Equatable {
    /// Ids kept for each party.
    package static let limit = 1024

    package struct Entry: Sendable, Hashable {
        package let party: Party
        package let id: ClientMessageID
        package let seq: UInt64

        package init(party: Party, id: ClientMessageID, seq: UInt64) {
            self.party = party
            self.id = id
            self.seq = seq
        }
    }

    private var customer = Ids()
    private var agent = Ids()

    package init() {}

    package func seq(of id: ClientMessageID, from party: Party) -> UInt64? {
        party == .customer ? customer.seqs[id] : agent.seqs[id]
    }

    package mutating func remember(_ id: ClientMessageID, from party: Party, seq: UInt64) {
        if party == .customer {
            customer.remember(id, seq: seq)
        } else {
            agent.remember(id, seq: seq)
        }
    }

    /// Oldest first within each party, for checkpoints.
    package var entries: [Entry] {
        customer.order.map { Entry(party: .customer, id: $0, seq: customer.seqs[$0] ?? 0) }
            + agent.order.map { Entry(party: .agent, id: $0, seq: agent.seqs[$0] ?? 0) }
    }

    private struct Ids: Sendable, Equatable {
        var order = Deque<ClientMessageID>()
        var seqs: [ClientMessageID: UInt64] = [:]

        mutating func remember(_ id: ClientMessageID, seq: UInt64) {
            guard seqs.updateValue(seq, forKey: id) == nil else { return }
            order.append(id)
            if order.count > AckWindow.limit {
                seqs[order.removeFirst()] = nil
            }
        }
    }
}
