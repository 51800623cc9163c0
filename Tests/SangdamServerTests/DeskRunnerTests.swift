// The desk's runner with a real journal and a real reactor, and whatever clock a test wants.

import SangdamCore
import SangdamJournal
import SangdamMetrics
import SangdamNet
import Synchronization
import Testing

@testable import SangdamServer

@Suite struct DeskRunnerTests {
    /// A runner whose deliveries are kept as words, newest last.
    private final class Stand {
        let runner: DeskMailbox
        private let group: ReactorGroup
        private let journal: Journal
        private let folder: TemporaryFolder
        private let storage = Storage()
        private let changed: AsyncStream<Void>

        init(clock: DeskClock, limits: DeskLimits) throws {
            let folder = try TemporaryFolder()
            let (changed, continuation) = AsyncStream<Void>.makeStream()
            let registry = MetricsRegistry()
            registry.declare(MetricFamily.all)
            group = try ReactorGroup(count: 1)
            let outbox = Outbox(reactors: group.reactors) { [storage] deliveries, _ in
                for delivery in deliveries { storage.append("\(delivery.delivery)") }
                continuation.yield()
            }
            (journal, _) = try Journal.open(
                JournalConfiguration(dataDirectory: folder.path),
                progress: { if case .durable(let ticket) = $0 { outbox.release(through: ticket) } }, replay: { _ in })
            var configuration = DeskConfiguration.unconfigured
            configuration.limits = limits
            runner = DeskMailbox(
                desk: Desk(configuration: configuration, random: SystemRandomNumberGenerator()), clock: clock,
                journal: journal, outbox: outbox, metrics: DeskMetrics(registry))
            self.folder = folder
            self.changed = changed
        }

        private final class Storage: Sendable {
            private let words = Mutex<[String]>([])
            func append(_ word: String) { words.withLock { $0.append(word) } }
            var all: [String] { words.withLock { $0 } }
        }

        /// Waits until something that contains `words` was shown.
        func waits(for words: String) async -> Bool {
            if storage.all.contains(where: { $0.contains(words) }) { return true }
            for await _ in changed where storage.all.contains(where: { $0.contains(words) }) { return true }
            return false
        }

        func end() {
            runner.finish()
            group.shutDown(withinMilliseconds: 0)
            journal.close()
        }
    }

    @Test("A deadline comes although desk time runs slower than the machine's", .timeLimit(.minutes(1)))
    func slowClock() async throws {
        // An hour ahead of the wall clock, as after a start with a corrected clock: it leans back by a twentieth.
        let ahead = Instant(milliseconds: DeskClock.wallClock() + 3_600_000)
        var limits = DeskLimits()
        limits.idleSession = .seconds(1)
        let stand = try Stand(clock: DeskClock(notBefore: ahead), limits: limits)
        defer { stand.end() }
        let handle = SessionHandle(rawValue: 1)
        let token = IssuedToken(secret: "secret", digest: TokenDigest(high: 1, low: 2))
        let hello = CustomerHello(
            session: SessionID(high: 1, low: 1), language: .english, name: nil, token: token, resume: nil)
        stand.runner.submit([.event(.restarted), .event(.customerHello(handle, hello))])
        #expect(await stand.waits(for: "welcome"))
        #expect(await stand.waits(for: "close(SangdamCore.Farewell.idle)"))
    }
}
