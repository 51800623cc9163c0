// Where a password comes from: a person at a terminal, who types it twice without seeing it, or one line of stdin.
// Never a flag: flags stand in the shell's history and in every process list.

internal import Glibc
internal import SangdamCore

/// Why no password was read.
package enum PasswordInputError: Error, Sendable, Equatable, CustomStringConvertible {
    case interrupted
    case missing
    case differ
    case tooShort
    case tooLong
    case notText
    case blank
    /// Which character as a person counts them, from 1. The character itself is not said: it is part of a secret.
    case unsuitable(FreeformFault, character: Int)

    /// By sysexits: EX_DATAERR; 130 is a shell's word for an interrupted command.
    package var exitCode: Int32 { self == .interrupted ? 130 : 65 }

    package var description: String {
        switch self {
        case .interrupted: "Interrupted."
        case .missing: "No password: type one, or give one line of stdin."
        case .differ: "The two passwords differ."
        case .tooShort: "A password has at least \(PasswordHash.minimumPasswordBytes) bytes."
        case .tooLong:
            "A password has at most \(PasswordHash.maximumPasswordBytes) bytes in its longest form, where a syllable of "
                + "Hangul has up to 9 and a space has 3."
        case .notText: "A password is text in UTF-8."
        case .blank: "A password is more than blanks."
        case .unsuitable(let fault, let character): "Character \(character) of the password \(fault.words)"
        }
    }
}

extension FreeformFault {
    /// The end of a sentence about one character.
    fileprivate var words: String {
        switch self {
        case .control: "is a control character, such as Tab or Escape: leave it out."
        case .invisible:
            "has something invisible in it, such as a zero-width space, or the joiner or selector of an emoji. Other "
                + "systems may not type it: choose another character."
        case .oldHangul:
            "is a letter of Hangul that makes no syllable of today. Other systems may not type it: choose another "
                + "character."
        case .unassigned: "is none that this server's Unicode knows: choose another character."
        case .disallowed: "is one that other systems may not type: choose another character."
        }
    }
}

/// Reads a new password for `name`: prompts twice on a terminal, else takes one line of stdin.
package func readNewPassword(for name: String) throws(PasswordInputError) -> Secret {
    guard isatty(STDIN_FILENO) == 1 else {
        var line = try readLine(isTerminal: false)
        defer { wipe(&line) }
        return try checked(line)
    }
    var first = try promptWithoutEcho("Password for \(name): ")
    defer { wipe(&first) }
    let secret = try checked(first)
    var second = try promptWithoutEcho("The same again: ")
    defer { wipe(&second) }
    guard preparedPassword(first) == preparedPassword(second) else { throw .differ }
    return secret
}

/// The prepared form of a new password, if it is what a password must be. It is long enough in that form, and not too
/// long in any that a client may send.
func checked(_ bytes: [UInt8]) throws(PasswordInputError) -> Secret {
    guard var prepared = preparedPassword(bytes) else { throw .notText }
    defer { wipe(&prepared) }
    guard !prepared.isEmpty else { throw .missing }
    guard prepared.count >= PasswordHash.minimumPasswordBytes else { throw .tooShort }
    let text = String(decoding: prepared, as: UTF8.self)
    guard !Text(text).hasNothingToSee else { throw .blank }
    guard longestTypedBytes(ofPrepared: text) <= PasswordHash.maximumPasswordBytes else { throw .tooLong }
    if let (fault, character) = FreeformFault.first(in: text) { throw .unsuitable(fault, character: character) }
    return Secret(copying: prepared)
}

/// The terminal passes on each key as it is typed, signals included, so that it is always left as it was found.
private func promptWithoutEcho(_ prompt: String) throws(PasswordInputError) -> [UInt8] {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else { throw .missing }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0 else { throw .missing }
    defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before) }
    tell(prompt)
    defer { tell("\n") }
    return try readLine(isTerminal: true)
}

/// One line without its end. On a terminal without its own editing: Backspace takes a character back, Ctrl-U all,
/// Ctrl-C and Ctrl-D give up.
private func readLine(isTerminal: Bool) throws(PasswordInputError) -> [UInt8] {
    var line: [UInt8] = []
    // One byte at a time: what follows the line belongs to someone else.
    var byte: UInt8 = 0
    while true {
        let count = read(STDIN_FILENO, &byte, 1)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { break }
        if byte == UInt8(ascii: "\n") { break }
        guard isTerminal else {
            line.append(byte)
            // Longer than any password and its mark: whatever this is, it need not be read to its end.
            if line.count > 2 * PasswordLine.limitBytes { break }
            continue
        }
        switch byte {
        case 0x03, 0x04: throw .interrupted
        case 0x08, 0x7F:
            while let last = line.popLast(), last & 0xC0 == 0x80 {}
        case 0x15: wipe(&line)
        default: line.append(byte)
        }
    }
    // A lone CR ends a line, too. Where another line stands behind it, that one has been read and is dropped.
    defer { wipe(&line) }
    return PasswordLine(firstOf: line).bytes
}

private func tell(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
