// What each session is told: its own chats only, in order, once, and true.

import SangdamCore

extension Auditor {
    mutating func check(_ message: ServerMessage, to handle: SessionHandle) {
        if silenced.contains(handle) { return complain("\(handle) hears something after it was closed: \(message)") }
        if case .welcome(let welcome) = message { return open(handle, welcome) }
        guard let session = sessions[handle] else {
            if case .error = message { return }
            return complain("\(handle) hears something before hello: \(message)")
        }
        switch message {
        case .welcome, .ok, .topics, .offerClosed, .status, .faq: break
        case .error(let refusal): check(refusal, to: handle)
        case .overridden(let notice): check(notice, to: handle)
        case .inquiry(let notice): check(notice, to: handle, session)
        case .inquiries(let list): check(list, to: handle, session)
        case .inquiryNews(let news): check(news, to: handle, session)
        case .delayed(let notice):
            checkAudience(of: notice.chat, session, handle)
            check(notice, to: handle)
        case .queued(let notice): check(notice, to: handle, session)
        case .offer(let offer):
            if case .agent(let name) = session.owner, chats[offer.chat]?.phase == .offered(name, offer.offer) { break }
            complain("\(handle) gets another's offer")
        case .started(let started):
            checkAudience(of: started.chat, session, handle)
            if case .customer = started.other, !isIntake {
                sessions[handle]?.lastSeq[started.chat] = 0
                shown.append((handle, started.chat, 0))
            }
        case .message(let message):
            if let inquiry = inquiries[message.chat] { return check(message, of: inquiry, session) }
            check(message, to: handle, session)
        case .note(let note):
            if case .customer = session.owner { complain("\(handle), a customer, gets a note") }
            checkAudience(of: note.chat, session, handle)
            hear(note.chat, note.seq, note.text, handle)
        case .ack(let chat, let id, let seq):
            if let inquiry = inquiries[chat] { return checkAck(of: inquiry, id, seq, session) }
            checkAck(chat, id, seq, handle, session)
        case .typing(let chat, _, _), .seen(let chat, _, _): checkAudience(of: chat, session, handle)
        case .party(let chat, _, let state):
            // Whoever handed a chat over is told that they left it.
            if state != .left { checkAudience(of: chat, session, handle) }
        case .ended(let chat, _, _): checkAudience(of: chat, session, handle)
        case .transcript(let mark):
            sessions[handle]?.isInTranscript = mark == .begins
        case .bye: complain("bye is the edge's word")
        }
    }

    var isIntake: Bool {
        if case .command(_, .intake) = event { true } else { false }
    }

    private mutating func open(_ handle: SessionHandle, _ welcome: Welcome) {
        switch event {
        case .customerHello(_, let hello):
            let token = hello.resume?.token.digest ?? hello.token.digest
            sessions[handle] = AuditedSession(owner: .customer(token))
            if let resume = hello.resume, let chat = newest[token] {
                // What lies beyond the chat's end was seen in another one.
                let after = resume.after > chats[chat]?.seq ?? 0 ? 0 : resume.after
                sessions[handle]?.lastSeq[chat] = after
                shown.append((handle, chat, after))
            }
        case .agentHello(_, let hello):
            sessions[handle] = AuditedSession(owner: .agent(hello.profile.name), generation: hello.generation)
        default: complain("welcome without hello")
        }
    }

    mutating func checkAudience(of id: ChatID, _ session: AuditedSession, _ handle: SessionHandle) {
        guard let chat = chats[id] else { return complain("\(handle) hears of the lost chat \(id)") }
        switch session.owner {
        case .customer(let token):
            if chat.token != token || newest[token] != id { complain("\(handle) hears of another's chat") }
        case .agent(let name):
            if chat.agent != name { complain("\(handle) of \(name) hears of a chat that \(name) does not hold") }
        }
    }

    // MARK: Words

    private mutating func check(_ message: MessageNotice, to handle: SessionHandle, _ session: AuditedSession) {
        checkAudience(of: message.chat, session, handle)
        guard case .words(let text) = message.body else { return }
        hear(message.chat, message.seq, text, handle)
    }

    private mutating func hear(_ chat: ChatID, _ seq: UInt64, _ text: Text?, _ handle: SessionHandle) {
        guard chats[chat]?.words.contains(where: { $0.seq == seq && $0.text == text }) == true else {
            return complain("\(handle) hears words that nobody wrote")
        }
        guard sessions[handle]?.isInTranscript == false else { return }
        advance(chat, to: seq, handle)
        wordsHeard[WordKey(chat: chat, seq: seq), default: []].append(handle)
    }

