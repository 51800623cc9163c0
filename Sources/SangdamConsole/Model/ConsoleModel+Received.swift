// What the server says about offers, chats and the agent's own standing.

internal import SangdamCore
internal import SangdamProtocol

extension ConsoleModel {
    mutating func take(_ message: HeardMessage, at now: Moment) {
        if case .signingIn = link {
            switch message {
            case .welcome(let agent): welcomed(agent, at: now)
            case .error(let error): refusedLogin(error, at: now)
            case .bye(let code, let message, let reconnect):
                dismissed(code: code, message: message, reconnect: reconnect, at: now)
            case .ok, .overridden, .topics, .offer, .offerClosed, .started, .words, .note, .ack, .typing, .party,
                .ended, .status, .faq, .inquiry, .inquiries, .inquiryNews, .pong, .other:
                break
            }
            return
        }
        switch message {
        case .welcome, .pong, .other: break
        case .inquiry(let inquiry): take(inquiry, at: now)
        case .inquiries(let rows, let total): show(rows, total: total, at: now)
        case .inquiryNews(let news): hear(news, at: now)
        case .ok(let about, let chat): carriedOut(about, chat: chat, at: now)
        case .overridden(let until): overridden(until: until, at: now)
        case .topics(let labels): learn(labels, at: now)
        case .offer(let offer): offered(offer, at: now)
        case .offerClosed(let offer, let reason): offerClosed(offer, reason: reason, at: now)
        case .started(let started): self.started(started, at: now)
        case .words(let words): said(words, at: now)
        case .note(let note): noted(note, at: now)
        case .ack(let chat, let id, let seq): acknowledged(chat: chat, id: id, seq: seq, at: now)
        case .typing(let chat, let who, let isOn): if isOn, who != "agent" { typing(chat, at: now) }
        case .party(let chat, let who, let state): partyChanged(chat, who: who, state: state, at: now)
        case .ended(let chat, let reason, let receipt): ended(chat, reason: reason, receipt: receipt, at: now)
        case .status(let agent): statusChanged(agent, at: now)
        case .faq(let found): show(found, at: now)
        case .error(let error): refused(error, at: now)
        case .bye(let code, let message, let reconnect):
            dismissed(code: code, message: message, reconnect: reconnect, at: now)
        }
    }

    // MARK: Offers

    private mutating func offered(_ offer: OfferMessage, at now: Moment) {
        guard var chat = chats.existingOrNew(offer.chat, phase: .offered(offer.offer, until: nil)) else {
            complain(.tooManyChats(limit: ConsoleBounds.chats), at: now)
            return
        }
        // The offer's id holds the moment of its birth on the server's clock, so that a wrong clock here does no harm.
        let patience = offer.expires.map { $0 - offer.offer.birth }
        let seconds = patience.flatMap { (1...3600).contains($0.milliseconds / 1000) ? $0.milliseconds / 1000 : nil }
        chat.phase = .offered(offer.offer, until: seconds.map { now.steady + .seconds($0) })
        chat.queue = clean(offer.queue)
        chat.topic = clean(offer.topic)
        chat.language = clean(offer.language)
        // An offer comes again when the customer has told more: only that is news.
        if chats[offer: offer.offer] == nil {
            let line = Phrase.offer(
                topic: label(ofTopic: offer.topic), waited: offer.waited, language: chat.language,
                seconds: seconds.map { Int($0) })
            tell(line, number: chat.number, at: now.wall, rings: true)
            happened(.offer)
        }
        showNews(of: offer.intake, topic: offer.topic, in: &chat, at: now)
        chats[chat.id] = chat
    }

    private mutating func offerClosed(_ offer: OfferID, reason: String, at now: Moment) {
        if reason != "accepted" {
            _ = asks.takeFirst { $0.kind == .accept(offer) || $0.kind == .decline(offer) }
        }
        guard let chat = chats[offer: offer], reason != "accepted" else { return }
        chats[chat.id] = nil
        tell(.offerClosed(reason: clean(reason)), number: chat.number, at: now.wall)
    }

