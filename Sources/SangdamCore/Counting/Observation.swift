// Everything that the desk counts, in one file: what can be observed, the families of metrics that are made of it, what
// an observation adds to them, and what a record of the journal says of it. `Totals` and the server's `DeskMetrics`
// count by these and know no family by name.

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
    case faqHelped(Bool)
    case resumed(Role, ResumeResult)
    case refused(RefusalCode)
    /// A newcomer was not let into a queue in this state; diverted ones were offered an inquiry.
    case turnedAway(QueueID, QueueStatus, isDiverted: Bool)
    case inquiry(QueueID, InquiryResult)
    /// From the question, or from what the customer added last to an answered one.
    case inquiryAnswered(QueueID, after: Interval)
    case mailTried(MailResult)
    case mailGivenUp
}

/// What became of an inquiry, for counting; `closed` ones by somebody, `lapsed` ones by time.
package enum InquiryResult: String, Sendable, CaseIterable {
    case arrived, answered, reopened, closed, lapsed
}

/// How an offer ended, for counting; `autoAccepted` ones were never shown.
package enum OfferResult: String, Sendable, CaseIterable {
    case accepted, declined, expired, rescinded
    case autoAccepted = "auto_accepted"
}

/// Why a chat went back to the head of its queue.
package enum RequeueReason: String, Sendable, CaseIterable {
    case agentLost = "agent_lost"
    case accountChanged = "account_changed"
    case transferUnanswered = "transfer_unanswered"
}

/// Whether the one who came back was known.
package enum ResumeResult: String, Sendable, CaseIterable {
    case resumed, unknown
}

// MARK: - The families

