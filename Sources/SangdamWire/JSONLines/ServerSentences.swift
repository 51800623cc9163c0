// The sentences of a program's messages: those that people read by hand.

internal import SangdamCore
internal import SangdamProtocol

/// The words of a sentence in a language.
func sentence(_ sentence: ServerSentence, in language: Language) -> String {
    switch sentence {
    case .refusal(let refusal): language.phrases.refusalWithContacts(refusal)
    case .farewell(let farewell): language.phrases.farewell(farewell)
    case .idleReminder(let endsIn): language.phrases.idleReminder(endsIn: endsIn)
    case .erasedWords: language.phrases.byHand.erasedWords
    case .question(let field): language.phrases.intakeQuestion(field)
    case .opens(let time): language.phrases.opens(time)
    case .delay(let notice): language.phrases.delay(notice)
    }
}