    /// Offers whose end the server did not tell.
    mutating func expireOffers(at now: Moment) {
        for chat in chats.offers {
            guard case .offered(let offer, let until?) = chat.phase, until + .seconds(5) <= now.steady else { continue }
            offerClosed(offer, reason: "expired", at: now)
        }
    }

    /// Shows the answers that the agent has not seen in this chat.
    private mutating func showNews(
        of intake: IntakeMessage, topic: String, in chat: inout ConsoleChat, at now: Moment
    ) {
        for answer in intake.answers where chat.answers[answer.question] != answer.text {
            guard chat.answers[answer.question] != nil || chat.answers.count < ConsoleBounds.answers else { return }
            chat.answers[answer.question] = answer.text
            show(answer, topic: topic, about: .chat(chat.number), at: now)
        }
    }

    mutating func show(_ answer: IntakeMessage.Answer, topic: String, about handle: LineHandle, at now: Moment) {
        let (question, words) = label(of: answer, topic: topic)
        for (index, line) in cleanLines(words).enumerated() {
            let text = index == 0 ? self.words(.intake(question, line)) : "   │ \(line)"
            effects.append(.print(ConsoleLine(at: now.wall, handle: handle, text: text)))
        }
    }

    // MARK: Chats

    private mutating func started(_ started: StartedMessage, at now: Moment) {
        let known = chats[started.chat]
        guard var chat = chats.existingOrNew(started.chat, phase: .active) else {
            complain(.tooManyChats(limit: ConsoleBounds.chats), at: now)
            return
        }
        var wasAsked = false
        if case .offered(let offer, _)? = known?.phase {
            wasAsked = asks.takeFirst { $0.kind == .accept(offer) } != nil
        }
        chat.phase = started.isWrappingUp ? .wrapUp : .active
        chat.name = started.customer.map(clean)
        chat.queue = clean(started.queue)
        chat.topic = clean(started.topic)
        chat.language = clean(started.language)
        chat.isAway = started.isAway
        chat.isConfirmed = true
        let isBack = known.map { !$0.isOffer } ?? false
        if isBack, known?.isConfirmed == true {
            // Nothing began: the customer has told more.
            showNews(of: started.intake, topic: started.topic, in: &chat, at: now)
            chats[chat.id] = chat
            return
        }
        if isBack {
            tell(.chatIsBack(chat.name), number: chat.number, at: now.wall)
        } else {
            tell(.started(chat.name, topic: label(ofTopic: started.topic)), number: chat.number, at: now.wall)
        }
        showNews(of: started.intake, topic: started.topic, in: &chat, at: now)
        chats[chat.id] = chat
        if started.isAway { tell(.party(who: "customer", state: "away"), number: chat.number, at: now.wall) }
        if started.isWrappingUp {
            tell(.wrapUpLeft, number: chat.number, at: now.wall)
        } else if !isBack {
            if wasAsked { pauseWriting(at: now) }
            if wasAsked || current == nil {
                current = chat.id
                // Without a word nobody would know that it takes one to write there.
                if writing != nil { tell(.switchHint(number: chat.number), number: chat.number, at: now.wall) }
            } else if current != chat.id {
                tell(.switchHint(number: chat.number), number: chat.number, at: now.wall)
            }
            happened(.chat)
        } else if current == nil {
            current = chat.id
        }
    }

    private mutating func said(_ words: WordsMessage, at now: Moment) {
        let isOurs = words.from == "agent" && words.name.map { $0 == agentName } ?? true
        let saved = isOurs ? words.id.flatMap { unacknowledged.remove($0, chat: words.chat) } : nil
        let inquiry = inquiry(ofWordsIn: words.chat)
        guard inquiry != nil || chats[words.chat].map({ words.seq > $0.lastSeq }) == true else { return }
        let speaker: Phrase.Speaker =
            switch words.from {
            case "customer": .customer(words.name.map(clean))
            case "agent": isOurs ? .myself : .colleague(words.name.map(clean))
            default: .system
            }
        let lines = spoken(speaker, words.text)
        let at = words.at ?? now.wall
        if let inquiry { return show(lines, in: inquiry, chat: words.chat, seq: words.seq, at: at) }
        guard let chat = chats[words.chat] else { return }
        chats.change(chat.id) { chat in
            chat.lastSeq = words.seq
            chat.remember(lines, at: at)
            if words.from == "customer" {
                chat.isTypingShown = false
                if chat.id != current { chat.unread += 1 }
            }
        }
        // On a terminal, what was just typed there is on the screen already, unless it was late.
        if let saved, settings.isInteractive {
            if saved.isLateShown { tell(.savedNow(clean(saved.text).shortened), number: chat.number, at: now.wall) }
        } else {
            for line in lines {
                effects.append(.print(ConsoleLine(at: at, number: chat.number, text: line)))
            }
        }
        if words.from == "customer" { happened(.message) }
    }

