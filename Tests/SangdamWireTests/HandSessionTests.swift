// What scripts cannot show: bytes that are no text, lines that are too long, input that comes faster than answers.

import SangdamCore
import SangdamWire
import Testing

@Suite struct HandSessionTests {
    /// A person who talks to kim, with nothing left over from before.
    static func talking(_ language: Language = .korean) -> SessionHarness {
        var harness = HandScript.begin()
        harness.deliver(Sample.welcome(language))
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.deliver(Sample.started("kim"))
        _ = harness.takeInputs()
        _ = harness.takeOutput()
        return harness
    }

    @Test func pipedInputWaitsForItsTurn() {
        var harness = SessionHarness()
        harness.receive("1\r\n두 번 결제됐어요\r\n/건너뛰기\r\n빨리요\r\n/나가기\r\n/평가 5\r\n/나가기\r\n")
        #expect(harness.takeInputs() == ["hello ko", "topics"])
        harness.deliver(Sample.welcome())
        #expect(harness.takeInputs() == [])
        harness.deliver(.topics(Sample.topics, contacts: []))
        #expect(harness.takeInputs() == ["enter payment"])
        harness.deliver(Sample.queued(1, nil))
        #expect(harness.takeInputs() == ["intake what=두 번 결제됐어요", "say 빨리요", "leave"])
        harness.deliver(.ended(chat: Sample.chat, .customerLeft, receipt: Sample.receipt))
        #expect(harness.takeInputs() == ["rate 5", "close left"])
        // Nothing comes after the end.
        _ = harness.takeOutput()
        harness.receive("여보세요\n")
        harness.deliver(Sample.welcome())
        #expect(harness.takeOutput() == "" && harness.takeInputs() == [])
    }

    @Test func heldLinesAreBoundedAndRefusedAloud() {
        var lines = SessionHarness()
        for number in 0..<66 { lines.receive("\(number)\n") }
        #expect(lines.takeInputs() == ["hello ko", "topics", "refused too_long", "refused too_long"])
        #expect(lines.takeOutput() == "*** 너무 길어서 전하지 못했어요. 나누어 보내 주세요.\n*** 너무 길어서 전하지 못했어요. 나누어 보내 주세요.\n")
        var bytes = SessionHarness()
        for _ in 0..<3 { bytes.receive(String(repeating: "x", count: 4000) + "\n") }
        #expect(bytes.takeInputs() == ["hello ko", "topics", "refused too_long"])
        // What was held is heard.
        bytes.deliver(.topics(Sample.topics, contacts: []))
        #expect(bytes.takeOutput().split(separator: "\n").filter { $0.contains("번호로 골라") }.count == 2)
    }

    @Test(arguments: [" ", "\t", "\u{3000}", "\u{200B}", "\u{301}", " \u{2800}\u{AD}"])
    func whatHasNothingToSeeIsRefusedAloud(_ nothing: String) {
        var harness = Self.talking()
        harness.receive(nothing + "\n")
        #expect(harness.takeInputs() == ["refused empty"])
        #expect(harness.takeOutput() == "*** 보이는 글자가 없어서 전하지 못했어요.\n")
        // Enter alone says nothing and is told nothing.
        harness.receive("\n\r\n")
        #expect(harness.takeInputs() == [] && harness.takeOutput() == "")
    }

    @Test func blanksAnswerNoQuestionAndEnterPassesIt() {
        var harness = HandScript.begin()
        harness.deliver(Sample.welcome())
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.receive("1\n")
        harness.deliver(Sample.queued(1, nil))
        _ = harness.takeInputs()
        _ = harness.takeOutput()
        harness.receive("\u{3000}\n")
        #expect(harness.takeInputs() == ["refused empty"])
        harness.receive("\n")
        #expect(harness.takeInputs() == [])
        #expect(harness.takeOutput().hasSuffix("*** 언제 있었던 일인가요?\n"))
    }

    /// What comes along unseen when something is pasted does not make a command a message.
    @Test(arguments: [
        ("\u{FEFF}/대기", "position"), ("/대기\u{200B}", "position"), ("\u{200B} /평가 5 \u{FEFF}", "rate 5"),
        ("/평가 5 \u{200B}\u{301}", "refused empty"),
    ])
    func unseenCharactersAroundAVerb(_ line: String, _ input: String) {
        var harness = Self.talking()
        harness.receive(line + "\n")
        #expect(harness.takeInputs() == [input])
    }

    @Test func longLinesAreDroppedWhole() {
        var harness = Self.talking()
        let line = { (count: Int) in String(repeating: "x", count: count) }
        harness.receive(line(4000) + "\n")
        #expect(harness.takeInputs() == ["say " + line(4000)])
        // The line is within its limit, the text is not.
        harness.receive(line(4001) + "\n")
        harness.receive(line(4096) + "\r\n")
        harness.receive(line(4097) + "\n")
        harness.receive(line(100_000) + "\n네\n")
        #expect(harness.takeInputs() == Array(repeating: "refused too_long", count: 4) + ["say 네"])
        #expect(harness.takeOutput().split(separator: "\n").count == 4)
    }

