// Effects in the words of a scenario's right half.

import SangdamCore

@testable import SimulationSupport

extension DeskScenario {
    /// Deliveries, closings and readings of the journal.
    func render(_ effects: [Effect]) -> [String] {
        effects.compactMap { effect in
            switch effect {
            case .record, .observe: nil
            case .deliver(let handle, let message):
                "\(name(handle)) ← \(render(message, toAgent: !name(handle).hasPrefix("c")))"
            case .mail(let mail): render(mail)
            case .close(let handle, let farewell): "\(name(handle)) ← bye \(farewell.rawValue)"
            case .search(let handle, let query, let language):
                "\(name(handle)) ← search in \(language.rawValue): \(query.words)"
            case .history(let handle, let request):
                "\(name(handle)) ← journal \(request.after)–\(request.through)"
                    + (request.includesNotes ? " with notes" : "") + (request.isTranscript ? " as transcript" : "")
            }
        }
    }

    /// What was written about a chat.
    func lines(of chat: String) -> [String] {
        journal.compactMap { record in
            guard case .chat(let id, _, let event) = record.body, name(id) == chat else { return nil }
            return render(event)
        }
    }

    /// What was written about agents.
    var agentLines: [String] {
        journal.compactMap { record in
            if case .agent(let agent) = record.body { render(agent) } else { nil }
        }
    }

    /// What was written about accounts.
    var accountLines: [String] {
        journal.compactMap { record in
            guard case .account(let account) = record.body else { return nil }
            return "\(account.account) \(account.change.rawValue)" + (account.by.map { " by \($0)" } ?? "")
                + (account.profile == nil ? "" : " with profile")
        }
    }

    /// What was written about the hours of queues.
    var hoursLines: [String] {
        journal.compactMap { record in
            guard case .hours(let hours) = record.body else { return nil }
            return "\((record.at - .opening).milliseconds / 1000) \(hours.queue) \(hours.isOpen ? "open" : "closed")"
                + (hours.override.map { " by \($0.by)" } ?? "")
                + (hours.override?.until.map { " until \(($0 - .opening).milliseconds / 1000)" } ?? "")
        }
    }

    /// What was counted, in words; all that begins with one of `prefixes`.
    func counted(_ prefixes: String...) -> [String] {
        observed.map { render($0) }.filter { text in prefixes.contains { text.hasPrefix($0) } }
    }

    private func name(_ handle: SessionHandle) -> String { sessionNames[handle] ?? "?\(handle.rawValue)" }
    private func name(_ chat: ChatID) -> String { chatNames[chat] ?? "?" }
    private func name(_ id: ClientMessageID?) -> String {
        id.map { " #\(String(decoding: $0.utf8, as: UTF8.self))" } ?? ""
    }

    // MARK: To the sessions

    private func render(_ message: ServerMessage, toAgent: Bool) -> String {
        switch message {
        case .welcome(let welcome):
            "welcome" + (welcome.agent.map { " " + render($0) } ?? " \(welcome.language.rawValue)")
                + (welcome.at == now ? "" : " with a wrong time")
                + (welcome.textBytes == configuration.limits.textBytes ? "" : " with a wrong limit")
        case .ok(let about, let chat): "ok \(about)" + (chat.map { " \(name($0))" } ?? "")
        case .overridden(let notice): "ok override \(render(notice))"
        case .topics(let notice):
            "topics "
                + notice.topics.map { render($0) }
                .joined(separator: " ")
        case .queued(let notice): "queued \(notice.queue) \(notice.position) \(render(notice))"
        case .delayed(let notice):
            "delayed \(notice.reason.rawValue)\(notice.onDuty ? "" : " nobody")" + render(notice.alternatives)
                + render(open: notice.openTopics)
        case .offer(let offer): "offer \(name(offer.chat)) \(offer.queue)" + render(offer.intake)
        case .offerClosed(let offer, let outcome): "offer closed \(offers[offer].map(name) ?? "?") \(outcome.rawValue)"
        case .started(let started): render(started)
        case .message(let message): render(message, toAgent: toAgent)
        case .note(let note): "\(name(note.chat)) note by \(note.by): \(note.text?.string ?? "[erased]")"
        case .ack(_, let id, let seq): "ack\(name(id)) \(seq)"
        case .typing(let chat, _, let isOn): (toAgent ? "\(name(chat)) " : "") + "types \(isOn ? "on" : "off")"
        case .seen(let chat, _, let seq): (toAgent ? "\(name(chat)) " : "") + "saw \(seq)"
        case .party(let chat, let who, let state): "\(name(chat)) \(who.rawValue) \(state.rawValue)"
        case .ended(let chat, let reason, let receipt):
            "ended \(name(chat)) \(reason.rawValue)" + (receipts[chat] == receipt ? "" : " with a wrong receipt")
        case .status(let notice): "status " + render(notice)
        case .inquiry(let notice): render(notice)
        case .inquiries(let list): render(list)
        case .inquiryNews(let news): render(news)
        case .faq(let answers, _): "faq \(answers.map(\.id.text).joined(separator: " "))"
        case .transcript(let mark): mark == .begins ? "transcript begins" : "transcript ends"
        case .error(let refusal): render(refusal)
        case .bye(let farewell): "bye \(farewell.rawValue)"
        }
    }

