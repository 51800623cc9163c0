// The outbox by itself: what waits for the disk, in which order it is shown and by which reactor, how much may wait,
// and when nothing is shown any more.

import Dispatch
import SangdamCore
import SangdamJournal
import Synchronization
import Testing

@testable import SangdamServer

@Suite struct OutboxTests {
    /// A reactor that writes down what it is to show.
    private final class Shown: SessionReactor {
        let now: UInt64 = 0
        private let numbers = Mutex<[UInt64]>([])

        func post(_ deliveries: [Addressed]) {
            for addressed in deliveries {
                if case .say(.seen(_, _, let number)) = addressed.delivery { numbers.withLock { $0.append(number) } }
            }
        }

        func postToSessions(_ work: @escaping @Sendable (ReactorSessions) -> Void) {}

        var all: [UInt64] { numbers.withLock { $0 } }
    }

    private enum Step {
        /// The desk's batch with this number, which rests on a ticket while the journal has got so far.
        case hold(UInt64, until: UInt64, durable: UInt64)
        case release(UInt64)
        case atOnce(UInt64)
        case shut
    }

    private static let rows: [(what: String, steps: [Step], shown: [UInt64])] = [
        ("What is durable is shown at once", [.hold(1, until: 1, durable: 1)], [1]),
        ("What is not waits", [.hold(1, until: 2, durable: 1)], []),
        ("It is shown by its own ticket", [.hold(1, until: 2, durable: 1), .release(2)], [1]),
        ("and by a later one", [.hold(1, until: 2, durable: 1), .release(3)], [1]),
        ("but not by an earlier one", [.hold(1, until: 3, durable: 1), .release(2)], []),
        (
            "Whatever comes later is shown later, durable or not",
            [.hold(1, until: 2, durable: 1), .hold(2, until: 2, durable: 2), .release(2)], [1, 2]
        ),
        (
            "and waits as long",
            [.hold(1, until: 2, durable: 1), .hold(2, until: 1, durable: 1)], []
        ),
        ("The news may come before the batch", [.release(2), .hold(1, until: 2, durable: 1)], [1]),
        ("What rests on nothing passes by", [.hold(1, until: 2, durable: 1), .atOnce(2), .release(2)], [2, 1]),
        (
            "After a failure nothing is shown",
            [.hold(1, until: 2, durable: 1), .shut, .release(2), .atOnce(2), .hold(3, until: 1, durable: 1)], []
        ),
    ]

    @Test(arguments: rows.indices) func order(_ index: Int) {
        let row = Self.rows[index]
        let shown = Shown()
        let outbox = Outbox(reactors: [shown], send: { _ in })
        for step in row.steps {
            switch step {
            case .hold(let number, let until, let durable):
                outbox.hold(
                    batch(number), until: JournalTicket(rawValue: until), durable: JournalTicket(rawValue: durable))
            case .release(let ticket): outbox.release(through: JournalTicket(rawValue: ticket))
            case .atOnce(let number): outbox.showAtOnce(batch(number))
            case .shut: outbox.shut()
            }
        }
        #expect(shown.all == row.shown, "\(row.what)")
        let isWaiting = row.shown.isEmpty && !row.steps.contains { if case .shut = $0 { true } else { false } }
        #expect((outbox.heldCount > 0) == isWaiting, "\(row.what)")
    }

    @Test func eachReactorShowsItsOwnInOrder() {
        let reactors = [Shown(), Shown(), Shown()]
        let outbox = Outbox(reactors: reactors, send: { _ in })
        let mixed = batch(1, on: 0) + batch(2, on: 2) + batch(3, on: 0) + batch(4, on: 2)
        outbox.hold(mixed, until: JournalTicket(rawValue: 2), durable: JournalTicket(rawValue: 1))
        outbox.hold(
            batch(5, on: 2) + batch(6, on: 0), until: JournalTicket(rawValue: 3), durable: JournalTicket(rawValue: 1))
        #expect(reactors.map(\.all) == [[], [], []])
        outbox.release(through: JournalTicket(rawValue: 2))
        #expect(reactors.map(\.all) == [[1, 3], [], [2, 4]])
        outbox.release(through: JournalTicket(rawValue: 3))
        #expect(reactors.map(\.all) == [[1, 3, 6], [], [2, 4, 5]])
    }

    private static let limits: [(held: Int, isOverfull: Bool)] = [(0, false), (2, false), (3, true), (4, true)]

    @Test(arguments: limits.indices) func limit(_ index: Int) {
        let row = Self.limits[index]
        let outbox = Outbox(reactors: [Shown()], heldLimit: 3, send: { _ in })
        for number in 0..<UInt64(row.held) {
            outbox.hold(batch(number), until: JournalTicket(rawValue: 2), durable: .start)
        }
        #expect(outbox.isOverfull == row.isOverfull, "\(row.held) of 3")
        outbox.release(through: JournalTicket(rawValue: 2))
        #expect(!outbox.isOverfull)
    }

    // MARK: The end

    @Test func theEndDoesNotWaitForWhatNeverComes() {
        let shown = Shown()
        let outbox = Outbox(reactors: [shown], send: { _ in })
        outbox.waitUntilEmpty(milliseconds: .max)
        outbox.hold(batch(1), until: JournalTicket(rawValue: 2), durable: .start)
        outbox.waitUntilEmpty(milliseconds: 0)
        #expect(shown.all.isEmpty && outbox.heldCount == 1)
    }

    @Test func theEndWaitsForTheDisk() {
        let shown = Shown()
        let outbox = Outbox(reactors: [shown], send: { _ in })
        outbox.hold(batch(1), until: JournalTicket(rawValue: 2), durable: .start)
        outbox.hold(batch(2), until: JournalTicket(rawValue: 3), durable: .start)
        let returned = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            outbox.release(through: JournalTicket(rawValue: 2))
            // Whoever does not wait for all of it returns now.
            _ = returned.wait(timeout: .now() + .milliseconds(50))
            outbox.release(through: JournalTicket(rawValue: 3))
        }
        let limit = 20_000
        let took = ContinuousClock().measure { outbox.waitUntilEmpty(milliseconds: limit) }
        #expect(shown.all == [1, 2])
        returned.signal()
        #expect(took < .milliseconds(limit))
    }

    private func batch(_ number: UInt64, on reactor: UInt64 = 0) -> [Addressed] {
        let chat = ChatID(high: 1, low: 1)
        let session = SessionHandle(rawValue: reactor << 56 | 1)
        return [Addressed(.say(.seen(chat: chat, who: .customer, seq: number)), to: session)]
    }
}
