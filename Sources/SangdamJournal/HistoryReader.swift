// Words read back for those who come back: resumed chats, agents who take over, transcripts on demand. One scan serves
// everybody who asked meanwhile, so that a hundred reconnecting customers do not read the files a hundred times.

package import SangdamCore
internal import Synchronization

/// One message or note as the files have it.
package struct HistoryItem: Sendable, Equatable {
    package let chat: ChatID
    package let seq: UInt64
    package let at: Instant
    package let body: Body

    /// Words for both parties, or for agents only; the text is nil once it has been erased.
    package enum Body: Sendable, Equatable {
        case message(StoredMessage)
        case note(by: AgentName, text: Text?)
    }
}

/// What a request found, in `seq` order.
package struct HistoryAnswer: Sendable, Equatable {
    package let request: HistoryRequest
    package var items: [HistoryItem] = []
    /// False when the limits ended the answer early: what is missing follows the last item's seq and can be asked for
    /// with `after` set to it.
    package var isComplete = true
}

/// Reads the journal's files on a queue of its own, next to a writing journal or without one.
package final class HistoryReader: Sendable {
    /// What bounds one answer; past it the answer ends early and says so. One item is always in it.
    package struct Limits: Sendable {
        package var items = 100_000
        /// Bytes of words.
        package var bytes = 32 << 20

        package init() {}
    }

    private struct Job: Sendable {
        let requests: [HistoryRequest]
        let then: @Sendable (Result<[HistoryAnswer], JournalError>) -> Void
    }

    /// Where the words stand that an answer had no room for: whoever goes on with it need not begin at the chat's
    /// birth.
    fileprivate struct Bookmark: Sendable {
        let after: UInt64
        let segment: SegmentName
        let offset: Int64
    }

    /// Chats whose bookmark is kept; past it all are dropped, and those who go on search from the birth once more.
    private static let bookmarkLimit = 1_024

    private let directory: SegmentDirectory
    private let limits: Limits
    private let bookmarks = Mutex<[ChatID: Bookmark]>([:])
    private let queue: any JournalQueue
    private let pending = Mutex<[Job]>([])

    package init(dataDirectory: String, limits: Limits = Limits(), queue: any JournalQueue) {
        directory = SegmentDirectory(dataDirectory: dataDirectory)
        self.limits = limits
        self.queue = queue
    }

    /// Answers every request with the messages, and the notes if it wants them, of `after` < seq ≤ `through`.
    ///
    /// Reads what is in the files when the scan gets there: `Journal.afterWritten` says when that is. `then` is called
    /// once on the reader's queue, with answers in the order of the requests.
    package func read(
        _ requests: [HistoryRequest], then: @escaping @Sendable (Result<[HistoryAnswer], JournalError>) -> Void
    ) {
        let isFirst = pending.withLock { jobs in
            jobs.append(Job(requests: requests, then: then))
            return jobs.count == 1
        }
        if isFirst { queue.async { self.serve() } }
    }

    private func serve() {
        let jobs = pending.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
        do throws(JournalError) {
            var answers = try scan(jobs.flatMap(\.requests))[...]
            for job in jobs {
                job.then(.success(Array(answers.prefix(job.requests.count))))
                answers = answers.dropFirst(job.requests.count)
            }
        } catch {
            for job in jobs { job.then(.failure(error)) }
        }
    }

    private func scan(_ requests: [HistoryRequest]) throws(JournalError) -> [HistoryAnswer] {
        var scan = HistoryScan(requests, limits: limits)
        defer { keep(scan.bookmarks) }
        guard let birth = scan.earliestBirth else { return scan.answers }
        var segments = try directory.segments(since: birth)
        var offset: Int64 = 0
        if let start = start(of: requests), let first = segments.firstIndex(of: start.segment) {
            segments = segments[first...]
            offset = start.offset
        }
        for segment in segments {
            let scanner = try SegmentScanner(directory, segment, from: offset)
            offset = 0
            while let line = try scanner.nextWhole() {
                guard let chat = chatID(of: line.bytes), scan.wants(chat) else { continue }
                do throws(LineFault) {
                    try scan.take(line.bytes, of: chat, in: segment, at: line.start)
                } catch {
                    throw try scanner.damage(error)
                }
                if scan.isDone { return scan.answers }
            }
        }
        return scan.answers
    }

    /// The first bookmark of all, if every request has one in front of its words.
    private func start(of requests: [HistoryRequest]) -> Bookmark? {
        bookmarks.withLock { bookmarks in
            var first: Bookmark?
            for request in requests where request.after < request.through {
                guard let bookmark = bookmarks[request.chat], bookmark.after <= request.after else { return nil }
                if let other = first, (other.segment, other.offset) < (bookmark.segment, bookmark.offset) { continue }
                first = bookmark
            }
            return first
        }
    }

    private func keep(_ new: [ChatID: Bookmark]) {
        guard !new.isEmpty else { return }
        bookmarks.withLock { bookmarks in
            if bookmarks.count + new.count > Self.bookmarkLimit { bookmarks.removeAll() }
            bookmarks.merge(new) { $1 }
        }
    }
}

