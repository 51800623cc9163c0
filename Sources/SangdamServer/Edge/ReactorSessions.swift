// What the chat keeps for each reactor: its sessions, and the inbox that goes to the desk once a turn.

internal import Logging
internal import SangdamCore
internal import SangdamNet
internal import SangdamWire
internal import Synchronization

/// What all sessions share.
final class ChatEdge: Sendable {
    let authenticator: Authenticator
    let history: HistoryFetcher
    let metrics: EdgeMetrics
    let log: Logger
    private let wire: Mutex<WireConfiguration>

    init(
        wire: WireConfiguration, authenticator: Authenticator, history: HistoryFetcher, metrics: EdgeMetrics,
        log: Logger
    ) {
        self.wire = Mutex(wire)
        self.authenticator = authenticator
        self.history = history
        self.metrics = metrics
        self.log = log
    }

    /// Holds for new connections.
    var wireConfiguration: WireConfiguration {
        get { wire.withLock { $0 } }
        set { wire.withLock { $0 = newValue } }
    }
}

/// A reactor's share of the chat. Confined to the reactor.
final class ReactorSessions {
    let edge: ChatEdge
    private var sessionsBySlot: [ChatSession?] = []
    /// What this turn brings to the desk.
    var inbox: [Arrival] = []
    private let runner: DeskMailbox
    private let clock: DeskClock
    private var turnTime: (reactor: UInt64, desk: Instant)?
    private unowned let reactor: Reactor
    private var scratch: [UInt8] = []
    private var inputs: [Inbound] = []

    /// Output kept for reuse; a larger buffer is given back to the system.
    private static let scratchLimitBytes = 64 * 1024

    /// Puts itself onto the reactor; to be called there, before its first connection.
    init(on reactor: Reactor, edge: ChatEdge, runner: DeskMailbox, clock: DeskClock) {
        self.edge = edge
        self.runner = runner
        self.clock = clock
        self.reactor = reactor
        reactor.attachment = self
        reactor.onEndOfReading { [unowned self] _ in endTurn() }
    }

    static func of(_ reactor: Reactor) -> ReactorSessions? {
        reactor.attachment as? ReactorSessions
    }

    /// The same instant for all of a turn, which the reactor's own time tells apart: one reading serves a whole batch.
    var now: Instant {
        if let turnTime, turnTime.reactor == reactor.now { return turnTime.desk }
        let now = clock.now()
        turnTime = (reactor.now, now)
        return now
    }

    private func endTurn() {
        if !inbox.isEmpty { runner.submit(emptying: &inbox) }
    }

    /// What the desk wants shown.
    static func run(_ deliveries: [Addressed], on reactor: Reactor) {
        guard let desk = of(reactor) else { return }
        var output = desk.takeScratch()
        // Looked at where they are: a copy of each would be a copy of its message.
        let (deliveries, now) = (deliveries.span, desk.now)
        for index in deliveries.indices {
            desk.session(deliveries[index].session)?.deliver(
                deliveries[index].delivery, at: now, writingInto: &output)
        }
        desk.give(back: output)
    }

    // MARK: Sessions

    /// The session, if it is still there: by the slot that its connection has, and its own look at the handle.
    func session(_ handle: SessionHandle) -> ChatSession? {
        let slot = ConnectionID(rawValue: handle.rawValue).slotIndex
        guard slot < sessionsBySlot.count, let session = sessionsBySlot[slot] else { return nil }
        return session.handle.rawValue == handle.rawValue ? session : nil
    }

    func add(_ session: ChatSession) {
        let slot = ConnectionID(rawValue: session.handle.rawValue).slotIndex
        while sessionsBySlot.count <= slot { sessionsBySlot.append(nil) }
        sessionsBySlot[slot] = session
    }

    func remove(_ session: ChatSession) {
        sessionsBySlot[ConnectionID(rawValue: session.handle.rawValue).slotIndex] = nil
    }

    // MARK: Buffers that are kept

    func takeScratch() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &scratch)
        return taken
    }

    func takeInputs() -> [Inbound] {
        var taken: [Inbound] = []
        swap(&taken, &inputs)
        return taken
    }

    func give(back output: consuming [UInt8]) {
        guard output.capacity <= Self.scratchLimitBytes else { return }
        output.removeAll(keepingCapacity: true)
        scratch = output
    }

    func give(back inputs: consuming [Inbound]) {
        inputs.removeAll(keepingCapacity: true)
        self.inputs = inputs
    }
}
