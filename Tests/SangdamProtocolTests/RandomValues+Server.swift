// Random messages of the server's.

import SangdamCore

extension RandomValues {
    mutating func serverMessage() -> ServerMessage {
        switch number(0..<23) {
        case 0:
            return .welcome(
                Welcome(
                    session: id(), token: maybe { $0.text() }, language: language(), at: instant(),
                    textBytes: number(1..<9000), desk: labels(), agent: maybe { $0.agent() }))
        case 1:
            guard bool() else { return .ok(about: "end", chat: maybe { $0.id() }) }
            return .overridden(
                OverrideNotice(
                    queue: name(), state: any(of: OverrideOrder.State.allCases), isOpen: bool(),
                    until: maybe { $0.localTime() }))
        case 2:
            let topics = (0..<number(0..<4)).map { _ in
                TopicStatus(
                    id: name(), labels: labels(), queue: name(), waiting: number(0..<9), reception: reception(),
                    intake: maybe { $0.questions() })
            }
            let privacy = maybe {
                PrivacyNotice(
                    text: $0.labels(), url: $0.bool() ? "https://www.example.com/" : nil, needsConsent: $0.bool())
            }
            return .topics(TopicsNotice(desk: labels(), topics: topics, contacts: [], privacy: privacy))
        case 3:
            return .queued(
                QueuedNotice(
                    chat: id(), queue: name(), position: number(1..<99),
                    wait: maybe { WaitEstimate(lowSeconds: $0.number(0..<60), highSeconds: $0.number(60..<999)) },
                    onDuty: bool(), hold: interval()))
        case 4:
            return .offer(
                OfferNotice(
                    offer: id(), chat: id(), queue: name(), topic: name(), language: language(), waited: interval(),
                    intake: intake(), expires: instant()))
        case 5: return .offerClosed(id(), any(of: OfferOutcome.allCases))
        case 6:
            return .started(
                StartedNotice(chat: id(), other: bool() ? .agent(name()) : .customer(card()), seq: sequence()))
        case 7:
            return .message(
                MessageNotice(
                    chat: id(), seq: sequence(), from: party(), name: maybe { $0.text() },
                    id: maybe { $0.messageID() } ?? nil, body: body(), at: instant()))
        case 8:
            return .note(
                NoteNotice(chat: id(), seq: sequence(), by: name(), text: maybe { $0.text() }, at: instant()))
        case 9: return .ack(chat: id(), id: maybe { $0.messageID() } ?? nil, seq: sequence())
        case 10: return .typing(chat: id(), who: party(), isOn: bool())
        case 11: return .seen(chat: id(), who: party(), seq: sequence())
        case 12: return .party(chat: id(), who: party(), any(of: [PartyState.left, .away, .back]))
        case 13:
            return .ended(chat: id(), any(of: EndReason.allCases), receipt: Receipt(bits: sequence()))
        case 14: return .status(agent())
        case 15: return .transcript(bool() ? .begins : .ends)
        case 16:
            return .error(
                Refusal(
                    any(of: RefusalCode.allCases), messageID: maybe { $0.messageID() } ?? nil,
                    retryAfter: maybe { $0.interval() }, subject: bool() ? "text" : nil,
                    openTopics: (0..<number(0..<3)).map { _ in name() },
                    missing: (0..<number(0..<3)).map { _ in name() }))
        case 17:
            return .delayed(
                DelayNotice(
                    chat: id(), queue: name(), reason: any(of: DelayReason.allCases), onDuty: bool(),
                    alternatives: Alternatives(
                        opens: maybe { $0.localTime() }, offers: reception().offers, contacts: []),
                    openTopics: (0..<number(0..<3)).map { _ in name() }))
        case 20..<23: return inquiryMessage()
        case 18:
            return .faq(
                (0..<number(0..<4)).map { _ in
                    FAQAnswer(id: name(), question: text().string, answer: text().string)
                })
        default: return .bye(any(of: Farewell.allCases))
        }
    }

    private mutating func reception() -> Reception {
        Reception(
            status: any(of: QueueStatus.allCases), until: maybe { $0.localTime() },
            offering: any(of: Offering.allCases))
    }

    mutating func localTime() -> LocalTime {
        LocalTime(instant(), seenAt: instant(), Timetable())
    }

    private mutating func labels() -> Localised {
        Localised([.korean: text().string, .english: text().string])
    }

    private mutating func questions() -> [Question] {
        (0..<number(0..<4)).map { _ in
            let choices = (0..<number(1..<4)).map { _ in Question.Choice(id: name(), labels: labels()) }
            return Question(
                id: name(), labels: bool() ? labels() : Localised([:]), isRequired: bool(),
                kind: any(of: [.text, .date, .amount, .choice(choices)]))
        }
    }

    private mutating func agent() -> AgentNotice {
        AgentNotice(
            name: name(), role: .agent, status: any(of: AgentStatus.allCases),
            statusAfterChats: maybe { $0.any(of: AgentStatus.allCases) }, capacity: number(1..<101),
            autoAccept: bool(), cause: any(of: [StatusCause.asked, .signedIn, .unanswered, .chatsDone, .lost]))
    }

    private mutating func card() -> CustomerCard {
        CustomerCard(
            name: maybe { $0.text() }, queue: name(), topic: name(), language: language(), waited: interval(),
            intake: intake(), isWrappingUp: bool(), isAway: bool())
    }

    private mutating func party() -> Party { any(of: [.customer, .agent, .system]) }

    private mutating func body() -> MessageBody {
        switch number(0..<4) {
        case 0: .erased
        case 1: .system(.idleReminder(endsIn: interval()))
        default: .words(text())
        }
    }
}
