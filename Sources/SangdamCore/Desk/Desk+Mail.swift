// Mails about inquiries: which is sent next, what became of it, and what came back. A mail is owed as long as the
// journal does not say that it is done with, so that a crash loses none; between the other server's word that it has one
// and our line about that, a crash sends it twice, under the same Message-ID.

extension Desk {
    /// What the state owes; after a restart, and where a record says more.
    mutating func fillPostbox(at now: Instant) {
        postbox = Postbox()
        for inquiry in state.inquiries.all {
            for mail in inquiry.mails {
                postbox.put(MailKey(inquiry: inquiry.id, number: mail.number), since: mail.since, at: now)
            }
        }
        arm(.mail)
    }

    /// The inquiry owes a mail about its line `seq` now, if it is one that mails are sent about.
    mutating func postMail(about id: ChatID, _ seq: UInt64, _ turn: inout Turn) {
        guard let mail = state.inquiries[id]?.mails.last, mail.number == seq else { return }
        postbox.put(MailKey(inquiry: id, number: seq), since: mail.since, at: turn.now)
        sendMail(&turn)
    }

    /// Gives out the next mail whose time has come.
    mutating func sendMail(_ turn: inout Turn) {
        while let key = postbox.take(at: turn.now) {
            if let mail = outgoing(key, turn) {
                turn.effects.post(mail)
            } else {
                postbox.isDone(key)
                // Words that were erased meanwhile are not sent.
                if owes(key) { giveUp(key, "erased", &turn) }
            }
        }
        arm(.mail)
    }

    private func owes(_ key: MailKey) -> Bool {
        state.inquiries[key.inquiry]?.mails.contains { $0.number == key.number } == true
    }

    private func outgoing(_ key: MailKey, _ turn: borrowing Turn) -> OutgoingMail? {
        guard let inquiry = state.inquiries[key.inquiry], let email = inquiry.email,
            let pending = inquiry.mails.first(where: { $0.number == key.number })
        else { return nil }
        let content: OutgoingMail.Content
        switch pending.content {
        case .acknowledgement: content = .acknowledgement(due: dueTime(of: inquiry, turn))
        case .answer(let text?, let agent): content = .answer(text, by: agent)
        case .answer(nil, _): return nil
        }
        return OutgoingMail(
            inquiry: inquiry.id, number: pending.number, to: email, content: content, language: inquiry.language,
            receipt: inquiry.receipt, desk: configuration.name,
            topic: directory.topic(inquiry.topic)?.labels ?? Localised([:]), date: pending.since,
            inReplyTo: inquiry.lastReference, firstNumber: inquiry.firstMail ?? pending.number)
    }

    mutating func learn(_ result: MailResult, of id: ChatID, _ number: UInt64, _ turn: inout Turn) {
        let key = MailKey(inquiry: id, number: number)
        postbox.isDone(key)
        defer { sendMail(&turn) }
        turn.observe(.mailTried(result))
        // It may be erased by now, or its address have bounced.
        guard let mail = state.inquiries[id]?.mails.first(where: { $0.number == number }) else { return }
        switch result {
        case .sent:
            record(id, .inquiry(.mailed(number: number, .sent)), &turn)
        case .refused(let why):
            giveUp(key, why, &turn)
        case .deferred(let why), .unreachable(let why):
            if case .unreachable = result { postbox.putOff(at: turn.now) }
            if turn.now - mail.since >= Postbox.patience { return giveUp(key, why, &turn) }
            postbox.put(key, since: mail.since, at: Postbox.nextTry(of: mail.since, after: turn.now))
        }
    }

    private mutating func giveUp(_ key: MailKey, _ why: Text, _ turn: inout Turn) {
        record(key.inquiry, .inquiry(.mailed(number: key.number, .failed(why))), &turn)
        turn.observe(.mailGivenUp)
        tell(.mailFailed, of: key.inquiry, &turn)
    }

    /// Nothing more is sent there; agents see why.
    mutating func take(_ bounce: MailBounce, _ turn: inout Turn) -> IncomingMailOutcome {
        guard let inquiry = state.inquiries[bounce.inquiry], inquiry.phase.state != nil else { return .unknown }
        guard !inquiry.isBounced else { return .duplicate }
        record(inquiry.id, .inquiry(.mailBounced(status: bounce.status)), &turn)
        tell(.mailBounced, of: inquiry.id, &turn)
        return .bounced
    }

    /// A customer's next reply to an inquiry: nil, or after how long there is room for it.
    mutating func takeReply(to id: ChatID, at now: Instant) -> Interval? {
        additions.take(id, perHour: inquiryRules.repliesPerHour, at: now)
    }
}
