// Records to lines: numbers, salts and links them. The one place that knows a line's frame:
// `{"n":…,"at":"…","type":"…",` then `"chat":"…","seq":…,` for chats, the fields of the kind, `"s":"…"` where somebody's
// words are, and `"h":"…"}` with LF at the end. n, at, type, chat and seq stand first and in this order: readers rely on it.

internal import SangdamCore

/// Writes one line after the other behind the last one of the journal.
///
/// Not safe to share: the journal's owner has the only one.
struct LineEncoder {
    /// The n that the next line gets.
    private(set) var nextNumber: UInt64
    private var previous: ChainLink
    private var salts = SaltSource()
    private let hasher = ChainHasher()

    init(nextNumber: UInt64, previous: ChainLink) {
        self.nextNumber = nextNumber
        self.previous = previous
    }

    mutating func append(_ record: Record, to bytes: inout [UInt8]) {
        switch record.body {
        case .chat(let chat, let seq, let event):
            appendLine(event.kind, at: record.at, chat: (chat, seq), isSalted: event.holdsWords, to: &bytes) {
                $0.fields(of: event)
            }
        case .agent(let agent):
            appendLine(.agentStatus, at: record.at, to: &bytes) { $0.fields(of: agent) }
        case .restarted:
            appendLine(.restarted, at: record.at, to: &bytes) { _ in }
        }
    }

    mutating func append(_ part: CheckpointPart, at instant: Instant, to bytes: inout [UInt8]) {
        switch part {
        case .desk(let desk):
            appendLine(.checkpoint, at: instant, to: &bytes) { $0.fields(of: desk) }
        case .queue(let queue):
            appendLine(.checkpointQueue, at: instant, to: &bytes) { $0.fields(of: queue) }
        case .agent(let agent):
            appendLine(.checkpointAgent, at: instant, to: &bytes) { $0.fields(of: agent) }
        case .chat(let chat):
            appendLine(.checkpointChat, at: instant, chat: (chat.id, chat.lastSeq), isSalted: true, to: &bytes) {
                $0.fields(of: chat)
            }
        }
    }

    private mutating func appendLine(
        _ kind: LineKind, at instant: Instant, chat: (id: ChatID, seq: UInt64)? = nil, isSalted: Bool = false,
        to bytes: inout [UInt8], fields: (inout JSONWriter) -> Void
    ) {
        let start = bytes.count
        var taken: [UInt8] = []
        swap(&taken, &bytes)
        var writer = JSONWriter(appendingTo: taken)
        // The writer has the only reference now, so that it appends in place.
        taken = []
        writer.beginObject()
        writer.field("n", number: nextNumber)
        writer.field("at", instant)
        writer.field("type", kind)
        if let chat {
            writer.field("chat", chat.id)
            writer.field("seq", number: chat.seq)
        }
        fields(&writer)
        if isSalted {
            writer.field("s", utf8: salts.next())
        }
        previous = writer.bytes.withUnsafeBytes {
            hasher.link(after: previous, line: UnsafeRawBufferPointer(rebasing: $0[start...]))
        }
        writer.field("h", utf8: previous.hex)
        writer.endObject()
        writer.raw(UInt8(ascii: "\n"))
        bytes = writer.bytes
        nextNumber += 1
    }
}
