// The fields of a checkpoint's parts, in: the inverse of `CheckpointFields`; agents are in `AgentDecoder`.

internal import SangdamCore
internal import SangdamJSON

extension JSONReader {
    mutating func deskCheckpoint() throws -> DeskCheckpoint {
        var nextOrdinal: UInt64?
        var entries: Int?
        var edit: UInt64?
        var given: Instant?
        var configuration: ConfigurationRecord?
        var hours: [HoursRecord] = []
        var totals: Totals?
        while let key = try nextKey() {
            switch key {
            case "format": _ = try format()
            case "epoch": let _: JournalEpoch = try id("epoch")
            case "next_ordinal": nextOrdinal = try count("next_ordinal")
            case "edit": edit = try unsigned()
            case "given": given = try instant("given")
            case "entries": entries = try integer("entries")
            case "configured":
                try beginObject()
                configuration = try configurationRecord()
            case "hours":
                hours = try list {
                    try $0.beginObject()
                    return try $0.hoursRecord()
                }
            case "totals": totals = try self.totals()
            default: try skipValue()
            }
        }
        let count = try required(entries, "entries")
        guard count >= 0 else { throw LineFault.badValue("entries") }
        return DeskCheckpoint(
            nextOrdinal: try required(nextOrdinal, "next_ordinal"),
            lastAccountEdit: try accountEditMark(edit, given), configuration: configuration,
            hours: hours, entries: count, totals: totals)
    }

    mutating func queueCheckpoint() throws -> QueueCheckpoint {
        var queue: QueueID?
        var releases: [Instant]?
        var handling: [Interval]?
        while let key = try nextKey() {
            switch key {
            case "queue": queue = try name("queue")
            case "releases": releases = try list { try $0.instant("releases") }
            case "handling": handling = try list { try $0.seconds() }
            default: try skipValue()
            }
        }
        return QueueCheckpoint(
            queue: try required(queue, "queue"), releases: try required(releases, "releases"),
            handling: try required(handling, "handling"))
    }

    mutating func chatCheckpoint(_ id: ChatID, lastSeq: UInt64, isSalted: Bool) throws -> Chat {
        let fields = try ChatFields(&self)
        guard isSalted || fields.name == nil else { throw LineFault.missing("s") }
        let opened = Opened(
            topic: try required(fields.topic, "topic"), language: try required(fields.language, "lang"),
            name: fields.name, token: try required(fields.token, "token"),
            receipt: try required(fields.receipt, "receipt"))
        var chat = Chat(
            id: id, opened: opened, at: try required(fields.openedAt, "opened_at"), lastSeq: lastSeq,
            queue: try required(fields.queue, "queue"), phase: try required(fields.phase, "phase"))
        chat.intake = try words(fields.intake, "intake", isSalted: isSalted) ?? Intake()
        chat.customerAwaySince = fields.awaySince
        chat.acked = try required(fields.acked, "acked")
        chat.declines = try required(fields.declines, "declines")
        chat.queuedAt = try required(fields.queuedAt, "queued_at")
        chat.waited = try required(fields.waited, "waited")
        chat.startedAt = fields.startedAt
        chat.startedSeq = fields.startedSeq
        chat.silentSince = fields.silentSince
        chat.isReminded = try required(fields.isReminded, "reminded")
        chat.isToldOfClosing = fields.isToldOfClosing
        chat.isToldOfUnstaffed = fields.isToldOfUnstaffed
        chat.isToldOfWait = fields.isToldOfWait
        chat.hasFirstResponse = try required(fields.hasFirstResponse, "first_response")
        chat.endReason = fields.endReason
        chat.isRated = try required(fields.isRated, "rated")
        return chat
    }
}

private struct ChatFields {
    var topic: TopicID?
    var language: Language?
    var name: Text?
    var token: TokenDigest?
    var receipt: Receipt?
    var openedAt: Instant?
    var queue: QueueID?
    var queuedAt: Instant?
    var waited: Interval?
    var startedAt: Instant?
    var startedSeq: UInt64 = 0
    var awaySince: Instant?
    var silentSince: Instant?
    var isReminded: Bool?
    var isToldOfClosing = false
    var isToldOfUnstaffed = false
    var isToldOfWait = false
    var hasFirstResponse: Bool?
    var endReason: EndReason?
    var isRated: Bool?
    var phase: ChatPhase?
    var intake: Intake?
    var declines: [Chat.Decline]?
    var acked: AckWindow?

