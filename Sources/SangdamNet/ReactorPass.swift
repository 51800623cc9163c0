// What a reactor does when it is woken. A wake is a run of passes: each takes a batch of events, and after one with
// something to do the wake lingers in epoll_wait, so that steady traffic never pays for Dispatch's wake-up. Lingering
// is bounded; on return everything left is either in the epoll set (which wakes us) or announced by the eventfd.

internal import COpenSSL
internal import Glibc

extension Reactor {
    func runPasses() {
        let started = MonotonicClock.milliseconds()
        var passes = 0
        var timeout: Int32 = 0
        repeat {
            let count = Int(epoll_wait(epollDescriptor, events, Int32(configuration.eventsPerPass), timeout))
            now = MonotonicClock.milliseconds()
            guard count > 0 || hasLeftovers || isDue else { break }
            runPass(events: max(count, 0))
            passes += 1
            timeout = lingerTimeout()
        } while !isStopped && passes < configuration.passesPerWake
            && now - started < UInt64(configuration.millisecondsPerWake)
        if !isStopped { prepareToSleep() }
    }

    private var isDue: Bool { nextTime.map { $0 <= now } ?? false }

    /// What must not wait for an event.
    private var hasLeftovers: Bool {
        hasPostedToSelf || !ended.isEmpty || !dirty.isEmpty || !unfinished.isEmpty || !handshakes.isEmpty
    }

    private func lingerTimeout() -> Int32 {
        if hasLeftovers { return 0 }
        let linger = Int32(configuration.lingerMilliseconds)
        guard let deadline = nextTime, deadline < now + UInt64(linger) else { return linger }
        return deadline > now ? Int32(deadline - now) : 0
    }

    private func prepareToSleep() {
        if hasLeftovers { mailbox.wake() }
        guard let deadline = nextTime else { return }
        if let armedTimer, armedTimer > now, armedTimer <= deadline { return }
        sangdam_timerfd_arm(timerDescriptor, deadline)
        armedTimer = deadline
    }

    private func runPass(events count: Int) {
        // Those who had more than their share come after those who have something new.
        let waiting = unfinished
        unfinished = []
        for index in 0..<count { handle(events + index) }
        for connection in waiting { connection.readOn() }
        passDeadlines()
        runPostedWork()
        announceEnded()
        passOn()
        if !handshakes.isEmpty { shakeHands() }
    }

    /// What the reads gathered goes to the owner, what is to be said goes out.
    private func passOn() {
        endOfReading?(self)
        if hasPostedToSelf { runPostedWork() }
        flushDirty()
    }

    /// Whoever is connected has been served; now some of those who want to be. What came right behind a handshake is
    /// answered in the same pass, tickets and first words in one send.
    private func shakeHands() {
        var stepsLeft = configuration.handshakeStepsPerPass
        while stepsLeft > 0, let id = handshakes.popFirst() {
            if anyConnection(id)?.takeHandshakeStep() == true { stepsLeft -= 1 }
        }
        passOn()
    }

    private func handle(_ event: UnsafePointer<epoll_event>) {
        let id = ConnectionID(rawValue: sangdam_epoll_id(event))
        if id.slot < ConnectionID.firstReservedSlot {
            anyConnection(id)?.handle(events: sangdam_epoll_flags(event))
        } else if id.slot == ConnectionID.listenerSlot {
            listeners[id.generation]?.acceptSome()
        }
        // The mailbox and the timer have nothing to be read: the pass looks at both in any case.
    }

    private func passDeadlines() {
        if let resting = paused, resting.until <= now {
            paused = nil
            for listener in resting.listeners { listener.acceptAgain() }
        }
        while let slot = deadlines.popDue(at: now) {
            connection(inSlot: slot)?.deadlinePassed()
        }
    }

    private func runPostedWork() {
        hasPostedToSelf = false
        mailbox.take(into: &takenWork)
        for work in takenWork {
            if isStopped { break }
            work(self)
        }
        takenWork.removeAll(keepingCapacity: takenWork.capacity <= 1_024)
    }

    /// Tells the owners of what ended. Connections that end meanwhile wait for the next pass.
    private func announceEnded() {
        guard !ended.isEmpty else { return }
        let now = ended
        ended = []
        for connection in now { connection.announceEnd() }
    }

    /// First come, first served. Output that is queued meanwhile (in `connectionDrained`) waits for the next pass, so
    /// that an owner with endless output cannot keep this one from ending.
    private func flushDirty() {
        swap(&dirty, &flushing)
        for connection in flushing { connection.flush() }
        flushing.removeAll(keepingCapacity: true)
    }
}
