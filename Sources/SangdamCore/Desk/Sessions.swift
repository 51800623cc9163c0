// Who is connected right now. Nothing here survives a restart: what must survive is in `DeskState`.

/// One connection that has said hello.
struct AttachedSession: Sendable {
    let id: SessionID
    let party: SessionParty
    /// An agent's: of the accounts that the password was compared with.
    var generation: UInt64 = 0
    var language: Language
    var lastActive: Instant
}

enum SessionParty: Sendable, Hashable {
    case customer(TokenDigest)
    case agent(AgentName)
}

/// A customer as long as a connection or a chat of theirs is there; the token's digest is the key to it.
struct CustomerPresence: Sendable {
    var sessions: [SessionHandle] = []
    var name: Text?
    var chat: ChatID?
    var allowance: Allowance
    /// What the customer was last told about the queue, so that only improvements are told again.
    var told: QueuedNotice?
    /// The highest seq of the chat that the customer has said to have seen.
    var seen: UInt64 = 0
}

/// What the other party of a chat was last told of this one's typing.
struct Typing: Sendable {
    /// With the `off` that follows each `on`, four words a second at most.
    static let pause = Interval(milliseconds: 500)

    private(set) var isOn = false
    private var wentOn: Instant?

    /// Whether the other party is to be told: of a change, and of no `on` too soon after the last. So an `off` is always
    /// told, and no flood of either gets through.
    mutating func turn(on isOn: Bool, at now: Instant) -> Bool {
        guard isOn != self.isOn else { return false }
        if isOn {
            if let wentOn, now < wentOn + Self.pause { return false }
            wentOn = now
        }
        self.isOn = isOn
        return true
    }

    /// Words came: whoever shows that they are being typed shows it no longer.
    mutating func end() {
        isOn = false
    }
}

/// A token bucket: `burst` messages at once, then `perSecond`. Time comes in as an argument.
package struct Allowance: Sendable, Equatable {
    private var level: Double
    private var filled: Instant

    package init(full burst: Int, at now: Instant) {
        level = Double(burst)
        filled = now
    }

    /// Nil when there was room for one more message; otherwise after how long there will be.
    package mutating func take(burst: Int, perSecond: Double, at now: Instant) -> Interval? {
        level = min(Double(burst), level + max(0, (now - filled).seconds) * perSecond)
        filled = max(filled, now)
        guard level >= 1 else {
            let milliseconds = ((1 - level) / perSecond * 1000).rounded(.up)
            return Interval(milliseconds: Int64(exactly: milliseconds) ?? .max)
        }
        level -= 1
        return nil
    }
}
