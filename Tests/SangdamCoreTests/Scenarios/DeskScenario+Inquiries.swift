// Inquiries in the words of a scenario. They go by the order in which they came: i1, i2, …

import SangdamCore

@testable import SimulationSupport

extension DeskScenario {
    // MARK: Steps

    /// `c1 inquires pay mail=a@example.com name=Kim what=card agreeing 0f #1`, `c1 looks i1`, `c1 adds i1 #2 And this`;
    /// `kim lists`, `kim lists pay state=answered`, `kim takes`, `kim takes i1`, `kim takes queue=pay`,
    /// `kim answers i1 #a Soon`, `kim releases i1`, `kim closes i1`
    func inquiryCommand(_ verb: String, _ rest: [String]) -> Command? {
        let first = rest.first ?? ""
        switch verb {
        case "inquires": return .inquire(wish(rest))
        case "looks": return .inquiry(receipt(first))
        case "adds":
            let (id, text) = identified(Array(rest.dropFirst()))
            return .reply(receipt(first), id: id, text: text)
        case "lists":
            return .inquiries(
                queue: first.isEmpty || first.contains("=") ? nil : QueueID(first),
                state: value("state", in: rest).flatMap { InquiryState(rawValue: $0) })
        case "takes":
            return .take(
                inquiry: first.isEmpty || first.contains("=") ? nil : chats[first] ?? ChatID(high: 0, low: 0),
                queue: value("queue", in: rest).map { QueueID($0) })
        case "answers":
            let (id, text) = identified(Array(rest.dropFirst()))
            return .answer(inquiry: chats[first] ?? ChatID(high: 0, low: 0), id: id, text: text)
        case "releases": return .release(inquiry: chats[first] ?? ChatID(high: 0, low: 0))
        case "closes": return .close(inquiry: chats[first] ?? ChatID(high: 0, low: 0), WrapUpReport(isResolved: true))
        default: return nil
        }
    }

    private func value(_ key: String, in words: [String]) -> String? {
        words.first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
    }

    private func wish(_ rest: [String]) -> InquiryWish {
        let words = rest.filter { !$0.hasPrefix("#") && !$0.contains("=") && $0 != "agreeing" }
        var wish = InquiryWish(topic: words.first.map { TopicID($0) }, text: "When?")
        wish.email = value("mail", in: rest).flatMap { EmailAddress($0) }
        wish.name = value("name", in: rest).map { Text($0) }
        wish.text =
            value("long", in: rest).flatMap { Int($0) }.map { Text(String(repeating: "x", count: $0)) } ?? "When?"
        wish.id = rest.first { $0.hasPrefix("#") }.flatMap { ClientMessageID(String($0.dropFirst())) }
        wish.consent = rest.firstIndex(of: "agreeing").map { NoticeVersion(rest[$0 + 1]) }
        if let what = value("what", in: rest) { wish.intake = intake("what=" + what) }
        if let when = value("when", in: rest) { wish.intake = intake("when=" + when + ",transactions=two") }
        return wish
    }

    private func receipt(_ name: String) -> Receipt { chats[name].flatMap { receipts[$0] } ?? Receipt(bits: 1) }

    /// `mail i1 #m1 Still not`, `mail i1 #m1 from=else@example.com Still not`, `bounce i1`, and what becomes of the mail
    /// that is under way: `sent`, `deferred`, `unreachable`, `refused`.
    mutating func mailEvent(_ words: [String]) -> Event? {
        let id = words.count > 1 ? chats[words[1]] ?? ChatID(high: 0, low: 0) : ChatID(high: 0, low: 0)
        switch words[0] {
        case "mail":
            let (mailID, text) = identified(words.dropFirst(2).filter { !$0.hasPrefix("from=") })
            guard let mailID else { return nil }
            return .order(
                .mail(
                    IncomingMail(
                        inquiry: id, id: mailID, reference: MailReference("\(words[1])@mail.example.com"),
                        from: EmailAddress(value("from", in: words) ?? "a@example.com"), texts: [text], quoted: nil,
                        attachments: [])))
        case "bounce": return .order(.bounce(MailBounce(inquiry: id, status: "5.1.1")))
        case "sent": return mailed(.sent)
        case "deferred": return mailed(.deferred("451 later"))
        case "unreachable": return mailed(.unreachable("refused"))
        case "refused": return mailed(.refused("550 no such user"))
        default: return nil
        }
    }

