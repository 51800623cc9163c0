// The words of a scenario's steps, each with the event that it stands for.

import SangdamCore

@testable import SimulationSupport

extension DeskScenario {
    mutating func perform(_ step: String) throws -> [Effect] {
        let words = step.split(separator: " ").map(String.init)
        switch words.first {
        case "time": return []
        case "drain": return handle(.drain)
        case "timetable": return handle(.timetable(timetable(words)))
        // `override pay closed until 50`, by root
        case "override": return handle(.order(.override(order(Array(words.dropFirst())), by: "root")))
        case "mail", "bounce", "sent", "deferred", "unreachable", "refused":
            guard let event = mailEvent(words) else { throw ScenarioRow.Malformed(description: step) }
            return handle(event)
        case "accounts": return handle(.accounts(heardOf(nil, "")))
        case "account" where words.count == 3: return try account(AgentName(words[1]), words[2], in: step)
        case "restart": return try restart(fromCheckpoint: words.last == "checkpoint")
        case .some(let session) where words.count > 1:
            return try perform(words[1], Array(words.dropFirst(2)), by: session, in: step)
        default: throw ScenarioRow.Malformed(description: step)
        }
    }

    private mutating func perform(
        _ verb: String, _ rest: [String], by session: String, in step: String
    ) throws -> [Effect] {
        let party = String(session.prefix { $0 != "/" })
        switch verb {
        case "arrives": return hello(session, party, rest, resume: nil)
        // `c1 returns after 6`
        case "returns": return hello(session, party, [], resume: UInt64(rest.last ?? "") ?? 0)
        // `c9 presents c1`: on c9's connection with c1's token
        case "presents": return hello(session, rest.first ?? party, [], resume: 0)
        case "signs":
            handles[session] = handles[session] ?? newHandle(session)
            let name = AgentName(party)
            // `kim signs in of 1`: the password was compared with the first accounts
            let hello = AgentHello(
                session: SessionID(high: 0, low: handles[session]?.rawValue ?? 0),
                profile: accounts[name]?.profile ?? AgentProfile(name),
                generation: rest.count > 1 ? UInt64(rest[2]) ?? 0 : generation, language: .korean)
            return handle(.agentHello(handles[session] ?? newHandle(session), hello))
        case "leaves" where rest == ["by", "hand"]: return disconnect(session, .left)
        case "lost": return disconnect(session, .lost)
        default:
            guard let command = try command(verb, rest, of: party) else {
                throw ScenarioRow.Malformed(description: step)
            }
            return handle(.command(handles[session] ?? newHandle(session), command))
        }
    }

    // MARK: Accounts

    /// `accounts read`; `account kim removed`, `account kim locked`, `account kim password`, `account kim capacity=1`,
    /// `account kim skills=pay,tech`, `account kim languages=*`, `account kim role=supervisor`, `account kim added`
    private mutating func account(_ name: AgentName, _ change: String, in step: String) throws -> [Effect] {
        let halves = change.split(separator: "=").map(String.init)
        let words = (halves.count > 1 && halves[1] != "*" ? halves[1] : "").split(separator: ",").map(String.init)
        switch halves[0] {
        case "added": accounts[name] = AccountStanding(profile: AgentProfile(name), passwordSince: generation + 1)
        case "removed": accounts[name] = nil
        case "locked": accounts[name]?.isLocked = true
        case "unlocked": accounts[name]?.isLocked = false
        case "password": accounts[name]?.passwordSince = generation + 1
        case "capacity": accounts[name]?.profile.capacity = Int(halves[1]) ?? 1
        case "skills": accounts[name]?.profile.skills = words.map { QueueID($0) }
        case "languages": accounts[name]?.profile.languages = words.compactMap { Language(rawValue: $0) }
        case "role": accounts[name]?.profile.role = Role(rawValue: halves[1]) ?? .agent
        default: throw ScenarioRow.Malformed(description: step)
        }
        return handle(.accounts(heardOf(name, halves[0])))
    }

