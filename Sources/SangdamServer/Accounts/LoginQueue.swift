// Whose password is hashed next. Pure: it holds the waiting and runs nothing.
//
// Addresses take turns, and one of them has one hash running at most: whoever floods waits behind himself, and another
// address waits for one hash, not for all of them. Few jobs may wait. When no more may, whoever has more of them
// waiting than the newcomer would gives one up; so a single office may have them all as long as nobody else comes.

internal import DequeModule

/// Jobs that wait, by the address that they came from.
struct LoginQueue<Job: Sendable>: Sendable {
    /// Jobs that may wait at once; running ones have left.
    var limit: Int
    private(set) var waitingCount = 0
    /// Oldest first; no line is empty.
    private var lines: [String: Deque<Job>] = [:]
    /// Addresses that have a line, in the order of their turns.
    private var turns: Deque<String> = []
    private var running: Set<String> = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether nothing waits or runs, so that no address is remembered.
    var isEmpty: Bool { lines.isEmpty && turns.isEmpty && running.isEmpty }

    /// Puts a job at the end of its address's line. Returns the one for which there is no room any more: nil, the
    /// newest of the longest line, or `job` itself.
    mutating func add(_ job: Job, from address: String) -> Job? {
        var displaced: Job?
        if waitingCount >= limit {
            let own = lines[address]?.count ?? 0
            // One more than the newcomer would have is not enough: the two would only swap.
            guard let longest = lines.max(by: { $0.value.count < $1.value.count }), longest.value.count > own + 1 else {
                return job
            }
            displaced = lines[longest.key]?.popLast()
            waitingCount -= 1
        }
        if lines[address] == nil { turns.append(address) }
        lines[address, default: []].append(job)
        waitingCount += 1
        return displaced
    }

    /// Takes the next job that may run; its address's next one may only after `finish`.
    mutating func next() -> (address: String, job: Job)? {
        guard let index = turns.firstIndex(where: { !running.contains($0) }) else { return nil }
        let address = turns.remove(at: index)
        guard let job = lines[address]?.popFirst() else { preconditionFailure("an address without a line has a turn") }
        if lines[address]?.isEmpty == true { lines[address] = nil } else { turns.append(address) }
        waitingCount -= 1
        running.insert(address)
        return (address, job)
    }

    /// The address's job has run.
    mutating func finish(_ address: String) {
        running.remove(address)
    }
}
