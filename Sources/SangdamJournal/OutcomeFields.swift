// What the desk decided beside the event itself, out and in: ranks, pauses, tallies, reasons, the configuration.
// Optional everywhere: lines of formats 1 and 2 have none of it.

internal import SangdamCore
internal import SangdamJSON

// MARK: - Out

extension JSONWriter {
    mutating func fields(of rank: Rank) {
        field("since", rank.since)
        field("head", rank.isHead)
        field("ordinal", number: rank.ordinal)
    }

    mutating func field(_ key: StaticString, _ rank: Rank?) {
        guard let rank else { return }
        self.key(key)
        beginObject()
        fields(of: rank)
        endObject()
    }

    /// `"until":"…","displaced":"lee"`.
    mutating func fields(of pause: Pause?) {
        field("until", pause?.until)
        field("displaced", pause?.displaced)
    }

    /// `"unanswered":1,"unanswered_at":"…","resting_since":"…"`, as in an agent's checkpoint.
    mutating func fields(of tally: AgentTally?) {
        guard let tally else { return }
        field("unanswered", number: tally.unansweredInARow)
        field("unanswered_at", tally.unansweredAt)
        field("resting_since", tally.restingSince)
    }

    mutating func field(_ key: StaticString, _ why: RoutingReason?) {
        guard let why else { return }
        self.key(key)
        beginObject()
        field("candidates", number: why.candidates)
        field("scores", why.scores)
        if let runnerUp = why.runnerUp {
            self.key("runner_up")
            beginObject()
            field("agent", runnerUp.agent)
            field("scores", runnerUp.scores)
            endObject()
        }
        self.key("passed_over")
        beginArray()
        for passed in why.passedOver {
            beginArray()
            string(passed.agent.text)
            string(passed.rule)
            endArray()
        }
        endArray()
        endObject()
    }

    /// Each rule with its score: `[["fewest_chats",-1],["longest_rest",5000]]`.
    private mutating func field(_ key: StaticString, _ scores: [RoutingReason.Score]) {
        self.key(key)
        beginArray()
        for score in scores {
            beginArray()
            string(score.rule)
            number(Int(score.score))
            endArray()
        }
        endArray()
    }

    private static let fingerprintDigits = 16

    mutating func fields(of configured: ConfigurationRecord) {
        key("fingerprint")
        let digits = String(configured.fingerprint, radix: 16)
        string(String(repeating: "0", count: Self.fingerprintDigits - digits.count) + digits)
        key("queues")
        beginArray()
        for queue in configured.queues {
            beginObject()
            field("queue", queue.queue)
            field("priority", number: queue.priority)
            field("specialists", queue.needsSpecialist)
            endObject()
        }
        endArray()
        field("offer_seconds", configured.offerTimeout)
        field("unanswered_until_break", number: configured.unansweredUntilBreak)
        field("decline_pause_seconds", configured.declinePause)
        field("queue_length", number: configured.queueLength)
    }
}

// MARK: - In

/// The fields of a pause and of a tally, which stand among those of the line's kind.
struct OutcomeFields {
    private var until: Instant?
    private var displaced: AgentName?
    private var unanswered: Int?
    private var unansweredAt: Instant?
    private var restingSince: Instant?

    /// Takes the value of `key`, or passes it if it is of nothing that is known.
    mutating func read(_ key: JSONWord, _ reader: inout JSONReader) throws {
        switch key {
        case "until": until = try reader.instant("until")
        case "displaced": displaced = try reader.name("displaced")
        case "unanswered": unanswered = try reader.unanswered()
        case "unanswered_at": unansweredAt = try reader.instant("unanswered_at")
        case "resting_since": restingSince = try reader.instant("resting_since")
        default: try reader.skipValue()
        }
    }

    func pause() throws(LineFault) -> Pause? {
        guard until != nil || displaced != nil else { return nil }
        return Pause(until: try required(until, "until"), displaced: displaced)
    }

    func tally() throws(LineFault) -> AgentTally? {
        guard unanswered != nil || unansweredAt != nil || restingSince != nil else { return nil }
        return AgentTally(
            unansweredInARow: try required(unanswered, "unanswered"), unansweredAt: unansweredAt,
            restingSince: try required(restingSince, "resting_since"))
    }
}

extension JSONReader {
    /// What one more can always be added to.
    mutating func unanswered() throws -> Int {
        let count: Int32 = try integer("unanswered")
        guard count >= 0 else { throw LineFault.badValue("unanswered") }
        return Int(count)
    }