/// A family of metrics that the desk's observations are counted in, by its name without `sangdam_` and `_total`. The
/// names of those that last stand in the journal's files.
package enum CountedFamily: String, Sendable, CaseIterable {
    case chatsOffered = "chats_offered"
    case chatsAnswered = "chats_answered"
    case chatsAbandoned = "chats_abandoned"
    case chatsEnded = "chats_ended"
    case queueWait = "queue_wait_seconds"
    case firstResponse = "first_response_seconds"
    case handle = "handle_seconds"
    case wrapUp = "wrapup_seconds"
    case offers
    case transfers
    case requeues
    case ratings
    case messages
    case deduplicated = "messages_deduplicated"
    case faqHelped = "faq_helped"
    case resumes
    case refusals
    case newcomersRefused = "newcomers_refused"
    case newcomersDiverted = "newcomers_diverted"
    case inquiries
    case inquiryAnswer = "inquiry_answer_seconds"
    case mail

    package enum Kind: Sendable, Equatable {
        /// A counter that goes on over a restart: the journal's records say it, too.
        case lasting
        /// A counter that begins anew with each process.
        case counter
        /// Lengths of time in seconds, in buckets up to these; they begin anew.
        case length([Double])
    }

    package struct Row: Sendable {
        package let kind: Kind
        package let help: String
        /// Label names in their order; none may name a person or a chat. What lasts has one or two.
        package let labels: [String]
        /// The values with which its series stand at 0 before the first event; those of `queue` are the desk's. Nil: a
        /// series begins with what it counts first.
        package let zeros: [String: [String]]?

        init(_ kind: Kind, _ help: String, _ labels: [String] = [], zeros: [String: [String]]? = nil) {
            (self.kind, self.help, self.labels, self.zeros) = (kind, help, labels, zeros)
        }
    }

    package var row: Row {
        switch self {
        case .chatsOffered: Row(.lasting, "Chats that entered a queue.", ["queue"], zeros: [:])
        case .chatsAnswered: Row(.lasting, "Chats that an agent took.", ["queue"], zeros: [:])
        case .chatsAbandoned:
            Row(
                .lasting, "Customers who left a queue before an agent came; short: they hardly waited.",
                ["queue", "short"], zeros: ["short": ["true", "false"]])
        case .chatsEnded:
            Row(
                .lasting, "Chats that ended, by the reason.", ["queue", "reason"],
                zeros: ["reason": EndReason.allCases.map(\.rawValue)])
        case .queueWait:
            Row(
                .length([1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800]),
                "Time in the queue until an agent came or the customer left.", ["queue", "outcome"])
        case .firstResponse:
            Row(
                .length([1, 2, 5, 10, 20, 30, 60, 120, 300, 600]),
                "Time from the start of a chat to its agent's first words.", ["queue"])
        case .handle:
            Row(
                .length([30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200]),
                "Time from the start of a chat to the end of its wrap-up.", ["queue"])
        case .wrapUp: Row(.length([1, 5, 10, 20, 30, 60, 90, 120, 300, 600]), "Time in wrap-up.", ["queue"])
        case .offers: Row(.lasting, "Offers to agents, by how they ended.", ["queue", "result"])
        case .transfers: Row(.lasting, "Chats handed over to a queue or an agent.", ["kind"])
        case .requeues: Row(.lasting, "Chats that went back to the head of their queue.", ["reason"])
        case .ratings: Row(.lasting, "Ratings by customers, by the score.", ["queue", "score"])
        case .messages:
            Row(
                .lasting, "Messages stored and relayed, by their author's role.", ["from"],
                zeros: ["from": ["customer", "agent"]])
        case .deduplicated:
            Row(.counter, "Messages that were sent again and acknowledged again without being stored twice.")
        case .faqHelped:
            Row(
                .counter, "Answers to whether a frequent question was enough.", ["helped"],
                zeros: ["helped": ["true", "false"]])
        case .resumes: Row(.counter, "Parties that came back to what they had open.", ["role", "result"])
        case .refusals: Row(.counter, "Requests that were refused, by the error's code.", ["code"])
        case .newcomersRefused:
            Row(.counter, "Newcomers whom a queue did not take, by its state.", ["queue", "state"])
        case .newcomersDiverted:
            Row(
                .counter, "Newcomers whom a queue offered an inquiry instead of a chat, by its state.",
                ["queue", "state"])
        case .inquiries: Row(.lasting, "What became of inquiries.", ["queue", "result"])
        case .inquiryAnswer:
            Row(
                .length([300, 900, 3600, 7200, 14400, 28800, 43200, 86400, 172800]),
                "Time from a question, or from what was added to an answered one, to the answer.", ["queue"])
        case .mail:
            Row(
                .counter, "Tries to send a mail, and mails given up, by the result.", ["result"],
                zeros: ["result": ["sent", "deferred", "unreachable", "refused", "given_up"]])
        }
    }
}

extension MailResult {
    fileprivate var label: String {
        switch self {
        case .sent: "sent"
        case .refused: "refused"
        case .deferred: "deferred"
        case .unreachable: "unreachable"
        }
    }
}

// MARK: - Live

extension Observation {
    /// What it adds to, in no order.
    var counted: [Counted] {
        switch self {
        case .offered(let queue): [Counted(.chatsOffered, queue.text)]
        case .answered(let queue, let waited):
            [
                Counted(.chatsAnswered, queue.text),
                Counted(.queueWait, queue.text, "answered", lasted: waited),
            ]
        case .abandoned(let queue, let waited, let isShort):
            [
                Counted(.chatsAbandoned, queue.text, isShort ? "true" : "false"),
                Counted(.queueWait, queue.text, "abandoned", lasted: waited),
            ]
        case .ended(let queue, let reason): [Counted(.chatsEnded, queue.text, reason.rawValue)]
        case .handled(let queue, let length): [Counted(.handle, queue.text, lasted: length)]
        case .firstResponse(let queue, let length): [Counted(.firstResponse, queue.text, lasted: length)]
        case .wrappedUp(let queue, let length): [Counted(.wrapUp, queue.text, lasted: length)]
        case .offer(let queue, let result): [Counted(.offers, queue.text, result.rawValue)]
        case .transferred(let kind): [Counted(.transfers, kind.rawValue)]
        case .requeued(let reason): [Counted(.requeues, reason.rawValue)]
        case .rated(let queue, let score): [Counted(.ratings, queue.text, String(score))]
        case .message(let party): [Counted(.messages, party.rawValue)]
        case .deduplicated: [Counted(.deduplicated)]
        case .faqHelped(let isHelped): [Counted(.faqHelped, isHelped ? "true" : "false")]
        case .resumed(let role, let result): [Counted(.resumes, role.rawValue, result.rawValue)]
        case .refused(let code): [Counted(.refusals, code.rawValue)]
        case .turnedAway(let queue, let status, let isDiverted):
            [Counted(isDiverted ? .newcomersDiverted : .newcomersRefused, queue.text, status.rawValue)]
        case .inquiry(let queue, let result): [Counted(.inquiries, queue.text, result.rawValue)]
        case .inquiryAnswered(let queue, let length): [Counted(.inquiryAnswer, queue.text, lasted: length)]
        case .mailTried(let result): [Counted(.mail, result.label)]
        case .mailGivenUp: [Counted(.mail, "given_up")]
        }
    }
}

