// Random records and checkpoints of every kind, from a seed that a failing test prints.

import SangdamCore
import SangdamJournal

/// SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators").
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick<Element>(_ all: [Element]) -> Element { all[Int.random(in: 0..<all.count, using: &self)] }

    mutating func maybe<Value>(_ value: (inout SeededGenerator) -> Value) -> Value? {
        chance(50) ? value(&self) : nil
    }

    mutating func list<Value>(upTo limit: Int, _ value: (inout SeededGenerator) -> Value) -> [Value] {
        let count = Int.random(in: 0...limit, using: &self)
        return (0..<count).map { _ in value(&self) }
    }

    /// Words with everything that JSON, terminals and line readers stumble over.
    mutating func text() -> Text {
        let pieces = [
            "환불이 안 돼요", "\"", "\\", "\u{2028}", "\u{2029}", "\n", "\r\n", "\0", "\u{1B}[31m", "\u{7F}", "👩‍👩‍👧‍👦", "é",
            "e\u{301}", " ", "a", ",\"h\":\"", "\"chat\":\"", "\u{202E}", "\u{FEFF}", "𝄞", "返金", "{", "}",
        ]
        var words = ""
        for _ in 0..<Int.random(in: 0...12, using: &self) { words += pick(pieces) }
        return Text(words)
    }

    mutating func name<Kind>() -> Name<Kind> {
        let letters = Array("ABCxyz019._-")
        return Name(String((0..<Int.random(in: 1...64, using: &self)).map { _ in pick(letters) }))
    }

    mutating func id<Kind>() -> ID<Kind> { ID(high: next(), low: next()) }

    mutating func messageID() -> ClientMessageID {
        let words = text().utf8.prefix(64)
        // A cut through a character is no UTF-8: such ids never get in.
        guard !words.isEmpty, String(validating: words, as: UTF8.self) != nil, let id = ClientMessageID(words) else {
            return ClientMessageID("c-\(next())") ?? messageID()
        }
        return id
    }

    /// Years 0000 to 9999: what the written form can hold.
    mutating func instant(through last: Instant = Instant(milliseconds: 253_402_300_799_999)) -> Instant {
        Instant(milliseconds: Int64.random(in: -62_167_219_200_000...last.milliseconds, using: &self))
    }

    mutating func interval() -> Interval {
        pick([
            Interval(milliseconds: Int64(bitPattern: next())), .zero, Interval(milliseconds: .max),
            Interval(milliseconds: .min), Interval(milliseconds: Int64.random(in: -2000...2000, using: &self)),
        ])
    }

    mutating func editMark() -> AccountEditMark { AccountEditMark(number: next(), given: instant()) }

    mutating func party() -> Party { pick([.customer, .agent, .system]) }
    mutating func language() -> Language { pick(Language.allCases) }
    mutating func status() -> AgentStatus { pick(AgentStatus.allCases) }

    mutating func intake() -> Intake {
        var intake = Intake()
        for field in IntakeField.allCases { intake[field.id] = maybe { $0.text() } }
        for question in ["transactions", "Amount.2", "how-much"] { intake[QuestionID(question)] = maybe { $0.text() } }
        return intake
    }

    mutating func profile() -> AgentProfile {
        AgentProfile(
            name: name(), role: pick([.agent, .supervisor, .customer]), skills: list(upTo: 4) { $0.name() },
            languages: list(upTo: 4) { $0.language() }, capacity: Int(truncatingIfNeeded: next()))
    }

    mutating func opened() -> Opened {
        Opened(
            topic: name(), language: language(), name: maybe { $0.text() },
            token: TokenDigest(high: next(), low: next()), receipt: Receipt(bits: next()),
            consent: maybe { $0.name() })
    }

    /// Every case in turn, so that none is left to chance.
    mutating func chatRecords() -> [ChatRecord] {
        [
            .opened(opened()), .intake(intake()),
            .queued(Queued(queue: name(), cause: pick(QueuedCause.allCases), rank: maybe { $0.rank() })),
            .offered(
                Offered(
                    offer: id(), agent: name(), expires: instant(), isTransfer: chance(50), why: maybe { $0.why() })),
            .offerClosed(
                OfferClosed(
                    id(), name(), pick(OfferOutcome.allCases), reason: maybe { $0.text() },
                    tally: maybe { $0.tally() }, pause: maybe { $0.pause() })),
            .started(
                Started(
                    agent: name(), offer: maybe { $0.id() }, waited: interval(), tally: maybe { $0.tally() },
                    why: maybe { $0.why() })),
            .message(
                StoredMessage(
                    from: party(), name: maybe { $0.name() }, id: maybe { $0.messageID() }, text: text())),
            .note(by: name(), id: maybe { $0.messageID() }, text: text()),
            .transferred(
                Transferred(
                    from: name(), to: chance(50) ? .queue(name()) : .agent(name()), kind: .cold,
                    rank: maybe { $0.rank() }, pause: maybe { $0.pause() })),
            .away(party()), .back(party()), .reminded, .delayed(pick(DelayReason.allCases), isUnstaffed: chance(50)),
            .language(language()),
            .ended(
                pick(EndReason.allCases), by: party(), abandonedAt: maybe { $0.instant() },
                isShort: maybe { $0.chance(50) },
                isHelped: chance(50)),
            .wrappedUp(
                name(), pick([.agent, .timeout, .agentLost, .accountChanged, .agentOffline]),
                report(), maybe { $0.tally() }),
            .rated(score: UInt8.random(in: 0...255, using: &self), comment: maybe { $0.text() }), .closed,
        ] + inquiryRecords().map { .inquiry($0) }
    }

    mutating func records() -> [Record] {
        var bodies: [Record.Body] = chatRecords().map { .chat(id(), seq: next() >> 1, $0) }
        bodies.append(
            .agent(
                AgentRecord(
                    profile: profile(), status: status(), statusAfterChats: maybe { $0.status() },
                    capacity: Int(truncatingIfNeeded: next()), autoAccept: chance(50), isPresent: chance(50),
                    cause: pick([.asked, .signedIn, .unanswered, .chatsDone, .lost, .accountChanged]),
                    tally: maybe { $0.tally() })))
        bodies.append(.agentForgotten(name()))
        bodies.append(.configured(configured()))
        bodies.append(
            .account(
                AccountRecord(
                    name(), pick(AccountChange.allCases), by: maybe { $0.text() }, edit: maybe { $0.editMark() },
                    profile: nil, forgetsAgent: maybe { $0.chance(50) })))
        let edited = profile()
        bodies.append(
            .account(
                AccountRecord(
                    edited.name, .edited, by: maybe { $0.text() }, edit: maybe { $0.editMark() }, profile: edited)))
        bodies.append(.hours(hours()))
        bodies.append(.restarted)
        return bodies.map { Record(at: instant(), body: $0) }
    }

    mutating func hours() -> HoursRecord {
        HoursRecord(
            queue: name(), isOpen: chance(50),
            override: maybe { random in HoursOverride(until: random.maybe { $0.instant() }, by: random.text()) })
    }

    mutating func rank() -> Rank {
        Rank(isHead: chance(50), since: instant(), ordinal: next() >> 1)
    }

    mutating func pause() -> Pause {
        Pause(until: instant(), displaced: maybe { $0.name() })
    }

    /// Of what was before the checkpoint that it may stand in.
    mutating func tally() -> AgentTally {
        AgentTally(
            unansweredInARow: Int(Int32.random(in: 0 ... .max, using: &self)),
            unansweredAt: maybe { $0.instant(through: morning) }, restingSince: instant(through: morning))
    }

    private mutating func scores() -> [RoutingReason.Score] {
        list(upTo: RoutingReason.scoreLimit) { random in
            let rule: QueueID = random.name()
            return .init(rule: rule.text, score: Int64(bitPattern: random.next()))
        }
    }

    mutating func why() -> RoutingReason {
        RoutingReason(
            candidates: Int(next() >> 1), scores: scores(),
            runnerUp: maybe { .init(agent: $0.name(), scores: $0.scores()) },
            passedOver: list(upTo: RoutingReason.passedOverLimit) { random in
                let rule: QueueID = random.name()
                return .init(agent: random.name(), rule: rule.text)
            })
    }

    mutating func configured() -> ConfigurationRecord {
        ConfigurationRecord(
            fingerprint: next() >> UInt64.random(in: 0...63, using: &self),
            queues: list(upTo: ConfigurationRecord.queueLimit) {
                .init(queue: $0.name(), priority: Int(truncatingIfNeeded: $0.next()), needsSpecialist: $0.chance(50))
            },
            offerTimeout: interval(), unansweredUntilBreak: Int(truncatingIfNeeded: next()),
            declinePause: interval(), queueLength: Int(truncatingIfNeeded: next()))
    }

    mutating func chat(_ phase: ChatPhase) -> Chat {
        var chat = Chat(
            id: id(), opened: opened(), at: instant(through: morning), lastSeq: next() >> 1, queue: name(), phase: phase
        )
        chat.intake = intake()
        chat.customerAwaySince = maybe { $0.instant() }
        for _ in 0..<Int.random(in: 0...20, using: &self) {
            let sender: MessageSender = pick([.customer, .agent("kim"), .agent("lee"), .notes("kim"), .notes("lee")])
            chat.acked.remember(messageID(), from: sender, seq: next())
        }
        chat.declines = list(upTo: 8) { Chat.Decline(agent: $0.name(), until: $0.instant()) }
        chat.queuedAt = instant()
        chat.waited = interval()
        chat.startedAt = maybe { $0.instant() }
        chat.startedSeq = next()
        chat.silentSince = maybe { $0.instant() }
        chat.isReminded = chance(50)
        chat.isToldOfClosing = chance(50)
        chat.isToldOfUnstaffed = chance(50)
        chat.isToldOfWait = chance(50)
        chat.hasFirstResponse = chance(50)
        chat.endReason = maybe { $0.pick(EndReason.allCases) }
        chat.isRated = chance(50)
        return chat
    }

    /// A whole checkpoint with a chat in every phase.
    mutating func checkpoint() -> [CheckpointPart] {
        var agent = Agent(
            profile: profile(), status: status(), statusAfterChats: maybe { $0.status() },
            capacity: Int(truncatingIfNeeded: next()), autoAccept: chance(50), awaySince: maybe { $0.instant() },
            restingSince: instant())
        agent.chats = list(upTo: 5) { $0.id() }
        agent.offers = list(upTo: 5) { $0.id() }
        agent.tally = tally()
        let offer = Offer(id: id(), agent: name(), made: instant(), expires: instant(), isTransfer: chance(50))
        let phases: [ChatPhase] = [
            .opened, .waiting(rank()), .offered(offer, rank()), .active(name(), since: instant()),
            .wrapUp(name(), since: instant()), .ended(since: instant()),
        ]
        var parts: [CheckpointPart] = [
            .queue(
                QueueCheckpoint(
                    queue: name(), releases: list(upTo: 9) { $0.instant() }, handling: list(upTo: 9) { $0.interval() })
            ),
            .agent(agent),
        ]
        parts += phases.map { .chat(chat($0)) }
        parts += inquiries().map { .inquiry($0) }
        return [
            .desk(
                DeskCheckpoint(
                    nextOrdinal: next() >> 1, lastAccountEdit: maybe { $0.editMark() },
                    configuration: maybe { $0.configured() }, hours: list(upTo: 4) { $0.hours() },
                    entries: parts.count))
        ] + parts
    }
}