    /// `name> text`, and further lines behind a bar, so that no words can pass for another line of the console.
    func spoken(_ speaker: Phrase.Speaker, _ text: String) -> [String] {
        cleanLines(text).enumerated().map { index, line in
            index == 0 ? "\(words(.speaker(speaker)))> \(line)" : "   │ \(line)"
        }
    }

    private mutating func noted(_ note: NoteMessage, at now: Moment) {
        if let id = note.id { _ = unacknowledged.remove(id, chat: note.chat) }
        let at = note.at ?? now.wall
        if let inquiry = inquiry(ofWordsIn: note.chat) {
            return show(lines(ofNote: note.text, by: note.by), in: inquiry, chat: note.chat, seq: note.seq, at: at)
        }
        guard let chat = chats[note.chat], note.seq > chat.lastSeq else { return }
        showNote(note.text, by: note.by, in: chat, seq: note.seq, at: at)
    }

    private func lines(ofNote text: String, by author: String?) -> [String] {
        let name = author.map(clean)
        return cleanLines(text).enumerated().map { index, line in
            index == 0 ? words(.note(by: name == agentName ? nil : name, line)) : "   │ \(line)"
        }
    }

    private mutating func showNote(
        _ text: String, by author: String?, in chat: ConsoleChat, seq: UInt64, at instant: Instant
    ) {
        let lines = lines(ofNote: text, by: author)
        chats.change(chat.id) { chat in
            chat.lastSeq = max(chat.lastSeq, seq)
            chat.remember(lines, at: instant)
        }
        for line in lines { effects.append(.print(ConsoleLine(at: instant, number: chat.number, text: line))) }
    }

    private mutating func acknowledged(chat id: ChatID, id messageID: String?, seq: UInt64, at now: Moment) {
        guard let messageID, let entry = unacknowledged.remove(messageID, chat: id) else { return }
        if entry.kind == .answer { return answered(entry, seq: seq, at: now) }
        guard let chat = chats[id] else {
            // The chat is somebody else's by now; the words are in it.
            if entry.isLateShown { tell(.savedNow(clean(entry.text).shortened), about: entry.handle, at: now.wall) }
            return
        }
        if entry.kind == .note {
            guard seq > chat.lastSeq else { return }
            return showNote(entry.text, by: agentName, in: chat, seq: seq, at: now.wall)
        }
        // A repeated ack: the words were shown with the chat's history.
        guard seq > chat.lastSeq else { return }
        let lines = spoken(.myself, entry.text)
        chats.change(id) { chat in
            chat.lastSeq = seq
            chat.remember(lines, at: now.wall)
        }
        if !settings.isInteractive {
            for line in lines { effects.append(.print(ConsoleLine(at: now.wall, number: chat.number, text: line))) }
        } else if entry.isLateShown {
            tell(.savedNow(clean(entry.text).shortened), number: chat.number, at: now.wall)
        }
    }

    private mutating func typing(_ id: ChatID, at now: Moment) {
        guard let chat = chats[id], chat.phase == .active, !chat.isTypingShown else { return }
        chats.change(id) { $0.isTypingShown = true }
        tell(.typing, number: chat.number, at: now.wall)
    }

    private mutating func partyChanged(_ id: ChatID, who: String, state: String, at now: Moment) {
        guard let chat = chats[id] else { return }
        if who == "customer" { chats.change(id) { $0.isAway = state == "away" } }
        tell(.party(who: clean(who), state: clean(state)), number: chat.number, at: now.wall)
    }

