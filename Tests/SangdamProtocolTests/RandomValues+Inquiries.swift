// Random values of inquiries.

import SangdamCore

@testable import SangdamProtocol

extension RandomValues {
    mutating func emailAddress() -> EmailAddress? {
        EmailAddress("m\(number(0..<99)).x+y@mail-\(number(0..<9)).example.com")
    }

    private mutating func report() -> WrapUpReport {
        WrapUpReport(
            disposition: maybe { $0.short() }, isResolved: maybe { $0.bool() },
            tags: (0..<number(0..<17)).map { _ in short() })
    }

    mutating func inquiryCommand() -> Command {
        switch number(0..<8) {
        case 0:
            let intake = maybe { $0.intake() }
            return .inquire(
                InquiryWish(
                    topic: maybe { $0.name() }, text: text(), email: maybe { $0.emailAddress() } ?? nil,
                    name: maybe { $0.text() }, intake: intake?.isEmpty == true ? nil : intake,
                    consent: maybe { $0.name() }, id: maybe { $0.messageID() } ?? nil))
        case 1: return .inquiry(Receipt(bits: sequence()))
        case 2: return .reply(Receipt(bits: sequence()), id: messageID(), text: text())
        case 3: return .inquiries(queue: maybe { $0.name() }, state: maybe { $0.any(of: InquiryState.allCases) })
        case 4: return .take(inquiry: maybe { $0.id() }, queue: maybe { $0.name() })
        case 5: return .answer(inquiry: id(), id: messageID(), text: text())
        case 6: return .release(inquiry: id())
        default: return .close(inquiry: id(), report())
        }
    }

    mutating func inquiryMessage() -> ServerMessage {
        switch number(0..<3) {
        case 0:
            let card = maybe { values in
                InquiryCard(
                    name: values.maybe { $0.text() }, email: values.maybe { $0.emailAddress() } ?? nil,
                    isBounced: values.bool(), language: values.language(), intake: values.intake(),
                    agent: values.maybe { $0.name() }, of: values.maybe { $0.id() })
            }
            return .inquiry(
                InquiryNotice(
                    inquiry: id(), receipt: Receipt(bits: sequence()), state: any(of: InquiryState.allCases),
                    queue: name(), topic: name(), arrived: instant(), due: localTime(), isMailed: bool(), card: card))
        case 1:
            let rows = (0..<number(0..<4)).map { _ in
                InquiryRow(
                    inquiry: id(), state: any(of: InquiryState.allCases), queue: name(), topic: name(),
                    language: language(), arrived: instant(), due: localTime(), isOverdue: bool(),
                    agent: maybe { $0.name() })
            }
            return .inquiries(InquiryList(rows: rows, total: number(0..<9000)))
        default:
            return .inquiryNews(
                InquiryNews(
                    kind: any(of: InquiryNews.Kind.allCases), inquiry: id(), queue: name(), topic: name(),
                    due: localTime(), percent: maybe { $0.number(0..<101) }, agent: maybe { $0.name() },
                    open: number(0..<9000)))
        }
    }
}

extension InquiryNotice {
    /// As a client hears it.
    var asHeard: InquiryMessage {
        InquiryMessage(
            inquiry: inquiry, state: state.rawValue, queue: queue.text, topic: topic.text,
            language: card?.language.rawValue ?? "", arrived: arrived, dueLocal: due.text, isOverdue: false,
            agent: card?.agent?.text, receipt: receipt.description, customer: card?.name?.string,
            email: card?.email?.text, isMailed: isMailed, isBounced: card?.isBounced ?? false,
            intake: IntakeMessage(
                card?.intake.answers.map { .init(question: $0.question.text, text: $0.text.string) } ?? []),
            of: card?.of)
    }
}

extension InquiryRow {
    /// As a client hears it.
    var asHeard: InquiryMessage {
        InquiryMessage(
            inquiry: inquiry, state: state.rawValue, queue: queue.text, topic: topic.text, language: language.rawValue,
            arrived: arrived, dueLocal: due.text, isOverdue: isOverdue, agent: agent?.text, receipt: nil, customer: nil,
            email: nil, isMailed: false, isBounced: false, intake: IntakeMessage(), of: nil)
    }
}

extension InquiryNews {
    /// As a client hears it.
    var asHeard: InquiryNewsMessage {
        InquiryNewsMessage(
            news: kind.rawValue, inquiry: inquiry, queue: queue.text, topic: topic.text, dueLocal: due.text,
            percent: percent.map { UInt64($0) }, agent: agent?.text, open: UInt64(open))
    }
}
