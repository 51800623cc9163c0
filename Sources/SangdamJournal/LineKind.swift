// The kinds of lines, by the names that stand in the files. Never change or reuse one: old journals are read for years.

/// What a line is about: its `type`.
package enum LineKind: String, Sendable, CaseIterable {
    // Of one chat: the lines carry `chat` and `seq`.
    case opened
    case intake
    case queued
    case offered
    case offerClosed = "offer_closed"
    case started
    case message
    case note
    case transferred
    case away
    case back
    case reminded
    case delayed
    case language
    case ended
    case wrappedUp = "wrapped_up"
    case rated
    case closed

    case agentStatus = "agent_status"
    case agentForgotten = "agent_forgotten"
    case account
    case configured
    case hours
    case restarted
    /// Names lines whose words are gone.
    case erased

    // What a segment begins with. `checkpoint_chat` carries `chat` and `seq` too, but is no event of the chat.
    case checkpoint
    case checkpointQueue = "checkpoint_queue"
    case checkpointAgent = "checkpoint_agent"
    case checkpointChat = "checkpoint_chat"

    package var isCheckpoint: Bool {
        switch self {
        case .checkpoint, .checkpointQueue, .checkpointAgent, .checkpointChat: true
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .message, .note, .transferred, .away, .back,
            .reminded, .delayed, .language, .ended, .wrappedUp, .rated, .closed, .agentStatus, .agentForgotten,
            .account,
            .configured, .hours, .restarted, .erased:
            false
        }
    }

    /// Whether lines of this kind belong to one chat and carry `chat` and `seq`.
    package var isOfChat: Bool {
        switch self {
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .message, .note, .transferred, .away, .back,
            .reminded, .delayed, .language, .ended, .wrappedUp, .rated, .closed, .checkpointChat:
            true
        case .agentStatus, .agentForgotten, .account, .configured, .hours, .restarted, .erased, .checkpoint,
            .checkpointQueue,
            .checkpointAgent:
            false
        }
    }

    /// Whether lines of this kind can hold what somebody wrote, and so be erased.
    package var canHoldWords: Bool {
        switch self {
        case .opened, .intake, .offerClosed, .message, .note, .rated, .checkpointChat: true
        case .queued, .offered, .started, .transferred, .away, .back, .reminded, .delayed, .language, .ended,
            .wrappedUp, .closed,
            .agentStatus, .agentForgotten, .account, .configured, .hours, .restarted, .erased, .checkpoint,
            .checkpointQueue,
            .checkpointAgent:
            false
        }
    }
}
