// The fields of agents, in: `agent_status`, `checkpoint_agent`, `account` and the profile inside all three.

internal import SangdamCore
internal import SangdamJSON

extension JSONReader {
    mutating func agentRecord() throws -> AgentRecord {
        let fields = try AgentFields(&self)
        return AgentRecord(
            profile: try fields.profile(), status: try required(fields.status, "status"),
            statusAfterChats: fields.statusAfterChats, capacity: try required(fields.capacity, "capacity"),
            autoAccept: try required(fields.autoAccept, "auto_accept"),
            isPresent: try required(fields.isPresent, "present"), cause: try required(fields.cause, "cause"),
            tally: try fields.outcomes.tally())
    }

    mutating func agentCheckpoint() throws -> Agent {
        let fields = try AgentFields(&self)
        let tally = try required(try fields.outcomes.tally(), "resting_since")
        var agent = Agent(
            profile: try fields.profile(), status: try required(fields.status, "status"),
            statusAfterChats: fields.statusAfterChats, capacity: try required(fields.capacity, "capacity"),
            autoAccept: try required(fields.autoAccept, "auto_accept"), awaySince: fields.awaySince,
            restingSince: tally.restingSince)
        agent.chats = try required(fields.chats, "chats")
        agent.offers = try required(fields.offers, "offers")
        agent.tally = tally
        return agent
    }

    mutating func agentForgotten() throws -> AgentName {
        try required(try AgentFields(&self).name, "agent")
    }
}

extension JSONReader {
    mutating func accountRecord() throws -> AccountRecord {
        let fields = try AgentFields(&self)
        let name = try required(fields.name, "account")
        return AccountRecord(
            name, try required(fields.change, "change"), by: fields.by,
            edit: try accountEditMark(fields.edit, fields.given),
            profile: fields.role == nil ? nil : try fields.profile(), forgetsAgent: fields.forgets)
    }
}

/// Both or none.
func accountEditMark(_ number: UInt64?, _ given: Instant?) throws(LineFault) -> AccountEditMark? {
    guard number != nil || given != nil else { return nil }
    return AccountEditMark(number: try required(number, "edit"), given: try required(given, "given"))
}

/// What each kind of line may say about an agent; each demands its own.
private struct AgentFields {
    var name: AgentName?
    var role: Role?
    var skills: [QueueID]?
    var languages: [Language]?
    var profileCapacity: Int?
    var status: AgentStatus?
    var statusAfterChats: AgentStatus?
    var capacity: Int?
    var autoAccept: Bool?
    var isPresent: Bool?
    var cause: StatusCause?
    var awaySince: Instant?
    var outcomes = OutcomeFields()
    var chats: [ChatID]?
    var offers: [ChatID]?
    var change: AccountChange?
    var by: Text?
    var forgets: Bool?
    var edit: UInt64?
    var given: Instant?

    init(_ reader: inout JSONReader) throws {
        while let key = try reader.nextKey() {
            switch key {
            case "agent", "account": name = try reader.name("agent")
            case "change": change = try reader.word("change")
            case "by": by = try reader.text()
            case "forgets": forgets = try reader.bool()
            case "edit": edit = try reader.unsigned()
            case "given": given = try reader.instant("given")
            case "status": status = try reader.word("status")
            case "after_chats": statusAfterChats = try reader.word("after_chats")
            case "capacity": capacity = try reader.integer("capacity")
            case "auto_accept": autoAccept = try reader.bool()
            case "present": isPresent = try reader.bool()
            case "cause": cause = try reader.word("cause")
            case "away_since": awaySince = try reader.instant("away_since")
            case "chats": chats = try reader.list { try $0.id("chats") }
            case "offers": offers = try reader.list { try $0.id("offers") }
            case "profile": try readProfile(&reader)
            default: try outcomes.read(key, &reader)
            }
        }
    }

    private mutating func readProfile(_ reader: inout JSONReader) throws {
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch key {
            case "role": role = try reader.word("role")
            case "skills": skills = try reader.list { try $0.name("skills") }
            case "languages": languages = try reader.list { try $0.word("languages") }
            case "capacity": profileCapacity = try reader.integer("capacity")
            default: try reader.skipValue()
            }
        }
    }

    func profile() throws(LineFault) -> AgentProfile {
        AgentProfile(
            name: try required(name, "agent"), role: try required(role, "role"),
            skills: try required(skills, "skills"), languages: try required(languages, "languages"),
            capacity: try required(profileCapacity, "profile.capacity"))
    }
}
