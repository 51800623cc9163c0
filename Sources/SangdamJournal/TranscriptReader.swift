// The journal for later reference: which chats there were, all lines of one, and whether all of it is as it was
// written. Straight from the files, with or without a running server, one line at a time.

package import SangdamCore

/// What a list says of one chat.
package struct ChatSummary: Sendable, Equatable {
    package let id: ChatID
    /// What the customer was told to ask by.
    package let receipt: Receipt
    package let openedAt: Instant
    package let topic: TopicID
    package var language: Language
    /// The last queue.
    package var queue: QueueID?
    /// In the order in which they came.
    package var agents: [AgentName] = []
    package var messages = 0
    package var endedAt: Instant?
    package var endReason: EndReason?
    /// Where an inquiry stands; nil for a chat.
    package var inquiry: InquiryState?
}

/// Reads chats back; see each function for its order and its bounds.
package struct TranscriptReader: Sendable {
    private let directory: SegmentDirectory

    package init(dataDirectory: String) {
        directory = SegmentDirectory(dataDirectory: dataDirectory)
    }

    /// Calls `visit` for each chat once it is over for good, in that order, then for those that are not, oldest first.
    /// Keeps only these in memory. A chat whose beginning is in a segment that is not there any more is taken from the
    /// first checkpoint that knows it, with what came after.
    package func forEachChat(_ visit: (ChatSummary) throws -> Void) throws {
        var open: [ChatID: ChatSummary] = [:]
        try forEachLine(in: try directory.readableSegments()[...]) { line in
            let envelope = try LineEnvelope(line: line)
            guard let kind = envelope.kind, let chat = envelope.chat else { return true }
            switch kind {
            case .message:
                open[chat]?.messages += 1
                if open[chat]?.inquiry != nil, case .record(let record) = try DecodedLine(line: line).content {
                    note(record, in: &open)
                }
            case .opened, .queued, .started, .transferred, .language, .ended, .inquired, .inquiryTaken,
                .inquiryReleased, .inquiryReopened, .inquiryClosed:
                if case .record(let record) = try DecodedLine(line: line).content { note(record, in: &open) }
            case .checkpointChat:
                guard open[chat] == nil, case .checkpoint(.chat(let known)) = try DecodedLine(line: line).content
                else { return true }
                open[chat] = ChatSummary(known)
            case .checkpointInquiry:
                guard open[chat] == nil, case .checkpoint(.inquiry(let known)) = try DecodedLine(line: line).content
                else { return true }
                open[chat] = ChatSummary(known)
            case .closed:
                if let summary = open.removeValue(forKey: chat) { try visit(summary) }
            case .inquiryReminded, .mailReceived, .mailed, .mailBounced, .intake, .offered, .offerClosed, .note, .away,
                .back, .reminded, .delayed, .wrappedUp, .rated, .agentStatus, .agentForgotten, .account, .configured,
                .hours, .restarted, .erased, .checkpoint, .checkpointQueue,
                .checkpointAgent:
                break
            }
            return true
        }
        for summary in open.values.sorted(by: { $0.id < $1.id }) { try visit(summary) }
    }

    private func note(_ record: Record, in open: inout [ChatID: ChatSummary]) {
        guard case .chat(let id, _, let event) = record.body else { return }
        switch event {
        case .opened(let opened):
            open[id] = ChatSummary(
                id: id, receipt: opened.receipt, openedAt: record.at, topic: opened.topic,
                language: opened.language)
        case .queued(let queued):
            open[id]?.queue = queued.queue
        case .started(let started):
            open[id]?.add(started.agent)
        case .transferred(let transferred):
            if case .queue(let queue) = transferred.target { open[id]?.queue = queue }
        case .language(let language):
            open[id]?.language = language
        case .ended(let reason, _, _, _, _):
            open[id]?.endedAt = record.at
            open[id]?.endReason = reason
        case .message(let message):
            guard open[id]?.inquiry != nil, let agent = message.name else { return }
            open[id]?.inquiry = .answered
            open[id]?.add(agent)
        case .inquiry(let event): note(event, of: id, at: record.at, in: &open)
        case .intake, .offered, .offerClosed, .note, .away, .back, .reminded, .delayed, .wrappedUp, .rated, .closed:
            break
        }
    }

    private func note(_ record: InquiryRecord, of id: ChatID, at now: Instant, in open: inout [ChatID: ChatSummary]) {
        switch record {
        case .inquired(let inquired):
            open[id] = ChatSummary(
                id: id, receipt: inquired.receipt, openedAt: now, topic: inquired.topic, language: inquired.language)
            open[id]?.queue = inquired.queue
            open[id]?.inquiry = .open
        case .taken(let agent):
            open[id]?.inquiry = .taken
            open[id]?.add(agent)
        case .released: open[id]?.inquiry = .open
        case .reopened:
            open[id]?.inquiry = .reopened
            open[id]?.endedAt = nil
        case .closed:
            open[id]?.inquiry = .closed
            open[id]?.endedAt = now
        case .reminded, .mailReceived, .mailed, .mailBounced: break
        }
    }

    /// The chat that an inquiry came out of; nil for a chat, and for an inquiry that came by itself.
    package func origin(of id: ChatID) throws -> ChatID? {
        var origin: ChatID?
        try forEachLine(in: try directory.segments(since: id.birth)) { line in
            guard chatID(of: line) == id, let kind = try LineEnvelope(line: line).kind else { return true }
            switch (kind, try DecodedLine(line: line).content) {
            case (.inquired, .record(let record)):
                if case .chat(_, _, .inquiry(.inquired(let inquired))) = record.body { origin = inquired.of }
            case (.checkpointInquiry, .checkpoint(.inquiry(let inquiry))): origin = inquiry.of
            default: break
            }
            return false
        }
        return origin
    }

    /// Calls `visit` with each line of the chat, as it stands in the file without its LF, and with what it says: nil
    /// for a kind that this version does not know. Checkpoints are left out. Returns how many lines there were.
    @discardableResult
    package func forEachLine(
        of chat: ChatID, _ visit: (UnsafeRawBufferPointer, Record?) throws -> Void
    ) throws -> Int {
        var count = 0
        try forEachLine(in: try directory.segments(since: chat.birth)) { line in
            guard chatID(of: line) == chat else { return true }
            let envelope = try LineEnvelope(line: line)
            guard envelope.kind?.isCheckpoint != true else { return true }
            count += 1
            guard envelope.kind != nil, case .record(let record) = try DecodedLine(line: line).content else {
                try visit(line, nil)
                return true
            }
            try visit(line, record)
            // Nothing comes after `closed`.
            return envelope.kind != .closed
        }
        return count
    }

    /// The chats whose id begins with `name` or whose receipt it is, oldest first, at most `limit`; `name` as people
    /// write codes (`WrittenCode`), and nothing is found by what is none. Twelve characters can be both, and then find
    /// both, unless they stand as a receipt is issued.
    package func chats(named name: String, limit: Int) throws -> [ChatID] {
        // Asked first: whoever names the wrong folder should hear of that.
        let segments = try directory.readableSegments()
        guard let code = WrittenCode(name) else { return [] }
        if let chat = ChatID(code) { return [chat] }
        let receipt = Receipt(code)
        let beginning = receipt?.description == name ? nil : Array(code.text.utf8)
        var found: [ChatID] = []
        try forEachLine(in: segments[...]) { line in
            guard let chat = chatID(of: line), !found.contains(chat) else { return true }
            let isNamed =
                if let beginning, chat.description.utf8.starts(with: beginning) {
                    true
                } else if let receipt {
                    try self.receipt(in: line) == receipt
                } else {
                    false
                }
            if isNamed { found.append(chat) }
            return found.count < limit
        }
        return found
    }

    /// The receipt that a chat's first line says, or a checkpoint that repeats the chat; other lines have none.
    private func receipt(in line: UnsafeRawBufferPointer) throws -> Receipt? {
        let kind = try LineEnvelope(line: line).kind
        guard kind == .opened || kind == .inquired || kind == .checkpointChat || kind == .checkpointInquiry else {
            return nil
        }
        return switch try DecodedLine(line: line).content {
        case .record(let record):
            switch record.body {
            case .chat(_, _, .opened(let opened)): opened.receipt
            case .chat(_, _, .inquiry(.inquired(let inquired))): inquired.receipt
            default: nil
            }
        case .checkpoint(.chat(let chat)): chat.receipt
        case .checkpoint(.inquiry(let inquiry)): inquiry.receipt
        default: nil
        }
    }

    /// Passes the lines by until `body` returns false. A line that the server is just writing is left out. What is
    /// wrong with a line comes out as `JournalError.damaged`, which says where.
    private func forEachLine(
        in segments: ArraySlice<SegmentName>, _ body: (UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        for segment in segments {
            let scanner = try SegmentScanner(directory, segment)
            while let line = try scanner.nextWhole() {
                do {
                    if line.isTooLong { throw LineFault.tooLong }
                    guard try body(line.bytes) else { return }
                } catch let fault as LineFault {
                    throw try scanner.damage(fault)
                }
            }
        }
    }
}

extension ChatSummary {
    /// What a checkpoint knows of a chat.
    fileprivate init(_ chat: Chat) {
        self.init(
            id: chat.id, receipt: chat.receipt, openedAt: chat.openedAt, topic: chat.topic, language: chat.language)
        queue = chat.queue
        if let agent = chat.phase.agent { agents = [agent] }
        endReason = chat.endReason
        if case .ended(let since) = chat.phase { endedAt = since }
    }

    fileprivate init(_ inquiry: Inquiry) {
        self.init(
            id: inquiry.id, receipt: inquiry.receipt, openedAt: inquiry.arrivedAt, topic: inquiry.topic,
            language: inquiry.language)
        queue = inquiry.queue
        self.inquiry = inquiry.phase.state ?? .open
        if let agent = inquiry.phase.holder ?? inquiry.lastAgent { agents = [agent] }
        if case .closed(let since) = inquiry.phase { endedAt = since }
    }

    fileprivate mutating func add(_ agent: AgentName) {
        if !agents.contains(agent) { agents.append(agent) }
    }

    fileprivate init(id: ChatID, receipt: Receipt, openedAt: Instant, topic: TopicID, language: Language) {
        self.id = id
        self.receipt = receipt
        self.openedAt = openedAt
        self.topic = topic
        self.language = language
    }
}
