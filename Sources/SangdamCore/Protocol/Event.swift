// Everything that can happen to the desk. Together with the time and the order in which they arrive, events determine
// all that it does.

/// A connection's session as the edge names it: the desk only gives it back in effects.
package struct SessionHandle: Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }
}

/// One thing that happened.
///
/// Of which of them journal lines may come is what `Desk.mayWrite` says: a `tick` writes whatever was due; `configured`
/// routes, so that it may write offers and starts; `accounts` writes what changed; `drain` writes everybody's going;
/// `restarted` always writes.
package enum Event: Sendable {
    indirect case customerHello(SessionHandle, CustomerHello)
    /// The password was right: the edge has checked it.
    indirect case agentHello(SessionHandle, AgentHello)
    case command(SessionHandle, Command)
    /// The connection is gone.
    case disconnected(SessionHandle, Departure)
    /// Time has passed; what is due is done.
    case tick
    /// A new configuration is in force, and with it the spans of its hours: neither is looked at without the other. Nil
    /// where they stay as they are.
    indirect case configured(DeskConfiguration, Timetable? = nil)
    /// The spans of the days ahead, computed anew: each day, and when the clock on the wall was set.
    indirect case timetable(Timetable)
    /// From the server's machine. What became of it is in `Effects.orderOutcome`.
    indirect case order(Order)
    /// A try to send the mail of this number about an inquiry is over.
    indirect case mailed(inquiry: ChatID, number: UInt64, MailResult)
    /// The account file is another one, or was read for the first time in this life.
    indirect case accounts(Accounts)
    /// The server stops: no new chats, everybody is told.
    case drain
    /// The first event of a life: the state was rebuilt from the journal and no party is connected.
    case restarted
}

/// Whether a connection ended as its customer wished.
package enum Departure: Sendable {
    /// End of input by hand: a normal leave.
    case left
    /// Reset, timed out, or a program's connection closed: what was open is held.
    case lost
}

/// A customer begins or comes back.
package struct CustomerHello: Sendable {
    package var session: SessionID
    package var language: Language
    package var name: Text?
    /// The new way back, for a customer who begins.
    package var token: IssuedToken
    /// The customer comes back: the digest of the token, the token itself for `welcome`, and what was seen last.
    package var resume: Resume?
    /// Stands for the network address that the connection came from; nil for one that nothing is counted of.
    package var origin: UInt64?

    package struct Resume: Sendable {
        package let token: IssuedToken
        package let after: UInt64

        package init(token: IssuedToken, after: UInt64) {
            self.token = token
            self.after = after
        }
    }

    package init(
        session: SessionID, language: Language, name: Text?, token: IssuedToken, resume: Resume?,
        origin: UInt64? = nil
    ) {
        self.session = session
        self.language = language
        self.name = name
        self.token = token
        self.resume = resume
        self.origin = origin
    }
}

/// An agent whose password was right.
package struct AgentHello: Sendable {
    package var session: SessionID
    package var profile: AgentProfile
    /// Of the accounts that the password was compared with.
    package var generation: UInt64
    package var language: Language

    package init(session: SessionID, profile: AgentProfile, generation: UInt64, language: Language) {
        self.session = session
        self.profile = profile
        self.generation = generation
        self.language = language
    }
}

/// As what somebody comes: a word of the protocol and of the account file. A supervisor may do what an agent may,
/// and open and close queues.
package enum Role: String, Sendable {
    case customer
    case agent
    case supervisor
}

/// What an account says about its agent.
package struct AgentProfile: Sendable, Equatable {
    package var name: AgentName
    package var role: Role
    /// The queues that the agent serves; empty means every queue that asks for no specialist.
    package var skills: [QueueID]
    package var languages: [Language]
    /// Chats at once, 1 to 100.
    package var capacity: Int

    package init(name: AgentName, role: Role, skills: [QueueID], languages: [Language], capacity: Int) {
        self.name = name
        self.role = role
        self.skills = skills
        self.languages = languages
        self.capacity = capacity
    }
}
