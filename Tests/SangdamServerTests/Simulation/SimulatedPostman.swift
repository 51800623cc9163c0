// A mail server that is slow, away, or says no, and the mails that it has taken: what reached it stays with it, whatever
// becomes of ours.

import SangdamCore

@testable import SangdamServer
@testable import SimulationSupport

/// What has been delivered over all lives.
final class MailLedger {
    /// How often each mail came, by inquiry and number.
    private(set) var delivered: [String: Int] = [:]
    /// Asked of each mail when it is given out.
    var onSend: ((OutgoingMail) -> Void)?

    func deliver(_ mail: OutgoingMail) {
        delivered["\(mail.inquiry) \(mail.number)", default: 0] += 1
    }
}

// @unchecked: used on the test's thread alone; the server's types merely ask for `Sendable`.
final class SimulatedPostman: Postman, @unchecked Sendable {
    private let queue: SteppedQueue
    private unowned let machine: Machine
    private unowned let ledger: MailLedger

    init(on machine: Machine, _ ledger: MailLedger) {
        queue = SteppedQueue(on: machine)
        (self.machine, self.ledger) = (machine, ledger)
    }

    func send(_ mail: OutgoingMail, then: @escaping @Sendable (MailResult) -> Void) {
        ledger.onSend?(mail)
        if machine.chance(40) { queue.busyUntil = machine.now + Int64(machine.number(1...30_000)) }
        // The outbox gives mails out under its lock.
        queue.asyncUnderLock { [self] in
            switch machine.number(0...9) {
            case 0: then(.unreachable("connection refused"))
            case 1: then(.deferred("451 later"))
            default:
                ledger.deliver(mail)
                // The server may die right here.
                machine.preempt()
                then(.sent)
            }
        }
    }
}
