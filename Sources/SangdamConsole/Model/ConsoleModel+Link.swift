// The link to the server: login, keepalive, losing it and coming back. Back-off 0.5 s doubling to 30 s with jitter; a
// connection that lasted ten seconds begins it anew.

internal import SangdamCore
internal import SangdamProtocol

/// Why a connection did not come about.
package enum ConnectFault: Sendable, Equatable {
    /// The name has no address; the resolver's reason.
    case cannotResolve(String)
    /// Nobody listens, no route; the system's reason.
    case refused(String)
    case timedOut
    /// The certificate or the host name does not verify; OpenSSL's reason.
    case untrusted(String)
    /// The other side speaks no TLS, or none that we speak.
    case noTLS(String)
}

extension ConsoleModel {
    var isConnected: Bool {
        switch link {
        case .signingIn, .online: true
        case .idle, .connecting, .waiting, .over: false
        }
    }

    /// The connection stands: say who we are.
    package mutating func connected(at now: Moment) -> [ConsoleEffect] {
        guard link == .connecting else { return takeAllEffects() }
        link = .signingIn(since: now.steady)
        heard(at: now)
        send(
            .agentHello(
                user: settings.user, password: settings.password.utf8, language: Language(tag: settings.language.code)))
        return takeAllEffects()
    }

    /// The connection did not come about. `fault` goes with the address and the CA file that were used.
    package mutating func connectionFailed(
        _ fault: ConnectFault, address: String, caFile: String?, at now: Moment
    ) -> [ConsoleEffect] {
        guard link == .connecting else { return takeAllEffects() }
        if !wasOnline {
            complain(.connectFailed(fault, address: address, caFile: caFile), at: now)
            finish(ConsoleExit.unavailable)
        } else {
            let delay = backOff(at: now)
            // Once it takes half a minute each time, once in a while is enough.
            if failures <= 7 || failures % 10 == 0 {
                complain(.connectFailedAgain(fault, address: address, seconds: delay), at: now)
            }
            pump(at: now)
        }
        return takeAllEffects()
    }

    /// The connection is gone. `reason` is the system's, if it gave one.
    package mutating func connectionLost(_ reason: String?, at now: Moment) -> [ConsoleEffect] {
        guard isConnected else { return takeAllEffects() }
        if wasOnline {
            retry(because: reason, at: now)
            pump(at: now)
        } else {
            complain(.closedAtLogin(reason.map(clean)), at: now)
            finish(ConsoleExit.unavailable)
        }
        return takeAllEffects()
    }

    private mutating func takeAllEffects() -> [ConsoleEffect] {
        defer { effects = [] }
        return effects
    }

    // MARK: Keeping time

    mutating func heard(at now: Moment) {
        lastHeard = now.steady
        pingSentAt = nil
    }

    /// Keepalive, login and reconnect deadlines.
    mutating func keepTime(at now: Moment) {
        defer { lastTick = now.steady }
        // Stopped or asleep: silence that nobody listened to is not the server's.
        if let lastTick, now.steady - lastTick > .seconds(5) {
            lastHeard = now.steady
            if pingSentAt != nil { pingSentAt = now.steady }
        }
        switch link {
        case .waiting(let until) where until <= now.steady:
            link = .connecting
            effects.append(.connect)
        case .signingIn(let since) where now.steady - since > .seconds(15):
            effects.append(.close)
            if wasOnline {
                retry(at: now)
            } else {
                complain(.loginUnanswered, at: now)
                finish(ConsoleExit.unavailable)
            }
        case .online:
            if let pingSentAt, now.steady - pingSentAt > .seconds(15) {
                effects.append(.close)
                retry(at: now)
            } else if pingSentAt == nil, now.steady - lastHeard >= .seconds(30) {
                pingNumber += 1
                pingSentAt = now.steady
                send(.ping(pingNumber))
            }
            if let settlesBy, settlesBy <= now.steady { settle(at: now) }
        case .idle, .connecting, .signingIn, .waiting, .over:
            break
        }
    }

    /// Gives the link up and says when it is tried again.
    mutating func retry(because reason: String? = nil, at now: Moment) {
        if case .online(let since) = link, now.steady - since > .seconds(10) { failures = 0 }
        let delay = backOff(at: now)
        complain(.connectionLost(reason.map(clean), seconds: delay), at: now)
        unacknowledged.connectionLost()
        for ask in asks.takeAll() where ask.kind != .topics && ask.kind != .status {
            complain(.unanswered(command: verbName(of: ask)), about: ask.handle, at: now)
        }
        for offer in chats.offers {
            chats[offer.id] = nil
            tell(.offerClosed(reason: "rescinded"), number: offer.number, at: now.wall)
        }
        settlesBy = nil
        pingSentAt = nil
    }

