// Who may ask for what, as data, and what then happens: one row a command. `Desk.perform` asks the row before any
// handler looks at a command's content, so that no handler has to think of strangers.

/// How a command counts against a customer's message allowance.
package enum CommandCost: Sendable {
    /// Nothing: it changes nothing that lasts.
    case free
    /// One message of the burst.
    case message
}

/// What a command needs of the chat that it is about: the customer's present or last one, or one that the agent holds.
package struct ChatNeed: Sendable {
    let phases: ChatPhases
    /// Without such a chat; nil when none is needed.
    let missing: RefusalCode?
    /// In another phase, or about an earlier chat of the customer's.
    let otherwise: RefusalCode

    /// No chat, or one in any phase.
    static let nothing = ChatNeed(phases: .all, missing: nil, otherwise: .noChat)
    /// A customer who is in no chat.
    static let noOpen = ChatNeed(phases: .over, missing: nil, otherwise: .alreadyInChat)

    /// A customer's chat that is not over.
    static func open(otherwise: RefusalCode = .noChat) -> ChatNeed {
        ChatNeed(phases: .open, missing: .noChat, otherwise: otherwise)
    }

    /// A chat that the agent holds.
    static func held(_ phases: ChatPhases) -> ChatNeed {
        ChatNeed(phases: phases, missing: .unknownChat, otherwise: .chatNotActive)
    }

    /// Why a chat in this phase does not do; nil when it does.
    func refusal(_ phase: ChatPhase) -> RefusalCode? {
        phases.contains(phase.asSet) ? nil : otherwise
    }
}

/// Phases of a chat, for a row.
struct ChatPhases: OptionSet, Sendable {
    let rawValue: UInt8

    static let waiting = ChatPhases(rawValue: 1)
    static let offered = ChatPhases(rawValue: 2)
    static let active = ChatPhases(rawValue: 4)
    static let wrapUp = ChatPhases(rawValue: 8)
    static let ended = ChatPhases(rawValue: 16)
    /// Before the queue: over before any command comes, and so in none of the sets.
    static let opened = ChatPhases(rawValue: 32)
    static let open: ChatPhases = [.waiting, .offered, .active]
    static let over: ChatPhases = [.wrapUp, .ended]
    static let all: ChatPhases = [.open, .over]
}

extension ChatPhase {
    fileprivate var asSet: ChatPhases {
        switch self {
        case .opened: .opened
        case .waiting: .waiting
        case .offered: .offered
        case .active: .active
        case .wrapUp: .wrapUp
        case .ended: .ended
        }
    }
}

/// What is safe to say again: an id that the chat has acknowledged is acknowledged again, whatever phase the chat has
/// come to since.
enum RepeatedCommand: Sendable {
    case words, notes

    func sender(_ who: Identity) -> MessageSender {
        switch (who, self) {
        case (.customer, _): .customer
        case (.agent(let name), .words): .agent(name)
        case (.agent(let name), .notes): .notes(name)
        }
    }
}

/// A row of the command table.
package struct CommandRule: Sendable {
    /// The `type` that people and programs know it by: refusals name it.
    package let name: String
    /// What it needs of a customer's chat; nil when customers may not.
    let customers: ChatNeed?
    /// What it needs of an agent's chat; nil when agents may not.
    let agents: ChatNeed?
    /// What the sender's own id names; nil when the command has none, or may not be said again.
    let repeats: RepeatedCommand?
    package let cost: CommandCost
    /// Whether it leads to journal lines, and so is refused with `storage_full` while none can be written.
    package let writes: Bool
    /// Among agents, only supervisors may.
    let isSupervisors: Bool

    init(
        _ name: String, customers: ChatNeed? = nil, agents: ChatNeed? = nil, repeats: RepeatedCommand? = nil,
        _ cost: CommandCost = .free, writes: Bool = false, isSupervisors: Bool = false
    ) {
        self.isSupervisors = isSupervisors
        self.name = name
        self.customers = customers
        self.agents = agents
        self.repeats = repeats
        self.cost = cost
        self.writes = writes
    }

    /// What it needs of this party's chat; nil when the party may not.
    func need(of who: Identity) -> ChatNeed? {
        switch who {
        case .customer: customers
        case .agent: agents
        }
    }
}