    private func render(_ topic: TopicStatus) -> String {
        "\(topic.id):\(topic.reception.status.rawValue):\(topic.waiting)"
            + (topic.reception.until.map { ">\(render($0))" } ?? "")
            + (topic.reception.offers == [.chat] ? "" : ":" + topic.reception.offers.map(\.rawValue).joined())
    }

    private func render(_ notice: OverrideNotice) -> String {
        "\(notice.queue) \(notice.state.rawValue)"
            + (notice.state == .auto ? ": \(notice.isOpen ? "open" : "closed")" : "")
            + (notice.until.map { " until \(render($0))" } ?? "")
    }

    func render(_ outcome: OrderOutcome) -> String {
        switch outcome {
        case .overridden(let notice): render(notice)
        case .mail(let outcome): outcome.rawValue
        case .refused(let refusal): render(refusal)
        }
    }

    private func render(_ time: LocalTime) -> String { "\((time.at - .opening).milliseconds / 1000)" }

    private func render(_ alternatives: Alternatives) -> String {
        (alternatives.opens.map { " opens \(render($0))" } ?? "")
            + (alternatives.offers.isEmpty
                ? "" : " offers " + alternatives.offers.map(\.rawValue).joined(separator: ","))
            + (alternatives.contacts.isEmpty ? "" : " contacts ")
            + alternatives.contacts.map { $0.card.id + ($0.isOpen == false ? "(closed)" : "") }.joined(separator: ",")
    }

    private func render(open topics: [TopicID]) -> String {
        topics.isEmpty ? "" : " open: " + topics.map(\.text).joined(separator: ",")
    }

    private func render(_ notice: QueuedNotice) -> String {
        guard let wait = notice.wait else { return notice.onDuty ? "without estimate" : "nobody" }
        return "~\(wait.lowSeconds)-\(wait.highSeconds)" + (notice.onDuty ? "" : " nobody")
    }

    private func render(_ intake: Intake) -> String {
        intake.answers.map { " \($0.question)=\($0.text)" }.joined()
    }

    private func render(_ started: StartedNotice) -> String {
        switch started.other {
        case .agent(let agent): "started \(agent)"
        case .customer(let card):
            "started \(name(started.chat))" + render(card.intake) + (card.isWrappingUp ? " wrapping up" : "")
                + (card.isAway ? " away" : "")
        }
    }

    private func render(_ message: MessageNotice, toAgent: Bool) -> String {
        let chat = toAgent ? "\(name(message.chat)) " : ""
        switch message.body {
        case .words(let text): return "\(chat)\(message.from.rawValue): \(text)"
        case .erased: return "\(chat)\(message.from.rawValue): [erased]"
        case .system(.idleReminder(let endsIn)): return "\(chat)reminder, ends in \(endsIn.milliseconds / 1000)"
        }
    }

    private func render(_ notice: AgentNotice) -> String {
        notice.status.rawValue + (notice.statusAfterChats.map { ", then \($0.rawValue)" } ?? "")
            + (notice.cause == .asked || notice.cause == .signedIn ? "" : " \(notice.cause.rawValue)")
    }

