// The desk's mailbox with a real journal, its own queue, and whatever clock a test wants.

import SangdamCore
import SangdamJournal
import SangdamMetrics
import Synchronization
import Testing

@testable import SangdamServer

@Suite struct DeskMailboxTests {
    /// A mailbox whose deliveries are kept as words, newest last.
    private final class Stand {
        let mailbox: DeskMailbox
        private let journal: Journal
        private let folder: TemporaryFolder
        private let words: Words

        init(clock: DeskClock, limits: DeskLimits) throws {
            let folder = try TemporaryFolder()
            let words = Words()
            let registry = MetricsRegistry()
            registry.declare(MetricFamily.all)
            let outbox = Outbox(reactors: [words], send: { _ in })
            (journal, _) = try Journal.open(
                JournalConfiguration(dataDirectory: folder.path),
                progress: { if case .durable(let ticket) = $0 { outbox.release(through: ticket) } }, replay: { _ in })
            var configuration = DeskConfiguration.unconfigured
            configuration.limits = limits
            mailbox = DeskMailbox(
                desk: Desk(configuration: configuration, random: SystemRandomNumberGenerator()), clock: clock,
                journal: journal, outbox: outbox, metrics: DeskMetrics(registry))
            self.folder = folder
            self.words = words
        }

        /// A reactor that writes down what it is to show.
        private final class Words: SessionReactor {
            let now: UInt64 = 0
            let changed: AsyncStream<Void>
            private let continuation: AsyncStream<Void>.Continuation
            private let words = Mutex<[String]>([])

            init() {
                (changed, continuation) = AsyncStream<Void>.makeStream()
            }

            func post(_ deliveries: [Addressed]) {
                words.withLock { $0 += deliveries.map { "\($0.delivery)" } }
                continuation.yield()
            }

            func postToSessions(_ work: @escaping @Sendable (ReactorSessions) -> Void) {}

            func contains(_ part: String) -> Bool { words.withLock { $0.contains { $0.contains(part) } } }
        }

        /// Waits until something that contains `part` was shown.
        func waits(for part: String) async -> Bool {
            if words.contains(part) { return true }
            for await _ in words.changed where words.contains(part) { return true }
            return false
        }

        /// Of the journal's lines.
        var lastNumber: UInt64 { journal.lastNumber }

        func end() {
            mailbox.finish()
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
        stand.mailbox.submit([.event(.restarted), .event(.customerHello(handle, hello))])
        #expect(await stand.waits(for: "welcome"))
        #expect(await stand.waits(for: "close(SangdamCore.Farewell.idle)"))
    }

    @Test("Whoever gives an order about a queue hears what became of it, also when nothing was done")
    func orders() async throws {
        let stand = try Stand(clock: DeskClock(notBefore: nil), limits: DeskLimits())
        defer { stand.end() }
        let now = Instant(milliseconds: DeskClock.wallClock())
        func order(_ order: OverrideOrder) async -> String {
            await withCheckedContinuation { done in
                stand.mailbox.submit([
                    .order(.override(order, by: "root")) { answer in
                        switch answer {
                        case .done(.overridden(let notice), let number):
                            done.resume(returning: "\(notice.isOpen) \(number)")
                        case .done(.refused(let refusal), _): done.resume(returning: "\(refusal.code)")
                        case .done(.mail(let outcome), _): done.resume(returning: "\(outcome)")
                        case .storageFull: done.resume(returning: "storageFull")
                        }
                    }
                ])
            }
        }
        stand.mailbox.submit([.event(.restarted)])
        let written = stand.lastNumber
        #expect(await order(OverrideOrder(queue: "general", state: .closed)) == "false \(written + 1)")
        #expect(await order(OverrideOrder(queue: "lost", state: .closed)) == "unknownQueue")
        #expect(await order(OverrideOrder(queue: "general", state: .closed, until: now)) == "badField")
        stand.mailbox.submit([.storage(isFull: true)])
        #expect(await order(OverrideOrder(queue: "general", state: .open)) == "storageFull")
        // Nor is it done later, behind the back of whoever was told so.
        stand.mailbox.submit([.storage(isFull: false)])
        #expect(stand.lastNumber == written + 1)
        #expect(await order(OverrideOrder(queue: "general", state: .auto)) == "true \(written + 2)")
    }
}
