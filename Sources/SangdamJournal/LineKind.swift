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

    // Of one inquiry, which carries them too; its words are `message` lines, its answers `intake`, its end `closed`.
    case inquired
    case inquiryTaken = "inquiry_taken"
    case inquiryReleased = "inquiry_released"
    case inquiryReopened = "inquiry_reopened"
    case inquiryReminded = "inquiry_reminded"
    case inquiryClosed = "inquiry_closed"
    case mailReceived = "mail_received"
    case mailed
    case mailBounced = "mail_bounced"

    case agentStatus = "agent_status"
    case agentForgotten = "agent_forgotten"
    case account
    case configured
    case hours
    case restarted
    /// Names lines whose words are gone.
    case erased

    // What a segment begins with. `checkpoint_chat` and `checkpoint_inquiry` carry `chat` and `seq` too, but are no
    // events of the chat.
    case checkpoint
    case checkpointQueue = "checkpoint_queue"
    case checkpointAgent = "checkpoint_agent"
    case checkpointChat = "checkpoint_chat"
    case checkpointInquiry = "checkpoint_inquiry"

    package var isCheckpoint: Bool {
        switch self {
        case .checkpoint, .checkpointQueue, .checkpointAgent, .checkpointChat, .checkpointInquiry: true
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .message, .note, .transferred, .away, .back,
            .reminded, .delayed, .language, .ended, .wrappedUp, .rated, .closed, .inquired, .inquiryTaken,
            .inquiryReleased, .inquiryReopened, .inquiryReminded, .inquiryClosed, .mailReceived, .mailed, .mailBounced,
            .agentStatus, .agentForgotten, .account, .configured, .hours, .restarted, .erased:
            false
        }
    }

    /// Whether lines of this kind belong to one chat and carry `chat` and `seq`.
    package var isOfChat: Bool {
        switch self {
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .message, .note, .transferred, .away, .back,
            .reminded, .delayed, .language, .ended, .wrappedUp, .rated, .closed, .inquired, .inquiryTaken,
            .inquiryReleased, .inquiryReopened, .inquiryReminded, .inquiryClosed, .mailReceived, .mailed, .mailBounced,
            .checkpointChat, .checkpointInquiry:
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
        case .opened, .intake, .offerClosed, .message, .note, .rated, .inquired, .mailReceived, .mailed,
            .checkpointChat, .checkpointInquiry:
            true
        case .inquiryTaken, .inquiryReleased, .inquiryReopened, .inquiryReminded, .inquiryClosed, .mailBounced, .queued,
            .offered, .started, .transferred, .away, .back, .reminded, .delayed, .language, .ended,
            .wrappedUp, .closed,
            .agentStatus, .agentForgotten, .account, .configured, .hours, .restarted, .erased, .checkpoint,
            .checkpointQueue,
            .checkpointAgent:
            false
        }
    }
}
