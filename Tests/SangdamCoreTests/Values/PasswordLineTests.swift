// What of a password file is the password.

import SangdamCore
import Testing

@Suite struct PasswordLineTests {
    @Test(
        "The first line, whatever ends it",
        arguments: [
            ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"), ("secret\r", "secret"),
            ("secret\r\nsecond\n", "secret"), ("secret\rsecond", "secret"), ("secret\n\n", "secret"),
            (" pass word \n", " pass word "), ("비밀번호\r\n", "비밀번호"), ("", ""), ("\n", ""), ("\r\nsecret", ""),
            // The mark goes to the server with the rest.
            ("\u{FEFF}secret\r\n", "\u{FEFF}secret"),
        ])
    func line(_ content: String, _ line: String) {
        #expect(PasswordLine(firstOf: content.utf8).bytes == Array(line.utf8))
    }

    @Test(
        "A byte order mark alone is no password",
        arguments: [("", true), ("\u{FEFF}", true), ("\u{FEFF}\r\n", true), ("\u{FEFF}x", false), (" ", false)])
    func empty(_ content: String, _ isEmpty: Bool) {
        #expect(PasswordLine(firstOf: content.utf8).isEmpty == isEmpty)
    }
}
