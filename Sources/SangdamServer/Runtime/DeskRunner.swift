// Runs the desk: gathers what the reactors bring, hands it over in batches, writes the records, holds everything back
// that must not be seen before they are durable.
//
// The desk has no thread of its own. Whoever brings something while nobody is at the desk becomes its owner, works off
// the mailbox and leaves when it is empty; whoever comes meanwhile only drops his things. So a quiet system pays for no
// thread hop and a busy one gets its batches, and there is one owner at a time, in one order.

internal import Dispatch
internal import SangdamCore
internal import SangdamJournal
internal import SangdamNet
internal import Synchronization

/// What reaches the desk's mailbox.
enum Arrival: Sendable {
    case event(Event)
    /// Somebody wants to know how things stand.
    case snapshot(@Sendable (DeskSnapshot) -> Void)
    /// The disk is full, or has room again.
    case storage(isFull: Bool)
    /// Called when everything before it, and what came with it, has been handed to the outbox.
    case barrier(@Sendable () -> Void)
}

// @unchecked: `desk` and all other mutable state belong to the owner, of whom `mailbox` admits one at a time.
final class DeskRunner: @unchecked Sendable {
    private struct Mailbox {
        var arrivals: [Arrival] = []
        var isOwned = false
    }

    /// After so many batches the owner hands over to the desk's own queue: a reactor has connections to look after.
    private static let batchesPerTurn = 8
    /// A larger mailbox is given back to the system when it has been worked off.
    private static let keptArrivals = 4_096

    private let mailbox = Mutex(Mailbox())
    private let queue = DispatchQueue(label: "sangdam.desk", qos: .userInitiated)
    private let timer: any DispatchSourceTimer
    private let clock: DeskClock
    private let journal: Journal
    private let outbox: Outbox
    private let metrics: DeskMetrics

    // The owner's.
    private var desk: Desk
    private var batch: [Arrival] = []
    private var effects = Effects()
    private var armed: Instant?
    private var isStorageFull = false
    /// Too much waits for the disk: looked at once a batch.
    private var isOutboxFull = false
    /// How many deliveries the batch before had.
    private var lastShown = 0
    /// What can be neither refused nor written waits here while the disk is full: at most one disconnect for each
    /// session that holds something, since nobody new gets hold of anything, and the last configuration.
    private var deferred: [Event] = []

    init(desk: Desk, clock: DeskClock, journal: Journal, outbox: Outbox, metrics: DeskMetrics) {
        self.desk = desk
        self.clock = clock
        self.journal = journal
        self.outbox = outbox
        self.metrics = metrics
        timer = DispatchSource.makeTimerSource(queue: queue)
        install(timer)
    }

    /// Outside of `init`, so that the handler belongs to no actor.
    private nonisolated func install(_ timer: any DispatchSourceTimer) {
        timer.setEventHandler { [weak self] in self?.submit([.event(.tick)]) }
        timer.activate()
    }

    /// Stops the desk's timer; whatever is submitted still runs.
    func stop() {
        timer.cancel()
    }

    /// For the end, when nobody submits any more: blocks until what was submitted has been worked off.
    func finish() {
        stop()
        var isDone = false
        while !isDone {
            queue.sync {}
            isDone = mailbox.withLock { !$0.isOwned && $0.arrivals.isEmpty }
        }
    }

    /// From threads that must not be kept, such as the journal's own.
    func submitLater(_ arrivals: [Arrival]) {
        queue.async { self.submit(arrivals) }
    }

    /// Puts `arrivals` into the mailbox, in order, and runs the desk if nobody does. Never blocks on disk or network.
    func submit(_ arrivals: [Arrival]) {
        var arrivals = arrivals
        submit(emptying: &arrivals)
    }

    /// The same, and leaves an empty array with room for the next ones: memory goes round between the two.
    func submit(emptying arrivals: inout [Arrival]) {
        let becomesOwner = mailbox.withLock { mailbox in
            if mailbox.arrivals.isEmpty {
                swap(&mailbox.arrivals, &arrivals)
            } else {
                mailbox.arrivals.append(contentsOf: arrivals)
                arrivals.removeAll(keepingCapacity: true)
            }
            if mailbox.isOwned { return false }
            mailbox.isOwned = true
            return true
        }
        if becomesOwner { work() }
    }

    private func work() {
        for _ in 0..<Self.batchesPerTurn {
            let isDone = mailbox.withLock { mailbox in
                swap(&batch, &mailbox.arrivals)
                if batch.isEmpty { mailbox.isOwned = false }
                return batch.isEmpty
            }
            if isDone { return }
            runBatch()
            batch.removeAll(keepingCapacity: batch.capacity <= Self.keptArrivals)
        }
        queue.async { self.work() }
    }

    // MARK: The owner's work

