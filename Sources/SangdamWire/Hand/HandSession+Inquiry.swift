// A question that is answered later, by hand, step by step: its topic, what must be agreed to and what must be answered
// as before a chat, the words in as many lines as they take, an address. Out of a queue the desk knows the first three.
//
// Rules that it keeps
// - Until the desk has taken it, what was written is here: no refusal and no chat that begins meanwhile loses it, and no
//   other command does. Only `/취소` and the end of the input do, and both say so.
// - While it is being written, lines are its lines, numbers too; in a chat they are the agent's.

internal import SangdamCore

extension HandSession {
    // MARK: Verbs

    /// `/문의`, alone or with a receipt.
    mutating func inquire(_ rest: String, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard rest.isEmpty else {
            guard let receipt = Receipt(rest) else { return tell(language.phrases.inquiries.usage, &output) }
            return read(receipt, input: input)
        }
        guard mayBegin(&output) else { return }
        if case .talking = phase { return tell(language.phrases.refusal(Refusal(.alreadyInChat)), &output) }
        var draft = newDraft(.inquiry)
        draft.takesOverChat = phase == .waiting || hasLostChat
        if !draft.takesOverChat, topics.count == 1 { draft.topic = topics.first }
        guard draft.takesOverChat || !topics.isEmpty else {
            return tell(language.phrases.refusal(Refusal(.unknownTopic)), &output)
        }
        begin(draft, output: &output, input: input)
    }

    /// `/답장` with a receipt, and the words behind it or in the lines to come.
    mutating func reply(_ rest: String, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard let (receipt, words) = Self.receiptAndWords(rest) else {
            return tell(language.phrases.inquiries.replyUsage, &output)
        }
        if words.isEmpty, case .reply = draft?.goal {
            // The receipt was wrong; the words are not.
            draft?.goal = .reply(receipt)
            return proceed(output: &output, input: input)
        }
        guard mayBegin(&output) else { return }
        guard words.utf8.count <= configuration.limits.inquiryBytes else {
            return refuse(Refusal(.tooLong), output: &output, input: input)
        }
        var draft = newDraft(.reply(receipt))
        if words.isEmpty {
            if case .talking = phase { return tell(language.phrases.inquiries.replyUsage, &output) }
        } else {
            draft.append(Text(words))
            guard draft.hasWords else { return refuse(Refusal(.empty), output: &output, input: input) }
            draft.isWhole = true
        }
        begin(draft, output: &output, input: input)
    }

    /// `/보내기`: the words are whole.
    mutating func sendDraft(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard let draft else { return tell(language.phrases.inquiries.nothingToSend, &output) }
        if case .talking = phase, draft.goal == .inquiry { return tellAgent(draft, output: &output, input: input) }
        if draft.isWhole, draft.email == .notAsked { self.draft?.email = .none }
        if !isAsking, !draft.needsTopic {
            guard draft.hasWords else { return refuse(Refusal(.empty), output: &output, input: input) }
            self.draft?.isWhole = true
        }
        proceed(output: &output, input: input)
    }

    /// `/취소`: what was being written is given up, or a choice that has not been entered.
    mutating func cancel(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let hadChoice = phase == .lobby && isAsking
        guard draft != nil || hadChoice else { return tell(language.phrases.inquiries.nothingToCancel, &output) }
        giveUpChoice()
        tell(language.phrases.inquiries.cancelled, &output)
        switch phase {
        case .lobby: input(.command(.topics))
        case .waiting:
            wantsPosition = true
            input(.command(.position))
        case .talking: break
        }
    }

    /// Nothing that was written is lost by beginning or leaving something else; whoever wants that says so first.
    func mayBegin(_ output: inout [UInt8]) -> Bool {
        guard let draft, draft.hasWords else { return true }
        tell(language.phrases.inquiries.unsent, &output)
        return false
    }

    private static func receiptAndWords(_ rest: String) -> (Receipt, String)? {
        // A receipt has three groups, which may stand apart.
        var end = rest.startIndex
        for _ in 1...3 {
            let begin = rest[end...].firstIndex { !$0.isWhitespace } ?? rest.endIndex
            end = rest[begin...].firstIndex(where: \.isWhitespace) ?? rest.endIndex
            if let receipt = Receipt(String(rest[..<end])) {
                return (receipt, String(rest[end...]).trimmedOfBlanks)
            }
        }
        return nil
    }

    // MARK: Steps

    private mutating func newDraft(_ goal: InquiryDraft.Goal) -> InquiryDraft {
        drafts += 1
        return InquiryDraft(goal, id: session.flatMap { ClientMessageID("\($0)-\(drafts)") })
    }

    private mutating func begin(
        _ draft: InquiryDraft, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if !draft.isWhole {
            giveUpChoice()
            (menuShows, answersShow) = (false, false)
        }
        self.draft = draft
        proceed(output: &output, input: input)
    }

    /// The queue takes no chat now and offers this: what was answered already counts.
    mutating func inquireInstead(
        of topic: TopicStatus, _ intake: Intake?, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        var draft = newDraft(.inquiry)
        draft.topic = topic
        draft.intake = intake ?? Intake()
        tell(language.phrases.inquiries.instead, &output)
        begin(draft, output: &output, input: input)
        // Somebody who would rather choose something else still sees the menu.
        menuShows = true
    }

