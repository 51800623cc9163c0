// English.

internal import SangdamCore

struct EnglishPhrases: Phrases {
    func greeting(desk: String) -> String { "Hello, this is \(desk). How can we help?" }
    var otherLanguages: String { "한국어는 /언어 ko · 日本語は /lang ja · 中文请输入 /lang zh" }
    var someoneOnDuty: String { "You can talk to an agent now." }
    var nobodyOnDuty: String {
        "No agent is on duty right now. Join the line and you will be connected, in turn, as soon as one arrives."
    }

    func menuLine(number: Int, label: String, isOpen: Bool, waiting: Int) -> String {
        switch (isOpen, waiting) {
        case (true, 0): "  \(number). \(label) (available now)"
        case (true, _): "  \(number). \(label) (\(waiting) waiting)"
        case (false, 0): "  \(number). \(label) (no agent on duty)"
        case (false, _): "  \(number). \(label) (no agent on duty, \(waiting) waiting)"
        }
    }

    var menuPrompt: String { "Please type a number. For help, type /help." }
    func chooseNumber(upTo last: Int) -> String {
        last == 1 ? "Type 1 to start a chat, or /help." : "Please choose a number from 1 to \(last), or type /help."
    }
    func contact(label: String, phone: String, hours: String) -> String { "Phone · \(label): \(phone) (\(hours))" }
    var noContacts: String { "There are no phone numbers. Please ask here in the chat." }

    var helpLines: [String] {
        [
            "These are the commands. Anything else you type goes to your agent.",
            "  /menu         show the topics again",
            "  /queue        your place in line and about how long it takes",
            "  /skip         skip the remaining questions",
            "  /transcript   read this chat from the beginning",
            "  /rate 5 thank you   rate a finished chat from 1 to 5",
            "  /contact      phone numbers and hours",
            "  /resume CODE  return to a chat after a lost connection",
            "  /lang ko|en|ja|zh   change the language",
            "  /leave        end the chat, or leave",
            "To send words that begin with '/', begin with '//'.",
        ]
    }

    var welcomeBack: String { "Welcome back." }

    func entered(topic: String) -> String { "You have chosen: \(topic)." }

    func position(ahead: Int, wait: WaitWords?, onDuty: Bool) -> String {
        let position: String
        switch ahead {
        case ...0: position = "You are next"
        case 1: position = "There is 1 person ahead of you"
        default: position = "There are \(ahead) people ahead of you"
        }
        guard onDuty else {
            return "\(position). No agent is on duty right now; you will be connected as soon as one arrives."
        }
        switch wait {
        case nil: return "\(position). We cannot tell yet how long it will take."
        case .underAMinute: return "\(position). It should take less than a minute."
        case .minutes(1, 1): return "\(position). It should take about 1 minute."
        case .minutes(let low, let high):
            return "\(position). It should take about \(WaitWords.range(low, high)) minutes."
        case .hours(1, 1): return "\(position). It should take about 1 hour."
        case .hours(let low, let high): return "\(position). It should take about \(WaitWords.range(low, high)) hours."
        }
    }

    var lookingForAnother: String {
        "We are finding another agent for you. They will see everything said so far, so there is no need to repeat it."
    }
    func wayBack(token: String, held: LengthWords?) -> String {
        let command = "come back and type: /resume \(token)"
        let length: String
        switch held {
        case nil: return "If you get disconnected, \(command)"
        case .seconds(let n): length = "\(n) \(n == 1 ? "second" : "seconds")"
        case .minutes(let n): length = "\(n) \(n == 1 ? "minute" : "minutes")"
        case .hours(let n): length = "\(n) \(n == 1 ? "hour" : "hours")"
        }
        return "If you get disconnected, your place is kept for \(length) (closing the window gives it up): \(command)"
    }
    var intakeIntroduction: String {
        "A few questions while you wait. Press Enter to skip one, or type /skip to skip them all."
    }

    func intakeQuestion(_ field: IntakeField) -> String {
        switch field {
        case .what: "What happened? Please include any error message."
        case .when: "When did it happen?"
        case .account: "Which account (user name) is it about? Never type a password."
        case .payment: "Which payment is it? Date, amount and shop, please. Never type a card number."
        case .device: "Which device or app were you using?"
        case .goal: "What would you like us to do?"
        }
    }

    var intakeDone: String { "Thank you. Your agent will read this first. Just type if there is anything to add." }
    var intakeSkipped: String { "All right, no more questions. Just type whatever you would like to say." }
    var intakeAnswerTooLong: String { "That answer is too long. Please keep it within 1,000 bytes." }

