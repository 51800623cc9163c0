// What the agent types. Each command says what is wrong with it in one line; none of them guesses whom words are for.

internal import SangdamCore
internal import SangdamWire

extension ConsoleModel {
    mutating func run(_ line: TypedLine, at now: Moment) {
        if case .command(.quit, _) = line {} else { wasWarnedOfQuit = false }
        switch line {
        case .nothing:
            // A blank line of an answer.
            if let inquiry = writing.flatMap({ inquiries[$0] }), !inquiry.draft.isEmpty {
                write("", to: inquiry, at: now)
            }
        case .words(let text):
            if let inquiry = writing.flatMap({ inquiries[$0] }) {
                write(text, to: inquiry, at: now)
            } else {
                say(text, at: now)
            }
        case .unknownVerb(let name): complain(.unknownVerb(clean(name)), at: now)
        case .command(let verb, let rest): run(verb, rest, at: now)
        }
    }

    private mutating func run(_ verb: Verb, _ rest: String, at now: Moment) {
        if verb.needsServer, !isOnline {
            return complain(.notConnected(verb.name(in: settings.language)), at: now)
        }
        switch verb {
        case .accept: accept(rest, at: now)
        case .decline: decline(rest, at: now)
        case .switchChat: switchChat(rest, at: now)
        case .note: note(rest, at: now)
        case .transfer: transfer(rest, at: now)
        case .end: end(at: now)
        case .wrapUp: wrapUp(rest, at: now)
        case .faq: search(rest, at: now)
        case .insert: insert(rest, at: now)
        case .inquiries: listInquiries(rest, at: now)
        case .take: takeInquiry(rest, at: now)
        case .answer: answerInquiry(rest, at: now)
        case .send: sendAnswer(at: now)
        case .cancel: dropAnswer(at: now)
        case .release: releaseInquiry(rest, at: now)
        case .finish: finishInquiry(rest, at: now)
        case .onBreak: change(.onBreak, rest, of: verb, at: now)
        case .available: change(.available, rest, of: verb, at: now)
        case .offline: change(.offline, rest, of: verb, at: now)
        case .capacity: capacity(rest, at: now)
        case .auto: auto(rest, at: now)
        case .chats: listChats(at: now)
        case .history: listHistory(at: now)
        case .wait: wait(for: rest, at: now)
        case .openQueue: override(rest, .open, of: verb, at: now)
        case .closeQueue: override(rest, .closed, of: verb, at: now)
        case .schedule: override(rest, .auto, of: verb, at: now)
        case .help: for line in settings.language.help { listing(line) }
        case .quit: quit(at: now)
        }
    }

    private var isOnline: Bool {
        if case .online = link { true } else { false }
    }

    /// What was typed goes out at once, or after the next login.
    mutating func sendWhatIsDue(at now: Moment) {
        if isOnline { sendDue(at: now) }
    }

    mutating func usage(_ verb: Verb, at now: Moment) {
        complain(.usage(verb), at: now)
    }

    mutating func listing(_ text: String) {
        effects.append(.print(ConsoleLine(at: nil, number: nil, text: text)))
    }

    // MARK: Words

    private mutating func say(_ text: String, at now: Moment) {
        guard let id = current, let chat = chats[id] else {
            let others = chats.active.map(\.number)
            if others.isEmpty, let inquiry = currentInquiry.flatMap({ inquiries[$0] }) {
                return complain(.inquiry(.notAnAnswer(clean(text))), about: inquiry.handle, at: now)
            }
            return complain(.noCurrentChat(clean(text), others: others, offers: chats.offers.map(\.number)), at: now)
        }
        guard chat.phase == .active else {
            return complain(.chatIsOver(clean(text)), number: chat.number, at: now)
        }
        post(.words, text, in: chat, at: now)
    }

    private mutating func note(_ text: String, at now: Moment) {
        guard !text.isEmpty else { return usage(.note, at: now) }
        guard let id = current, let chat = chats[id] else { return complain(.noChatFor(.note), at: now) }
        post(.note, text, in: chat, at: now)
    }

