// Searches off the reactors: what comes of them, how many may wait, and what a reload changes.

import Logging
import SangdamCore
import SangdamFAQ
import SangdamJournal
import SangdamMetrics
import Synchronization
import Testing

@testable import SangdamServer

@Suite("The searcher of frequent questions") struct FAQSearcherTests {
    /// A queue that runs what it has when it is told to.
    private final class HeldQueue: JournalQueue {
        private let work = Mutex<[@Sendable () -> Void]>([])
        let now: UInt64 = 0

        func async(_ work: @escaping @Sendable () -> Void) { self.work.withLock { $0.append(work) } }
        func async(afterMilliseconds delay: Int, _ work: @escaping @Sendable () -> Void) { async(work) }
        func sync<Result>(_ work: () -> Result) -> Result { work() }
        func preconditionIsCurrent() {}

        func run() {
            let taken = work.withLock { work in
                defer { work = [] }
                return work
            }
            for next in taken { next() }
        }
    }

    private final class Heard: Sendable {
        private let messages = Mutex<[String]>([])

        var all: [String] { messages.withLock { $0 } }

        func hear(_ message: ServerMessage) {
            let words: String =
                switch message {
                case .faq(let answers, let isUnasked):
                    (isUnasked ? "unasked " : "")
                        + answers.map { "\($0.id): \($0.question) \($0.answer)" }.joined(separator: ", ")
                case .error(let refusal): refusal.code.rawValue
                default: "\(message)"
                }
            messages.withLock { $0.append(words) }
        }
    }

    private static func index(answer: String) throws -> FAQIndex {
        try FAQIndex(
            [
                FAQEntry(
                    id: "refund", question: Localised([.korean: "환불", .english: "Refund"]),
                    answer: Localised([.korean: answer]))
            ], fallback: .korean)
    }

    private static func searcher(on queue: HeldQueue, counting registry: MetricsRegistry) throws -> FAQSearcher {
        registry.declare(FAQSearcher.families)
        return FAQSearcher(
            try index(answer: "사흘"), registry, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            queue: queue)
    }

    private static func session(_ number: UInt64) -> SessionHandle { SessionHandle(rawValue: number) }

    @Test("What is found is answered in the asker's language, or else in the default one, and counted")
    func found() throws {
        let (queue, registry, heard) = (HeldQueue(), MetricsRegistry(), Heard())
        let searcher = try Self.searcher(on: queue, counting: registry)
        searcher.search(FAQQuery("refund"), for: Self.session(1), in: .english, heard.hear)
        searcher.search(FAQQuery("날씨"), for: Self.session(2), in: .korean, heard.hear)
        #expect(heard.all.isEmpty)
        searcher.search(FAQQuery("환불", isUnasked: true), for: Self.session(3), in: .korean, heard.hear)
        queue.run()
        #expect(heard.all == ["refund: Refund 사흘", "", "unasked refund: 환불 사흘"])
        let text = String(decoding: registry.text(), as: UTF8.self)
        #expect(text.contains("sangdam_faq_searches_total{result=\"found\"} 2"))
        #expect(text.contains("sangdam_faq_searches_total{result=\"none\"} 1"))
    }

    @Test("Past 64 that wait a search is refused at once, until they are done")
    func bound() throws {
        let (queue, heard) = (HeldQueue(), Heard())
        let searcher = try Self.searcher(on: queue, counting: MetricsRegistry())
        for number in 0..<UInt64(65) {
            searcher.search(FAQQuery("환불"), for: Self.session(number), in: .korean, heard.hear)
        }
        #expect(heard.all == ["busy"])
        // Who did not ask hears of no refusal.
        searcher.search(FAQQuery("환불", isUnasked: true), for: Self.session(65), in: .korean, heard.hear)
        #expect(heard.all == ["busy", "unasked "])
        queue.run()
        #expect(heard.all.count == 66)
        searcher.search(FAQQuery("환불"), for: Self.session(1), in: .korean, heard.hear)
        queue.run()
        #expect(heard.all.filter { $0 == "busy" }.count == 1)
    }

    @Test("A session has one search at a time, and with its answer the next may come")
    func oneEach() throws {
        let (queue, heard, next) = (HeldQueue(), Heard(), Heard())
        let searcher = try Self.searcher(on: queue, counting: MetricsRegistry())
        searcher.search(FAQQuery("환불"), for: Self.session(1), in: .korean) { message in
            heard.hear(message)
            searcher.search(FAQQuery("날씨"), for: Self.session(1), in: .korean, next.hear)
        }
        searcher.search(FAQQuery("환불"), for: Self.session(1), in: .korean, heard.hear)
        searcher.search(FAQQuery("환불", isUnasked: true), for: Self.session(1), in: .korean, heard.hear)
        #expect(heard.all == ["busy", "unasked "])
        queue.run()
        #expect(heard.all == ["busy", "unasked ", "refund: 환불 사흘"])
        queue.run()
        #expect(next.all == [""])
    }

    @Test("Other questions hold for searches that come later")
    func replaced() throws {
        let (queue, heard) = (HeldQueue(), Heard())
        let searcher = try Self.searcher(on: queue, counting: MetricsRegistry())
        searcher.search(FAQQuery("환불"), for: Self.session(1), in: .korean, heard.hear)
        searcher.replace(try Self.index(answer: "나흘"))
        searcher.search(FAQQuery("환불"), for: Self.session(2), in: .korean, heard.hear)
        queue.run()
        #expect(heard.all == ["refund: 환불 사흘", "refund: 환불 나흘"])
    }
}
