// A person's side of the protocol: lines typed by hand in, sentences out (Protocol.md#By-hand). Here are what the
// session remembers and what it makes of lines; what it makes of the desk's words is in HandSession+ServerMessage, a
// topic's questions in HandSession+Intake, and questions that are answered later in HandSession+Inquiry.
//
// Rules that it keeps
// - Only lines of ours begin with `*** `; a customer's own words are never echoed; no control codes, ever.
// - A number chooses only while a menu or a list of frequent questions shows. Everywhere else it is a word like others.
// - A line whose meaning hangs on an answer that is still to come waits for it, so that piped input works; so many wait
//   at most, and one more is refused aloud. Nothing that was typed is dropped silently.

internal import SangdamCore
internal import SangdamProtocol

/// Translates a person's lines to commands and the desk's words to sentences.
struct HandSession {
    /// Where the customer is.
    enum Phase: Equatable {
        /// No chat.
        case lobby
        case waiting
        case talking(AgentName)
    }

    /// What the desk has been asked whose answer decides how the next line is to be read.
    enum Awaited: Equatable {
        case nothing
        /// The first menu.
        case menu
        case position
        case end
        /// The token is being looked up.
        case wayBack
        /// Welcome again: what follows tells where the customer is, at the latest the topics.
        case whereabouts
        /// What a search of the frequent questions finds.
        case answers
        /// Whether the desk takes what was written for later.
        case receipt
        /// The topics as they are now, because the desk did not take it.
        case renewal
        /// The inquiry of this receipt with its words, and behind them the topics.
        case inquiry(Receipt, Reading)
    }

    /// How far the answer has come.
    enum Reading {
        case asked, shown, refused
    }

    let configuration: WireConfiguration
    var language: Language
    /// Set once the session is over.
    var farewell: Farewell?

    var phase = Phase.lobby
    var awaited = Awaited.nothing
    /// Whether a number chooses a topic; of no account while there is a chat.
    var menuShows = false
    /// The topic that is to be entered, until the desk has answered; while its questions are asked, they know it.
    var chosen: TopicStatus?
    /// The answers that went with it.
    var chosenIntake: Intake?
    /// Nil also of a chat that was found again: the desk does not say.
    var topicOfChat: TopicID?
    /// As the desk last told them.
    var topics: [TopicStatus] = []
    var contacts: [ContactCard] = []
    /// What is told about customers' data, as the desk last told it, and the version that the customer agreed to.
    var privacy: PrivacyNotice?
    var agreed: NoticeVersion?
    /// What waits until the customer has agreed: the next line is yes or no.
    var agreement: Agreement?
    /// Which notice was shown that nobody has to agree to.
    var noticeShown: NoticeVersion?
    /// The way back; shown with the first position in a queue.
    var token: Text?
    /// The questions of which the next line answers the first.
    var questionnaire: Questionnaire?
    /// What was found of the frequent questions, as it was listed last.
    var answers: [FAQAnswer] = []
    /// Whether a number shows one of them: they were asked for, and nothing else that has numbers came since.
    var answersShow = false
    /// The first words that the intake was told, until they are searched for.
    var firstWords: Text?
    /// They have been, in this chat.
    var hasSuggested = false
    /// An answer was shown, and the customer has not said yet whether it helped.
    var hasReadAnswer = false
    /// What is being written for later; in a chat it waits.
    var draft: InquiryDraft?
    /// How many there were, and which connection it is: no two drafts have the same id.
    var drafts = 0
    var session: SessionID?
    /// The last inquiry that was told to have arrived.
    var newestInquiry: ChatID?
    /// The customer came back too late for a chat: an inquiry takes over what it knew.
    var hasLostChat = false
    /// Where the customer stands, as it was told last.
    var toldLast: QueuedNotice?
    /// The customer asked for the position, so that it is told even if nothing has changed.
    var wantsPosition = false
    /// Nothing more will be typed: once all that was has been answered, the customer leaves.
    private var inputHasEnded = false
    private var hasAskedToLeave = false
    private var held: [[UInt8]] = []
    private var heldBytes = 0

    init(configuration: WireConfiguration) {
        self.configuration = configuration
        language = configuration.language
    }

    /// The connection is a person's: greets the desk in the customer's name.
    mutating func begin(input: (consuming SessionInput) -> Void) {
        awaited = .menu
        input(.customerHello(language: language, name: nil, resume: nil))
        input(.command(.topics))
    }

