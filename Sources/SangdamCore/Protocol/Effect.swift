// What the desk wants done, as values: one owner outside writes, shows and counts.

/// One thing to do for one session.
package enum Delivery: Sendable {
    case say(ServerMessage)
    /// Read the chat's words with `after` < seq ≤ `through` back and deliver them before anything later of this chat.
    case history(HistoryRequest)
    /// Search the frequent questions and say what was found, whenever that is.
    case search(FAQQuery, in: Language)
    /// Say `bye`, then close.
    case close(Farewell)
}

/// Where a delivery goes. It has room for what is no connection here, such as another machine.
package enum Address: Sendable, Hashable {
    case session(SessionHandle)
}

/// A delivery and its address.
package struct Addressed: Sendable {
    package let address: Address
    /// How many of the event's records came about before it: it is true of the desk as these leave it.
    package let recordsBefore: Int
    package let delivery: Delivery

    package init(_ delivery: Delivery, to session: SessionHandle, recordsBefore: Int = 0) {
        address = .session(session)
        self.recordsBefore = recordsBefore
        self.delivery = delivery
    }
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

/// What one event or several lead to, each list in the order in which it came about. Nothing of `deliveries` may be
/// seen, and nothing of `mails` be sent, before all of `records` is durable.
package struct Effects: Sendable {
    /// To be appended to the journal.
    package private(set) var records: [Record] = []
    package private(set) var deliveries: [Addressed] = []
    /// To be sent; `Event.mailed` says of each how that went.
    package private(set) var mails: [OutgoingMail] = []
    package private(set) var observations: [Observation] = []
    /// What became of the last order.
    package internal(set) var orderOutcome: OrderOutcome?

    package init() {}

    mutating func write(_ record: consuming Record) {
        records.append(record)
    }

    mutating func deliver(_ delivery: Delivery, to session: SessionHandle) {
        deliveries.append(Addressed(delivery, to: session, recordsBefore: records.count))
    }

    mutating func post(_ mail: OutgoingMail) {
        mails.append(mail)
    }

    mutating func observe(_ observation: Observation) {
        observations.append(observation)
    }

    /// The outcome, which is no longer here.
    package mutating func takeOrderOutcome() -> OrderOutcome? {
        defer { orderOutcome = nil }
        return orderOutcome
    }

    /// What was to be written and counted is done; the deliveries stay.
    package mutating func removeRecordsAndObservations() {
        records.removeAll(keepingCapacity: true)
        observations.removeAll(keepingCapacity: true)
    }

    /// The deliveries so far, which are no longer here.
    /// - Parameter expected: how many there are likely to be next time.
    package mutating func takeDeliveries(expecting expected: Int = 0) -> [Addressed] {
        var taken: [Addressed] = []
        taken.reserveCapacity(expected)
        swap(&taken, &deliveries)
        return taken
    }

    /// The mails so far, which are no longer here.
    package mutating func takeMails() -> [OutgoingMail] {
        defer { if !mails.isEmpty { mails = [] } }
        return mails
    }

    /// The deliveries from the index `start` on that are chosen, which are no longer here.
    package mutating func takeDeliveries(from start: Int, where isChosen: (Addressed) -> Bool) -> [Addressed] {
        let last = deliveries[start...]
        deliveries.removeSubrange(start...)
        deliveries.append(contentsOf: last.filter { !isChosen($0) })
        return last.filter(isChosen)
    }
}
