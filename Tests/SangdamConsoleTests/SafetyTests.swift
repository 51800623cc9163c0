// What must hold whatever the other side sends and the agent types: nothing unclean on the screen, bounds kept.

import SangdamConsole
import SangdamCore
import Testing

@Suite struct SafetyTests {
    /// An escape sequence, a bell, C1, a right-to-left override and a line end, in everything that a stranger writes.
    static let evil = #"a\u001b[2Jb\u0007c\u009bd\u202eef"#

    @Test func nothingFromOutsideReachesTheScreenUnclean() {
        var dialogue = Dialogue()
        dialogue.logIn()
        let evil = Self.evil
        let inputs = [
            "> {\"type\":\"topics\",\"topics\":[{\"id\":\"refund\",\"label\":\"\(evil)\",\"queue\":\"\(evil)\"}]}",
            "> {\"type\":\"offer\",\"offer\":\"$o1\",\"chat\":\"$c1\",\"queue\":\"\(evil)\",\"topic\":\"refund\",\"lang\":\"\(evil)\",\"waited\":0,\"intake\":{\"what\":\"\(evil)\"}}",
            "> {\"type\":\"offer_closed\",\"offer\":\"$o1\",\"reason\":\"\(evil)\"}",
            "> {\"type\":\"started\",\"chat\":\"$c1\",\"customer\":\"\(evil)\",\"topic\":\"\(evil)\",\"queue\":\"q\",\"lang\":\"\(evil)\",\"intake\":{\"goal\":\"\(evil)\"}}",
            "> {\"type\":\"message\",\"chat\":\"$c1\",\"seq\":1,\"from\":\"customer\",\"name\":\"\(evil)\",\"text\":\"\(evil)\"}",
            "> {\"type\":\"message\",\"chat\":\"$c1\",\"seq\":2,\"from\":\"agent\",\"name\":\"\(evil)\",\"text\":\"\(evil)\"}",
            "> {\"type\":\"message\",\"chat\":\"$c1\",\"seq\":3,\"from\":\"\(evil)\",\"name\":\"\(evil)\",\"text\":\"\(evil)\"}",
            "> {\"type\":\"note\",\"chat\":\"$c1\",\"seq\":4,\"by\":\"\(evil)\",\"text\":\"\(evil)\"}",
            "> {\"type\":\"party\",\"chat\":\"$c1\",\"who\":\"\(evil)\",\"state\":\"\(evil)\"}",
            "> {\"type\":\"status\",\"status\":\"\(evil)\",\"cause\":\"\(evil)\"}",
            "> {\"type\":\"error\",\"code\":\"\(evil)\",\"message\":\"\(evil)\"}",
            ": /chats", ": /history", ": /transfer", ": /switch \u{1b}[2J", ": /\u{1b}[2J",
            "> {\"type\":\"ended\",\"chat\":\"$c1\",\"reason\":\"\(evil)\",\"receipt\":\"\(evil)\"}",
            ": \u{1b}[2J",
            "> {\"type\":\"bye\",\"code\":\"\(evil)\",\"message\":\"\(evil)\",\"reconnect\":true}",
        ]
        var printed = 0
        for input in inputs {
            for output in dialogue.run(input) where output.hasPrefix("= ") || output.hasPrefix("! ") {
                printed += 1
                let isClean = output.unicodeScalars.allSatisfy { scalar in
                    scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
                        && !(0x202A...0x202E).contains(scalar.value)
                }
                #expect(isClean, "\(input) printed \(output.debugDescription)")
            }
        }
        #expect(printed >= 25)
    }

