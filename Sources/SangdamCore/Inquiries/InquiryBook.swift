// All inquiries that the desk knows, with what finds them: by receipt, by customer, by address, by whose turn it is and
// by when they are due.

package struct InquiryBook: Sendable {
    /// An inquiry's place among those that wait for an answer.
    package struct Due: Sendable, Hashable, Comparable {
        package let at: Instant
        package let inquiry: ChatID

        package static func < (left: Due, right: Due) -> Bool {
            (left.at, left.inquiry) < (right.at, right.inquiry)
        }
    }

    private var table = Table<ChatID, Inquiry>()
    private var receipts: [Receipt: ChatID] = [:]
    private var byCustomer: [TokenDigest: [ChatID]] = [:]
    private var byAddress: [String: [ChatID]] = [:]
    private var byHolder: [AgentName: [ChatID]] = [:]
    /// Of each queue those that are due, the earliest first.
    private var due: [QueueID: [Due]] = [:]
    /// Mails that are not sent yet.
    package private(set) var pendingMails = 0
    /// Inquiries that are due.
    package private(set) var openCount = 0

    package init() {}

    package var count: Int { table.count }
    /// In the order of their ids.
    package var all: [Inquiry] { table.values.sorted { $0.id < $1.id } }
    package var queues: [QueueID] { due.keys.sorted() }

    package subscript(id: ChatID) -> Inquiry? { table[id] }
    package subscript(receipt: Receipt) -> Inquiry? { receipts[receipt].flatMap { table[$0] } }

    package func contains(_ id: ChatID) -> Bool { table.index(of: id) != nil }

    /// Those that wait for an answer in the queue, the earliest due first.
    package func due(in queue: QueueID) -> [Due] { due[queue] ?? [] }

    /// Those whose turn is the agent's, in the order of their ids.
    package func held(by agent: AgentName) -> [ChatID] { (byHolder[agent] ?? []).sorted() }

    /// Whether the customer has left one that is not forgotten.
    package func knows(_ customer: TokenDigest) -> Bool { byCustomer[customer] != nil }

    package func inquiry(of customer: TokenDigest, named id: ClientMessageID) -> Inquiry? {
        byCustomer[customer]?.lazy.compactMap { table[$0] }.first { $0.clientID == id }
    }

    /// Arrivals of the customer's, or from the address, that are no older; the oldest first.
    package func arrivals(of customer: TokenDigest, since: Instant) -> [Instant] {
        arrivals(byCustomer[customer], since: since)
    }

    package func arrivals(from address: EmailAddress, since: Instant) -> [Instant] {
        arrivals(byAddress[address.folded], since: since)
    }

    private func arrivals(_ ids: [ChatID]?, since: Instant) -> [Instant] {
        (ids ?? []).compactMap { table[$0]?.arrivedAt }.filter { $0 >= since }.sorted()
    }

    // MARK: Changing

    mutating func insert(_ inquiry: Inquiry) {
        table[inquiry.id] = inquiry
        receipts[inquiry.receipt] = inquiry.id
        byCustomer[inquiry.token, default: []].append(inquiry.id)
        if let email = inquiry.email { byAddress[email.folded, default: []].append(inquiry.id) }
        enter(inquiry)
    }

    mutating func remove(_ id: ChatID) {
        guard let inquiry = table[id] else { return }
        leave(inquiry)
        table[id] = nil
        receipts[inquiry.receipt] = nil
        byCustomer.removeValue(id, under: inquiry.token)
        if let email = inquiry.email { byAddress.removeValue(id, under: email.folded) }
    }

    mutating func update<Failure: Error>(
        _ id: ChatID, _ change: (inout Inquiry) throws(Failure) -> Void
    ) throws(Failure) {
        guard var inquiry = table[id] else { return }
        let before = inquiry
        try change(&inquiry)
        leave(before)
        table[id] = inquiry
        enter(inquiry)
    }

    private mutating func enter(_ inquiry: Inquiry) {
        pendingMails += inquiry.mails.count
        if let holder = inquiry.phase.holder { byHolder[holder, default: []].append(inquiry.id) }
        guard inquiry.phase.isDue else { return }
        openCount += 1
        let entry = Due(at: inquiry.clock.due, inquiry: inquiry.id)
        let index = index(of: entry, in: inquiry.queue)
        due[inquiry.queue, default: []].insert(entry, at: index)
    }

    private mutating func leave(_ inquiry: Inquiry) {
        pendingMails -= inquiry.mails.count
        if let holder = inquiry.phase.holder { byHolder.removeValue(inquiry.id, under: holder) }
        guard inquiry.phase.isDue else { return }
        openCount -= 1
        let index = index(of: Due(at: inquiry.clock.due, inquiry: inquiry.id), in: inquiry.queue)
        due[inquiry.queue]?.remove(at: index)
        if due[inquiry.queue]?.isEmpty == true { due[inquiry.queue] = nil }
    }

    /// Where the entry stands, or would.
    private func index(of entry: Due, in queue: QueueID) -> Int {
        let entries = due[queue] ?? []
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension InquiryBook: Equatable {
    /// All else is made of the inquiries.
    package static func == (left: InquiryBook, right: InquiryBook) -> Bool { left.table == right.table }
}

extension Dictionary where Value == [ChatID] {
    /// Nothing is kept under a key that leads to nothing.
    fileprivate mutating func removeValue(_ id: ChatID, under key: Key) {
        self[key]?.removeAll { $0 == id }
        if self[key]?.isEmpty == true { self[key] = nil }
    }
}
