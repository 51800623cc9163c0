// The console in English.

internal import SangdamCore
internal import SangdamProtocol

func englishWords(_ phrase: Phrase) -> String {
    switch phrase {
    case .connectFailed(let fault, let address, let caFile):
        englishFault(fault, address: address, caFile: caFile)
    case .connectFailedAgain(let fault, let address, let seconds):
        englishFault(fault, address: address, caFile: nil) + " Next try in \(seconds) s."
    case .closedAtLogin(let reason):
        "The server closed the connection before the login\(reason.map { " (\($0))" } ?? "")."
    case .loginUnanswered: "The server did not answer the login within 15 s."
    case .notOurProtocol: "The other side is no chat server: check the address given with --connect."
    case .loginRefused(let message): "Cannot log in: \(message)"
    case .locked(let patience):
        patience.map { "The login is locked. Try again in \(englishLength($0))." }
            ?? "This account is locked. Ask your administrator."
    case .welcome(let name): "Logged in as \(name). /help lists the commands."
    case .back: "Connected again."
    case .connectionLost(let reason, let seconds):
        "Connection lost\(reason.map { " (\($0))" } ?? ""). Next try in \(seconds) s."
    case .bye(let code, let message): "Server: \(message.isEmpty ? code : message)"
    case .unreadableMessage: "One message of the server was not understood and was passed over."
    case .serverLineTooLong(let limit): "The server sent a line of more than \(limit) bytes."
    case .refusal(let code, let message, _, _): message.isEmpty ? code : message
    case .serverError(let command, let refusal): command.map { "\($0): \(refusal)" } ?? refusal
    case .unanswered(let command): "\(command): the connection was lost before the answer. Check once it is back."
    case .notConnected(let verb): "\(verb) needs the server, and the connection is lost at the moment."

    case .status(let agent): englishStatus(agent)

    case .topic(let label, let id): "\(label) (\(id))"
    case .offer(let topic, let waited, let language, let seconds):
        "── offer: \(topic) · waited \(englishLength(waited)) · \(language) · "
            + (seconds.map { "/accept within \($0) s" } ?? "/accept")
    case .intake(let question, let answer): "   \(question): \(answer)"
    case .standardQuestion(let field): field.rawValue
    case .offerClosed(let reason):
        switch reason {
        case "expired": "The offer's time is over."
        case "declined": "Offer declined."
        case "rescinded": "The offer was taken back."
        default: "The offer is over (\(reason))."
        }
    case .tooManyChats(let limit): "More than \(limit) chats: the new one cannot be shown."
    case .started(let customer, let topic): "▶ started with \(customer ?? "customer") · \(topic)"
    case .chatIsBack(let customer): "▶ the chat with \(customer ?? "customer") goes on"
    case .noLongerYours: "This chat is no longer yours."
    case .nowIn(let customer): "▶ current chat: \(customer)"
    case .switchHint(let number): "   /switch \(number) to write here"
    case .speaker(let speaker):
        switch speaker {
        case .customer(let name): name ?? "customer"
        case .myself: "me"
        case .colleague(let name): "agent \(name ?? "?")"
        case .system: "system"
        }
    case .someCustomer: "customer"
    case .note(let author, let text): "note (\(author ?? "me")): \(text)"
    case .typing: "… is typing"
    case .party(let who, let state): englishPresence(who, state)
    case .ended(let reason, let receipt):
        "■ ended: \(englishReason(reason))" + (receipt.map { " · receipt \($0)" } ?? "")
    case .wrapUpLeft: "   /wrapup [disposition] [resolved|unresolved] [#tag…] finishes it."
    case .wrappedUp: "Wrap-up done."
    case .transferred(let target): "→ transferred" + (target.isEmpty ? "." : ": \(target)")
    case .inquiry(let phrase): englishWords(phrase)
    case .overridden(let queue, let state, let until):
        switch state {
        case .open: "\(queue) is open until \(until ?? "a supervisor closes it")."
        case .closed: "\(queue) is closed until \(until ?? "a supervisor opens it"). Whoever waits is still served."
        case .auto: "\(queue) goes by its hours again."
        }

    case .notSavedYet(let text): "Not yet saved: “\(text)”"
    case .savedNow(let text): "Saved: “\(text)”"
    case .notDelivered(let text, let reason): "Not delivered (\(reason)): “\(text)”"
    case .leftUnsaved(let text): "Leaving without having saved: “\(text)”"
    case .tooManyUnacknowledged(let text, let limit): "\(limit) messages are not saved yet, no room for more: “\(text)”"
    case .tooLong(let bytes, let limit): "Too long: \(bytes) bytes, \(limit) at once are allowed. Not sent."
    case .inputNotUTF8: "The line is not UTF-8 and was not sent."
    case .inputTooLong(let limit): "The line is longer than \(limit) bytes and was not sent."

    case .unknownVerb(let name): "\(name): no such command. /help lists them; to say it as it is: /\(name)"
    case .usage(let verb): "Usage: \(englishUsage(verb))"
    case .transferUsage(let queues):
        "Usage: \(englishUsage(.transfer))" + (queues.isEmpty ? "" : " · queues: \(queues.joined(separator: ", "))")
    case .noCurrentChat(let text, let others, let offers):
        "Not sent: “\(text)” · "
            + (others.isEmpty
                ? (offers.isEmpty ? "there is no chat." : "first /accept \(numbered(offers))")
                : "choose a chat first: /switch \(numbered(others))")
    case .chatIsOver(let text): "Not sent, the chat is over: “\(text)” · /wrapup or /switch"
    case .noChatFor(let verb): "\(verb.name(in: .english)): no chat is chosen. /chats shows them, /switch chooses one."
    case .endFirst: "The chat is still going on. First /end"
    case .noSuchOffer(let number): number.isEmpty ? "There is no offer." : "There is no offer [\(number)]."
    case .noSuchChat(let name): name.isEmpty ? "There is no chat." : "There is no such chat: \(name) · /chats"
    case .severalChats(let name, let numbers): "\(name): there are several. Choose by number: \(numbered(numbers))"
    case .acceptFirst(let number): "That is still an offer. First /accept \(number)"
    case .noChats: "No chats and no offers."
    case .chatState(let phase, let isAway, let unread):
        switch phase {
        case .offered: "offer"
        case .active: (isAway ? "away" : "open") + (unread > 0 ? " · \(unread) unread" : "")
        case .wrapUp: "wrap-up"
        }
    case .unsavedCount(let count): "Not yet saved: \(count)"
    case .nothingSaidYet: "Nothing has been said yet."
    case .noAnswers: "No frequent question like that was found."
    case .insertHint: "   /insert 1 says that answer in the current chat."
    case .noSuchAnswer(let number): "There is no answer \(number). Find some: \(englishUsage(.faq))"
    case .answersInOtherLanguage(let language): "This chat is in \(language): search again with /faq."
    case .waitedInVain: "/wait: it did not happen in time."
    case .quitWarning(let open, let unsaved):
        "\(open) chat(s) open" + (unsaved > 0 ? ", \(unsaved) message(s) not saved" : "")
            + ". /quit once more to leave."
    }
}

