// What the server does for whoever gives a command on its machine. Off the reactors and off the desk, because it writes
// files and waits for the disk.

internal import Dispatch
internal import SangdamCore
internal import SangdamHours
internal import SangdamJSON
internal import SangdamJournal
internal import SangdamMail
internal import SangdamWire
internal import Synchronization

/// The commands of the control socket, one after the other.
final class ControlCommands: Sendable {
    private struct State {
        var configuration: ServerConfiguration
        /// Nil while no mail server is configured.
        var replyKey: ReplyKey?
        var isStopped = false
    }

    /// Longer than a command waits for a lock, and short enough for the end (CommandLine.md#Signals).
    private static let stopMilliseconds = 2_500

    private let state: Mutex<State>
    private let accounts: AccountDirectory
    private let store: AccountStore
    let mailbox: DeskMailbox
    let journal: Journal
    let clock: DeskClock
    private let queue = DispatchQueue(label: "sangdam.control", qos: .utility)

    init(
        _ configuration: ServerConfiguration, replyKey: ReplyKey?, accounts: AccountDirectory, store: AccountStore,
        mailbox: DeskMailbox, journal: Journal, clock: DeskClock
    ) {
        state = Mutex(State(configuration: configuration, replyKey: replyKey))
        (self.accounts, self.store, self.mailbox) = (accounts, store, mailbox)
        (self.journal, self.clock) = (journal, clock)
    }

    var configuration: ServerConfiguration { state.withLock { $0.configuration } }
    var replyKey: ReplyKey? { state.withLock { $0.replyKey } }

    /// After a reload.
    func replace(_ configuration: ServerConfiguration, replyKey: ReplyKey?) {
        state.withLock { ($0.configuration, $0.replyKey) = (configuration, replyKey) }
    }

    /// Blocks until the command under way is done, or has taken too long: the server's end does not wait for a disk that
    /// hangs. Every later command is answered with 503.
    func stop() {
        state.withLock { $0.isStopped = true }
        let isIdle = DispatchSemaphore(value: 0)
        queue.async { isIdle.signal() }
        _ = isIdle.wait(timeout: .now() + .milliseconds(Self.stopMilliseconds))
    }

    /// The rows of the control socket beside those that the admin port has, too.
    var routes: [String: HTTPRoutes.Route] {
        [
            "/override": .post { head in { answer in self.run(answer) { self.override(head.body, answer) } } },
            "/mail": .post { head in { answer in self.run(answer) { self.takeMail(head.body, answer) } } },
            "/accounts": .post { head in { answer in self.run(answer) { self.changeAccount(head.body, answer) } } },
        ]
    }

    private func run(_ answer: @escaping @Sendable (HTTPResponse) -> Void, _ work: @escaping @Sendable () -> Void) {
        queue.async {
            guard !self.state.withLock({ $0.isStopped }) else {
                return answer(.failure(.serviceUnavailable, "The server is about to stop.", ExitStatus.unavailable))
            }
            work()
        }
    }

    // MARK: Accounts

    private func changeAccount(_ body: [UInt8], _ answer: (HTTPResponse) -> Void) {
        guard let (order, editor) = AccountOrder.read(body) else {
            return answer(.failure(.badRequest, "This is no change of an account.", ExitStatus.usage))
        }
        do throws(AccountError) {
            _ = try order.carryOut(on: store, by: editor)
            // In force when the command returns, not when the file is looked at next.
            accounts.look()
            answer(.json { _ in })
        } catch {
            let status: HTTPStatus =
                switch error {
                case .exists: .conflict
                case .unknown: .notFound
                case .busy: .serviceUnavailable
                case .unsafeMode, .damaged, .system, .hashing: .internalServerError
                }
            answer(.failure(status, error.description, error.exitCode))
        }
    }
}

extension HTTPResponse {
    /// An object of the members that `write` writes.
    static func json(_ status: HTTPStatus = .ok, _ write: (inout JSONWriter) -> Void) -> HTTPResponse {
        var writer = JSONWriter()
        writer.beginObject()
        write(&writer)
        writer.endObject()
        writer.raw(UInt8(ascii: "\n"))
        var response = HTTPResponse(status: status)
        response.setBody(writer.bytes, contentType: "application/json")
        return response
    }

    /// - Parameter exitCode: what a command that is told so ends with.
    static func failure(_ status: HTTPStatus, _ sentence: String, _ exitCode: Int32) -> HTTPResponse {
        json(status) { writer in
            writer.key("error")
            writer.string(sentence)
            writer.key("exit")
            writer.number(Int(exitCode))
        }
    }
}
