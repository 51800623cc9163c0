// What the agent does with inquiries: lists them, takes one, answers it in one line or in several, lets it go, finishes
// it. Words that are typed without a command go to chats, but while an answer is being written.
//
// Rules that it keeps
// - An answer goes to the inquiry that was taken or named last, which its `▶` line said; a chat that is chosen with
//   `/switch` or `/accept` has the typed words again, and what was written so far waits.
// - What was written is forgotten only when it is sent or dropped by `/cancel`.

internal import SangdamCore
internal import SangdamWire

extension ConsoleModel {
    // MARK: Lists

    /// `/inquiries money taken`: queue and state in any order.
    mutating func listInquiries(_ rest: String, at now: Moment) {
        var (queue, state): (QueueID?, InquiryState?)
        for word in rest.split(whereSeparator: \.isWhitespace).map(String.init) {
            if state == nil, let named = InquiryState(typed: word) {
                state = named
            } else if queue == nil, let named = QueueID(validating: word) {
                queue = named
            } else {
                return usage(.inquiries, at: now)
            }
        }
        asks.add(.inquiries, number: nil, at: now.steady)
        send(.inquiries(queue: queue, state: state))
    }

    /// Lines of `/chats`.
    mutating func listHeldInquiries() {
        for inquiry in inquiries.all where inquiry.isHeld(by: agentName) || !inquiry.draft.isEmpty {
            listing(row(of: inquiry))
        }
    }

    func row(of inquiry: ConsoleInquiry) -> String {
        let mark = inquiry.id == currentInquiry ? "▶" : " "
        let text = words(.inquiry(.row(inquiry, topic: label(ofTopic: inquiry.topic))))
        return "\(mark)\(LineHandle.inquiry(inquiry.number).text) \(text)"
    }

    // MARK: Taking

    /// `/take`, `/take 3`, `/take QUEUE` or by the id.
    mutating func takeInquiry(_ rest: String, at now: Moment) {
        guard !rest.isEmpty else { return askToTake(nil, nil, at: now) }
        if let number = Self.inquiryNumber(rest) {
            guard let inquiry = inquiries[number: number] else {
                return complain(.inquiry(.noSuch(clean(rest))), at: now)
            }
            return askToTake(inquiry.id, nil, at: now)
        }
        if let id = WrittenCode(rest).flatMap({ ChatID($0) }) { return askToTake(id, nil, at: now) }
        guard let queue = QueueID(validating: rest) else { return usage(.take, at: now) }
        askToTake(nil, queue, at: now)
    }

    private mutating func askToTake(_ id: ChatID?, _ queue: QueueID?, at now: Moment) {
        asks.add(.take(id), handle: id.flatMap { inquiries[$0] }.map(\.handle), at: now.steady)
        send(.take(inquiry: id, queue: queue))
    }

    /// `3` or `?3`, as it stands on the screen.
    private static func inquiryNumber(_ word: String) -> Int? {
        let digits = word.hasPrefix("?") ? String(word.dropFirst()) : word
        return digits.isNumber ? Int(digits) : nil
    }

    /// The inquiry that a command is about: named with `?3` in front, or the current one.
    private mutating func target(_ rest: String, of verb: Verb, at now: Moment) -> (ConsoleInquiry, String)? {
        let first = String(rest.prefix { !$0.isWhitespace })
        if first.hasPrefix("?"), let number = Self.inquiryNumber(first) {
            guard let inquiry = inquiries[number: number] else {
                complain(.inquiry(.noSuch(clean(first))), at: now)
                return nil
            }
            return (inquiry, String(rest.dropFirst(first.count)).trimmedOfBlanks)
        }
        guard let inquiry = currentInquiry.flatMap({ inquiries[$0] }) else {
            complain(.inquiry(.noneFor(verb)), at: now)
            return nil
        }
        return (inquiry, rest)
    }

    // MARK: Answering

    /// `/answer words` sends them behind what was written before; `/answer` alone has the lines to come written.
    mutating func answerInquiry(_ rest: String, at now: Moment) {
        guard let (inquiry, text) = target(rest, of: .answer, at: now) else { return }
        currentInquiry = inquiry.id
        guard text.isEmpty else { return post(inquiry.draft + [text], to: inquiry, at: now) }
        writing = inquiry.id
        tell(.inquiry(.writing(lines: inquiry.draft.count)), about: inquiry.handle, at: now.wall)
    }

