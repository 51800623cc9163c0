// Who takes part in a chat, and who of them hears what. Whatever happens in a chat is said through `tell`; only a chat
// that is shown as a whole (`showChat`) is shown to one session, by what that session has seen.

/// A party by its identity: the customer by the digest of the token, an agent by name.
enum Identity: Sendable, Hashable {
    case customer(TokenDigest)
    case agent(AgentName)

    var kind: Party {
        switch self {
        case .customer: .customer
        case .agent: .agent
        }
    }

    var agent: AgentName? {
        if case .agent(let name) = self { name } else { nil }
    }
}

/// Somebody who takes part in a chat.
struct Participant {
    let who: Identity
    /// Has the chat: answers the customer, or wraps it up.
    let isHolder: Bool
}

/// For whom a message of a chat is meant.
///
/// | what | audience |
/// | --- | --- |
/// | words, typing, seen | `others(than: sender)` |
/// | words once more, for the sender's other connections | `otherSessions(of: sender, than: session)` |
/// | notes | `agents(but: session)` |
/// | end | `everybody` |
/// | position, reminder, the agent's going, coming back and leaving | `customer` |
/// | intake, the customer's going and coming back | `holder` |
/// | offers, and what an agent hears who has just let go | `agent(name)` |
enum Audience {
    case everybody
    case customer
    case holder
    case others(than: Identity)
    /// All sessions of one participant but the one on which it was said.
    case otherSessions(of: Identity, than: SessionHandle)
    /// Those who serve, on all sessions but one.
    case agents(but: SessionHandle)
    /// One who takes no part: not yet, or no longer.
    case agent(AgentName)

    func includes(_ participant: Participant) -> Bool {
        switch self {
        case .everybody: true
        case .customer: participant.who.kind == .customer
        case .holder: participant.isHolder
        case .others(let sender): participant.who != sender
        case .otherSessions(let sender, _): participant.who == sender
        case .agents: participant.who.kind == .agent
        case .agent: false
        }
    }

    /// The session that does not hear it.
    var leftOut: SessionHandle? {
        switch self {
        case .otherSessions(_, let session), .agents(let session): session
        case .everybody, .customer, .holder, .others, .agent: nil
        }
    }
}

extension Desk {
    /// Says something of the chat at this index of the table to those of its participants whom it is meant for: the
    /// customer, and the agent who holds the chat, also while wrapping up; as yet nobody else can take part.
    ///
    /// It changes nothing; as `mutating` it gets the desk where it is, and not a copy of it.
    mutating func tell(_ chat: Int, _ message: ServerMessage, to audience: Audience, _ turn: inout Turn) {
        if case .agent(let name) = audience { return tell(name, message, &turn) }
        // Those who serve first. Looked at where it stands: a copy of the chat would be dearer than all else here.
        if case .active(let agent, _) = state.chats.entries[chat].phase {
            tell(Participant(who: .agent(agent), isHolder: true), of: chat, message, to: audience, &turn)
        } else if case .wrapUp(let agent, _) = state.chats.entries[chat].phase {
            tell(Participant(who: .agent(agent), isHolder: true), of: chat, message, to: audience, &turn)
        }
        let token = state.chats.entries[chat].token
        tell(Participant(who: .customer(token), isHolder: false), of: chat, message, to: audience, &turn)
    }

    @inline(__always)
    private mutating func tell(
        _ participant: Participant, of chat: Int, _ message: ServerMessage, to audience: Audience, _ turn: inout Turn
    ) {
        guard audience.includes(participant) else { return }
        let leftOut = audience.leftOut
        for session in presence.sessions(of: participant.who, in: state.chats.keys[chat]) where session != leftOut {
            turn.deliver(session, message)
        }
    }

    /// Tells an agent what is of no chat: a status.
    func tell(_ name: AgentName, _ message: ServerMessage, _ turn: inout Turn) {
        for session in presence.sessions(of: name) { turn.deliver(session, message) }
    }
}