    mutating func post(
        _ kind: UnacknowledgedWords.Entry.Kind, _ text: String, in chat: ConsoleChat, at now: Moment
    ) {
        guard text.utf8.count <= ConsoleBounds.textBytes else {
            return complain(
                .tooLong(bytes: text.utf8.count, limit: ConsoleBounds.textBytes), number: chat.number, at: now)
        }
        guard unacknowledged.add(kind, text, chat: chat.id, handle: .chat(chat.number), at: now) != nil else {
            return complain(
                .tooManyUnacknowledged(clean(text), limit: ConsoleBounds.unsaved), number: chat.number, at: now)
        }
        sendWhatIsDue(at: now)
    }

    // MARK: Offers

    private mutating func accept(_ rest: String, at now: Moment) {
        guard rest.isEmpty || rest.isNumber else { return usage(.accept, at: now) }
        guard let chat = chosenOffer(rest), case .offered(let offer, _) = chat.phase else {
            return complain(.noSuchOffer(clean(rest)), at: now)
        }
        asks.add(.accept(offer), number: chat.number, at: now.steady)
        send(.accept(offer))
    }

    private mutating func decline(_ rest: String, at now: Moment) {
        let first = String(rest.prefix { !$0.isWhitespace })
        let number = first.isNumber && chosenOffer(first) != nil ? first : ""
        let reason = String(rest.dropFirst(number.count)).trimmedOfBlanks
        guard let chat = chosenOffer(number), case .offered(let offer, _) = chat.phase else {
            return complain(.noSuchOffer(clean(first)), at: now)
        }
        guard reason.utf8.count <= ConsoleBounds.textBytes else {
            return complain(
                .tooLong(bytes: reason.utf8.count, limit: ConsoleBounds.textBytes), number: chat.number, at: now)
        }
        asks.add(.decline(offer), number: chat.number, at: now.steady)
        send(.decline(offer, reason: reason.isEmpty ? nil : Text(reason)))
    }

    /// By its number, or the one that has waited longest.
    private func chosenOffer(_ number: String) -> ConsoleChat? {
        let asked = Set(
            asks.all.compactMap { ask -> OfferID? in
                switch ask.kind {
                case .accept(let offer), .decline(let offer): offer
                case .transfer, .end, .wrapUp, .status, .topics, .override, .faq, .inquiries, .take, .release, .close:
                    nil
                }
            })
        let open = chats.offers.filter { chat in
            if case .offered(let offer, _) = chat.phase { !asked.contains(offer) } else { false }
        }
        guard let wanted = Int(number) else { return open.first }
        return open.first { $0.number == wanted }
    }

    // MARK: Chats

    private mutating func switchChat(_ rest: String, at now: Moment) {
        let candidates = chats.all.filter { !$0.isOffer }
        if rest.isEmpty {
            // The next one, round and round.
            let index = candidates.firstIndex { $0.id == current }
            guard !candidates.isEmpty else { return complain(.noSuchChat(""), at: now) }
            return select(candidates[index.map { ($0 + 1) % candidates.count } ?? 0], at: now)
        }
        if let number = Int(rest), rest.isNumber {
            guard let chat = chats[number: number] else { return complain(.noSuchChat(clean(rest)), at: now) }
            guard !chat.isOffer else { return complain(.acceptFirst(number: number), number: number, at: now) }
            return select(chat, at: now)
        }
        let wanted = clean(rest).lowercased()
        let exact = candidates.filter { title($0).lowercased() == wanted }
        let matches = exact.isEmpty ? candidates.filter { title($0).lowercased().hasPrefix(wanted) } : exact
        switch matches.count {
        case 0: complain(.noSuchChat(clean(rest)), at: now)
        case 1: select(matches[0], at: now)
        default: complain(.severalChats(clean(rest), numbers: matches.map(\.number)), at: now)
        }
    }