    /// Schedules the next try; its delay in seconds, for people.
    private mutating func backOff(at now: Moment) -> Int {
        let longest: Int64 = min(30_000, 500 << Int64(min(failures, 6)))
        failures += 1
        let delay = Interval(milliseconds: Int64.random(in: (longest / 2)...longest, using: &jitter))
        link = .waiting(until: now.steady + delay)
        return Int((delay.milliseconds + 999) / 1000)
    }

    // MARK: Login

    mutating func welcomed(_ agent: AgentState?, at now: Moment) {
        guard case .signingIn = link else { return }
        link = .online(since: now.steady)
        if let name = agent?.name { agentName = name }
        if wasOnline {
            tell(.back, at: now.wall)
        } else {
            tell(.welcome(name: clean(agentName)), at: now.wall)
        }
        wasOnline = true
        chats.changeAll { $0.isConfirmed = false }
        inquiries.changeAll { $0.isConfirmed = false }
        settlesBy = now.steady + .seconds(5)
        // Answered behind everything that the login brought: then we know which chats are still ours. Before the
        // status, so that the first offer finds its topic's label.
        asks.add(.topics, number: nil, at: now.steady)
        send(.topics)
        restoreStatus(agent, at: now)
        sendDue(at: now)
    }

    /// Asks for the wished status where the server has another one.
    private mutating func restoreStatus(_ agent: AgentState?, at now: Moment) {
        let wish = wished ?? StatusChange(status: settings.startsOnBreak ? .onBreak : .available)
        wished = wish
        var change = StatusChange()
        let coming = wish.afterChats ? agent?.statusAfterChats : agent?.statusAfterChats ?? agent?.status
        if coming != wish.status?.rawValue {
            change.status = wish.status
            change.afterChats = wish.afterChats
        }
        if let capacity = wish.capacity, agent?.capacity != capacity { change.capacity = capacity }
        if let autoAccept = wish.autoAccept, agent?.autoAccept != autoAccept { change.autoAccept = autoAccept }
        if change == StatusChange() {
            if let agent { tell(.status(agent), at: now.wall) }
        } else {
            asks.add(.status, number: nil, at: now.steady)
            send(.status(change))
        }
    }

    /// The server has named every chat that is still ours; the others went on without us.
    mutating func settle(at now: Moment) {
        settlesBy = nil
        for chat in chats.all where !chat.isConfirmed && !chat.isOffer {
            chats[chat.id] = nil
            if current == chat.id { current = nil }
            tell(.noLongerYours, number: chat.number, at: now.wall)
        }
        for inquiry in inquiries.all where !inquiry.isConfirmed && inquiry.isHeld(by: agentName) {
            letGo(inquiry.id, state: InquiryState.open.rawValue)
            tell(.inquiry(.noLongerYours), about: inquiry.handle, at: now.wall)
        }
    }

    /// An error before `welcome`.
    mutating func refusedLogin(_ error: ErrorMessage, at now: Moment) {
        switch error.code {
        case "wrong_password", "not_allowed":
            complain(.loginRefused(refusal(error)), at: now)
            finish(ConsoleExit.permission)
        case "locked":
            complain(.locked(error.retryAfter), at: now)
            finish(ConsoleExit.permission)
        default:
            complain(.serverError(command: nil, refusal(error)), at: now)
            if wasOnline {
                effects.append(.close)
                retry(at: now)
            } else {
                finish(ConsoleExit.unavailable)
            }
        }
    }

    mutating func dismissed(code: String, message: String, reconnect: Bool, at now: Moment) {
        complain(.bye(code: clean(code), message: clean(message)), at: now)
        if reconnect, wasOnline {
            effects.append(.close)
            retry(at: now)
        } else {
            for entry in unacknowledged.entries {
                complain(.leftUnsaved(clean(entry.text)), about: entry.handle, at: now)
            }
            switch code {
            case "left" where unacknowledged.isEmpty: finish(ConsoleExit.done)
            case "account_changed": finish(ConsoleExit.permission)
            default: finish(ConsoleExit.unavailable)
            }
        }
    }
}
