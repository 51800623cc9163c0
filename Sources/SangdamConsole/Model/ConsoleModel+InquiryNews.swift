// What the server says about inquiries: how one stands, what was said in it and in the chat before it, and news of those
// that the agent may have to do with.

internal import SangdamCore
internal import SangdamProtocol

extension ConsoleModel {
    // MARK: How one stands

    mutating func take(_ message: InquiryMessage, at now: Moment) {
        let before = inquiries[message.inquiry]
        let inquiry = learn(message)
        inquiries.change(message.inquiry) { $0.isConfirmed = true }
        let isMine = inquiry.isHeld(by: agentName)
        let wasAsked =
            asks.takeFirst { ask in
                guard case .take(let id) = ask.kind else { return false }
                return id == message.inquiry || (id == nil && isMine && inquiry.state == InquiryState.taken.rawValue)
            } != nil
        guard wasAsked || isMine else { return }
        // After `/take` everything is shown, otherwise what is new since.
        if wasAsked || before?.isShown != true {
            showCard(message, of: inquiry, isCurrent: wasAsked || currentInquiry == nil, at: now)
        } else if inquiry.state == InquiryState.reopened.rawValue, before?.state != inquiry.state {
            tell(.inquiry(.reopened(due: inquiry.due)), about: inquiry.handle, at: now.wall)
        }
    }

    /// What a message or a row of a list says of it.
    private mutating func learn(_ message: InquiryMessage) -> ConsoleInquiry {
        var inquiry = known(message.inquiry)
        inquiry.state = clean(message.state)
        inquiry.topic = clean(message.topic)
        inquiry.language = clean(message.language)
        inquiry.due = clean(message.dueLocal)
        inquiry.isOverdue = message.isOverdue
        inquiry.agent = message.agent.map(clean)
        inquiry.before = message.of ?? inquiry.before
        inquiries.change(inquiry.id) { $0 = inquiry }
        return inquiry
    }

    private mutating func known(_ id: ChatID) -> ConsoleInquiry {
        let (name, current) = (agentName, currentInquiry)
        return inquiries.existingOrNew(id) { $0.isHeld(by: name) || !$0.draft.isEmpty || $0.id == current }
    }

    private mutating func showCard(
        _ message: InquiryMessage, of inquiry: ConsoleInquiry, isCurrent: Bool, at now: Moment
    ) {
        if isCurrent { currentInquiry = inquiry.id }
        inquiries.change(inquiry.id) { inquiry in
            (inquiry.isShown, inquiry.lastSeq, inquiry.lastSeqBefore) = (true, 0, 0)
        }
        shownInquiry = inquiry.id
        let card = InquiryPhrase.card(
            receipt: message.receipt.map(clean), topic: label(ofTopic: message.topic), language: inquiry.language,
            due: inquiry.due, isCurrent: isCurrent,
            number: inquiry.number)
        tell(.inquiry(card), about: inquiry.handle, at: now.wall)
        let customer = InquiryPhrase.customer(
            message.customer.map(clean), email: message.email.map(clean), isMailed: message.isMailed,
            isBounced: message.isBounced)
        tell(.inquiry(customer), about: inquiry.handle, at: now.wall)
        for answer in message.intake.answers.prefix(ConsoleBounds.answers) {
            show(answer, topic: message.topic, about: inquiry.handle, at: now)
        }
    }

    mutating func show(_ rows: [InquiryMessage], total: UInt64, at now: Moment) {
        _ = asks.takeFirst { $0.kind == .inquiries }
        if rows.isEmpty { return listing(words(.inquiry(.none))) }
        for message in rows { listing(row(of: learn(message))) }
        if total > UInt64(rows.count) { listing(words(.inquiry(.more(shown: rows.count, total: total)))) }
    }

    // MARK: What was said

    /// Whether the words are an inquiry's, or of the chat before the one that is being shown.
    mutating func inquiry(ofWordsIn chat: ChatID) -> ConsoleInquiry? {
        if let inquiry = inquiries[chat] { return inquiry }
        guard chats[chat] == nil, let shown = shownInquiry.flatMap({ inquiries[$0] }), shown.before == chat else {
            return nil
        }
        return shown
    }

    /// - Parameter lines: as they are shown.
    mutating func show(
        _ lines: [String], in inquiry: ConsoleInquiry, chat: ChatID, seq: UInt64, at instant: Instant
    ) {
        let isBefore = chat != inquiry.id
        guard seq > (isBefore ? inquiry.lastSeqBefore : inquiry.lastSeq) else { return }
        if isBefore {
            if inquiry.lastSeqBefore == 0 { tell(.inquiry(.chatBefore), about: inquiry.handle, at: instant) }
            inquiries.change(inquiry.id) { $0.lastSeqBefore = seq }
        } else {
            if inquiry.lastSeq == 0, inquiry.before != nil {
                tell(.inquiry(.question), about: inquiry.handle, at: instant)
            }
            inquiries.change(inquiry.id) { $0.lastSeq = seq }
        }
        for line in lines { effects.append(.print(ConsoleLine(at: instant, handle: inquiry.handle, text: line))) }
    }

    /// The server has saved an answer.
    mutating func answered(_ entry: UnacknowledgedWords.Entry, seq: UInt64, at now: Moment) {
        if let inquiry = inquiries[entry.chat], !settings.isInteractive {
            show(spoken(.myself, entry.text), in: inquiry, chat: inquiry.id, seq: seq, at: now.wall)
        }
        inquiries.change(entry.chat) { $0.lastSeq = max($0.lastSeq, seq) }
        tell(.inquiry(.answered), about: entry.handle, at: now.wall)
    }

    // MARK: News

    mutating func hear(_ news: InquiryNewsMessage, at now: Moment) {
        var inquiry = known(news.inquiry)
        // The words themselves have come.
        let isMine = inquiry.isHeld(by: agentName)
        if isMine, news.news == "replied" || news.news == "reopened" { return }
        if !isMine {
            inquiry.topic = clean(news.topic)
            inquiry.due = clean(news.dueLocal)
            inquiry.agent = news.agent.map(clean)
            inquiries.change(inquiry.id) { $0 = inquiry }
        }
        let phrase = InquiryPhrase.news(
            clean(news.news), topic: label(ofTopic: news.topic), due: clean(news.dueLocal), percent: news.percent,
            agent: news.agent.map(clean), open: news.open, number: inquiry.number)
        // What is overdue cannot wait for the next look at the screen.
        tell(.inquiry(phrase), about: inquiry.handle, at: now.wall, rings: (news.percent ?? 0) >= 100)
    }
}
