// Holds back what the desk wants shown until the journal says that what it rests on is durable; then posts it to the
// reactors, in the order in which it came.

internal import DequeModule
internal import Dispatch
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import Synchronization

final class Outbox: Sendable {
    private struct State {
        var held = Deque<(ticket: JournalTicket, batch: [Addressed], mails: [OutgoingMail])>()
        var durable = JournalTicket.start
        /// Deliveries in `held`.
        var heldCount = 0
        var emptied: DispatchSemaphore?
        var isShut = false
    }

    private let heldLimit: Int
    private let send: @Sendable (OutgoingMail) -> Void
    private let reactors: [any SessionReactor]
    private let state = Mutex(State())

    /// - Parameters:
    ///   - reactors: by the index that is in the ids of their connections.
    ///   - heldLimit: so many deliveries may wait for the disk; past it commands are refused with `busy` until it has
    ///     caught up.
    ///   - send: has a mail sent; must not block.
    init(
        reactors: [any SessionReactor], heldLimit: Int = 200_000, send: @escaping @Sendable (OutgoingMail) -> Void
    ) {
        (self.reactors, self.heldLimit, self.send) = (reactors, heldLimit, send)
    }

    /// Shows `batch`, and has `mails` sent, once everything up to `ticket` is durable: at once if it is, and if nothing
    /// older still waits.
    /// - Parameter durable: how far the journal has got.
    func hold(
        _ batch: [Addressed], mails: [OutgoingMail] = [], until ticket: JournalTicket, durable: JournalTicket
    ) {
        guard !batch.isEmpty || !mails.isEmpty else { return }
        state.withLock { state in
            if state.isShut { return }
            if state.held.isEmpty, ticket <= max(durable, state.durable) {
                post(batch, mails)
            } else {
                state.held.append((ticket, batch, mails))
                state.heldCount += batch.count
            }
        }
    }

    /// The journal has got so far.
    func release(through ticket: JournalTicket) {
        state.withLock { state in
            state.durable = max(state.durable, ticket)
            while let first = state.held.first, first.ticket <= state.durable {
                post(first.batch, first.mails)
                state.held.removeFirst()
                state.heldCount -= first.batch.count
            }
            if state.held.isEmpty, let emptied = state.emptied {
                state.emptied = nil
                emptied.signal()
            }
        }
    }

    /// Too much waits for the disk already.
    var isOverfull: Bool { heldCount >= heldLimit }

    /// Deliveries that wait for the disk.
    var heldCount: Int { state.withLock { $0.heldCount } }

    /// Past everything that waits: for what rests on no record.
    func showAtOnce(_ batch: [Addressed]) {
        guard !batch.isEmpty else { return }
        state.withLock { if !$0.isShut { post(batch) } }
    }

    /// The journal failed: nothing is shown any more, whatever it rests on.
    func shut() {
        state.withLock { state in
            state.isShut = true
            state.held.removeAll()
            state.heldCount = 0
        }
    }

    /// Blocks until nothing is held back any more, or until the time is over. For the end of the server.
    func waitUntilEmpty(milliseconds limit: Int) {
        let emptied = DispatchSemaphore(value: 0)
        let isEmpty = state.withLock { state in
            if !state.held.isEmpty { state.emptied = emptied }
            return state.held.isEmpty
        }
        if !isEmpty { _ = emptied.wait(timeout: .now() + .milliseconds(limit)) }
    }

    private func post(_ batch: [Addressed], _ mails: [OutgoingMail]) {
        if !batch.isEmpty { post(batch) }
        for mail in mails { send(mail) }
    }

    /// Under the lock, so that two threads cannot swap two batches; posting is short.
    private func post(_ batch: [Addressed]) {
        guard reactors.count > 1 else { return reactors[0].post(batch) }
        var byReactor = [[Addressed]](repeating: [], count: reactors.count)
        for index in byReactor.indices { byReactor[index].reserveCapacity(batch.count / reactors.count + 1) }
        for addressed in batch {
            switch addressed.address {
            case .session(let session):
                byReactor[ConnectionID(rawValue: session.rawValue).reactorIndex].append(addressed)
            }
        }
        for (index, deliveries) in byReactor.enumerated() where !deliveries.isEmpty {
            reactors[index].post(deliveries)
        }
    }
}

extension Delivery {
    /// Whether it says nothing of what is written or about to be, so that it may be shown while the disk is full.
    var restsOnNoRecord: Bool {
        switch self {
        case .say(let message): message.restsOnNoRecord
        case .search: true
        case .history, .close: false
        }
    }
}

extension ServerMessage {
    fileprivate var restsOnNoRecord: Bool {
        switch self {
        case .error, .topics, .faq, .bye: true
        case .welcome(let welcome): welcome.agent == nil
        case .ok, .overridden, .queued, .delayed, .offer, .offerClosed, .started, .message, .note, .ack, .typing, .seen,
            .party, .ended, .status, .inquiry, .inquiries, .inquiryNews, .transcript:
            false
        }
    }
}
