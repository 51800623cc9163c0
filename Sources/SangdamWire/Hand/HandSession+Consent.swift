// The choice of a topic by hand: a notice that must be agreed to is shown before the choice takes effect.

internal import SangdamCore

/// What somebody agrees for.
enum Agreement {
    /// The topic that was chosen.
    case entering(TopicStatus)
    /// What is being written.
    case inquiry
}

extension HandSession {
    /// Takes the choice from the menu, or asks first for what must be agreed to. An agreement lasts as long as the
    /// connection and the notice. Whoever would only hear that the topic takes no chat need not agree to anything.
    mutating func agreeAndChoose(
        _ topic: TopicStatus, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        if let privacy, privacy.needsConsent, topic.reception.offering == .chat, agreed != privacy.version {
            agreement = .entering(topic)
            tell(privacy, &output)
            return tell(language.phrases.byHand.consentPrompt, &output)
        }
        choose(topic, output: &output, input: input)
    }

    /// The line after the notice. Whoever does not agree has not entered and may choose again.
    mutating func hearConsent(
        _ words: Text, to agreement: Agreement, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let answer = ConsentAnswer(words.string.trimmedOfBlanks)
        if answer != nil { self.agreement = nil }
        switch (answer, agreement) {
        case (.yes, .entering(let topic)):
            agreed = privacy?.version
            choose(topic, output: &output, input: input)
        case (.yes, .inquiry):
            agreed = privacy?.version
            proceed(output: &output, input: input)
        case (.no, .entering):
            tell(language.phrases.byHand.consentDeclined, &output)
        case (.no, .inquiry):
            draft = nil
            tell(language.phrases.inquiries.declined, &output)
            input(.command(.topics))
        case (nil, _):
            tell(language.phrases.byHand.consentPrompt, &output)
        }
    }

    func tell(_ notice: PrivacyNotice, _ output: inout [UInt8]) {
        tell(language.phrases.byHand.privacy.with(["text": notice.text.text(in: language)]), &output)
        if let url = notice.url { tell("  " + url, &output) }
    }
}

/// What somebody answers to the notice: a number of the prompt's, or a word of any of the languages.
private enum ConsentAnswer {
    case yes, no

    init?(_ words: String) {
        switch words.typedNumber {
        case 1: self = .yes
        case 2: self = .no
        default:
            let word = words.lowercased()
            if Self.agreeing.contains(word) {
                self = .yes
            } else if Self.declining.contains(word) {
                self = .no
            } else {
                return nil
            }
        }
    }

    private static let agreeing: Set = [
        "예", "네", "동의", "동의해요", "동의합니다", "y", "yes", "agree", "i agree", "はい", "同意", "同意します", "是",
    ]
    private static let declining: Set = [
        "아니요", "아니오", "동의하지 않아요", "n", "no", "decline", "いいえ", "同意しません", "否", "不", "不同意",
    ]
}
