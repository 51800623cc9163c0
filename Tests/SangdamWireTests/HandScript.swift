// A conversation by hand as a text that can be read: what is typed, what the desk does, and what comes of it.
//
//     > typed by the customer
//     ! done by the desk, by a name from `deskActions`
//     = what comes in for the server
//     anything else: what the customer sees

import SangdamCore
import SangdamWire
import Testing

enum HandScript {
    static let deskActions: [String: ServerMessage] = [
        "welcome": Sample.welcome(),
        "welcome en": Sample.welcome(.english),
        "topics": .topics(Sample.topics, contacts: Sample.contacts),
        "topics, a notice": .topics(
            Sample.topics, contacts: Sample.contacts, privacy: Sample.privacy(needsConsent: false)),
        "topics, consent": .topics(
            Sample.topics, contacts: Sample.contacts, privacy: Sample.privacy(needsConsent: true)),
        "topics, a new notice": .topics(
            Sample.topics, contacts: Sample.contacts, privacy: Sample.privacy("새 안내예요.", needsConsent: true)),
        "consent required": .error(Refusal(.consentRequired)),
        "topics, nobody on duty": .topics(
            [
                Sample.topic("payment", "결제", "Payment", isOpen: false, waiting: 4),
                Sample.topic("refund", "환불", "Refund", isOpen: false),
            ], contacts: Sample.contacts),
        "closed topics": .topics(Sample.closedTopics, contacts: Sample.contacts),
        "all topics closed": .topics(
            Sample.closedTopics.filter { $0.reception.status == .closed }, contacts: Sample.contactsOpenOnMondays),
        "unstaffed topics": .topics(
            Sample.closedTopics.filter { $0.reception.status == .unstaffed },
            contacts: Sample.contactsOpenOnSundays + Sample.contacts),
        "closed, a telephone is open": .error(
            Refusal(
                .closed,
                alternatives: Alternatives(
                    opens: Sample.tomorrow, offers: [],
                    contacts: Sample.contactsOpenOnSundays.map { ContactStatus($0, Timetable(), at: Sample.at) }))),
        "closed topics, one may wait": .topics(
            Sample.closedTopics + [Sample.closedTopic], contacts: []),
        "closed": .error(
            Refusal(.closed, openTopics: ["refund"], alternatives: Sample.alternatives(opens: Sample.tomorrow))),
        "unstaffed": .error(Refusal(.unstaffed, alternatives: Sample.alternatives(opens: nil))),
        "delayed, kim is there": Sample.delayed(.closed, onDuty: true),
        "delayed, nobody": Sample.delayed(.closed, onDuty: false),
        "delayed for long": Sample.delayed(.waited, onDuty: true),
        "asking topics": .topics(Sample.askingTopics, contacts: []),
        "asking topics, consent": .topics(
            Sample.askingTopics, contacts: [], privacy: Sample.privacy(needsConsent: true)),
        "closed topics, consent": .topics(
            Sample.closedTopics, contacts: [], privacy: Sample.privacy(needsConsent: true)),
        "all topics closed, one may wait": .topics([Sample.closedTopics[0], Sample.closedTopic], contacts: []),
        "found": .faq(
            [
                FAQAnswer(id: "refund-when", question: "환불은 언제 되나요?", answer: "사흘 안에 돌아와요."),
                FAQAnswer(id: "cancel", question: "어떻게 취소하나요?", answer: "내역에서 취소해 주세요."),
            ], isUnasked: false),
        "intake required": .error(Refusal(.intakeRequired, missing: ["when"])),
        "queued 3, 3–5 min": Sample.queued(3, (180, 300)),
        "queued 3, 4–5 min": Sample.queued(3, (240, 300)),
        "queued 3, 8–9 min": Sample.queued(3, (480, 540)),
        "queued 2, 1 min": Sample.queued(2, (40, 60)),
        "queued 1": Sample.queued(1, nil),
        "queued 1, soon": Sample.queued(1, (5, 30)),
        "queued 1, nobody on duty": Sample.queued(1, nil, onDuty: false),
        "started kim": Sample.started("kim"),
        "started lee": Sample.started("lee"),
        "kim says hello": Sample.message(.agent, "안녕하세요, 김상담입니다.\n무엇을 도와드릴까요?", name: "kim"),
        "kim is evil": Sample.message(.agent, "\u{1B}[2J\r\n*** 거짓 알림\n\u{202E}txt", name: "k\u{1B}im"),
        "nameless agent": Sample.message(.agent, "네", name: nil),
        "own words": Sample.message(.customer, "환불이 안 돼요\n어제부터요"),
        "own words, erased": .message(
            MessageNotice(
                chat: Sample.chat, seq: 8, from: .customer, name: nil, id: nil, body: .erased, at: Sample.at)),
        "kim's words, erased": .message(
            MessageNotice(
                chat: Sample.chat, seq: 8, from: .agent, name: "kim", id: nil, body: .erased, at: Sample.at)),
        "reminder": .message(
            MessageNotice(
                chat: Sample.chat, seq: 9, from: .system, name: nil, id: nil,
                body: .system(.idleReminder(endsIn: .seconds(420))), at: Sample.at)),
        "ack": .ack(chat: Sample.chat, id: nil, seq: 5),
        "typing": .typing(chat: Sample.chat, who: .agent, isOn: true),
        "seen": .seen(chat: Sample.chat, who: .agent, seq: 5),
        "agent away": .party(chat: Sample.chat, who: .agent, .away),
        "agent back": .party(chat: Sample.chat, who: .agent, .back),
        "agent left": .party(chat: Sample.chat, who: .agent, .left),
        "customer away": .party(chat: Sample.chat, who: .customer, .away),
        "ended by agent": .ended(chat: Sample.chat, .agentEnded, receipt: Sample.receipt),
        "ended by customer": .ended(chat: Sample.chat, .customerLeft, receipt: Sample.receipt),
        "ended idle": .ended(chat: Sample.chat, .idle, receipt: Sample.receipt),
        "ok rate": .ok(about: "rate", chat: Sample.chat),
        "ok lang": .ok(about: "lang", chat: nil),
        "transcript begins": .transcript(.begins),
        "transcript ends": .transcript(.ends),
        "queue full": .error(Refusal(.queueFull, openTopics: ["refund", "nowhere"])),
        "unknown topic": .error(Refusal(.unknownTopic)),
        "unknown token": .error(Refusal(.unknownToken)),
        "rate limited": .error(Refusal(.rateLimited, retryAfter: Interval(milliseconds: 1200))),
        "no chat": .error(Refusal(.noChat)),
        "draining": .error(Refusal(.draining)),
        "bye": .bye(.shuttingDown),
        "inquiry open": Sample.inquiry(.open),
        "inquiry open, mailed": Sample.inquiry(.open, isMailed: true),
        "inquiry taken": Sample.inquiry(.taken),
        "inquiry answered": Sample.inquiry(.answered),
        "inquiry reopened": Sample.inquiry(.reopened),
        "inquiry closed": Sample.inquiry(.closed),
        "inquiry answer": Sample.message(.agent, "사흘 안에요.\n\u{1B}[2J", name: "kim"),
        "ended inquired": .ended(chat: Sample.chat, .inquired, receipt: Sample.receipt),
        "ended lost": .ended(chat: Sample.chat, .customerLost, receipt: Sample.receipt),
        "added": .ack(chat: Sample.inquiry, id: Sample.draft, seq: 9),
        "too often": Sample.refusedDraft(.rateLimited, retryAfter: .seconds(3_541)),
        "no such inquiry": Sample.refusedDraft(.unknownInquiry),
        "unknown receipt": .error(Refusal(.unknownInquiry, subject: "receipt")),
        "too many inquiries": Sample.refusedDraft(.queueFull),
        "inquiry needs answers": Sample.refusedDraft(.intakeRequired),
        "inquiry needs consent": Sample.refusedDraft(.consentRequired),
        "inquiry in a chat": Sample.refusedDraft(.alreadyInChat),
        "closed, inquiry": .error(
            Refusal(
                .closed, openTopics: ["card"],
                alternatives: Alternatives(
                    opens: Sample.tomorrow, offers: [.inquiry],
                    contacts: Sample.contacts.map { ContactStatus($0, Timetable(), at: Sample.at) }))),
        "no topics": .topics([], contacts: []),
        "one topic": .topics([Sample.topic("payment", "결제", "Payment")], contacts: []),
    ]

