// What the audit counts. Every message and every ack must come once, in order, unharmed, to the right party.

/// Counts of one run, from its first message to its last. All faults must be 0.
package struct AuditCounts: Sendable, Equatable {
    package internal(set) var sent: UInt64 = 0
    /// Each message once, however often it came.
    package internal(set) var delivered: UInt64 = 0
    package internal(set) var acked: UInt64 = 0

    package internal(set) var duplicates: UInt64 = 0
    /// Numbers that were skipped and have not come since.
    package internal(set) var gaps: UInt64 = 0
    /// Came after a later one, or with a `seq` of the server that did not grow.
    package internal(set) var misordered: UInt64 = 0
    /// Not what was sent.
    package internal(set) var damaged: UInt64 = 0
    /// Came to another agent, or in another chat.
    package internal(set) var misrouted: UInt64 = 0

    package internal(set) var ackDuplicates: UInt64 = 0
    package internal(set) var ackGaps: UInt64 = 0
    package internal(set) var ackMisordered: UInt64 = 0
    /// For nothing that was sent, or for another chat.
    package internal(set) var ackDamaged: UInt64 = 0

    package init() {}

    package var lost: UInt64 { sent - delivered }
    package var unacked: UInt64 { sent - acked }

    /// All kinds of fault with their names for people and for programs.
    package var faults: [(name: String, key: StaticString, count: UInt64)] {
        [
            ("lost", "lost", lost), ("delivered twice", "duplicates", duplicates), ("gaps", "gaps", gaps),
            ("out of order", "misordered", misordered), ("damaged", "damaged", damaged),
            ("wrong receiver", "misrouted", misrouted), ("never acknowledged", "unacked", unacked),
            ("acknowledged twice", "ack_duplicates", ackDuplicates), ("ack gaps", "ack_gaps", ackGaps),
            ("acks out of order", "ack_misordered", ackMisordered),
            ("acks for nothing sent", "ack_damaged", ackDamaged),
        ]
    }

    package var isRight: Bool { faults.allSatisfy { $0.count == 0 } }
}
