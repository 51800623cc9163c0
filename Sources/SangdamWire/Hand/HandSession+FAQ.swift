// Frequent questions by hand: `/질문 …` lists what was found, a number shows one of them, and `/해결` or `/미해결` says
// whether it helped. What the first answer of the intake finds is listed once, unasked; as somebody may be answering
// the next question with a number, it is then `/질문 2` that shows one.

internal import SangdamCore

extension HandSession {
    /// Asks what `rest` says, or shows the question of that number.
    mutating func ask(_ rest: String, _ output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        let words = Text(rest)
        if showAnswer(words, &output) { return }
        guard !words.hasNothingToSee else { return tell(language.phrases.byHand.faqUsage, &output) }
        guard words.count <= configuration.limits.textBytes else {
            return refuse(Refusal(.tooLong), output: &output, input: input)
        }
        // What is typed next may be a number of the list; in a chat it is for the agent, and waits for nothing.
        if case .talking = phase {} else { awaited = .answers }
        input(.command(.faq(FAQQuery(words, topic: topicOfSearches))))
    }

    /// The chat's, or else the one whose questions are asked.
    private var topicOfSearches: TopicID? { topicOfChat ?? questionnaire?.topic.id }

    /// Has what may spare the customer the wait searched for, once in a chat, by the first words that the intake was
    /// told. Words that were needed to enter the queue count, too; but nobody is shown anything before they wait.
    mutating func suggest(input: (consuming SessionInput) -> Void) {
        guard let words = firstWords, configuration.hasFAQ else { return }
        firstWords = nil
        hasSuggested = true
        input(.command(.faq(FAQQuery(words, topic: topicOfSearches, isUnasked: true))))
    }

    /// Lists what was found.
    mutating func show(
        _ found: [FAQAnswer], isUnasked: Bool, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let phrases = language.phrases.byHand
        if found.isEmpty {
            if !isUnasked { tell(language.phrases.questions.faqNone, &output) }
        } else if !isUnasked || phase == .waiting {
            answers = found
            tell(isUnasked ? language.phrases.questions.faqSuggested : phrases.faqFound, &output)
            for (index, answer) in found.enumerated() {
                tell(language.phrases.faqLine(number: index + 1, question: answer.question), &output)
            }
            answersShow = !isUnasked && questionnaire == nil && agreement == nil && draft == nil
            if case .talking = phase { answersShow = false }
            if answersShow { menuShows = false }
            tell(promptForAnswers, &output)
        }
        if !isUnasked, awaited == .answers { answered(output: &output, input: input) }
    }

    /// False when the words are no number of the list.
    @discardableResult
    mutating func showAnswer(_ words: Text, _ output: inout [UInt8]) -> Bool {
        guard let number = words.string.trimmedOfBlanks.typedNumber, !answers.isEmpty else { return false }
        guard (1...answers.count).contains(number) else {
            // Somebody who waits may mean anything by it.
            if phase == .lobby { tell(promptForAnswers, &output) }
            return phase == .lobby
        }
        let answer = answers[number - 1]
        tell(answer.question, &output)
        for line in answer.answer.split(separator: "\n") { tell("  " + line, &output) }
        tell(language.phrases.byHand.faqDidItHelp, &output)
        hasReadAnswer = true
        return true
    }

    /// How one of the list is shown now.
    private var promptForAnswers: String {
        let phrases = language.phrases.byHand
        guard answersShow else { return phrases.faqPromptByVerb }
        return phase == .lobby ? phrases.faqPrompt : phrases.faqPromptWaiting
    }

    /// Whoever waits and is helped leaves the queue, and has not given up.
    mutating func tellHelped(
        _ isHelped: Bool, output: inout [UInt8], input: (consuming SessionInput) -> Void
    ) {
        let phrases = language.phrases.byHand
        guard hasReadAnswer else { return tell(phrases.faqNothingRead, &output) }
        hasReadAnswer = false
        input(.command(.faqHelped(isHelped)))
        tell(isHelped ? language.phrases.questions.faqHelped : phrases.faqNotHelped, &output)
        switch phase {
        case .waiting where isHelped: leave(by: .leave, output: &output, input: input)
        case .lobby where !isHelped: input(.command(.topics))
        case .lobby, .waiting, .talking: break
        }
    }
}
