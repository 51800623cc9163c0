// What the console says about inquiries, in English.

func englishWords(_ phrase: InquiryPhrase) -> String {
    switch phrase {
    case .card(let receipt, let topic, let language, let due, let isCurrent, let number):
        (isCurrent ? "▶ current inquiry" : "inquiry in your hands") + (receipt.map { " \($0)" } ?? "")
            + " · \(topic) · \(language) · due \(due) · "
            + (isCurrent ? "/answer words, or /answer for several lines" : "/take \(number) chooses it")
    case .customer(let name, let email, let isMailed, let isBounced):
        "   customer: \(name ?? "no name")" + (email.map { " · \($0)" } ?? "")
            + (isBounced ? " (takes no mail)" : isMailed ? " (answers are mailed)" : "")
    case .chatBefore: "── the chat before it ──"
    case .question: "── the inquiry ──"
    case .reopened(let due): "── the customer says more · due \(due)"
    case .row(let inquiry, let topic):
        "\(topic) · \(inquiry.language) · \(inquiry.state) · due \(inquiry.due)"
            + (inquiry.isOverdue ? " · OVERDUE" : "") + (inquiry.agent.map { " · \($0)" } ?? "")
            + (inquiry.draft.isEmpty ? "" : " · \(inquiry.draft.count) line(s) written")
    case .none: "No inquiries."
    case .more(let shown, let total): "The first \(shown) of \(total), by what is due."
    case .news(let news, let topic, let due, let percent, let agent, let open, let number):
        happening(news, percent, agent) + ": \(topic) · due \(due) · \(open) waiting" + takeHint(news, number)
    case .writing(let lines):
        (lines > 0 ? "The \(lines) line(s) written so far are kept. " : "")
            + "Lines go into the answer now. /send sends it, /cancel drops it, /switch goes back to a chat."
    case .paused: "The answer waits as far as it is written: /answer goes on with it."
    case .dropped: "The answer was dropped. Words go to the current chat again."
    case .nothingWritten: "Nothing is written. /answer words, or /answer for several lines"
    case .answered: "✓ answered. /finish [disposition] [resolved|unresolved] [#tag…] closes it."
    case .released: "Let go: colleagues can take it."
    case .finished: "Finished."
    case .noLongerYours: "This inquiry is no longer in your hands."
    case .notAnAnswer(let text): "Not sent: “\(text)” · to answer the inquiry: /answer"
    case .noSuch(let name): "There is no inquiry \(name) on the list. /inquiries shows them."
    case .noneFor(let verb): "\(verb.name(in: .english)): no inquiry is chosen. /take chooses one."
    }
}

private func happening(_ news: String, _ percent: UInt64?, _ agent: String?) -> String {
    let by = agent.map { " (\($0))" } ?? ""
    return switch news {
    case "arrived": "── new inquiry"
    case "reopened": "── the customer says more, the inquiry is open again" + by
    case "replied": "── the customer says more" + by
    case "released": "── inquiry let go"
    case "reminder":
        ((percent ?? 0) >= 100 ? "── inquiry OVERDUE" : "── \(percent ?? 0) % of the time for an inquiry are over") + by
    case "mail_failed": "── an answer could not be mailed" + by
    case "mail_bounced": "── the customer's address takes no mail" + by
    default: "── inquiry (\(news))" + by
    }
}

private func takeHint(_ news: String, _ number: Int) -> String {
    switch news {
    case "mail_failed", "mail_bounced": ""
    default: " · /take \(number)"
    }
}
