// The desk in the state that the message path is about: a customer and an agent in an open chat.

import SangdamCore

/// An agent, a customer, their chat, and what the customer says in it.
struct OpenChat {
    private(set) var desk: Desk
    private(set) var effects = Effects()
    private let customer = SessionHandle(rawValue: 1)
    private var now = Instant(milliseconds: 1_795_334_400_000)
    private var said: UInt64 = 0

    /// 100 bytes, as the yardstick's messages.
    static let text = Text(String(repeating: "abcdefghij", count: 10))

    init() {
        var configuration = DeskConfiguration.unconfigured
        configuration.limits.messageBurst = 10_000
        configuration.limits.messagesPerSecond = 10_000
        desk = Desk(configuration: configuration, random: SystemRandomNumberGenerator())
        let agent = SessionHandle(rawValue: 2)
        let profile = AgentProfile(name: "kim", role: .agent, skills: [], languages: [.korean], capacity: 1)
        let token = IssuedToken(secret: "secret", digest: TokenDigest(high: 1, low: 1))
        let topic = configuration.topics[0].id
        handle(
            .agentHello(agent, AgentHello(session: Self.session(2), profile: profile, generation: 0, language: .korean))
        )
        handle(.command(agent, .status(StatusChange(status: .available, capacity: 1, autoAccept: true))))
        handle(
            .customerHello(
                customer,
                CustomerHello(session: Self.session(1), language: .korean, name: nil, token: token, resume: nil)))
        handle(.command(customer, .enter(topic: topic, intake: nil)))
    }

    /// The customer says something new, a millisecond after what was said before; `effects` holds what comes of it.
    mutating func say() {
        said += 1
        let digits = withUnsafeBytes(of: said) { ClientMessageID($0) }
        guard let id = digits else { preconditionFailure("8 bytes are an id") }
        handle(.command(customer, .say(chat: nil, id: id, text: Self.text)))
    }

    private mutating func handle(_ event: Event) {
        now = now + Interval(milliseconds: 1)
        effects = Effects()
        desk.handle(event, at: now, into: &effects)
    }

    private static func session(_ number: UInt64) -> SessionID { SessionID(high: 0, low: number) }
}

extension OpenChat {
    /// The record, the agent's message and the customer's ack of one `say`.
    struct Said {
        let record: Record
        let message: ServerMessage
        let ack: ServerMessage
    }

    /// What one `say` leads to; a chat that is not open is a fault of the benchmark.
    mutating func sample() -> Said {
        say()
        var message: ServerMessage?
        var ack: ServerMessage?
        for case .say(let outbound) in effects.deliveries.map(\.delivery) {
            if case .message = outbound { message = outbound }
            if case .ack = outbound { ack = outbound }
        }
        guard let record = effects.records.last, let message, let ack else {
            preconditionFailure("the chat is not open")
        }
        return Said(record: record, message: message, ack: ack)
    }
}