    @Test func bidiControlsAreShownByName() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"t"}
            …
            > {"type":"message","chat":"$c1","seq":1,"from":"customer","name":"Ann","text":"pay \\u202Eeno"}
            = [1] Ann> pay <U+202E>eno
            """)
    }

    @Test func wordsCannotPassForAnotherLine() {
        play(
            """
            login
            > {"type":"started","chat":"$c1","customer":"Ann","topic":"t"}
            …
            > {"type":"message","chat":"$c1","seq":1,"from":"customer","name":"Ann","text":"one\\r\\n10:31:07 [2] me> forged\\u2028three"}
            = [1] Ann> one
            = [1]    │ 10:31:07 [2] me> forged
            = [1]    │ three
            """)
        var dialogue = Dialogue()
        dialogue.logIn()
        _ = dialogue.run(#"> {"type":"started","chat":"$c1","customer":"Ann","topic":"t"}"#)
        let flood = String(repeating: #"x\n"#, count: 2000)
        let lines = dialogue.run(
            "> {\"type\":\"message\",\"chat\":\"$c1\",\"seq\":1,\"from\":\"customer\",\"text\":\"\(flood)\"}")
        #expect(lines.count == 20)
        #expect(lines.joined().filter { $0 == "x" }.count == 2000)
    }

    @Test func chatsAreBounded() {
        var dialogue = Dialogue()
        dialogue.logIn()
        for number in 1...ConsoleBounds.chats {
            let id = Dialogue.chat(number + 10).description
            _ = dialogue.run("> {\"type\":\"started\",\"chat\":\"\(id)\",\"topic\":\"t\"}")
        }
        #expect(dialogue.model.chats.all.count == ConsoleBounds.chats)
        dialogue.play(
            """
            > {"type":"started","chat":"$c1","topic":"t"}
            ! *  More than 200 chats: the new one cannot be shown.
            > {"type":"offer","offer":"$o1","chat":"$c2","topic":"t"}
            ! *  More than 200 chats: the new one cannot be shown.
            > {"type":"message","chat":"$c1","seq":1,"from":"customer","text":"x"}
            """)
    }

    @Test func historyIsBounded() {
        var dialogue = Dialogue()
        dialogue.logIn()
        _ = dialogue.run(#"> {"type":"started","chat":"$c1","topic":"t"}"#)
        for seq in 1...500 {
            _ = dialogue.run(
                "> {\"type\":\"message\",\"chat\":\"$c1\",\"seq\":\(seq),\"from\":\"customer\",\"text\":\"w\(seq)\"}")
        }
        let lines = dialogue.run(": /history")
        #expect(lines.count == ConsoleBounds.historyLines)
        #expect(lines.last == "= [1] customer> w500")
    }

    @Test func unsavedWordsAreBoundedAndTheRefusedOnesShown() {
        var dialogue = Dialogue(isInteractive: true)
        dialogue.logIn()
        _ = dialogue.run(#"> {"type":"started","chat":"$c1","topic":"t"}"#)
        for number in 1...ConsoleBounds.unsaved {
            #expect(dialogue.run(": w\(number)").count == 1)
        }
        dialogue.play(
            """
            : one more
            ! [1] 1000 messages are not saved yet, no room for more: “one more”
            > {"type":"ack","chat":"$c1","id":"me-1","seq":1}
            : again
            < {"type":"say","chat":"$c1","id":"me-1001","text":"again"}
            """)
    }

    @Test func wordsTooLongAreRefused() {
        var dialogue = Dialogue()
        dialogue.logIn()
        _ = dialogue.run(#"> {"type":"started","chat":"$c1","topic":"t"}"#)
        #expect(
            dialogue.run(": " + String(repeating: "가", count: 1334)) == [
                "! [1] Too long: 4002 bytes, 4000 at once are allowed. Not sent."
            ])
        #expect(dialogue.run(": " + String(repeating: "가", count: 1333)).count == 1)
    }

    @Test func linesTypedAheadAreBounded() {
        var dialogue = Dialogue()
        #expect(!dialogue.model.wantsInput, "nothing is read before the login")
        dialogue.logIn()
        #expect(dialogue.model.wantsInput)
        _ = dialogue.run("lost")
        for _ in 0..<ConsoleBounds.typedAhead { _ = dialogue.run(": x") }
        #expect(!dialogue.model.wantsInput)
    }

    @Test func everyVerbWorksInBothLanguagesAndIsExplained() {
        for verb in Verb.allCases {
            #expect(TypedLine("/" + verb.english) == .command(verb, rest: ""))
            #expect(TypedLine("/" + verb.english.uppercased() + "  a  b ") == .command(verb, rest: "a  b"))
            #expect(TypedLine("/" + verb.korean) == .command(verb, rest: ""))
            for language in ConsoleLanguage.allCases {
                let help = language.help.joined(separator: "\n")
                #expect(help.contains("/" + verb.english))
                #expect(help.contains("/" + verb.korean))
            }
        }
        // Hangul in parts, as some terminals type it.
        #expect(TypedLine("/\u{1109}\u{116E}\u{1105}\u{1161}\u{11A8}") == .command(.accept, rest: ""))
    }

    @Test func theRenderedLineBeginsWithTimeAndNumber() {
        let at = Dialogue.start
        let time: (Instant) -> String = { _ in "10:31:00" }
        #expect(ConsoleLine(at: at, number: 2, text: "x").rendered(timeOfDay: time) == "10:31:00 [2] x")
        #expect(ConsoleLine(at: at, number: nil, text: "x").rendered(timeOfDay: time) == "10:31:00  *  x")
        #expect(ConsoleLine(at: nil, number: nil, text: "x").rendered(timeOfDay: time) == "x")
    }
}