    /// The next line belongs to what is being written.
    var isDrafting: Bool {
        if case .talking = phase { false } else { draft != nil }
    }

    /// Somebody is asked something else than the words.
    private var isAsking: Bool { questionnaire != nil || agreement != nil }

    /// Whoever waits has agreed already.
    var needsAgreement: Bool {
        guard draft?.goal == .inquiry, phase == .lobby, let privacy else { return false }
        return privacy.needsConsent && agreed != privacy.version
    }

    /// Asks for what is still missing, or sends what is whole.
    mutating func proceed(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard let draft else { return }
        let words = language.phrases.inquiries
        if draft.needsTopic {
            tell(words.topicPrompt, &output)
            for (index, topic) in topics.enumerated() {
                let label = topic.labels.text(in: language)
                tell(language.phrases.choiceLine(number: index + 1, label: label), &output)
            }
        } else if needsAgreement, let privacy {
            agreement = .inquiry
            tell(privacy, &output)
            tell(language.phrases.byHand.consentPrompt, &output)
        } else if let topic = draft.topic, !draft.openQuestions.isEmpty {
            if questionnaire == nil {
                tell(language.phrases.byHand.intakeRequiredIntroduction, &output)
                questionnaire = Questionnaire(
                    questions: draft.openQuestions[...], required: draft.intake, topic: topic)
            }
            ask(&output)
        } else if !draft.isWhole, draft.hasWords {
            tell(words.kept, &output)
        } else if !draft.isWhole {
            tell(draft.goal == .inquiry ? words.textPrompt : words.replyPrompt, &output)
            tell(words.howToSend, &output)
        } else if draft.goal == .inquiry, draft.email == .notAsked {
            tell(words.emailPrompt, &output)
        } else {
            send(draft, input: input)
        }
    }

    private mutating func send(_ draft: InquiryDraft, input: (consuming SessionInput) -> Void) {
        awaited = .receipt
        switch draft.goal {
        case .reply(let receipt): input(.command(.reply(receipt, id: draft.id, text: draft.text)))
        case .inquiry:
            var wish = InquiryWish(topic: draft.topic?.id, text: draft.text, id: draft.id)
            if case .address(let address) = draft.email { wish.email = address }
            wish.intake = draft.intake.isEmpty ? nil : draft.intake
            wish.consent = agreed
            input(.command(.inquire(wish)))
        }
    }

    /// The agent has come meanwhile, and is told what would have been asked later.
    private mutating func tellAgent(
        _ draft: InquiryDraft, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let text = draft.text
        guard draft.hasWords else { return refuse(Refusal(.empty), output: &output, input: input) }
        // A line of it may fit where all of it does not.
        let limit = configuration.limits.textBytes
        let parts = text.count <= limit ? [text] : text.string.split(separator: "\n").map { Text(String($0)) }
        guard parts.allSatisfy({ $0.count <= limit }) else {
            return refuse(Refusal(.tooLong), output: &output, input: input)
        }
        self.draft = nil
        for part in parts where !part.hasNothingToSee { say(part, output: &output, input: input) }
    }

    // MARK: Lines

    /// A line that belongs to what is being written.
    mutating func hearDraft(_ words: Text, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard let draft else { return }
        if let agreement { return hearConsent(words, to: agreement, output: &output, input: input) }
        if questionnaire != nil { return answer(words, output: &output, input: input) }
        if draft.needsTopic { return chooseTopic(words, output: &output, input: input) }
        if draft.isWhole { return hearAddress(words, output: &output, input: input) }
        if menuShows, !draft.hasWords, let topic = topic(named: words) {
            giveUpChoice()
            return agreeAndChoose(topic, output: &output, input: input)
        }
        let limit = configuration.limits.inquiryBytes
        let room = draft.room(within: limit)
        guard words.count <= room else {
            tell(language.phrases.draftIsFull(limitBytes: limit, roomBytes: room), &output)
            return input(.refused(.tooLong))
        }
        self.draft?.append(words)
    }

    /// Enter alone: a blank line, no address, or a question that must not be passed.
    mutating func passDraft(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard let draft else { return }
        if questionnaire != nil { return pass(output: &output) }
        if agreement != nil || draft.needsTopic { return proceed(output: &output, input: input) }
        if draft.isWhole { return skipAddress(output: &output, input: input) }
        if draft.hasWords { hearDraft("", output: &output, input: input) }
    }

    private mutating func chooseTopic(
        _ words: Text, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        guard let topic = topic(named: words) else {
            return tell(language.phrases.byHand.intakeNoChoice, &output)
        }
        draft?.topic = topic
        proceed(output: &output, input: input)
    }

    private mutating func hearAddress(
        _ words: Text, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let line = words.string.trimmedOfBlanks
        guard !line.isEmpty else { return skipAddress(output: &output, input: input) }
        guard let address = EmailAddress(line) else {
            let sentences = language.phrases.inquiries
            let isLong = line.utf8.count > EmailAddress.limitBytes
            tell(isLong ? sentences.emailTooLong : sentences.emailWrong, &output)
            return input(.refused(.badField))
        }
        draft?.email = .address(address)
        proceed(output: &output, input: input)
    }

    /// No address is told.
    mutating func skipAddress(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        draft?.email = .none
        proceed(output: &output, input: input)
    }
}
