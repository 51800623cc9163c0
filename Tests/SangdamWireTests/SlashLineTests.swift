// What makes a command of a line, by hand and in the console alike: never what nobody sees.

import SangdamCore
import SangdamWire
import Testing

@Suite struct SlashLineTests {
    @Test(
        arguments: [
            ("hello", .words), ("", .words), (" 1/2", .words), ("a /note", .words), ("\u{FEFF}hello", .words),
            ("/note", .command(name: "note", rest: "")), ("  /note  a b ", .command(name: "note", rest: "a b")),
            ("／메모 비밀", .command(name: "메모", rest: "비밀")), ("/", .command(name: "", rest: "")),
            ("/ note", .command(name: "", rest: "note")), ("/note\u{3000}a", .command(name: "note", rest: "a")),
            // A byte order mark, a zero-width space, a joiner, a selector, a soft hyphen: in front, between, inside,
            // behind.
            ("\u{FEFF}/note a", .command(name: "note", rest: "a")),
            ("\u{200B} /note a", .command(name: "note", rest: "a")),
            ("/\u{200D}note a", .command(name: "note", rest: "a")), ("/\u{2060}note", .command(name: "note", rest: "")),
            ("/note\u{FE0F} a", .command(name: "note", rest: "a")),
            ("/no\u{AD}te a", .command(name: "note", rest: "a")),
            ("/note \u{200B}a\u{FEFF}", .command(name: "note", rest: "a")),
            // What belongs to a character stays with it.
            ("/rate 5 ❤\u{FE0F}", .command(name: "rate", rest: "5 ❤\u{FE0F}")),
            ("//x y", .slashedWords("/x y")), ("/\u{200B}/x", .slashedWords("/x")), ("／／x", .slashedWords("／x")),
        ] as [(String, SlashLine)])
    func reads(_ line: String, _ expected: SlashLine) {
        #expect(SlashLine(line) == expected)
    }
}