    /// The accounts as they stand, changed by `root`.
    private mutating func heardOf(_ name: AgentName?, _ change: String) -> Accounts {
        generation += 1
        if let name { edit(name, AccountChange(rawValue: change) ?? .edited) }
        return Accounts(generation: generation, standings: accounts, edits: edits)
    }

    /// What a command does to the file, whether or not the desk hears of it.
    mutating func edit(_ name: AgentName, _ change: AccountChange) {
        let mark = AccountEditMark(number: UInt64(edits.count + 1), given: now)
        edits.append(AccountEdit(mark: mark, account: name, change: change, by: "root"))
    }

    // MARK: Hours

    /// `timetable office 0-60,100-160 known 500`; with `lead 30` behind it desk time is ahead of the clock on the wall
    private func timetable(_ words: [String]) -> Timetable {
        let spans = words[2] == "never" ? [] : words[2].split(separator: ",").map { Self.span(String($0)) }
        let known = words.firstIndex(of: "known").flatMap { Double(words[$0 + 1]) } ?? 1_000_000
        let lead = words.firstIndex(of: "lead").flatMap { Int64(words[$0 + 1]) } ?? 0
        return Timetable(
            schedules: [words[1]: Schedule(spans: spans, knownUntil: .opening(plus: known))], lead: .seconds(lead))
    }

    private static func span(_ text: String) -> Range<Instant> {
        let ends = text.split(separator: "-").map { Instant.opening(plus: Double($0) ?? 0) }
        return ends[0]..<ends[1]
    }

    /// `pay closed until 50`
    func order(_ words: [String]) -> OverrideOrder {
        OverrideOrder(
            queue: QueueID(words[0]), state: OverrideOrder.State(rawValue: words[1]) ?? .auto,
            until: words.count > 3 ? Double(words[3]).map { .opening(plus: $0) } : nil)
    }

    // MARK: Coming and going

    private mutating func newHandle(_ session: String) -> SessionHandle {
        let handle = SessionHandle(rawValue: UInt64(sessionNames.count + 1))
        sessionNames[handle] = session
        return handle
    }

    /// `c1 arrives`, `c1 arrives en`, `c1 arrives en named Kim`, `c1 arrives ko from 7`
    private mutating func hello(
        _ session: String, _ customer: String, _ rest: [String], resume after: UInt64?
    ) -> [Effect] {
        let handle = handles[session] ?? newHandle(session)
        handles[session] = handle
        let number = UInt64(customer.dropFirst()) ?? 0
        let token = IssuedToken(secret: Text("token of \(customer)"), digest: TokenDigest(high: 0, low: number))
        let name = rest.firstIndex(of: "named").map { Text(rest[$0 + 1]) }
        let hello = CustomerHello(
            session: SessionID(high: 0, low: handle.rawValue), language: Language(tag: rest.first ?? "ko") ?? .korean,
            name: name, token: token, resume: after.map { .init(token: token, after: $0) },
            origin: rest.firstIndex(of: "from").flatMap { UInt64(rest[$0 + 1]) })
        return self.handle(.customerHello(handle, hello))
    }

    private mutating func disconnect(_ session: String, _ departure: Departure) -> [Effect] {
        guard let handle = handles.removeValue(forKey: session) else { return [] }
        return self.handle(.disconnected(handle, departure))
    }

    // MARK: Commands