    private func runBatch() {
        let now = clock.now()
        isOutboxFull = outbox.isOverfull
        var shown = OutboundBatch(reactors: outbox.reactorCount, expecting: lastShown)
        var barriers: [@Sendable () -> Void] = []
        for arrival in batch {
            switch arrival {
            case .event(.tick):
                // The timer fired once and must be set again, also when desk time has not come as far yet.
                armed = nil
                run(.tick, at: now, into: &shown)
            case .event(let event): run(event, at: now, into: &shown)
            case .snapshot(let completion): completion(desk.snapshot(at: now))
            case .storage(let isFull): setStorage(isFull: isFull, at: now, into: &shown)
            case .barrier(let passed): barriers.append(passed)
            }
        }
        if let due = desk.nextDeadline, due <= now { run(.tick, at: now, into: &shown) }
        if journal.wantsNewSegment(at: now) {
            journal.beginSegment(checkpoint: desk.state.checkpoint(), at: now)
        }
        let ticket = journal.commit()
        lastShown = shown.count
        outbox.hold(shown, until: ticket, durable: journal.durableTicket)
        for passed in barriers { passed() }
        armTimer(at: now)
    }

    private func run(_ event: Event, at now: Instant, into shown: inout OutboundBatch) {
        if case .command(let session, let command) = event, isOutboxFull {
            refuse(.busy, command.messageID, session)
            return
        }
        if mayWrite(event), isStorageFull || !journal.hasRoom(forBytes: estimatedBytes(of: event)) {
            refuseOrDefer(event)
            return
        }
        desk.handle(event, at: now, into: &effects)
        for index in effects.list.indices {
            switch effects.list[index] {
            case .record(let record): journal.append(record)
            case .deliver(let session, let outbound): show(.deliver(outbound), to: session, &shown)
            case .history(let session, let request): shown.append(.history(request), to: session)
            case .close(let session, let farewell): shown.append(.close(farewell), to: session)
            case .observe(let observation): metrics.count(observation)
            }
        }
        effects.removeAll()
    }

    private func show(_ delivery: Delivery, to session: SessionHandle, _ shown: inout OutboundBatch) {
        if isStorageFull, case .deliver(let outbound) = delivery, outbound.restsOnNoRecord {
            outbox.showAtOnce(delivery, to: session)
        } else {
            shown.append(delivery, to: session)
        }
    }

    /// A refusal rests on no record: it does not wait for a disk that is full or slow.
    private func refuse(
        _ code: RefusalCode, _ id: ClientMessageID?, _ session: SessionHandle, answersHello: Bool = false
    ) {
        metrics.count(.refused(code))
        let refusal = Refusal(code, messageID: id, answersHello: answersHello)
        outbox.showAtOnce(.deliver(.error(refusal)), to: session)
    }

    // MARK: Full disks

    private func mayWrite(_ event: Event) -> Bool {
        switch event {
        case .command(_, let command): command.rule.writes
        case .customerHello(_, let hello): hello.resume != nil
        case .disconnected(let session, _): desk.writes(onDisconnectOf: session)
        case .agentHello, .tick, .restarted, .configured: true
        // The end must not wait for room; what it writes is known at the next start anyway.
        case .drain: false
        }
    }

    /// What the event may add to the journal. One that touches all of an agent's chats can add more; the journal keeps
    /// what finds no room until there is some.
    private func estimatedBytes(of event: Event) -> Int {
        switch event {
        case .command(_, .say(_, _, let text)), .command(_, .note(_, _, let text)):
            Journal.lineBytes(forTextBytes: text.count)
        case .command(_, .enter), .command(_, .intake):
            Journal.lineBytes(forTextBytes: Intake.fieldLimitBytes * IntakeField.allCases.count)
        case .command, .customerHello: 4096
        case .agentHello, .disconnected, .tick, .restarted, .configured, .drain: 8192
        }
    }

    private func refuseOrDefer(_ event: Event) {
        switch event {
        case .command(let session, let command):
            refuse(.storageFull, command.messageID, session)
        case .customerHello(let session, _), .agentHello(let session, _):
            refuse(.storageFull, nil, session, answersHello: true)
        case .tick:
            // The timer asks again every second while there is no room.
            break
        case .configured:
            deferred.removeAll { if case .configured = $0 { true } else { false } }
            deferred.append(event)
        case .disconnected, .restarted, .drain:
            deferred.append(event)
        }
    }

    private func setStorage(isFull: Bool, at now: Instant, into shown: inout OutboundBatch) {
        isStorageFull = isFull
        guard !isFull else { return }
        let waiting = deferred
        deferred = []
        for event in waiting { run(event, at: now, into: &shown) }
        run(.tick, at: now, into: &shown)
    }

    // MARK: Time

    private func armTimer(at now: Instant) {
        guard let next = desk.nextDeadline else {
            armed = nil
            return
        }
        // A tick that found no room is tried again a second later, not at once.
        let due = next <= now ? now + .seconds(1) : next
        if armed == due { return }
        armed = due
        // The timer stops while the machine sleeps, as the monotonic clock does. Never early: a tick before its time
        // would find nothing to do.
        timer.schedule(deadline: .now() + .milliseconds(Int(clamping: (due - now).milliseconds + 1)))
    }
}
