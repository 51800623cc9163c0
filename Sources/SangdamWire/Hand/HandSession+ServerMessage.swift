// What the desk says, as sentences. A person is told what has changed for them and nothing else: acknowledgements,
// read marks and typing are a program's affair.

internal import SangdamCore

extension HandSession {
    mutating func deliver(_ message: ServerMessage, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let phrases = language.phrases
        switch message {
        case .welcome(let welcome):
            greet(welcome, output: &output, input: input)
        case .ok(let about, _):
            if about == "rate" { tell(phrases.both.rated, &output) }
        case .topics(let notice):
            learn(notice, output: &output, input: input)
        case .queued(let notice):
            tellPosition(notice, output: &output, input: input)
        case .delayed(let notice):
            tell(phrases.delay(notice), &output)
            tellAlternatives(notice.alternatives, notice.openTopics, &output)
            tell(phrases.inquiries.insteadOfWaiting, &output)
        case .started(let notice):
            if case .agent(let agent) = notice.other { begin(with: agent, output: &output, input: input) }
        case .message(let notice):
            tellMessage(notice, &output)
        case .party(_, let who, let state):
            tellParty(who, state, &output)
        case .ended(_, let reason, let receipt):
            end(reason, receipt, output: &output, input: input)
        case .faq(let found, let isUnasked):
            show(found, isUnasked: isUnasked, output: &output, input: input)
        case .transcript(.begins):
            tell(phrases.byHand.transcriptBegins, &output)
        case .transcript(.ends):
            tell(phrases.byHand.transcriptEnds, &output)
        case .error(let refusal):
            tellRefusal(refusal, output: &output, input: input)
        case .bye(let farewell):
            tell(phrases.farewell(farewell), &output)
        case .inquiry(let notice):
            show(notice, output: &output, input: input)
        case .ack(_, let id, _):
            hasReplied(id, output: &output, input: input)
        case .overridden, .typing, .seen, .offer, .offerClosed, .note, .status, .inquiries, .inquiryNews:
            break
        }
    }

    private mutating func greet(_ welcome: Welcome, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let isReturn = awaited == .wayBack
        language = welcome.language
        token = welcome.token ?? token
        session = welcome.session
        guard isReturn else {
            tell(language.phrases.greeting(desk: configuration.deskName.text(in: language)), &output)
            tell(language.phrases.byHand.otherLanguages, &output)
            return
        }
        tell(language.phrases.byHand.welcomeBack, &output)
        // A chat shows itself before the topics come; without one they are the menu.
        awaited = .whereabouts
        input(.command(.topics))
    }

    private mutating func learn(
        _ notice: TopicsNotice, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        // These mark the end of something; the numbers on the screen stay what they are.
        if case .inquiry(let receipt, let reading) = awaited {
            return endReading(receipt, reading, output: &output, input: input)
        }
        privacy = notice.privacy
        topics = notice.topics
        contacts = notice.contacts.map(\.card)
        switch awaited {
        case .renewal: renewDraft(output: &output, input: input)
        // The list of them has changed.
        case .nothing where isDrafting && draft?.needsTopic == true: proceed(output: &output, input: input)
        case .position, .receipt: break
        case .nothing, .menu, .end, .wayBack, .whereabouts, .answers, .inquiry:
            if phase == .lobby, draft == nil { showMenu(notice.contacts, output: &output, input: input) }
        }
    }

