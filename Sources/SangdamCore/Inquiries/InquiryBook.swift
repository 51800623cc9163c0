// All inquiries that the desk knows, with what finds them: by receipt, by customer, by address, by whose turn it is and
// by when they are due.

package struct InquiryBook: Sendable {
    /// An inquiry among those of its queue: until when an answer is due, or since when there is one or it is closed.
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
    /// Of each queue those in each state, the earliest first: lists are asked for by state.
    private var shelves: [QueueID: [InquiryState: [Due]]] = [:]
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

    /// Queues that have any, in the order of their names.
    package var listedQueues: [QueueID] { shelves.keys.sorted() }

    /// Those of the queue in this state, the earliest first; nil: those that wait for an answer.
    package func listed(in queue: QueueID, _ state: InquiryState?) -> [Due] {
        guard let state else { return due(in: queue) }
        return shelves[queue]?[state] ?? []
    }

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
        guard let state = inquiry.phase.state else { return }
        let entry = Self.entry(of: inquiry)
        shelves[inquiry.queue, default: [:]][state, default: []].insertInOrder(entry)
        guard inquiry.phase.isDue else { return }
        openCount += 1
        due[inquiry.queue, default: []].insertInOrder(entry)
    }

    private mutating func leave(_ inquiry: Inquiry) {
        pendingMails -= inquiry.mails.count
        if let holder = inquiry.phase.holder { byHolder.removeValue(inquiry.id, under: holder) }
        guard let state = inquiry.phase.state else { return }
        let entry = Self.entry(of: inquiry)
        shelves[inquiry.queue]?[state]?.removeInOrder(entry)
        if shelves[inquiry.queue]?[state]?.isEmpty == true { shelves[inquiry.queue]?[state] = nil }
        if shelves[inquiry.queue]?.isEmpty == true { shelves[inquiry.queue] = nil }
        guard inquiry.phase.isDue else { return }
        openCount -= 1
        due[inquiry.queue]?.removeInOrder(entry)
        if due[inquiry.queue]?.isEmpty == true { due[inquiry.queue] = nil }
    }

    private static func entry(of inquiry: Inquiry) -> Due {
        let at =
            switch inquiry.phase {
            case .arriving, .open, .taken, .reopened: inquiry.clock.due
            case .answered(_, let since), .closed(let since): since
            }
        return Due(at: at, inquiry: inquiry.id)
    }
}

extension [InquiryBook.Due] {
    /// Where the entry stands, or would.
    private func index(of entry: Element) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }

    fileprivate mutating func insertInOrder(_ entry: Element) { insert(entry, at: index(of: entry)) }

    fileprivate mutating func removeInOrder(_ entry: Element) { remove(at: index(of: entry)) }
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
