// Everything that the server says to people in its own words, by hand and on the page: one table for each language, in
// a file of its own. A sentence that is missing in one of them, or that no other has, does not compile; tests compare
// what stands in braces. Lines by hand get their `*** ` where they are printed, the page its tables as modules.

package import SangdamCore

/// One language's sentences. What stands in braces is filled in.
package final class Phrases: Sendable {
    /// Said by hand and on the page, before a chat.
    struct Duty: Sendable {
        let someoneOnDuty: String
        let nobodyOnDuty: String
        /// Outside the hours of every topic, whether or not somebody is there.
        let closedButMayWait: String
        /// Of a telephone, where it is known.
        let contactOpen: String
        let contactClosed: String
    }

    /// The frequent questions, on the page; some of it by hand, too.
    struct Questions: Sendable {
        let faqTitle: String
        /// Stands in the empty field.
        let faqExample: String
        /// How many.
        let faqCount: String
        let faqNone: String
        /// In front of what the first answer of the intake found.
        let faqSuggested: String
        let faqSolved: String
        let faqAsk: String
        let faqHelped: String
    }

    /// Said by hand and on the page, from the queue on.
    struct Both: Sendable {
        // How many are ahead, and how long it takes
        let next: String
        let aheadOne: String
        let ahead: String
        let waitUnknown: String
        let waitMinute: String
        let waitMinutesOne: String
        let waitMinutes: String
        let waitHoursOne: String
        let waitHours: String
        let waitNobody: String
        // Questions while one waits
        let intakeWhat: String
        let intakeWhen: String
        let intakeAccount: String
        let intakePayment: String
        let intakeDevice: String
        let intakeGoal: String
        // In a chat
        let handedOver: String
        /// The chat lost its agent and stands in a queue again.
        let looking: String
        let agentName: String
        let agentNoName: String
        let me: String
        let agentAway: String
        let agentBack: String
        let agentLeft: String
        // The end
        let customerLeft: String
        let customerLost: String
        let agentEnded: String
        let idle: String
        /// The customer left an inquiry instead of waiting on.
        let inquired: String
        let rated: String
    }

    /// By hand; some of it is also in messages to programs.
    struct ByHand: Sendable {
        let greeting: String
        /// How to change to the other languages, in those languages.
        let otherLanguages: String
        /// A line of the menu: agents are there, nobody waits.
        let menuOpen: String
        let menuOpenWaiting: String
        let menuNobody: String
        let menuNobodyWaiting: String
        let menuPrompt: String
        /// What is told about customers' data; `consentPrompt`: how to answer it where it must be agreed to.
        let privacy: String
        let consentPrompt: String
        let consentDeclined: String
        // Frequent questions
        /// Before the menu's prompt.
        let faqHint: String
        let faqUsage: String
        let faqFound: String
        let faqLine: String
        let faqPrompt: String
        /// In a queue, where there is no menu to go to.
        let faqPromptWaiting: String
        /// Where a number alone would be a word like others.
        let faqPromptByVerb: String
        let faqDidItHelp: String
        let faqNothingRead: String
        let faqNotHelped: String
        /// After a line typed at the menu that is none of its numbers, where there is but one.
        let chooseOnly: String
        let chooseNumber: String
        let contact: String
        let noContacts: String
        let helpLines: [String]
        let welcomeBack: String
        /// The choice from the menu was taken.
        let entered: String
        /// Between how many are ahead and how long it takes.
        let stop: String
        /// How to come back to a chat whose place in the queue is not held; `wayBackHeld`: whose is.
        let wayBack: String
        let wayBackHeld: String
        /// A length of time, for `wayBackHeld`.
        let secondsOne: String
        let seconds: String
        let minutesOne: String
        let minutes: String
        let hoursOne: String
        let hours: String
        let intakeIntroduction: String
        let intakeDone: String
        let intakeSkipped: String
        let intakeTooLong: String
        /// Before the queue is entered: questions that must be answered, and how to go back; and again on Enter alone.
        let intakeRequiredIntroduction: String
        let intakeRequired: String
        /// After an answer that is none to the question.
        let intakeNoDate: String
        let intakeNoAmount: String
        let intakeNoChoice: String
        let choice: String
        /// Also how to finish.
        let started: String
        /// For a customer who asks how many are ahead while talking already.
        let talking: String
        /// Stands where words were that have been erased.
        let erasedWords: String
        let idleReminderOne: String
        let idleReminder: String
        /// The customer gave up a place in a queue; `Conversation.leftQueue`: on the page.
        let leftQueue: String
        let receipt: String
        let howToRate: String
        let transcriptBegins: String
        let transcriptEnds: String
        let languageChanged: String
        let languageUsage: String
        let rateUsage: String
        let resumeUsage: String
        let nothingToSkip: String
        /// A line that has nowhere to go: no chat, no menu.
        let noChatHint: String
        let menuOnlyOutsideChats: String
        /// After `queue_full`: topics that still take chats.
        let stillOpen: String
        /// For refusals; `retrySoon`: where nobody knows when.
        let retryOne: String
        let retry: String
        let retrySoon: String
        /// For a locked account that only an administrator can open.
        let lockedForGood: String
    }

    /// When something is open, by hand and in messages to programs.
    struct Hours: Sendable {
        /// A line of the menu; `menuClosedUntil`: where it is known when the queue opens.
        let menuClosed: String
        let menuClosedUntil: String
        /// When something opens: a day and a time.
        let opens: String
        let today: String
        let tomorrow: String
        let onWeekday: String
        let onDate: String
        /// From Monday on.
        let weekdays: [String]
        /// From January on.
        let months: [String]
        let midnight: String
        let noon: String
        let morning: String
        let morningMinutes: String
        let afternoon: String
        let afternoonMinutes: String
        /// To those who wait: agents are there still, and nobody is.
        let closedServed: String
        let closedAlone: String
        /// The wait is long.
        let waited: String
        /// Behind another sentence.
        let opensBehind: String
        let contactsBehind: String
    }

    /// Questions that are answered later, by hand.
    struct Inquiries: Sendable {
        /// At a menu with topics that take no chat now; `insteadOfWaiting`: to those who wait, or waited.
        let hint: String
        let insteadOfWaiting: String
        /// After why there is no chat.
        let instead: String
        let topicPrompt: String
        let textPrompt: String
        let replyPrompt: String
        let howToSend: String
        /// A line that there is no room for.
        let full: String
        let emailPrompt: String
        let emailWrong: String
        let emailTooLong: String
        let declined: String
        // What became of what was written
        let arrived: String
        let due: String
        let mailed: String
        let howToRead: String
        let replied: String
        /// There is no inquiry of that receipt.
        let otherReceipt: String
        /// It was refused, or waits behind a chat; `paused`: an inquiry, which may go to the agent then.
        let kept: String
        let paused: String
        let tooManyOne: String
        let tooMany: String
        /// To who would do something by which it would be lost; `dropped`: at the end of the input it is.
        let unsent: String
        let dropped: String
        let cancelled: String
        let nothingToCancel: String
        let nothingToSend: String
        // One that was asked for, or has changed
        let stateOpen: String
        let stateTaken: String
        let stateAnswered: String
        let stateReopened: String
        let stateClosed: String
        let howToReply: String
        let usage: String
        let replyUsage: String
    }

    /// The page's first view and its connection.
    struct FirstView: Sendable {
        let desk: String
        let language: String
        let closePage: String
        let close: String
        let connecting: String
        let reconnecting: String
        let reconnectNow: String
        let greeting: String
        let topics: String
        let openNow: String
        let waiting: String
        let nobody: String
        let nobodyWaiting: String
        let contacts: String
        /// Of a topic outside its hours, where nobody knows when it opens; `nothingOpen`: of all of them.
        let closedNow: String
        let nothingOpen: String
        let privacy: String
        let privacyMore: String
        /// Two ways from the first view: to leave a question that is answered later, and to such an answer.
        let inquire: String
        let receipts: String
    }

    /// The page's conversation.
    struct Conversation: Sendable {
        // The connection was ended by the server
        let pausedIdle: String
        let pausedReplaced: String
        let pausedOther: String
        let reconnect: String
        let continueHere: String
        let paced: String
        let storageFull: String
        let busy: String
        let draining: String
        let consentTitle: String
        let consentAgree: String
        let back: String
        let closedText: String
        let closedOthers: String
        let requiredTitle: String
        let requiredHint: String
        let requiredStart: String
        let answerChoose: String
        let answerMissing: String
        let answerNoAmount: String
        let answerRefused: String
        let entering: String
        let placeOne: String
        let place: String
        let keepOpen: String
        let keepPlaceOne: String
        let keepPlace: String
        let reconnectingPlace: String
        let leaveQueue: String
        let intakeTitle: String
        let intakeHint: String
        let intakeProgress: String
        let intakeTooLong: String
        let intakeNext: String
        let intakeSkip: String
        let intakeSkipAll: String
        let intakeDone: String
        let answersTitle: String
        let answerWhat: String
        let answerWhen: String
        let answerAccount: String
        let answerPayment: String
        let answerDevice: String
        let answerGoal: String
        let started: String
        let chat: String
        let chattingWith: String
        let chatting: String
        let agentIsAway: String
        let system: String
        let blank: String
        let typing: String
        let sending: String
        let saved: String
        let seen: String
        let unsent: String
        let editAgain: String
        let newWords: String
        let message: String
        let messagePlaceholder: String
        let send: String
        let sendHint: String
        let bytes: String
        let tooLong: String
        let onlyWords: String
        let save: String
        let end: String
        let endTitle: String
        let endText: String
        let leaveTitle: String
        let leaveText: String
        let keepGoing: String
        let endedTitle: String
        let unknown: String
        let leftQueue: String
        let placeLost: String
        let receipt: String
        let receiptHint: String
        let copy: String
        let copied: String
        let rateTitle: String
        let rateOne: String
        let rate: String
        let rateComment: String
        let commentTooLong: String
        let rateSend: String
        let rateClosed: String
        let startAnew: String
        let transcriptTitle: String
        let transcriptTopic: String
        let transcriptSaved: String
        let transcriptFile: String
        // Questions that are answered later
        let closedInquiry: String
        let inquiryTitle: String
        let inquiryHint: String
        let inquiryTopic: String
        let inquiryText: String
        let inquiryEmail: String
        let inquiryEmailHint: String
        let inquirySend: String
        let inquiryTooLong: String
        let inquiryNoEmail: String
        let inquiryLimited: String
        let inquiryLeft: String
        let inquiryDue: String
        let inquiryByMail: String
        let inquiryByReceipt: String
        let inquiryReceiptHint: String
        let inquiryMayClose: String
        let inquiryDone: String
        let inquiryRead: String
        let inquiryInstead: String
        let lookUp: String
        let lookUpMine: String
        let lookUpRead: String
        let threadAdd: String
        let inquirySought: String
        let inquiryUnknown: String
        let inquiryAnswered: String
        let inquiryClosed: String
    }

    let duty: Duty
    let questions: Questions
    let both: Both
    let refusals: @Sendable (RefusalCode) -> String
    let farewells: @Sendable (Farewell) -> String
    let byHand: ByHand
    let hours: Hours
    let inquiries: Inquiries
    let firstView: FirstView
    let conversation: Conversation
    let language: Language

    init(
        language: Language, duty: Duty, questions: Questions, both: Both,
        refusals: @escaping @Sendable (RefusalCode) -> String, farewells: @escaping @Sendable (Farewell) -> String,
        byHand: ByHand, hours: Hours, inquiries: Inquiries,
        firstView: FirstView, conversation: Conversation
    ) {
        self.language = language
        self.hours = hours
        self.inquiries = inquiries
        self.duty = duty
        self.questions = questions
        self.both = both
        self.refusals = refusals
        self.farewells = farewells
        self.byHand = byHand
        self.firstView = firstView
        self.conversation = conversation
    }

    /// The page's two tables: what every view needs, and what a conversation needs besides. They have no key in common.
    package enum PagePart: String, Sendable, CaseIterable {
        case firstView = "page"
        case conversation = "talk"
    }

    /// A table of the page's, in the order of the file.
    package func table(_ part: PagePart) -> [(key: String, sentence: String)] {
        switch part {
        case .firstView: Self.rows(of: firstView) + Self.rows(of: duty) + Self.rows(of: questions)
        case .conversation: Self.rows(of: both) + Self.rows(of: conversation)
        }
    }

    /// A section's sentences by their names.
    static func rows(of section: Any) -> [(key: String, sentence: String)] {
        Mirror(reflecting: section).children.compactMap { child in
            guard let key = child.label, let sentence = child.value as? String else { return nil }
            return (key, sentence)
        }
    }
}

extension Language {
    package var phrases: Phrases {
        switch self {
        case .korean: .korean
        case .english: .english
        case .japanese: .japanese
        case .chinese: .chinese
        }
    }
}
