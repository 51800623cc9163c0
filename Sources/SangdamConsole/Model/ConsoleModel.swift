// The agent's console as a pure state machine: what the server says, what is typed and what time it is go in; what to
// send, print and do comes out as effects. It reads no clock, no file and no random source of its own.
//
// Rules that it keeps
// - Words go to the chat that the agent chose, or nowhere and that is said: a chat becomes the current one by
//   `/accept`, `/switch`, or because there was none. It never changes while another one is being talked in.
// - Words are forgotten only when the server has saved or refused them, and a refusal shows them again.
// - What comes from outside is sanitised before it becomes part of a line.
// - Every collection has a bound (`ConsoleBounds`).
//
// This file: state and the doors. The link to the server, chats and commands have files of their own.

package import SangdamCore
package import SangdamProtocol

/// The console of one agent.
package struct ConsoleModel: Sendable {
    /// How things stand with the server.
    package enum Link: Sendable, Equatable {
        case idle
        case connecting
        /// `hello` is sent.
        case signingIn(since: Instant)
        case online(since: Instant)
        /// Tried again at `until`, on the steady clock.
        case waiting(until: Instant)
        case over
    }

    /// The end that was asked for: everything acknowledged first, but not for ever.
    struct Farewell: Sendable {
        let deadline: Instant
    }

    /// `/wait`: later lines are held until it happens.
    struct Wait: Sendable {
        let kind: WaitKind
        let until: Instant
    }

    package enum WaitKind: String, Sendable, CaseIterable {
        case offer, chat, message, end
    }

    /// What was typed or piped and not looked at yet.
    enum Input: Sendable {
        case line(String)
        case end
    }

    let settings: ConsoleSettings
    package internal(set) var link = Link.idle
    /// The first login worked: from now on a lost connection is tried again.
    var wasOnline = false
    /// Connections in a row that failed or did not last.
    var failures = 0
    var jitter: SplitMix64

    package internal(set) var chats = ConsoleChats()
    /// Where words go.
    package internal(set) var current: ChatID?
    package internal(set) var inquiries = ConsoleInquiries()
    /// Where answers go.
    package internal(set) var currentInquiry: ChatID?
    /// The inquiry whose answer the typed lines are part of.
    var writing: ChatID?
    /// The one whose words were shown last: the chat before it is shown with them.
    var shownInquiry: ChatID?
    var unacknowledged: UnacknowledgedWords
    var asks = Asks()
    var topicLabels: [String: String] = [:]
    /// What topics ask, by the topic; those that ask the standard questions are not among them.
    var topicQuestions: [String: [QuestionLabel]] = [:]
    var queueNames: [String] = []

    /// What was found of the frequent questions last, and in which language it was asked for.
    var answers: [FAQAnswer] = []
    var answersLanguage: Language?

    var agentName: String
    /// The status that the agent wants; nil until the first login is through.
    var wished: StatusChange?

    /// When something last came from the server, and when the last ping went out without an answer.
    var lastHeard = Instant(milliseconds: 0)
    var pingSentAt: Instant?
    var pingNumber: UInt64 = 0
    var lastTick: Instant?
    /// Since the login, until the server has named all chats that are still ours.
    var settlesBy: Instant?

    var held: [Input] = []
    var wait: Wait?
    /// The customer said something since the last `/wait message`.
    var hasNewWords = false
    var farewell: Farewell?
    var wasWarnedOfQuit = false

    var effects: [ConsoleEffect] = []

    /// `seed` makes the ids of words unique to this run and spreads the reconnects of many consoles.
    package init(settings: ConsoleSettings, seed: UInt64) {
        self.settings = settings
        agentName = settings.user
        jitter = SplitMix64(seed: seed)
        unacknowledged = UnacknowledgedWords(
            prefix: String(jitter.next(), radix: 36) + String(jitter.next(), radix: 36))
    }

    /// What the ids of this run's own words begin with.
    package var ownIDPrefix: String { unacknowledged.prefix }

    /// Whether more typed lines are welcome; while false, standard input waits.
    package var wantsInput: Bool { wasOnline && held.count < ConsoleBounds.typedAhead }

    // MARK: Doors

    /// The program has started.
    package mutating func start(at now: Moment) -> [ConsoleEffect] {
        link = .connecting
        effects.append(.connect)
        return takeEffects()
    }

    /// One line without its end.
    package mutating func typed(_ line: String, at now: Moment) -> [ConsoleEffect] {
        held.append(.line(line))
        pump(at: now)
        return takeEffects()
    }

    /// A line that could not be read as one.
    package mutating func typedUnreadable(_ fault: TypedFault, at now: Moment) -> [ConsoleEffect] {
        switch fault {
        case .notUTF8: complain(.inputNotUTF8, at: now)
        case .tooLong: complain(.inputTooLong(limitBytes: ConsoleBounds.lineBytes), at: now)
        }
        return takeEffects()
    }

    /// Standard input has ended.
    package mutating func inputEnded(at now: Moment) -> [ConsoleEffect] {
        held.append(.end)
        pump(at: now)
        return takeEffects()
    }

    package mutating func received(_ message: HeardMessage, at now: Moment) -> [ConsoleEffect] {
        guard isConnected else { return takeEffects() }
        heard(at: now)
        take(message, at: now)
        pump(at: now)
        return takeEffects()
    }

    /// The server sent a line that cannot be understood.
    package mutating func receivedUnreadable(_ fault: ServerMessageFault, at now: Moment) -> [ConsoleEffect] {
        guard isConnected else { return takeEffects() }
        heard(at: now)
        if fault == .notJSON, case .signingIn = link {
            complain(.notOurProtocol, at: now)
            if wasOnline {
                effects.append(.close)
                retry(at: now)
            } else {
                finish(ConsoleExit.unavailable)
            }
        } else {
            complain(.unreadableMessage, at: now)
        }
        return takeEffects()
    }

    /// The server sent a line past `ConsoleBounds.lineBytes`: what follows cannot be trusted to be in step.
    package mutating func receivedTooLong(at now: Moment) -> [ConsoleEffect] {
        guard isConnected else { return takeEffects() }
        complain(.serverLineTooLong(limitBytes: ConsoleBounds.lineBytes), at: now)
        if wasOnline {
            effects.append(.close)
            retry(at: now)
        } else {
            finish(ConsoleExit.unavailable)
        }
        return takeEffects()
    }

    /// Time has passed: call this about twice a second.
    package mutating func tick(at now: Moment) -> [ConsoleEffect] {
        keepTime(at: now)
        for entry in unacknowledged.takeNewlyLate(typedBefore: now.steady + Interval(milliseconds: -5000)) {
            complain(.notSavedYet(clean(entry.text).shortened), about: entry.handle, at: now)
        }
        if case .online = link { sendDue(at: now) }
        expireOffers(at: now)
        if let wait, wait.until <= now.steady {
            self.wait = nil
            complain(.waitedInVain, at: now)
        }
        pump(at: now)
        return takeEffects()
    }

    // MARK: Typed lines, one after the other

    /// Whether the next line must wait: for the login, for the answer to `/accept` or `/take` (which says where words
    /// or answers go), or because a script says so.
    private func isHolding(at now: Moment) -> Bool {
        if link == .over || !wasOnline || wait != nil { return true }
        guard case .online = link else { return !settings.isInteractive }
        if settlesBy != nil { return true }
        return asks.all.contains {
            switch $0.kind {
            case .accept, .take: $0.sentAt + .seconds(10) > now.steady
            case .decline, .transfer, .end, .wrapUp, .status, .topics, .override, .faq, .inquiries, .release, .close:
                false
            }
        }
    }

    /// Works off held lines as far as possible, and ends when everything is done that was to be done before.
    mutating func pump(at now: Moment) {
        while let next = held.first, farewell == nil, !isHolding(at: now) {
            held.removeFirst()
            switch next {
            case .line(let line): run(TypedLine(line), at: now)
            case .end: farewell = Farewell(deadline: now.steady + .seconds(10))
            }
        }
        // The end of input must not wait for a login that may never come.
        if case .end? = held.first, farewell == nil, wasOnline, link != .over, wait == nil {
            guard case .online = link else {
                held.removeFirst()
                farewell = Farewell(deadline: now.steady + .seconds(10))
                return
            }
        }
        guard let farewell, link != .over else { return }
        if unacknowledged.isEmpty, asks.all.isEmpty {
            for inquiry in inquiries.all where !inquiry.draft.isEmpty {
                complain(
                    .leftUnsaved(clean(inquiry.draft.joined(separator: " ⏎ "))), about: inquiry.handle, at: now)
            }
            finish(ConsoleExit.done)
        } else if farewell.deadline <= now.steady {
            for entry in unacknowledged.entries {
                complain(.leftUnsaved(clean(entry.text)), about: entry.handle, at: now)
            }
            finish(unacknowledged.isEmpty ? ConsoleExit.done : ConsoleExit.unavailable)
        }
    }

    // MARK: Effects

    private mutating func takeEffects() -> [ConsoleEffect] {
        defer { effects = [] }
        return effects
    }

    mutating func send(_ message: ClientMessage) {
        effects.append(.send(message.line))
    }

    mutating func send(_ command: Command) {
        send(.command(command))
    }

    /// Sends what of the unacknowledged words may go now.
    mutating func sendDue(at now: Moment) {
        for command in unacknowledged.takeDue(at: now.steady) { send(command) }
    }

    mutating func finish(_ code: Int32) {
        link = .over
        effects.append(.close)
        effects.append(.quit(code))
    }

    func words(_ phrase: Phrase) -> String { settings.language.words(phrase) }

    /// - Parameter number: of the chat that it is about.
    mutating func tell(_ phrase: Phrase, number: Int? = nil, at instant: Instant?, rings: Bool = false) {
        tell(phrase, about: number.map { .chat($0) }, at: instant, rings: rings)
    }

    mutating func tell(_ phrase: Phrase, about handle: LineHandle?, at instant: Instant?, rings: Bool = false) {
        effects.append(.print(ConsoleLine(at: instant, handle: handle, text: words(phrase), rings: rings)))
    }

    /// - Parameter number: of the chat that it is about.
    mutating func complain(_ phrase: Phrase, number: Int? = nil, at now: Moment) {
        complain(phrase, about: number.map { .chat($0) }, at: now)
    }

    mutating func complain(_ phrase: Phrase, about handle: LineHandle?, at now: Moment) {
        effects.append(
            .print(ConsoleLine(channel: .fault, at: now.wall, handle: handle, text: words(phrase))))
    }
}

/// Why a typed line cannot be used.
package enum TypedFault: Sendable {
    case notUTF8
    case tooLong
}

/// Spreads reconnects and makes ids; nothing secret depends on it. Source: Steele, Lea and Flood, "Fast Splittable
/// Pseudorandom Number Generators".
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
