// How often the customers of a queue are told of their positions.

/// When each queue's customers were told last and are to be told next. A queue of a thousand is told once a second, a
/// longer one less often, so that its length cannot make the desk slow.
struct QueuePacing: Sendable {
    private struct Notices: Sendable {
        var told: Instant?
        /// Changed too soon after the last time: told again then.
        var due: Instant?
    }

    private var notices: [QueueID: Notices] = [:]

    /// When the queue's customers are to be told of what changed too soon.
    func due(_ queue: QueueID) -> Instant? { notices[queue]?.due }

    /// Whether they may be told now, which counts as done; otherwise they are due later.
    mutating func mayTell(_ queue: QueueID, waiting: Int, at now: Instant) -> Bool {
        let pause = Interval(milliseconds: Int64(max(1000, waiting)))
        if let told = notices[queue]?.told, now < told + pause {
            notices[queue]?.due = told + pause
            return false
        }
        notices[queue] = Notices(told: now, due: nil)
        return true
    }
}