    /// Takes one line without its end.
    mutating func receive(
        _ line: UnsafeRawBufferPointer, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        guard isValidUTF8(line) else {
            return refuse(Refusal(.badUTF8), output: &output, input: input)
        }
        guard awaited == .nothing else {
            guard held.count < configuration.limits.heldLines,
                heldBytes + line.count <= configuration.limits.heldBytes
            else { return refuse(Refusal(.tooLong), output: &output, input: input) }
            held.append(Array(line))
            heldBytes += line.count
            return
        }
        take(Array(line), output: &output, input: input)
    }

    /// The input has ended (Ctrl-D, a pipe's end): the customer leaves, after everything that was typed before.
    mutating func endInput(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        inputHasEnded = true
        leaveAfterInput(output: &output, input: input)
    }

    private mutating func leaveAfterInput(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard inputHasEnded, awaited == .nothing, farewell == nil else { return }
        // Asked once: a desk that cannot take the leave just now must not be asked for ever.
        if hasAskedToLeave { phase = .lobby }
        hasAskedToLeave = true
        leave(by: .hangUp, output: &output, input: input)
    }

    /// Answers a refusal of our own with a sentence and has it counted.
    mutating func refuse(_ refusal: Refusal, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        tell(language.phrases.refusal(refusal), &output)
        input(.refused(refusal.code))
    }

    /// What was awaited has come: the lines that waited for it are read, until one of them asks anew.
    mutating func answered(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        awaited = .nothing
        defer { leaveAfterInput(output: &output, input: input) }
        guard !held.isEmpty else { return }
        var lines: [[UInt8]] = []
        swap(&lines, &held)
        heldBytes = 0
        for index in lines.indices {
            guard awaited == .nothing, farewell == nil else {
                held = Array(lines[index...])
                heldBytes = held.reduce(0) { $0 + $1.count }
                return
            }
            take(lines[index], output: &output, input: input)
        }
    }

    private mutating func take(_ line: [UInt8], output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        switch HandLine(line) {
        case .empty:
            if isDrafting {
                passDraft(output: &output, input: input)
            } else if questionnaire != nil {
                pass(output: &output)
            }
        case .verb(let verb, let rest):
            obey(verb, rest, output: &output, input: input)
        case .unknownVerb:
            refuse(Refusal(.unknownVerb), output: &output, input: input)
        case .words(let words):
            hear(words, output: &output, input: input)
        }
    }
}

// MARK: - Words

extension HandSession {
    private mutating func hear(_ words: Text, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        if isDrafting { return hearDraft(words, output: &output, input: input) }
        switch phase {
        case .lobby where answersShow && agreement == nil && words.string.trimmedOfBlanks.typedNumber != nil:
            showAnswer(words, &output)
        case .lobby:
            if questionnaire != nil { return answer(words, output: &output, input: input) }
            if let agreement { return hearConsent(words, to: agreement, output: &output, input: input) }
            guard menuShows else { return tell(language.phrases.byHand.noChatHint, &output) }
            guard let topic = topic(named: words) else {
                return tell(language.phrases.chooseNumber(upTo: topics.count), &output)
            }
            agreeAndChoose(topic, output: &output, input: input)
        case .waiting:
            if answersShow, showAnswer(words, &output) { return }
            answersShow = false
            if questionnaire != nil {
                answer(words, output: &output, input: input)
            } else {
                say(words, output: &output, input: input)
            }
        case .talking:
            say(words, output: &output, input: input)
        }
    }

    /// The topic of that number, as they were told last.
    func topic(named words: Text) -> TopicStatus? {
        guard let number = words.string.trimmedOfBlanks.typedNumber, topics.indices.contains(number - 1) else {
            return nil
        }
        return topics[number - 1]
    }

    mutating func say(_ words: Text, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard words.count <= configuration.limits.textBytes else {
            return refuse(Refusal(.tooLong), output: &output, input: input)
        }
        guard !words.hasNothingToSee else { return refuse(Refusal(.empty), output: &output, input: input) }
        input(.command(.say(chat: nil, id: nil, text: words)))
    }
}

// MARK: - Verbs

