// Where a password comes from: a person at a terminal, who types it twice without seeing it, or one line of stdin.
// Never a flag: flags stand in the shell's history and in every process list.

internal import Glibc

/// Why no password was read.
package enum PasswordInputError: Error, Sendable, Equatable, CustomStringConvertible {
    case interrupted
    case missing
    case differ
    case tooShort
    case tooLong
    case notText

    /// By sysexits: EX_DATAERR; 130 is a shell's word for an interrupted command.
    package var exitCode: Int32 { self == .interrupted ? 130 : 65 }

    package var description: String {
        switch self {
        case .interrupted: "Interrupted."
        case .missing: "No password: type one, or give one line of stdin."
        case .differ: "The two passwords differ."
        case .tooShort: "A password has at least \(PasswordHash.minimumPasswordBytes) bytes."
        case .tooLong: "A password has at most \(PasswordHash.maximumPasswordBytes) bytes."
        case .notText: "A password is UTF-8 without control characters."
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
    guard first == second else { throw .differ }
    return secret
}

/// What a password must be.
func checked(_ bytes: [UInt8]) throws(PasswordInputError) -> Secret {
    guard !bytes.isEmpty else { throw .missing }
    guard bytes.count >= PasswordHash.minimumPasswordBytes else { throw .tooShort }
    guard bytes.count <= PasswordHash.maximumPasswordBytes else { throw .tooLong }
    guard String(validating: bytes, as: UTF8.self) != nil, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        throw .notText
    }
    return Secret(copying: bytes)
}

/// The terminal hands over each key as it is typed, signals included, so that it is always left as it was found.
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
            // Much longer than any password: whatever this is, it need not be read to its end.
            if line.count > 4 * PasswordHash.maximumPasswordBytes { break }
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
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
}

private func tell(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
}
