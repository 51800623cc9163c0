// Everything that the server says to people in its own words. One file for each language; a phrase that is missing in
// one of them does not compile. Lines by hand get their `*** ` where they are printed.

internal import SangdamCore

/// One language's words. Values that are put into them are printed as they are: the caller sanitises.
protocol Phrases: Sendable {
    // Greeting and menu
    func greeting(desk: String) -> String
    /// How to change to the other languages, in those languages.
    var otherLanguages: String { get }
    var someoneOnDuty: String { get }
    var nobodyOnDuty: String { get }
    func menuLine(number: Int, label: String, isOpen: Bool, waiting: Int) -> String
    var menuPrompt: String { get }
    /// A line typed at the menu that is none of its numbers.
    func chooseNumber(upTo last: Int) -> String
    func contact(label: String, phone: String, hours: String) -> String
    var noContacts: String { get }
    var helpLines: [String] { get }
    var welcomeBack: String { get }

    // Waiting
    /// The choice from the menu was taken.
    func entered(topic: String) -> String
    func position(ahead: Int, wait: WaitWords?, onDuty: Bool) -> String
    /// The chat lost its agent and stands in a queue again.
    var lookingForAnother: String { get }
    /// `held`: how long the place is kept; nil when it is not.
    func wayBack(token: String, held: LengthWords?) -> String
    var intakeIntroduction: String { get }
    func intakeQuestion(_ field: IntakeField) -> String
    var intakeDone: String { get }
    var intakeSkipped: String { get }
    var intakeAnswerTooLong: String { get }

    // In a chat
    func started(with agent: String) -> String
    func handedOver(to agent: String) -> String
    /// The answer to a customer who asks for a place while talking already.
    func talking(with agent: String) -> String
    func agentSpeaker(_ name: String?) -> String
    func supervisorSpeaker(_ name: String?) -> String
    var ownSpeaker: String { get }
    var agentAway: String { get }
    var agentBack: String { get }
    var agentLeft: String { get }
    var supervisorJoined: String { get }
    var supervisorLeft: String { get }
    func idleReminder(endsIn: Interval) -> String
    /// Stands where words were that have been erased.
    var erasedWords: String { get }

    // The end and after
    func ended(_ reason: EndReason) -> String
    /// The customer gave up a place in a queue.
    var leftQueue: String { get }
    func receipt(_ code: String) -> String
    var howToRate: String { get }
    var rated: String { get }
    var transcriptBegins: String { get }
    var transcriptEnds: String { get }

    // Answers to verbs and stray lines
    var languageChanged: String { get }
    var languageUsage: String { get }
    var rateUsage: String { get }
    var resumeUsage: String { get }
    var unknownVerb: String { get }
    var nothingToSkip: String { get }
    /// A line that has nowhere to go: no chat, no menu.
    var noChatHint: String { get }
    var menuOnlyOutsideChats: String { get }
    /// After `queue_full`: topics that still take chats.
    func stillOpen(_ labels: String) -> String

    // Refusals and farewells, also the `message` of `error` and `bye`
    func refusal(_ refusal: Refusal) -> String
    func farewell(_ farewell: Farewell) -> String
}

extension Language {
    var phrases: any Phrases {
        switch self {
        case .korean: KoreanPhrases()
        case .english: EnglishPhrases()
        case .japanese: JapanesePhrases()
        case .chinese: ChinesePhrases()
        }
    }
}

/// An estimate as people say it: whole minutes, or hours once minutes say nothing any more.
enum WaitWords: Equatable {
    case underAMinute
    case minutes(low: Int, high: Int)
    case hours(low: Int, high: Int)

    init(_ estimate: WaitEstimate) {
        let low = max(0, estimate.lowSeconds)
        let high = max(low, estimate.highSeconds)
        if high < 60 {
            self = .underAMinute
        } else if high <= 90 * 60 {
            self = .minutes(low: max(1, low / 60), high: Self.roundedUp(high, by: 60))
        } else {
            self = .hours(low: max(1, low / 3600), high: Self.roundedUp(high, by: 3600))
        }
    }

    private static func roundedUp(_ seconds: Int, by unit: Int) -> Int {
        seconds / unit + (seconds % unit == 0 ? 0 : 1)
    }

    /// `3` or `3–5`.
    static func range(_ low: Int, _ high: Int) -> String {
        low == high ? "\(low)" : "\(low)–\(high)"
    }
}

/// A promised length of time as people say it: whole units that it does not fall short of.
enum LengthWords: Equatable {
    case seconds(Int64)
    case minutes(Int64)
    case hours(Int64)

    /// Nil for less than a second.
    init?(promised interval: Interval) {
        let seconds = interval.milliseconds / 1000
        switch seconds {
        case ..<1: return nil
        case ..<120: self = seconds == 60 ? .minutes(1) : .seconds(seconds)
        case ..<7200: self = seconds == 3600 ? .hours(1) : .minutes(seconds / 60)
        default: self = .hours(seconds / 3600)
        }
    }
}

extension Interval {
    /// Whole seconds, never less than one: for "try again in …".
    var wholeSeconds: Int64 {
        max(1, milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0))
    }

    /// Whole minutes, never less than one: for "ends in …".
    var wholeMinutes: Int64 {
        max(1, milliseconds / 60_000 + (milliseconds % 60_000 > 0 ? 1 : 0))
    }
}
