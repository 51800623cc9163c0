// Where the agent's password comes from: a file that nobody else can read, or a prompt that shows nothing. Never from a
// flag or the environment, which other processes can see.

internal import Glibc
package import SangdamCore

/// Why the console does not start: a sentence for people and the exit code.
package struct ConsoleStartFault: Error, Sendable, Equatable {
    package let phrase: String
    package let exitCode: Int32

    init(_ phrase: String, exitCode: Int32) {
        self.phrase = phrase
        self.exitCode = exitCode
    }

    /// Says it on standard error.
    package func report() {
        guard !phrase.isEmpty else { return }
        writeAll(Array("sangdam agent: \(phrase)\n".utf8), to: STDERR_FILENO)
    }
}

/// Ways to a password.
package enum PasswordSource {
    /// The first line of the file, which must be readable by its owner only. A byte order mark is sent along: the
    /// server knows that it is no part of the password, and an account whose hash was made with it stays open.
    package static func file(_ path: String, in language: ConsoleLanguage) throws(ConsoleStartFault) -> Text {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw fault(.cannotRead(path, reason: systemReason(errno)), language)
        }
        defer { close(descriptor) }
        // The open file is asked, not its name: between two looks at a name it can become another file's.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw fault(.cannotRead(path, reason: systemReason(EINVAL)), language)
        }
        guard status.st_mode & 0o077 == 0 else { throw fault(.readableByOthers(path), language) }
        var bytes = [UInt8](repeating: 0, count: PasswordLine.limitBytes + 1)
        let capacity = bytes.count
        let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, capacity) }
        guard count >= 0 else { throw fault(.cannotRead(path, reason: systemReason(errno)), language) }
        return try password(from: bytes.prefix(count), language)
    }

    /// Asks on the terminal `input` without an echo; the question goes to `output`.
    package static func prompt(
        for user: String, input: Int32, output: Int32, in language: ConsoleLanguage
    ) throws(ConsoleStartFault) -> Text {
        var saved = termios()
        guard isatty(input) == 1, tcgetattr(input, &saved) == 0 else { throw fault(.noTerminal, language) }
        var silent = saved
        // Byte by byte and with Ctrl-C as a byte, so that the echo always comes back on.
        silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        tcsetattr(input, TCSAFLUSH, &silent)
        // What was typed ahead of time behind the password is for the console.
        defer { tcsetattr(input, TCSADRAIN, &saved) }
        writeAll(Array((PasswordPhrase.question(user).words(in: language) + " ").utf8), to: output)
        defer { writeAll([UInt8(ascii: "\n")], to: output) }
        var typed: [UInt8] = []
        while true {
            var byte: UInt8 = 0
            let count = read(input, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { throw fault(.none, language) }
            switch byte {
            case 0x0A, 0x0D: return try password(from: typed[...], language)
            case 0x03: throw ConsoleStartFault("", exitCode: 130)
            case 0x04: throw fault(.none, language)
            case 0x7F, 0x08:
                // A character, not a byte.
                while let last = typed.popLast(), last & 0xC0 == 0x80 {}
            default:
                if typed.count <= PasswordLine.limitBytes { typed.append(byte) }
            }
        }
    }

    private static func password(
        from bytes: ArraySlice<UInt8>, _ language: ConsoleLanguage
    ) throws(ConsoleStartFault) -> Text {
        let line = PasswordLine(firstOf: bytes)
        guard !line.isEmpty, line.bytes.count <= PasswordLine.limitBytes, let text = Text(validating: line.bytes) else {
            throw fault(.none, language)
        }
        return text
    }

    private static func fault(_ phrase: PasswordPhrase, _ language: ConsoleLanguage) -> ConsoleStartFault {
        ConsoleStartFault(phrase.words(in: language), exitCode: phrase.exitCode)
    }
}

private enum PasswordPhrase {
    case question(String)
    case cannotRead(String, reason: String)
    case readableByOthers(String)
    case noTerminal
    case none

    var exitCode: Int32 {
        switch self {
        case .question, .noTerminal: ConsoleExit.usage
        case .cannotRead, .readableByOthers, .none: ConsoleExit.permission
        }
    }

    func words(in language: ConsoleLanguage) -> String {
        switch (self, language) {
        case (.question(let user), .korean): "\(user) 비밀번호:"
        case (.question(let user), .english): "Password for \(user):"
        case (.cannotRead(let path, let reason), .korean): "비밀번호 파일 \(path)을(를) 읽을 수 없습니다 (\(reason))."
        case (.cannotRead(let path, let reason), .english): "The password file \(path) cannot be read (\(reason))."
        case (.readableByOthers(let path), .korean): "비밀번호 파일 \(path)을(를) 다른 사람도 읽을 수 있습니다: chmod 600 하세요."
        case (.readableByOthers(let path), .english): "The password file \(path) can be read by others: chmod 600 it."
        case (.noTerminal, .korean): "터미널이 아니면 --password-file 이 필요합니다."
        case (.noTerminal, .english): "Without a terminal, --password-file is needed."
        case (.none, .korean): "비밀번호가 비었거나 너무 길거나 UTF-8이 아닙니다."
        case (.none, .english): "The password is empty, too long or not UTF-8."
        }
    }
}
