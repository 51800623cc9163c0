// Who may say what, as data. The desk asks this table before it looks at a command's content, so that no handler has
// to think of strangers.

/// The parties of a chat and those who look after them.
package enum Role: String, Sendable {
    case customer
    case agent
    case supervisor
}

/// How a command counts against a customer's message allowance.
package enum CommandCost: Sendable {
    /// Nothing: it changes nothing that lasts.
    case free
    /// One message of the burst.
    case message
}

/// A row of the command table.
package struct CommandRule: Sendable {
    /// The `type` that people and programs know it by: refusals name it.
    package let name: String
    package let customers: Bool
    package let agents: Bool
    package let cost: CommandCost
    /// Whether it leads to journal lines, and so is refused with `storage_full` while none can be written.
    package let writes: Bool

    package func allows(_ role: Role) -> Bool {
        switch role {
        case .customer: customers
        case .agent, .supervisor: agents
        }
    }
}

extension Command {
    /// The command's row. A new case has none until one is written here: the compiler asks for it.
    package var rule: CommandRule {
        switch self {
        case .topics: CommandRule(name: "topics", customers: true, agents: true, cost: .message, writes: false)
        case .enter: CommandRule(name: "enter", customers: true, agents: false, cost: .message, writes: true)
        case .intake: CommandRule(name: "intake", customers: true, agents: false, cost: .message, writes: true)
        case .hangUp: CommandRule(name: "leave", customers: true, agents: false, cost: .free, writes: true)
        case .leave: CommandRule(name: "leave", customers: true, agents: false, cost: .free, writes: true)
        case .rate: CommandRule(name: "rate", customers: true, agents: false, cost: .message, writes: true)
        case .position: CommandRule(name: "queue", customers: true, agents: false, cost: .message, writes: false)
        case .transcript: CommandRule(name: "transcript", customers: true, agents: false, cost: .message, writes: false)
        case .language: CommandRule(name: "lang", customers: true, agents: false, cost: .message, writes: true)
        case .say: CommandRule(name: "say", customers: true, agents: true, cost: .message, writes: true)
        case .typing: CommandRule(name: "typing", customers: true, agents: true, cost: .free, writes: false)
        case .seen: CommandRule(name: "seen", customers: true, agents: true, cost: .free, writes: false)
        case .status: CommandRule(name: "status", customers: false, agents: true, cost: .free, writes: true)
        case .accept: CommandRule(name: "accept", customers: false, agents: true, cost: .free, writes: true)
        case .decline: CommandRule(name: "decline", customers: false, agents: true, cost: .free, writes: true)
        case .note: CommandRule(name: "note", customers: false, agents: true, cost: .free, writes: true)
        case .transfer: CommandRule(name: "transfer", customers: false, agents: true, cost: .free, writes: true)
        case .end: CommandRule(name: "end", customers: false, agents: true, cost: .free, writes: true)
        case .wrapUp: CommandRule(name: "wrapup", customers: false, agents: true, cost: .free, writes: true)
        }
    }
}