    private mutating func advance(_ chat: ChatID, to seq: UInt64, _ handle: SessionHandle) {
        let last = sessions[handle]?.lastSeq[chat] ?? 0
        if seq <= last { complain("\(handle) hears \(seq) of \(chat) after \(last)") }
        sessions[handle]?.lastSeq[chat] = seq
    }

    private mutating func checkAck(
        _ id: ChatID, _ wordID: ClientMessageID?, _ seq: UInt64, _ handle: SessionHandle, _ session: AuditedSession
    ) {
        var sender = MessageSender.customer
        if case .agent(let name) = session.owner { sender = .agent(name) }
        if case .agent(let name) = session.owner, case .command(_, .note) = event { sender = .notes(name) }
        let word = chats[id]?.words.first { $0.seq == seq }
        if word == nil || word?.id != wordID || word?.sender != sender {
            complain("\(handle) gets an ack for what is not stored")
        }
        // The sender has the words already.
        if wordsWritten.contains(where: { $0.chat == id && $0.seq == seq }) {
            advance(id, to: seq, handle)
            wordsHeard[WordKey(chat: id, seq: seq), default: []].append(handle)
        }
    }

    mutating func check(_ request: HistoryRequest, for handle: SessionHandle) {
        if silenced.contains(handle) { complain("\(handle) reads after it was closed") }
        guard let session = sessions[handle] else { return complain("\(handle) reads before hello") }
        // The chat before it may also be one that the agent has still to wrap up.
        if isOfInquiry(request, session) { return historiesRead.append((handle, request)) }
        checkAudience(of: request.chat, session, handle)
        if case .customer = session.owner, request.includesNotes { complain("\(handle), a customer, reads notes") }
        if request.isTranscript { return }
        historiesRead.append((handle, request))
        if let last = session.lastSeq[request.chat], last > request.after { complain("\(handle) reads words again") }
        sessions[handle]?.lastSeq[request.chat] = request.through
    }

    // MARK: Positions and counts

    private mutating func check(_ notice: QueuedNotice, to handle: SessionHandle, _ session: AuditedSession) {
        checkAudience(of: notice.chat, session, handle)
        let position = position(of: notice.chat)
        if position != notice.position {
            complain("\(handle) is told position \(notice.position), not \(position ?? 0)")
        }
        let isOnDuty = agents.values.contains { $0.isPresent && $0.isOnDuty && serves($0, notice.queue) }
        if isOnDuty != notice.onDuty { complain("\(handle) is told wrongly who is on duty") }
        if isOnDuty != (notice.wait != nil) { complain("\(handle) gets a dishonest estimate") }
        if let wait = notice.wait, wait.lowSeconds < 0 || wait.highSeconds < wait.lowSeconds {
            complain("\(handle) gets the estimate \(wait)")
        }
        sessions[handle]?.told = (notice.chat, notice.position)
    }

    func position(of id: ChatID) -> Int? {
        guard let chat = chats[id], chat.isWaiting else { return nil }
        return 1 + chats.values.count { $0.isWaiting && $0.queue == chat.queue && $0.rank < chat.rank }
    }

    mutating func check(_ observation: Observation) {
        func noteWait(_ wait: Interval) {
            if wait < .zero { complain("a negative time is counted: \(observation)") }
        }
        switch observation {
        case .offered(let queue): balance[queue, default: 0] += 1
        case .answered(let queue, let waited):
            balance[queue, default: 0] -= 1
            counted["started", default: 0] += 1
            noteWait(waited)
        case .abandoned(let queue, let waited, _):
            balance[queue, default: 0] -= 1
            noteWait(waited)
        case .ended: counted["ended", default: 0] += 1
        case .handled(_, let length), .firstResponse(_, let length), .wrappedUp(_, let length): noteWait(length)
        case .transferred: counted["transferred", default: 0] += 1
        case .rated: counted["rated", default: 0] += 1
        case .message: counted["message", default: 0] += 1
        case .faqHelped(let isHelped): note(isHelped)
        case .inquiry: counted["inquiry", default: 0] += 1
        case .inquiryAnswered(_, let length): noteWait(length)
        case .mailTried:
            if case .mailed = event {} else { complain("a mail is counted that nobody tried to send") }
        case .mailGivenUp: break
        case .offer, .requeued, .deduplicated, .resumed, .refused, .turnedAway: break
        }
    }

    private mutating func note(_ isHelped: Bool) {
        guard case .command(let handle, .faqHelped(isHelped)) = event, let session = sessions[handle] else {
            return complain("nobody said whether it helped")
        }
        guard case .customer(let token) = session.owner, let id = newest[token], chats[id]?.isWaiting == true else {
            return
        }
        if helped.updateValue(isHelped, forKey: token) == isHelped { complain("\(id): the same answer counts twice") }
    }
}
