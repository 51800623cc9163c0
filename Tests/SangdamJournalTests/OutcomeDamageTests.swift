// Outcomes that nobody can have decided, in lines whose chain holds: a start names the line and changes nothing. And
// what a crash leaves between two lines of one event.

import SangdamCore
import SangdamJournal
import Testing

@Suite struct OutcomeDamageTests {
    private static let file = "000000000001-2026-11-22.jsonl"
    private static let time = #""at":"2026-11-22T08:00:00.000Z""#
    private static let chat = "01jd9a00000000000000000000"
    private static let offer = "01jd9a00000000000000000009"
    private static let noon = #""2026-11-22T12:00:00.000Z""#
    private static let morning = #""2026-11-22T07:00:00.000Z""#

    private static func rank(_ since: String, _ ordinal: UInt64) -> String {
        #""rank":{"since":\#(since),"head":false,"ordinal":\#(ordinal)}"#
    }

    /// Up to a chat on offer to kim, who is there.
    private static let beginning = [
        #""type":"checkpoint","format":3,"epoch":"01jd9a0000000000000000000z","next_ordinal":0,"entries":0"#,
        #""type":"agent_status","agent":"kim","status":"available","capacity":1,"auto_accept":false,"present":true,"#
            + #""cause":"asked","unanswered":0,"resting_since":\#(morning),"#
            + #""profile":{"role":"agent","skills":[],"languages":[],"capacity":1}"#,
        #""type":"opened","chat":"\#(chat)","seq":1,"topic":"pay","lang":"ko","#
            + #""token":"00000000000000000000000000000001","receipt":"0000-0000-0001""#,
        #""type":"queued","chat":"\#(chat)","seq":2,"queue":"pay","cause":"entered","# + rank(morning, 4),
        #""type":"offered","chat":"\#(chat)","seq":3,"offer":"\#(offer)","agent":"kim","expires":\#(noon),"#
            + #""transfer":false"#,
    ]

    private static let declined =
        #""type":"offer_closed","chat":"\#(chat)","seq":4,"offer":"\#(offer)","agent":"kim","outcome":"declined","#
        + #""unanswered":0"#

