// What the desk says of inquiries, by hand: the receipt of a new one, one that was asked for by its receipt with all that
// was said, and news of the customer's own. Who reads one is told where it ends by what the desk answers behind it.

internal import SangdamCore

extension HandSession {
    // MARK: Reading one

    /// Its words come from the journal, in front of whatever is asked behind it: so the topics mark their end.
    mutating func read(_ receipt: Receipt, input: (consuming SessionInput) -> Void) {
        awaited = .inquiry(receipt, .asked)
        input(.command(.inquiry(receipt)))
        input(.command(.topics))
    }

    /// All that was said has been shown.
    mutating func endReading(
        _ receipt: Receipt, _ reading: Reading, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if reading == .shown { tell(language.phrases.howToReply(receipt.description), &output) }
        answered(output: &output, input: input)
    }

    // MARK: An inquiry as it is now

    mutating func show(_ notice: InquiryNotice, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        if case .inquiry(notice.receipt, let reading) = awaited, reading != .shown {
            awaited = .inquiry(notice.receipt, .shown)
            tell(language.phrases.inquiry(notice.receipt.description, notice.state), &output)
            if notice.state.isDue { tell(language.phrases.due(notice.due), &output) }
            return
        }
        switch notice.state {
        case .open: hasArrived(notice, output: &output, input: input)
        case .reopened:
            tell(language.phrases.inquiry(notice.receipt.description, .reopened), &output)
            tell(language.phrases.due(notice.due), &output)
        case .answered:
            // The answer comes behind it.
            tell(language.phrases.inquiry(notice.receipt.description, .answered), &output)
            tell(language.phrases.howToReply(notice.receipt.description), &output)
        case .closed: tell(language.phrases.inquiry(notice.receipt.description, .closed), &output)
        // Who among the agents has it changes nothing for the customer.
        case .taken: break
        }
    }

    /// An older one is open once more when its agent lets it go: nothing to tell.
    private mutating func hasArrived(
        _ notice: InquiryNotice, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let isMine = awaited == .receipt && draft?.goal == .inquiry
        guard isMine || newestInquiry != nil, newestInquiry.map({ $0 < notice.inquiry }) ?? true else { return }
        newestInquiry = notice.inquiry
        tell(language.phrases.inquiryArrived(notice.receipt.description), &output)
        tell(language.phrases.due(notice.due), &output)
        if notice.isMailed { tell(language.phrases.inquiries.mailed, &output) }
        tell(language.phrases.howToRead(notice.receipt.description), &output)
        guard isMine else { return }
        (draft, hasLostChat) = (nil, false)
        // Whoever waited leaves the queue by it.
        if phase == .waiting { awaited = .end } else { answered(output: &output, input: input) }
    }

    /// What was added is stored.
    mutating func hasReplied(_ id: ClientMessageID?, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard awaited == .receipt, let draft, draft.id == id, case .reply(let receipt) = draft.goal else { return }
        self.draft = nil
        tell(language.phrases.replied(receipt.description), &output)
        answered(output: &output, input: input)
    }

    // MARK: What was written and did not go out

    /// The desk did not take it. It is kept, and what the desk misses is asked for.
    mutating func keepDraft(_ refusal: Refusal, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let sentences = language.phrases
        tell(refusal.code == .rateLimited ? sentences.tooManyInquiries(refusal) : sentences.refusal(refusal), &output)
        (agreement, questionnaire, answersShow) = (nil, nil, false)
        draft?.isWhole = false
        if refusal.code == .unknownInquiry { tell(sentences.inquiries.otherReceipt, &output) }
        if case .talking = phase {
            awaited = .nothing
            pauseDraft(&output)
            return answered(output: &output, input: input)
        }
        guard [.unknownTopic, .consentRequired, .intakeRequired].contains(refusal.code) else {
            proceed(output: &output, input: input)
            return answered(output: &output, input: input)
        }
        if refusal.code != .consentRequired { draft?.takesOverChat = false }
        // The questions that are known are out of date, or the notice.
        if refusal.code == .consentRequired { agreed = nil }
        awaited = .renewal
        input(.command(.topics))
    }

    /// The topics as they are now: what they ask beyond what was answered is asked for.
    mutating func renewDraft(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let topic = draft?.topic?.id ?? topicOfChat
        if draft?.takesOverChat == false { draft?.topic = topics.first { $0.id == topic } }
        proceed(output: &output, input: input)
        answered(output: &output, input: input)
    }

    /// A chat has begun: what is typed now is for the agent.
    mutating func pauseDraft(_ output: inout [UInt8]) {
        agreement = nil
        // What has gone out already has its answer to come.
        guard let paused = draft, awaited != .receipt else { return }
        draft?.isWhole = false
        guard paused.hasWords else {
            draft = nil
            return
        }
        let sentences = language.phrases.inquiries
        tell(paused.goal == .inquiry ? sentences.paused : sentences.kept, &output)
    }
}

extension InquiryState {
    /// The customer waits for an answer.
    fileprivate var isDue: Bool {
        switch self {
        case .open, .taken, .reopened: true
        case .answered, .closed: false
        }
    }
}
