// What the chat keeps for each reactor: its sessions, and what they bring to the desk, which goes there once a pass.

internal import Logging
internal import SangdamCore
internal import SangdamNet
internal import SangdamWire
internal import Synchronization

/// What all sessions share.
final class ChatEdge: Sendable {
    let passwords: any PasswordCheck
    let history: HistoryFetcher
    let faq: FAQSearcher
    let metrics: EdgeMetrics
    let log: Logger
    private let wire: Mutex<WireConfiguration>

    init(
        wire: WireConfiguration, passwords: any PasswordCheck, history: HistoryFetcher, faq: FAQSearcher,
        metrics: EdgeMetrics, log: Logger
    ) {
        self.wire = Mutex(wire)
        self.passwords = passwords
        self.history = history
        self.faq = faq
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
    private(set) var sessionsBySlot: [ChatSession?] = []
    /// What this pass brings to the desk.
    var arrivals: [Arrival] = []
    private let mailbox: DeskMailbox
    private let clock: DeskClock
    private var passTime: (reactor: UInt64, desk: Instant)?
    unowned let reactor: any SessionReactor
    private var scratch: [UInt8] = []
    private var inputs: [SessionInput] = []

    /// Output kept for reuse; a larger buffer is given back to the system.
    private static let scratchLimitBytes = 64 * 1024

    /// Whoever makes it calls `endPass` whenever the reactor has read what was ready.
    init(on reactor: any SessionReactor, edge: ChatEdge, mailbox: DeskMailbox, clock: DeskClock) {
        self.edge = edge
        self.mailbox = mailbox
        self.clock = clock
        self.reactor = reactor
    }

    /// Makes the reactor's sessions and puts them onto it; to be called there, before its first connection.
    static func attach(to reactor: Reactor, edge: ChatEdge, mailbox: DeskMailbox, clock: DeskClock) {
        let sessions = ReactorSessions(on: reactor, edge: edge, mailbox: mailbox, clock: clock)
        reactor.attachment = sessions
        reactor.onEndOfReading { [unowned sessions] _ in sessions.endPass() }
    }

    static func of(_ reactor: Reactor) -> ReactorSessions? {
        reactor.attachment as? ReactorSessions
    }

    /// The same instant for all of a pass, which the reactor's own time tells apart: one reading serves a whole batch.
    var now: Instant {
        let reactorNow = reactor.now
        if let passTime, passTime.reactor == reactorNow { return passTime.desk }
        let now = clock.now()
        passTime = (reactorNow, now)
        return now
    }

    func endPass() {
        if !arrivals.isEmpty { mailbox.submit(emptying: &arrivals) }
    }

    /// What the desk says.
    func show(_ deliveries: [Addressed]) {
        var output = takeScratch()
        let arrived = arrivals.count
        // Looked at where they are: a copy of each would be a copy of its message.
        let (deliveries, now) = (deliveries.span, now)
        for index in deliveries.indices {
            switch deliveries[index].address {
            case .session(let handle):
                session(handle)?.deliver(deliveries[index].delivery, at: now, writingInto: &output)
            }
        }
        give(back: output)
        // What follows from it may come behind the end of the pass: without this it would wait for whatever comes next.
        if arrivals.count > arrived { endPass() }
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

    func takeInputs() -> [SessionInput] {
        var taken: [SessionInput] = []
        swap(&taken, &inputs)
        return taken
    }

    func give(back output: consuming [UInt8]) {
        guard output.capacity <= Self.scratchLimitBytes else { return }
        output.removeAll(keepingCapacity: true)
        scratch = output
    }

    func give(back inputs: consuming [SessionInput]) {
        inputs.removeAll(keepingCapacity: true)
        self.inputs = inputs
    }
}
