// What an agent has told the desk, and what it has decided, as the agent is told.

/// What an agent has told the desk, and what it has decided.
package struct AgentNotice: Sendable, Equatable {
    package let name: AgentName
    package let role: Role
    package let status: AgentStatus
    /// The status that comes when the open chats are done.
    package let statusAfterChats: AgentStatus?
    package let capacity: Int
    package let autoAccept: Bool
    /// Why it changed, when not at the agent's own wish.
    package let cause: StatusCause

    package init(
        name: AgentName, role: Role, status: AgentStatus, statusAfterChats: AgentStatus?, capacity: Int,
        autoAccept: Bool, cause: StatusCause
    ) {
        self.name = name
        self.role = role
        self.status = status
        self.statusAfterChats = statusAfterChats
        self.capacity = capacity
        self.autoAccept = autoAccept
        self.cause = cause
    }
}

extension AgentNotice {
    init(_ agent: Agent, cause: StatusCause) {
        self.init(
            name: agent.name, role: agent.profile.role, status: agent.status,
            statusAfterChats: agent.statusAfterChats, capacity: agent.capacity, autoAccept: agent.autoAccept,
            cause: cause)
    }
}