// MARK: - From the journal

extension Totals {
    /// Counts what a record says was observed, before it is applied to `state`.
    /// - Parameter shortAbandonment: leaving a queue sooner counts as short where the record does not say what held then.
    package mutating func count(_ record: Record, in state: DeskState, shortAbandonment: Interval) {
        guard case .chat(let id, _, let event) = record.body else { return }
        // Most records are words, and for them the chat need not be looked up.
        if case .message(let message) = event {
            count(message)
            // The first answer to what was asked.
            if message.from == .agent, let inquiry = state.inquiries[id], inquiry.phase.isDue {
                count(.inquiry(inquiry.queue, .answered))
            }
            return
        }
        if case .inquiry(let event) = event { return count(event, of: state.inquiries[id]) }
        guard let chat = state.chats[id] else { return }
        switch event {
        case .queued(let queued):
            count(queued, of: chat)
        case .offerClosed(let closed):
            count(.offer(chat.queue, OfferResult(closed.outcome)))
        case .started(let started):
            count(.answered(chat.queue, waited: started.waited))
            if started.offer == nil { count(.offer(chat.queue, .autoAccepted)) }
        case .transferred(let transferred):
            count(.transferred(transferred.kind))
            switch transferred.target {
            case .queue(let queue): count(.offered(queue))
            case .agent: count(.offered(chat.queue))
            }
        case .ended(let reason, _, let abandonedAt, let recorded, let isHelped):
            count(.ended(chat.queue, reason))
            guard chat.phase.agent == nil, !isHelped, reason != .inquired else { return }
            let waited = (abandonedAt ?? record.at) - chat.queuedAt
            count(.abandoned(chat.queue, waited: waited, isShort: recorded ?? (waited < shortAbandonment)))
        case .rated(let score, _):
            count(.rated(chat.queue, score: score))
        case .message, .opened, .intake, .offered, .note, .away, .back, .reminded, .delayed, .language, .wrappedUp,
            .closed, .inquiry:
            break
        }
    }

    private mutating func count(_ event: InquiryRecord, of inquiry: Inquiry?) {
        switch event {
        case .inquired(let inquired): count(.inquiry(inquired.queue, .arrived))
        case .reopened: if let inquiry { count(.inquiry(inquiry.queue, .reopened)) }
        case .closed(let agent, _): if let inquiry { count(.inquiry(inquiry.queue, agent == nil ? .lapsed : .closed)) }
        case .taken, .released, .reminded, .mailReceived, .mailed, .mailBounced: break
        }
    }

    private mutating func count(_ message: StoredMessage) {
        switch message.from {
        case .customer: count(.message(.customer))
        case .agent: count(.message(.agent))
        case .system: break
        }
    }

    private mutating func count(_ queued: Queued, of chat: Chat) {
        switch queued.cause {
        case .entered: return count(.offered(queued.queue))
        case .agentLost: count(.requeued(.agentLost))
        case .accountChanged: count(.requeued(.accountChanged))
        case .transferUnanswered: count(.requeued(.transferUnanswered))
        }
        // A transfer that nobody answered still stands in the same visit to the queue.
        if chat.phase.agent != nil { count(.offered(queued.queue)) }
    }
}
