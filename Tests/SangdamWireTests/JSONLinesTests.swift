// Programs' lines: every row of the table of client messages, every way to get one wrong, and framing.

import SangdamCore
import SangdamWire
import Testing

@Suite struct JSONLinesTests {
    static let chat = "01kapx0000000000000000000c"
    static let offer = "01kapx0000000000000000000f"

    /// A session after its hello.
    static func greeted() -> SessionHarness {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        harness.receive(#"{"type":"hello","role":"customer"}"# + "\n")
        harness.deliver(welcome)
        _ = harness.takeInputs()
        _ = harness.takeOutput()
        return harness
    }

    static let welcome = ServerMessage.welcome(
        Welcome(
            session: Sample.session, token: "t", language: .english, at: Sample.at, textBytes: 4_000, agent: nil))

    static let hellos: [(String, String)] = [
        (#"{"type":"hello","role":"customer"}"#, "hello ko"),
        (#"{"role":"customer","lang":"en-GB","type":"hello","name":"이 손님"}"#, "hello en name=이 손님"),
        (#"{"type":"hello","role":"customer","lang":"fr"}"#, "hello ko"),
        (#"{"type":"hello","role":"customer","lang":null,"name":null}"#, "hello ko"),
        (#"{"type":"hello","role":"customer","name":""}"#, "hello ko"),
        (#"{"type":"hello","role":"customer","resume":"tok","after":12}"#, "hello ko resume=tok after=12"),
        (#"{"type":"hello","role":"customer","resume":"tok"}"#, "hello ko resume=tok after=0"),
        (#"{"type":"hello","role":"agent","user":"kim","password":"비밀","lang":"ja"}"#, "agent kim 비밀 ja"),
        (#"{"type":"hello","role":"supervisor","user":"lee","password":"p"}"#, "agent lee p ko"),
        (#"{"type":"\u0068ello","role":"customer","unknown":{"a":[1,2,{"b":null}]}}"#, "hello ko"),
    ]

    @Test(arguments: hellos) func hello(_ line: String, _ expected: String) {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        harness.receive(line + "\n")
        #expect(harness.takeInputs() == [expected])
        #expect(harness.takeOutput() == "")
    }

    static let commands: [(String, String)] = [
        (#"{"type":"topics"}"#, "topics"),
        (#"{"type":"enter","topic":"refund"}"#, "enter refund"),
        (
            #"{"type":"enter","topic":"refund","intake":{"what":"두 번","when":"어제","account":"a","payment":"p","device":"d","goal":"g","x":1}}"#,
            "enter refund what=두 번 when=어제 account=a payment=p device=d goal=g"
        ),
        (#"{"type":"enter","topic":"refund","intake":{"what":"","when":null}}"#, "enter refund"),
        (#"{"type":"intake","intake":{"device":"전화기"},"id":"i-1"}"#, "intake device=전화기"),
        // Which answers a topic asks for, the desk knows; what can be no answer is none.
        (
            #"{"type":"enter","topic":"fraud","intake":{"transactions":"두 건","goal":"g","Sum.1":"5,000","가":"나","n":[1],"o":{}}}"#,
            "enter fraud goal=g transactions=두 건 Sum.1=5,000"
        ),
        (#"{"type":"enter","topic":"fraud","intake":{"transactions":"","sum":null,"n":true}}"#, "enter fraud"),
        (#"{"type":"queue"}"#, "position"), (#"{"id":"leave","type":"queue"}"#, "position"),
        (#"{"type":"leave"}"#, "leave"),
        (#"{"type":"rate","score":5}"#, "rate 5"),
        (#"{"type":"rate","score":1,"comment":"느려요"}"#, "rate 1 느려요"),
        (#"{"type":"transcript"}"#, "transcript"),
        (#"{"type":"lang","lang":"zh-Hans"}"#, "lang zh"),
        (#"{"type":"faq","q":"환불 언제"}"#, "faq 환불 언제"),
        (#"{"lang":"ja-JP","q":"返金","topic":"refund","type":"faq"}"#, "faq topic=refund lang=ja 返金"),
        (#"{"type":"faq","q":"x","lang":"fr"}"#, "faq x"),
        (#"{"type":"faq_helped","helped":true,"id":"refund-when"}"#, "faq helped true"),
        (#"{"type":"say","id":"c-1","text":"안녕\n😀"}"#, "say id=c-1 안녕\n😀"),
        (#"{"text":"\ud83d\ude00","id":"c-1","type":"say"}"#, "say id=c-1 😀"),
        (#"{"type":"say","chat":"\#(chat)","id":"c-2","text":"네"}"#, "say chat=\(chat) id=c-2 네"),
        (#"{"type":"typing","on":true}"#, "typing true"),
        (#"{"type":"typing","on":false,"chat":"\#(chat)"}"#, "typing chat=\(chat) false"),
        (#"{"type":"seen","seq":18446744073709551615}"#, "seen 18446744073709551615"),
        (#"{"type":"seen","seq":3,"chat":"\#(chat)"}"#, "seen chat=\(chat) 3"),
        (#"{"type":"status","status":"available"}"#, "status available - - false"),
        (
            #"{"type":"status","status":"break","capacity":3,"auto_accept":true,"after_chats":true}"#,
            "status break 3 true true"
        ),
        (#"{"type":"status","capacity":100}"#, "status - 100 - false"),
        (#"{"type":"accept","offer":"\#(offer)"}"#, "accept \(offer)"),
        (#"{"type":"decline","offer":"\#(offer)"}"#, "decline \(offer)"),
        (#"{"type":"decline","offer":"\#(offer)","reason":"식사"}"#, "decline \(offer) 식사"),
        (#"{"type":"note","chat":"\#(chat)","text":"환불 확인"}"#, "note chat=\(chat) 환불 확인"),
        (#"{"type":"note","chat":"\#(chat)","id":"n","text":"x"}"#, "note chat=\(chat) id=n x"),
        (
            #"{"type":"transfer","chat":"\#(chat)","to":{"queue":"fraud"},"kind":"cold"}"#,
            "transfer \(chat) queue=fraud cold"
        ),
        (
            #"{"type":"transfer","chat":"\#(chat)","to":{"agent":"lee"},"kind":"cold"}"#,
            "transfer \(chat) agent=lee cold"
        ),
        (#"{"type":"end","chat":"\#(chat)"}"#, "end \(chat)"),
        (#"{"type":"wrapup","chat":"\#(chat)"}"#, "wrapup \(chat) - - "),
        (
            #"{"type":"wrapup","chat":"\#(chat)","disposition":"refunded","resolved":true,"tags":["a","나"]}"#,
            "wrapup \(chat) refunded true a,나"
        ),
    ]

    @Test(arguments: commands) func commandRow(_ line: String, _ expected: String) {
        var harness = Self.greeted()
        harness.receive(line + "\n")
        #expect(harness.takeInputs() == [expected])
        #expect(harness.takeOutput() == "")
        // The same before hello is refused, and says so with the message's id.
        var stranger = SessionHarness(applicationProtocol: "sangdam/1")
        stranger.receive(line + "\n")
        #expect(stranger.takeInputs() == ["refused hello_first"])
        #expect(stranger.takeOutput().contains(#","id":""#) == line.contains(#""id":""#))
    }

    /// A message says the same wherever its type stands and however that is written.
    @Test(arguments: commands) func typeAnywhere(_ line: String, _ expected: String) {
        let type = line.dropFirst().prefix { $0 != "," && $0 != "}" }
        guard type.hasPrefix(#""type":"#) else { return }
        let rest = line.dropFirst(1 + type.count)
        let escaped = type.replacing(#""type":"#, with: #""t\u0079pe":"#)
        let fields = rest.dropFirst().dropLast()
        for other in [
            "{\(escaped)\(rest)", " { \(type) \(rest) ", rest.count > 1 ? "{\(fields),\(type)}" : "{\(type)}",
            rest.count > 1 ? "{\"unknown\":[{}],\(fields),\(escaped)}" : "{\"unknown\":null,\(type)}",
        ] {
            var harness = Self.greeted()
            harness.receive(other + "\n")
            #expect(harness.takeInputs() == [expected], "\(other)")
        }
    }

    /// Line, code, id, field.
    static let refusals: [(String, String, String?, String?)] = [
        ("not json", "bad_json", nil, nil), ("[1]", "bad_json", nil, nil), ("{}x", "bad_json", nil, nil),
        (#"{"type":"say""#, "bad_json", nil, nil), (#"{"type":"say","type":"say"}"#, "bad_json", nil, nil),
        (#"{"id":"c-9","text":"#, "bad_json", "c-9", nil),
        // A type that comes twice, however it is written; one that has fields of nobody's, and worse, behind it
        (#"{"type":"leave","t\u0079pe":"leave"}"#, "bad_json", nil, nil),
        (#"{"t\u0079pe":"leave","type":"leave"}"#, "bad_json", nil, nil),
        (#"{"type":null,"type":"leave"}"#, "bad_json", nil, nil), (#"{"type":null}"#, "bad_field", nil, "type"),
        (#"{"type":"leave","x":}"#, "bad_json", nil, nil), (#"{"type":"leave","x":1,"x":2}"#, "bad_json", nil, nil),
        (#"{"type":"leave"}}"#, "bad_json", nil, nil), (#"{"type":"leave"} {"type":"leave"}"#, "bad_json", nil, nil),
        (#"{"type":"leave","x":"\ud800","id":"late"}"#, "bad_utf8", nil, nil),
        // What is no JSON comes before a field at fault, and the id counts wherever it stands
        (#"{"type":"say","text":5,"id":"late""#, "bad_json", "late", nil),
        (#"{"type":"say","text":5,"id":"late"}"#, "bad_field", "late", "text"),
        (#"{"text":5,"id":"late","type":"say"}"#, "bad_field", "late", "text"),
        (#"{"type":"sing","x":1,"id":"late"}"#, "unknown_type", "late", nil),
        (#"{"type":"sing","x":1,"x":2}"#, "bad_json", nil, nil),
        (#"{"type":"say","id":"c-9","text":"\ud800"}"#, "bad_utf8", "c-9", nil),
        ("{}", "bad_field", nil, "type"), (#"{"type":5,"id":"c"}"#, "bad_field", "c", "type"),
        (#"{"type":"sing","id":"c-1"}"#, "unknown_type", "c-1", nil), (#"{"type":""}"#, "unknown_type", nil, nil),
        (#"{"type":"say","text":"x"}"#, "bad_field", nil, "id"),
        (#"{"type":"faq"}"#, "bad_field", nil, "q"), (#"{"type":"faq","q":" "}"#, "empty", nil, "q"),
        (#"{"type":"faq","q":5,"id":"a"}"#, "bad_field", "a", "q"),
        (#"{"type":"faq","q":"x","topic":"a b"}"#, "bad_field", nil, "topic"),
        (#"{"type":"faq","q":"\#(String(repeating: "x", count: 4_001))"}"#, "too_long", nil, "q"),
        (#"{"type":"faq_helped"}"#, "bad_field", nil, "helped"),
        (#"{"type":"say","id":"","text":"x"}"#, "bad_field", nil, "id"),
        (#"{"type":"say","id":7,"text":"x"}"#, "bad_field", nil, "id"),
        (#"{"type":"say","id":"c-1"}"#, "bad_field", "c-1", "text"),
        (#"{"type":"say","id":"c-1","text":""}"#, "empty", "c-1", "text"),
        (#"{"type":"say","id":"c-1","text":" \u3000\u200b"}"#, "empty", "c-1", "text"),
        (#"{"type":"note","chat":"\#(chat)","text":"\u0301"}"#, "empty", nil, "text"),
        (#"{"type":"rate","score":5,"comment":"\u2800"}"#, "empty", nil, "comment"),
        (#"{"type":"decline","offer":"\#(chat)","reason":"\u00ad"}"#, "empty", nil, "reason"),
        (#"{"type":"enter","topic":"pay","intake":{"what":"\u3164"}}"#, "empty", nil, "what"),
        (#"{"type":"intake","intake":{"what":"a","goal":" "}}"#, "empty", nil, "goal"),
        (#"{"type":"wrapup","chat":"\#(chat)","disposition":"\ufeff"}"#, "empty", nil, "disposition"),
        (#"{"type":"wrapup","chat":"\#(chat)","tags":["a","\u200d"]}"#, "empty", nil, "tags"),
        (#"{"type":"say","id":"c-1","text":null}"#, "bad_field", "c-1", "text"),
        (#"{"type":"say","id":"c-1","text":["x"]}"#, "bad_field", "c-1", "text"),
        (#"{"type":"say","id":"c-1","text":"x","chat":"1"}"#, "bad_field", "c-1", "chat"),
        (
            #"{"type":"say","id":"c-1","text":"\#(String(repeating: "가", count: 1334))"}"#, "too_long", "c-1", "text"
        ),
        (#"{"type":"say","id":"\#(String(repeating: "i", count: 65))","text":"x"}"#, "bad_field", nil, "id"),
        (#"{"type":"typing"}"#, "bad_field", nil, "on"), (#"{"type":"typing","on":1}"#, "bad_field", nil, "on"),
        (#"{"type":"seen","seq":-1}"#, "bad_field", nil, "seq"),
        (#"{"type":"transfer","kind":"warm"}"#, "bad_field", nil, "chat"),
        (#"{"type":"transfer","kind":"hot"}"#, "bad_field", nil, "kind"),
        (#"{"type":"transfer","chat":"\#(chat)","kind":"warm"}"#, "bad_field", nil, "to"),
        (#"{"type":"seen","seq":1.0}"#, "bad_field", nil, "seq"),
        (#"{"type":"seen","seq":1e3}"#, "bad_field", nil, "seq"),
        (#"{"type":"seen","seq":18446744073709551616}"#, "bad_field", nil, "seq"),
        (#"{"type":"ping"}"#, "bad_field", nil, "n"), (#"{"type":"ping","n":"1"}"#, "bad_field", nil, "n"),
        (#"{"type":"enter"}"#, "bad_field", nil, "topic"),
        (#"{"type":"enter","topic":"없는 것"}"#, "bad_field", nil, "topic"),
        (#"{"type":"enter","topic":"a","intake":[]}"#, "bad_field", nil, "intake"),
        (#"{"type":"intake","device":"전화기"}"#, "bad_field", nil, "intake"),
        (#"{"type":"enter","topic":"a","intake":{"what":1}}"#, "bad_field", nil, "what"),
        (
            #"{"type":"intake","intake":{\#((1...25).map { #""q\#($0)":"a""# }.joined(separator: ","))}}"#, "bad_field",
            nil,
            "intake"
        ),
        (#"{"type":"intake","intake":{"transactions":"\u3164"}}"#, "empty", nil, "transactions"),
        (
            #"{"type":"intake","intake":{"transactions":"\#(String(repeating: "x", count: 1001))"}}"#, "too_long", nil,
            "transactions"
        ),
        (
            #"{"type":"enter","topic":"a","intake":{"goal":"\#(String(repeating: "x", count: 1001))"}}"#, "too_long",
            nil,
            "goal"
        ),
        (#"{"type":"rate"}"#, "bad_field", nil, "score"), (#"{"type":"rate","score":0}"#, "bad_field", nil, "score"),
        (#"{"type":"rate","score":6}"#, "bad_field", nil, "score"),
        (#"{"type":"lang","lang":"fr"}"#, "bad_field", nil, "lang"), (#"{"type":"lang"}"#, "bad_field", nil, "lang"),
        (#"{"type":"status","status":"gone"}"#, "bad_field", nil, "status"),
        (#"{"type":"status","capacity":0}"#, "bad_field", nil, "capacity"),
        (#"{"type":"status","capacity":101}"#, "bad_field", nil, "capacity"),
        (#"{"type":"accept"}"#, "bad_field", nil, "offer"),
        (#"{"type":"accept","offer":"x"}"#, "bad_field", nil, "offer"),
        (#"{"type":"decline"}"#, "bad_field", nil, "offer"),
        (#"{"type":"note","text":"x"}"#, "bad_field", nil, "chat"),
        (#"{"type":"note","chat":"\#(chat)"}"#, "bad_field", nil, "text"),
        (#"{"type":"transfer","chat":"\#(chat)","kind":"cold"}"#, "bad_field", nil, "to"),
        (#"{"type":"transfer","chat":"\#(chat)","to":{},"kind":"cold"}"#, "bad_field", nil, "to"),
        (
            #"{"type":"transfer","chat":"\#(chat)","to":{"queue":"a","agent":"b"},"kind":"cold"}"#, "bad_field", nil,
            "to"
        ),
        (#"{"type":"transfer","chat":"\#(chat)","to":{"queue":1},"kind":"cold"}"#, "bad_field", nil, "queue"),
        (#"{"type":"transfer","chat":"\#(chat)","to":{"queue":"a"},"kind":"hot"}"#, "bad_field", nil, "kind"),
        (#"{"type":"transfer","chat":"\#(chat)","to":{"queue":"a"}}"#, "bad_field", nil, "kind"),
        (#"{"type":"end"}"#, "bad_field", nil, "chat"),
        (#"{"type":"wrapup","chat":"\#(chat)","tags":"a"}"#, "bad_field", nil, "tags"),
        (#"{"type":"wrapup","chat":"\#(chat)","tags":[""]}"#, "empty", nil, "tags"),
        (
            #"{"type":"wrapup","chat":"\#(chat)","tags":[\#((0..<17).map { "\"t\($0)\"" }.joined(separator: ","))]}"#,
            "bad_field", nil, "tags"
        ),
        (#"{"type":"hello","role":"customer","id":"h"}"#, "already_welcome", "h", nil),
    ]

    @Test(arguments: refusals)
    func refusal(_ line: String, _ code: String, _ id: String?, _ field: String?) {
        var harness = Self.greeted()
        harness.receive(line + "\n")
        #expect(harness.takeInputs() == ["refused \(code)"])
        let answer = harness.takeOutput()
        #expect(answer.hasPrefix(#"{"type":"error","code":"\#(code)","message":""#) && answer.hasSuffix("}\n"))
        #expect(answer.contains(#","id":"\#(id ?? "")""#) == (id != nil), "\(answer)")
        #expect(answer.contains(#","field":"\#(field ?? "")""#) == (field != nil), "\(answer)")
        // The session lives.
        harness.receive(#"{"type":"topics"}"# + "\n")
        #expect(harness.takeInputs() == ["topics"])
    }

    /// A kind of transfer that there is not yet is refused to agents alone; others hear what any transfer is answered.
    @Test(
        arguments: [
            (nil, "hello_first", "t", nil), (#"{"type":"hello","role":"customer"}"#, "not_allowed", nil, "transfer"),
            (#"{"type":"hello","role":"agent","user":"kim","password":"p"}"#, "unsupported", nil, "kind"),
        ] as [(String?, String, String?, String?)])
    func warmTransfer(_ hello: String?, _ code: String, _ id: String?, _ field: String?) throws {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        if let hello { harness.receive(hello + "\n") }
        _ = harness.takeInputs()
        harness.receive(
            #"{"type":"transfer","kind":"warm","id":"t","chat":"\#(Self.chat)","to":{"queue":"pay"}}"# + "\n")
        #expect(harness.takeInputs() == ["refused \(code)"])
        let answer = harness.takeOutput()
        #expect(answer.contains(#","id":"t""#) == (id != nil), "\(answer)")
        #expect(answer.contains(#","field":"\#(field ?? "")""#) == (field != nil), "\(answer)")
    }

    static let badHellos: [(String, String)] = [
        (#"{"type":"hello"}"#, "role"), (#"{"type":"hello","role":"boss"}"#, "role"),
        (#"{"type":"hello","role":"agent","password":"x"}"#, "user"),
        (#"{"type":"hello","role":"agent","user":"x"}"#, "password"),
        (#"{"type":"hello","role":"agent","user":"x","password":""}"#, "password"),
        (
            #"{"type":"hello","role":"agent","user":"x","password":"\#(String(repeating: "p", count: 1025))"}"#,
            "password"
        ),
        (#"{"type":"hello","role":"customer","name":"\#(String(repeating: "n", count: 201))"}"#, "name"),
        (#"{"type":"hello","role":"customer","name":7}"#, "name"),
        (#"{"type":"hello","role":"customer","resume":"t","after":-1}"#, "after"),
        (#"{"type":"hello","role":"customer","resume":""}"#, "resume"),
    ]

    @Test(arguments: badHellos) func refusesHello(_ line: String, _ field: String) {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        harness.receive(line + "\n")
        #expect(harness.takeOutput().contains(#""field":"\#(field)""#))
        #expect(harness.takeInputs().first?.hasPrefix("refused ") == true)
        // A stranger still: another hello may follow.
        harness.receive(#"{"type":"hello","role":"customer"}"# + "\n")
        #expect(harness.takeInputs() == ["hello ko"])
    }

    /// A refused `hello` may be said again; the refusal of a command that overtook the welcome changes nothing.
    @Test(arguments: [
        (Refusal(.wrongPassword), true), (Refusal(.unknownToken), true), (Refusal(.busy, answersHello: true), true),
        (Refusal(.storageFull, answersHello: true), true), (Refusal(.busy), false), (Refusal(.storageFull), false),
        (Refusal(.unknownTopic), false),
    ])
    func helloAgain(_ refusal: Refusal, _ isAllowed: Bool) {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        let hello = "{\"type\":\"hello\",\"role\":\"customer\"}\n"
        harness.receive(hello)
        harness.deliver(.error(refusal))
        _ = harness.takeInputs()
        harness.receive(hello)
        #expect(harness.takeInputs() == [isAllowed ? "hello ko" : "refused already_welcome"])
    }

    @Test func badUTF8IsToldFromBadJSON() {
        var harness = Self.greeted()
        harness.receive(Array(#"{"type":"say","id":"c","text":""#.utf8) + [0xC3, 0x28] + Array("\"}\n".utf8))
        harness.receive([UInt8(ascii: "{"), 0xFF, 0x0A])
        #expect(harness.takeInputs() == ["refused bad_utf8", "refused bad_utf8"])
    }

    @Test func pingNeedsNoHello() {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        harness.receive("{\"type\":\"ping\",\"n\":18446744073709551615}\r\n\r\n \n{\"type\":\"ping\",\"n\":0}\n")
        #expect(harness.takeOutput() == "{\"type\":\"pong\",\"n\":18446744073709551615}\n{\"type\":\"pong\",\"n\":0}\n")
        #expect(harness.takeInputs() == [])
    }

    /// A line's end is found wherever it stands, in whatever pieces the bytes come.
    @Test func linesOfEveryLength() {
        var input = ""
        var expected = ""
        for length in 0...70 {
            input += #"{"type":"ping","n":\#(length)}"# + String(repeating: " ", count: length) + "\n"
            expected += #"{"type":"pong","n":\#(length)}"# + "\n"
        }
        for size in [1, 2, 3, 8, 15, 16, 17, 33, 10_000] {
            var harness = SessionHarness(applicationProtocol: "sangdam/1")
            var rest = Array(input.utf8)[...]
            while !rest.isEmpty {
                harness.receive(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(harness.takeOutput() == expected, "pieces of \(size)")
        }
    }

    /// What an idle connection holds of ours; a person's session is apart and programs do without it.
    @Test func aSessionIsSmall() {
        #expect(MemoryLayout<WireSession>.size <= 96)
    }

    @Test func aLineOverTheLimitIsDroppedWhole() {
        let room = 16 * 1024 - #"{"type":"ping","n":1,"x":""}"#.utf8.count
        let longest = #"{"type":"ping","n":1,"x":"\#(String(repeating: "x", count: room))"}"#
        let tooLong = #"{"type":"ping","n":2,"x":"\#(String(repeating: "x", count: room + 1))"}"#
        let input =
            longest + "\n" + tooLong + "\n" + longest + "\r\n" + tooLong + "\r\n" + #"{"type":"ping","n":3}"# + "\n"
        for size in [1, 7, 1000, 100_000] {
            var harness = SessionHarness(applicationProtocol: "sangdam/1")
            var rest = Array(input.utf8)[...]
            while !rest.isEmpty {
                harness.receive(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(harness.takeInputs() == ["refused too_long", "refused too_long"])
            let answers = harness.takeOutput().split(separator: "\n")
            #expect(answers.count == 5)
            #expect(answers.first == #"{"type":"pong","n":1}"# && answers.last == #"{"type":"pong","n":3}"#)
        }
    }

    @Test func languageOfSentencesFollowsTheSession() {
        var harness = SessionHarness(applicationProtocol: "sangdam/1")
        harness.receive("{\"type\":\"topics\"}\n")
        #expect(harness.takeOutput().contains("먼저 hello"))
        harness.receive("{\"type\":\"hello\",\"role\":\"customer\",\"lang\":\"en\"}\n{\"type\":\"x\"}\n")
        #expect(harness.takeOutput().contains("no such type"))
        harness.receive("{\"type\":\"lang\",\"lang\":\"ja\"}\n{\"type\":\"x\"}\n")
        #expect(harness.takeOutput().contains("ありません"))
        harness.deliver(Self.welcome)
        harness.receive("{\"type\":\"x\"}\n")
        #expect(harness.takeOutput().contains("no such type"))
    }

    /// Everything of the tables in one stream, cut at random places.
    @Test func splitsDoNotMatter() {
        let stream =
            Array(
                (Self.hellos.prefix(1).map(\.0) + Self.commands.map(\.0) + Self.refusals.map(\.0)
                    + Self.commands.map(\.0))
                    .joined(separator: "\r\n").utf8) + [0x0A]
        func run(_ pieces: [[UInt8]]) -> ([String], String) {
            var harness = SessionHarness()
            for piece in pieces { harness.receive(piece) }
            return (harness.takeInputs(), harness.takeOutput())
        }
        let whole = run([stream])
        #expect(whole.0.count == 1 + Self.commands.count * 2 + Self.refusals.count)
        #expect(run(stream.map { [$0] }) == whole)
        let seed = announcedSeed()
        var random = Seeded(seed)
        for _ in 0..<50 {
            var pieces: [[UInt8]] = []
            var rest = stream[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...200, using: &random)
                pieces.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(run(pieces) == whole, "seed \(seed)")
        }
    }
}
