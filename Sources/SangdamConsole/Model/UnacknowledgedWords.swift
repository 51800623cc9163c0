// Words and notes on their way: each stays here, under its own id, until the server has acknowledged it. What is still
// here after a lost connection is sent again with the same id; the server stores an id once.

package import SangdamCore

/// What was typed and is not saved yet, oldest first; at most `ConsoleBounds.unsaved`.
package struct UnacknowledgedWords: Sendable {
    package struct Entry: Sendable, Equatable {
        package enum Kind: Sendable, Equatable { case words, note, answer }

        package let id: String
        /// Also an inquiry.
        package let chat: ChatID
        /// Its own when this was typed.
        package let handle: LineHandle
        package let kind: Kind
        package let text: String
        package let typedAt: Moment
        /// On its way on this connection.
        package var isSent = false
        /// The server was busy: not sent again before this.
        package var retryAt: Instant?
        /// The agent was told that it is not saved yet.
        package var isLateShown = false

        package var command: Command {
            switch kind {
            case .words: .say(chat: chat, id: ClientMessageID(id), text: Text(text))
            case .answer: .answer(inquiry: chat, id: ClientMessageID(id), text: Text(text))
            case .note: .note(chat: chat, id: ClientMessageID(id), text: Text(text))
            }
        }
    }

    package private(set) var entries: [Entry] = []
    package let prefix: String
    private var counter: UInt64 = 0

    /// `prefix` makes the ids differ from those of every other run.
    package init(prefix: String) {
        self.prefix = prefix
    }

    package var isEmpty: Bool { entries.isEmpty }

    /// The new entry, or nil when there are too many.
    package mutating func add(
        _ kind: Entry.Kind, _ text: String, chat: ChatID, handle: LineHandle, at moment: Moment
    ) -> Entry? {
        guard entries.count < ConsoleBounds.unsaved else { return nil }
        counter += 1
        let entry = Entry(
            id: "\(prefix)-\(counter)", chat: chat, handle: handle, kind: kind, text: text, typedAt: moment)
        entries.append(entry)
        return entry
    }

    /// Takes the entry out, if it is one of ours.
    package mutating func remove(_ id: String, chat: ChatID? = nil) -> Entry? {
        guard let index = entries.firstIndex(where: { $0.id == id && (chat == nil || $0.chat == chat) }) else {
            return nil
        }
        return entries.remove(at: index)
    }

    /// Forgets what was sent on the connection that is gone.
    package mutating func connectionLost() {
        for index in entries.indices {
            entries[index].isSent = false
            entries[index].retryAt = nil
        }
    }

    /// The server asked for patience: this one and what was typed into the chat after it wait until then.
    package mutating func postpone(_ id: String, until retryAt: Instant) {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
        entries[index].isSent = false
        entries[index].retryAt = retryAt
    }

    /// What may be sent now, in order; marks it as sent. Nothing overtakes what waits in the same chat.
    package mutating func takeDue(at steady: Instant) -> [Command] {
        var commands: [Command] = []
        var waiting: Set<ChatID> = []
        for index in entries.indices where !entries[index].isSent {
            let entry = entries[index]
            if let retryAt = entry.retryAt, retryAt > steady { waiting.insert(entry.chat) }
            guard !waiting.contains(entry.chat) else { continue }
            entries[index].isSent = true
            entries[index].retryAt = nil
            commands.append(entry.command)
        }
        return commands
    }

    /// Entries that have become late since the last call.
    package mutating func takeNewlyLate(typedBefore steady: Instant) -> [Entry] {
        var late: [Entry] = []
        for index in entries.indices where !entries[index].isLateShown && entries[index].typedAt.steady <= steady {
            entries[index].isLateShown = true
            late.append(entries[index])
        }
        return late
    }
}
