// What lives for one event of the desk: its time, what it leads to, and what is still to be done before it ends.

struct Turn {
    /// Words from memory that one event shows at most, as bytes on the wire; well below what may wait for one peer.
    private static let reshownLimitBytes = 32 * 1024

    let now: Instant
    var effects: Effects
    /// A slot or a chat became free, or the rules may have changed their answer: chats are routed at the end.
    var needsRouting = false
    /// Queues whose customers are to be told at the end: a position or an estimate may be better.
    var changedQueues: Set<QueueID> = []
    /// Chats whose customers are to be told at the end that their queue is closed, if they still wait then.
    var delayed: [ChatID] = []
    /// Agents on duty of whom something was written, as they were before: they may be gone.
    var agentsBefore: [Agent] = []
    private var reshownBytes = 0

    init(now: Instant, effects: Effects) {
        self.now = now
        self.effects = effects
    }

    /// Counts words from memory; false, and not counted, when they are too many.
    mutating func mayReshow(_ bytes: Int) -> Bool {
        guard reshownBytes + bytes <= Self.reshownLimitBytes else { return false }
        reshownBytes += bytes
        return true
    }

    mutating func observe(_ observation: Observation) {
        effects.observe(observation)
    }

    mutating func deliver(_ session: SessionHandle, _ message: ServerMessage) {
        effects.deliver(.say(message), to: session)
    }

    mutating func refuse(_ session: SessionHandle, _ refusal: Refusal) {
        effects.observe(.refused(refusal.code))
        effects.deliver(.say(.error(refusal)), to: session)
    }
}
