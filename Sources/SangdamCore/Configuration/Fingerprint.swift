// A number that tells configurations apart, the same on every machine and in every version that reads the same fields.
// It proves nothing against anybody who wants two to be alike.

/// FNV-1a with 64 bits over the parts of a value; texts and lists with their length in front, so that no two lists of
/// parts run together. Source: Fowler, Noll, Vo, http://www.isthe.com/chongo/tech/comp/fnv/.
struct Fingerprint {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    private mutating func fold(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }

    mutating func add(_ number: some FixedWidthInteger) {
        let bits = UInt64(truncatingIfNeeded: number)
        for shift in stride(from: UInt64(0), to: 64, by: 8) { fold(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    mutating func add(_ text: String) {
        add(text.utf8.count)
        for byte in text.utf8 { fold(byte) }
    }

    mutating func add(_ words: Localised) {
        for language in Language.allCases { add(words.byLanguage[language]) }
    }

    mutating func add(_ text: String?) {
        add(text == nil ? 0 : 1)
        if let text { add(text) }
    }

    mutating func add(_ interval: Interval) {
        add(interval.milliseconds)
    }
}

extension DeskConfiguration {
    /// Of everything that it says; a test changes each part in turn.
    package var fingerprint: UInt64 {
        var print = Fingerprint()
        print.add(name)
        print.add(topics.count)
        for topic in topics {
            print.add(topic.id.text)
            print.add(topic.labels)
            print.add(topic.queue.text)
            print.add(topic.contact)
            // Nothing more of a topic that asks what every topic asked before: its number stays what it was.
            if let intake = topic.intake { add(intake, to: &print) }
        }
        print.add(queues.count)
        for queue in queues {
            print.add(queue.id.text)
            print.add(queue.labels)
            print.add(queue.priority)
            // Nothing more of a queue that is as queues were before there were hours: its number stays what it was.
            let hasHours = queue.hasHours
            print.add((queue.needsSpecialist ? 1 : 0) + (hasHours ? 2 : 0))
            if hasHours { queue.addHours(to: &print) }
        }
        print.add(contacts.count)
        for contact in contacts {
            print.add(contact.id)
            print.add(contact.labels)
            print.add(contact.phone)
            print.add(contact.hours)
            print.add((contact.opening == nil ? 0 : 1) + (contact.schedule == nil ? 0 : 2))
            contact.opening?.add(to: &print)
            if let schedule = contact.schedule { print.add(schedule) }
        }
        // Without a notice the number stays what it was before there were any.
        if let privacy {
            print.add(privacy.version.text)
            print.add(privacy.needsConsent ? 1 : 0)
        }
        if inquiry != InquiryRules() { inquiry.add(to: &print) }
        limits.add(to: &print)
        return print.value
    }

    private func add(_ questions: [Question], to print: inout Fingerprint) {
        print.add("intake")
        print.add(questions.count)
        for question in questions {
            print.add(question.id.text)
            print.add(question.labels)
            print.add(question.isRequired ? 1 : 0)
            print.add(question.kind.name)
            guard case .choice(let choices) = question.kind else { continue }
            print.add(choices.count)
            for choice in choices {
                print.add(choice.id.text)
                print.add(choice.labels)
            }
        }
    }
}

extension Queue {
    fileprivate var hasHours: Bool { hours != nil || closed != .chat || unstaffed != .chat || maxWait != nil }

    fileprivate func addHours(to print: inout Fingerprint) {
        print.add(hours)
        print.add(closed.rawValue)
        print.add(unstaffed.rawValue)
        print.add(maxWait == nil ? 0 : 1)
        if let maxWait { print.add(maxWait) }
    }
}

extension InquiryRules {
    fileprivate func add(to print: inout Fingerprint) {
        print.add("inquiry")
        print.add(clock.rawValue)
        for time in [due, lapse, memory] { print.add(time) }
        for count in [capacity, perHour, perOriginHour, repliesPerHour, openLimit, textBytes] { print.add(count) }
        print.add(isMailed ? 1 : 0)
    }
}

extension DeskLimits {
    fileprivate func add(to print: inout Fingerprint) {
        let times = [
            offerTimeout, declinePause, agentMemory, wrapUp, customerHold, waitingHold, agentHold, idleReminder,
            idleEnd, shortAbandonment, rating, idleSession, expectedHandling,
        ]
        for time in times { print.add(time) }
        for count in [unansweredUntilBreak, pausesPerChat, queueLength, textBytes, messageBurst, sessionsPerParty] {
            print.add(count)
        }
        print.add(messagesPerSecond.bitPattern)
    }
}