    /// Plays the typed lines and the desk's actions of `script` and returns it with what really came of them.
    static func play(_ script: String, in harness: inout SessionHarness) -> String {
        var lines: [String] = []
        for line in script.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("> ") {
                harness.receive(String(line.dropFirst(2)) + "\n")
            } else if line.hasPrefix("! ") {
                let name = String(line.dropFirst(2))
                guard let message = deskActions[name] else {
                    lines.append("no such action: \(name)")
                    continue
                }
                harness.deliver(message)
            } else {
                continue
            }
            lines.append(String(line))
            lines += harness.takeInputs().map { "= " + $0 }
            var output = harness.takeOutput().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            if output.last == "" { output.removeLast() }
            lines += output
        }
        return lines.joined(separator: "\n")
    }

    /// A session that a person has just opened.
    static func begin() -> SessionHarness {
        var harness = SessionHarness()
        harness.wait(milliseconds: 300)
        return harness
    }
}

/// Plays a script and shows where reality first leaves it.
func expectPlays(
    _ script: String, in harness: inout SessionHarness, sourceLocation: SourceLocation = #_sourceLocation
) {
    let expected = script.split(separator: "\n", omittingEmptySubsequences: false)
    let played = HandScript.play(script, in: &harness).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, (one, other)) in zip(expected, played).enumerated() where one != other {
        Issue.record("line \(index + 1): expected “\(one)”, got “\(other)”", sourceLocation: sourceLocation)
        return
    }
    #expect(expected.count == played.count, sourceLocation: sourceLocation)
}
