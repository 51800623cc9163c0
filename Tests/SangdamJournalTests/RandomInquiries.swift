// Random inquiries, for the journal's round trips: every case in turn.

import SangdamCore

extension SeededGenerator {
    mutating func email() -> EmailAddress {
        EmailAddress("\(pick(["hong", "a.b+c", "x_y"]))\(next() % 1000)@\(pick(["example.com", "mail.example.kr"]))")!
    }

    mutating func mailReference() -> MailReference { MailReference("\(next()).\(next())@mx.example.com")! }

    mutating func inquiryClock() -> InquiryClock {
        let due = instant()
        let earlier = (1..<Inquiry.reminderPercents.count).map { _ in instant(through: due) }.sorted()
        return InquiryClock(due: due, reminders: earlier + [due])
    }

    mutating func inquired() -> Inquired {
        Inquired(
            topic: name(), queue: name(), language: language(), name: maybe { $0.text() }, email: maybe { $0.email() },
            isMailed: chance(50), token: TokenDigest(high: next(), low: next()), receipt: Receipt(bits: next()),
            clock: inquiryClock(), of: maybe { $0.id() }, clientID: maybe { $0.messageID() },
            consent: maybe { $0.name() })
    }

    mutating func report() -> WrapUpReport {
        WrapUpReport(
            disposition: maybe { $0.text() }, isResolved: maybe { $0.chance(50) }, tags: list(upTo: 16) { $0.text() })
    }

    mutating func inquiryRecords() -> [InquiryRecord] {
        [
            .inquired(inquired()), .taken(name()), .released(name(), pick(InquiryReleaseCause.allCases)),
            .reopened(inquiryClock(), by: maybe { $0.name() }), .reminded(percent: pick(Inquiry.reminderPercents)),
            .closed(by: maybe { $0.name() }, report()),
            .mailReceived(
                ReceivedMailRecord(
                    reference: maybe { $0.mailReference() }, from: maybe { $0.email() },
                    attachments: list(upTo: IncomingMail.attachmentLimit) { $0.text() }, quoted: maybe { $0.text() })),
            .mailed(number: next(), .sent), .mailed(number: next(), .failed(maybe { $0.text() })),
            .mailBounced(status: maybe { $0.text() }),
        ]
    }

    mutating func inquiry(_ phase: InquiryPhase) -> Inquiry {
        // The checkpoint says no consent: the journal's line of the arrival does.
        var inquired = inquired()
        inquired.consent = nil
        var inquiry = Inquiry(id: id(), inquired, at: instant(through: morning))
        inquiry.intake = intake()
        inquiry.lastSeq = next() >> 1
        inquiry.phase = phase
        inquiry.askedAt = instant(through: morning)
        inquiry.remindersGiven = Int.random(in: 0...3, using: &self)
        inquiry.lastAgent = maybe { $0.name() }
        inquiry.acked.remember(messageID(), from: .customer, seq: next())
        inquiry.isBounced = chance(50)
        inquiry.mails = list(upTo: Inquiry.pendingMailLimit) { random in
            PendingMail(
                number: random.next(), since: random.instant(),
                random.chance(50) ? .acknowledgement : .answer(random.maybe { $0.text() }, by: random.name()))
        }
        inquiry.firstMail = maybe { $0.next() }
        inquiry.lastReference = maybe { $0.mailReference() }
        return inquiry
    }

    mutating func inquiries() -> [Inquiry] {
        let phases: [InquiryPhase] = [
            .arriving, .open, .taken(name()), .answered(name(), since: instant()), .reopened(maybe { $0.name() }),
            .closed(since: instant()),
        ]
        return phases.map { inquiry($0) }
    }
}