    mutating func rank() throws -> Rank {
        var since: Instant?
        var isHead: Bool?
        var ordinal: UInt64?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "since": since = try instant("rank")
            case "head": isHead = try bool()
            case "ordinal": ordinal = try count("rank")
            default: try skipValue()
            }
        }
        return Rank(
            isHead: try required(isHead, "rank.head"), since: try required(since, "rank.since"),
            ordinal: try required(ordinal, "rank.ordinal"))
    }

    mutating func why() throws -> RoutingReason {
        var candidates: Int?
        var ownScores: [RoutingReason.Score]?
        var runnerUp: RoutingReason.RunnerUp?
        var passedOver: [RoutingReason.PassedOver]?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "candidates": candidates = try natural("why")
            case "scores": ownScores = try scores()
            case "runner_up": runnerUp = try self.runnerUp()
            case "passed_over":
                passedOver = try pairs(atMost: RoutingReason.passedOverLimit) { reader in
                    let agent: AgentName = try reader.name("why")
                    guard try reader.nextElement() else { throw LineFault.badValue("why") }
                    return RoutingReason.PassedOver(agent: agent, rule: try reader.rule())
                }
            default: try skipValue()
            }
        }
        return RoutingReason(
            candidates: try required(candidates, "why.candidates"), scores: try required(ownScores, "why.scores"),
            runnerUp: runnerUp, passedOver: try required(passedOver, "why.passed_over"))
    }

    private mutating func runnerUp() throws -> RoutingReason.RunnerUp {
        var agent: AgentName?
        var scores: [RoutingReason.Score]?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "agent": agent = try name("why")
            case "scores": scores = try self.scores()
            default: try skipValue()
            }
        }
        return RoutingReason.RunnerUp(
            agent: try required(agent, "why.runner_up.agent"), scores: try required(scores, "why.runner_up.scores"))
    }

    private mutating func scores() throws -> [RoutingReason.Score] {
        try pairs(atMost: RoutingReason.scoreLimit) { reader in
            let rule = try reader.rule()
            guard try reader.nextElement() else { throw LineFault.badValue("why") }
            return RoutingReason.Score(rule: rule, score: try reader.signed())
        }
    }

    private mutating func rule() throws -> String {
        let rule = try text().string
        guard (1...RoutingReason.ruleLimitBytes).contains(rule.utf8.count) else { throw LineFault.badValue("why") }
        return rule
    }

    /// A list of lists of two.
    private mutating func pairs<Pair>(
        atMost limit: Int, _ pair: (inout JSONReader) throws -> Pair
    ) throws -> [Pair] {
        var pairs: [Pair] = []
        try beginArray()
        while try nextElement() {
            guard pairs.count < limit else { throw LineFault.badValue("why") }
            try beginArray()
            guard try nextElement() else { throw LineFault.badValue("why") }
            pairs.append(try pair(&self))
            guard try !nextElement() else { throw LineFault.badValue("why") }
        }
        return pairs
    }

    private mutating func natural(_ field: String) throws -> Int {
        let number: Int = try integer(field)
        guard number >= 0 else { throw LineFault.badValue(field) }
        return number
    }

    /// From here to the end of the innermost object.
    mutating func configurationRecord() throws -> ConfigurationRecord {
        var fingerprint: UInt64?
        var queues: [ConfigurationRecord.RoutedQueue]?
        var offerTimeout: Interval?
        var unansweredUntilBreak: Int?
        var declinePause: Interval?
        var queueLength: Int?
        while let key = try nextKey() {
            switch key {
            case "fingerprint": fingerprint = try self.fingerprint()
            case "queues": queues = try routedQueues()
            case "offer_seconds": offerTimeout = try seconds()
            case "unanswered_until_break": unansweredUntilBreak = try integer("unanswered_until_break")
            case "decline_pause_seconds": declinePause = try seconds()
            case "queue_length": queueLength = try integer("queue_length")
            default: try skipValue()
            }
        }
        return ConfigurationRecord(
            fingerprint: try required(fingerprint, "fingerprint"), queues: try required(queues, "queues"),
            offerTimeout: try required(offerTimeout, "offer_seconds"),
            unansweredUntilBreak: try required(unansweredUntilBreak, "unanswered_until_break"),
            declinePause: try required(declinePause, "decline_pause_seconds"),
            queueLength: try required(queueLength, "queue_length"))
    }

    private mutating func fingerprint() throws -> UInt64 {
        let digits = try text().string
        // The parser also takes a sign of either kind.
        guard digits.utf8.count == 16, digits.first?.isHexDigit == true, let fingerprint = UInt64(digits, radix: 16)
        else {
            throw LineFault.badValue("fingerprint")
        }
        return fingerprint
    }

    private mutating func routedQueues() throws -> [ConfigurationRecord.RoutedQueue] {
        var queues: [ConfigurationRecord.RoutedQueue] = []
        try beginArray()
        while try nextElement() {
            guard queues.count < ConfigurationRecord.queueLimit else { throw LineFault.badValue("queues") }
            queues.append(try routedQueue())
        }
        return queues
    }

    private mutating func routedQueue() throws -> ConfigurationRecord.RoutedQueue {
        var queue: QueueID?
        var priority: Int?
        var needsSpecialist: Bool?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "queue": queue = try name("queues")
            case "priority": priority = try integer("queues")
            case "specialists": needsSpecialist = try bool()
            default: try skipValue()
            }
        }
        return ConfigurationRecord.RoutedQueue(
            queue: try required(queue, "queues.queue"), priority: try required(priority, "queues.priority"),
            needsSpecialist: try required(needsSpecialist, "queues.specialists"))
    }
}
