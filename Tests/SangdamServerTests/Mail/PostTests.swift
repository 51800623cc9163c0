// The post office between desk and postman: what the desk hears, what the log says, and how it ends.

import Dispatch
import SangdamCore
import Synchronization
import Testing

@testable import SangdamServer

@Suite("The post office")
struct PostTests {
    /// Keeps mails until the test says how each ended.
    private final class HeldPostman: Postman {
        private let held = Mutex<[@Sendable (MailResult) -> Void]>([])

        var count: Int { held.withLock { $0.count } }

        func send(_ mail: OutgoingMail, then: @escaping @Sendable (MailResult) -> Void) {
            held.withLock { $0.append(then) }
        }

        func end(_ result: MailResult) {
            let then = held.withLock { $0.removeFirst() }
            then(result)
        }
    }

    private final class Heard: Sendable {
        private let results = Mutex<[String]>([])

        var all: [String] { results.withLock { $0 } }

        func hear(_ event: Event) {
            guard case .mailed(_, let number, let result) = event else { return }
            results.withLock { $0.append("\(number) \(result)") }
        }
    }

    private static func mail(_ number: UInt64) -> OutgoingMail {
        OutgoingMail(
            inquiry: ChatID(high: 1, low: 2), number: number, to: EmailAddress("hong@example.com")!,
            content: .answer("x", by: "kim"), language: .korean, receipt: Receipt(bits: 1), desk: Localised([:]),
            topic: Localised([:]), date: Instant(milliseconds: 0), inReplyTo: nil, firstNumber: 1)
    }

    @Test("The desk hears how each mail ended, also where nobody carries any")
    func results() {
        let (lines, heard, postman) = (LoggedLines(), Heard(), HeldPostman())
        let post = Post(nil, log: lines.logger)
        post.begin { heard.hear($0) }
        post.send(Self.mail(1))
        post.replace(postman)
        post.send(Self.mail(2))
        #expect(heard.all == ["1 unreachable(no mail server is configured)"] && postman.count == 1)
        postman.end(.sent)
        #expect(heard.all.last == "2 sent")
        #expect(lines.all.isEmpty)
    }

    @Test("The log says once that no mail gets through, and once that they do again; one that fails alone says nothing")
    func log() {
        let (lines, postman) = (LoggedLines(), HeldPostman())
        let post = Post(postman, log: lines.logger)
        post.begin { _ in }
        for result in [
            .refused("no"), .unreachable("away"), .unreachable("still"), .sent, .deferred("later"),
            .unreachable("again"),
        ] as [MailResult] {
            post.send(Self.mail(1))
            postman.end(result)
        }
        #expect(
            lines.all == [
                "warning no mail gets through, and all wait: away", "notice mails get through again",
                "warning no mail gets through, and all wait: again",
            ])
    }

    @Test("The end waits for the mail under way until the desk has heard of it, and gives out no more")
    func end() async {
        let (heard, postman) = (Heard(), HeldPostman())
        let post = Post(postman, log: LoggedLines().logger)
        post.begin { heard.hear($0) }
        post.send(Self.mail(1))
        let isStopped = DispatchSemaphore(value: 0)
        DispatchQueue.global().async {
            post.stop(milliseconds: 30_000)
            #expect(heard.all.contains("1 sent"))
            isStopped.signal()
        }
        // It is stopping once it gives out nothing any more.
        while !heard.all.contains("2 unreachable(no mail server is configured)") {
            post.send(Self.mail(2))
            await Task.yield()
        }
        while postman.count > 0 { postman.end(.sent) }
        await withCheckedContinuation { done in
            DispatchQueue.global().async {
                isStopped.wait()
                done.resume()
            }
        }
    }

    @Test("Nobody waits where nothing is under way, nor for longer than is said")
    func patience() {
        let postman = HeldPostman()
        let post = Post(postman, log: LoggedLines().logger)
        post.begin { _ in }
        post.stop(milliseconds: 30_000)
        let other = Post(postman, log: LoggedLines().logger)
        other.begin { _ in }
        other.send(Self.mail(1))
        other.stop(milliseconds: 1)
        #expect(postman.count == 1)
    }
}