    /// A line of the answer that is being written.
    mutating func write(_ line: String, to inquiry: ConsoleInquiry, at now: Moment) {
        let bytes = inquiry.draft.reduce(line.utf8.count) { $0 + $1.utf8.count + 1 }
        guard bytes <= ConsoleBounds.inquiryBytes else {
            return complain(
                .tooLong(bytes: bytes, limit: ConsoleBounds.inquiryBytes), about: inquiry.handle, at: now)
        }
        inquiries.change(inquiry.id) { $0.draft.append(line) }
    }

    mutating func sendAnswer(at now: Moment) {
        guard let inquiry = writing.flatMap({ inquiries[$0] }), !inquiry.draft.isEmpty else {
            return complain(.inquiry(.nothingWritten), at: now)
        }
        post(inquiry.draft, to: inquiry, at: now)
    }

    mutating func dropAnswer(at now: Moment) {
        guard let inquiry = writing.flatMap({ inquiries[$0] }) else {
            return complain(.inquiry(.nothingWritten), at: now)
        }
        writing = nil
        inquiries.change(inquiry.id) { $0.draft = [] }
        tell(.inquiry(.dropped), about: inquiry.handle, at: now.wall)
    }

    /// A chat was chosen: what is typed now is for its customer.
    mutating func pauseWriting(at now: Moment) {
        guard let inquiry = writing.flatMap({ inquiries[$0] }) else { return }
        writing = nil
        if !inquiry.draft.isEmpty { tell(.inquiry(.paused), about: inquiry.handle, at: now.wall) }
    }

    private mutating func post(_ lines: [String], to inquiry: ConsoleInquiry, at now: Moment) {
        let text = lines.joined(separator: "\n").trimmedOfBlanks
        guard text.utf8.count <= ConsoleBounds.inquiryBytes else {
            return complain(
                .tooLong(bytes: text.utf8.count, limit: ConsoleBounds.inquiryBytes), about: inquiry.handle, at: now)
        }
        guard !text.isEmpty else { return complain(.inquiry(.nothingWritten), at: now) }
        guard unacknowledged.add(.answer, text, chat: inquiry.id, handle: inquiry.handle, at: now) != nil else {
            return complain(
                .tooManyUnacknowledged(clean(text), limit: ConsoleBounds.unsaved), about: inquiry.handle, at: now)
        }
        inquiries.change(inquiry.id) { $0.draft = [] }
        if writing == inquiry.id { writing = nil }
        sendWhatIsDue(at: now)
    }

    // MARK: Letting go

    mutating func releaseInquiry(_ rest: String, at now: Moment) {
        guard let (inquiry, more) = target(rest, of: .release, at: now) else { return }
        guard more.isEmpty else { return usage(.release, at: now) }
        asks.add(.release(inquiry.id), handle: inquiry.handle, at: now.steady)
        send(.release(inquiry: inquiry.id))
    }

    mutating func finishInquiry(_ rest: String, at now: Moment) {
        guard let (inquiry, more) = target(rest, of: .finish, at: now) else { return }
        guard let report = WrapUpReport(typed: more.split(whereSeparator: \.isWhitespace).map(String.init)) else {
            return usage(.finish, at: now)
        }
        asks.add(.close(inquiry.id), handle: inquiry.handle, at: now.steady)
        send(.close(inquiry: inquiry.id, report))
    }

    /// It is no longer the agent's turn.
    mutating func letGo(_ id: ChatID, state: String) {
        inquiries.change(id) { inquiry in
            inquiry.state = state
            if state == InquiryState.open.rawValue { inquiry.agent = nil }
        }
        if currentInquiry == id { currentInquiry = nil }
        if writing == id { writing = nil }
    }
}

extension ConsoleInquiry {
    var handle: LineHandle { .inquiry(number) }
}

extension InquiryState {
    /// As agents type it, in either language.
    fileprivate init?(typed word: String) {
        switch word.lowercased() {
        case "접수": self = .open
        case "담당": self = .taken
        case "답변함": self = .answered
        case "마무리": self = .closed
        case "재문의": self = .reopened
        case let word:
            guard let state = InquiryState(rawValue: word) else { return nil }
            self = state
        }
    }
}
