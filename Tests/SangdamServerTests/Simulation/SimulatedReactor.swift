// A reactor as a queue of closures: connections that are ready, deadlines, posted work, ends, the hook, output, in the
// order of a real one's pass.

import SangdamCore
import SangdamNet

@testable import SangdamServer

// @unchecked: as `Machine`.
final class SimulatedReactor: SimulatedThread, SessionReactor, @unchecked Sendable {
    let index: Int
    private unowned let machine: Machine
    private(set) var sessions: ReactorSessions?
    private var posted: [(ReactorSessions) -> Void] = []
    var sessionCount: Int { sessions?.sessionsBySlot.count { $0 != nil } ?? 0 }
    private(set) var connections: [SimulatedConnection] = []
    private var freeSlots: [Int] = []
    private var slots = 0
    private var generation: UInt64 = 0
    private var hasPostedToSelf = false
    var isRunning = false
    /// Set when the journal has failed: the desk may show nothing any more.
    var onPost: (() -> Void)?

    private(set) var now: UInt64 = 0

    init(index: Int, on machine: Machine) {
        self.index = index
        self.machine = machine
        machine.add(self)
    }

    func attach(edge: ChatEdge, mailbox: DeskMailbox, clock: DeskClock) {
        sessions = ReactorSessions(on: self, edge: edge, mailbox: mailbox, clock: clock)
    }

    // MARK: Connections

    /// Another one, opened in the next pass.
    func accept(limitBytes: Int, protocolName: String?, observer: any ConnectionObserver) -> SimulatedConnection {
        let slot = freeSlots.popLast() ?? slots
        slots = max(slots, slot + 1)
        generation += 1
        let id = ConnectionID(rawValue: UInt64(index) << 56 | UInt64(slot) << 32 | generation)
        let connection = SimulatedConnection(
            id, machine: machine, limitBytes: limitBytes, protocolName: protocolName, observer: observer)
        connections.append(connection)
        return connection
    }

    /// Nothing of it is left here.
    private func removeDead() {
        for connection in connections where connection.isOver { freeSlots.append(connection.id.slotIndex) }
        connections.removeAll { $0.isOver }
    }

    /// The process is gone: so are its connections.
    func die() {
        for connection in connections { connection.processDied() }
        connections = []
        posted = []
        sessions = nil
        onPost = nil
    }

    // MARK: Passes

    var isRunnable: Bool { !posted.isEmpty || connections.contains { $0.isReady(at: machine.now) } }
    var wakesAt: Int64? { connections.compactMap(\.deadline).min() }

    func runOnce() {
        guard let sessions else { return }
        now = UInt64(machine.now)
        for connection in connections.shuffled(using: &machine.random) { connection.read(on: sessions) }
        machine.preempt()
        for connection in connections { connection.passDeadline(at: machine.now) }
        runPosted(sessions)
        for connection in connections { connection.announceEnd() }
        sessions.endPass()
        if hasPostedToSelf { runPosted(sessions) }
        for connection in connections { connection.flush() }
        removeDead()
    }

    private func runPosted(_ sessions: ReactorSessions) {
        hasPostedToSelf = false
        let work = posted
        posted = []
        for item in work { item(sessions) }
    }

    func post(_ deliveries: [Addressed]) {
        onPost?()
        postToSessions { $0.show(deliveries) }
    }

    func postToSessions(_ work: @escaping @Sendable (ReactorSessions) -> Void) {
        if isRunning { hasPostedToSelf = true }
        posted.append(work)
    }
}
