// What happens on a day: what customers and agents do, and what the world does to the server.

import SangdamNet

@testable import SimulationSupport

extension ServerDay {
    func act() {
        switch machine.number(0...999) {
        case 0..<8: crash("the world")
        case 8..<11: restartInOrder()
        case 11..<40: disturbDisk()
        case 40..<45: machine.wallOffset += Int64(machine.number(-3_600_000...3_600_000))
        case 45..<120: peerChanges()
        case 120..<400: agentActs(machine.number(0...agents.count - 1))
        default: customerActs()
        }
    }

    private func disturbDisk() {
        switch machine.number(0...99) {
        case 0..<40:
            note("the disk is slow")
            life?.journalQueue.busyUntil = machine.now + Int64(machine.number(1...3_000))
        case 40..<70:
            note("the disk is full")
            count(.diskFull)
            disk.fill(leaving: Int64(machine.number(0...20_000)))
        case 70..<95:
            note("the disk has room")
            disk.heal()
        default:
            note("the disk will fail")
            disk.failsNextSync = true
        }
    }

    // MARK: Connections

    /// Peers begin to stall or read again, go with a word or without one.
    private func peerChanges() {
        guard let peer = peers.filter({ !$0.isGone }).randomElement(using: &machine.random) else { return }
        switch machine.number(0...99) {
        case 0..<25: peer.reading = .notAtAll
        case 25..<45: peer.reading = .slow
        case 45..<70: peer.reading = .atOnce
        case 70..<85:
            note("\(peer.party) ends its input")
            peer.connection.endInput()
            leave(peer)
        default:
            note("\(peer.party) vanishes")
            peer.connection.reset()
            leave(peer)
        }
    }

    func leave(_ peer: SimulatedPeer) {
        peer.isGone = true
    }

