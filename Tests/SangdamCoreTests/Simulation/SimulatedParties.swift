// What simulated customers and agents know: what they were told, and what they said without an answer so far.

@testable import SangdamCore
@testable import SimulationSupport

struct SimulatedCustomer {
    let number: UInt64
    var sessions: [SessionHandle] = []
    /// Said, but not acknowledged: said again with the same id until it is.
    var unacknowledged: [SimulatedWord] = []
    var lastSeq: UInt64 = 0
    var words = 0

    init(number: UInt64) {
        self.number = number
    }

    var token: IssuedToken {
        IssuedToken(secret: Text("token \(number)"), digest: TokenDigest(high: 7, low: number))
    }
}

struct SimulatedAgent {
    var profile: AgentProfile
    var sessions: [SessionHandle] = []
    var words = 0

    init(_ profile: AgentProfile) {
        self.profile = profile
    }
}

struct SimulatedWord {
    let id: ClientMessageID?
    let text: Text
}

extension WorkingDay {
    /// What a client makes of what it hears.
    mutating func learn(_ handle: SessionHandle, _ message: ServerMessage) {
        guard let index = customers.firstIndex(where: { $0.sessions.contains(handle) }) else { return }
        switch message {
        case .ack(let chat, _, _) where desk.state.inquiries[chat] != nil: break
        case .ack(_, let id, let seq):
            customers[index].unacknowledged.removeAll { $0.id == id }
            customers[index].lastSeq = max(customers[index].lastSeq, seq)
        case .message(let message) where desk.state.inquiries[message.chat] == nil:
            customers[index].lastSeq = max(customers[index].lastSeq, message.seq)
        case .ended:
            customers[index].unacknowledged = []
            customers[index].lastSeq = 0
        case .message, .welcome, .ok, .overridden, .topics, .queued, .delayed, .offer, .offerClosed, .started, .note,
            .typing,
            .seen, .party, .status, .inquiry, .inquiries, .inquiryNews, .faq, .transcript, .error, .bye:
            break
        }
    }

    mutating func learn(_ handle: SessionHandle, _ request: HistoryRequest) {
        guard let index = customers.firstIndex(where: { $0.sessions.contains(handle) }) else { return }
        guard desk.state.inquiries[request.chat] == nil else { return }
        customers[index].lastSeq = max(customers[index].lastSeq, request.through)
    }

    /// What was told to go says one more thing, or goes.
    mutating func finishClosing() {
        guard let handle = closing.randomElement(using: &random) else { return }
        if Int.random(in: 0..<3, using: &random) == 0 {
            happen(.command(handle, .say(chat: nil, id: nil, text: "too late")))
            return
        }
        closing.removeAll { $0 == handle }
        forget(handle)
        happen(.disconnected(handle, .left))
    }

    mutating func forget(_ handle: SessionHandle) {
        for index in customers.indices { customers[index].sessions.removeAll { $0 == handle } }
        for index in agents.indices { agents[index].sessions.removeAll { $0 == handle } }
    }
}
