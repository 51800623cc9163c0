// Whose password is hashed next, and who gives way: tables of jobs that come, run and are done.

import Testing

@testable import SangdamServer

@Suite("Login queue")
struct LoginQueueTests {
    /// A job is named by its address and a number: "a1".
    enum Step: Sendable {
        case comes(String)
        /// Comes, and this one has to go.
        case displaces(String, String)
        /// The next that may run.
        case runs(String)
        case nothingRuns
        case done(String)
    }

    static let tables: [(name: String, limit: Int, steps: [Step])] = [
        (
            "one address: one at a time, in order", 8,
            [.comes("a1"), .comes("a2"), .runs("a1"), .nothingRuns, .done("a"), .runs("a2"), .done("a"), .nothingRuns]
        ),
        (
            "a flood makes nobody else wait behind it", 8,
            [.comes("a1"), .comes("a2"), .comes("a3"), .runs("a1"), .comes("b1"), .runs("b1"), .nothingRuns]
                + [.done("a"), .runs("a2"), .done("b"), .done("a"), .runs("a3")]
        ),
        (
            "addresses take turns", 8,
            [.comes("a1"), .comes("a2"), .comes("b1"), .comes("b2"), .comes("c1")]
                + [.runs("a1"), .done("a"), .runs("b1"), .done("b"), .runs("c1"), .done("c"), .runs("a2"), .runs("b2")]
        ),
        (
            "alone, one may take all places, and the newest is too many", 3,
            [.comes("a1"), .comes("a2"), .comes("a3"), .displaces("a4", "a4"), .runs("a1"), .comes("a5")]
        ),
        (
            "who holds most gives way to another, newest first, until they are alike", 3,
            [.comes("a1"), .comes("a2"), .comes("a3"), .displaces("b1", "a3"), .displaces("b2", "b2")]
                + [.displaces("c1", "a2"), .displaces("d1", "d1"), .runs("a1"), .comes("d2"), .runs("b1"), .runs("c1")]
        ),
        (
            "a lower limit takes nobody's place away", 2,
            [.comes("a1"), .comes("b1"), .displaces("c1", "c1"), .runs("a1"), .runs("b1"), .comes("c2")]
        ),
    ]

    @Test("Jobs in order", arguments: tables)
    func steps(name: String, limit: Int, steps: [Step]) {
        var queue = LoginQueue<String>(limit: limit)
        for (place, step) in steps.enumerated() {
            let label = "\(name), step \(place)"
            switch step {
            case .comes(let job): #expect(queue.add(job, from: String(job.prefix(1))) == nil, "\(label)")
            case .displaces(let job, let other):
                #expect(queue.add(job, from: String(job.prefix(1))) == other, "\(label)")
            case .runs(let job):
                let next = queue.next()
                #expect(next?.job == job, "\(label)")
                #expect(next?.address == String(job.prefix(1)), "\(label)")
            case .nothingRuns: #expect(queue.next() == nil, "\(label)")
            case .done(let address): queue.finish(address)
            }
        }
    }

    @Test("No address is remembered once nothing of it waits or runs")
    func forgets() {
        var queue = LoginQueue<Int>(limit: 100)
        for number in 0..<150 { _ = queue.add(number, from: "\(number % 60)") }
        #expect(queue.waitingCount == 100)
        while let (address, _) = queue.next() { queue.finish(address) }
        #expect(queue.isEmpty && queue.waitingCount == 0)
    }
}
