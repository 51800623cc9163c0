// The languages of the console. Everything that it says is a `Phrase`, and each language answers every phrase in an
// exhaustive switch: a phrase that one of them lacks does not compile.

package import SangdamCore
package import SangdamProtocol

/// A language that agents read.
package enum ConsoleLanguage: Sendable, CaseIterable {
    case korean
    case english

    /// Korean when the locale's name begins with `ko`, else English.
    package init(locale: String?) {
        self = locale?.lowercased().hasPrefix("ko") == true ? .korean : .english
    }

    /// As `--lang` and the protocol name it.
    package init?(code: String) {
        guard let language = Self.allCases.first(where: { $0.code == code }) else { return nil }
        self = language
    }

    package var code: String {
        switch self {
        case .korean: "ko"
        case .english: "en"
        }
    }

    package func words(_ phrase: Phrase) -> String {
        switch self {
        case .korean: koreanWords(phrase)
        case .english: englishWords(phrase)
        }
    }

    /// The lines of `/help`.
    package var help: [String] {
        switch self {
        case .korean: koreanHelp
        case .english: englishHelp
        }
    }
}

/// Something that the console says. Strings in it are clean already.
package enum Phrase: Sendable {
    package enum Speaker: Sendable {
        case customer(String?)
        case myself
        case colleague(String?)
        case system
    }

    // The link
    case connectFailed(ConnectFault, address: String, caFile: String?)
    case connectFailedAgain(ConnectFault, address: String, seconds: Int)
    case closedAtLogin(String?)
    case loginUnanswered
    case notOurProtocol
    case loginRefused(String)
    case locked(Interval?)
    case welcome(name: String)
    case back
    case connectionLost(String?, seconds: Int)
    case bye(code: String, message: String)
    case unreadableMessage
    case serverLineTooLong(limitBytes: Int)
    /// The server's no, as a sentence.
    case refusal(code: String, message: String, field: String?, retryAfter: Interval?)
    case serverError(command: String?, String)
    case unanswered(command: String)
    case notConnected(String)

    // The agent
    case status(AgentState)

    // Offers and chats
    case topic(label: String, id: String)
    case offer(topic: String, waited: Interval, language: String, seconds: Int?)
    /// A question, and its answer's first line.
    case intake(String, String)
    /// What a standard question is about, in a word.
    case standardQuestion(IntakeField)
    case offerClosed(reason: String)
    case tooManyChats(limit: Int)
    case started(String?, topic: String)
    case chatIsBack(String?)
    case noLongerYours
    case nowIn(String)
    case switchHint(number: Int)
    case speaker(Speaker)
    case someCustomer
    case note(by: String?, String)
    case typing
    case party(who: String, state: String)
    case ended(reason: String, receipt: String?)
    case wrapUpLeft
    case wrappedUp
    case transferred(to: String)

    case inquiry(InquiryPhrase)

    // Queues
    case overridden(String, OverrideOrder.State, until: String?)

    // Own words
    case notSavedYet(String)
    case savedNow(String)
    case notDelivered(String, because: String)
    case leftUnsaved(String)
    case tooManyUnacknowledged(String, limit: Int)
    case tooLong(bytes: Int, limit: Int)
    case inputNotUTF8
    case inputTooLong(limitBytes: Int)

    // Commands
    case unknownVerb(String)
    case usage(Verb)
    case transferUsage(queues: [String])
    case noCurrentChat(String, others: [Int], offers: [Int])
    case chatIsOver(String)
    case noChatFor(Verb)
    case endFirst
    case noSuchOffer(String)
    case noSuchChat(String)
    case severalChats(String, numbers: [Int])
    case acceptFirst(number: Int)
    case noChats
    case chatState(ConsoleChat.Phase, isAway: Bool, unread: Int)
    case unsavedCount(Int)
    case nothingSaidYet
    case noAnswers
    case insertHint
    case noSuchAnswer(String)
    case answersInOtherLanguage(String)
    case waitedInVain
    case quitWarning(open: Int, unsaved: Int)
}

/// What the agent can do about a certificate that does not verify, as far as OpenSSL's reason tells it.
enum Distrust {
    case otherName
    case unknownIssuer
    case expired
    case notYetValid
    case other

    init(reason: String) {
        switch reason {
        case "hostname mismatch", "IP address mismatch": self = .otherName
        case "unable to get local issuer certificate", "unable to get issuer certificate",
            "unable to verify the first certificate", "self-signed certificate",
            "self-signed certificate in certificate chain":
            self = .unknownIssuer
        case "certificate has expired": self = .expired
        case "certificate is not yet valid": self = .notYetValid
        default: self = .other
        }
    }
}

/// Numbers of chats as one writes them to switch there: `[1] [3]`.
func numbered(_ numbers: [Int]) -> String {
    numbers.map { "[\($0)]" }.joined(separator: " ")
}
