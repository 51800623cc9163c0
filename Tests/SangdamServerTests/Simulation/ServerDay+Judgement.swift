// What must hold, all day long: nothing is shown before what it rests on is durable, words come in order and without a
// gap, no peer holds more than its bound, nothing acknowledged is lost, the service comes back.

import SangdamCore
import SangdamNet

@testable import SangdamServer
@testable import SimulationSupport

extension ServerDay: ConnectionObserver {
    /// The server sends: whatever it says now must rest on what is safe now.
    func sent(_ bytes: [UInt8], on connection: SimulatedConnection) {
        guard let peer = peers.first(where: { $0.connection === connection }) else {
            return complain("the server sends to nobody")
        }
        for line in peer.append(bytes) {
            guard let line else { return complain("a line that is no JSON") }
            count(line, to: peer)
            checkFoundation(of: line, to: peer)
            checkOrder(of: line, to: peer)
        }
    }

    func ended(_ connection: SimulatedConnection, _ reason: CloseReason) {
        note("connection \(connection.id.slotIndex) ended: \(reason)")
        if reason == .tooSlow || connection.isAborted { count(.tooSlow) }
        if let session = connection.session { endedSessions.append(WeakPart(object: session)) }
    }

    // MARK: Durable first

    private func checkFoundation(of line: HeardLine, to peer: SimulatedPeer) {
        let chat = line["chat"].flatMap { durable.chats[$0] }
        func rests(_ isSafe: Bool?) {
            if isSafe != true { complain("\(peer.party) is shown what is not safe: \(line)") }
        }
        switch line.type {
        case "message" where line["from"] == "system": rests(chat.map { $0.lastSeq >= line.seq ?? .max })
        case "message", "note": rests(word(line).map { $0.text == line["text"] && $0.isNote == (line.type == "note") })
        case "ack": rests(word(line).map { $0.id == line["id"] })
        case "queued": rests(chat.map { $0.queuedSeq > peer.startedSeq[line["chat"] ?? ""] ?? 0 })
        case "started": rests(chat.map { $0.wasStarted && $0.lastSeq >= line.seq ?? .max })
        case "ended": rests(chat?.hasEnded)
        case "offer": rests(line["offer"].map(durable.offers.contains))
        case "offer_closed": rests(line["offer"].map(durable.closedOffers.contains))
        case "welcome" where peer.isAgent, "status": rests(takeAgentEntry(line, peer))
        case "party": rests(chat.map { takeMove(line, $0, peer) })
        case "typing", "seen":
            // They rest on no record of their own, but nobody hears of a chat's other party before the chat.
            rests(chat.map { $0.wasStarted && $0.lastSeq >= line.seq ?? 0 })
            rests(line["chat"].map { peer.startedSeq[$0] != nil })
        case "ok" where line["for"] == "rate": rests(chat?.wasRated)
        case "ok" where line["for"] == "close": rests(chat?.states.contains("closed"))
        case "inquiry": rests(line["inquiry"].map { durable.chats[$0]?.states.contains(line["state"] ?? "") == true })
        case "inquiry_news": rests(line["inquiry"].map { durable.chats[$0]?.states.isEmpty == false })
        case "ok" where line["for"] == "wrapup": rests(chat?.wasWrappedUp)
        case "ok" where line["for"] == "transfer":
            let id = line["chat"] ?? ""
            shownTransfers[id, default: 0] += 1
            rests(chat.map { $0.transferCount >= shownTransfers[id, default: 0] })
        case "bye" where line["code"] == "history_unavailable": complain("words cannot be read back for \(peer.party)")
        default: break
        }
    }

    /// A mail is about a line that is safe.
    func checkFoundation(of mail: OutgoingMail) {
        let inquiry = durable.chats["\(mail.inquiry)"]
        let stored = inquiry?.words[mail.number]
        switch mail.content {
        case .acknowledgement: if stored == nil { complain("an inquiry is acknowledged that is not safe") }
        case .answer(let text, _): if stored?.text != text.string { complain("an answer is mailed that is not safe") }
        }
    }

    /// What is owed when the day ends has been sent once; what was sent before a crash and not written down, again.
    func checkMails() {
        pass(seconds: 172_800)
        let lives = 1 + happenings[.crashed, default: 0] + happenings[.journalFailed, default: 0]
        for (mail, count) in mails.delivered where count > lives { complain("the mail \(mail) came \(count) times") }
        for (id, inquiry) in durable.auditor.inquiries where !inquiry.mails.isEmpty {
            complain("\(inquiry.mails.count) mails of \(id) are not sent")
        }
    }

    /// Each `status` rests on a record of its own, behind that of the one before.
    private func takeAgentEntry(_ line: HeardLine, _ peer: SimulatedPeer) -> Bool {
        guard case .agent(let index) = peer.party else { return false }
        let entries = durable.agents[agents[index].name] ?? []
        let rest = entries.indices.dropFirst(peer.agentEntries)
        let found = rest.first {
            entries[$0].state == line.agentState && (line.type == "welcome" || entries[$0].cause == line["cause"])
        }
        if let found { peer.agentEntries = found + 1 }
        return found != nil
    }