    private func render(_ refusal: Refusal) -> String {
        "error \(refusal.code.rawValue)\(name(refusal.messageID))" + (refusal.subject.map { " \($0)" } ?? "")
            + (refusal.retryAfter.map { " retry after \($0.milliseconds) ms" } ?? "")
            + (refusal.missing.isEmpty ? "" : " missing: " + refusal.missing.map(\.text).joined(separator: ","))
            + (refusal.alternatives.map { render($0) } ?? "") + render(open: refusal.openTopics)
    }

    // MARK: For the journal and the metrics

    private func render(_ agent: AgentRecord) -> String {
        "\(agent.profile.name) \(agent.status.rawValue)\(agent.isPresent ? "" : " away") \(agent.cause.rawValue)"
    }

    private func render(_ event: ChatRecord) -> String {
        switch event {
        case .opened(let opened): "opened \(opened.topic) \(opened.language.rawValue)"
        case .intake: "intake"
        case .queued(let queued): "queued \(queued.queue) \(queued.cause.rawValue)"
        case .offered(let offered): "offered \(offered.agent)" + (offered.isTransfer ? " as transfer" : "")
        case .offerClosed(let closed):
            "offer to \(closed.agent) \(closed.outcome.rawValue)" + (closed.reason.map { ": \($0)" } ?? "")
        case .started(let started): "started \(started.agent) after \(started.waited.milliseconds / 1000)"
        case .message(let message): "message \(message.from.rawValue)"
        case .note(let agent, _, _): "note \(agent)"
        case .transferred(let transferred):
            switch transferred.target {
            case .queue(let queue): "transferred by \(transferred.from) to queue \(queue)"
            case .agent(let other): "transferred by \(transferred.from) to agent \(other)"
            }
        case .away(let party): "\(party.rawValue) away"
        case .back(let party): "\(party.rawValue) back"
        case .reminded: "reminded"
        case .delayed(let reason, let isUnstaffed): "delayed \(reason.rawValue)" + (isUnstaffed ? " nobody" : "")
        case .language(let language): "language \(language.rawValue)"
        case .ended(let reason, let party, let abandonedAt, _, let isHelped):
            "ended \(reason.rawValue) by \(party.rawValue)" + (isHelped ? " helped" : "")
                + (abandonedAt.map { " abandoned at \(($0 - .opening).milliseconds / 1000)" } ?? "")
        case .wrappedUp(let agent, let cause, _, _): "wrapped up by \(agent) \(cause.rawValue)"
        case .rated(let score, let comment): "rated \(score)" + (comment.map { ": \($0)" } ?? "")
        case .closed: "closed"
        case .inquiry(let record): render(record)
        }
    }

    private func render(_ observation: Observation) -> String {
        switch observation {
        case .offered(let queue): "offered \(queue)"
        case .answered(let queue, let waited): "answered \(queue) after \(waited.milliseconds / 1000)"
        case .abandoned(let queue, let waited, let isShort):
            "abandoned \(queue) after \(waited.milliseconds / 1000)" + (isShort ? " short" : "")
        case .ended(let queue, let reason): "ended \(queue) \(reason.rawValue)"
        case .handled(let queue, let length): "handled \(queue) in \(length.milliseconds / 1000)"
        case .firstResponse(let queue, let length): "first response \(queue) in \(length.milliseconds / 1000)"
        case .wrappedUp(let queue, let length): "wrapped up \(queue) in \(length.milliseconds / 1000)"
        case .offer(let queue, let result): "offer \(queue) \(result.rawValue)"
        case .transferred(let kind): "transferred \(kind.rawValue)"
        case .requeued(let reason): "requeued \(reason.rawValue)"
        case .rated(let queue, let score): "rated \(queue) \(score)"
        case .message(let party): "message \(party.rawValue)"
        case .deduplicated: "deduplicated"
        case .faqHelped(let isHelped): isHelped ? "helped" : "not helped"
        case .resumed(let role, let result): "resumed \(role.rawValue) \(result.rawValue)"
        case .refused(let code): "refused \(code.rawValue)"
        case .turnedAway(let queue, let status, let isDiverted):
            "turned away \(queue) \(status.rawValue)\(isDiverted ? " diverted" : "")"
        case .inquiry(let queue, let result): "inquiry \(queue) \(result.rawValue)"
        case .inquiryAnswered(let queue, let length): "inquiry answered \(queue) after \(length.milliseconds / 1000)"
        case .mailTried(let result): "mail \(result)"
        case .mailGivenUp: "mail given up"
        }
    }
}