    @discardableResult
    func connect(_ party: SimulatedPeer.Party) -> SimulatedPeer? {
        guard let reactor = life?.reactors.randomElement(using: &machine.random) else { return nil }
        let connection = reactor.accept(
            limitBytes: plan.unsentBytes, protocolName: machine.chance(50) ? "sangdam/1" : nil, observer: self)
        let peer = SimulatedPeer(party, on: connection)
        peers.append(peer)
        switch party {
        case .customer(let index): sayHello(customers[index], peer)
        case .agent(let index):
            peer.agentEntries = max(1, durable.agents[agents[index].name]?.count ?? 0) - 1
            let password = machine.chance(95) ? "right" : "wrong"
            peer.say(#"{"type":"hello","role":"agent","user":"\#(agents[index].name)","password":"\#(password)"}"#)
        }
        note("\(party) connects as \(connection.id.slotIndex) on \(reactor.index)")
        return peer
    }

    private func sayHello(_ customer: CustomerLedger, _ peer: SimulatedPeer) {
        guard let token = customer.token else { return peer.say(#"{"type":"hello","role":"customer","lang":"en"}"#) }
        // Whoever does not know in which chat it is begins at its beginning.
        let after = customer.isEntering ? 0 : customer.lastSeq
        if let chat = customer.chat { peer.resumed = (chat, after, durable.chats[chat]?.lastSeq ?? 0) }
        peer.say(#"{"type":"hello","role":"customer","lang":"en","resume":"\#(token)","after":\#(after)}"#)
    }

    private func peer(of party: SimulatedPeer.Party) -> SimulatedPeer? {
        peers.filter { $0.party == party && !$0.isGone }.randomElement(using: &machine.random)
    }

    // MARK: Customers

    private func customerActs() {
        if customers.count < 12, machine.chance(15) {
            customers.append(CustomerLedger())
            connect(.customer(customers.count - 1))
            return
        }
        guard !customers.isEmpty else { return }
        let index = machine.number(0...customers.count - 1)
        guard let peer = peer(of: .customer(index)) else {
            connect(.customer(index))
            return
        }
        if machine.chance(3) {
            connect(.customer(index))
            return
        }
        guard peer.wasWelcomed else { return }
        if machine.chance(6) { return inquire(index) }
        guard customers[index].isInChat else {
            switch machine.number(0...10) {
            case 0..<6:
                customers[index].isEntering = true
                let intake = machine.chance(80) ? #","intake":{"when":"어제","shop":"A"}"# : ""
                customerSays(index, "enter", #""topic":"\#(machine.chance(70) ? "pay" : "refund")"\#(intake)"#)
            case 6: customerSays(index, "rate", #""score":\#(machine.number(1...5))"#)
            case 7: customerSays(index, "topics", nil)
            case 8: sayWords(index)
            // Whoever has not been told yet asks.
            case 9: customerSays(index, "queue", nil)
            default: peer.say(machine.chance(50) ? "{broken" : #"{"type":"ping","n":1}"#)
            }
            return
        }
        switch machine.number(0...99) {
        case 0..<60: sayWords(index)
        case 60..<66: for _ in 0..<machine.number(5...40) { sayWords(index) }
        case 66..<74: customerSays(index, "typing", #""on":\#(machine.chance(50))"#)
        case 74..<80: customerSays(index, "seen", #""seq":\#(customers[index].lastSeq)"#)
        case 80..<86: customerSays(index, "queue", nil)
        case 86..<92: customerSays(index, "transcript", nil)
        case 92..<96: for _ in 0..<50 { customerSays(index, "topics", nil) }
        case 96: peer.say(String(repeating: "x", count: 20_000))
        default: customerSays(index, "leave", nil)
        }
    }

    /// Leaves an inquiry, looks at one, or says more in it.
    private func inquire(_ index: Int) {
        customers[index].wordCount += 1
        let number = customers[index].wordCount
        guard let receipt = customers[index].receipts.sorted().randomElement(using: &machine.random), machine.chance(60)
        else {
            let email = machine.chance(70) ? #","email":"c\#(index)@example.com""# : ""
            return customerSays(
                index, "inquire",
                #""topic":"pay","id":"i\#(index)-\#(number)","text":"question \#(number) of \#(index)"\#(email)"#)
        }
        guard machine.chance(70) else { return customerSays(index, "inquiry", #""receipt":"\#(receipt)""#) }
        let word = newWord("c\(index)", number)
        customers[index].unacknowledged.append(word)
        customerSays(index, "reply", #""receipt":"\#(receipt)","id":"\#(word.id)","text":"\#(word.text)""#)
    }

    func customerSays(_ index: Int, _ type: String, _ fields: String?) {
        let rest = fields.map { "," + $0 } ?? ""
        peer(of: .customer(index))?.say(#"{"type":"\#(type)"\#(rest)}"#)
    }

    /// Something new, or again what has no answer yet.
    func sayWords(_ index: Int) {
        if machine.chance(25), let again = customers[index].unacknowledged.randomElement(using: &machine.random) {
            customerSays(index, "say", #""id":"\#(again.id)","text":"\#(again.text)""#)
            return
        }
        customers[index].wordCount += 1
        let word = newWord("c\(index)", customers[index].wordCount)
        customers[index].unacknowledged.append(word)
        customerSays(index, "say", #""id":"\#(word.id)","text":"\#(word.text)""#)
    }

    /// Now and then something long, so that the memory of the last words overflows and the files are read.
    private func newWord(_ name: String, _ number: Int) -> SimulatedWord {
        let padding = machine.chance(12) ? String(repeating: ".", count: machine.number(500...3_800)) : ""
        return SimulatedWord(id: "\(name)-\(number)", text: "words \(number) of \(name)\(padding)")
    }

    // MARK: Agents

    private func agentActs(_ index: Int) {
        guard let peer = peer(of: .agent(index)), !machine.chance(1) else {
            connect(.agent(index))
            return
        }
        guard peer.wasWelcomed else { return }
        let agent = agents[index]
        if machine.chance(12) { return agentAnswers(index, peer) }
        if !agent.isAvailable { return peer.say(#"{"type":"status","status":"available"}"#) }
        if let offer = agent.offers.first, machine.chance(80) {
            agents[index].offers.removeFirst()
            return peer.say(#"{"type":"\#(machine.chance(85) ? "accept" : "decline")","offer":"\#(offer)"}"#)
        }
        if let chat = agent.wrappingUp.first {
            agents[index].wrappingUp.removeFirst()
            return peer.say(#"{"type":"wrapup","chat":"\#(chat)"}"#)
        }
        guard let chat = agent.chats.randomElement(using: &machine.random) else { return }
        switch machine.number(0...99) {
        case 0..<70: agentSays(index, "say", chat, peer)
        case 70..<78: agentSays(index, "note", chat, peer)
        case 78..<84: peer.say(#"{"type":"typing","chat":"\#(chat)","on":true}"#)
        case 84..<90: peer.say(#"{"type":"transfer","chat":"\#(chat)","to":{"queue":"refund"},"kind":"cold"}"#)
        case 90..<95: peer.say(#"{"type":"end","chat":"\#(chat)"}"#)
        case 95..<98: peer.say(#"{"type":"status","auto_accept":\#(machine.chance(50))}"#)
        default: peer.say(#"{"type":"status","status":"break"}"#)
        }
    }

    /// Takes an inquiry, answers it, lets it go or closes it.
    private func agentAnswers(_ index: Int, _ peer: SimulatedPeer) {
        guard let inquiry = agents[index].inquiries.sorted().randomElement(using: &machine.random), machine.chance(75)
        else {
            return peer.say(machine.chance(80) ? #"{"type":"take"}"# : #"{"type":"inquiries"}"#)
        }
        switch machine.number(0...9) {
        case 0..<7:
            agents[index].wordCount += 1
            var word = newWord(agents[index].name, agents[index].wordCount)
            word.chat = inquiry
            agents[index].unacknowledged.append(word)
            peer.say(#"{"type":"answer","inquiry":"\#(inquiry)","id":"\#(word.id)","text":"\#(word.text)"}"#)
        case 7: peer.say(#"{"type":"release","inquiry":"\#(inquiry)"}"#)
        default: peer.say(#"{"type":"close","inquiry":"\#(inquiry)","resolved":true}"#)
        }
    }

    private func agentSays(_ index: Int, _ type: String, _ chat: String, _ peer: SimulatedPeer) {
        let again = agents[index].unacknowledged.filter { $0.chat == chat && $0.isNote == (type == "note") }
        var word: SimulatedWord
        if machine.chance(25), let old = again.randomElement(using: &machine.random) {
            word = old
        } else {
            agents[index].wordCount += 1
            word = newWord(agents[index].name, agents[index].wordCount)
            (word.chat, word.isNote) = (chat, type == "note")
            agents[index].unacknowledged.append(word)
        }
        peer.say(#"{"type":"\#(type)","chat":"\#(chat)","id":"\#(word.id)","text":"\#(word.text)"}"#)
    }
}
