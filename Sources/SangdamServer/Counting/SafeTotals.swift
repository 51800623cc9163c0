// The counters that go on over a restart, as one scrape shows them. A counter that ever went back would be a restart to
// Prometheus, and all of it an increase: so only what the journal cannot lose any more is shown.

internal import Dispatch
internal import SangdamCore
internal import SangdamJournal
internal import SangdamMetrics
internal import Synchronization

/// What was counted, and the last line of the journal that it rests on.
struct CountedTotals: Sendable {
    let totals: Totals
    let number: UInt64
}

/// The latest totals that are safe.
final class SafeTotals: Sendable {
    private struct State {
        var shown: Totals
        /// The newest that is not safe yet; an older one is waited for, and shown, before it.
        var candidate: CountedTotals?
        var waiting: [@Sendable () -> Void] = []
    }

    /// So long a scrape waits for a disk that is slow or full; then it shows what was safe last.
    private static let patienceMilliseconds = 250

    private let state: Mutex<State>
    private let journal: Journal
    private let queue: DispatchQueue

    /// - Parameter totals: what the journal says at the start.
    init(_ registry: MetricsRegistry, from totals: Totals, journal: Journal, queue: DispatchQueue) {
        state = Mutex(State(shown: totals))
        self.journal = journal
        self.queue = queue
        registry.collect { [weak self] sample in
            guard let totals = self?.state.withLock({ $0.shown }) else { return }
            for (counter, count) in totals.counters {
                sample.set(counter.family.metric.name, counter.labels, to: Double(count))
            }
        }
    }

    /// Calls `then` on the queue once `counted` is what will be shown, or when the disk takes too long for that.
    func settle(_ counted: CountedTotals, _ then: @escaping @Sendable () -> Void) {
        let isFirst = state.withLock { state in
            state.waiting.append(then)
            let isFirst = state.candidate == nil
            state.candidate = counted
            return isFirst
        }
        if isFirst { waitForDisk(counted) }
        if state.withLock({ $0.candidate != nil }) {
            queue.asyncAfter(deadline: .now() + .milliseconds(Self.patienceMilliseconds)) { self.release() }
        }
    }

    /// One at a time waits in the journal, however many scrapes there are.
    private func waitForDisk(_ counted: CountedTotals) {
        journal.afterSafe(counted.number) { [weak self] in
            guard let self else { return }
            // A scrape at each sync must not keep all of them waiting: what became safe is shown, also when there is
            // something newer.
            let newer = state.withLock { state -> CountedTotals? in
                guard let candidate = state.candidate, candidate.number > counted.number else {
                    state.shown = (state.candidate ?? counted).totals
                    state.candidate = nil
                    return nil
                }
                state.shown = counted.totals
                return candidate
            }
            if let newer { return waitForDisk(newer) }
            queue.async { self.release() }
        }
    }

    private func release() {
        let due = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for then in due { then() }
    }
}
