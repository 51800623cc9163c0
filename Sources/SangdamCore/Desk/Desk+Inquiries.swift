// What customers do with inquiries: leave one, look at it by its receipt, add to it. Mails that come in add to it in the
// same way.

extension Desk {
    var inquiryRules: InquiryRules { configuration.inquiry }

    // MARK: Leaving one

    mutating func inquire(_ wish: InquiryWish, from sender: Sender, _ turn: inout Turn) {
        let token = sender.token
        if let id = wish.id, let known = state.inquiries.inquiry(of: token, named: id) {
            turn.observe(.deduplicated)
            return turn.deliver(sender.session, .inquiry(notice(of: known, turn)))
        }
        let inquired: Inquired
        let told: Intake
        do throws(Refusal) { (inquired, told) = try admitted(wish, from: sender, turn) } catch {
            var refusal = error
            refusal.messageID = wish.id
            return turn.refuse(sender.session, refusal)
        }
        let id = newChatID(after: sender.chatIfAny.map { state.chats.keys[$0] }, turn)
        record(id, .inquiry(.inquired(inquired)), &turn)
        if !told.isEmpty { record(id, .intake(told), &turn) }
        let seq = record(id, .message(StoredMessage(from: .customer, name: nil, id: nil, text: wish.text)), &turn)
        postMail(about: id, seq, &turn)
        turn.observe(.message(.customer))
        turn.observe(.inquiry(inquired.queue, .arrived))
        armInquiry(id)
        tell(.arrived, of: id, &turn)
        tellCustomer(of: id, &turn)
        if let chat = sender.chatIfAny, state.chats.entries[chat].phase.rank != nil {
            end(state.chats.keys[chat], .inquired, by: .customer, &turn)
        }
    }

    /// What is written of a wish that nothing is against.
    private mutating func admitted(
        _ wish: InquiryWish, from sender: Sender, _ turn: borrowing Turn
    ) throws(Refusal) -> (Inquired, Intake) {
        guard !isDraining else { throw Refusal(.draining) }
        let chat = sender.chatIfAny.map { state.chats.entries[$0] }
        guard let id = wish.topic ?? chat?.topic, let topic = directory.topic(id) else {
            throw Refusal(.unknownTopic, subject: "topic")
        }
        guard wish.text.count <= inquiryRules.textBytes else { throw Refusal(.tooLong, subject: "text") }
        let agreed = wish.consent.flatMap { $0 == configuration.privacy?.version ? $0 : nil }
        // Whoever waits has agreed already.
        let hasAgreed = agreed != nil || chat?.phase.isOpen == true
        if let notice = configuration.privacy, notice.needsConsent, !hasAgreed { throw Refusal(.consentRequired) }
        let before = chat?.topic == topic.id ? chat?.intake ?? Intake() : Intake()
        let told = before.merging(try topic.answers(in: wish.intake ?? Intake()))
        let missing = topic.missing(in: told)
        guard missing.isEmpty else { throw Refusal(.intakeRequired, missing: missing) }
        if let wait = waitForInquiry(of: sender.token, wish.email, at: turn.now) {
            throw Refusal(.rateLimited, retryAfter: wait)
        }
        guard state.inquiries.openCount < inquiryRules.openLimit else { throw Refusal(.queueFull) }
        // Counted last: what is refused for another reason takes nothing.
        if let origin = presence.sessions[sender.session]?.origin,
            let wait = arrivalsByOrigin.take(origin, perHour: inquiryRules.perOriginHour, at: turn.now)
        {
            throw Refusal(.rateLimited, retryAfter: wait)
        }
        let inquired = Inquired(
            topic: topic.id, queue: topic.queue, language: presence.sessions[sender.session]?.language ?? .korean,
            name: wish.name ?? chat?.name ?? presence.customers[sender.token]?.name, email: wish.email,
            isMailed: wish.email != nil && inquiryRules.isMailed, token: sender.token, receipt: newInquiryReceipt(),
            clock: clock(for: topic.queue, from: turn.now), of: chat?.id, clientID: wish.id, consent: agreed)
        return (inquired, told)
    }

    /// Receipts of inquiries lead to them, so that no two are alike.
    private mutating func newInquiryReceipt() -> Receipt {
        var receipt = newReceipt()
        while state.inquiries[receipt] != nil { receipt = newReceipt() }
        return receipt
    }

    /// How long until the customer, or the address, may leave another one; nil when that is now.
    private func waitForInquiry(of token: TokenDigest, _ email: EmailAddress?, at now: Instant) -> Interval? {
        let hour = Interval.seconds(3600)
        let since = now + Interval(milliseconds: -hour.milliseconds + 1)
        let lists = [
            state.inquiries.arrivals(of: token, since: since),
            email.map { state.inquiries.arrivals(from: $0, since: since) } ?? [],
        ]
        return lists.compactMap { arrivals in
            guard arrivals.count >= inquiryRules.perHour else { return nil }
            return arrivals[arrivals.count - inquiryRules.perHour] + hour - now
        }.max()
    }

    // MARK: Looking at one, and adding to it

    func showInquiry(_ receipt: Receipt, to sender: Sender, _ turn: inout Turn) {
        guard let inquiry = state.inquiries[receipt], inquiry.phase.state != nil else {
            return turn.refuse(sender.session, Refusal(.unknownInquiry, subject: "receipt"))
        }
        turn.deliver(sender.session, .inquiry(notice(of: inquiry, turn)))
        showWords(of: inquiry, to: sender.session, includingNotes: false, &turn)
    }