private func englishFault(_ fault: ConnectFault, address: String, caFile: String?) -> String {
    switch fault {
    case .cannotResolve(let reason): "\(address): no such host (\(reason))."
    case .refused(let reason): "Cannot connect to \(address) (\(reason))."
    case .timedOut: "No answer from \(address) within 10 s."
    case .untrusted(let reason):
        "The certificate of \(address) is not trusted (\(reason))."
            + englishAdvice(Distrust(reason: reason), caFile: caFile)
    case .noTLS(let reason): "No TLS with \(address) (\(reason))."
    }
}

private func englishAdvice(_ distrust: Distrust, caFile: String?) -> String {
    switch distrust {
    case .otherName: " It is for another name: check the address given with --connect."
    case .unknownIssuer:
        caFile.map { " \($0) does not hold the CA that issued it." }
            ?? " The system's CAs do not know it: name the server's CA file with --ca-file."
    case .expired: " Its time is over: the server's operator has to renew it, if this machine's clock is right."
    case .notYetValid: " Its time has not begun: check this machine's clock."
    case .other: ""
    }
}

/// `1 h 2 min`, `1 min 12 s`, `5 s`.
private func englishLength(_ interval: Interval) -> String {
    let seconds = max(0, interval.milliseconds / 1000)
    if seconds >= 3600 { return "\(seconds / 3600) h \(seconds / 60 % 60) min" }
    return seconds >= 60 ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds) s"
}