    private mutating func showMenu(
        _ contacts: [ContactStatus], output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let phrases = language.phrases
        let isAnyOpen = topics.contains { $0.isOpen }
        if isAnyOpen {
            tell(phrases.duty.someoneOnDuty, &output)
        } else {
            // Only where one may wait is anybody told to.
            let mayWait = topics.contains { $0.reception.offering == .chat }
            let isClosed = topics.allSatisfy { $0.reception.status == .closed }
            let headline =
                switch (mayWait, isClosed) {
                case (true, true): phrases.duty.closedButMayWait
                case (true, false): phrases.duty.nobodyOnDuty
                case (false, true): phrases.refusals(.closed)
                case (false, false): phrases.refusals(.unstaffed)
                }
            tell(headline, &output)
            tellContacts(contacts, &output)
        }
        for (index, topic) in topics.enumerated() {
            let (number, label) = (index + 1, topic.labels.text(in: language))
            let isClosed = topic.reception.status == .closed
            tell(
                isClosed
                    ? phrases.menuLine(number: number, label: label, closedUntil: topic.reception.until)
                    : phrases.menuLine(number: number, label: label, isOpen: topic.isOpen, waiting: topic.waiting),
                &output)
        }
        agreement = nil
        menuShows = !topics.isEmpty
        answersShow = false
        if configuration.hasFAQ { tell(phrases.byHand.faqHint, &output) }
        if topics.contains(where: { $0.reception.offering == .inquiry }) { tell(phrases.inquiries.hint, &output) }
        if let privacy, !privacy.needsConsent, noticeShown != privacy.version {
            noticeShown = privacy.version
            tell(privacy, &output)
        }
        if menuShows { tell(phrases.byHand.menuPrompt, &output) }
        if awaited == .menu || awaited == .whereabouts { answered(output: &output, input: input) }
    }

    private mutating func tellPosition(
        _ notice: QueuedNotice, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let phrases = language.phrases
        let wasInLobby = phase == .lobby
        if case .talking = phase {
            tell(phrases.both.looking, &output)
            toldLast = nil
        }
        let entered = wasInLobby ? chosen : nil
        if wasInLobby { topicOfChat = entered?.id }
        if let entered { tell(phrases.entered(topic: entered.labels.text(in: language)), &output) }
        chosen = nil
        hasLostChat = false
        phase = .waiting
        if wantsPosition || toldLast.map({ changesMuch(from: $0, to: notice) }) ?? true {
            tell(
                phrases.position(
                    ahead: notice.position - 1, wait: notice.wait.map { WaitWords($0) }, onDuty: notice.onDuty),
                &output)
            toldLast = notice
        }
        wantsPosition = false
        if let entered {
            if let token {
                let held = LengthWords(promised: notice.hold)
                tell(phrases.wayBack(token: TerminalText.sanitised(token), held: held), &output)
            }
            askWhileWaiting(entered, &output)
            suggest(input: input)
        }
        if awaited == .position || awaited == .whereabouts { answered(output: &output, input: input) }
    }

    /// Whether somebody who waits would want to know: another position, agents coming or going, an estimate that the
    /// last one did not promise.
    private func changesMuch(from old: QueuedNotice, to new: QueuedNotice) -> Bool {
        if old.position != new.position || old.onDuty != new.onDuty { return true }
        guard let before = old.wait, let now = new.wait else { return old.wait != new.wait }
        return now.lowSeconds > before.highSeconds || now.highSeconds < before.lowSeconds
    }

    private mutating func begin(with agent: AgentName, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let phrases = language.phrases
        switch phase {
        case .talking(agent) where wantsPosition: tell(phrases.talking(with: agent.text), &output)
        case .talking(agent): break
        case .talking: tell(phrases.handedOver(to: agent.text), &output)
        case .lobby, .waiting: tell(phrases.started(with: agent.text), &output)
        }
        if phase == .lobby { topicOfChat = chosen?.id }
        phase = .talking(agent)
        wantsPosition = false
        chosen = nil
        questionnaire = nil
        answersShow = false
        toldLast = nil
        hasLostChat = false
        pauseDraft(&output)
        // Words to an agent do not wait for a search either.
        if [.position, .whereabouts, .answers].contains(awaited) { answered(output: &output, input: input) }
    }

    private func tellMessage(_ notice: MessageNotice, _ output: inout [UInt8]) {
        let phrases = language.phrases
        let name = notice.name.map { TerminalText.sanitised($0) }
        switch notice.body {
        case .system(.idleReminder(let endsIn)):
            tell(phrases.idleReminder(endsIn: endsIn), &output)
        case .words(let text): tellWords(text, of: notice.from, name, &output)
        case .erased: tellWords(Text(phrases.byHand.erasedWords), of: notice.from, name, &output)
        }
    }

