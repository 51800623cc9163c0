// What the desk wants done. Effects are values: one place outside runs them, in order, and shows nothing to anybody
// before the records in front of it are durable.

/// One thing to do outside, in the order of the list.
package enum Effect: Sendable {
    /// Append to the journal.
    case record(Record)
    case deliver(SessionHandle, Outbound)
    /// Read the chat's words with `after` < seq ≤ `through` back and deliver them before anything later of this chat.
    case history(SessionHandle, HistoryRequest)
    /// Say `bye`, then close.
    case close(SessionHandle, Farewell)
    case observe(Observation)
}

/// Which of a chat's words are to be read back from the journal.
package struct HistoryRequest: Sendable, Equatable {
    package let chat: ChatID
    package let after: UInt64
    package let through: UInt64
    /// Agents read the notes too.
    package let includesNotes: Bool
    /// The customer asked for the transcript: frame it.
    package let isTranscript: Bool
    /// Stands beside the customer's words; the journal has it once, where the chat was opened.
    package let customerName: Text?

    package init(
        chat: ChatID, after: UInt64, through: UInt64, includesNotes: Bool, isTranscript: Bool,
        customerName: Text? = nil
    ) {
        self.customerName = customerName
        self.chat = chat
        self.after = after
        self.through = through
        self.includesNotes = includesNotes
        self.isTranscript = isTranscript
    }
}

/// Effects in the order in which they must be run.
package struct Effects: Sendable {
    package private(set) var list: [Effect] = []

    package init() {}

    package mutating func append(_ effect: Effect) {
        list.append(effect)
    }

    package mutating func removeAll() {
        list.removeAll(keepingCapacity: true)
    }
}

/// Something worth counting. Metrics are made of these and of the state, never of anything else, so that they can be
/// recomputed from the journal.
package enum Observation: Sendable, Equatable {
    case offered(QueueID)
    case answered(QueueID, waited: Interval)
    case abandoned(QueueID, waited: Interval, isShort: Bool)
    case ended(QueueID, EndReason)
    case handled(QueueID, Interval)
    case firstResponse(QueueID, Interval)
    case wrappedUp(QueueID, Interval)
    case offer(QueueID, OfferResult)
    case transferred(TransferKind)
    case requeued(RequeueReason)
    case rated(QueueID, score: UInt8)
    case message(Party)
    case deduplicated
    case resumed(Role, ResumeResult)
    case refused(RefusalCode)
}

/// How an offer ended, for counting; `autoAccepted` ones were never shown.
package enum OfferResult: String, Sendable, CaseIterable {
    case accepted, declined, expired, rescinded
    case autoAccepted = "auto_accepted"
}

/// Why a chat went back to the head of its queue.
package enum RequeueReason: String, Sendable, CaseIterable {
    case agentLost = "agent_lost"
    case transferUnanswered = "transfer_unanswered"
}

/// Whether the one who came back was known.
package enum ResumeResult: String, Sendable, CaseIterable {
    case resumed, unknown
}
