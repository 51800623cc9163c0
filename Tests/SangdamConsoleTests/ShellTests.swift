// The real shell: pipes, TLS, a server that drops connections, password files, addresses.

import Foundation
import SangdamConsole
import SangdamCore
import SangdamProtocol
import Synchronization
import Testing

@Suite(.serialized, .timeLimit(.minutes(2))) struct ShellTests {
    /// A desk that knows one chat and stores what is said in it, over any number of connections.
    private static func desk(droppingAfter dropped: String? = nil) -> FakeDesk.Script {
        let memory = StoredWords()
        return { connection, line in
            if line.contains(#""type":"hello""#) {
                guard line.contains(#""password":"secret""#) else {
                    return [.say(#"{"type":"error","code":"wrong_password","message":"No."}"#)]
                }
                let chat = Dialogue.chat(1).description
                return [
                    .say(#"{"type":"welcome","agent":{"name":"kim","status":"available","after_chats":null}}"#),
                    .say(#"{"type":"started","chat":"\#(chat)","customer":"이영희","seq":1,"topic":"refund"}"#),
                    .say(
                        #"{"type":"message","chat":"\#(chat)","seq":2,"from":"customer","name":"이영희","text":"안녕하세요"}"#),
                ] + memory.messages.map { .say($0) }
            }
            if line.contains(#""type":"topics""#) { return [.say(#"{"type":"topics","topics":[]}"#)] }
            if line.contains(#""type":"say""#) {
                let ack = memory.store(line)
                // Stored, but the ack never arrives: the worst moment to lose a connection.
                if let dropped, connection == 1, line.contains(dropped) { return [.drop] }
                return [.say(ack)]
            }
            return []
        }
    }

    @Test func aPipedScriptIsSavedAndThenItLeaves() throws {
        let certificates = try ConsoleCertificates.shared.get()
        let desk = try FakeDesk(certificates: certificates, script: Self.desk())
        defer { desk.stop() }
        let run = ShellRun(port: desk.port, caFile: certificates.file("ca.pem"))
        try run.type("first\n// second\nlast without an end")
        try run.endInput()
        #expect(run.wait() == 0)
        let lines = run.printed.split(separator: "\n").map { String($0.dropFirst(9)) }
        #expect(
            lines == [
                " *  Logged in as kim. /help lists the commands.", " *  status: available",
                "[1] ▶ started with 이영희 · refund", "[1] 이영희> 안녕하세요", "[1] me> first", "[1] me> / second",
                "[1] me> last without an end",
            ])
        #expect(run.complained == "")
        #expect(run.printed.allSatisfy { $0 != "\u{1B}" && $0 != "\u{7}" })
    }

    @Test func aConnectionLostAtTheWorstMomentLosesAndDoublesNothing() throws {
        let certificates = try ConsoleCertificates.shared.get()
        let desk = try FakeDesk(certificates: certificates, script: Self.desk(droppingAfter: "two"))
        defer { desk.stop() }
        let run = ShellRun(port: desk.port, caFile: certificates.file("ca.pem"))
        try run.type("one\n")
        #expect(run.prints("me> one"))
        try run.type("two\nthree\n")
        #expect(run.prints("me> three"))
        try run.endInput()
        #expect(run.wait() == 0)
        for words in ["안녕하세요", "me> one", "me> two", "me> three"] {
            #expect(run.printed.components(separatedBy: words).count == 2, "\(words) once in \(run.printed)")
        }
        #expect(run.complained.contains("Connection lost"))
        #expect(run.printed.contains("Connected again."))
        #expect(desk.heard.all.filter { $0.contains(#""type":"hello""#) }.count == 2)
    }

    @Test func untrustedAndUnreachableServersAreNamed() throws {
        let certificates = try ConsoleCertificates.shared.get()
        let desk = try FakeDesk(certificates: certificates, script: Self.desk())
        defer { desk.stop() }
        let other = ShellRun(port: desk.port, caFile: certificates.file("other.pem"))
        #expect(other.wait() == 69)
        #expect(other.complained.contains("other.pem does not hold the CA"))
        #expect(!other.complained.contains("another name"))
        let misnamed = ShellRun(host: "localhost", port: desk.port, caFile: certificates.file("ca.pem"))
        #expect(misnamed.wait() == 69)
        #expect(misnamed.complained.contains("It is for another name"))
        #expect(!misnamed.complained.contains("does not hold the CA"))
        let system = ShellRun(port: desk.port, caFile: nil)
        #expect(system.wait() == 69)
        #expect(system.complained.contains("--ca-file"))
        #expect(desk.heard.all.isEmpty, "no password before trust")
        let nobody = ShellRun(port: 9, caFile: certificates.file("ca.pem"))
        #expect(nobody.wait() == 69)
        #expect(nobody.complained.contains("Cannot connect to 127.0.0.1:9 (Connection refused)"))
        let missing = ShellRun(port: 9, caFile: certificates.file("missing.pem"))
        #expect(missing.wait() == 69)
    }

    @Test func aWrongPasswordEndsWithPermission() throws {
        let certificates = try ConsoleCertificates.shared.get()
        let desk = try FakeDesk(certificates: certificates) { _, _ in
            [.say(#"{"type":"error","code":"wrong_password","message":"No."}"#)]
        }
        defer { desk.stop() }
        let run = ShellRun(port: desk.port, caFile: certificates.file("ca.pem"))
        #expect(run.wait() == 77)
    }

    @Test func anEndlessLineIsNotGathered() throws {
        let certificates = try ConsoleCertificates.shared.get()
        let desk = try FakeDesk(certificates: certificates) { _, _ in
            // Less than may wait for a slow peer, so that only the reader can be the one who ends it.
            [.say(String(repeating: "x", count: 80_000))]
        }
        defer { desk.stop() }
        let run = ShellRun(port: desk.port, caFile: certificates.file("ca.pem"))
        #expect(run.wait() == 69)
        #expect(run.complained.contains("more than 65536 bytes"))
    }

    @Test(arguments: [
        ("desk.example:8443", "desk.example", 8443), ("127.0.0.1:1", "127.0.0.1", 1), ("[::1]:65535", "::1", 65_535),
        ("[localhost]:8443", "localhost", 8443), ("[127.0.0.1]:8443", "127.0.0.1", 8443),
        ("상담.example:8443", "상담.example", 8443),
    ])
    func addressesAreRead(_ text: String, _ host: String, _ port: Int) throws {
        let server = try #require(HostPort(toConnect: text))
        #expect(server.host == host && server.port == port)
        #expect(HostPort(toConnect: server.description) == server)
    }

    @Test(arguments: [
        "", "host", "host:", ":1", "host:0", "host:65536", "host:-1", "::1:8443", "a b:1", "host:99999999999", "[]:1",
        "host:+1", "host:１",
    ])
    func whatIsNoAddressIsRefused(_ text: String) {
        #expect(HostPort(toConnect: text) == nil)
    }

    @Test func passwordFilesMustBePrivate() throws {
        let path = NSTemporaryDirectory() + "sangdam-password-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        func write(_ text: String, mode: Int) throws {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        }
        try write("pass word 비밀\nsecond line\n", mode: 0o600)
        #expect(try PasswordSource.file(path, in: .english) == "pass word 비밀")
        for end in ["", "\r\n", "\r", "\r\nsecond line\r\n"] {
            try write("pass word 비밀" + end, mode: 0o600)
            #expect(try PasswordSource.file(path, in: .english) == "pass word 비밀", "\(end.debugDescription)")
        }
        for mode in [0o640, 0o604, 0o660] {
            try write("secret\n", mode: mode)
            let fault = #expect(throws: ConsoleStartFault.self) { try PasswordSource.file(path, in: .english) }
            #expect(fault?.exitCode == 77)
            #expect(fault?.phrase.contains("can be read by others") == true)
        }
        for text in ["", "\nsecret\n", "\u{FEFF}", "\u{FEFF}\r\nsecret\r\n", String(repeating: "x", count: 2000)] {
            try write(text, mode: 0o600)
            #expect(throws: ConsoleStartFault.self) { try PasswordSource.file(path, in: .korean) }
        }
        for name in [path + ".missing", NSTemporaryDirectory()] {
            let fault = #expect(throws: ConsoleStartFault.self) { try PasswordSource.file(name, in: .english) }
            #expect(fault?.exitCode == 77)
        }
    }

    @Test(
        arguments: [
            ("비밀번\u{7F}\u{7F}\u{7F}secret x\u{7F}\n", "secret ", nil), ("ab\u{3}", nil, 130), ("\u{4}", nil, 77),
            ("\n", nil, 77),
        ] as [(String, String?, Int32?)])
    func theTerminalShowsNothingOfThePassword(_ keys: String, _ password: String?, _ exitCode: Int32?) throws {
        // What openpty does, which Glibc's module lacks: unlock (TIOCSPTLCK), then ask for the number (TIOCGPTN).
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var (lock, number): (Int32, Int32) = (0, -1)
        try #require(main >= 0 && ioctl(main, 0x4004_5431, &lock) == 0 && ioctl(main, 0x8004_5430, &number) == 0)
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(terminal >= 0)
        defer {
            close(terminal)
            close(main)
        }
        func isEchoing() -> Bool {
            var settings = termios()
            tcgetattr(terminal, &settings)
            return settings.c_lflag & tcflag_t(ECHO) != 0
        }
        let result = Mutex<Result<Text, ConsoleStartFault>?>(nil)
        let ended = DispatchSemaphore(value: 0)
        Thread {
            let answer = Result { () throws(ConsoleStartFault) in
                try PasswordSource.prompt(for: "kim", input: terminal, output: terminal, in: .english)
            }
            result.withLock { $0 = answer }
            ended.signal()
        }.start()
        for _ in 0..<5_000 where isEchoing() { usleep(1_000) }
        #expect(!isEchoing())
        _ = Array(keys.utf8).withUnsafeBytes { write(main, $0.baseAddress, $0.count) }
        #expect(ended.wait(timeout: .now() + 10) == .success)
        switch result.withLock({ $0 }) {
        case .success(let text): #expect(text.string == password)
        case .failure(let fault): #expect(fault.exitCode == exitCode)
        case nil: Issue.record("no answer")
        }
        #expect(isEchoing(), "the echo is back")
        var shown: [UInt8] = []
        var byte: UInt8 = 0
        while shown.last != UInt8(ascii: "\n"), read(main, &byte, 1) == 1 { shown.append(byte) }
        #expect(String(decoding: shown, as: UTF8.self) == "Password for kim: \r\n")
    }

    @Test func withoutATerminalNobodyIsAsked() {
        let pipe = Pipe()
        let fault = #expect(throws: ConsoleStartFault.self) {
            try PasswordSource.prompt(
                for: "kim", input: pipe.fileHandleForReading.fileDescriptor,
                output: pipe.fileHandleForWriting.fileDescriptor, in: .english)
        }
        #expect(fault?.exitCode == 64)
    }
}

/// The words of the fake desk's chat by their ids: an id is stored once.
private final class StoredWords: Sendable {
    private let words = Mutex<[(id: String, text: String)]>([])

    private func field(_ name: String, of line: String) -> String {
        let after = line.components(separatedBy: "\"\(name)\":\"").dropFirst().first ?? ""
        return after.components(separatedBy: "\"").first ?? ""
    }

    func store(_ line: String) -> String {
        let (id, text) = (field("id", of: line), field("text", of: line))
        let place = words.withLock { words in
            if let place = words.firstIndex(where: { $0.id == id }) { return place }
            words.append((id, text))
            return words.count - 1
        }
        return #"{"type":"ack","chat":"\#(Dialogue.chat(1))","id":"\#(id)","seq":\#(place + 3)}"#
    }

    var messages: [String] {
        words.withLock { words in
            words.enumerated().map { place, word in
                #"{"type":"message","chat":"\#(Dialogue.chat(1))","seq":\#(place + 3),"from":"agent","name":"kim","id":"\#(word.id)","text":"\#(word.text)"}"#
            }
        }
    }
}