extension Command {
    /// The command's row. A new case has none until one is written here: the compiler asks for it.
    package var rule: CommandRule {
        switch self {
        case .topics: CommandRule("topics", customers: .nothing, agents: .nothing, .message)
        case .enter: CommandRule("enter", customers: .noOpen, .message, writes: true)
        case .intake: CommandRule("intake", customers: .open(), .message, writes: true)
        case .hangUp: CommandRule("leave", customers: .nothing, writes: true)
        case .leave: CommandRule("leave", customers: .open(), writes: true)
        case .rate:
            CommandRule(
                "rate", customers: ChatNeed(phases: .over, missing: .nothingToRate, otherwise: .nothingToRate),
                .message, writes: true)
        // To have no chat is an answer, too.
        case .position: CommandRule("queue", customers: .nothing, .message)
        case .transcript:
            CommandRule(
                "transcript", customers: ChatNeed(phases: .all, missing: .noChat, otherwise: .noChat), .message)
        case .language: CommandRule("lang", customers: .nothing, .message, writes: true)
        case .say:
            CommandRule(
                "say", customers: .open(otherwise: .chatNotActive), agents: .held(.active), repeats: .words,
                .message, writes: true)
        // What nobody asked for comes of an answer of the intake, which has cost a message.
        case .faq(let query):
            CommandRule("faq", customers: .nothing, agents: .nothing, query.isUnasked ? .free : .message)
        case .faqHelped: CommandRule("faq_helped", customers: .nothing, agents: .nothing, .message)
        case .typing: CommandRule("typing", customers: .open(), agents: .held([.active, .wrapUp]))
        case .seen: CommandRule("seen", customers: .open(), agents: .held([.active, .wrapUp]))
        case .inquire:
            CommandRule(
                "inquire",
                customers: ChatNeed(
                    phases: [.waiting, .offered, .over], missing: nil, otherwise: .alreadyInChat), .message,
                writes: true)
        case .inquiry: CommandRule("inquiry", customers: .nothing, .message)
        case .reply: CommandRule("reply", customers: .nothing, .message, writes: true)
        case .status: CommandRule("status", agents: .nothing, writes: true)
        case .accept: CommandRule("accept", agents: .nothing, writes: true)
        case .decline: CommandRule("decline", agents: .nothing, writes: true)
        case .note: CommandRule("note", agents: .held([.active, .wrapUp]), repeats: .notes, writes: true)
        case .transfer: CommandRule("transfer", agents: .held(.active), writes: true)
        case .end: CommandRule("end", agents: .held(.active), writes: true)
        case .wrapUp: CommandRule("wrapup", agents: .held(.wrapUp), writes: true)
        case .inquiries: CommandRule("inquiries", agents: .nothing)
        case .take: CommandRule("take", agents: .nothing, writes: true)
        case .answer: CommandRule("answer", agents: .nothing, writes: true)
        case .release: CommandRule("release", agents: .nothing, writes: true)
        case .close: CommandRule("close", agents: .nothing, writes: true)
        case .override: CommandRule("override", agents: .nothing, writes: true, isSupervisors: true)
        }
    }
}

extension Desk {
    /// Does what the command asks for; its row has been asked.
    mutating func carryOut(_ command: Command, from sender: Sender, _ turn: inout Turn) {
        switch command {
        case .topics: showTopics(to: sender, &turn)
        case .enter(let topic, let intake, let consent): enter(topic, intake, consent, from: sender, &turn)
        case .intake(let intake): add(intake, from: sender, &turn)
        case .hangUp: hangUp(sender, &turn)
        case .leave: end(state.chats.keys[sender.chat], .customerLeft, by: .customer, &turn)
        case .rate(let score, let comment): rate(score, comment, from: sender, &turn)
        case .position: showPosition(to: sender, &turn)
        case .transcript: showTranscript(to: sender, &turn)
        case .language(let language): change(to: language, from: sender, &turn)
        case .say(_, let id, let text): say(id, text, from: sender, &turn)
        case .faq(let query): search(query, for: sender, &turn)
        case .faqHelped(let isHelped): helped(isHelped, sender, &turn)
        case .typing(_, let isOn): passTyping(isOn, from: sender, &turn)
        case .seen(_, let seq): passSeen(seq, from: sender, &turn)
        case .status(let change): setStatus(change, from: sender, &turn)
        case .accept(let offer): accept(offer, from: sender, &turn)
        case .decline(let offer, let reason): decline(offer, reason, from: sender, &turn)
        case .note(_, let id, let text): note(id, text, from: sender, &turn)
        case .transfer(_, let target, let kind): transfer(to: target, kind, from: sender, &turn)
        case .end: end(state.chats.keys[sender.chat], .agentEnded, by: .agent, &turn)
        case .wrapUp(_, let report): wrapUp(report, from: sender, &turn)
        case .inquire(let wish): inquire(wish, from: sender, &turn)
        case .inquiry(let receipt): showInquiry(receipt, to: sender, &turn)
        case .reply(let receipt, let id, let text): reply(receipt, id, text, from: sender, &turn)
        case .inquiries(let queue, let wanted): listInquiries(queue, wanted, from: sender, &turn)
        case .take(let inquiry, let queue): take(inquiry, queue, from: sender, &turn)
        case .answer(let inquiry, let id, let text): answer(inquiry, id, text, from: sender, &turn)
        case .release(let inquiry): release(inquiry, from: sender, &turn)
        case .close(let inquiry, let report): close(inquiry, report, from: sender, &turn)
        case .override(let order): override(order, from: sender, &turn)
        }
    }
}
