// Where the desk's mails go: to whoever sends them, and back to the desk how that went. It never blocks the desk, and
// the desk gives out one mail at a time.

internal import Dispatch
internal import Logging
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
        /// Mails at a postman's: at most one.
        var underWay = 0
        var isStopped = false
        /// No mail got through the last time, and the log says so.
        var isCutOff = false
        /// Signalled when none is under way any more.
        var isIdle: DispatchSemaphore?
    }

    private let state: Mutex<State>
    private let log: Logger

    /// - Parameter postman: nil where no mail server is configured: what is owed then waits for one.
    init(_ postman: (any Postman)?, log: Logger) {
        state = Mutex(State(postman: postman))
        self.log = log
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
        let (inquiry, number) = (mail.inquiry, mail.number)
        let (postman, tell) = state.withLock { state in
            guard let tell = state.tell else {
                preconditionFailure("a mail was given out before anybody could hear of it")
            }
            let postman = state.isStopped ? nil : state.postman
            if postman != nil { state.underWay += 1 }
            return (postman, tell)
        }
        guard let postman else {
            return tell(.mailed(inquiry: inquiry, number: number, .unreachable("no mail server is configured")))
        }
        postman.send(mail) { result in
            self.note(result)
            tell(.mailed(inquiry: inquiry, number: number, result))
            self.state.withLock { state in
                state.underWay -= 1
                if state.underWay == 0 { state.isIdle?.signal() }
            }
        }
    }

    /// No further mail goes out. Blocks until the desk has heard of the one under way, or for so long.
    func stop(milliseconds: Int) {
        let isIdle = DispatchSemaphore(value: 0)
        let isBusy = state.withLock { state in
            state.isStopped = true
            state.isIdle = isIdle
            return state.underWay > 0
        }
        if isBusy { _ = isIdle.wait(timeout: .now() + .milliseconds(milliseconds)) }
    }

    /// Said once when mails no longer get through, and once when they do again.
    private func note(_ result: MailResult) {
        let why: Text? = if case .unreachable(let why) = result { why } else { nil }
        let hasChanged = state.withLock { state in
            defer { state.isCutOff = why != nil }
            return state.isCutOff != (why != nil)
        }
        guard hasChanged else { return }
        if let why {
            log.warning("no mail gets through, and all wait: \(why)")
        } else {
            log.notice("mails get through again")
        }
    }
}