    @Test func badUTF8IsRefusedAndTheSessionLives() {
        var harness = Self.talking()
        harness.receive([0xC8, 0xAF, 0xBA, 0xD2, 0x0A] + Array("환불\n".utf8) + [0xED, 0xA0, 0x80, 0x0A])
        #expect(harness.takeInputs() == ["refused bad_utf8", "say 환불", "refused bad_utf8"])
        #expect(harness.takeOutput().hasPrefix("*** UTF-8이 아닌 글자가 있어"))
    }

    @Test func decomposedHangulIsTakenAsItIs() {
        var harness = Self.talking()
        harness.receive("한글".decomposed + "\n")
        #expect(Array(harness.takeInputs()[0].unicodeScalars) == Array("say \("한글".decomposed)".unicodeScalars))
        harness.receive("/나가기".decomposed + "\n")
        #expect(harness.takeInputs() == ["leave"])
    }

    @Test func anAnswerThatIsTooLongIsAskedForAgain() {
        var harness = HandScript.begin()
        harness.deliver(Sample.welcome())
        harness.deliver(.topics(Sample.topics, contacts: []))
        harness.receive("1\n")
        harness.deliver(Sample.queued(1, nil))
        _ = harness.takeInputs()
        harness.receive(String(repeating: "가", count: 334) + "\n어제\n")
        #expect(harness.takeInputs() == ["refused too_long", "intake what=어제"])
    }

    @Test func lastLineWithoutAnEndIsNotSaid() {
        var harness = Self.talking()
        harness.receive("반쯤")
        #expect(harness.takeInputs() == [])
        harness.receive(" 쓴 말\n")
        #expect(harness.takeInputs() == ["say 반쯤 쓴 말"])
    }

    @Test func splitsDoNotMatter() {
        let typed =
            Array("안녕하세요\r\n//x\n/대기\n\n/모름\n환불 😀\r\n\u{1B}[A\n".utf8) + [0xFF, 0x0A]
            + Array((String(repeating: "y", count: 5000) + "\n/평가 5 고마워요\n/나가기\n").utf8)
        func run(_ pieces: [[UInt8]]) -> ([String], String) {
            var harness = Self.talking()
            for piece in pieces { harness.receive(piece) }
            return (harness.takeInputs(), harness.takeOutput())
        }
        let whole = run([typed])
        #expect(
            whole.0 == [
                "say 안녕하세요", "say /x", "position", "refused unknown_verb", "say 환불 😀", "say \u{1B}[A",
                "refused bad_utf8",
                "refused too_long", "rate 5 고마워요", "leave",
            ])
        #expect(run(typed.map { [$0] }) == whole)
        let seed = announcedSeed()
        var random = Seeded(seed)
        for _ in 0..<100 {
            var pieces: [[UInt8]] = []
            var rest = typed[...]
            while !rest.isEmpty {
                pieces.append(Array(rest.prefix(Int.random(in: 1...600, using: &random))))
                rest = rest.dropFirst(pieces[pieces.count - 1].count)
            }
            #expect(run(pieces) == whole, "seed \(seed)")
        }
    }

    /// Only sentences of ours begin with `*** `, and no byte of anybody's reaches the terminal as a command.
    @Test(arguments: Language.allCases) func nothingOfOthersPassesForOurs(_ language: Language) {
        var harness = Self.talking(language)
        for text: Text in [
            "*** 서버 점검", "a\n*** b", "a\r*** b", "\u{1B}[1A*** c", "\u{2028}*** d", "\u{85}*** e", "", "\n",
        ] {
            for party: Party in [.agent, .customer] {
                harness.deliver(Sample.message(party, text, name: "a\n*** x"))
            }
        }
        let output = harness.takeOutput()
        #expect(!output.contains("\n*** ") && !output.hasPrefix("*** "))
        #expect(output.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
        #expect(!output.contains("\u{85}") && !output.contains("\u{2028}"))
    }

    /// The scripts' actions in any order, with anything typed between, in every language.
    @Test func anyOrderOfEventsIsBorne() {
        let seed = announcedSeed()
        var random = Seeded(seed)
        let actions = HandScript.deskActions.keys.sorted().compactMap { HandScript.deskActions[$0] }
        let typed = [
            "1", "2", "9", "", "안녕", "/대기", "/나가기", "/lang en", "/lang ja", "/lang zh", "/lang", "/평가 5", "/기록",
            "/재접속 x", "/메뉴", "/skip", "/연락처", "/help", "//x", "/x", "\u{FF0F}도움",
        ]
        for round in 0..<300 {
            var harness = HandScript.begin()
            for _ in 0..<60 {
                if Bool.random(using: &random) {
                    harness.receive((typed.randomElement(using: &random) ?? "") + "\n")
                } else if let action = actions.randomElement(using: &random) {
                    harness.deliver(action)
                }
            }
            let closes = harness.takeInputs().filter { $0.hasPrefix("close") }
            #expect(closes.count <= 1, "seed \(seed), round \(round)")
        }
    }
}