    /// So does each news of the other party.
    private func takeMove(_ line: HeardLine, _ chat: DurableJournal.Chat, _ peer: SimulatedPeer) -> Bool {
        guard let id = line["chat"], let who = line["who"], let state = line["state"] else { return false }
        let last = max(peer.moveSeq[id] ?? 0, peer.startedSeq[id] ?? 0)
        let found = chat.moves.first { $0.seq > last && $0.what == "\(who) \(state)" }
        if let found { peer.moveSeq[id] = found.seq }
        return found != nil
    }

    private func word(_ line: HeardLine) -> DurableJournal.Word? {
        guard let chat = line["chat"], let seq = line.seq else { return nil }
        return durable.chats[chat]?.words[seq]
    }

    // MARK: In order, without a gap

    private func checkOrder(of line: HeardLine, to peer: SimulatedPeer) {
        switch line.type {
        case "transcript": peer.isInTranscript = line["state"] == "begin"
        // All words of the chat before it follow.
        case "inquiry": if let chat = line["of"] { peer.lastSeq[chat] = 0 }
        case "started":
            if let chat = line["chat"] { peer.startedSeq[chat] = line.seq }
            // All words of the chat follow.
            if peer.isAgent, let chat = line["chat"] { peer.lastSeq[chat] = 0 }
        case "message" where line["from"] != "system", "note": advance(line, to: peer)
        case "ack":
            // What was said again is acknowledged again.
            if let chat = line["chat"], let seq = line.seq, seq <= lastSeq(chat, of: peer) { return }
            advance(line, to: peer)
        default: break
        }
    }

    private func advance(_ line: HeardLine, to peer: SimulatedPeer) {
        // An inquiry is shown from its beginning whenever somebody asks for it.
        guard !peer.isInTranscript, let id = line["chat"], let seq = line.seq, let chat = durable.chats[id],
            chat.states.isEmpty
        else { return }
        let last = lastSeq(id, of: peer)
        if seq <= last { complain("\(peer.party) hears \(seq) of \(id) after \(last)") }
        let missed = chat.seqs.filter { $0 > last && $0 < seq && (peer.isAgent || chat.words[$0]?.isNote == false) }
        if !missed.isEmpty { complain("\(peer.party) hears \(seq) of \(id) after \(last), without \(missed)") }
        peer.lastSeq[id] = seq
    }

    private func lastSeq(_ chat: String, of peer: SimulatedPeer) -> UInt64 {
        if let last = peer.lastSeq[chat] { return last }
        guard let resumed = peer.resumed, resumed.chat == chat else { return 0 }
        return resumed.after
    }

    // MARK: Bounds

    func judge() {
        checkThatEndedSessionsAreGone()
        for reactor in life?.reactors ?? [] {
            for connection in reactor.connections where !connection.isEnding {
                let held = connection.unsentMemoryBytes + (connection.session?.held?.bytes ?? 0)
                if held > connection.unsentLimitBytes {
                    complain("\(held) bytes are held for a peer, of \(connection.unsentLimitBytes)")
                }
            }
        }
    }

    // MARK: In the evening

    /// Whatever went wrong during the day, the disk is well again: a newcomer is served, whoever waits is answered.
    func checkThatServiceIsBack() {
        disk.heal()
        life?.journalQueue.busyUntil = 0
        for peer in peers { peer.reading = .atOnce }
        pass(seconds: 20)
        if let obstacles = life?.readiness.inTheWay, !obstacles.isEmpty { complain("not ready: \(obstacles)") }
        guard complaints.isEmpty else { return }
        let customer = customers.count
        customers.append(CustomerLedger())
        connect(.customer(customer))
        pass(seconds: 5)
        customerSays(customer, "enter", #""topic":"pay""#)
        pass(seconds: 5)
        if !customers[customer].isInChat { complain("a newcomer is not let in") }
        sayWords(customer)
        pass(seconds: 5)
        if customers[customer].acknowledged.isEmpty { complain("a newcomer's words are not acknowledged") }
        checkMails()
    }

    /// What each party keeps as acknowledged stands in the files, which are read once more from the beginning.
    func checkLedgers() {
        var files = DurableJournal(plan.desk)
        files.read(dataFolder) { _ in .max }
        for complaint in files.takeComplaints() { complain("in the end: \(complaint)") }
        let all = customers.flatMap(\.acknowledged) + agents.flatMap(\.acknowledged)
        for acknowledged in all {
            let stored = files.chats[acknowledged.chat]?.words[acknowledged.seq]
            if stored?.id != acknowledged.word.id || stored?.text != acknowledged.word.text {
                complain(
                    "\(acknowledged.word.id) was acknowledged as \(acknowledged.seq) of \(acknowledged.chat) and is lost"
                )
            }
        }
    }
}
