// Holds back what the desk wants shown until the journal says that what it rests on is durable; then hands it to the
// reactors, in the order in which it came.

internal import DequeModule
internal import Dispatch
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import Synchronization

final class Outbox: Sendable {
    /// Does what the deliveries say; called on the reactor that the sessions belong to.
    typealias Sink = @Sendable ([Addressed], Reactor) -> Void

    private struct State {
        var held = Deque<(ticket: JournalTicket, batch: [Addressed])>()
        var durable = JournalTicket.start
        /// Deliveries in `held`.
        var heldCount = 0
        var emptied: DispatchSemaphore?
        var isShut = false
    }

    /// So many deliveries may wait for the disk; past it commands are refused with `busy` until it has caught up.
    private static let heldLimit = 200_000

    private let reactors: [Reactor]
    private let sink: Sink
    private let state = Mutex(State())

    init(reactors: [Reactor], sink: @escaping Sink) {
        self.reactors = reactors
        self.sink = sink
    }

    /// Shows `batch` once everything up to `ticket` is durable: at once if it is, and if nothing older still waits.
    /// - Parameter durable: how far the journal has got.
    func hold(_ batch: [Addressed], until ticket: JournalTicket, durable: JournalTicket) {
        guard !batch.isEmpty else { return }
        state.withLock { state in
            if state.isShut { return }
            if state.held.isEmpty, ticket <= max(durable, state.durable) {
                handOver(batch)
            } else {
                state.held.append((ticket, batch))
                state.heldCount += batch.count
            }
        }
    }

    /// The journal has got so far.
    func release(through ticket: JournalTicket) {
        state.withLock { state in
            state.durable = max(state.durable, ticket)
            while let first = state.held.first, first.ticket <= state.durable {
                handOver(first.batch)
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
    var isOverfull: Bool { state.withLock { $0.heldCount >= Self.heldLimit } }

    /// Past everything that waits: for what rests on no record.
    func showAtOnce(_ batch: [Addressed]) {
        state.withLock { if !$0.isShut { handOver(batch) } }
    }

    /// The journal failed: nothing is shown any more, whatever it rests on.
    func shut() {
        state.withLock { state in
            state.isShut = true
            state.held.removeAll()
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

    /// Under the lock, so that two threads cannot swap two batches; posting is short.
    private func handOver(_ batch: [Addressed]) {
        guard reactors.count > 1 else { return post(batch, to: reactors[0]) }
        var byReactor = [[Addressed]](repeating: [], count: reactors.count)
        for index in byReactor.indices { byReactor[index].reserveCapacity(batch.count / reactors.count + 1) }
        for addressed in batch {
            byReactor[ConnectionID(rawValue: addressed.session.rawValue).reactorIndex].append(addressed)
        }
        for (index, deliveries) in byReactor.enumerated() { post(deliveries, to: reactors[index]) }
    }

    private func post(_ deliveries: [Addressed], to reactor: Reactor) {
        guard !deliveries.isEmpty else { return }
        reactor.post { [sink] reactor in sink(deliveries, reactor) }
    }
}

extension Delivery {
    /// Whether it says nothing of what is written or about to be, so that it may be shown while the disk is full.
    var restsOnNoRecord: Bool {
        if case .say(let outbound) = self { outbound.restsOnNoRecord } else { false }
    }
}

extension ServerMessage {
    fileprivate var restsOnNoRecord: Bool {
        switch self {
        case .error, .topics, .bye: true
        case .welcome(let welcome): welcome.agent == nil
        case .ok, .queued, .offer, .offerClosed, .started, .message, .note, .ack, .typing, .seen, .party, .ended,
            .status, .transcript:
            false
        }
    }
}
