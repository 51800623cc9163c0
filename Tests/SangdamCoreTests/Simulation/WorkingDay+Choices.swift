// What people at the desk do next. They look at the desk's state only to be plausible; the auditor does not.

@testable import SangdamCore
@testable import SimulationSupport

extension WorkingDay {
    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    mutating func customerActs() {
        happen(customerEvent())
    }

    mutating func agentActs() {
        happen(agentEvent())
    }

    mutating func randomEvent() -> Event {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: .tick
        case 1..<5: agentEvent()
        default: customerEvent()
        }
    }

    // MARK: Customers

    private mutating func customerEvent() -> Event {
        let index = Int.random(in: 0..<customers.count, using: &random)
        let customer = customers[index]
        let isKnown = desk.state.tokens[customer.token.digest] != nil
        guard let handle = customer.sessions.randomElement(using: &random) else {
            if !isKnown || chance(10) { customers[index] = newCustomer() }
            return customerArrives(index, resumes: isKnown)
        }
        if closing.contains(handle) { return .command(handle, .topics) }
        if chance(3) { return customerArrives(index, resumes: true) }
        if chance(2) {
            // By hand: another customer's token on a connection that has said hello.
            let other = customers[Int.random(in: 0..<customers.count, using: &random)]
            return .customerHello(handle, hello(other, resumes: true))
        }
        if chance(7) {
            forget(handle)
            return .disconnected(handle, chance(25) ? .left : .lost)
        }
        let chat = desk.state.tokens[customer.token.digest].flatMap { desk.state.chats[$0] }
        if chance(8), let command = inquiryCommand(index) { return .command(handle, command) }
        guard let chat, chat.phase.isOpen else { return .command(handle, commandWithoutChat(index)) }
        return .command(handle, commandInChat(index, chat))
    }

    private mutating func customerArrives(_ index: Int, resumes: Bool) -> Event {
        let handle = newHandle()
        customers[index].sessions.append(handle)
        return .customerHello(handle, hello(customers[index], resumes: resumes))
    }

    private mutating func hello(_ customer: SimulatedCustomer, resumes: Bool) -> CustomerHello {
        let after = chance(80) ? customer.lastSeq : UInt64.random(in: 0...3, using: &random)
        return CustomerHello(
            session: SessionID(high: 1, low: customer.number),
            language: Language.allCases.randomElement(using: &random) ?? .korean, name: chance(50) ? "Minji" : nil,
            token: customer.token, resume: resumes ? .init(token: customer.token, after: after) : nil)
    }

    private mutating func commandWithoutChat(_ index: Int) -> Command {
        switch Int.random(in: 0..<22, using: &random) {
        case 0..<13: return .enter(topic: topic(), intake: chance(30) ? intake() : nil)
        case 13: return .topics
        case 14: return .rate(score: UInt8.random(in: 0...6, using: &random), comment: chance(50) ? "fine" : nil)
        case 15: return say(index)
        case 16: return .leave
        case 17: return .transcript
        case 18: return .typing(chat: nil, isOn: true)
        case 19: return .faq(FAQQuery("refund", topic: chance(50) ? topic() : nil))
        case 20: return .faqHelped(chance(50))
        default: return .language(.english)
        }
    }

    private mutating func commandInChat(_ index: Int, _ chat: Chat) -> Command {
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<60: return say(index)
        case 60..<70: return .typing(chat: nil, isOn: chance(50))
        case 70..<78: return .seen(chat: nil, seq: UInt64.random(in: 0...chat.lastSeq + 2, using: &random))
        case 78..<82: return .intake(intake())
        case 82..<86: return .position
        case 86..<89: return .transcript
        case 89..<91: return .language(Language.allCases.randomElement(using: &random) ?? .korean)
        case 91: return .enter(topic: "pay", intake: nil)
        case 92: return .rate(score: 5, comment: nil)
        case 93: return .end(chat: chat.id)
        case 94: return .topics
        case 95: return .faq(FAQQuery("refund", language: .english, isUnasked: chance(30)))
        case 96, 97: return .faqHelped(chance(80))
        default: return .leave
        }
    }

    /// Something new, or again what has no answer yet, or again what has.
    private mutating func say(_ index: Int) -> Command {
        if chance(30), let again = customers[index].unacknowledged.randomElement(using: &random) {
            return .say(chat: nil, id: again.id, text: again.text)
        }
        let number = customers[index].words
        if chance(10), number > 0 {
            let old = Int.random(in: 0..<number, using: &random)
            return .say(chat: nil, id: ClientMessageID("c-\(old)"), text: Text("words \(old)"))
        }
        customers[index].words += 1
        // Now and then something long, so that the memory of the last words overflows.
        let padding = chance(10) ? String(repeating: ".", count: 3900) : ""
        let word = SimulatedWord(
            id: chance(85) ? ClientMessageID("c-\(number)") : nil, text: Text("words \(number)\(padding)"))
        if word.id != nil { customers[index].unacknowledged.append(word) }
        return .say(chat: nil, id: word.id, text: word.text)
    }

    private mutating func topic() -> TopicID {
        chance(2) ? "nothing" : configuration.topics.randomElement(using: &random)?.id ?? "pay"
    }

    mutating func intake() -> Intake {
        var intake = Intake()
        intake["what"] = "card"
        intake["goal"] = chance(50) ? "refund" : nil
        // For `fraud`, which asks for both; now and then one is left out, or is none.
        if chance(80) { intake["when"] = chance(95) ? "yesterday" : "perhaps" }
        if chance(90) { intake["transactions"] = "two at night" }
        return intake
    }

    // MARK: Agents

    private mutating func agentEvent() -> Event {
        let index = Int.random(in: 0..<agents.count, using: &random)
        let agent = agents[index]
        guard let handle = agent.sessions.randomElement(using: &random), !chance(2) else {
            guard let hello = letIn(agent.profile.name) else { return .tick }
            agents[index].sessions.append(hello.handle)
            return .agentHello(hello.handle, hello.hello)
        }
        if closing.contains(handle) { return .command(handle, .topics) }
        if chance(2) {
            forget(handle)
            return .disconnected(handle, chance(50) ? .left : .lost)
        }
        if chance(1) { return .command(handle, .override(order())) }
        guard let known = desk.state.agents[agent.profile.name] else { return .tick }
        if chance(25), let command = inquiryCommand(ofAgent: index) { return .command(handle, command) }
        if known.status != .available || chance(4) { return .command(handle, .status(status())) }
        if let chat = known.offers.randomElement(using: &random), chance(60),
            case .offered(let offer, _) = desk.state.chats[chat]?.phase
        {
            return .command(
                handle, chance(80) ? .accept(offer.id) : .decline(offer.id, reason: chance(50) ? "busy" : nil))
        }
        guard let chat = known.chats.randomElement(using: &random).flatMap({ desk.state.chats[$0] }) else {
            return .command(handle, chance(90) ? .topics : .end(chat: ChatID(high: 0, low: 0)))
        }
        return .command(handle, command(index, in: chat))
    }

    /// By the accounts of now, or now and then by earlier ones of this life: the password was compared before the last
    /// changes. Nil when those let nobody in by the name.
    private mutating func letIn(_ name: AgentName) -> (handle: SessionHandle, hello: AgentHello)? {
        guard let known = chance(90) ? accounts.last : accounts.randomElement(using: &random),
            let standing = known.standings[name], !standing.isLocked
        else { return nil }
        let handle = newHandle()
        let hello = AgentHello(
            session: SessionID(high: 2, low: handle.rawValue), profile: standing.profile, generation: known.generation,
            language: .korean)
        return (handle, hello)
    }

    /// To open or close a queue, for a time that may have passed.
    mutating func order() -> OverrideOrder {
        OverrideOrder(
            queue: chance(95) ? configuration.queues.randomElement(using: &random)?.id ?? "pay" : "nothing",
            state: OverrideOrder.State.allCases.randomElement(using: &random) ?? .auto,
            until: chance(50) ? now + .seconds(Int64.random(in: -10...2000, using: &random)) : nil)
    }

    // MARK: Accounts

    /// Somebody at the command line, or with an editor: accounts go, come back, are locked, cut, widened, or get other
    /// passwords, several of them at once.
    mutating func accountsChange() {
        var standings = accounts.last?.standings ?? [:]
        for _ in 0..<Int.random(in: 1...3, using: &random) { changeAccount(in: &standings) }
        hearOfAccounts(standings)
    }

    private mutating func changeAccount(in standings: inout [AgentName: AccountStanding]) {
        let index = Int.random(in: 0..<agents.count, using: &random)
        let name = agents[index].profile.name
        let generation = UInt64(accounts.count + 1)
        var change = AccountChange.edited
        switch Int.random(in: 0..<8, using: &random) {
        case 0: (standings[name], change) = (nil, .removed)
        case 1:
            standings[name]?.isLocked.toggle()
            change = standings[name]?.isLocked == true ? .locked : .unlocked
        case 2:
            standings[name]?.passwordSince = generation
            change = .password
        case 3: agents[index].profile.capacity = Int.random(in: 1...4, using: &random)
        case 4:
            let some = configuration.queues.shuffled(using: &random).prefix(2).map(\.id)
            agents[index].profile.skills = chance(40) ? [] : some
        case 5: agents[index].profile.role = chance(50) ? .agent : .supervisor
        case 6: agents[index].profile.languages = chance(30) ? [] : Language.allCases.shuffled(using: &random).suffix(2)
        default:
            change = standings[name] == nil ? .added : .edited
            standings[name] =
                standings[name] ?? AccountStanding(profile: agents[index].profile, passwordSince: generation)
        }
        standings[name]?.profile = agents[index].profile
        guard chance(80) else { return }
        editNumber += 1
        let mark = AccountEditMark(number: editNumber, given: now)
        edits = edits.suffix(31) + [AccountEdit(mark: mark, account: name, change: change, by: "root")]
    }

    mutating func hearOfAccounts(_ standings: [AgentName: AccountStanding]) {
        let next = Accounts(generation: UInt64(accounts.count + 1), standings: standings, edits: edits)
        accounts.append(next)
        happen(.accounts(next))
    }

    private mutating func command(_ index: Int, in chat: Chat) -> Command {
        if case .wrapUp = chat.phase, chance(50) { return .wrapUp(chat: chat.id, WrapUpReport()) }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<50:
            // Names are said once in a chat, whoever says them, as real consoles see to.
            let number = chance(10) ? max(0, agents[index].words - 1) : agents[index].words
            agents[index].words = max(agents[index].words, number + 1)
            let id = ClientMessageID("\(agents[index].profile.name)-\(number)")
            return .say(chat: chat.id, id: chance(85) ? id : nil, text: Text("answer \(number)"))
        case 50..<57:
            // Notes and words may bear the same ids, and notes are repeated too.
            let number = max(0, agents[index].words - Int.random(in: 0...2, using: &random))
            let id = ClientMessageID("\(agents[index].profile.name)-\(number)")
            return .note(chat: chat.id, id: id, text: "careful")
        case 57..<63: return .typing(chat: chat.id, isOn: chance(50))
        case 63..<68: return .seen(chat: chat.id, seq: chat.lastSeq)
        case 68..<80: return .transfer(chat: chat.id, to: target(), kind: .cold)
        case 80..<92: return .end(chat: chat.id)
        case 92..<95: return .wrapUp(chat: chat.id, WrapUpReport())
        default: return .status(status())
        }
    }

    private mutating func target() -> TransferTarget {
        if chance(50), let name = agents.randomElement(using: &random)?.profile.name { return .agent(name) }
        return .queue(configuration.queues.randomElement(using: &random)?.id ?? "pay")
    }

    private mutating func status() -> StatusChange {
        StatusChange(
            status: chance(70) ? .available : AgentStatus.allCases.randomElement(using: &random),
            capacity: chance(20) ? Int.random(in: 1...5, using: &random) : nil,
            autoAccept: chance(20) ? chance(50) : nil, afterChats: chance(30))
    }
}
