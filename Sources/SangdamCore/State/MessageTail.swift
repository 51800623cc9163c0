// The last words of each open chat, kept in memory so that a customer who comes back, or an agent who takes over,
// seldom has to wait for the disk. What is older is read back from the journal.

internal import DequeModule

/// Messages and notes of one chat, newest last.
package struct MessageTail: Sendable {
    package static let limitMessages = 64
    package static let limitBytes = 32 * 1024

    private struct Item: Sendable {
        let seq: UInt64
        let outbound: Outbound
        let text: Text
        let isNote: Bool
    }

    private var items = Deque<Item>()
    private var bytes = 0
    /// What names, ids and times take beside the words.
    private static let overheadBytes = 256
    /// All of it on the wire, roughly: words as JSON writes them, where a control character takes six bytes.
    package var estimatedBytes: Int {
        items.reduce(0) { $0 + $1.text.writtenBytes + Self.overheadBytes }
    }
    /// Every message with a seq above this one is here.
    private var completeAfter: UInt64

    /// `seq` is the chat's last seq so far: what came before it is not here.
    package init(after seq: UInt64) {
        completeAfter = seq
    }

    package mutating func append(_ message: MessageNotice) {
        guard case .words(let text) = message.body else { return }
        append(Item(seq: message.seq, outbound: .message(message), text: text, isNote: false))
    }

    package mutating func append(_ note: NoteNotice) {
        append(Item(seq: note.seq, outbound: .note(note), text: note.text, isNote: true))
    }

    private mutating func append(_ item: Item) {
        items.append(item)
        bytes += item.text.count
        while items.count > Self.limitMessages || bytes > Self.limitBytes, let oldest = items.popFirst() {
            bytes -= oldest.text.count
            completeAfter = oldest.seq
        }
    }

    /// The words after `seq` in order, or nil when some of them are only in the journal.
    package func words(after seq: UInt64, includingNotes: Bool) -> [Outbound]? {
        guard seq >= completeAfter else { return nil }
        return items.lazy.filter { $0.seq > seq && (includingNotes || !$0.isNote) }.map(\.outbound)
    }
}
