// The last words of each open chat, kept in memory so that a customer who comes back, or an agent who takes over,
// seldom has to wait for the disk. What is older is read back from the journal.

internal import DequeModule

/// Messages and notes of one chat, newest last.
package struct MessageTail: Sendable {
    package static let limitMessages = 64
    package static let limitBytes = 32 * 1024

    /// Messages in words and notes only.
    private var items = Deque<ServerMessage>()
    private var bytes = 0
    /// What names, ids and times take beside the words.
    private static let overheadBytes = 256
    /// All of it on the wire, roughly: words as JSON writes them, where a control character takes six bytes.
    package var estimatedBytes: Int {
        items.reduce(0) { $0 + ($1.words?.text?.escapedBytes ?? 0) + Self.overheadBytes }
    }
    /// Every message with a seq above this one is here.
    private var completeAfter: UInt64

    /// `seq` is the chat's last seq so far: what came before it is not here.
    package init(after seq: UInt64) {
        completeAfter = seq
    }

    /// Keeps a message or a note; anything else holds nobody's words and is not kept.
    package mutating func append(_ said: ServerMessage) {
        guard let words = said.words else { return }
        items.append(said)
        bytes += words.text?.count ?? 0
        while items.count > Self.limitMessages || bytes > Self.limitBytes, let oldest = items.popFirst()?.words {
            bytes -= oldest.text?.count ?? 0
            completeAfter = oldest.seq
        }
    }

    /// The words after `seq` in order, or nil when some of them are only in the journal.
    package func words(after seq: UInt64, includingNotes: Bool) -> [ServerMessage]? {
        guard seq >= completeAfter else { return nil }
        return items.filter { said in
            guard let words = said.words else { return false }
            return words.seq > seq && (includingNotes || !words.isNote)
        }
    }
}

extension ServerMessage {
    /// What somebody said or noted, its text nil once it is erased; nil for all that is the desk's own.
    fileprivate var words: (seq: UInt64, text: Text?, isNote: Bool)? {
        switch self {
        case .message(let notice):
            switch notice.body {
            case .words(let text): return (notice.seq, text, false)
            case .erased: return (notice.seq, nil, false)
            case .system: return nil
            }
        case .note(let notice):
            return (notice.seq, notice.text, true)
        case .welcome, .ok, .overridden, .topics, .queued, .delayed, .offer, .offerClosed, .started, .ack, .typing,
            .seen, .party,
            .ended, .status, .inquiry, .inquiries, .inquiryNews, .faq, .transcript, .error, .bye:
            return nil
        }
    }
}