    init(_ reader: inout JSONReader) throws {
        while let key = try reader.nextKey() {
            switch key {
            case "topic": topic = try reader.name("topic")
            case "lang": language = try reader.word("lang")
            case "name": name = try reader.text()
            case "token": token = try reader.token("token")
            case "receipt": receipt = try reader.receipt("receipt")
            case "opened_at": openedAt = try reader.instant("opened_at")
            case "queue": queue = try reader.name("queue")
            case "queued_at": queuedAt = try reader.instant("queued_at")
            case "waited": waited = try reader.seconds()
            case "started_at": startedAt = try reader.instant("started_at")
            case "started_seq": startedSeq = try reader.unsigned()
            case "away_since": awaySince = try reader.instant("away_since")
            case "silent_since": silentSince = try reader.instant("silent_since")
            case "reminded": isReminded = try reader.bool()
            case "told_closed": isToldOfClosing = try reader.bool()
            case "told_unstaffed": isToldOfUnstaffed = try reader.bool()
            case "told_wait": isToldOfWait = try reader.bool()
            case "first_response": hasFirstResponse = try reader.bool()
            case "end_reason": endReason = try reader.word("end_reason")
            case "rated": isRated = try reader.bool()
            case "phase": phase = try reader.chatPhase()
            case "intake": intake = try reader.intakeValue()
            case "declines": declines = try reader.list { try $0.decline() }
            case "acked": acked = try reader.ackWindow()
            default: try reader.skipValue()
            }
        }
    }
}

extension JSONReader {
    fileprivate mutating func decline() throws -> Chat.Decline {
        var agent: AgentName?
        var until: Instant?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "agent": agent = try name("declines")
            case "until": until = try instant("declines")
            default: try skipValue()
            }
        }
        return Chat.Decline(agent: try required(agent, "agent"), until: try required(until, "until"))
    }

    mutating func ackWindow() throws -> AckWindow {
        var window = AckWindow()
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "customer":
                try remember(from: .customer, in: &window)
            case "agents":
                try beginObject()
                while let agent = try nextAgent() { try remember(from: .agent(agent), in: &window) }
            // Absent from what older servers wrote, whose notes shared the ids of their agents' words.
            case "notes":
                try beginObject()
                while let agent = try nextAgent() { try remember(from: .notes(agent), in: &window) }
            default:
                try skipValue()
            }
        }
        return window
    }

    private mutating func nextAgent() throws -> AgentName? {
        guard let name = try nextKey() else { return nil }
        guard let agent = AgentName(validating: name.string) else { throw LineFault.badValue("acked") }
        return agent
    }

    private mutating func remember(from sender: MessageSender, in window: inout AckWindow) throws {
        try beginArray()
        while try nextElement() {
            let id = try messageID("acked")
            guard try nextElement() else { throw LineFault.badValue("acked") }
            window.remember(id, from: sender, seq: try unsigned())
        }
    }

    fileprivate mutating func chatPhase() throws -> ChatPhase {
        var phase: String?
        var since: Instant?
        var isHead: Bool?
        var ordinal: UInt64?
        var offer: OfferID?
        var agent: AgentName?
        var made: Instant?
        var expires: Instant?
        var isTransfer: Bool?
        try beginObject()
        while let key = try nextKey() {
            switch key {
            case "is": phase = try withString { String(decoding: $0, as: UTF8.self) }
            case "since": since = try instant("since")
            case "head": isHead = try bool()
            case "ordinal": ordinal = try unsigned()
            case "offer": offer = try id("offer")
            case "agent": agent = try name("agent")
            case "made": made = try instant("made")
            case "expires": expires = try instant("expires")
            case "transfer": isTransfer = try bool()
            default: try skipValue()
            }
        }
        let word = try required(phase, "is")
        if word == "opened" { return .opened }
        let began = try required(since, "since")
        func rank() throws(LineFault) -> Rank {
            Rank(
                isHead: try required(isHead, "head"), since: began, ordinal: try required(ordinal, "ordinal"))
        }
        switch word {
        case "waiting":
            return .waiting(try rank())
        case "offered":
            return .offered(
                Offer(
                    id: try required(offer, "offer"), agent: try required(agent, "agent"),
                    made: try required(made, "made"), expires: try required(expires, "expires"),
                    isTransfer: try required(isTransfer, "transfer")),
                try rank())
        case "active":
            return .active(try required(agent, "agent"), since: began)
        case "wrap_up":
            return .wrapUp(try required(agent, "agent"), since: began)
        case "ended":
            return .ended(since: began)
        default:
            throw LineFault.badValue("phase")
        }
    }
}