    func command(_ verb: String, _ rest: [String], of party: String) throws -> Command? {
        let first = rest.first ?? ""
        switch verb {
        case "asks": return asking(first)
        case "enters":
            let agreed = rest.firstIndex(of: "agreeing").map { NoticeVersion(rest[$0 + 1]) }
            let details = rest.dropFirst().first { $0.contains("=") }
            return .enter(topic: TopicID(first), intake: details.map(intake), consent: agreed)
        case "tells": return .intake(intake(first))
        case "leaves": return .leave
        case "overrides": return .override(order(rest))
        case "hangs" where rest == ["up"]: return .hangUp
        case "rates": return .rate(score: UInt8(first) ?? 0, comment: rest.count > 1 ? text(rest, from: 1) : nil)
        case "speaks": return Language(tag: first).map { .language($0) }
        case "says": return saying(rest, of: party)
        case "searches": return .faq(FAQQuery(text(rest, from: 0)))
        case "suggests": return .faq(FAQQuery(text(rest, from: 0), isUnasked: true))
        case "was": return .faqHelped(rest == ["helped"])
        case "types": return .typing(chat: chat(named: first, by: party), isOn: rest.last == "on")
        case "saw": return .seen(chat: chat(named: first, by: party), seq: UInt64(rest.last ?? "") ?? 0)
        case "is": return .status(status(rest))
        case "accepts": return .accept(offer(to: party, of: first))
        case "declines":
            return .decline(offer(to: party, of: first), reason: rest.count > 1 ? text(rest, from: 1) : nil)
        case "notes":
            let (id, text) = identified(Array(rest.dropFirst()))
            return .note(chat: chat(first), id: id, text: text)
        case "transfers":
            // `kim transfers c1 to queue pay`, `kim transfers c1 to agent lee`
            let target: TransferTarget = rest[2] == "queue" ? .queue(QueueID(rest[3])) : .agent(AgentName(rest[3]))
            return .transfer(chat: chat(first), to: target, kind: .cold)
        case "ends": return .end(chat: chat(first))
        case "wraps": return .wrapUp(chat: chat(first), WrapUpReport())
        default: return inquiryCommand(verb, rest)
        }
    }

    private func asking(_ what: String) -> Command? {
        switch what {
        case "topics": .topics
        case "position": .position
        case "transcript": .transcript
        default: nil
        }
    }

    private func isCustomer(_ party: String) -> Bool {
        party.first == "c" && UInt64(party.dropFirst()) != nil
    }

    /// An unknown name is a chat that never was.
    private func chat(_ name: String) -> ChatID { chats[name] ?? ChatID(high: 0, low: 0) }

    /// An agent names the chat, a customer need not: `c1 types on`, `c1 types @c9 on`, `kim types c1 on`; with `nobody`
    /// the agent names none.
    private func chat(named word: String, by party: String) -> ChatID? {
        if isCustomer(party) { return word.hasPrefix("@") ? chat(String(word.dropFirst())) : nil }
        return word == "nobody" ? nil : chat(word)
    }

    private func offer(to agent: String, of chat: String) -> OfferID {
        lastOffers["\(agent) \(chat)"] ?? OfferID(high: 0, low: 0)
    }

    private func text(_ words: [String], from index: Int) -> Text {
        Text(words[index...].joined(separator: " "))
    }

    /// `#m1 hello there`: the sender's id, then the words.
    func identified(_ words: [String]) -> (ClientMessageID?, Text) {
        guard let first = words.first, first.hasPrefix("#") else { return (nil, text(words, from: 0)) }
        return (ClientMessageID(String(first.dropFirst())), text(words, from: 1))
    }

    /// `c1 says #m1 hello`, `c1 says @c1 #m1 hello`, `kim says c1 #a1 hello`
    private func saying(_ words: [String], of party: String) -> Command {
        let named = chat(named: words[0], by: party)
        let (id, text) = identified(Array(words.dropFirst(isCustomer(party) && named == nil ? 0 : 1)))
        return .say(chat: named, id: id, text: text)
    }

    /// `available`, `break after chats`, `auto`, `manual`, `capacity=3`
    private func status(_ words: [String]) -> StatusChange {
        var change = StatusChange(afterChats: words.suffix(2) == ["after", "chats"])
        for word in words {
            if let status = AgentStatus(rawValue: word) { change.status = status }
            if word == "auto" { change.autoAccept = true }
            if word == "manual" { change.autoAccept = false }
            if word.hasPrefix("capacity=") { change.capacity = Int(word.dropFirst(9)) }
        }
        return change
    }

    /// `what=card,goal=refund`
    func intake(_ text: String) -> Intake {
        var intake = Intake()
        for pair in text.split(separator: ",") {
            let halves = pair.split(separator: "=").map(String.init)
            if halves.count > 1 { intake[QuestionID(halves[0])] = Text(halves[1]) }
        }
        return intake
    }
}
