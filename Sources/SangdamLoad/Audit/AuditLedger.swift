// Remembers what each pair's customer sent and when, and checks every delivery and every ack against it. A server that
// is fast because it loses, doubles or mixes up messages must not look fast.
//
// Rules that it keeps
// - No clock and no I/O: times and bytes come in.
// - Fixed memory: each pair has a ring of slots, and who has no room must not send.
// - A message has a pair's number and its own number within that pair; order is judged within a pair.
// - Whatever comes in is untrusted: any number is checked against what was sent before it is used.

package import SangdamCore

/// The books of a relay run.
package struct AuditLedger: ~Copyable {
    /// What a message says that it is.
    package struct Mark: Sendable, Equatable {
        package let pair: UInt32
        package let number: UInt32

        package init(pair: UInt32, number: UInt32) {
            self.pair = pair
            self.number = number
        }
    }

    private struct Pair {
        var chat: ChatID?
        /// The index of the agent to whom its messages go.
        var receiver = -1
        /// Numbers in `oldest..<next` are open: not both delivered and acked.
        var oldest: UInt32 = 0
        var next: UInt32 = 0
        var delivered: UInt32 = 0
        var expectedDelivery: UInt32 = 0
        var expectedAck: UInt32 = 0
        var lastMessageSeq: UInt64 = 0
        var lastAckSeq: UInt64 = 0
    }

    private static let isDelivered: UInt8 = 1
    private static let isAcked: UInt8 = 2

    package private(set) var counts = AuditCounts()
    /// What went wrong first, for people.
    package private(set) var firstFault: String?
    private var pairs: [Pair]
    private let slots: Int
    /// Slot n % slots of pair p is at p * slots + n % slots.
    private var sentAt: [UInt64]
    private var seen: [UInt8]

    /// - Parameter slotsPerPair: a power of two.
    package init(pairs: Int, slotsPerPair: Int) {
        precondition(slotsPerPair > 0 && slotsPerPair & (slotsPerPair - 1) == 0, "a ring of a power of two")
        self.pairs = Array(repeating: Pair(), count: pairs)
        slots = slotsPerPair
        sentAt = Array(repeating: 0, count: pairs * slotsPerPair)
        seen = Array(repeating: 0, count: pairs * slotsPerPair)
    }

    /// From now on the pair's messages must come in this chat to this agent.
    package mutating func bind(_ pair: Int, chat: ChatID, receiver: Int) {
        pairs[pair].chat = chat
        pairs[pair].receiver = receiver
    }

    // MARK: sending

    /// How many more messages the pair may send now.
    package func room(_ pair: Int) -> Int {
        slots - Int(pairs[pair].next &- pairs[pair].oldest)
    }

    /// Messages that were sent and have not been delivered.
    package func underWay(_ pair: Int) -> Int {
        Int(pairs[pair].next &- pairs[pair].delivered)
    }

    /// The number of the pair's next message; `nanoseconds` is what its latency will count from.
    package mutating func take(_ pair: Int, at nanoseconds: UInt64) -> UInt32 {
        precondition(room(pair) > 0, "sent more than the ring holds")
        let number = pairs[pair].next
        pairs[pair].next &+= 1
        let slot = slot(pair, number)
        sentAt[slot] = nanoseconds
        seen[slot] = 0
        counts.sent += 1
        return number
    }

    // MARK: receiving

    /// A message has come. Gives its latency in nanoseconds, or nil if it counts for nothing.
    ///
    /// - Parameter mark: what it says it is; nil when its text is none of ours.
    package mutating func delivered(
        _ mark: Mark?, chat: ChatID?, to receiver: Int, seq: UInt64, at now: UInt64
    ) -> UInt64? {
        guard let mark, let pair = Int(exactly: mark.pair), pair < pairs.count, wasSent(pair, mark.number) else {
            counts.damaged += 1
            note(mark, "is nothing that was sent")
            return nil
        }
        guard isOpen(pair, mark.number), !has(Self.isDelivered, pair, mark.number) else {
            counts.duplicates += 1
            note(mark, "was delivered twice")
            return nil
        }
        if receiver != pairs[pair].receiver || chat != pairs[pair].chat {
            counts.misrouted += 1
            note(mark, "came to agent \(receiver + 1), not to agent \(pairs[pair].receiver + 1), or in another chat")
        }
        let isInOrder = Self.pass(mark.number, expected: &pairs[pair].expectedDelivery, gaps: &counts.gaps)
        if !isInOrder || seq <= pairs[pair].lastMessageSeq {
            counts.misordered += 1
            note(mark, "was delivered out of order (seq \(seq))")
        }
        pairs[pair].lastMessageSeq = max(seq, pairs[pair].lastMessageSeq)
        counts.delivered += 1
        pairs[pair].delivered &+= 1
        return finish(Self.isDelivered, pair, mark.number, at: now)
    }

    /// An ack has come to the pair's customer. Gives its latency in nanoseconds, or nil if it counts for nothing.
    ///
    /// - Parameter number: which message it is for; nil when its id is none of ours.
    package mutating func acked(_ number: UInt32?, pair: Int, chat: ChatID?, seq: UInt64, at now: UInt64) -> UInt64? {
        guard let number, wasSent(pair, number), chat == pairs[pair].chat else {
            counts.ackDamaged += 1
            note(number.map { Mark(pair: UInt32(pair), number: $0) }, "was never sent, but acknowledged")
            return nil
        }
        let mark = Mark(pair: UInt32(pair), number: number)
        guard isOpen(pair, number), !has(Self.isAcked, pair, number) else {
            counts.ackDuplicates += 1
            note(mark, "was acknowledged twice")
            return nil
        }
        let isInOrder = Self.pass(number, expected: &pairs[pair].expectedAck, gaps: &counts.ackGaps)
        if !isInOrder || seq <= pairs[pair].lastAckSeq {
            counts.ackMisordered += 1
            note(mark, "was acknowledged out of order (seq \(seq))")
        }
        pairs[pair].lastAckSeq = max(seq, pairs[pair].lastAckSeq)
        counts.acked += 1
        return finish(Self.isAcked, pair, number, at: now)
    }

    /// Whether everything sent has been delivered and acknowledged.
    package var isSettled: Bool { counts.delivered == counts.sent && counts.acked == counts.sent }

    // MARK: within

    private func slot(_ pair: Int, _ number: UInt32) -> Int {
        pair * slots + (Int(number) & (slots - 1))
    }

    private func wasSent(_ pair: Int, _ number: UInt32) -> Bool {
        number < pairs[pair].next
    }

    private func isOpen(_ pair: Int, _ number: UInt32) -> Bool {
        number >= pairs[pair].oldest && number < pairs[pair].next
    }

    private func has(_ mark: UInt8, _ pair: Int, _ number: UInt32) -> Bool {
        seen[slot(pair, number)] & mark != 0
    }

    /// A number that skips ahead opens a gap; one that turns up later was overtaken, not lost.
    private static func pass(_ number: UInt32, expected: inout UInt32, gaps: inout UInt64) -> Bool {
        guard number >= expected else {
            gaps -= 1
            return false
        }
        gaps += UInt64(number - expected)
        expected = number + 1
        return true
    }

    private mutating func finish(_ mark: UInt8, _ pair: Int, _ number: UInt32, at now: UInt64) -> UInt64 {
        let slot = slot(pair, number)
        seen[slot] |= mark
        while pairs[pair].oldest != pairs[pair].next,
            seen[self.slot(pair, pairs[pair].oldest)] == Self.isDelivered | Self.isAcked
        {
            pairs[pair].oldest &+= 1
        }
        return now > sentAt[slot] ? now - sentAt[slot] : 0
    }

    private mutating func note(_ mark: Mark?, _ what: String) {
        guard firstFault == nil else { return }
        firstFault = mark.map { "message \($0.number) of customer \(UInt64($0.pair) + 1) \(what)" } ?? "a text \(what)"
    }
}