    private func tellWords(_ text: Text, of speaker: Party, _ name: String?, _ output: inout [UInt8]) {
        let phrases = language.phrases
        switch speaker {
        case .customer: tell(phrases.both.me, says: text, &output)
        case .agent: tell(phrases.agentSpeaker(name), says: text, &output)
        case .system: for line in TerminalText.sanitisedLines(text) { tell(line, &output) }
        }
    }

    private func tellParty(_ who: Party, _ state: PartyState, _ output: inout [UInt8]) {
        let phrases = language.phrases
        switch (who, state) {
        case (.agent, .away): tell(phrases.both.agentAway, &output)
        case (.agent, .back): tell(phrases.both.agentBack, &output)
        case (.agent, .left): tell(phrases.both.agentLeft, &output)
        case (.customer, _), (.system, _): break
        }
    }

    private mutating func end(
        _ reason: EndReason, _ receipt: Receipt, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let phrases = language.phrases
        let wasTalking: Bool
        if case .talking = phase { wasTalking = true } else { wasTalking = false }
        phase = .lobby
        topicOfChat = nil
        menuShows = false
        questionnaire = nil
        (answersShow, hasSuggested) = (false, false)
        toldLast = nil
        let gaveUp = !wasTalking && reason == .customerLeft
        tell(gaveUp ? phrases.byHand.leftQueue : phrases.ended(reason), &output)
        // An inquiry's own receipt stands above.
        if reason != .inquired { tell(phrases.receipt(receipt.description), &output) }
        hasLostChat = reason == .customerLost
        if hasLostChat { tell(phrases.inquiries.insteadOfWaiting, &output) }
        if wasTalking { tell(phrases.byHand.howToRate, &output) }
        // Back to a chat that was over: the topics are on their way.
        if awaited == .whereabouts { return }
        switch awaited {
        // Their answers are still to come.
        case .receipt, .renewal, .inquiry: return
        case .nothing: break
        case .menu, .position, .end, .wayBack, .whereabouts, .answers: answered(output: &output, input: input)
        }
        guard farewell == nil, phase == .lobby else { return }
        if draft?.hasWords == true { return tell(phrases.inquiries.kept, &output) }
        draft = nil
        input(.command(.topics))
    }

    /// Whom else to ask, and what else is open.
    /// - Parameter numbered: false where a number chooses none of them.
    private func tellAlternatives(
        _ alternatives: Alternatives?, _ openTopics: [TopicID], numbered: Bool = true, _ output: inout [UInt8]
    ) {
        tellContacts(alternatives?.contacts ?? [], &output)
        let labels = openTopics.compactMap { id in
            topics.firstIndex { $0.id == id }.map { index in
                (numbered ? "\(index + 1). " : "") + topics[index].labels.text(in: language)
            }
        }
        if !labels.isEmpty { tell(language.phrases.stillOpen(labels.joined(separator: ", ")), &output) }
    }

    private mutating func tellRefusal(
        _ refusal: Refusal, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if awaited == .receipt, let draft, refusal.messageID == draft.id {
            return keepDraft(refusal, output: &output, input: input)
        }
        tell(language.phrases.refusal(refusal), &output)
        // Of an inquiry that was asked for there are two answers, and what was written waits for its own.
        switch awaited {
        case .receipt: return
        case .inquiry(let receipt, .asked):
            awaited = .inquiry(receipt, .refused)
            return
        default: break
        }
        let instead = refusal.alternatives?.offers.contains(.inquiry) == true ? chosen : nil
        tellAlternatives(refusal.alternatives, refusal.openTopics, numbered: instead == nil, &output)
        wantsPosition = false
        chosen = nil
        if let instead { inquireInstead(of: instead, chosenIntake, output: &output, input: input) }
        // The menu on the screen is out of date, or the notice.
        let isOutOfDate = [.unknownTopic, .consentRequired, .intakeRequired].contains(refusal.code)
        if isOutOfDate, phase == .lobby { input(.command(.topics)) }
        if awaited != .nothing { answered(output: &output, input: input) }
    }
}