    private mutating func ended(_ id: ChatID, reason: String, receipt: String?, at now: Moment) {
        _ = asks.takeFirst { $0.kind == .end(id) }
        guard let chat = chats[id], !chat.isOffer else { return }
        chats.change(id) { $0.phase = .wrapUp }
        tell(.ended(reason: clean(reason), receipt: receipt.map(clean)), number: chat.number, at: now.wall)
        tell(.wrapUpLeft, number: chat.number, at: now.wall)
        happened(.end)
    }

    // MARK: Answers

    private mutating func overridden(until: String?, at now: Moment) {
        guard case .override(let queue, let state)? = asks.takeFirst(where: { $0.name == "override" })?.kind else {
            return
        }
        tell(.overridden(queue, state, until: until.map(clean)), at: now.wall)
    }

    private mutating func carriedOut(_ about: String, chat id: ChatID?, at now: Moment) {
        let ask = asks.takeFirst { $0.name == about && (id == nil || $0.chat == nil || $0.chat == id) }
        switch (about, ask?.chat ?? id) {
        case ("wrapup", let id?):
            guard let chat = chats[id] else { return }
            forget(chat)
            tell(.wrappedUp, number: chat.number, at: now.wall)
            let rest = chats.active
            // The agent has just put one chat away: with one other left there is no doubt which is meant.
            if ask != nil, current == nil, rest.count == 1 { select(rest[0], at: now) }
        case ("transfer", let id?):
            guard let chat = chats[id] else { return }
            forget(chat)
            var target = ""
            if case .transfer(_, let to)? = ask?.kind { target = to }
            tell(.transferred(to: target), number: chat.number, at: now.wall)
        case ("release", let id?):
            letGo(id, state: InquiryState.open.rawValue)
            tell(.inquiry(.released), about: ask?.handle, at: now.wall)
        case ("close", let id?):
            letGo(id, state: InquiryState.closed.rawValue)
            tell(.inquiry(.finished), about: ask?.handle, at: now.wall)
        default:
            break
        }
    }

    private mutating func forget(_ chat: ConsoleChat) {
        chats[chat.id] = nil
        if current == chat.id { current = nil }
    }

    /// Makes the chat the current one and says so.
    mutating func select(_ chat: ConsoleChat, at now: Moment) {
        pauseWriting(at: now)
        current = chat.id
        chats.change(chat.id) { $0.unread = 0 }
        tell(.nowIn(title(chat)), number: chat.number, at: now.wall)
    }

    private mutating func learn(_ labels: [TopicLabel], at now: Moment) {
        _ = asks.takeFirst { $0.kind == .topics }
        topicLabels = [:]
        topicQuestions = [:]
        for topic in labels.prefix(ConsoleBounds.topics) {
            topicLabels[topic.id] = clean(topic.label)
            topicQuestions[topic.id] = topic.questions
        }
        queueNames = Set(labels.map { clean($0.queue) }).subtracting([""]).sorted()
        if settlesBy != nil { settle(at: now) }
    }

    private mutating func statusChanged(_ agent: AgentState, at now: Moment) {
        _ = asks.takeFirst { $0.kind == .status }
        // What the loss of the connection did is undone at the next login; everything else is how it is meant to be.
        if agent.cause != "lost", agent.cause != "signed_in",
            let status = AgentStatus(rawValue: agent.statusAfterChats ?? agent.status)
        {
            wished?.status = status
            wished?.afterChats = agent.statusAfterChats != nil
        }
        tell(.status(agent), at: now.wall)
        // Going offline ends every wrap-up without another word.
        if agent.status == AgentStatus.offline.rawValue {
            for chat in chats.wrappingUp {
                forget(chat)
                tell(.wrappedUp, number: chat.number, at: now.wall)
            }
            for inquiry in inquiries.all where inquiry.isHeld(by: agentName) {
                letGo(inquiry.id, state: InquiryState.open.rawValue)
                tell(.inquiry(.released), about: inquiry.handle, at: now.wall)
            }
        }
    }