    private mutating func mailed(_ result: MailResult) -> Event? {
        defer { mailUnderWay = nil }
        return mailUnderWay.map { .mailed(inquiry: $0.inquiry, number: $0.number, result) }
    }

    // MARK: Rendering

    func render(_ notice: InquiryNotice) -> String {
        var words = "inquiry \(name(notice.inquiry)) \(notice.state.rawValue) due \(seconds(notice.due))"
        if notice.receipt != receipts[notice.inquiry] { words += " with a wrong receipt" }
        if notice.isMailed { words += " mailed" }
        guard let card = notice.card else { return words }
        words += " card"
        if let name = card.name { words += " of \(name)" }
        if let email = card.email { words += " at \(email)" }
        if card.isBounced { words += " bounced" }
        if let agent = card.agent { words += " with \(agent)" }
        if let chat = card.of { words += " after \(name(chat))" }
        return words + card.intake.answers.map { " \($0.question)=\($0.text)" }.joined()
    }

    func render(_ list: InquiryList) -> String {
        let rows = list.rows.map { row in
            " \(name(row.inquiry)):\(row.state.rawValue):\(seconds(row.due))" + (row.isOverdue ? "!" : "")
                + (row.agent.map { ":\($0)" } ?? "")
        }
        return "inquiries" + rows.joined() + (list.total == rows.count ? "" : " of \(list.total)")
    }

    func render(_ news: InquiryNews) -> String {
        "news \(news.kind.rawValue)" + (news.percent.map { " \($0)%" } ?? "")
            + " \(name(news.inquiry)) due \(seconds(news.due)) open \(news.open)"
    }

    func render(_ mail: OutgoingMail) -> String {
        let thread =
            (mail.inReplyTo.map { " after \($0)" } ?? "")
            + (mail.firstNumber == mail.number ? "" : " in \(mail.firstNumber)")
        switch mail.content {
        case .acknowledgement(let due):
            return "post ← \(name(mail.inquiry)) \(mail.number) to \(mail.to) acknowledges, due \(seconds(due))"
                + thread
        case .answer(let text, let agent):
            return "post ← \(name(mail.inquiry)) \(mail.number) to \(mail.to) \(agent): \(text)" + thread
        }
    }

    func render(_ record: InquiryRecord) -> String {
        switch record {
        case .inquired(let inquired):
            "inquired \(inquired.topic) due \(seconds(inquired.clock.due))" + (inquired.isMailed ? " mailed" : "")
                + (inquired.of.map { " after \(name($0))" } ?? "")
        case .taken(let agent): "taken by \(agent)"
        case .released(let agent, let cause): "released by \(agent) \(cause.rawValue)"
        case .reopened(let clock, let agent):
            "reopened due \(seconds(clock.due))" + (agent.map { " with \($0)" } ?? "")
        case .reminded(let percent): "reminded \(percent)"
        case .closed(let agent, _): "closed" + (agent.map { " by \($0)" } ?? "")
        case .mailReceived(let mail): "mail came" + (mail.from.map { " from \($0)" } ?? "")
        case .mailed(let number, .sent): "mailed \(number)"
        case .mailed(let number, .failed(let why)): "not mailed \(number): \(why?.string ?? "")"
        case .mailBounced(let status): "bounced \(status?.string ?? "")"
        }
    }

    private func seconds(_ time: LocalTime) -> Int64 { seconds(time.at) }
    private func seconds(_ instant: Instant) -> Int64 { (instant - .opening).milliseconds / 1000 }
    private func name(_ chat: ChatID) -> String { chatNames[chat] ?? "?" }
}
