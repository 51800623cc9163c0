// Carries out what a record says of an inquiry. As with chats, nothing here decides.

extension DeskState {
    /// Begins an inquiry; `seq` must be 1.
    mutating func inquire(_ id: ChatID, seq: UInt64, _ inquired: Inquired, at now: Instant) throws(Inconsistency) {
        guard chats.index(of: id) == nil, !inquiries.contains(id), seq == 1 else {
            throw Inconsistency("inquiry \(id) begins twice")
        }
        guard inquiries[inquired.receipt] == nil else {
            throw Inconsistency("inquiry \(id) has the receipt of another")
        }
        inquiries.insert(Inquiry(id: id, inquired, at: now))
    }

    /// Carries out an event of an inquiry that is there.
    mutating func apply(
        _ event: ChatRecord, toInquiry id: ChatID, seq: UInt64, at now: Instant
    ) throws(Inconsistency) {
        if case .closed = event {
            guard let inquiry = inquiries[id], inquiry.lastSeq + 1 == seq, inquiry.mayBeForgotten else {
                throw Inconsistency("inquiry \(id) cannot be forgotten")
            }
            return inquiries.remove(id)
        }
        try inquiries.update(id) { inquiry throws(Inconsistency) in
            guard seq == inquiry.lastSeq + 1 else {
                throw Inconsistency("inquiry \(id) has seq \(seq) where \(inquiry.lastSeq + 1) must come")
            }
            inquiry.lastSeq = seq
            try inquiry.apply(event, seq: seq, at: now)
        }
    }
}

extension Inquiry {
    fileprivate var mayBeForgotten: Bool {
        switch phase {
        case .arriving, .closed: true
        case .open, .taken, .answered, .reopened: false
        }
    }

    fileprivate mutating func apply(_ event: ChatRecord, seq: UInt64, at now: Instant) throws(Inconsistency) {
        switch event {
        case .intake(let intake): self.intake = self.intake.merging(intake)
        case .message(let message): try store(message, seq: seq, at: now)
        case .inquiry(let record): try apply(record, at: now)
        case .opened, .queued, .offered, .offerClosed, .started, .note, .transferred, .away, .back, .reminded, .delayed,
            .language, .ended, .wrappedUp, .rated, .closed:
            throw Inconsistency("what is said of inquiry \(id) can only be said of a chat")
        }
    }

    private mutating func store(_ message: StoredMessage, seq: UInt64, at now: Instant) throws(Inconsistency) {
        if let id = message.id {
            acked.remember(id, from: message.name.map { .agent($0) } ?? .customer, seq: seq)
        }
        switch (message.from, message.name) {
        case (.customer, _):
            guard case .arriving = phase else { return }
            phase = .open
            owe(.acknowledgement, seq: seq, at: now)
        case (.agent, let name?):
            guard phase.holder == name || lastAgent == name else {
                throw Inconsistency("inquiry \(id) is answered by \(name), who does not hold it")
            }
            phase = .answered(name, since: now)
            lastAgent = name
            owe(.answer(message.text, by: name), seq: seq, at: now)
        case (.agent, nil), (.system, _):
            throw Inconsistency("inquiry \(id) has words of nobody")
        }
    }

    /// A mail is to be sent, if any are.
    private mutating func owe(_ content: PendingMail.Content, seq: UInt64, at now: Instant) {
        guard isMailed, !isBounced else { return }
        if firstMail == nil { firstMail = seq }
        mails.append(PendingMail(number: seq, since: now, content))
    }

    private mutating func apply(_ record: InquiryRecord, at now: Instant) throws(Inconsistency) {
        switch record {
        case .inquired:
            throw Inconsistency("inquiry \(id) begins twice")
        case .taken(let agent):
            switch phase {
            case .open, .reopened(nil), .answered: phase = .taken(agent)
            case .arriving, .taken, .reopened(.some), .closed:
                throw Inconsistency("inquiry \(id) cannot be taken from \(phase)")
            }
        case .released(let agent, _):
            guard phase.holder == agent else { throw Inconsistency("inquiry \(id) is not with \(agent)") }
            phase = lastAgent == nil ? .open : .reopened(nil)
        case .reopened(let clock, let agent):
            switch phase {
            case .answered, .closed: break
            case .arriving, .open, .taken, .reopened:
                throw Inconsistency("inquiry \(id) cannot be reopened from \(phase)")
            }
            phase = .reopened(agent)
            self.clock = clock
            askedAt = now
            remindersGiven = 0
        case .reminded(let percent):
            guard let index = Self.reminderPercents.firstIndex(of: percent) else {
                throw Inconsistency("inquiry \(id) is reminded of at \(percent) percent")
            }
            remindersGiven = index + 1
        case .closed:
            switch phase {
            case .open, .taken, .reopened, .answered: phase = .closed(since: now)
            case .arriving, .closed: throw Inconsistency("inquiry \(id) cannot be closed from \(phase)")
            }
        case .mailReceived(let mail):
            lastReference = mail.reference
        case .mailed(let number, _):
            guard let index = mails.firstIndex(where: { $0.number == number }) else {
                throw Inconsistency("inquiry \(id) has no mail \(number)")
            }
            mails.remove(at: index)
        case .mailBounced:
            isBounced = true
            mails.removeAll()
        }
    }
}