    private func write(_ lines: [String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let numbered = zip(1..., lines).map { #"{"n":\#($0),\#(Self.time),\#($1)"# }
        try folder.write(chained(numbered), to: Self.file)
        return folder
    }

    private func replay(_ folder: TemporaryFolder) throws -> DeskState {
        var state = DeskState()
        let configuration = JournalConfiguration(dataDirectory: folder.path)
        let (journal, _) = try Journal.open(configuration, progress: { _ in }) { item in
            switch item {
            case .checkpoint(let part): try state.restore(part)
            case .record(let record): try state.apply(record)
            }
        }
        #expect(journal.close() == nil)
        return state
    }

    /// How many lines come before, and the line.
    private static let impossible: [(what: String, Int, line: String)] = [
        (
            "a rank of the future", 3,
            #""type":"queued","chat":"\#(chat)","seq":2,"queue":"pay","cause":"entered","# + rank(noon, 4)
        ),
        (
            "a rank twice", 4,
            #""type":"queued","chat":"\#(chat)","seq":3,"queue":"pay","cause":"entered","# + rank(morning, 4)
        ),
        (
            "a pause that was over before", 5,
            declined + #","resting_since":\#(morning),"until":\#(morning)"#
        ),
        ("a rest in the future", 5, declined + #","resting_since":\#(noon)"#),
        ("an offer missed in the future", 5, declined + #","resting_since":\#(morning),"unanswered_at":\#(noon)"#),
        ("an agent forgotten who is there", 5, #""type":"agent_forgotten","agent":"kim""#),
        ("a stranger forgotten", 5, #""type":"agent_forgotten","agent":"lee""#),
        (
            "a removed account's agent forgotten who is there", 5,
            #""type":"account","account":"kim","change":"removed","forgets":true"#
        ),
    ]

    /// What is replaced in a sound checkpoint, and the line that cannot be then.
    private static let impossibleCheckpoints: [(what: String, old: String, new: String, line: UInt64)] = [
        ("a rest in the future", #""resting_since":\#(morning)"#, #""resting_since":\#(noon)"#, 3),
        ("an offer missed in the future", #""unanswered":0"#, #""unanswered":1,"unanswered_at":\#(noon)"#, 3),
        ("a chat opened in the future", #""opened_at":\#(morning)"#, #""opened_at":\#(noon)"#, 4),
        ("an ordinal that is still to come", #""next_ordinal":6"#, #""next_ordinal":5"#, 5),
        ("a rank twice", #""ordinal":5"#, #""ordinal":4"#, 5),
        ("a release without its handling time", #""handling":[60]"#, #""handling":[]"#, 2),
    ]

    /// A checkpoint with two chats that wait.
    private static let checkpoint =
        [
            #""type":"checkpoint","format":3,"epoch":"01jd9a0000000000000000000z","next_ordinal":6,"entries":4"#,
            #""type":"checkpoint_queue","queue":"pay","releases":[\#(morning)],"handling":[60]"#,
            #""type":"checkpoint_agent","agent":"kim","status":"available","capacity":1,"auto_accept":false,"#
                + #""resting_since":\#(morning),"unanswered":0,"chats":[],"offers":[],"#
                + #""profile":{"role":"agent","skills":[],"languages":[],"capacity":1}"#,
        ]
        + [4, 5].map { ordinal in
            #""type":"checkpoint_chat","chat":"01jd9a0000000000000000000\#(ordinal)","seq":2,"topic":"pay","lang":"ko","#
                + #""token":"0000000000000000000000000000000\#(ordinal)","receipt":"0000-0000-0001","#
                + #""opened_at":\#(morning),"queue":"pay","queued_at":\#(morning),"waited":0,"started_seq":0,"#
                + #""reminded":false,"first_response":false,"rated":false,"phase":{"is":"waiting","since":\#(morning),"#
                + #""head":false,"ordinal":\#(ordinal)},"intake":{},"declines":[],"acked":{"customer":[],"agents":{},"#
                + #""notes":{}},"s":"0123456789abcdefghijkl""#
        }

    @Test func theCheckpointIsSound() throws {
        let state = try replay(write(Self.checkpoint))
        #expect(state.queues["pay"]?.waiting.count == 2)
    }

    @Test(arguments: impossibleCheckpoints)
    func aCheckpointThatCannotBeIsDamage(what: String, old: String, new: String, line: UInt64) throws {
        var lines = Self.checkpoint
        let index = try #require(lines.firstIndex { $0.contains(old) })
        lines[index] = lines[index].replacing(old, with: new)
        let folder = try write(lines)
        let bytes = try folder.read(Self.file)
        do {
            _ = try replay(folder)
            Issue.record("\(what) was taken")
        } catch let JournalError.damaged(file, number, why) {
            #expect(file == Self.file)
            #expect(number == line)
            #expect(why.hasPrefix("it does not fit what came before: "), "\(why)")
        }
        #expect(try folder.read(Self.file) == bytes)
    }

    @Test func whatComesBeforeIsSound() throws {
        let state = try replay(write(Self.beginning + [Self.declined + #","resting_since":\#(Self.morning)"#]))
        #expect(state.agents["kim"]?.offers == [])
    }

    @Test(arguments: impossible)
    func anOutcomeThatCannotBeIsDamage(what: String, before: Int, line: String) throws {
        let folder = try write(Self.beginning.prefix(before) + [line])
        let bytes = try folder.read(Self.file)
        do {
            _ = try replay(folder)
            Issue.record("\(what) was taken")
        } catch let JournalError.damaged(file, number, why) {
            #expect(file == Self.file)
            #expect(number == UInt64(before) + 1)
            #expect(why.hasPrefix("it does not fit what came before: "), "\(why)")
        }
        #expect(try folder.read(Self.file) == bytes)
    }

    /// In a journal of whatever format: the last line that was written whole is the chat's first.
    @Test(arguments: ["", #","format":2"#, #","format":3"#])
    func aChatWithoutItsQueueIsWhatItIs(format: String) throws {
        let head = #""type":"checkpoint"\#(format),"next_ordinal":0,"entries":0"#
        let folder = try write([head] + Self.beginning[1...3])
        let whole = try folder.read(Self.file)
        try folder.write(whole.dropLast(20), to: Self.file)
        let state = try replay(folder)
        #expect(state.chats.values.map(\.phase) == [.opened])
        #expect(state.queues.isEmpty)
        var restored = DeskState()
        for part in state.checkpoint() { try restored.restore(part) }
        #expect(restored == state)
    }
}