extension HandSession {
    private mutating func obey(
        _ verb: HandVerb, _ rest: String, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        switch verb {
        case .help:
            for line in language.phrases.byHand.helpLines { tell(line, &output) }
            if isDrafting { proceed(output: &output, input: input) }
        case .queue:
            guard phase != .lobby else { return tell(language.phrases.refusal(Refusal(.noChat)), &output) }
            wantsPosition = true
            input(.command(.position))
        case .leave:
            leave(by: .leave, output: &output, input: input)
        case .language:
            guard let wish = Language(tag: rest) else { return tell(language.phrases.byHand.languageUsage, &output) }
            language = wish
            tell(language.phrases.byHand.languageChanged, &output)
            input(.command(.language(wish)))
            if questionnaire != nil {
                ask(&output)
            } else if isDrafting {
                proceed(output: &output, input: input)
            } else if phase == .lobby {
                input(.command(.topics))
            }
        case .rate:
            rate(rest, output: &output, input: input)
        case .transcript:
            input(.command(.transcript))
        case .resume:
            let code = Text(rest)
            guard !code.isEmpty, code.count <= ClientMessageLimits.tokenBytes else {
                return tell(language.phrases.byHand.resumeUsage, &output)
            }
            guard phase == .lobby else { return tell(language.phrases.byHand.menuOnlyOutsideChats, &output) }
            guard mayBegin(&output) else { return }
            giveUpChoice()
            awaited = .wayBack
            input(.customerHello(language: language, name: nil, resume: ResumeRequest(token: code, after: 0)))
        case .menu:
            guard phase == .lobby else { return tell(language.phrases.byHand.menuOnlyOutsideChats, &output) }
            guard mayBegin(&output) else { return }
            giveUpChoice()
            input(.command(.topics))
        case .skip:
            skipQuestions(output: &output, input: input)
        case .contact:
            if contacts.isEmpty { tell(language.phrases.byHand.noContacts, &output) }
            // Whether somebody answers there now was true when they came, and may not be any more.
            for card in contacts { tellContact(card, isOpen: nil, &output) }
        case .question:
            ask(rest, &output, input: input)
        case .solved:
            tellHelped(true, output: &output, input: input)
        case .unsolved:
            tellHelped(false, output: &output, input: input)
        case .inquiry:
            inquire(rest, output: &output, input: input)
        case .reply:
            reply(rest, output: &output, input: input)
        case .send:
            sendDraft(output: &output, input: input)
        case .cancel:
            cancel(output: &output, input: input)
        }
    }

    /// Leaves the chat, or the queue, or else the desk.
    mutating func leave(by command: Command, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        if command == .hangUp {
            // Nobody is there who could go on with it.
            if draft?.hasWords == true { tell(language.phrases.inquiries.dropped, &output) }
            draft = nil
        } else if isDrafting {
            guard mayBegin(&output) else { return }
            draft = nil
        }
        guard phase == .lobby else {
            questionnaire = nil
            awaited = .end
            return input(.command(command))
        }
        tell(language.phrases.farewell(.left), &output)
        farewell = .left
    }

    private mutating func rate(_ rest: String, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let score = rest.prefix { !$0.isWhitespace }
        let words = Text(String(rest.dropFirst(score.count)).trimmedOfBlanks)
        var digits = String(score)
        if digits.hasSuffix("점") || digits.hasSuffix("点") || digits.hasSuffix("分") { digits.removeLast() }
        guard let number = digits.typedNumber, (1...5).contains(number) else {
            return tell(language.phrases.byHand.rateUsage, &output)
        }
        guard words.count <= configuration.limits.textBytes else {
            return refuse(Refusal(.tooLong), output: &output, input: input)
        }
        guard words.isEmpty || !words.hasNothingToSee else {
            return refuse(Refusal(.empty), output: &output, input: input)
        }
        input(.command(.rate(score: UInt8(clamping: number), comment: words.isEmpty ? nil : words)))
    }
}

// MARK: - Printing

extension HandSession {
    /// A line of the server's own.
    func tell(_ sentence: String, _ output: inout [UInt8]) {
        output.append(contentsOf: "*** ".utf8)
        output.append(contentsOf: sentence.utf8)
        output.append(UInt8(ascii: "\n"))
    }

    /// Somebody's words, each line with its speaker, so that no line of theirs can pass for ours.
    func tell(_ speaker: String, says text: Text, _ output: inout [UInt8]) {
        for line in TerminalText.sanitisedLines(text) {
            output.append(contentsOf: speaker.utf8)
            output.append(contentsOf: "> ".utf8)
            output.append(contentsOf: line.utf8)
            output.append(UInt8(ascii: "\n"))
        }
    }

    func tellContacts(_ contacts: [ContactStatus], _ output: inout [UInt8]) {
        for contact in contacts { tellContact(contact.card, isOpen: contact.isOpen, &output) }
    }

    private func tellContact(_ card: ContactCard, isOpen: Bool?, _ output: inout [UInt8]) {
        tell(
            language.phrases.contact(
                label: card.labels.text(in: language), phone: card.phone, hours: card.hours.text(in: language),
                isOpen: isOpen),
            &output)
    }
}
