// Inquiries on a day: customers leave them, look at them and add to them, also by mail; agents take and answer them; and
// mails are sent, put off, refused, or lost with the server.

@testable import SangdamCore
@testable import SimulationSupport

extension WorkingDay {
    /// Times that a short day reaches.
    static func inquiryRules(_ random: inout Seeded) -> InquiryRules {
        var rules = InquiryRules()
        rules.due = .seconds(Int64.random(in: 100...3000, using: &random))
        rules.clock = InquiryRules.Clock.allCases.randomElement(using: &random) ?? .wall
        rules.capacity = Int.random(in: 1...3, using: &random)
        rules.lapse = .seconds(Int64.random(in: 100...3000, using: &random))
        rules.memory = .seconds(Int64.random(in: 100...3000, using: &random))
        rules.perHour = Int.random(in: 2...6, using: &random)
        rules.repliesPerHour = Int.random(in: 2...20, using: &random)
        rules.openLimit = Int.random(in: 5...40, using: &random)
        rules.isMailed = Int.random(in: 0..<4, using: &random) > 0
        return rules
    }

    private mutating func knownInquiry() -> Inquiry? { desk.state.inquiries.all.randomElement(using: &random) }

    // MARK: Customers

    mutating func inquiryCommand(_ index: Int) -> Command? {
        switch Int.random(in: 0..<6, using: &random) {
        case 0..<3: return .inquire(wish(index))
        case 3: return knownInquiry().map { .inquiry($0.receipt) }
        default:
            customers[index].words += 1
            let id = ClientMessageID("r-\(customers[index].number)-\(customers[index].words)")
            return knownInquiry().map { .reply($0.receipt, id: id, text: "and this") }
        }
    }

    private mutating func wish(_ index: Int) -> InquiryWish {
        var wish = InquiryWish(
            topic: Bool.random(using: &random) ? configuration.topics.randomElement(using: &random)?.id : nil,
            text: "when does my refund come?")
        let number = Int.random(in: 0..<8, using: &random)
        wish.email = number < 5 ? EmailAddress("m\(number)@example.com") : nil
        wish.name = number == 7 ? "Minji" : nil
        wish.intake = Bool.random(using: &random) ? intake() : nil
        wish.id = ClientMessageID("i-\(customers[index].number)-\(Int.random(in: 0..<6, using: &random))")
        return wish
    }

    // MARK: Agents

    mutating func inquiryCommand(ofAgent index: Int) -> Command? {
        let name = agents[index].profile.name
        let held = desk.state.inquiries.held(by: name).randomElement(using: &random)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return .inquiries(queue: nil, state: nil)
        case 1: return .inquiries(queue: nil, state: InquiryState.allCases.randomElement(using: &random))
        case 2, 3: return .take(inquiry: nil, queue: nil)
        case 4: return .take(inquiry: knownInquiry()?.id, queue: nil)
        case 5..<8:
            guard let id = held ?? knownInquiry()?.id else { return nil }
            // Said again now and then.
            let number =
                Int.random(in: 0..<3, using: &random) == 0 ? max(0, agents[index].words - 1) : agents[index].words
            agents[index].words = max(agents[index].words, number + 1)
            return .answer(inquiry: id, id: ClientMessageID("\(name)-\(number)"), text: Text("answer \(number)"))
        case 8: return (held ?? knownInquiry()?.id).map { .release(inquiry: $0) }
        default: return (held ?? knownInquiry()?.id).map { .close(inquiry: $0, WrapUpReport(isResolved: true)) }
        }
    }

    // MARK: Mails

    /// What happens to the mail that is under way, or what comes in.
    mutating func mailEvent() -> Event? {
        if let mail = mailUnderWay, Int.random(in: 0..<4, using: &random) > 0 {
            mailUnderWay = nil
            let result: MailResult =
                [.sent, .sent, .sent, .deferred("451 later"), .unreachable("connection refused"), .refused("550 no")]
                .randomElement(using: &random) ?? .sent
            return .mailed(inquiry: mail.inquiry, number: mail.number, result)
        }
        guard let inquiry = knownInquiry() else { return nil }
        let id = Bool.random(using: &random) ? inquiry.id : ChatID(high: inquiry.id.high, low: ~inquiry.id.low)
        if Int.random(in: 0..<12, using: &random) == 0 {
            return .order(.bounce(MailBounce(inquiry: id, status: "5.1.1")))
        }
        guard let mailID = ClientMessageID("mail-\(Int.random(in: 0..<30, using: &random))") else { return nil }
        return .order(
            .mail(
                IncomingMail(
                    inquiry: id, id: mailID, reference: MailReference("a1@example.com"),
                    from: Bool.random(using: &random) ? inquiry.email : EmailAddress("else@example.com"),
                    texts: ["still not here", "and more"], quoted: "> when", attachments: ["photo.jpg"])))
    }
}