    private mutating func transfer(_ rest: String, at now: Moment) {
        guard let target = Self.transferTarget(rest) else {
            return complain(.transferUsage(queues: queueNames), at: now)
        }
        guard let id = current, let chat = chats[id], chat.phase == .active else {
            return complain(.noChatFor(.transfer), at: now)
        }
        asks.add(.transfer(id, to: clean(rest)), number: chat.number, at: now.steady)
        send(.transfer(chat: id, to: target, kind: .cold))
    }

    private static func transferTarget(_ text: String) -> TransferTarget? {
        if text.hasPrefix("@") { return AgentName(validating: String(text.dropFirst())).map { .agent($0) } }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = String(text[text.index(after: colon)...]).trimmedOfBlanks
        switch text[..<colon].lowercased() {
        case "queue", "대기열": return QueueID(validating: name).map { .queue($0) }
        case "agent", "상담원": return AgentName(validating: name).map { .agent($0) }
        default: return nil
        }
    }

    private mutating func end(at now: Moment) {
        guard let id = current, let chat = chats[id], chat.phase == .active else {
            return complain(.noChatFor(.end), at: now)
        }
        asks.add(.end(id), number: chat.number, at: now.steady)
        send(.end(chat: id))
    }

    private mutating func wrapUp(_ rest: String, at now: Moment) {
        var words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
        var chat = current.flatMap { chats[$0] }
        if let first = words.first, first.isNumber, let named = Int(first).flatMap({ chats[number: $0] }) {
            chat = named
            words.removeFirst()
        } else if chat?.phase != .wrapUp, chats.wrappingUp.count == 1 {
            chat = chats.wrappingUp[0]
        }
        guard let chat else { return complain(.noChatFor(.wrapUp), at: now) }
        guard chat.phase == .wrapUp || asks.all.contains(where: { $0.kind == .end(chat.id) }) else {
            return complain(.endFirst, number: chat.number, at: now)
        }
        guard let report = WrapUpReport(typed: words) else { return usage(.wrapUp, at: now) }
        asks.add(.wrapUp(chat.id), number: chat.number, at: now.steady)
        send(.wrapUp(chat: chat.id, report))
    }

    // MARK: Standing

    private mutating func change(_ status: AgentStatus, _ rest: String, of verb: Verb, at now: Moment) {
        let isAfterChats: Bool
        switch rest.lowercased() {
        case "": isAfterChats = false
        case "after", "나중", "나중에": isAfterChats = status != .available
        default: return usage(verb, at: now)
        }
        wished?.status = status
        wished?.afterChats = isAfterChats
        request(StatusChange(status: status, afterChats: isAfterChats), at: now)
    }

    private mutating func capacity(_ rest: String, at now: Moment) {
        guard let capacity = Int(rest), rest.isNumber, (1...100).contains(capacity) else {
            return usage(.capacity, at: now)
        }
        wished?.capacity = capacity
        request(StatusChange(capacity: capacity), at: now)
    }

    private mutating func auto(_ rest: String, at now: Moment) {
        let isOn: Bool
        switch rest.lowercased() {
        case "on", "켜기", "켬": isOn = true
        case "off", "끄기", "끔": isOn = false
        default: return usage(.auto, at: now)
        }
        wished?.autoAccept = isOn
        request(StatusChange(autoAccept: isOn), at: now)
    }

    private mutating func request(_ change: StatusChange, at now: Moment) {
        asks.add(.status, number: nil, at: now.steady)
        send(.status(change))
    }

    // MARK: Queues

    private mutating func override(_ rest: String, _ state: OverrideOrder.State, of verb: Verb, at now: Moment) {
        guard let queue = QueueID(validating: rest) else { return usage(verb, at: now) }
        asks.add(.override(queue: queue.text, state), number: nil, at: now.steady)
        send(.override(OverrideOrder(queue: queue, state: state)))
    }

    // MARK: Lists