private func englishStatus(_ agent: AgentState) -> String {
    let status =
        switch agent.status {
        case "available": "available"
        case "break": "on break"
        case "offline": "offline"
        default: clean(agent.status)
        }
    var parts = ["status: \(status)"]
    if agent.statusAfterChats != nil { parts.append("changes after the open chats") }
    if let capacity = agent.capacity { parts.append("capacity \(capacity)") }
    if agent.autoAccept == true { parts.append("accepting by itself") }
    switch agent.cause {
    case "unanswered": parts.append("because offers went unanswered (/available)")
    case "chats_done": parts.append("the chats are done")
    case "account_changed": parts.append("your account has changed")
    default: break
    }
    return parts.joined(separator: " · ")
}

private func englishPresence(_ who: String, _ state: String) -> String {
    switch state {
    case "away": "the \(who)'s connection is lost; the chat is held for a while"
    case "back": "the \(who) is back"
    case "left": "the \(who) left"
    case "joined": "the \(who) joined"
    default: "\(who): \(state)"
    }
}

private func englishReason(_ reason: String) -> String {
    switch reason {
    case "customer_left": "the customer left"
    case "customer_lost": "the customer did not come back"
    case "agent_ended": "by the agent"
    case "idle": "nothing was said for long"
    default: reason
    }
}

private func englishUsage(_ verb: Verb) -> String {
    switch verb {
    case .accept: "/accept [offer number]"
    case .decline: "/decline [offer number] [reason]"
    case .switchChat: "/switch [number|name]"
    case .note: "/note words"
    case .transfer: "/transfer queue:ID | agent:NAME | @NAME"
    case .end: "/end"
    case .wrapUp: "/wrapup [disposition] [resolved|unresolved] [#tag…] (64 bytes each, 16 tags)"
    case .onBreak: "/break [after]"
    case .faq: "/faq words"
    case .insert: "/insert answer number"
    case .inquiries: "/inquiries [QUEUE] [open|taken|reopened|answered|closed]"
    case .take: "/take [number|QUEUE]"
    case .answer: "/answer [?number] [words]"
    case .send: "/send"
    case .cancel: "/cancel"
    case .release: "/release [?number]"
    case .finish: "/finish [?number] [disposition] [resolved|unresolved] [#tag…] (64 bytes each, 16 tags)"
    case .available: "/available"
    case .offline: "/offline [after]"
    case .capacity: "/capacity 1–100"
    case .auto: "/auto on|off"
    case .chats: "/chats"
    case .history: "/history"
    case .wait: "/wait offer|chat|message|end [1–3600 seconds]"
    case .openQueue: "/open QUEUE"
    case .closeQueue: "/close QUEUE"
    case .schedule: "/schedule QUEUE"
    case .help: "/help"
    case .quit: "/quit"
    }
}

let englishHelp: [String] =
    [
        "Commands have English and Korean names. Other words go to the current chat; words that begin with / as //.",
        "Inquiries are [?1], [?2]… and answered with /answer. Only while one is written in several lines are words its own.",
    ]
    + Verb.allCases.map { verb in
        "  \(englishUsage(verb))  (/\(verb.korean))  \(englishPurpose(verb))"
    }

private func englishPurpose(_ verb: Verb) -> String {
    switch verb {
    case .accept: "take an offer; without a number the oldest"
    case .decline: "refuse an offer"
    case .switchChat: "write in another chat; also /2"
    case .note: "a note that the customer never sees"
    case .transfer: "hand the current chat over"
    case .end: "end the current chat"
    case .wrapUp: "finish a chat that has ended and free its slot"
    case .onBreak: "take a break; after: once the open chats are done"
    case .faq: "search the frequent questions, in the language of the current chat"
    case .insert: "say that answer in the current chat"
    case .inquiries: "questions that wait for an answer, by what is due; or those in one state"
    case .take: "take an inquiry, without a number the one that is due first, and show all that was said"
    case .answer: "answer the current inquiry; without words the lines that come are the answer"
    case .send: "send the answer that was written in several lines"
    case .cancel: "drop the answer that is being written"
    case .release: "let the current inquiry go, for colleagues"
    case .finish: "close the current inquiry"
    case .available: "take new chats"
    case .offline: "no more for today"
    case .capacity: "how many chats at once"
    case .auto: "accept offers by itself"
    case .chats: "chats and offers"
    case .history: "what was said in the current chat"
    case .wait: "for scripts: hold the next lines until it happens"
    case .openQueue: "supervisors: open a queue until its hours change next, or for good if it has none"
    case .closeQueue: "supervisors: close a queue until its hours change next, or for good if it has none"
    case .schedule: "supervisors: let a queue go by its hours again"
    case .help: "this"
    case .quit: "leave; chats stay with the server"
    }
}
