// A chat's lines for people: one entry a line, when, who, what. Whatever somebody wrote is shown, nothing of it reaches
// the terminal as a command.

import SangdamCore
import SangdamWire

/// Entries as text. Takes the time's form from outside: the zone is the caller's matter.
enum TranscriptText {
    /// One entry. The words' own line breaks are kept, each further line under the first.
    static func entry(_ record: Record, time: (Instant) -> String) -> String? {
        guard case .chat(_, _, let event) = record.body else { return nil }
        let when = time(record.at)
        let (who, what) = line(event)
        let lead = when + "  " + who.padded(to: 16) + "  "
        let indent = "\n" + String(repeating: " ", count: TerminalText.width(lead))
        return lead + what.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: indent)
    }

    /// Stands where words were that have been erased.
    private static let erased = "[erased]"

    private static func words(_ text: Text?) -> String {
        text.map(sanitised) ?? erased
    }

    /// Somebody's words, with their line breaks and without anything that a terminal obeys.
    private static func sanitised(_ text: Text) -> String {
        TerminalText.sanitisedLines(text).joined(separator: "\n")
    }

    /// Who did it and what; `*` stands for the desk itself.
    private static func line(_ event: ChatRecord) -> (who: String, what: String) {
        switch event {
        case .opened(let opened):
            let name = opened.name.map { ", name " + sanitised($0) } ?? ""
            let consent = opened.consent.map { ", consent \($0)" } ?? ""
            return (
                "*",
                "opened: topic \(opened.topic), language \(opened.language.rawValue), receipt \(opened.receipt)" + name
                    + consent
            )
        case .intake(let intake):
            let answers = intake.answers.map { "\($0.question): " + sanitised($0.text) }
            return ("customer", (["details"] + (answers.isEmpty ? [erased] : answers)).joined(separator: "\n"))
        case .queued(let queued):
            return ("*", "queued in \(queued.queue) (\(queued.cause.rawValue))")
        case .offered(let offered):
            return ("*", "offered to \(offered.agent)")
        case .offerClosed(let closed):
            let reason = closed.reason.map { ": " + sanitised($0) } ?? ""
            return ("*", "offer to \(closed.agent) \(closed.outcome.rawValue)" + reason)
        case .started(let started):
            return ("*", "started with \(started.agent) after \(started.waited.seconds) s")
        case .message(let message):
            return (speaker(message), words(message.text))
        case .note(let by, _, let text):
            return ("note \(by)", words(text))
        case .transferred(let transferred):
            let target =
                switch transferred.target {
                case .queue(let queue): "queue \(queue)"
                case .agent(let agent): "agent \(agent)"
                }
            return ("*", "transferred (\(transferred.kind.rawValue)) by \(transferred.from) to \(target)")
        case .away(let party):
            return ("*", "\(party.rawValue) lost the connection")
        case .back(let party):
            return ("*", "\(party.rawValue) is back")
        case .reminded:
            return ("*", "reminded the customer")
        case .delayed(let reason, let isUnstaffed):
            let unstaffed = isUnstaffed ? ", nobody on duty" : ""
            return ("*", "told the customer that it takes longer (\(reason.rawValue)\(unstaffed))")
        case .language(let language):
            return ("*", "language is now \(language.rawValue)")
        case .ended(let reason, let by, let abandonedAt, _, let isHelped):
            let since = abandonedAt.map { ", gone since \($0.rfc3339)" } ?? ""
            let helped = isHelped ? ", helped by a frequent question" : ""
            return ("*", "ended by \(by.rawValue): \(reason.rawValue)" + since + helped)
        case .wrappedUp(let agent, let cause, let report, _):
            return ("*", "wrapped up by \(agent) (\(cause.rawValue))" + words(of: report))
        case .rated(let score, let comment):
            return ("customer", "rated \(score) of 5" + (comment.map { ": " + sanitised($0) } ?? ""))
        case .closed:
            return ("*", "closed")
        case .inquiry(let record):
            return ("*", line(record))
        }
    }

    private static func line(_ record: InquiryRecord) -> String {
        switch record {
        case .inquired(let inquired):
            let name = inquired.name.map { ", name " + sanitised($0) } ?? ""
            let email = inquired.email.map { ", e-mail \($0)" + (inquired.isMailed ? "" : " (not mailed)") } ?? ""
            let consent = inquired.consent.map { ", consent \($0)" } ?? ""
            return "inquired: topic \(inquired.topic), queue \(inquired.queue), language "
                + "\(inquired.language.rawValue), receipt \(inquired.receipt), due \(inquired.clock.due.rfc3339)" + name
                + email + consent
        case .taken(let agent): return "taken by \(agent)"
        case .released(let agent, let cause): return "released by \(agent) (\(cause.rawValue))"
        case .reopened(let clock, let agent):
            return "reopened, due \(clock.due.rfc3339)" + (agent.map { ", with \($0)" } ?? "")
        case .reminded(let percent): return "\(percent) % of the time have passed"
        case .closed(let agent, let report):
            return (agent.map { "closed by \($0)" } ?? "closed, as nothing more was said") + words(of: report)
        case .mailReceived(let mail):
            let from = mail.from.map { " from another address, \($0)" } ?? ""
            let attachments =
                mail.attachments.isEmpty
                ? "" : ", with " + mail.attachments.map(sanitised).joined(separator: ", ")
            let quoted = mail.quoted.map { ", quoting\n" + sanitised($0) } ?? ""
            return "a mail came" + from + attachments + quoted
        case .mailed(let number, .sent): return "line \(number) was mailed"
        case .mailed(let number, .failed(let why)): return "line \(number) could not be mailed: " + words(why)
        case .mailBounced(let status):
            return "the address takes no mail" + (status.map { " (" + sanitised($0) + ")" } ?? "")
        }
    }

    private static func speaker(_ message: StoredMessage) -> String {
        guard let name = message.name else { return message.from.rawValue }
        return "\(message.from.rawValue) \(name)"
    }

    private static func words(of report: WrapUpReport) -> String {
        var parts: [String] = []
        if let disposition = report.disposition { parts.append(sanitised(disposition)) }
        if let isResolved = report.isResolved { parts.append(isResolved ? "resolved" : "not resolved") }
        parts += report.tags.map { "#" + sanitised($0) }
        return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
    }
}
