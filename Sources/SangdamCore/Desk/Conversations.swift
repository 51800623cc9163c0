// What is remembered of conversations beside the durable state: the last words of each open chat, and who is typing.
// Both follow from the records and are made anew after a restart.

struct Conversations: Sendable {
    private var tails = Table<ChatID, MessageTail>()
    /// Of active chats whose parties have typed.
    private var typing: [ChatID: [Party: Typing]] = [:]

    func hasTail(of chat: ChatID) -> Bool { tails.index(of: chat) != nil }

    /// The chat's words after `seq` and how long the whole tail is on the wire; nil when some are only in the journal.
    func words(of chat: ChatID, after seq: UInt64, includingNotes: Bool) -> (words: [ServerMessage], bytes: Int)? {
        guard let tail = tails[chat], let words = tail.words(after: seq, includingNotes: includingNotes) else {
            return nil
        }
        return (words, tail.estimatedBytes)
    }

    // MARK: Following the records

    /// Takes one part of a checkpoint: the words that came before it are in the journal only.
    mutating func restore(_ part: CheckpointPart) {
        switch part {
        case .desk: tails = Table()
        case .chat(let chat): tails[chat.id] = MessageTail(after: chat.lastSeq)
        case .queue, .agent, .inquiry: break
        }
    }

    /// Takes a record that has been applied to `state`.
    mutating func follow(_ record: Record, _ state: DeskState) {
        guard case .chat(let id, let seq, let event) = record.body else { return }
        switch event {
        case .opened:
            tails[id] = MessageTail(after: 0)
        case .message(let message):
            guard let index = state.chats.index(of: id) else { return }
            _ = follow(message, in: id, as: state.chats.entries[index].name, seq: seq, at: record.at)
        case .note(let agent, _, let text):
            tails[id]?.append(.note(NoteNotice(chat: id, seq: seq, by: agent, text: text, at: record.at)))
        case .started, .queued, .transferred, .ended:
            typing[id] = nil
        case .closed:
            tails[id] = nil
        case .intake, .offered, .offerClosed, .away, .back, .reminded, .delayed, .language, .wrappedUp, .rated,
            .inquiry:
            break
        }
    }

    /// Words as the parties are told them, also from memory later.
    /// - Parameter customer: the customer's name, which the words do not have.
    mutating func follow(
        _ message: StoredMessage, in chat: ChatID, as customer: Text?, seq: UInt64, at instant: Instant
    ) -> ServerMessage {
        let said = ServerMessage.message(MessageNotice(message, in: chat, as: customer, seq: seq, at: instant))
        if let index = tails.index(of: chat) { tails.entries[index].append(said) }
        if !typing.isEmpty { typing[chat]?[message.from]?.end() }
        return said
    }

    // MARK: Typing

    /// Typing is a hint and costs its sender nothing: whether the others are to be told of it.
    mutating func isNews(_ isOn: Bool, of party: Party, in chat: ChatID, at now: Instant) -> Bool {
        typing[chat, default: [:]][party, default: Typing()].change(to: isOn, at: now)
    }
}

/// What the others were last told of one party's typing.
struct Typing: Sendable {
    /// With the `off` that follows each `on`, four words a second at most.
    static let pause = Interval(milliseconds: 500)

    private(set) var isOn = false
    private var wentOn: Instant?

    /// Whether the others are to be told: of a change, and of no `on` too soon after the last. So an `off` is always
    /// told, and no flood of either gets through.
    mutating func change(to isOn: Bool, at now: Instant) -> Bool {
        guard isOn != self.isOn else { return false }
        if isOn {
            if let wentOn, now < wentOn + Self.pause { return false }
            wentOn = now
        }
        self.isOn = isOn
        return true
    }

    /// Words came: whoever shows that they are being typed shows it no longer.
    mutating func end() {
        isOn = false
    }
}