    private mutating func refused(_ error: ErrorMessage, at now: Moment) {
        if let id = error.id, let entry = unacknowledged.entries.first(where: { $0.id == id }) {
            return refusedWords(entry, error, at: now)
        }
        let ask = asks.takeFirst { _ in true }
        if ask?.kind == .topics {
            if settlesBy != nil { settle(at: now) }
            return
        }
        complain(.serverError(command: ask.map { verbName(of: $0) }, refusal(error)), about: ask?.handle, at: now)
        guard let ask else { return }
        switch (ask.kind, error.code) {
        case (.accept(let offer), "unknown_offer"), (.decline(let offer), "unknown_offer"):
            if let chat = chats[offer: offer] { forget(chat) }
        case (.end(let id), "unknown_chat"), (.wrapUp(let id), "unknown_chat"), (.transfer(let id, _), "unknown_chat"):
            if let chat = chats[id] { forget(chat) }
        case (.release(let id), _), (.close(let id), _):
            // Whatever it is by now, it is not the agent's.
            let isLost = ["unknown_inquiry", "inquiry_taken", "inquiry_not_taken", "inquiry_closed"].contains(
                error.code)
            if isLost, inquiries[id]?.isHeld(by: agentName) == true { letGo(id, state: InquiryState.open.rawValue) }
        case (.accept, _), (.decline, _), (.transfer, _), (.end, _), (.wrapUp, _), (.status, _), (.topics, _),
            (.override, _), (.faq, _), (.inquiries, _), (.take, _):
            break
        }
    }

    private mutating func refusedWords(_ entry: UnacknowledgedWords.Entry, _ error: ErrorMessage, at now: Moment) {
        switch error.code {
        case "rate_limited", "storage_full", "busy":
            // It cannot be taken now, but it can later.
            let patience = min(max(error.retryAfter ?? .seconds(5), Interval(milliseconds: 100)), .seconds(60))
            unacknowledged.postpone(entry.id, until: now.steady + patience)
            if error.code != "rate_limited", entry.retryAt == nil, !entry.isLateShown {
                complain(.serverError(command: nil, refusal(error)), about: entry.handle, at: now)
            }
        default:
            _ = unacknowledged.remove(entry.id)
            complain(.notDelivered(clean(entry.text), because: refusal(error)), about: entry.handle, at: now)
            if error.code == "unknown_chat", let chat = chats[entry.chat] {
                forget(chat)
                tell(.noLongerYours, number: chat.number, at: now.wall)
            }
        }
    }

    // MARK: Names

    /// What a script may have waited for.
    private mutating func happened(_ kind: WaitKind) {
        if kind == .message { hasNewWords = true }
        if wait?.kind == kind {
            wait = nil
            if kind == .message { hasNewWords = false }
        }
    }

    func label(ofTopic id: String) -> String {
        let name = clean(id)
        guard let label = topicLabels[id], label != name else { return name }
        return words(.topic(label: label, id: name))
    }

    /// A question, clean, and its answer as its reader knows them: in the words of the topic's own, if it has any.
    private func label(of answer: IntakeMessage.Answer, topic: String) -> (question: String, words: String) {
        if let question = topicQuestions[topic]?.first(where: { $0.id == answer.question }) {
            let choice = question.choices.first { $0.id == answer.text }
            return (clean(question.label), choice?.label ?? answer.text)
        }
        let standard = IntakeField(rawValue: answer.question).map { words(.standardQuestion($0)) }
        return (standard ?? clean(answer.question), answer.text)
    }

    /// What the server refused, as a sentence.
    func refusal(_ error: ErrorMessage) -> String {
        words(
            .refusal(
                code: clean(error.code), message: clean(error.message), field: error.field.map(clean),
                retryAfter: error.retryAfter))
    }

    func title(_ chat: ConsoleChat) -> String {
        chat.name ?? words(.someCustomer)
    }

    func verbName(of ask: Ask) -> String {
        let verb: Verb =
            switch ask.kind {
            case .override(_, .open): .openQueue
            case .override(_, .closed): .closeQueue
            case .override(_, .auto): .schedule
            case .status, .topics: .available
            case .accept: .accept
            case .decline: .decline
            case .transfer: .transfer
            case .end: .end
            case .wrapUp: .wrapUp
            case .faq: .faq
            case .inquiries: .inquiries
            case .take: .take
            case .release: .release
            case .close: .finish
            }
        return verb.name(in: settings.language)
    }
}