    mutating func reply(
        _ receipt: Receipt, _ id: ClientMessageID?, _ text: Text, from sender: Sender, _ turn: inout Turn
    ) {
        guard let inquiry = state.inquiries[receipt], inquiry.phase.state != nil else {
            return turn.refuse(sender.session, Refusal(.unknownInquiry, messageID: id, subject: "receipt"))
        }
        if let id, let seq = inquiry.acked.seq(of: id, from: .customer) {
            turn.observe(.deduplicated)
            return turn.deliver(sender.session, .ack(chat: inquiry.id, id: id, seq: seq))
        }
        guard text.count <= inquiryRules.textBytes else {
            return turn.refuse(sender.session, Refusal(.tooLong, messageID: id, subject: "text"))
        }
        if let wait = takeReply(to: inquiry.id, at: turn.now) {
            return turn.refuse(sender.session, Refusal(.rateLimited, messageID: id, retryAfter: wait))
        }
        let seq = add(text, id, to: inquiry.id, &turn)
        turn.deliver(sender.session, .ack(chat: inquiry.id, id: id, seq: seq))
        wake(inquiry.id, &turn)
    }

    /// A customer's mail. Whoever has one of ours can write as its receiver, and so gets no answer from us.
    mutating func take(_ mail: IncomingMail, _ turn: inout Turn) -> IncomingMailOutcome {
        guard let inquiry = state.inquiries[mail.inquiry], inquiry.phase.state != nil else { return .unknown }
        if inquiry.acked.seq(of: mail.id, from: .customer) != nil { return .duplicate }
        guard takeReply(to: inquiry.id, at: turn.now) == nil else { return .limited }
        let stranger = mail.from.flatMap { $0.folded == inquiry.email?.folded ? nil : $0 }
        let received = ReceivedMailRecord(
            reference: mail.reference, from: stranger, attachments: mail.attachments, quoted: mail.quoted)
        record(inquiry.id, .inquiry(.mailReceived(received)), &turn)
        for (index, text) in mail.texts.enumerated() {
            add(text, index == 0 ? mail.id : nil, to: inquiry.id, &turn)
        }
        wake(inquiry.id, &turn)
        return .stored
    }

    /// Stores a customer's words, and tells them to the agent whose turn it is.
    @discardableResult
    private mutating func add(
        _ text: Text, _ id: ClientMessageID?, to inquiry: ChatID, _ turn: inout Turn
    ) -> UInt64 {
        let message = StoredMessage(from: .customer, name: nil, id: id, text: text)
        let seq = record(inquiry, .message(message), &turn)
        turn.observe(.message(.customer))
        if let known = state.inquiries[inquiry], let holder = known.phase.holder {
            tell(
                holder,
                .message(MessageNotice(message, in: inquiry, as: known.name, seq: seq, at: turn.now)), &turn)
        }
        return seq
    }

    /// The customer said more: what was answered is to be answered again, by the same agent if that one is there.
    private mutating func wake(_ id: ChatID, _ turn: inout Turn) {
        guard let inquiry = state.inquiries[id] else { return }
        switch inquiry.phase {
        case .answered, .closed: break
        case .open, .taken, .reopened: return tell(.replied, of: id, &turn)
        case .arriving: return
        }
        let agent = inquiry.lastAgent.flatMap { name in
            state.agents[name].flatMap { isThere($0, for: inquiry.queue) ? name : nil }
        }
        record(id, .inquiry(.reopened(clock(for: inquiry.queue, from: turn.now), by: agent)), &turn)
        turn.observe(.inquiry(inquiry.queue, .reopened))
        armInquiry(id)
        if let agent { showInquiry(id, toAgent: agent, &turn) }
        tell(.reopened, of: id, &turn)
        tellCustomer(of: id, &turn)
    }

    /// Its customer's connections hear of a change, in whatever they are.
    mutating func tellCustomer(of id: ChatID, _ turn: inout Turn) {
        guard let inquiry = state.inquiries[id], inquiry.phase.state != nil else { return }
        for session in presence.sessions(of: .customer(inquiry.token)) {
            turn.deliver(session, .inquiry(notice(of: inquiry, turn)))
        }
    }

    // MARK: As they are shown

    func notice(of inquiry: Inquiry, isForAgent: Bool = false, _ turn: borrowing Turn) -> InquiryNotice {
        let card = InquiryCard(
            name: inquiry.name, email: inquiry.email, isBounced: inquiry.isBounced, language: inquiry.language,
            intake: inquiry.intake, agent: inquiry.phase.holder ?? inquiry.lastAgent, of: inquiry.of)
        return InquiryNotice(
            inquiry: inquiry.id, receipt: inquiry.receipt, state: inquiry.phase.state ?? .open, queue: inquiry.queue,
            topic: inquiry.topic, arrived: inquiry.arrivedAt, due: dueTime(of: inquiry, turn),
            isMailed: inquiry.isMailed && !inquiry.isBounced, card: isForAgent ? card : nil)
    }

    /// The words are in the journal alone.
    func showWords(
        of inquiry: Inquiry, to session: SessionHandle, includingNotes: Bool, _ turn: inout Turn
    ) {
        let request = HistoryRequest(
            chat: inquiry.id, after: 0, through: inquiry.lastSeq, includesNotes: includingNotes, isTranscript: false,
            customerName: inquiry.name)
        turn.effects.deliver(.history(request), to: session)
    }
}
