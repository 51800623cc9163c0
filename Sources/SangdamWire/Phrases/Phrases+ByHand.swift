// Sentences in which something is filled in, or of which there are several: which one of the table it is. Refusals and
// farewells are also the `message` of `error` and `bye`.

internal import SangdamCore

extension Phrases {
    // Greeting and menu
    func greeting(desk: String) -> String { byHand.greeting.with(["desk": desk]) }

    func menuLine(number: Int, label: String, isOpen: Bool, waiting: Int) -> String {
        let line =
            switch (isOpen, waiting) {
            case (true, 0): byHand.menuOpen
            case (true, _): byHand.menuOpenWaiting
            case (false, 0): byHand.menuNobody
            case (false, _): byHand.menuNobodyWaiting
            }
        return line.with(["number": "\(number)", "label": label, "waiting": "\(waiting)"])
    }

    func chooseNumber(upTo last: Int) -> String {
        last == 1 ? byHand.chooseOnly : byHand.chooseNumber.with(["last": "\(last)"])
    }
    /// - Parameter isOpen: nil where nobody knows.
    func contact(label: String, phone: String, hours: String, isOpen: Bool?) -> String {
        byHand.contact.with(["label": label, "phone": phone, "hours": hours])
            + (isOpen.map { " · " + ($0 ? duty.contactOpen : duty.contactClosed) } ?? "")
    }

    func faqLine(number: Int, question: String) -> String {
        byHand.faqLine.with(["number": "\(number)", "question": question])
    }

    // Waiting
    func entered(topic: String) -> String { byHand.entered.with(["topic": topic]) }

    func position(ahead: Int, wait: WaitWords?, onDuty: Bool) -> String {
        let position = ahead <= 0 ? both.next : about(ahead, both.aheadOne, both.ahead)
        return position + byHand.stop + (onDuty ? estimate(wait) : both.waitNobody)
    }

    private func estimate(_ wait: WaitWords?) -> String {
        switch wait {
        case nil: both.waitUnknown
        case .underAMinute: both.waitMinute
        case .minutes(let low, let high):
            about(high, both.waitMinutesOne, both.waitMinutes, shown: WaitWords.range(low, high))
        case .hours(let low, let high):
            about(high, both.waitHoursOne, both.waitHours, shown: WaitWords.range(low, high))
        }
    }

    /// - Parameter held: how long the place in the queue is kept; nil when it is not.
    func wayBack(token: String, held: LengthWords?) -> String {
        let length =
            switch held {
            case nil: ""
            case .seconds(let n): about(n, byHand.secondsOne, byHand.seconds)
            case .minutes(let n): about(n, byHand.minutesOne, byHand.minutes)
            case .hours(let n): about(n, byHand.hoursOne, byHand.hours)
            }
        return (held == nil ? byHand.wayBack : byHand.wayBackHeld).with(["code": token, "length": length])
    }

    func intakeQuestion(_ field: IntakeField) -> String {
        switch field {
        case .what: both.intakeWhat
        case .when: both.intakeWhen
        case .account: both.intakeAccount
        case .payment: both.intakePayment
        case .device: both.intakeDevice
        case .goal: both.intakeGoal
        }
    }

    func choiceLine(number: Int, label: String) -> String {
        byHand.choice.with(["number": "\(number)", "label": label])
    }

    /// After an answer that is not of its question's kind.
    func noAnswer(to kind: Question.Kind) -> String {
        switch kind {
        case .text: refusal(Refusal(.empty))
        case .date: byHand.intakeNoDate
        case .amount: byHand.intakeNoAmount
        case .choice: byHand.intakeNoChoice
        }
    }

    // In a chat
    func started(with agent: String) -> String { byHand.started.with(["name": agent]) }
    func handedOver(to agent: String) -> String { both.handedOver.with(["name": agent]) }
    func talking(with agent: String) -> String { byHand.talking.with(["name": agent]) }
    func agentSpeaker(_ name: String?) -> String { name.map { both.agentName.with(["name": $0]) } ?? both.agentNoName }
    func idleReminder(endsIn: Interval) -> String {
        about(endsIn.wholeMinutes, byHand.idleReminderOne, byHand.idleReminder)
    }

    // The end and after
    func ended(_ reason: EndReason) -> String {
        switch reason {
        case .customerLeft: both.customerLeft
        case .customerLost: both.customerLost
        case .agentEnded: both.agentEnded
        case .idle: both.idle
        case .inquired: both.inquired
        }
    }
    func receipt(_ code: String) -> String { byHand.receipt.with(["code": code]) }

    // Questions that are answered later
    func inquiryArrived(_ code: String) -> String { inquiries.arrived.with(["code": code]) }
    func howToRead(_ code: String) -> String { inquiries.howToRead.with(["code": code]) }
    func howToReply(_ code: String) -> String { inquiries.howToReply.with(["code": code]) }
    func replied(_ code: String) -> String { inquiries.replied.with(["code": code]) }
    func inquiry(_ code: String, _ state: InquiryState) -> String {
        let sentence =
            switch state {
            case .open: inquiries.stateOpen
            case .taken: inquiries.stateTaken
            case .answered: inquiries.stateAnswered
            case .reopened: inquiries.stateReopened
            case .closed: inquiries.stateClosed
            }
        return sentence.with(["code": code])
    }
    func draftIsFull(limitBytes: Int, roomBytes: Int) -> String {
        inquiries.full.with(["limit": "\(limitBytes)", "room": "\(roomBytes)"])
    }
    /// - Parameter refusal: `rate_limited`.
    func tooManyInquiries(_ refusal: Refusal) -> String {
        guard let wait = refusal.retryAfter else { return self.refusal(refusal) }
        return about(wait.wholeMinutes, inquiries.tooManyOne, inquiries.tooMany)
    }

    // Answers to verbs and stray lines
    func stillOpen(_ labels: String) -> String { byHand.stillOpen.with(["labels": labels]) }

    // Refusals and farewells
    func refusal(_ refusal: Refusal) -> String {
        if refusal.code == .locked, refusal.retryAfter == nil { return byHand.lockedForGood }
        let sentence = refusals(refusal.code)
        guard sentence.contains("{") else { return sentence + (refusal.alternatives.map { rest($0) } ?? "") }
        let retry = refusal.retryAfter.map { about($0.wholeSeconds, byHand.retryOne, byHand.retry) }
        return sentence.with(["field": refusal.subject ?? "?", "retry": retry ?? byHand.retrySoon])
    }

    func farewell(_ farewell: Farewell) -> String { farewells(farewell) }

    /// A sentence about a number.
    private func about(_ n: some BinaryInteger, _ one: String, _ many: String, shown: String? = nil) -> String {
        (n == 1 ? one : many).with(["n": shown ?? "\(n)"])
    }
}

extension String {
    /// `{name}` becomes the value of `name`. Values stand as they are: the caller sanitises.
    func with(_ values: KeyValuePairs<String, String>) -> String {
        var result = ""
        var rest = self[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[open...close].dropFirst().dropLast()
            result += rest[..<open]
            result += values.first { $0.key == name }?.value ?? String(rest[open...close])
            rest = rest[close...].dropFirst()
        }
        return result + rest
    }
}
