// What a run of the load generator is to do: plain values, checked by the command line before they come here.

package import SangdamCore
package import SangdamProtocol

/// The server under load, and for how long. The generator talks to this address and to no other.
package struct LoadTarget: Sendable {
    package let server: HostPort
    /// PEM file of the CA that the server's certificate is verified against; nil: the system's.
    package let caFile: String?
    package let speaks: LoadProtocol
    /// The server's process on this machine, for its processor time and memory; nil: not measured.
    package let serverProcess: Int32?
    package let measuredSeconds: Double
    /// Load without measuring in front of it.
    package let warmUpSeconds: Double
    /// So long without any progress ends the run.
    package let stallSeconds: Double
    /// Nothing goes on for longer than this; nil: what the plan can need at most, by a generous estimate.
    package let timeoutSeconds: Double?

    package init(
        server: HostPort, caFile: String?, speaks: LoadProtocol, serverProcess: Int32? = nil,
        measuredSeconds: Double, warmUpSeconds: Double, stallSeconds: Double = 10, timeoutSeconds: Double? = nil
    ) {
        self.server = server
        self.caFile = caFile
        self.speaks = speaks
        self.serverProcess = serverProcess
        self.measuredSeconds = measuredSeconds
        self.warmUpSeconds = warmUpSeconds
        self.stallSeconds = stallSeconds
        self.timeoutSeconds = timeoutSeconds
    }
}

/// One of the three kinds of load.
package enum LoadPlan: Sendable {
    case relay(RelayPlan)
    case handshakes(HandshakePlan)
    case idle(IdlePlan)

    /// Connections that are open at once.
    package var connections: Int {
        switch self {
        case .relay(let plan): plan.pairs + plan.agents
        case .handshakes(let plan): plan.concurrency
        case .idle(let plan): plan.connections
        }
    }

    /// What setting up and clearing away can take: an agent's password is hashed for a good part of a second.
    var preparationSeconds: Double {
        switch self {
        case .relay(let plan): 60 + Double(plan.agents) + Double(plan.pairs) / 50
        case .handshakes, .idle: 60 + Double(connections) / 50
        }
    }
}

/// Customers that talk to agents, pair by pair.
package struct RelayPlan: Sendable {
    /// What decides when the next message is sent.
    package enum Pace: Sendable, Equatable {
        /// Closed loop: so many messages under way in each pair; the next one goes when one has arrived.
        case window(Int)
        /// Open loop: so many messages a second over all pairs, whatever the answers do.
        case rate(Double)
    }

    /// The bounds of what the command line lets through.
    package static let pairRange = 1...20_000
    package static let windowRange = 1...1_024
    package static let rateRange = 1.0...1_000_000.0
    package static let textBytesRange = 16...4_000
    package static let chatsPerAgentRange = 1...100

    package let pairs: Int
    package let pace: Pace
    package let textBytes: Int
    /// Agents are `agentPrefix` followed by 1, 2, 3 …
    package let agentPrefix: String
    package let password: Text
    package let chatsPerAgent: Int
    package let topic: String

    package init(
        pairs: Int, pace: Pace, textBytes: Int, agentPrefix: String, password: Text, chatsPerAgent: Int, topic: String
    ) {
        self.pairs = pairs
        self.pace = pace
        self.textBytes = textBytes
        self.agentPrefix = agentPrefix
        self.password = password
        self.chatsPerAgent = chatsPerAgent
        self.topic = topic
    }

    /// How many agents that takes.
    package var agents: Int { (pairs + chatsPerAgent - 1) / chatsPerAgent }

    /// Messages of one pair that may be unanswered: the window with slack for acks that come after the delivery, or
    /// as much backlog as some 40 MB hold.
    var slotsPerPair: Int {
        let wanted: Int
        var slots: Int
        switch pace {
        case .window(let window): (wanted, slots) = (4 * window, 64)
        case .rate: (wanted, slots) = ((1 << 22) / pairs, 256)
        }
        while slots < wanted, slots < 65_536 { slots *= 2 }
        return slots
    }
}

/// TLS handshakes, each with one round trip of the application: `hello` and its `welcome`.
package struct HandshakePlan: Sendable {
    package static let concurrencyRange = 1...1_000

    /// Every handshake resumes a session that the server gave before; otherwise all are full ones.
    package let resumes: Bool
    /// Handshakes under way at once.
    package let concurrency: Int

    package init(resumes: Bool, concurrency: Int) {
        self.resumes = resumes
        self.concurrency = concurrency
    }
}

/// Connections that have said hello and then are silent.
package struct IdlePlan: Sendable {
    package static let connectionRange = 1...60_000

    package let connections: Int
    /// The topic whose queue every one of them enters; nil: they only say hello.
    package let waitsFor: String?

    package init(connections: Int, waitsFor: String?) {
        self.connections = connections
        self.waitsFor = waitsFor
    }
}