    func started(with agent: String) -> String {
        "You are now chatting with agent \(agent). Please go ahead. To finish, type /leave."
    }
    func handedOver(to agent: String) -> String { "Agent \(agent) will help you from here." }
    func talking(with agent: String) -> String { "You are chatting with agent \(agent)." }
    func agentSpeaker(_ name: String?) -> String { name.map { "Agent \($0)" } ?? "Agent" }
    func supervisorSpeaker(_ name: String?) -> String { name.map { "Supervisor \($0)" } ?? "Supervisor" }
    var ownSpeaker: String { "Me" }
    var agentAway: String { "Your agent lost the connection for a moment. We are waiting for them to return." }
    var agentBack: String { "Your agent is back." }
    var agentLeft: String { "Your agent has left the chat." }
    var supervisorJoined: String { "A supervisor has joined the chat." }
    var supervisorLeft: String { "The supervisor has left the chat." }
    var erasedWords: String { "[erased]" }
    func idleReminder(endsIn: Interval) -> String {
        let minutes = endsIn.wholeMinutes
        return
            "Are you still there? The chat ends after \(minutes) more \(minutes == 1 ? "minute" : "minutes") of silence."
    }

    func ended(_ reason: EndReason) -> String {
        switch reason {
        case .customerLeft: "The chat has ended. Thank you for contacting us."
        case .customerLost: "The chat has ended because the connection was lost for too long."
        case .agentEnded: "Your agent has ended the chat. Thank you for contacting us."
        case .idle: "The chat has ended because nothing was said for a long time."
        }
    }
    var leftQueue: String { "You have left the line. Come back whenever you like." }
    func receipt(_ code: String) -> String { "Receipt: \(code) (please mention it if you contact us again)" }
    var howToRate: String { "How was it? For example: /rate 5 very kind (1 to 5)" }
    var rated: String { "Thank you for your rating." }
    var transcriptBegins: String { "── The chat from its beginning ──" }
    var transcriptEnds: String { "── End of the transcript ──" }

    var languageChanged: String { "We will speak English from now on." }
    var languageUsage: String { "Please type: /lang en (ko 한국어, en English, ja 日本語, zh 中文)" }
    var rateUsage: String { "Please give 1 to 5, for example: /rate 5 very kind" }
    var resumeUsage: String { "Please add your code: /resume CODE" }
    var unknownVerb: String { "There is no such command. Type /help to see them all." }
    var nothingToSkip: String { "There is no question to skip right now." }
    var noChatHint: String { "That went nowhere: you are not in a chat. Type /menu to start one." }
    var menuOnlyOutsideChats: String { "You are in a chat or waiting for one. To stop, type /leave." }
    func stillOpen(_ labels: String) -> String { "Still open: \(labels)" }

    func refusal(_ refusal: Refusal) -> String {
        switch refusal.code {
        case .badJSON: "This is not valid JSON."
        case .badUTF8: "This is not valid UTF-8, so it was not sent. Please set your terminal to UTF-8."
        case .badField: "The value of '\(refusal.subject ?? "?")' is missing or wrong."
        case .tooLong: "This is too long and was not sent. Please split it."
        case .empty: "This has no visible characters, so it was not sent."
        case .unknownType: "There is no such type of message."
        case .unknownVerb: unknownVerb
        case .helloFirst: "Please say hello first."
        case .alreadyWelcome: "You have said hello already."
        case .notAllowed: "You may not do this."
        case .wrongPassword: "The name or the password is wrong."
        case .locked where refusal.retryAfter == nil: "This account is locked. Please ask your administrator."
        case .locked: "Locked after too many attempts.\(retry(refusal))"
        case .unknownToken: "This code is wrong, or that chat is over."
        case .unknownTopic: "There is no such topic."
        case .unknownQueue: "There is no such queue."
        case .unknownAgent: "There is no such agent."
        case .unknownChat: "There is no such chat."
        case .unknownOffer: "This offer is over."
        case .alreadyInChat: "You are in a chat or waiting for one already."
        case .noChat: "You are not in a chat."
        case .chatNotActive: "This is possible only while the chat is going on."
        case .chatsOpen: "Please finish your open chats first."
        case .agentUnavailable: "That agent cannot take a chat right now."
        case .unsupported: "This is not supported."
        case .nothingToRate: "There is no chat to rate."
        case .rateLimited: "That was too fast.\(retry(refusal))"
        case .queueFull: "Too many people are waiting right now. Please try again later."
        case .storageFull: "We cannot store messages right now. Please try again in a moment."
        case .draining: "No new chats during maintenance. Please come back in a moment."
        case .busy: "We are too busy right now. Please try again in a moment."
        }
    }

    private func retry(_ refusal: Refusal) -> String {
        guard let seconds = refusal.retryAfter?.wholeSeconds else { return " Please try again in a moment." }
        return " Please try again in \(seconds) \(seconds == 1 ? "second" : "seconds")."
    }

    func farewell(_ farewell: Farewell) -> String {
        switch farewell {
        case .shuttingDown: "The server is stopping for a moment. Reconnect soon to continue your chat."
        case .tooSlow: "Your connection reads too slowly and is closed. Reconnect to continue your chat."
        case .idle: "Nothing was said for a long time, so the connection is closed."
        case .left: "Thank you, and goodbye."
        case .accountChanged:
            "Your account was changed, so you are logged out. Your open chats are back in their queues. Please log in again."
        case .replaced: "You connected from another place, so this connection is closed."
        case .helloTimeout: "No hello came in time, so the connection is closed."
        case .otherProtocol: "This is a consultation chat."
        case .historyUnavailable: "The earlier words cannot be read just now. Please connect again."
        }
    }
}
