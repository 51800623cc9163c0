// The configuration in force, with its topics and queues by name.

struct Directory: Sendable {
    let configuration: DeskConfiguration
    private let topics: [TopicID: Topic]
    private let queues: [QueueID: Queue]

    init(_ configuration: DeskConfiguration) {
        self.configuration = configuration
        topics = Dictionary(configuration.topics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        queues = Dictionary(configuration.queues.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var queueIDs: Dictionary<QueueID, Queue>.Keys { queues.keys }

    func topic(_ id: TopicID) -> Topic? { topics[id] }

    func hasQueue(_ id: QueueID) -> Bool { queues[id] != nil }

    /// A queue that the configuration no longer names still serves those who wait in it.
    func queue(_ id: QueueID) -> Queue { queues[id] ?? Queue(id: id, labels: Localised([:])) }
}
