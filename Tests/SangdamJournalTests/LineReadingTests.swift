// Lines in, whatever they are: what other versions added is passed over, what cannot be is refused, nothing traps.

import SangdamCore
import SangdamJSON
import SangdamJournal
import Testing

@Suite struct LineReadingTests {
    private func decode(_ line: String) -> Result<DecodedLine, LineFault> {
        var bytes = Array(line.utf8)
        return bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(LineFault) in try DecodedLine(line: UnsafeRawBufferPointer(buffer)) }
        }
    }

    private static let envelope = #"{"n":1,"at":"2026-11-22T08:00:00.000Z","type":"#
    private static let chat = #","chat":"01jd9a00000000000000000000","seq":3"#

    @Test func unknownFieldsArePassedOver() throws {
        let line = try decode(
            Self.envelope + #""away""# + Self.chat
                + #","new":{"deep":[1,{"who":"agent"}]},"who":"customer","more":null}"#
        ).get()
        guard case .record(let record) = line.content, case .chat(_, 3, .away(.customer)) = record.body else {
            Issue.record("read as \(line)")
            return
        }
    }

    private static let noon = #""2026-11-22T12:00:00.000Z""#
    private static let declined =
        #","offer":"01jd9a00000000000000000000","agent":"kim","outcome":"declined""#
    private static let longRule = String(repeating: "r", count: RoutingReason.ruleLimitBytes + 1)

    private static func many(_ element: String, _ count: Int) -> String {
        Array(repeating: element, count: count).joined(separator: ",")
    }

    private static let refused: [(String, LineFault)] = [
        (#""erasure","of":1}"#, .unknownKind("erasure")),
        (#""erased"}"#, .missing("lines")),
        (#""erased","lines":[]}"#, .badValue("lines")),
        (#""erased","lines":["1"]}"#, .notJSON(.wrongKind)),
        (#""erased","lines":[-1]}"#, .notJSON(.outOfRange)),
        (#""erased","lines":[0]}"#, .inconsistent("it names a line twice as erased, or one that cannot be")),
        (#""erased","lines":[1]}"#, .inconsistent("it names itself as erased")),
        (#""erased","lines":[2]}"#, .inconsistent("it names line 2 as erased, which comes later")),
        (#""message"\#(chat),"from":"customer","text":"words"}"#, .missing("s")),
        (#""note"\#(chat),"by":"kim","text":"words"}"#, .missing("s")),
        (#""intake"\#(chat),"intake":{"what":"words"}}"#, .missing("s")),
        (#""checkpoint","format":0,"next_ordinal":0,"entries":0}"#, .badValue("format")),
        (#""checkpoint","format":-2,"next_ordinal":0,"entries":0}"#, .notJSON(.outOfRange)),
        (#""checkpoint","format":"2","next_ordinal":0,"entries":0}"#, .notJSON(.wrongKind)),
        (#""checkpoint","format":2.5,"next_ordinal":0,"entries":0}"#, .notJSON(.outOfRange)),
        (#""checkpoint","format":6,"next_ordinal":"whatever it is then"}"#, .newerFormat(6)),
        (#""checkpoint","next_ordinal":0,"entries":0,"totals":[["offers","q",1]]}"#, .notJSON(.wrongKind)),
        (#""checkpoint","next_ordinal":0,"entries":0,"totals":[["transfers","cold",1,2]]}"#, .badValue("totals")),
        (#""checkpoint","next_ordinal":0,"entries":0,"totals":[["transfers","cold"]]}"#, .badValue("totals")),
        (#""checkpoint","next_ordinal":0,"entries":0,"totals":[["transfers","cold",-1]]}"#, .notJSON(.outOfRange)),
        (#""checkpoint","next_ordinal":0,"entries":0,"totals":[[]]}"#, .badValue("totals")),
        (#""checkpoint","next_ordinal":0,"entries":0,"totals":{}}"#, .notJSON(.wrongKind)),
        (#""checkpoint","format":2,"epoch":"it","next_ordinal":0,"entries":0}"#, .badValue("epoch")),
        (#""away","who":"customer"}"#, .badEnvelope),
        (#""away"\#(chat)}"#, .missing("who")),
        (#""away"\#(chat),"who":"nobody"}"#, .badValue("who")),
        (#""rated"\#(chat),"score":256}"#, .badValue("score")),
        (#""rated"\#(chat),"score":-1}"#, .badValue("score")),
        (#""rated"\#(chat),"score":1e3}"#, .notJSON(.outOfRange)),
        (#""rated"\#(chat),"score":99999999999999999999}"#, .notJSON(.outOfRange)),
        (#""checkpoint","next_ordinal":0,"entries":-1}"#, .badValue("entries")),
        (#""checkpoint","next_ordinal":-1,"entries":0}"#, .notJSON(.outOfRange)),
        (#""checkpoint","next_ordinal":18446744073709551615,"entries":0}"#, .badValue("next_ordinal")),
        (#""closed","chat":"0000000000000g000000000001","seq":9223372036854775808}"#, .badValue("seq")),
        (#""message"\#(chat),"from":"customer","id":"","text":""}"#, .badValue("id")),
        (#""closed","chat":"01JD9A00000000000000000000","seq":3}"#, .badValue("chat")),
        (#""queued"\#(chat),"queue":"q","cause":"entered","rank":7}"#, .notJSON(.wrongKind)),
        (
            #""queued"\#(chat),"queue":"q","cause":"entered","rank":{"since":\#(noon),"head":true}}"#,
            .missing("rank.ordinal")
        ),
        (
            #""queued"\#(chat),"queue":"q","cause":"entered","rank":{"since":\#(noon),"head":true,"ordinal":-1}}"#,
            .notJSON(.outOfRange)
        ),
        (
            #""queued"\#(chat),"queue":"q","cause":"entered","rank":{"since":\#(noon),"head":1,"ordinal":1}}"#,
            .notJSON(.wrongKind)
        ),
        (
            #""queued"\#(chat),"queue":"q","cause":"entered","#
                + #""rank":{"since":\#(noon),"head":true,"ordinal":18446744073709551615}}"#, .badValue("rank")
        ),
        (#""offer_closed"\#(chat)\#(declined),"displaced":"lee"}"#, .missing("until")),
        (#""offer_closed"\#(chat)\#(declined),"until":"soon"}"#, .badValue("until")),
        (#""offer_closed"\#(chat)\#(declined),"unanswered":1}"#, .missing("resting_since")),
        (#""offer_closed"\#(chat)\#(declined),"resting_since":\#(noon)}"#, .missing("unanswered")),
        (#""offer_closed"\#(chat)\#(declined),"resting_since":\#(noon),"unanswered":-1}"#, .badValue("unanswered")),
        (
            #""offer_closed"\#(chat)\#(declined),"resting_since":\#(noon),"unanswered":2147483648}"#,
            .badValue("unanswered")
        ),
        (#""started"\#(chat),"agent":"kim","waited":1,"why":{}}"#, .missing("why.candidates")),
        (#""started"\#(chat),"agent":"kim","waited":1,"why":{"candidates":-1}}"#, .badValue("why")),
        (
            #""started"\#(chat),"agent":"kim","waited":1,"why":{"scores":[\#(many(#"["r",1]"#, 17))]}}"#,
            .badValue("why")
        ),
        (
            #""started"\#(chat),"agent":"kim","waited":1,"why":{"passed_over":[\#(many(#"["a","r"]"#, 9))]}}"#,
            .badValue("why")
        ),
        (#""started"\#(chat),"agent":"kim","waited":1,"why":{"scores":[["r"]]}}"#, .badValue("why")),
        (#""started"\#(chat),"agent":"kim","waited":1,"why":{"scores":[["r",1,2]]}}"#, .badValue("why")),
        (#""started"\#(chat),"agent":"kim","waited":1,"why":{"scores":[["\#(longRule)",1]]}}"#, .badValue("why")),
        (#""agent_forgotten"}"#, .missing("agent")),
        (#""configured","fingerprint":"+123456789abcdef"}"#, .badValue("fingerprint")),
        (#""configured","fingerprint":"-000000000000000"}"#, .badValue("fingerprint")),
        (#""configured","fingerprint":"123"}"#, .badValue("fingerprint")),
        (
            #""configured","queues":[\#(many(#"{"queue":"q","priority":0,"specialists":true}"#, 65))]}"#,
            .badValue("queues")
        ),
        (#""configured","queues":[{"queue":"q","priority":0}]}"#, .missing("queues.specialists")),
        (#""checkpoint","next_ordinal":0,"entries":0,"configured":{"queues":[]}}"#, .missing("fingerprint")),
        (#""restarted"}x"#, .notJSON(.notJSON(at: 58))),
    ]

    @Test(arguments: refused)
    func whatCannotBeIsRefused(rest: String, fault: LineFault) {
        guard case .failure(let found) = decode(Self.envelope + rest) else {
            Issue.record("\(rest) was read")
            return
        }
        #expect(found == fault)
    }

    /// Whatever the bytes are, reading answers.
    @Test func nothingTraps() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        let open = try OpenJournal(folder)
        open.journal.beginSegment(checkpoint: random.checkpoint(), at: morning)
        for record in random.records() { open.journal.append(record) }
        open.journal.close()
        var read = 0
        for line in try folder.lines() {
            for _ in 0..<200 {
                var changed = line
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(
                        in: 0...255, using: &random)
                }
                if case .success = changed.withUnsafeBytes({ bytes in
                    Result { () throws(LineFault) in try DecodedLine(line: bytes) }
                }) {
                    read += 1
                }
            }
        }
        // A changed salt or letter is still a line: the hash is what tells.
        #expect(read > 0, "seed \(seed)")
    }
}
