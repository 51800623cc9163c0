// Lines out and in: golden lines that pin the format for years, and random values through both directions.

import SangdamCore
import SangdamJournal
import Testing

@Suite struct LineCodingTests {
    /// The hashes were computed with sha256sum, over the 32 characters of the hash before and the line up to `,"h":`.
    @Test func theFirstLinesByteForByte() throws {
        let folder = try TemporaryFolder()
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.makeEpoch = { _ in JournalEpoch("01jd9a0000000000000000000z") ?? JournalEpoch(high: 0, low: 0) }
        let open = try OpenJournal(configuration)
        open.journal.append(Record(at: morning, body: .restarted))
        open.journal.close()
        let lines = try folder.lines().map { String(decoding: $0, as: UTF8.self) }
        #expect(
            lines == [
                #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"checkpoint","format":5,"#
                    + #""epoch":"01jd9a0000000000000000000z","next_ordinal":0,"entries":0,"#
                    + #""h":"7ba391dff4aebc6c3f6a4e4bea03b732"}"#,
                #"{"n":2,"at":"2026-11-22T08:00:00.000Z","type":"restarted","h":"4c137853caa20568e03f888f2dc45f84"}"#,
            ])
        let bytes = try folder.read(try folder.files()[0])
        #expect(bytes.last == 0x0A)
    }

    private static let chat = ChatID(high: UInt64(morning.milliseconds) << 16, low: 1)
    private static let offer = OfferID(high: UInt64(morning.milliseconds) << 16, low: 2)
    private static let profile = AgentProfile(
        name: "kim", role: .agent, skills: ["fraud"], languages: [.korean, .english], capacity: 4)

    private static let why = RoutingReason(
        candidates: 4, scores: [.init(rule: "fewest_chats", score: -1), .init(rule: "longest_rest", score: 5000)],
        runnerUp: .init(agent: "lee", scores: [.init(rule: "fewest_chats", score: -2)]),
        passedOver: [.init(agent: "han", rule: "not_declined")])
    private static let tally = AgentTally(
        unansweredInARow: 2, unansweredAt: morning, restingSince: morning + .seconds(1))
    private static let pause = Pause(until: morning + .seconds(30), displaced: "lee")

    private static func intake() -> Intake {
        var intake = Intake()
        intake["transactions"] = "2건"
        intake["goal"] = "환불"
        intake["what"] = "결제 오류"
        return intake
    }

    /// An event and its line between the envelope and `s` or `h`.
    private static let events: [(ChatRecord, type: String, fields: String, isSalted: Bool)] = [
        (
            .opened(
                Opened(
                    topic: "refund", language: .korean, name: "김철수", token: TokenDigest(high: 1, low: 0xABCD),
                    receipt: Receipt(bits: 1))),
            "opened",
            #""topic":"refund","lang":"ko","name":"김철수","token":"0000000000000001000000000000abcd","#
                + #""receipt":"0000-0000-0001""#,
            true
        ),
        (
            .opened(
                Opened(
                    topic: "refund", language: .english, name: nil, token: TokenDigest(high: 0, low: 0),
                    receipt: Receipt(bits: .max))),
            "opened",
            #""topic":"refund","lang":"en","token":"00000000000000000000000000000000","receipt":"ZZZZ-ZZZZ-ZZZZ""#,
            false
        ),
        (.intake(intake()), "intake", #""intake":{"what":"결제 오류","goal":"환불","transactions":"2건"}"#, true),
        (
            .queued(Queued(queue: "general", cause: .agentLost)), "queued",
            #""queue":"general","cause":"agent_lost""#, false
        ),
        (
            .queued(
                Queued(queue: "general", cause: .entered, rank: Rank(isHead: true, since: morning, ordinal: 12))),
            "queued",
            #""queue":"general","cause":"entered","rank":{"since":"2026-11-22T08:00:00.000Z","head":true,"ordinal":12}"#,
            false
        ),
        (
            .offered(Offered(offer: offer, agent: "kim", expires: morning + .seconds(20), isTransfer: false)),
            "offered",
            #""offer":"\#(offer)","agent":"kim","expires":"2026-11-22T08:00:20.000Z","transfer":false"#, false
        ),
        (
            .offered(
                Offered(offer: offer, agent: "kim", expires: morning + .seconds(20), isTransfer: false, why: why)),
            "offered",
            #""offer":"\#(offer)","agent":"kim","expires":"2026-11-22T08:00:20.000Z","transfer":false,"#
                + #""why":{"candidates":4,"scores":[["fewest_chats",-1],["longest_rest",5000]],"#
                + #""runner_up":{"agent":"lee","scores":[["fewest_chats",-2]]},"#
                + #""passed_over":[["han","not_declined"]]}"#, false
        ),
        (
            .offerClosed(OfferClosed(offer, "kim", .declined, reason: "점심", tally: tally, pause: pause)),
            "offer_closed",
            #""offer":"\#(offer)","agent":"kim","outcome":"declined","reason":"점심","unanswered":2,"#
                + #""unanswered_at":"2026-11-22T08:00:00.000Z","resting_since":"2026-11-22T08:00:01.000Z","#
                + #""until":"2026-11-22T08:00:30.000Z","displaced":"lee""#, true
        ),
        (
            .offerClosed(OfferClosed(offer, "kim", .expired)), "offer_closed",
            #""offer":"\#(offer)","agent":"kim","outcome":"expired""#, false
        ),
        (
            .started(Started(agent: "kim", offer: offer, waited: Interval(milliseconds: 12_340))), "started",
            #""agent":"kim","offer":"\#(offer)","waited":12.34"#, false
        ),
        (
            .started(
                Started(
                    agent: "kim", offer: nil, waited: .zero, tally: AgentTally(restingSince: morning),
                    why: RoutingReason(candidates: 1, scores: [], runnerUp: nil, passedOver: []))), "started",
            #""agent":"kim","waited":0,"unanswered":0,"resting_since":"2026-11-22T08:00:00.000Z","#
                + #""why":{"candidates":1,"scores":[],"passed_over":[]}"#, false
        ),
        (
            .message(
                StoredMessage(
                    from: .customer, name: nil, id: ClientMessageID("c-3"), text: "환불이 \"안\"\u{2028}돼요\u{1B}")),
            "message", #""from":"customer","id":"c-3","text":"환불이 \"안\"\u2028돼요\u001b""#, true
        ),
        (
            .message(StoredMessage(from: .agent, name: "kim", id: nil, text: "")), "message",
            #""from":"agent","name":"kim","text":"""#, true
        ),
        (
            .note(by: "kim", id: ClientMessageID("n-1"), text: "두 번 결제"), "note",
            #""by":"kim","id":"n-1","text":"두 번 결제""#, true
        ),
        (
            .transferred(Transferred(from: "kim", to: .queue("fraud"), kind: .cold)), "transferred",
            #""from":"kim","to":{"queue":"fraud"},"kind":"cold""#, false
        ),
        (
            .transferred(
                Transferred(
                    from: "kim", to: .agent("lee"), kind: .cold,
                    rank: Rank(isHead: false, since: morning, ordinal: 0),
                    pause: Pause(until: morning + .seconds(30)))), "transferred",
            #""from":"kim","to":{"agent":"lee"},"kind":"cold","#
                + #""rank":{"since":"2026-11-22T08:00:00.000Z","head":false,"ordinal":0},"#
                + #""until":"2026-11-22T08:00:30.000Z""#, false
        ),
        (.away(.customer), "away", #""who":"customer""#, false),
        (.back(.agent), "back", #""who":"agent""#, false),
        (.reminded, "reminded", "", false),
        (.delayed(.closed), "delayed", #""reason":"closed""#, false),
        (.delayed(.closed, isUnstaffed: true), "delayed", #""reason":"closed","on_duty":false"#, false),
        (.language(.japanese), "language", #""lang":"ja""#, false),
        (
            .ended(.customerLeft, by: .customer, abandonedAt: nil, isHelped: true), "ended",
            #""reason":"customer_left","by":"customer","helped":true"#, false
        ),
        (
            .ended(.customerLost, by: .system, abandonedAt: morning, isShort: true), "ended",
            #""reason":"customer_lost","by":"system","abandoned_at":"2026-11-22T08:00:00.000Z","short":true"#, false
        ),
        (
            .wrappedUp("kim", .agent, WrapUpReport(disposition: "refund", isResolved: true, tags: ["vip", "카드"])),
            "wrapped_up",
            #""agent":"kim","cause":"agent","disposition":"refund","resolved":true,"tags":["vip","카드"]"#, false
        ),
        (
            .wrappedUp("kim", .timeout, WrapUpReport()), "wrapped_up", #""agent":"kim","cause":"timeout","tags":[]"#,
            false
        ),
        (
            .wrappedUp("kim", .timeout, WrapUpReport(), tally), "wrapped_up",
            #""agent":"kim","cause":"timeout","tags":[],"unanswered":2,"#
                + #""unanswered_at":"2026-11-22T08:00:00.000Z","resting_since":"2026-11-22T08:00:01.000Z""#, false
        ),
        (.rated(score: 5, comment: "감사합니다"), "rated", #""score":5,"comment":"감사합니다""#, true),
        (.rated(score: 1, comment: nil), "rated", #""score":1"#, false),
        (.closed, "closed", "", false),
    ]

    @Test func everyKindOfChatEvent() throws {
        let folder = try TemporaryFolder()
        let open = try OpenJournal(folder)
        for (index, event) in Self.events.enumerated() {
            open.journal.append(
                Record(at: morning, body: .chat(Self.chat, seq: UInt64(index) + 1, event.0)))
        }
        open.journal.close()
        let lines = try folder.lines().dropFirst().map { String(decoding: $0, as: UTF8.self) }
        #expect(lines.count == Self.events.count)
        for (index, (line, event)) in zip(lines, Self.events).enumerated() {
            let fields = event.fields.isEmpty ? "" : "," + event.fields
            expect(
                line,
                begins: #"{"n":\#(index + 2),"at":"2026-11-22T08:00:00.000Z","type":"\#(event.type)","#
                    + #""chat":"\#(Self.chat)","seq":\#(index + 1)"# + fields,
                isSalted: event.isSalted)
        }
        #expect(Set(Self.events.map(\.type)).count == 18)
    }

    @Test func agentsAndCheckpoints() throws {
        let folder = try TemporaryFolder()
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.makeEpoch = { _ in JournalEpoch(high: 0, low: 7) }
        let open = try OpenJournal(configuration)
        var agent = Agent(
            profile: Self.profile, status: .available, statusAfterChats: nil, capacity: 3, autoAccept: false,
            awaySince: nil, restingSince: morning)
        agent.chats = [Self.chat]
        var chat = Chat(
            id: Self.chat,
            opened: Opened(
                topic: "refund", language: .korean, name: nil, token: TokenDigest(high: 0, low: 1),
                receipt: Receipt(bits: 1)), at: morning, lastSeq: 9, queue: "general",
            phase: .active("kim", since: morning))
        let ids: [(String, MessageSender, UInt64)] = [
            ("c-3", .customer, 7), ("1", .agent("kim"), 8), ("1", .notes("kim"), 9),
        ]
        for (id, sender, seq) in ids {
            chat.acked.remember(try #require(ClientMessageID(id)), from: sender, seq: seq)
        }
        chat.declines = [Chat.Decline(agent: "lee", until: morning)]
        open.journal.beginSegment(
            checkpoint: [
                .desk(DeskCheckpoint(nextOrdinal: 5, entries: 3)),
                .queue(
                    QueueCheckpoint(
                        queue: "general", releases: [morning], handling: [.seconds(60), Interval(milliseconds: 1)])),
                .agent(agent), .chat(chat),
            ], at: morning)
        open.journal.append(
            Record(
                at: morning,
                body: .agent(
                    AgentRecord(
                        profile: Self.profile, status: .onBreak, statusAfterChats: .offline, capacity: 3,
                        autoAccept: true, isPresent: true, cause: .asked))))
        open.journal.close()
        let profile =
            #""profile":{"role":"agent","skills":["fraud"],"languages":["ko","en"],"capacity":4}"#
        let expected: [(String, isSalted: Bool)] = [
            (
                #""type":"checkpoint","format":5,"epoch":"00000000000000000000000007","next_ordinal":5,"entries":3"#,
                false
            ),
            (
                #""type":"checkpoint_queue","queue":"general","releases":["2026-11-22T08:00:00.000Z"],"#
                    + #""handling":[60,0.001]"#, false
            ),
            (
                #""type":"checkpoint_agent","agent":"kim","status":"available","capacity":3,"auto_accept":false,"#
                    + #""resting_since":"2026-11-22T08:00:00.000Z","unanswered":0,"chats":["\#(Self.chat)"],"#
                    + #""offers":[],"# + profile, false
            ),
            (
                #""type":"checkpoint_chat","chat":"\#(Self.chat)","seq":9,"topic":"refund","lang":"ko","#
                    + #""token":"00000000000000000000000000000001","receipt":"0000-0000-0001","#
                    + #""opened_at":"2026-11-22T08:00:00.000Z","queue":"general","#
                    + #""queued_at":"2026-11-22T08:00:00.000Z","waited":0,"started_seq":0,"reminded":false,"#
                    + #""first_response":false,"#
                    + #""rated":false,"phase":{"is":"active","since":"2026-11-22T08:00:00.000Z","agent":"kim"},"#
                    + #""intake":{},"declines":[{"agent":"lee","until":"2026-11-22T08:00:00.000Z"}],"#
                    + #""acked":{"customer":["c-3",7],"agents":{"kim":["1",8]},"notes":{"kim":["1",9]}}"#, true
            ),
            (
                #""type":"agent_status","agent":"kim","status":"break","after_chats":"offline","capacity":3,"#
                    + #""auto_accept":true,"present":true,"cause":"asked","# + profile, false
            ),
        ]
        let lines = try folder.lines().map { String(decoding: $0, as: UTF8.self) }
        #expect(lines.count == expected.count)
        for (index, (line, wanted)) in zip(lines, expected).enumerated() {
            expect(
                line, begins: #"{"n":\#(index + 1),"at":"2026-11-22T08:00:00.000Z","# + wanted.0,
                isSalted: wanted.isSalted)
        }
    }

    /// Opened or closed by the clock, by somebody for a while, and by somebody for good; a checkpoint has the same.
    @Test func hours() throws {
        let folder = try TemporaryFolder()
        let entries = [
            HoursRecord(queue: "pay", isOpen: false),
            HoursRecord(queue: "pay", isOpen: true, override: HoursOverride(until: morning, by: "kim")),
            HoursRecord(queue: "pay", isOpen: false, override: HoursOverride(until: nil, by: "root")),
        ]
        let fields = [
            #""queue":"pay","open":false"#,
            #""queue":"pay","open":true,"by":"kim","until":"2026-11-22T08:00:00.000Z""#,
            #""queue":"pay","open":false,"by":"root""#,
        ]
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.makeEpoch = { _ in JournalEpoch(high: 0, low: 7) }
        let open = try OpenJournal(configuration)
        let head = CheckpointPart.desk(DeskCheckpoint(nextOrdinal: 5, hours: entries, entries: 0))
        open.journal.beginSegment(checkpoint: [head], at: morning)
        for entry in entries { open.journal.append(Record(at: morning, body: .hours(entry))) }
        open.journal.close()
        let lines = try folder.lines().map { String(decoding: $0, as: UTF8.self) }
        expect(
            lines[0],
            begins: #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"checkpoint","format":5,"#
                + #""epoch":"00000000000000000000000007","next_ordinal":5,"entries":0,"hours":["#
                + fields.map { "{\($0)}" }.joined(separator: ",") + "]", isSalted: false)
        for (index, fields) in fields.enumerated() {
            expect(
                lines[index + 1],
                begins: #"{"n":\#(index + 2),"at":"2026-11-22T08:00:00.000Z","type":"hours","# + fields,
                isSalted: false)
        }
        let again = try OpenJournal(folder)
        #expect(again.replayed == [.checkpoint(head)] + entries.map { .record(Record(at: morning, body: .hours($0))) })
        again.journal.close()
        // An end without anybody who has decided is damage.
        let line = chained([
            #"{"n":2,"at":"2026-11-22T08:00:00.000Z","type":"hours","queue":"pay","open":true,"until":"2026-11-22T08:00:00.000Z""#
        ])
        #expect(throws: LineFault.missing("by")) {
            try Array(line.dropLast()).withUnsafeBytes { bytes in _ = try DecodedLine(line: bytes) }
        }
    }

    /// A name is somebody's word, also in what a checkpoint repeats.
    @Test func aChatsNameIsNeverWithoutSalt() throws {
        let chat =
            #"{"n":2,"at":"2026-11-22T08:00:00.000Z","type":"checkpoint_chat","chat":"\#(Self.chat)","seq":9,"#
            + #""topic":"refund","lang":"ko","name":"Kim""#
        let line = chained([chat]).dropLast()
        #expect(throws: LineFault.missing("s")) {
            try Array(line).withUnsafeBytes { bytes in _ = try DecodedLine(line: bytes) }
        }
    }

    /// A head with everything that was counted; what another version counts beside it is passed over.
    @Test func totals() throws {
        let folder = try TemporaryFolder()
        var configuration = JournalConfiguration(dataDirectory: folder.path)
        configuration.makeEpoch = { _ in JournalEpoch(high: 0, low: 7) }
        var totals = Totals()
        totals.add(12, to: CountedSeries(.chatsOffered, ["payment"]))
        totals.add(3, to: CountedSeries(.ratings, ["pay\"ment", "5"]))
        totals.add(.max, to: CountedSeries(.messages, ["customer"]))
        totals.add(1, to: CountedSeries(.chatsAbandoned, ["payment", "true"]))
        let head = [CheckpointPart.desk(DeskCheckpoint(nextOrdinal: 5, entries: 0, totals: totals))]
        let open = try OpenJournal(configuration)
        open.journal.beginSegment(checkpoint: head, at: morning)
        open.journal.close()
        let line = String(decoding: try #require(try folder.lines().first), as: UTF8.self)
        let counted =
            #"["chats_abandoned","payment","true",1],["chats_offered","payment",12],"#
            + #"["messages","customer",18446744073709551615],["ratings","pay\"ment","5",3]]"#
        expect(
            line,
            begins: #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"checkpoint","format":5,"#
                + #""epoch":"00000000000000000000000007","next_ordinal":5,"entries":0,"totals":["# + counted,
            isSalted: false)
        let again = try OpenJournal(folder)
        #expect(again.replayed == head.map { .checkpoint($0) })
        again.journal.close()
        let newer = line.replacing(#""totals":["#, with: #""totals":[["moods","payment",{"a":1},[2],7],"#)
        let bytes = Array(newer.utf8)
        let decoded = try bytes.withUnsafeBytes { try DecodedLine(line: $0) }
        #expect(decoded.content == .checkpoint(head[0]))
    }

    /// What follows is `s`, where words are, and `h`.
    private func expect(_ line: String, begins wanted: String, isSalted: Bool) {
        let ending = line.dropFirst(wanted.count)
        #expect(line.hasPrefix(wanted), "\(line)\nshould begin with\n\(wanted)")
        let shape = ending.map { character -> Character in
            character.isLetter || character.isNumber || character == "_" || character == "-" ? "x" : character
        }
        let salt = isSalted ? #","x":""# + String(repeating: "x", count: 22) + #"""# : ""
        #expect(
            String(shape) == salt + #","x":""# + String(repeating: "x", count: 32) + #""}"#,
            "the end of \(line)")
    }

    @Test func saltsNeverRepeat() throws {
        let folder = try TemporaryFolder()
        let open = try OpenJournal(folder)
        for seq in 1...1000 { open.journal.append(message("같은 말", seq: UInt64(seq))) }
        open.journal.close()
        let salts = try folder.lines().dropFirst().map { Array($0.suffix(40 + 23).prefix(22)) }
        #expect(salts.count == 1000)
        #expect(Set(salts).count == 1000)
        let used = Set(salts.joined())
        #expect(used == Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8))
    }

    @Test(arguments: 0..<40)
    func recordsComeBackAsTheyWere(round: Int) throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let records = random.records()
        let first = try OpenJournal(folder)
        let checkpoint = random.checkpoint()
        first.journal.beginSegment(checkpoint: checkpoint, at: morning)
        for record in records { first.journal.append(record) }
        first.journal.close()

        let second = try OpenJournal(folder)
        let expected = checkpoint.map { RecoveredItem.checkpoint($0) } + records.map { RecoveredItem.record($0) }
        #expect(second.replayed.count == expected.count, "seed \(seed)")
        for (found, wanted) in zip(second.replayed, expected) {
            #expect(found == wanted, "seed \(seed)")
        }
        second.journal.close()
    }

    @Test func aFullAckWindowFitsALine() throws {
        let folder = try TemporaryFolder()
        var chat = Chat(
            id: Self.chat,
            opened: Opened(
                topic: "t", language: .korean, name: nil, token: TokenDigest(high: 0, low: 1),
                receipt: Receipt(bits: 1)), at: morning, lastSeq: .max >> 1, queue: "q", phase: .ended(since: morning))
        let agents = (1...AckWindow.agentLimit).flatMap { number -> [MessageSender] in
            [.agent(AgentName("agent-\(number)")), .notes(AgentName("agent-\(number)"))]
        }
        for sender in [.customer] + agents {
            for index in 0..<AckWindow.limit {
                // Every byte of it escaped.
                var id = [UInt8](repeating: 1, count: 64)
                id[0] = UInt8(index % 31 + 1)
                id[1] = UInt8(index / 31 % 31 + 1)
                id[2] = UInt8(index / 961 + 1)
                chat.acked.remember(try #require(ClientMessageID(id)), from: sender, seq: .max)
            }
        }
        #expect(agents.allSatisfy { chat.acked.entries(of: $0).count == AckWindow.limit })
        let parts: [CheckpointPart] = [.desk(DeskCheckpoint(nextOrdinal: 0, entries: 1)), .chat(chat)]
        let first = try OpenJournal(folder)
        first.journal.beginSegment(checkpoint: parts, at: morning)
        first.journal.close()
        let second = try OpenJournal(folder)
        #expect(second.replayed == parts.map { .checkpoint($0) })
        second.journal.close()
    }
}
