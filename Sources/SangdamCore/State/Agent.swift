// One agent, as far as it must survive a restart. Changed by `DeskState.apply` only.

package struct Agent: Sendable, Equatable {
    package var profile: AgentProfile
    package var status: AgentStatus
    package var statusAfterChats: AgentStatus?
    package var capacity: Int
    package var autoAccept: Bool
    /// Since when no connection is there; nil while one is.
    package var awaySince: Instant?
    /// Chats that hold a slot, active and in wrap-up, in the order in which they came.
    package var chats: [ChatID] = []
    /// Chats on offer: each holds a reservation.
    package var offers: [ChatID] = []
    package var unansweredInARow = 0
    /// When the last of those offers expired: one that was open by then has not been missed a second time.
    package var unansweredAt: Instant?
    /// When the agent last got or missed a chat: who has waited longest is asked first.
    package var restingSince: Instant

    package init(
        profile: AgentProfile, status: AgentStatus, statusAfterChats: AgentStatus?, capacity: Int, autoAccept: Bool,
        awaySince: Instant?, restingSince: Instant
    ) {
        self.profile = profile
        self.status = status
        self.statusAfterChats = statusAfterChats
        self.capacity = capacity
        self.autoAccept = autoAccept
        self.awaySince = awaySince
        self.restingSince = restingSince
    }

    package var name: AgentName { profile.name }
    package var usedSlots: Int { chats.count + offers.count }

    package var tally: AgentTally {
        get { AgentTally(unansweredInARow: unansweredInARow, unansweredAt: unansweredAt, restingSince: restingSince) }
        set {
            unansweredInARow = newValue.unansweredInARow
            unansweredAt = newValue.unansweredAt
            restingSince = newValue.restingSince
        }
    }

    /// On duty: there, available, and not on the way out.
    package var isOnDuty: Bool { awaySince == nil && status == .available && statusAfterChats == nil }
    package var hasFreeSlot: Bool { isOnDuty && usedSlots < capacity }
}
