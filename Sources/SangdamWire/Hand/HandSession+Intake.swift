// The questions of a topic, one a line: those that must be answered before the queue is entered, the others while the
// customer waits.

internal import SangdamCore

/// What a customer is being asked.
struct Questionnaire {
    /// The next line answers the first; never empty.
    var questions: ArraySlice<Question>
    /// The answers so far to what must be answered, which are told with the choice of the topic; nil while waiting, when
    /// each is told at once.
    var required: Intake?
    /// What is entered with them.
    let topic: TopicStatus
}

extension HandSession {
    /// Takes the choice from the menu: what must be answered is asked first, and the menu is gone meanwhile.
    mutating func choose(_ topic: TopicStatus, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        firstWords = nil
        let required = topic.questions.filter(\.isRequired)
        // A queue that takes no chat says so before anything is asked.
        guard !required.isEmpty, topic.reception.offering == .chat else { return enter(topic, nil, input: input) }
        menuShows = false
        questionnaire = Questionnaire(questions: required[...], required: Intake(), topic: topic)
        tell(language.phrases.byHand.intakeRequiredIntroduction, &output)
        ask(&output)
    }

    /// Nothing of a choice that has not been entered is left.
    mutating func giveUpChoice() {
        (agreement, questionnaire, firstWords, draft) = (nil, nil, nil, nil)
    }

    private mutating func enter(_ topic: TopicStatus, _ intake: Intake?, input: (consuming SessionInput) -> Void) {
        (chosen, chosenIntake) = (topic, intake)
        // Should it be refused, a number chooses again.
        menuShows = true
        awaited = .position
        input(.command(.enter(topic: topic.id, intake: intake, consent: agreed)))
    }

    /// Asks those of the topic's questions that may be left out.
    mutating func askWhileWaiting(_ topic: TopicStatus, _ output: inout [UInt8]) {
        let optional = topic.questions.filter { !$0.isRequired }
        guard !optional.isEmpty else { return }
        // The numbers are the questions' now.
        answersShow = false
        questionnaire = Questionnaire(questions: optional[...], topic: topic)
        tell(language.phrases.byHand.intakeIntroduction, &output)
        ask(&output)
    }

    /// The question that the next line answers, with what there is to choose from.
    func ask(_ output: inout [UInt8]) {
        guard let question = questionnaire?.questions.first else { return }
        let phrases = language.phrases
        tell(question.label(in: language, standard: phrases.intakeQuestion), &output)
        guard case .choice(let choices) = question.kind else { return }
        for (index, choice) in choices.enumerated() {
            tell(phrases.choiceLine(number: index + 1, label: choice.labels.text(in: language)), &output)
        }
    }

    /// Takes a line as the answer to the first question, if it can be one, and asks the next or thanks for the last.
    mutating func answer(_ words: Text, output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        guard let question = questionnaire?.questions.first else { return }
        guard words.count <= Intake.answerLimitBytes else {
            tell(language.phrases.byHand.intakeTooLong, &output)
            input(.refused(.tooLong))
            return
        }
        guard !words.hasNothingToSee else { return refuse(Refusal(.empty), output: &output, input: input) }
        let answer = question.kind.answer(words)
        guard question.isAnswered(by: answer) else {
            tell(language.phrases.noAnswer(to: question.kind), &output)
            input(.refused(.badField))
            return
        }
        if question.kind == .text, firstWords == nil, !hasSuggested { firstWords = answer }
        guard questionnaire?.required != nil else {
            var intake = Intake()
            intake[question.id] = answer
            input(.command(.intake(intake)))
            suggest(input: input)
            return askNext(&output)
        }
        questionnaire?.required?[question.id] = answer
        guard let done = questionnaire, done.questions.count == 1 else { return askNext(&output) }
        questionnaire = nil
        guard draft == nil else {
            firstWords = nil
            draft?.intake = done.required ?? Intake()
            return proceed(output: &output, input: input)
        }
        enter(done.topic, done.required, input: input)
    }

    /// An empty line: the question is passed, if it may be.
    mutating func pass(output: inout [UInt8]) {
        guard questionnaire?.required == nil else {
            return tell(language.phrases.byHand.intakeRequired, &output)
        }
        askNext(&output)
    }

    mutating func skipQuestions(output: inout [UInt8], input: (consuming SessionInput) -> Void) {
        if isDrafting, draft?.isWhole == true { return skipAddress(output: &output, input: input) }
        guard let asked = questionnaire else { return tell(language.phrases.byHand.nothingToSkip, &output) }
        guard asked.required == nil else { return tell(language.phrases.byHand.intakeRequired, &output) }
        questionnaire = nil
        tell(language.phrases.byHand.intakeSkipped, &output)
    }

    private mutating func askNext(_ output: inout [UInt8]) {
        questionnaire?.questions.removeFirst()
        guard questionnaire?.questions.isEmpty == true else { return ask(&output) }
        questionnaire = nil
        tell(language.phrases.byHand.intakeDone, &output)
    }
}

extension Question.Kind {
    /// What the line says, as the desk wants it: of a choice its id, by its number or by a label in any language.
    fileprivate func answer(_ words: Text) -> Text {
        guard case .choice(let choices) = self else { return words }
        let line = words.string.trimmedOfBlanks
        if let number = line.typedNumber, (1...choices.count).contains(number) {
            return Text(choices[number - 1].id.text)
        }
        let small = line.lowercased()
        let chosen = choices.first { choice in
            choice.id.text.lowercased() == small
                || choice.labels.byLanguage.values.contains { $0.lowercased() == small }
        }
        return chosen.map { Text($0.id.text) } ?? words
    }
}