    private mutating func listChats(at now: Moment) {
        if chats.all.isEmpty { listing(words(.noChats)) }
        defer { listHeldInquiries() }
        for chat in chats.all {
            let mark = chat.id == current ? "▶" : " "
            let state = words(.chatState(chat.phase, isAway: chat.isAway, unread: chat.unread))
            let name = chat.isOffer ? label(ofTopic: chat.topic) : "\(title(chat)) · \(label(ofTopic: chat.topic))"
            listing("\(mark)[\(chat.number)] \(name) · \(chat.language) · \(state)")
        }
        if !unacknowledged.isEmpty { listing(words(.unsavedCount(unacknowledged.entries.count))) }
    }

    private mutating func listHistory(at now: Moment) {
        guard let id = current, let chat = chats[id] else { return complain(.noChatFor(.history), at: now) }
        if chat.history.isEmpty { tell(.nothingSaidYet, number: chat.number, at: nil) }
        for line in chat.history {
            effects.append(.print(ConsoleLine(at: line.at, number: chat.number, text: line.text)))
        }
    }

    // MARK: Scripts and the end

    /// `/wait message 30`: at once when it has happened already.
    private mutating func wait(for rest: String, at now: Moment) {
        let words = rest.split(whereSeparator: \.isWhitespace).map(String.init)
        let seconds = words.count == 2 ? Int(words[1]).flatMap { words[1].isNumber ? $0 : nil } : 60
        guard let name = words.first, let kind = WaitKind(name: name), words.count <= 2, let seconds,
            (1...3600).contains(seconds)
        else { return usage(.wait, at: now) }
        let hasHappened =
            switch kind {
            case .offer: !chats.offers.isEmpty
            case .chat: !chats.active.isEmpty
            case .message: hasNewWords
            case .end: !chats.wrappingUp.isEmpty
            }
        if kind == .message { hasNewWords = false }
        if !hasHappened { wait = Wait(kind: kind, until: now.steady + .seconds(Int64(seconds))) }
    }

    private mutating func quit(at now: Moment) {
        let open = chats.active.count
        let unsaved = unacknowledged.entries.count + inquiries.all.count { !$0.draft.isEmpty }
        if !wasWarnedOfQuit, open > 0 || unsaved > 0 {
            wasWarnedOfQuit = true
            return complain(.quitWarning(open: open, unsaved: unsaved), at: now)
        }
        // Asked for twice: whatever is not saved by now is shown, not waited for.
        farewell = Farewell(deadline: wasWarnedOfQuit ? now.steady : now.steady + .seconds(5))
    }
}

extension Verb {
    /// Whether it is of use only while the server listens. Words and notes are kept meanwhile.
    fileprivate var needsServer: Bool {
        switch self {
        case .accept, .decline, .transfer, .end, .wrapUp, .onBreak, .available, .offline, .capacity, .auto,
            .openQueue, .closeQueue, .schedule, .faq, .inquiries, .take, .release, .finish:
            true
        case .switchChat, .note, .insert, .answer, .send, .cancel, .chats, .history, .wait, .help, .quit: false
        }
    }
}

extension WrapUpReport {
    /// `refund paid resolved #card`; nil when something in it is too long.
    init?(typed words: [String]) {
        self.init()
        var disposition: [String] = []
        for word in words {
            switch word.lowercased() {
            case "resolved", "해결": isResolved = true
            case "unresolved", "미해결": isResolved = false
            case _ where word.hasPrefix("#") && word.count > 1: tags.append(Text(String(word.dropFirst())))
            default: disposition.append(word)
            }
        }
        if !disposition.isEmpty { self.disposition = Text(disposition.joined(separator: " ")) }
        guard tags.count <= 16, tags.allSatisfy({ $0.count <= 64 }), (self.disposition?.count ?? 0) <= 64 else {
            return nil
        }
    }
}

extension ConsoleModel.WaitKind {
    fileprivate init?(name: String) {
        switch name.lowercased() {
        case "offer", "제안": self = .offer
        case "chat", "상담": self = .chat
        case "message", "말": self = .message
        case "end", "종료": self = .end
        default: return nil
        }
    }
}