/// Which requests are still open while the lines pass by.
private struct HistoryScan {
    private(set) var answers: [HistoryAnswer]
    /// Of chats with answers that ended early: the foremost.
    private(set) var bookmarks: [ChatID: HistoryReader.Bookmark] = [:]
    private let limits: HistoryReader.Limits
    private var bytes: [Int]
    /// Indices in `answers` of the requests for each chat that want more lines.
    private var open: [ChatID: [Int]] = [:]

    init(_ requests: [HistoryRequest], limits: HistoryReader.Limits) {
        self.limits = limits
        answers = requests.map { HistoryAnswer(request: $0) }
        bytes = requests.map { _ in 0 }
        for (index, request) in requests.enumerated() where request.after < request.through {
            open[request.chat, default: []].append(index)
        }
    }

    var earliestBirth: Instant? { open.keys.map(\.birth).min() }
    var isDone: Bool { open.isEmpty }

    func wants(_ chat: ChatID) -> Bool { open[chat] != nil }

    mutating func take(
        _ line: UnsafeRawBufferPointer, of chat: ChatID, in segment: SegmentName, at offset: Int64
    ) throws(LineFault) {
        let envelope = try LineEnvelope(line: line)
        // A kind that we do not know holds no words for anybody; a checkpoint stands behind all that it repeats.
        guard let kind = envelope.kind, let seq = envelope.seq, let indices = open[chat] else { return }
        let item = kind == .message || kind == .note ? try item(line, chat, seq) : nil
        let left = indices.filter { index in
            if let item { add(item, to: index) }
            if !answers[index].isComplete, bookmarks[chat] == nil {
                let after = answers[index].items.last?.seq ?? answers[index].request.after
                bookmarks[chat] = HistoryReader.Bookmark(after: after, segment: segment, offset: offset)
            }
            // Nothing comes after `closed`.
            return answers[index].isComplete && seq < answers[index].request.through && kind != .closed
        }
        open[chat] = left.isEmpty ? nil : left
    }

    private func item(
        _ line: UnsafeRawBufferPointer, _ chat: ChatID, _ seq: UInt64
    ) throws(LineFault) -> HistoryItem? {
        guard case .record(let record) = try DecodedLine(line: line).content, case .chat(_, _, let event) = record.body
        else { return nil }
        switch event {
        case .message(let message):
            return HistoryItem(chat: chat, seq: seq, at: record.at, body: .message(message))
        case .note(let by, _, let text):
            return HistoryItem(chat: chat, seq: seq, at: record.at, body: .note(by: by, text: text))
        case .opened, .intake, .queued, .offered, .offerClosed, .started, .transferred, .away, .back, .reminded,
            .delayed, .language, .ended, .wrappedUp, .rated, .closed, .inquiry:
            return nil
        }
    }

    private mutating func add(_ item: HistoryItem, to index: Int) {
        let request = answers[index].request
        guard item.seq > request.after, item.seq <= request.through else { return }
        let size: Int
        switch item.body {
        case .message(let message):
            size = message.text?.count ?? 0
        case .note(_, let text):
            guard request.includesNotes else { return }
            size = text?.count ?? 0
        }
        let isFull = answers[index].items.count >= limits.items || bytes[index] + size > limits.bytes
        guard !isFull || answers[index].items.isEmpty else {
            answers[index].isComplete = false
            return
        }
        bytes[index] += size
        answers[index].items.append(item)
    }
}
