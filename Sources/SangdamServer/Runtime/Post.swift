// Where the desk's mails go: to whoever sends them, and back to the desk how that went. It never blocks the desk, and
// the desk gives out one mail at a time.

internal import SangdamCore
internal import Synchronization

/// Sends mails, one after the other, on a queue of its own.
protocol Postman: Sendable {
    /// `then` is called once, on any queue, however long that takes.
    func send(_ mail: OutgoingMail, then: @escaping @Sendable (MailResult) -> Void)
}

/// The server's post office. The postman is another one after a reload, and may be missing.
final class Post: Sendable {
    private struct State {
        var postman: (any Postman)?
        var tell: (@Sendable (Event) -> Void)?
    }

    private let state: Mutex<State>

    /// - Parameter postman: nil where no mail server is configured: what is owed then waits for one.
    init(_ postman: (any Postman)?) {
        state = Mutex(State(postman: postman))
    }

    /// The desk hears of results from here on; before that no mail may be given out. Whoever hears them must not be kept
    /// by that: it keeps this one.
    func begin(telling tell: @escaping @Sendable (Event) -> Void) {
        state.withLock { $0.tell = tell }
    }

    /// After a reload.
    func replace(_ postman: (any Postman)?) {
        state.withLock { $0.postman = postman }
    }

    func send(_ mail: OutgoingMail) {
        let (postman, tell) = state.withLock { ($0.postman, $0.tell) }
        guard let tell else { preconditionFailure("a mail was given out before anybody could hear of it") }
        let (inquiry, number) = (mail.inquiry, mail.number)
        guard let postman else {
            return tell(.mailed(inquiry: inquiry, number: number, .unreachable("no mail server is configured")))
        }
        postman.send(mail) { tell(.mailed(inquiry: inquiry, number: number, $0)) }
    }
}
