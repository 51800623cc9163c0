// What waits for one session until its peer has taken what went before: first words that are being read back from the
// journal, then what the desk said meanwhile. It waits as values, whose words the chat's memory mostly has as well, and
// becomes bytes at the peer's pace.

internal import DequeModule
internal import SangdamCore

/// Confined to its session's reactor, which bounds it. An object of its own, as few sessions have any.
final class HeldDeliveries {
    /// What a delivery takes beside its words, roughly.
    static let overheadBytes = 320

    private var readBack = Deque<Delivery>()
    private var live = Deque<Delivery>()
    /// What all of it takes in memory, roughly.
    private(set) var bytes = 0
    /// When the peer will have taken nothing for too long; nil while it is not the peer who is waited for.
    var stallsAt: Instant?

    var isEmpty: Bool { readBack.isEmpty && live.isEmpty }

    func append(_ delivery: Delivery) {
        live.append(delivery)
        bytes += delivery.memoryBytes
    }

    /// The answer to a read, in front of everything that came meanwhile. The reader bounds it.
    func putInFront(_ deliveries: [Delivery]) {
        for delivery in deliveries.reversed() {
            readBack.prepend(delivery)
            bytes += delivery.memoryBytes
        }
    }

    func popFirst() -> Delivery? {
        let delivery = readBack.popFirst() ?? live.popFirst()
        if let delivery { bytes -= delivery.memoryBytes }
        return delivery
    }
}

extension Delivery {
    /// Roughly. What the desk keeps anyway (the answers of an intake, a name, the words of the configuration) costs
    /// nothing more here.
    var memoryBytes: Int {
        let overhead = HeldDeliveries.overheadBytes
        switch self {
        case .say(.message(let message)):
            guard case .words(let text) = message.body else { return overhead }
            return overhead + text.count
        case .say(.note(let note)):
            return overhead + (note.text?.count ?? 0)
        case .say(.topics(let notice)):
            return overhead + notice.topics.count * MemoryLayout<TopicStatus>.stride
                + notice.contacts.count * MemoryLayout<ContactStatus>.stride
        case .say(.inquiries(let list)):
            return overhead + list.rows.count * MemoryLayout<InquiryRow>.stride
        case .say(.faq(let answers, _)):
            return answers.reduce(overhead) { $0 + $1.question.utf8.count + $1.answer.utf8.count }
        case .search(let query, _):
            return overhead + query.words.count
        case .say, .close:
            return overhead
        case .history:
            return MemoryLayout<Delivery>.stride
        }
    }
}
