// Searches of the frequent questions for sessions, off the reactors and off the desk: one after the other on a queue of
// its own.

internal import Logging
internal import Metrics
internal import SangdamCore
internal import SangdamFAQ
internal import SangdamJournal
internal import SangdamMetrics
internal import Synchronization

final class FAQSearcher: Sendable {
    /// Searches that wait or run; one more is refused.
    static let limit = 64

    private static let searches = MetricFamily(
        "sangdam_faq_searches_total", .counter, help: "Searches of the frequent questions.", labels: ["result"])
    static let families = [searches]

    private struct State {
        var index: FAQIndex
        /// Whose searches wait or run.
        var asking: Set<SessionHandle> = []
    }

    private let state: Mutex<State>
    private let queue: any JournalQueue
    private let found: Counter
    private let none: Counter
    private let log: Logger

    /// - Parameter queue: a serial one.
    init(
        _ index: FAQIndex, _ registry: MetricsRegistry, log: Logger,
        queue: any JournalQueue = DispatchJournalQueue(label: "sangdam.faq")
    ) {
        state = Mutex(State(index: index))
        self.queue = queue
        self.log = log
        registry.expect(Self.searches.name, ["result": ["found", "none"]])
        let factory = PrometheusFactory(registry)
        found = Counter(label: Self.searches.name, dimensions: [("result", "found")], factory: factory)
        none = Counter(label: Self.searches.name, dimensions: [("result", "none")], factory: factory)
    }

    /// Holds for searches that are asked for from now on.
    func replace(_ index: FAQIndex) {
        state.withLock { $0.index = index }
    }

    /// `completion` gets what was found on the searcher's queue; `busy` at once when too many wait or the session's last
    /// one is not done, or when SQLite fails. Who did not ask hears of no refusal: nothing was found.
    func search(
        _ query: FAQQuery, for session: SessionHandle, in language: Language,
        _ completion: @escaping @Sendable (ServerMessage) -> Void
    ) {
        let index: FAQIndex? = state.withLock { state in
            guard state.asking.count < Self.limit, state.asking.insert(session).inserted else { return nil }
            return state.index
        }
        let refusal: ServerMessage = query.isUnasked ? .faq([], isUnasked: true) : .error(Refusal(.busy))
        guard let index else { return completion(refusal) }
        queue.async { [self] in
            let answer: ServerMessage
            do {
                let matches = try index.search(query.words.string, in: language, topic: query.topic)
                (matches.isEmpty ? none : found).increment()
                answer = .faq(matches.map { $0.entry.answer(in: language) }, isUnasked: query.isUnasked)
            } catch {
                log.error("frequent questions cannot be searched", metadata: ["why": "\(error)"])
                answer = refusal
            }
            // First: who has the answer may ask again.
            state.withLock { _ = $0.asking.remove(session) }
            completion(answer)
        }
    }
}
