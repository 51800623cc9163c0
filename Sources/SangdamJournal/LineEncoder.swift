// Records to lines: numbers, salts and links them. The only code that knows a line's envelope:
// `{"n":…,"at":"…","type":"…",` then `"chat":"…","seq":…,` for chats, the fields of the kind, `"s":"…"` where
// somebody's words are, and `"h":"…"}` with LF at the end. n, at, type, chat and seq stand first and in this order:
// readers rely on it.

internal import SangdamCore
internal import SangdamJSON

/// Writes one line after the other behind the last one of the journal.
///
/// Not safe to share: the journal's owner has the only one.
struct LineEncoder: ~Copyable {
    /// The n that the next line gets.
    private(set) var nextNumber: UInt64
    /// The journal's name; there before the first head is written.
    var epoch: JournalEpoch?
    private var salts = SaltSource()
    /// The line that is being written, behind the 32 digits of the previous line's `h`: what is hashed is one run.
    private var line: JSONWriter

    private static let usualLineBytes = 4096
    /// A line's memory above this is not kept: only checkpoints have such lines.
    private static let keptLineBytes = 64 << 10

    init(nextNumber: UInt64, previous: ChainLink, epoch: JournalEpoch?) {
        self.nextNumber = nextNumber
        self.epoch = epoch
        line = JSONWriter(reservingBytes: Self.usualLineBytes)
        line.raw(ChainLink.hexLength) { writeHex(previous.digits, to: $0) }
    }

    mutating func append(_ record: Record, to bytes: inout [UInt8]) {
        switch record.body {
        case .chat(let chat, let seq, let event):
            appendLine(event.kind, at: record.at, chat: (chat, seq), isSalted: event.holdsWords, to: &bytes) {
                $0.fields(of: event)
            }
        case .agent(let agent):
            appendLine(.agentStatus, at: record.at, to: &bytes) { $0.fields(of: agent) }
        case .agentForgotten(let name):
            appendLine(.agentForgotten, at: record.at, to: &bytes) { $0.field("agent", name) }
        case .account(let account):
            appendLine(.account, at: record.at, to: &bytes) { $0.fields(of: account) }
        case .configured(let configured):
            appendLine(.configured, at: record.at, to: &bytes) { $0.fields(of: configured) }
        case .hours(let hours):
            appendLine(.hours, at: record.at, to: &bytes) { $0.fields(of: hours) }
        case .restarted:
            appendLine(.restarted, at: record.at, to: &bytes) { _ in }
        }
    }

    mutating func append(_ part: CheckpointPart, at instant: Instant, to bytes: inout [UInt8]) {
        switch part {
        case .desk(let desk):
            let head = SegmentHead(format: SegmentHead.knownFormat, epoch: epoch)
            appendLine(.checkpoint, at: instant, to: &bytes) { writer in
                writer.fields(of: head)
                writer.fields(of: desk)
            }
        case .queue(let queue):
            appendLine(.checkpointQueue, at: instant, to: &bytes) { $0.fields(of: queue) }
        case .agent(let agent):
            appendLine(.checkpointAgent, at: instant, to: &bytes) { $0.fields(of: agent) }
        case .chat(let chat):
            appendLine(.checkpointChat, at: instant, chat: (chat.id, chat.lastSeq), isSalted: true, to: &bytes) {
                $0.fields(of: chat)
            }
        case .inquiry(let inquiry):
            appendLine(
                .checkpointInquiry, at: instant, chat: (inquiry.id, inquiry.lastSeq), isSalted: true, to: &bytes
            ) {
                $0.fields(of: inquiry)
            }
        }
    }

    @inline(__always)
    private mutating func appendLine(
        _ kind: LineKind, at instant: Instant, chat: (id: ChatID, seq: UInt64)? = nil, isSalted: Bool = false,
        to bytes: inout [UInt8], fields: (inout JSONWriter) -> Void
    ) {
        line.beginObject()
        line.field("n", number: nextNumber)
        line.field("at", instant)
        line.field("type", kind)
        if let chat {
            line.field("chat", chat.id)
            line.field("seq", number: chat.seq)
        }
        fields(&line)
        finish(isSalted: isSalted, to: &bytes)
    }

    private mutating func finish(isSalted: Bool, to bytes: inout [UInt8]) {
        if isSalted {
            line.key("s")
            line.string(ofPlain: SaltSource.length) { salts.write(to: $0) }
        }
        let digits = ChainLink(sha256: UnsafeRawBufferPointer(line.written)).digits
        line.key("h")
        line.string(ofPlain: ChainLink.hexLength) { writeHex(digits, to: $0) }
        line.endObject()
        line.raw(UInt8(ascii: "\n"))
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: line.written[ChainLink.hexLength...]))
        nextNumber += 1
        if line.count > Self.keptLineBytes {
            line = JSONWriter(reservingBytes: Self.usualLineBytes)
        } else {
            line.removeAll()
        }
        line.raw(ChainLink.hexLength) { writeHex(digits, to: $0) }
    }
}
