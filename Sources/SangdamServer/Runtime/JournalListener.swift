// What follows from what the journal tells while it works: what is durable is shown, a full disk stops the desk from
// accepting, a failure is the end.

internal import Logging
internal import SangdamJournal
internal import Synchronization

/// Hears the journal. Called on its queue, which must go on.
struct JournalListener: Sendable {
    let mailbox: DeskMailbox
    let outbox: Outbox
    let readiness: Readiness
    let shutdown: Shutdown
    let log: Logger

    func hear(_ progress: JournalProgress) {
        switch progress {
        case .durable(let ticket):
            outbox.release(through: ticket)
        case .storageFull:
            readiness.set(.storageFull, true)
            log.error("the disk is full: nothing more is accepted until there is room")
            mailbox.submitLater([.storage(isFull: true)])
        case .storageBack:
            log.notice("the disk has room again")
            // Ready only once the desk knows: whoever asks and then comes is not refused.
            mailbox.submitLater([.storage(isFull: false), .barrier { readiness.set(.storageFull, false) }])
        case .failed(let error):
            outbox.shut()
            log.critical("\(error.description) Nothing more is acknowledged; the server ends.")
            shutdown.failed()
        }
    }
}

/// The journal speaks before those who listen to it are made: what it says until then waits here.
final class ProgressRelay: Sendable {
    private struct State {
        var handler: (@Sendable (JournalProgress) -> Void)?
        var waiting: [JournalProgress] = []
    }

    private let state = Mutex(State())

    func begin(_ handler: @escaping @Sendable (JournalProgress) -> Void) {
        state.withLock { state in
            for progress in state.waiting { handler(progress) }
            state.waiting = []
            state.handler = handler
        }
    }

    func pass(_ progress: JournalProgress) {
        state.withLock { state in
            if let handler = state.handler { handler(progress) } else { state.waiting.append(progress) }
        }
    }
}
