// The door that every command passes, whoever sends it: one order of checks.

/// Who sends a command, on which session, and about which chat.
struct Sender {
    let session: SessionHandle
    let who: Identity
    /// The index of the chat; nil when there is none.
    let chatIfAny: Int?

    /// The index of the chat that the command's row asked for.
    var chat: Int {
        guard let chatIfAny else { preconditionFailure("the command table let \(who) through without a chat") }
        return chatIfAny
    }

    /// The agent's name; the row lets nobody else through.
    var agent: AgentName {
        guard case .agent(let name) = who else { preconditionFailure("the command table let \(who) through") }
        return name
    }

    /// The customer's token; the row lets nobody else through.
    var token: TokenDigest {
        guard case .customer(let token) = who else { preconditionFailure("the command table let \(who) through") }
        return token
    }
}

extension Desk {
    private func isSupervisor(_ who: Identity) -> Bool {
        who.agent.flatMap { state.agents[$0] }?.profile.role == .supervisor
    }

    /// Role, repeat, phase, allowance, and then the handler: what the command's row says is asked in this order, of
    /// customers and agents alike. What was acknowledged is acknowledged again, though the phase is another one by now.
    mutating func perform(_ command: Command, from session: SessionHandle, _ turn: inout Turn) {
        guard let who = presence.sender(on: session, at: turn.now) else {
            if presence.dismissed.contains(session) { return }
            return turn.refuse(session, Refusal(.helloFirst, messageID: command.messageID))
        }
        let rule = command.rule
        guard let need = rule.need(of: who), !rule.isSupervisors || isSupervisor(who) else {
            return turn.refuse(session, Refusal(.notAllowed, subject: rule.name))
        }
        let (chat, fault) = chat(named: command.chat, of: who, need, isBinding: rule.repeats != nil)
        if let repeats = rule.repeats, let chat, let id = command.messageID,
            let seq = state.chats.entries[chat].acked.seq(of: id, from: repeats.sender(who))
        {
            turn.observe(.deduplicated)
            return turn.deliver(session, .ack(chat: state.chats.keys[chat], id: id, seq: seq))
        }
        if let fault {
            return turn.refuse(
                session, Refusal(fault, messageID: command.messageID, subject: fault == .badField ? "chat" : nil))
        }
        if rule.cost == .message,
            let wait = presence.takeAllowance(
                of: who, burst: limits.messageBurst, perSecond: limits.messagesPerSecond, at: turn.now)
        {
            return turn.refuse(session, Refusal(.rateLimited, messageID: command.messageID, retryAfter: wait))
        }
        carryOut(command, from: Sender(session: session, who: who, chatIfAny: chat), &turn)
    }

    /// The index of the chat that is meant, and why it does not do. A customer's need not be named.
    ///
    /// - Parameter isBinding: what is stored and acknowledged belongs to the chat that it names, and an agent must name
    ///   one. Of hints (typing, seen) a customer's are about the chat that the customer is in, whatever they name.
    private mutating func chat(
        named: ChatID?, of who: Identity, _ need: ChatNeed, isBinding: Bool
    ) -> (index: Int?, fault: RefusalCode?) {
        switch who {
        case .customer(let token):
            guard let id = presence.chat(of: token), let index = state.chats.index(of: id) else {
                return (nil, need.missing)
            }
            if isBinding, let named, named != id { return (nil, need.otherwise) }
            return (index, need.refusal(state.chats.entries[index].phase))
        case .agent(let name):
            guard let named else { return (nil, isBinding ? .badField : need.missing) }
            guard let index = state.chats.index(of: named) else { return (nil, need.missing) }
            let isHolder = state.chats.entries[index].phase.agent == name
            return (index, isHolder ? need.refusal(state.chats.entries[index].phase) : need.missing)
        }
    }
}
