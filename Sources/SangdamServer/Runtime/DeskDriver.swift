// What the thread that drains the mailbox does with a batch: the desk decides, the records are written, and what is to
// be seen is held back until they are durable.

internal import SangdamCore
internal import SangdamJournal

/// The desk and what it needs around it. A value of the mailbox: only so is a whole batch one access to it.
struct DeskDriver {
    private var desk: Desk
    private let journal: Journal
    private let outbox: Outbox
    private let metrics: DeskMetrics

    private var effects = Effects()
    private var armed: Instant?
    private var isStorageFull = false
    /// Too much waits for the disk: looked at once a batch.
    private var isOutboxFull = false
    /// How many deliveries the batch before had.
    private var lastShown = 0
    /// What can be neither refused nor written waits here while the disk is full: at most one disconnect for each
    /// session that holds something, since nobody new gets hold of anything; and the last configuration, timetable and
    /// accounts.
    private var deferred: [Event] = []

    init(desk: Desk, journal: Journal, outbox: Outbox, metrics: DeskMetrics) {
        self.desk = desk
        self.journal = journal
        self.outbox = outbox
        self.metrics = metrics
    }

    mutating func run(_ batch: [Arrival], at now: Instant) {
        isOutboxFull = outbox.isOverfull
        // No line of today's stands behind a head that an older version wrote, also not the first of a start.
        if journal.isSegmentStale { beginSegmentIfWanted(at: now) }
        var barriers: [@Sendable () -> Void] = []
        for arrival in batch {
            switch arrival {
            case .event(let event):
                // The timer fired once and must be set again, also when desk time has not come as far yet.
                if case .tick = event { armed = nil }
                run(event, at: now)
            case .order(let order, let answer): answer(run(order, at: now))
            case .snapshot(let completion):
                completion(
                    desk.snapshot(at: now), CountedTotals(totals: metrics.totals, number: journal.lastNumber))
            case .storage(let isFull): setStorage(isFull: isFull, at: now)
            case .barrier(let passed): barriers.append(passed)
            }
        }
        if let due = desk.nextDeadline, due <= now { run(.tick, at: now) }
        beginSegmentIfWanted(at: now)
        let ticket = journal.commit()
        let shown = effects.takeDeliveries(expecting: lastShown)
        lastShown = shown.count
        outbox.hold(shown, mails: effects.takeMails(), until: ticket, durable: journal.durableTicket)
        for passed in barriers { passed() }
    }

    private func beginSegmentIfWanted(at now: Instant) {
        guard journal.wantsNewSegment(at: now) else { return }
        journal.beginSegment(checkpoint: desk.state.checkpoint(metrics.totals), at: now)
    }

    /// Whoever gave the order waits for what became of it: it is never put off.
    private mutating func run(_ order: Order, at now: Instant) -> OrderAnswer {
        run(.order(order), at: now)
        return effects.takeOrderOutcome().map { .done($0, restingOn: journal.lastNumber) } ?? .storageFull
    }

    private mutating func run(_ event: Event, at now: Instant) {
        if case .command(let session, let command) = event, isOutboxFull {
            refuse(.busy, command.messageID, session)
            return
        }
        if needsRoom(event), isStorageFull || !journal.hasRoom(forBytes: estimatedBytes(of: event)) {
            refuseOrDefer(event)
            return
        }
        let shownBefore = effects.deliveries.count
        desk.handle(event, at: now, into: &effects)
        for index in effects.records.indices { journal.append(effects.records[index]) }
        for observation in effects.observations { metrics.count(observation) }
        effects.removeRecordsAndObservations()
        if isStorageFull { showWhatRestsOnNothing(from: shownBefore) }
    }

    /// A refusal rests on no record: it does not wait for a disk that is full or slow.
    private func refuse(
        _ code: RefusalCode, _ id: ClientMessageID?, _ session: SessionHandle, answersHello: Bool = false
    ) {
        metrics.count(.refused(code))
        let refusal = Refusal(code, messageID: id, answersHello: answersHello)
        outbox.showAtOnce([Addressed(.say(.error(refusal)), to: session)])
    }

    /// How long until the desk must be woken by a tick; nil when that is known already, or when nothing becomes due.
    mutating func nextAlarm(at now: Instant) -> Interval? {
        guard let next = desk.nextDeadline else {
            armed = nil
            return nil
        }
        // A tick that found no room is tried again a second later, not at once.
        let due = next <= now ? now + .seconds(1) : next
        if armed == due { return nil }
        armed = due
        return due - now
    }

    // MARK: Full disks

    /// The end must not wait for room; what it writes is known at the next start anyway.
    private func needsRoom(_ event: Event) -> Bool {
        if case .drain = event { false } else { desk.mayWrite(event) }
    }

    /// What the event may add to the journal. One that touches all of an agent's chats can add more; the journal keeps
    /// what finds no room until there is some.
    private func estimatedBytes(of event: Event) -> Int {
        switch event {
        case .command(_, .say(_, _, let text)), .command(_, .note(_, _, let text)),
            .command(_, .reply(_, _, let text)), .command(_, .answer(_, _, let text)):
            Journal.lineBytes(forTextBytes: text.count)
        case .command(_, .inquire(let wish)):
            Journal.lineBytes(forTextBytes: wish.text.count + Intake.answerLimitBytes * Intake.limit)
        case .order(.mail(let mail)):
            Journal.lineBytes(forTextBytes: mail.texts.reduce(mail.quoted?.count ?? 0) { $0 + $1.count })
        case .command(_, .enter), .command(_, .intake):
            Journal.lineBytes(forTextBytes: Intake.answerLimitBytes * Intake.limit)
        case .command, .customerHello: 4096
        case .agentHello, .disconnected, .tick, .restarted, .configured, .timetable, .order, .mailed, .accounts,
            .drain:
            8192
        }
    }

    private mutating func refuseOrDefer(_ event: Event) {
        switch event {
        case .command(let session, let command):
            refuse(.storageFull, command.messageID, session)
        case .customerHello(let session, _), .agentHello(let session, _):
            refuse(.storageFull, nil, session, answersHello: true)
        case .tick:
            // The timer asks again every second while there is no room.
            break
        case .order:
            // Whoever gave the order is told that nothing was done.
            break
        case .configured:
            // It brings hours of its own.
            deferred.removeAll { event in
                switch event {
                case .configured, .timetable: true
                default: false
                }
            }
            deferred.append(event)
        case .timetable:
            deferred.removeAll { if case .timetable = $0 { true } else { false } }
            deferred.append(event)
        case .accounts(let accounts):
            // Whoever is to go goes now; what it means for the chats waits for room. The newest accounts are all there
            // is.
            outbox.showAtOnce(
                desk.sessionsThatEnd(under: accounts).map { Addressed(.close(.accountChanged), to: $0) })
            deferred.removeAll { if case .accounts = $0 { true } else { false } }
            deferred.append(event)
        // One mail is under way at a time.
        case .disconnected, .mailed, .restarted, .drain:
            deferred.append(event)
        }
    }

    private mutating func setStorage(isFull: Bool, at now: Instant) {
        isStorageFull = isFull
        guard !isFull else { return }
        let waiting = deferred
        deferred = []
        for event in waiting { run(event, at: now) }
        run(.tick, at: now)
    }

    /// While the disk is full, what waits for it waits long; what needs no record is not to wait behind that.
    private mutating func showWhatRestsOnNothing(from start: Int) {
        guard effects.deliveries.count > start else { return }
        outbox.showAtOnce(effects.takeDeliveries(from: start) { $0.delivery.restsOnNoRecord })
    }
}
