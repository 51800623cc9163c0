// Old words for sessions: asks the journal's reader once everything that is wanted has reached the files.

internal import Logging
internal import SangdamCore
internal import SangdamJournal

final class HistoryFetcher: Sendable {
    private let journal: Journal
    private let reader: HistoryReader
    private let log: Logger

    /// - Parameter unsentBytes: what may be held for one peer. An answer takes half of it at most, words and what
    ///   stands around each of them, and of that only what there is room for; a longer history comes in several.
    init(
        journal: Journal, dataDirectory: String, unsentBytes: Int, log: Logger,
        queue: any JournalQueue = DispatchJournalQueue(label: "sangdam.history")
    ) {
        var limits = HistoryReader.Limits()
        limits.bytes = unsentBytes / 3
        limits.items = max(1, unsentBytes / 6 / HeldDeliveries.overheadBytes)
        self.journal = journal
        reader = HistoryReader(dataDirectory: dataDirectory, limits: limits, queue: queue)
        self.log = log
    }

    /// `completion` gets the words on a queue of the reader's, or nil if the files cannot be read.
    func read(_ request: HistoryRequest, _ completion: @escaping @Sendable (HistoryAnswer?) -> Void) {
        journal.afterWritten(journal.durableTicket) { [reader, log] in
            reader.read([request]) { result in
                switch result {
                case .success(let answers):
                    completion(answers.first)
                case .failure(let error):
                    log.error("words cannot be read back: \(error.description)")
                    completion(nil)
                }
            }
        }
    }
}

extension HistoryAnswer {
    /// The words as a session is told them, as many as there is room for but one at least, with a further request
    /// behind them if there is more.
    func deliveries(within roomBytes: Int) -> [Delivery] {
        var deliveries: [Delivery] = request.isTranscript ? [.say(.transcript(.begins))] : []
        var (last, bytes): (HistoryItem?, Int) = (nil, 0)
        for item in items {
            let delivery = Delivery.say(item.serverMessage(customerName: request.customerName))
            bytes += delivery.memoryBytes
            if last != nil, bytes > roomBytes { break }
            deliveries.append(delivery)
            last = item
        }
        if let last, !isComplete || last != items.last {
            deliveries.append(
                .history(
                    HistoryRequest(
                        chat: request.chat, after: last.seq, through: request.through,
                        includesNotes: request.includesNotes, isTranscript: false,
                        customerName: request.customerName)))
        }
        if request.isTranscript { deliveries.append(.say(.transcript(.ends))) }
        return deliveries
    }
}

extension HistoryItem {
    func serverMessage(customerName: Text?) -> ServerMessage {
        switch body {
        case .message(let message):
            .message(
                MessageNotice(
                    chat: chat, seq: seq, from: message.from,
                    name: message.name.map { Text($0.text) } ?? (message.from == .customer ? customerName : nil),
                    id: message.id, body: message.text.map { .words($0) } ?? .erased, at: at))
        case .note(let agent, let text):
            .note(NoteNotice(chat: chat, seq: seq, by: agent, text: text, at: at))
        }
    }
}
