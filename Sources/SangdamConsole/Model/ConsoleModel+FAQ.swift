// Frequent questions for the agent: found in the language of the current chat and for its topic, and said there as they
// stand.

internal import SangdamCore
internal import SangdamWire

extension ConsoleModel {
    mutating func search(_ rest: String, at now: Moment) {
        guard !rest.isEmpty else { return usage(.faq, at: now) }
        guard rest.utf8.count <= ConsoleBounds.textBytes else {
            return complain(.tooLong(bytes: rest.utf8.count, limit: ConsoleBounds.textBytes), at: now)
        }
        answersLanguage = languageOfCurrentChat
        asks.add(.faq, number: nil, at: now.steady)
        let topic = current.flatMap { chats[$0] }.flatMap { TopicID(validating: $0.topic) }
        send(.faq(FAQQuery(Text(rest), topic: topic, language: answersLanguage)))
    }

    private var languageOfCurrentChat: Language? {
        current.flatMap { chats[$0] }.flatMap { Language(tag: $0.language) }
    }

    mutating func show(_ found: [FAQAnswer], at now: Moment) {
        _ = asks.takeFirst { $0.kind == .faq }
        answers = Array(found.prefix(ConsoleBounds.foundQuestions))
        if answers.isEmpty { return tell(.noAnswers, number: nil, at: now.wall) }
        for (index, answer) in answers.enumerated() {
            listing("  \(index + 1). \(clean(answer.question))")
            for line in cleanLines(answer.answer) { listing("     \(line)") }
        }
        listing(words(.insertHint))
    }

    /// The answer of this number becomes a message of the agent's.
    mutating func insert(_ rest: String, at now: Moment) {
        guard let number = Int(rest), rest.isNumber else { return usage(.insert, at: now) }
        guard let id = current, let chat = chats[id], chat.phase == .active else {
            return complain(.noChatFor(.insert), at: now)
        }
        guard (1...max(1, answers.count)).contains(number), !answers.isEmpty else {
            return complain(.noSuchAnswer(clean(rest)), at: now)
        }
        guard answersLanguage == languageOfCurrentChat else {
            return complain(.answersInOtherLanguage(chat.language), number: chat.number, at: now)
        }
        post(.words, answers[number - 1].answer, in: chat, at: now)
    }
}
